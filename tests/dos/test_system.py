"""INT 21h: the version of DOS and its settings."""

from __future__ import annotations

from typing import Any

import pytest


def test_it_is_dos_5(guest: Any) -> None:
    version, where, true_version = guest({"ax": 0x3000}, {"ax": 0x3001}, {"ax": 0x3306})

    assert (version.ax, version.bx, version.cx) == (0x0005, 0xFF00, 0)
    assert (where.ax, where.bx) == (0x0005, 0)
    assert (true_version.bx, true_version.dx) == (0x0005, 0)


def test_dos_was_booted_from_c(guest: Any) -> None:
    assert guest({"ax": 0x3305})[0].dx == 3


@pytest.mark.parametrize(
    ("get", "put", "values"),
    [(0x3300, 0x3301, [0, 1, 1]), (0x3700, 0x3701, [0x2F, 0x2D, 0x2D])],
    ids=["break", "switch character"],
)
def test_a_setting_is_kept(guest: Any, get: int, put: int, values: list[int]) -> None:
    before, _, after = guest({"ax": get}, {"ax": put, "dx": values[1]}, {"ax": get})
    (later,) = guest({"ax": get})

    assert [answer.dx & 0xFF for answer in (before, after, later)] == values
