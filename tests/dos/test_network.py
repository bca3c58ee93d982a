"""INT 21h/5Eh, 5Fh: there is no network. And INT 21h/60h: what a path is in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode


def test_the_machine_has_no_name_until_it_gets_one(guest: Any) -> None:
    before, after, name = bytearray(16), bytearray(16), b"ALMOST\0"
    nobody, _, somebody = guest(
        {"ax": 0x5E00, "dx": before, "cx": 0xFFFF},
        {"ax": 0x5E01, "dx": name, "cx": 0x0107},
        {"ax": 0x5E00, "dx": after},
    )

    assert (nobody.error, nobody.cx) == (None, 0)
    assert before == b" " * 15 + b"\0"
    assert (somebody.error, somebody.cx) == (None, 0x0107)
    assert after == b"ALMOST         \0"


def test_a_machines_name_is_cut_to_15_characters(guest: Any) -> None:
    name = bytearray(16)
    guest({"ax": 0x5E01, "dx": b"x" * 40 + b"\0"}, {"ax": 0x5E00, "dx": name})

    assert name == b"x" * 15 + b"\0"


@pytest.mark.parametrize("ax", [0x5E02, 0x5E03, *range(0x5F00, 0x5F09)])
def test_there_is_no_redirector(error_of: Callable[..., ErrorCode | None], ax: int) -> None:
    assert error_of(ax=ax, si=bytes(128), di=bytes(128)) is ErrorCode.INVALID_FUNCTION


# -- INT 21h/60h -----------------------------------------------------------------------------------


@pytest.fixture
def truename(dos: Dos, guest: Any) -> Callable[[str], str | ErrorCode]:
    """The full path of a path, or an error."""
    dos.path(r"C:\DIR").mkdir()
    dos.path(r"C:\DIR\SUB").mkdir()
    dos.drives.change_directory(r"C:\DIR")

    def truename(path: str) -> str | ErrorCode:
        buffer = bytearray(128)
        (answer,) = guest({"ax": 0x6000, "si": path.encode("cp437") + b"\0", "di": buffer})
        if answer.carry:
            return ErrorCode(answer.ax)
        return bytes(buffer).partition(b"\0")[0].decode("cp437")

    return truename


@pytest.mark.parametrize(
    ("path", "full"),
    [
        ("file.txt", r"C:\DIR\FILE.TXT"),
        ("c:file.txt", r"C:\DIR\FILE.TXT"),
        (r"sub\.\file", r"C:\DIR\SUB\FILE"),
        (r"sub\..\file", r"C:\DIR\FILE"),
        ("..", "C:\\"),
        (".", r"C:\DIR"),
        ("/dir/sub", r"C:\DIR\SUB"),
        ("\\", "C:\\"),
        ("c:\\", "C:\\"),
        ("c:", r"C:\DIR"),
        (r"\nowhere\file", r"C:\NOWHERE\FILE"),
        ("*.c", r"C:\DIR\????????.C"),
        ("a*.*", r"C:\DIR\A???????.???"),
        ("muchtoolong.extension", r"C:\DIR\MUCHTOOL.EXT"),
        ("con", "C:/CON"),
        (r"\any\nul.txt", "C:/NUL"),
        ("c:lpt1", "C:/LPT1"),
        ("schön", r"C:\DIR\SCHÖN"),
    ],
)
def test_a_path_is_told_in_full(
    truename: Callable[[str], str | ErrorCode], path: str, full: str
) -> None:
    assert truename(path) == full


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("", ErrorCode.FILE_NOT_FOUND),
        (r"y:\file", ErrorCode.PATH_NOT_FOUND),
        (r"y:\con", ErrorCode.PATH_NOT_FOUND),
        (r"..\..\file", ErrorCode.PATH_NOT_FOUND),
        (r"\\server\share\file", ErrorCode.PATH_NOT_FOUND),
        ("//server/share", ErrorCode.PATH_NOT_FOUND),
    ],
)
def test_what_is_no_path(
    truename: Callable[[str], str | ErrorCode], path: str, error: ErrorCode
) -> None:
    assert truename(path) is error
