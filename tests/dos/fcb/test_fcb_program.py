"""A program that copies a file with the FCBs that DOS makes of its arguments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_almostism import Dos

NO_SUCH_FILE, NOT_MADE, DISK_FULL = 1, 2, 3


@pytest.fixture
def copy(dos: Dos, program: Callable[[str], Path]) -> Callable[[str], int]:
    """Copy a file; its arguments give the exit code."""
    path = program("fcbcopy.com")
    return lambda arguments: dos.run(path, arguments).exit_code


@pytest.mark.parametrize("length", [0, 1, 0x5FFF, 0x6000, 0x6001, 100_000])
def test_a_file_is_copied_to_the_byte(dos: Dos, copy: Callable[[str], int], length: int) -> None:
    data = bytes(n % 251 for n in range(length))
    dos.path("OLD.DAT").write_bytes(data)

    assert copy("old.dat new.dat") == 0
    assert dos.path("NEW.DAT").read_bytes() == data
    assert dos.path("OLD.DAT").read_bytes() == data


def test_it_is_copied_from_drive_to_drive(dos: Dos, copy: Callable[[str], int]) -> None:
    dos.drives.add("D", capacity=10_000)
    dos.path("C:\\A.X").write_bytes(b"small")
    dos.path("C:\\B.X").write_bytes(bytes(20_000))
    dos.path("C:\\C.X").write_bytes(b"taken")
    dos.path("D:\\C.X").write_bytes(b"read only")
    dos.path("D:\\C.X").attributes = 1

    assert copy("A.X D:A.X") == 0
    assert copy("B.X D:B.X") == DISK_FULL
    assert copy("C.X D:C.X") == NOT_MADE
    assert copy("NOSUCH D:A.X") == NO_SUCH_FILE
    assert dos.path("D:\\A.X").read_bytes() == b"small"
    assert dos.path("D:\\C.X").read_bytes() == b"read only"


def test_it_is_copied_to_a_device(dos: Dos, copy: Callable[[str], int]) -> None:
    dos.path("TEXT").write_bytes(b"Hello, CP/M!")

    assert copy("TEXT CON") == 0
    assert dos.screen.text == "Hello, CP/M!"
