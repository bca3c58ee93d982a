"""The clock of the PC: it stands still until a test or a guest sets it."""

from __future__ import annotations

import datetime as dt

#: When a machine is booted if nobody says otherwise: DOS 5.0 appears.
DEFAULT_START = dt.datetime(1991, 6, 11, 5, 0, 0)  # noqa: DTZ001 - DOS knows no time zones

EPOCH = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - as above
"""The earliest moment that DOS can write into a directory entry."""

TICKS_A_DAY = 0x1800B0
"""Timer ticks a day, 18.2065 a second (INT 1Ah/00h)."""


class Clock:
    """A date and time of day, the same on every run.

    Args:
        start: local date and time, 1980..2107, without time zone.
    """

    def __init__(self, start: dt.datetime = DEFAULT_START) -> None:
        self.time = start

    @property
    def time(self) -> dt.datetime:
        """The present moment."""
        return self._time

    @time.setter
    def time(self, value: dt.datetime) -> None:
        if not 1980 <= value.year <= 2107:
            raise ValueError(f"DOS knows the years 1980 to 2107, not {value.year}")
        self._time = value

    def now(self) -> dt.datetime:
        """Return the present moment."""
        return self._time

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass."""
        self.time += dt.timedelta(seconds=seconds)

    @property
    def ticks(self) -> int:
        """Timer ticks since midnight, 0..1800AFh, as at 0040:006C."""
        midnight = self._time.replace(hour=0, minute=0, second=0, microsecond=0)
        day = dt.timedelta(days=1)
        return int((self._time - midnight) / day * TICKS_A_DAY)


def to_dos(moment: dt.datetime) -> tuple[int, int]:
    """Return `moment` as the packed (date, time) words of a directory entry (INT 21h/5700h)."""
    if moment < EPOCH:
        return 0x0021, 0
    date = moment.year - 1980 << 9 | moment.month << 5 | moment.day
    return date, moment.hour << 11 | moment.minute << 5 | moment.second // 2


def from_dos(date: int, time: int) -> dt.datetime:
    """Return the moment of packed date and time words; impossible fields fall to their lowest."""
    year, month, day = 1980 + (date >> 9), date >> 5 & 15, date & 31
    hour, minute, second = time >> 11, time >> 5 & 63, (time & 31) * 2
    try:
        return dt.datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - as above
    except ValueError:
        return dt.datetime(year, 1, 1)  # noqa: DTZ001 - as above
