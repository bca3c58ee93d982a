"""INT 21h/38h, 63h, 65h, 66h: countries, code pages, capitals, the order of letters."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode
from pytest_almostism.dos.kernel.countries import COUNTRIES
from pytest_almostism.dos.names import UPPERCASE

CURRENT = 0xFFFF


class Information:
    """The 34 bytes of a country."""

    def __init__(self, data: bytes | bytearray) -> None:
        order, *texts, self.money, self.digits, self.clock, self.case_map, items = struct.unpack(
            "<H5s2s2s2s2sBBBI2s10x", data
        )
        self.order = ("mdy", "dmy", "ymd")[order]
        self.currency, self.thousands, self.decimal, self.date, self.time, self.items = (
            text.partition(b"\0")[0].decode("cp437") for text in (*texts, items)
        )

    @property
    def written(self) -> str:
        """1991-06-11 14:30 and 1,234.50 as they are written there."""
        parts = {"d": "11", "m": "06", "y": "1991"}
        date = self.date.join(parts[letter] for letter in self.order)
        clock = f"14{self.time}30" if self.clock else f"2{self.time}30p"
        amount = f"1{self.thousands}234"
        if self.digits:
            point = self.currency if self.money & 4 else self.decimal
            amount += point + "5".ljust(self.digits, "0")
        if self.money & 4:
            return f"{date} {clock} {amount}"
        space = " " if self.money & 2 else ""
        money = [amount, self.currency] if self.money & 1 else [self.currency, amount]
        return f"{date} {clock} {space.join(money)}"


def get(number: int = 0) -> tuple[dict[str, Any], bytearray]:
    buffer = bytearray(34)
    if number > 0xFE:
        return {"ax": 0x38FF, "bx": number, "dx": buffer}, buffer
    return {"ax": 0x3800 | number, "dx": buffer}, buffer


def test_it_is_the_united_states_at_first(guest: Any) -> None:
    call, buffer = get()
    (answer,) = guest(call)

    assert (answer.error, answer.bx, answer.ax) == (None, 1, 1)
    assert Information(buffer).written == "06-11-1991 2:30p $1,234.50"
    assert Information(buffer).items == ","


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "06-11-1991 2:30p $1,234.50"),
        (2, "1991-06-11 14:30 1 234,50 $"),
        (31, "11-06-1991 14:30 ƒ 1.234,50"),
        (33, "11.06.1991 14:30 1 234,50 F"),
        (34, "11/06/1991 14:30 1.234,50 ₧"),
        (39, "11/06/1991 14.30 L. 1.234"),
        (41, "11.06.1991 14,30 Fr. 1'234.50"),
        (44, "11/06/1991 14:30 £1,234.50"),
        (45, "11-06-1991 14.30 kr 1.234,50"),
        (46, "1991-06-11 14.30 1.234,50 Kr"),
        (47, "11.06.1991 14:30 Kr 1.234,50"),
        (49, "11.06.1991 14:30 1.234,50 DM"),
        (55, "11/06/1991 14:30 Cr$ 1.234,50"),
        (61, "11/06/1991 14:30 $1,234.50"),
        (81, "1991-06-11 14:30 ¥1,234"),
        (351, "11-06-1991 14:30 1.234$50"),
        (358, "11.06.1991 14.30 1 234,50 mk"),
    ],
    ids=lambda value: f"{value}" if isinstance(value, int) else None,
)
def test_a_country_writes_in_its_own_way(guest: Any, number: int, written: str) -> None:
    call, buffer = get(number)
    (answer,) = guest(call)

    assert (answer.error, answer.bx) == (None, number)
    assert Information(buffer).written == written


def test_every_country_has_what_a_program_needs() -> None:
    assert len(COUNTRIES) > 20
    for country in COUNTRIES.values():
        information = Information(country.information(0))
        assert len(information.currency) in range(1, 5), country
        assert all(
            len(text) == 1
            for text in (information.thousands, information.decimal, information.date)
        ), country
        assert information.thousands != information.decimal, country


def test_a_country_is_set_and_kept(guest: Any) -> None:
    now, buffer = get()
    _, told, _, again = guest(
        {"ax": 0x3831, "dx": CURRENT},
        now,
        {"ax": 0x38FF, "bx": 351, "dx": CURRENT},
        {"ax": 0x3800, "dx": bytearray(34)},
    )

    assert (told.bx, again.bx) == (0x31, 351)
    assert Information(buffer).currency == "DM"


@pytest.mark.parametrize("number", [4, 99, 254, 999, 0xFFFE])
def test_there_is_no_such_country(guest: Any, number: int) -> None:
    call, buffer = get(number)
    asked, put = guest(call, {**call, "dx": CURRENT})

    assert asked.error is put.error is ErrorCode.FILE_NOT_FOUND
    assert not any(buffer)


def test_the_case_map_is_called_for_capitals(dos: Dos, guest: Any) -> None:
    call, buffer = get()
    guest(call)
    address = struct.pack("<I", Information(buffer).case_map)

    for character, capital in ((0x81, 0x9A), (0x61, 0x61), (0xE1, 0xE1), (0xA4, 0xA5)):
        code = bytes((0xB0, character, 0x9A)) + address + b"\xb4\x4c\xcd\x21"
        assert dos.run(code).exit_code == capital


# -- tables ----------------------------------------------------------------------------------------


def extended(number: int, size: int = 41, **registers: Any) -> dict[str, Any]:
    return {"ax": 0x6500 | number, "bx": CURRENT, "dx": CURRENT, "cx": size, **registers}


def table(dos: Dos, guest: Any, number: int) -> bytes:
    """A table that is pointed to, without its length."""
    buffer = bytearray(5)
    (answer,) = guest(extended(number, 5, di=buffer))
    assert (answer.error, answer.cx, buffer[0]) == (None, 5, number)
    offset, segment = struct.unpack("<HH", buffer[1:])
    length = dos.memory.word(segment, offset)
    return dos.memory.read(segment, offset + 2, length)


def test_extended_information_is_the_country_the_code_page_and_the_rest(guest: Any) -> None:
    buffer, (plain_call, plain) = bytearray(41), get(49)
    answer, _ = guest(extended(1, di=buffer, dx=49), plain_call)

    assert (answer.error, answer.cx) == (None, 41)
    assert struct.unpack("<BHHH", buffer[:7]) == (1, 38, 49, 437)
    assert buffer[7:] == plain


@pytest.mark.parametrize(("size", "told"), [(5, 5), (20, 20), (41, 41), (100, 41), (0xFFFF, 41)])
def test_extended_information_is_cut_to_the_buffer(guest: Any, size: int, told: int) -> None:
    buffer = bytearray(b"\xcc" * 50)
    (answer,) = guest(extended(1, size, di=buffer))

    assert (answer.cx, int.from_bytes(buffer[1:3], "little")) == (told, told - 3)
    assert buffer[told:] == b"\xcc" * (50 - told)


def test_the_tables_of_code_page_437(dos: Dos, guest: Any) -> None:
    capitals, names, characters, ranks, lead_bytes = (
        table(dos, guest, number) for number in (2, 4, 5, 6, 7)
    )

    assert capitals == names == UPPERCASE[128:]
    assert ranks[:0x80] == bytes(range(0x80)).upper()
    assert ranks[0x80:0x88].decode() == "CUEAAAAC"
    assert (len(ranks), ranks[0xE1:0xE2], ranks[0x9C:0x9D]) == (256, b"S", b"$")
    assert characters[-14:] == b'."/\\[]:|<>+=;,'
    assert lead_bytes == b""


def test_the_lead_byte_table_is_empty(dos: Dos, guest: Any) -> None:
    (answer,) = guest({"ax": 0x6300})

    assert (answer.error, answer.al) == (None, 0)
    assert dos.memory.word(answer.ds, answer.si) == 0


@pytest.mark.parametrize(
    ("registers", "error"),
    [
        ({"cx": 4}, ErrorCode.INVALID_FUNCTION),
        ({"cx": 0}, ErrorCode.INVALID_FUNCTION),
        ({"dx": 99}, ErrorCode.FILE_NOT_FOUND),
        ({"bx": 852}, ErrorCode.FILE_NOT_FOUND),
    ],
)
@pytest.mark.parametrize("number", [1, 2, 4, 5, 6, 7])
def test_what_there_is_no_table_of(
    guest: Any, number: int, registers: dict[str, int], error: ErrorCode
) -> None:
    (answer,) = guest({**extended(number, di=bytearray(41)), **registers})

    assert answer.error is error


# -- capitals --------------------------------------------------------------------------------------


@given(text=st.binary(max_size=40).map(lambda text: text.replace(b"\0", b"")))
def test_texts_become_capitals(guest_on: Callable[[Dos], Any], text: bytes) -> None:
    counted, ended, one = bytearray(text + b"end"), bytearray(text + b"\0end"), text[:1] or b"x"

    with Dos() as dos:
        *_, character, name_character = guest_on(dos)(
            {"ax": 0x6521, "dx": counted, "cx": len(text)},
            {"ax": 0x6522, "dx": ended},
            {"ax": 0x6520, "dx": one[0]},
            {"ax": 0x65A0, "dx": one[0]},
        )

    capitals = text.translate(UPPERCASE)
    assert counted == capitals + b"end"
    assert ended == capitals + b"\0end"
    assert character.dx == name_character.dx == one.translate(UPPERCASE)[0]


def test_texts_become_capitals_as_in_names(guest: Any) -> None:
    counted, ended = bytearray(b"n\x94me.x"), bytearray(b"n\x94me.x\0")
    guest({"ax": 0x65A1, "dx": counted, "cx": 4}, {"ax": 0x65A2, "dx": ended})

    assert (bytes(counted), bytes(ended)) == (b"N\x99ME.x", b"N\x99ME.X\0")


@pytest.mark.parametrize(
    ("character", "answer"), [("y", 1), ("Y", 1), ("n", 0), ("N", 0), ("?", 2)]
)
def test_yes_or_no(guest: Any, character: str, answer: int) -> None:
    assert guest({"ax": 0x6523, "dx": ord(character)})[0].ax == answer


# -- code pages ------------------------------------------------------------------------------------


def test_the_code_page_is_437_until_it_is_set(guest: Any) -> None:
    before, put, after, extended_ = guest(
        {"ax": 0x6601},
        {"ax": 0x6602, "bx": 850},
        {"ax": 0x6601},
        extended(1, di=(buffer := bytearray(41))),
    )

    assert (before.bx, before.dx) == (437, 437)
    assert put.error is extended_.error is None
    assert (after.bx, after.dx) == (850, 437)
    assert int.from_bytes(buffer[5:7], "little") == 850


def test_another_code_page_has_other_tables(dos: Dos, guest: Any) -> None:
    text = bytearray("éøñÿ".encode("cp850"))
    guest({"ax": 0x6602, "bx": 850}, {"ax": 0x6521, "dx": text, "cx": len(text)})

    assert text.decode("cp850") == "ÉØÑY"
    assert table(dos, guest, 2).decode("cp850")[:3] == "ÇÜÉ"
    assert table(dos, guest, 6)[0x80:0x83] == b"CUE"


def test_there_is_no_such_code_page(guest: Any) -> None:
    refused, still = guest({"ax": 0x6602, "bx": 852}, {"ax": 0x6601})

    assert (refused.error, still.bx) == (ErrorCode.FILE_NOT_FOUND, 437)
