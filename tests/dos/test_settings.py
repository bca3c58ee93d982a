"""INT 21h functions that set little things, or nothing: 33h, 37h, 64h, 69h, and the null ones."""

from __future__ import annotations

from typing import Any

import pytest


def test_the_ctrl_c_check_flag_is_exchanged(guest: Any) -> None:
    first, second, third, told = guest(
        {"ax": 0x3302, "dx": 0x0001},
        {"ax": 0x3302, "dx": 0x0003},
        {"ax": 0x3302, "dx": 0x0000},
        {"ax": 0x3300},
    )

    assert [answer.dx & 0xFF for answer in (first, second, third, told)] == [0, 1, 1, 0]


def test_devices_are_in_every_directory(guest: Any) -> None:
    (answer,) = guest({"ax": 0x3702})

    assert (answer.al, answer.dx & 0xFF) == (0, 0xFF)


@pytest.mark.parametrize("function", [0x18, 0x1D, 0x1E, 0x20, 0x61, 0x6B])
def test_functions_that_do_nothing_say_0(guest: Any, function: int) -> None:
    (answer,) = guest({"ax": function << 8 | 0xFF, "bx": 1, "cx": 2, "dx": 3})

    assert (answer.ax, answer.bx, answer.cx, answer.dx) == (function << 8, 1, 2, 3)


def test_the_lookahead_flag_is_of_no_consequence(guest: Any) -> None:
    (answer,) = guest({"ax": 0x64FF, "bx": 1})

    assert (answer.ax, answer.bx, answer.carry) == (0x64FF, 1, False)
