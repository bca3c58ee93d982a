"""How countries write dates, times, numbers and money, as COUNTRY.SYS of DOS 5 has it.

Source: the table in the MS-DOS 5 User's Guide, "Customizing for International Use".
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from pytest_almostism.dos.names import CODE_PAGE

_ORDERS = ("mdy", "dmy", "ymd")
_INFORMATION = struct.Struct("<H5s2s2s2s2sBBBI2s10x")

# number, name, order of a date, currency (where: 0 before, 1 behind, 2 and 3 with a space), digits
# of its fraction; separators of thousands, decimals, dates, times and lists; hours. `_` is a space.
_TABLE = """
001 United_States         mdy $   0 2  , . - : ,  12
002 Canada_(French)       ymd $   3 2  _ , - : ;  24
003 Latin_America         dmy $   0 2  , . / : ,  12
031 Netherlands           dmy ƒ   2 2  . , - : ;  24
032 Belgium               dmy BEF 2 2  . , / : ;  24
033 France                dmy F   3 2  _ , . : ;  24
034 Spain                 dmy ₧   3 2  . , / : ;  24
036 Hungary               ymd Ft  3 2  . , - : ;  24
039 Italy                 dmy L.  2 0  . , / . ;  24
041 Switzerland           dmy Fr. 2 2  ' . . , ,  24
042 Czechoslovakia        ymd Kcs 2 2  . , - : ;  24
043 Austria               dmy öS  2 2  . , . : ;  24
044 United_Kingdom        dmy £   0 2  , . / : ,  24
045 Denmark               dmy kr  2 2  . , - . ;  24
046 Sweden                ymd Kr  3 2  . , - . ;  24
047 Norway                dmy Kr  2 2  . , . : ;  24
048 Poland                ymd Zl  0 2  . , - : ;  24
049 Germany               dmy DM  3 2  . , . : ;  24
055 Brazil                dmy Cr$ 2 2  . , / : ;  24
061 International_English dmy $   0 2  , . / : ,  24
081 Japan                 ymd ¥   0 0  , . - : ,  24
351 Portugal              dmy $   4 2  . , - : ;  24
358 Finland               dmy mk  3 2  _ , . . ;  24
"""


@dataclass(frozen=True)
class Country:
    """The conventions of a country.

    Attributes:
        number: its telephone code, mostly.
        name: what it was called then.
        order: of day, month, year in a date: `mdy`, `dmy` or `ymd`.
        currency: the symbol, up to four characters.
        currency_format: bit 0: behind the amount, bit 1: with a space, bit 2: for the point.
        digits: of an amount of money behind the point.
        thousands, decimal, date, time, items: what separates them.
        hours: on a clock, 12 or 24.
    """

    number: int
    name: str
    order: str
    currency: str
    currency_format: int
    digits: int
    thousands: str
    decimal: str
    date: str
    time: str
    items: str
    hours: int

    def information(self, case_map: int) -> bytes:
        """Return what INT 21h/38h fills in, 34 bytes.

        Args:
            case_map: far address of the routine that makes capitals.
        """
        texts = (self.currency, self.thousands, self.decimal, self.date, self.time)
        return _INFORMATION.pack(
            _ORDERS.index(self.order),
            *(text.encode(CODE_PAGE) for text in texts),
            self.currency_format,
            self.digits,
            int(self.hours == 24),
            case_map,
            self.items.encode(CODE_PAGE),
        )


def _read(line: str) -> Country:
    number, name, order, currency, where, digits, *separators, hours = line.split()
    thousands, decimal, date, time, items = (text.replace("_", " ") for text in separators)
    return Country(
        int(number),
        name.replace("_", " "),
        order,
        currency,
        int(where),
        int(digits),
        thousands,
        decimal,
        date,
        time,
        items,
        int(hours),
    )


COUNTRIES = {country.number: country for country in map(_read, _TABLE.strip().splitlines())}
"""Number -> country."""
