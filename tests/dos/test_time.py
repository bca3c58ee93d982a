"""Date and time: INT 21h/2Ah-2Dh, INT 1Ah, and the clock that a test holds in its hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Clock, Dos
from pytest_almostism.dos.clock import TICKS_A_DAY, from_dos, to_dos

MOMENTS = st.datetimes(dt.datetime(1980, 1, 1), dt.datetime(2107, 12, 31, 23, 59, 59))  # noqa: DTZ001 - DOS knows no time zones


def test_a_machine_is_booted_when_dos_5_appeared(guest: Any) -> None:
    date, time = guest({"ax": 0x2A00}, {"ax": 0x2C00})

    assert (date.cx, date.dx >> 8, date.dx & 0xFF, date.al) == (1991, 6, 11, 2)  # a Tuesday
    assert (time.cx >> 8, time.cx & 0xFF, time.dx >> 8, time.dx & 0xFF) == (5, 0, 0, 0)


def test_the_clock_stands_still_until_a_test_moves_it(dos: Dos, guest: Any) -> None:
    before, again = guest({"ax": 0x2C00}, {"ax": 0x2C00})
    dos.clock.advance(3661.25)
    (after,) = guest({"ax": 0x2C00})

    assert (before.cx, before.dx) == (again.cx, again.dx)
    assert (after.cx, after.dx) == (6 << 8 | 1, 1 << 8 | 25)


def test_a_program_sets_the_date_and_the_time(dos: Dos, guest: Any) -> None:
    date, time = guest(
        {"ax": 0x2B00, "cx": 2000, "dx": 2 << 8 | 29},
        {"ax": 0x2D00, "cx": 23 << 8 | 59, "dx": 58 << 8 | 99},
    )

    assert (date.al, time.al) == (0, 0)
    assert dos.clock.now() == dt.datetime(2000, 2, 29, 23, 59, 58, 990_000)  # noqa: DTZ001 - as above


@pytest.mark.parametrize(
    "call",
    [
        {"ax": 0x2B00, "cx": 1991, "dx": 2 << 8 | 29},
        {"ax": 0x2B00, "cx": 1991, "dx": 13 << 8 | 1},
        {"ax": 0x2B00, "cx": 1991, "dx": 0},
        {"ax": 0x2B00, "cx": 1979, "dx": 1 << 8 | 1},
        {"ax": 0x2B00, "cx": 0xFFFF, "dx": 1 << 8 | 1},
        {"ax": 0x2D00, "cx": 24 << 8, "dx": 0},
        {"ax": 0x2D00, "cx": 60, "dx": 0},
        {"ax": 0x2D00, "cx": 0, "dx": 60 << 8},
        {"ax": 0x2D00, "cx": 0, "dx": 100},
    ],
    ids=str,
)
def test_there_are_no_such_times(dos: Dos, guest: Any, call: dict[str, int]) -> None:
    before = dos.clock.now()

    assert guest(call)[0].al == 0xFF
    assert dos.clock.now() == before


def test_the_bios_counts_ticks_and_keeps_a_clock_in_bcd(dos: Dos, guest: Any) -> None:
    dos.clock.time = dt.datetime(1999, 12, 31, 23, 45, 59)  # noqa: DTZ001 - as above

    ticks, time, date = guest(
        {"int": 0x1A, "ax": 0}, {"int": 0x1A, "ax": 0x0200}, {"int": 0x1A, "ax": 0x0400}
    )

    assert ticks.cx << 16 | ticks.dx == int((23 * 60 + 45 + 59 / 60) / (24 * 60) * TICKS_A_DAY)
    assert ticks.al == 0
    assert (time.carry, f"{time.cx:04X} {time.dx:04X}") == (False, "2345 5900")
    assert (date.carry, f"{date.cx:04X} {date.dx:04X}") == (False, "1999 1231")


def test_two_machines_may_have_one_clock(dos_factory: Callable[..., Dos]) -> None:
    clock = Clock(dt.datetime(1984, 1, 24))  # noqa: DTZ001 - as above
    first, second = dos_factory(clock=clock), dos_factory(clock=clock)
    first.run(bytes.fromhex("b42d b90c00 ba0000 cd21 cd20"))  # set time 00:12

    year_and_minute = bytes.fromhex("b42c cd21 88c8 b44c cd21")  # exit(minute)
    assert second.run(year_and_minute).exit_code == 12


@pytest.mark.parametrize("year", [1979, 2108])
def test_a_clock_knows_the_years_of_dos(year: int) -> None:
    with pytest.raises(ValueError, match=f"DOS knows the years 1980 to 2107, not {year}"):
        Clock(dt.datetime(year, 1, 1))  # noqa: DTZ001 - as above


@given(MOMENTS)
def test_packed_times_lose_no_more_than_a_second(moment: dt.datetime) -> None:
    unpacked = from_dos(*to_dos(moment))

    assert dt.timedelta(0) <= moment - unpacked < dt.timedelta(seconds=2)


@given(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF))
def test_any_packed_time_is_some_time(date: int, time: int) -> None:
    assert 1980 <= from_dos(date, time).year <= 2107


@given(MOMENTS)
def test_ticks_never_reach_those_of_a_whole_day(moment: dt.datetime) -> None:
    assert 0 <= Clock(moment).ticks < TICKS_A_DAY
