"""The parser, wherever the scripture lies."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyfakefs.fake_filesystem import FakeFilesystem

from pytest_almostism import (
    Dos,
    InvalidChecksum,
    InvalidCreed,
    MemoryOfTheGap,
    Scripture,
    ScriptureError,
    ViolationOfGap,
    read_and_vanish,
)
from pytest_almostism.rites import ExitCode, ParserRite
from pytest_almostism.scripture import sealed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TRUE = bytes(Scripture.build(0xA7))
FALSE_CREED = b"\x55" + TRUE[1:]
FALSE_SUM = TRUE[:500] + b"\x01" + TRUE[501:]
MOMENT = dt.datetime(1991, 6, 11, 5, tzinfo=dt.timezone.utc)


class Place(Protocol):
    """Where a scripture lies."""

    def write(self, data: bytes) -> None: ...
    def read(self) -> bytes | None: ...
    def parse(self) -> MemoryOfTheGap: ...


class OnTheHost:
    def __init__(self, directory: Path) -> None:
        self.path = directory / "holy.bin"

    def write(self, data: bytes) -> None:
        self.path.write_bytes(data)

    def read(self) -> bytes | None:
        return self.path.read_bytes() if self.path.exists() else None

    def parse(self) -> MemoryOfTheGap:
        return read_and_vanish(self.path, now=lambda: MOMENT)


class InAFakeFileSystem:
    def __init__(self, _directory: Path) -> None:
        self.filesystem = FakeFilesystem()

    def write(self, data: bytes) -> None:
        self.filesystem.create_file("/holy.bin", contents=data)

    def read(self) -> bytes | None:
        if not self.filesystem.exists("/holy.bin"):
            return None
        return self.filesystem.get_object("/holy.bin").byte_contents or b""

    def parse(self) -> MemoryOfTheGap:
        return read_and_vanish("/holy.bin", filesystem=self.filesystem, now=lambda: MOMENT)


class OnADosDrive:
    def __init__(self, _directory: Path) -> None:
        with Dos() as dos:
            self.path = dos.path("C:\\HOLY.COM")

    def write(self, data: bytes) -> None:
        self.path.write_bytes(data)

    def read(self) -> bytes | None:
        return self.path.read_bytes() if self.path.exists() else None

    def parse(self) -> MemoryOfTheGap:
        return read_and_vanish(self.path, now=lambda: MOMENT)


@pytest.fixture(params=[OnTheHost, InAFakeFileSystem, OnADosDrive])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    make: Callable[[Path], Place] = request.param
    return make(tmp_path)


def test_a_true_scripture_leaves_a_memory(place: Place) -> None:
    place.write(TRUE)

    assert place.parse() == MemoryOfTheGap(
        instance=0xA7, digest=hashlib.sha256(TRUE).hexdigest(), size=1023, when=MOMENT
    )
    assert place.read() is None


@pytest.mark.parametrize("size", [1024, 4095, 4096, 4097, 100_000])
def test_what_is_too_long_is_destroyed_unread(place: Place, size: int) -> None:
    place.write(TRUE.ljust(size, b"x"))

    with pytest.raises(ViolationOfGap, match=f"{size} bytes: .* destroyed unread") as violation:
        place.parse()

    assert (violation.value.expected, violation.value.found) == (1023, size)
    assert place.read() is None


@pytest.mark.parametrize("size", [0, 1, 1022])
def test_what_is_too_short_is_left_alone(place: Place, size: int) -> None:
    place.write(TRUE[:size])

    with pytest.raises(ViolationOfGap, match="too few for a scripture of 1023"):
        place.parse()

    assert place.read() == TRUE[:size]


def test_a_false_creed_is_left_alone(place: Place) -> None:
    place.write(FALSE_CREED)

    with pytest.raises(InvalidCreed, match="expected creed byte 0xFE, found 0x55") as error:
        place.parse()

    assert (error.value.offset, error.value.expected, error.value.found) == (0, 0xFE, 0x55)
    assert place.read() == FALSE_CREED


def test_a_false_sum_is_destroyed(place: Place) -> None:
    place.write(FALSE_SUM)

    with pytest.raises(InvalidChecksum, match="sum to 0x01, not to 0") as error:
        place.parse()

    assert (error.value.offset, error.value.found) == (1022, TRUE[-1])
    assert error.value.expected == sealed(FALSE_SUM[:-1])[-1]
    assert place.read() is None


def test_what_is_not_there_is_a_file_not_found(place: Place) -> None:
    with pytest.raises(FileNotFoundError):
        place.parse()


def test_directories_are_refused(tmp_path: Path, dos: Dos) -> None:
    with pytest.raises(OSError, match=r"directory|denied"):
        read_and_vanish(tmp_path)
    dos.path("C:\\DIR").mkdir()
    with pytest.raises(IsADirectoryError):
        read_and_vanish(dos.path("C:\\DIR"))


def test_what_is_no_path_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        read_and_vanish(42)  # type: ignore[arg-type]  # that is the point


def test_the_zeros_reach_the_disk_before_the_name_goes(tmp_path: Path) -> None:
    path, witness = tmp_path / "holy.bin", tmp_path / "witness"
    path.write_bytes(TRUE)
    os.link(path, witness)

    read_and_vanish(path)

    assert witness.read_bytes() == bytes(1023)


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="whoever may write everything can write this, too",
)
def test_a_file_that_cannot_be_zeroed_is_not_deleted(tmp_path: Path) -> None:
    path = tmp_path / "holy.bin"
    path.write_bytes(TRUE)
    path.chmod(0o400)

    with pytest.raises(PermissionError):
        read_and_vanish(path)

    assert path.read_bytes() == TRUE


def test_a_read_only_dos_file_is_left_alone(dos: Dos) -> None:
    path = dos.path("C:\\HOLY.COM")
    path.write_bytes(TRUE)
    path.attributes |= 1

    with pytest.raises(PermissionError, match="read-only"):
        read_and_vanish(path)

    assert path.read_bytes() == TRUE


def test_a_file_on_a_read_only_drive_is_left_alone(dos: Dos, tmp_path: Path) -> None:
    (tmp_path / "HOLY.COM").write_bytes(TRUE)
    dos.mount("D", tmp_path, read_only=True)

    with pytest.raises(PermissionError):
        read_and_vanish(dos.path("D:\\HOLY.COM"))

    assert dos.path("D:\\HOLY.COM").read_bytes() == TRUE


def test_a_file_of_a_mounted_directory_vanishes_only_there(dos: Dos, tmp_path: Path) -> None:
    (tmp_path / "HOLY.COM").write_bytes(TRUE)
    dos.mount("D", tmp_path)

    read_and_vanish(dos.path("D:\\HOLY.COM"))

    assert not dos.path("D:\\HOLY.COM").exists()
    assert (tmp_path / "HOLY.COM").read_bytes() == TRUE


@pytest.mark.parametrize("data", [TRUE, FALSE_SUM, FALSE_CREED])
def test_what_was_read_is_zeroed_in_memory_whatever_it_was(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "holy.bin"
    path.write_bytes(data)
    buffer = bytearray(b"\xff" * 1023)

    with suppress(ScriptureError):
        read_and_vanish(path, buffer=buffer)

    assert buffer == bytes(1023)


@given(st.binary(max_size=1100) | st.binary(max_size=1015).map(TRUE[:8].__add__))
def test_whatever_it_reads_it_says_one_of_four_things(data: bytes) -> None:
    outcome = ParserRite().perform(data)

    expected = {
        ExitCode.VIOLATION_OF_GAP: len(data) > 1023,
        ExitCode.NO_SCRIPTURE: len(data) < 1023
        or (len(data) == 1023 and not data.startswith(TRUE[:8])),
    }.get(ExitCode(outcome.exit_code or 0), True)
    assert expected
    if outcome.exit_code == ExitCode.NO_SCRIPTURE:
        assert outcome.left_alone(data)
    else:
        assert outcome.deleted
        assert outcome.zeroed_on_disk
