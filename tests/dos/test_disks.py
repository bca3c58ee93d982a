"""INT 21h: the disk transfer area, the verify flag, and how much room there is."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_almostism import Dos


def test_the_disk_transfer_area_is_at_first_in_the_psp_and_can_be_moved(
    dos: Dos, guest: Any
) -> None:
    first, _, moved = guest(
        {"ax": 0x2F00}, {"ax": 0x1A00, "ds": 0x1234, "dx": 0xFFF0}, {"ax": 0x2F00}
    )

    assert (first.es, first.bx) == (dos.registers.cs, 0x80)
    assert (moved.es, moved.bx) == (0x1234, 0xFFF0)
    assert (guest({"ax": 0x2F00})[0].bx) == 0x80  # the next program's own


def test_the_verify_flag(guest: Any) -> None:
    off, _, on, _, off_again = guest(
        {"ax": 0x5400}, {"ax": 0x2E01}, {"ax": 0x5400}, {"ax": 0x2E00}, {"ax": 0x5400}
    )

    assert [answer.al for answer in (off, on, off_again)] == [0, 1, 0]


def test_a_drive_tells_its_size_and_what_is_free(dos: Dos, guest: Any) -> None:
    dos.drives.add("D", capacity=1024 * 1024)
    dos.path(r"D:\FULL").write_bytes(bytes(256 * 1024))

    (answer,) = guest({"ax": 0x3600, "dx": 4})

    cluster = answer.ax * answer.cx
    assert answer.cx == 512
    assert answer.dx * cluster == pytest.approx(1024 * 1024, abs=cluster)
    assert answer.bx * cluster == pytest.approx(768 * 1024, abs=cluster)


def test_a_drive_without_a_given_size_has_room(guest: Any) -> None:
    (answer,) = guest({"ax": 0x3600, "dx": 0})

    assert answer.ax * answer.bx * answer.cx > 200 * 1024 * 1024


@pytest.mark.parametrize("drive", [17, 255])
def test_a_drive_that_is_not_there_has_no_size(guest: Any, drive: int) -> None:
    assert guest({"ax": 0x3600, "dx": drive})[0].ax == 0xFFFF


def test_resetting_the_disks_is_no_more_than_a_commit(dos: Dos, guest: Any) -> None:
    guest(
        {"ax": 0x3C00, "dx": b"F\0"},
        {"ax": 0x4000, "bx": 5, "dx": b"written", "cx": 7},
        {"ax": 0x0D00},
        {"ax": 0x4000, "bx": 5, "dx": b" on", "cx": 3},
    )

    assert dos.path("F").read_bytes() == b"written on"
