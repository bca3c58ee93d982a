"""INT 21h: directories and the current drive, as a program calls them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode

Call = dict[str, int | bytes | bytearray]
MAKE, REMOVE, CHANGE, WHERE = 0x39, 0x3A, 0x3B, 0x47


def path(function: int, name: bytes) -> Call:
    return {"ax": function << 8, "dx": name + b"\0"}


def text(buffer: bytearray) -> str:
    return buffer.partition(b"\0")[0].decode("cp437")


def test_directories_are_made_entered_left_and_removed(dos: Dos, guest: Any) -> None:
    inside, outside = bytearray(64), bytearray(64)

    answers = guest(
        path(MAKE, b"sub"),
        path(MAKE, rb"\SUB\deep"),
        path(CHANGE, rb"SUB\DEEP"),
        {"ax": WHERE << 8, "dx": 0, "si": inside},
        {"ax": 0x3C00, "dx": b"HERE.TXT\0"},
        path(CHANGE, rb"..\.."),
        {"ax": WHERE << 8, "dx": 3, "si": outside},
        {"ax": 0x4100, "dx": b"SUB\\DEEP\\HERE.TXT\0"},
        path(REMOVE, rb"SUB\DEEP"),
    )

    assert [answer.error for answer in answers] == [None] * 9
    assert answers[3].ax == 0x0100  # undocumented, but relied on
    assert (text(inside), text(outside)) == (r"SUB\DEEP", "")
    assert dos.path("SUB").is_dir()
    assert not dos.path(r"SUB\DEEP").exists()


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (path(MAKE, b"DIR"), ErrorCode.ACCESS_DENIED),
        (path(MAKE, b"F.TXT"), ErrorCode.ACCESS_DENIED),
        (path(MAKE, b"NUL"), ErrorCode.ACCESS_DENIED),
        (path(MAKE, rb"NOWHERE\X"), ErrorCode.PATH_NOT_FOUND),
        (path(MAKE, rb"Q:\X"), ErrorCode.PATH_NOT_FOUND),
        (path(MAKE, rb"D:\X"), ErrorCode.ACCESS_DENIED),
        (path(REMOVE, b"DIR"), ErrorCode.ACCESS_DENIED),  # not empty
        (path(REMOVE, b"\\"), ErrorCode.ACCESS_DENIED),
        (path(REMOVE, b"F.TXT"), ErrorCode.PATH_NOT_FOUND),
        (path(REMOVE, b"NOWHERE"), ErrorCode.PATH_NOT_FOUND),
        (path(REMOVE, rb"E:\HERE"), ErrorCode.CURRENT_DIRECTORY),
        (path(CHANGE, b"NOWHERE"), ErrorCode.PATH_NOT_FOUND),
        (path(CHANGE, b"F.TXT"), ErrorCode.PATH_NOT_FOUND),
        (path(CHANGE, b".."), ErrorCode.PATH_NOT_FOUND),
        ({"ax": 0x4700, "dx": 17}, ErrorCode.INVALID_DRIVE),
        ({"ax": 0x4700, "dx": 255}, ErrorCode.INVALID_DRIVE),
    ],
    ids=str,
)
def test_errors_are_those_of_dos(
    dos: Dos, error_of: Callable[..., ErrorCode | None], call: Call, error: ErrorCode
) -> None:
    dos.drives.add("D", read_only=True)
    dos.drives.add("E")
    dos.path(r"E:\HERE").mkdir()
    dos.drives.change_directory(r"E:\HERE")
    dos.path(r"DIR\SUB").mkdir(parents=True)
    dos.path("F.TXT").write_bytes(b"")

    assert error_of(**call) is error
    assert dos.path("DIR").is_dir()
    assert dos.path(r"E:\HERE").is_dir()


def test_each_drive_has_a_current_directory(dos: Dos, guest: Any) -> None:
    dos.drives.add("D")
    dos.path(r"C:\C-DIR").mkdir()
    dos.path(r"D:\D-DIR").mkdir()
    on_c, on_d, current = bytearray(64), bytearray(64), bytearray(64)

    *_, selected, drive, last, _ = guest(
        path(CHANGE, b"C-DIR"),
        path(CHANGE, rb"D:\D-DIR"),
        {"ax": 0x4700, "dx": 3, "si": on_c},
        {"ax": 0x4700, "dx": 4, "si": on_d},
        {"ax": 0x0E00, "dx": 3},
        {"ax": 0x1900},
        {"ax": 0x4700, "dx": 0, "si": current},
        {"ax": 0x3C00, "dx": b"C:X.TXT\0"},
    )

    assert (text(on_c), text(on_d), text(current)) == ("C-DIR", "D-DIR", "D-DIR")
    assert (selected.al, drive.al, last.error) == (26, 3, None)
    assert dos.path(r"C:\C-DIR\X.TXT").exists()


def test_selecting_a_drive_that_is_not_there_changes_nothing(guest: Any) -> None:
    *_, drive = guest({"ax": 0x0E00, "dx": 16}, {"ax": 0x0E00, "dx": 0xFF}, {"ax": 0x1900})

    assert drive.al == 2


def test_what_a_program_entered_stays_entered_as_in_a_shell(dos: Dos, guest: Any) -> None:
    dos.path("DIR").mkdir()

    guest(path(CHANGE, b"DIR"))

    assert str(dos.path("X")) == r"C:\DIR\X"


def test_the_current_directory_of_a_drive_cannot_be_renamed(dos: Dos, guest: Any) -> None:
    dos.path("DIR").mkdir()

    _, refused, _, renamed = guest(
        path(CHANGE, b"DIR"),
        {"ax": 0x5600, "dx": b"\\DIR\0", "di": b"\\NEW\0"},
        path(CHANGE, b".."),
        {"ax": 0x5600, "dx": b"\\DIR\0", "di": b"\\NEW\0"},
    )

    assert refused.error is ErrorCode.CURRENT_DIRECTORY
    assert renamed.error is None
    assert dos.path(r"C:\NEW").is_dir()
