"""The parser: reads a scripture, checks it, destroys it, and remembers.

The same judgement as READER.COM's, in Python (design, section 3): a file that is too long is
destroyed unread, one that is too short or without the creed is no scripture and left alone, one
whose bytes do not sum to 0 is destroyed, and a true one is destroyed as well. To destroy is to
zero what was read in memory, to overwrite the file with zeros where it lies, and to delete it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from pytest_almostism.dos import Clock
from pytest_almostism.rites.dosdisk import DosDisk
from pytest_almostism.rites.places import place_of
from pytest_almostism.rites.rite import ExitCode
from pytest_almostism.scripture import (
    EXEGESIS,
    SIZE,
    InvalidChecksum,
    InvalidCreed,
    Part,
    ScriptureError,
    ViolationOfGap,
)
from pytest_almostism.witness import Journal

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from pyfakefs.fake_filesystem import FakeFilesystem

    from pytest_almostism.dos import DosPath
    from pytest_almostism.rites.outcome import Outcome
    from pytest_almostism.rites.places import Place
    from pytest_almostism.rites.rite import Clause


@dataclass(frozen=True)
class MemoryOfTheGap:
    """What a reader knows when the scripture is gone.

    Attributes:
        instance: The instance byte.
        digest: SHA-256 of all that was read, as hex digits.
        size: How many bytes were read.
        when: When it was read.
    """

    instance: int
    digest: str
    size: int
    when: dt.datetime


def read_and_vanish(
    path: DosPath | os.PathLike[str] | str,
    *,
    filesystem: FakeFilesystem | None = None,
    now: Callable[[], dt.datetime] | None = None,
    buffer: bytearray | None = None,
) -> MemoryOfTheGap:
    """Reads a scripture; it is gone afterwards, and so is whatever else was longer than one.

    Args:
        path: Where it lies: on the host, on an emulated drive, or in a fake file system.
        filesystem: The fake file system that a path which is no `DosPath` belongs to.
        now: The clock; the host's, in UTC, by default.
        buffer: Where to read to, 1023 bytes; it is zero in the end.

    Returns:
        What remains of it.

    Raises:
        ViolationOfGap: It was longer than 1023 bytes and was destroyed unread; or it is shorter,
            so no scripture, and was left alone.
        InvalidCreed: It does not begin with the creed, so it is no scripture; left alone.
        InvalidChecksum: Its bytes did not sum to 0; destroyed.
        OSError: There is no such file, or it cannot be read, written or deleted.
    """
    place = place_of(path, filesystem)
    size = place.size()
    if size > SIZE:
        _destroy(place)
        raise ViolationOfGap(
            f"{path}: {size} bytes: the gap after {SIZE} is filled; destroyed unread",
            SIZE,
            expected=SIZE,
            found=size,
        )
    if size < SIZE:
        raise ViolationOfGap(
            f"{path}: {size} bytes: too few for a scripture of {SIZE}; left alone",
            size,
            expected=SIZE,
            found=size,
        )
    text = bytearray(SIZE) if buffer is None else buffer
    try:
        place.read_into(text)
        _judge(path, text)
        memory = MemoryOfTheGap(
            instance=text[Part.INSTANCE.offset],
            digest=hashlib.sha256(text).hexdigest(),
            size=size,
            when=(now or _utc)(),
        )
    except InvalidChecksum:
        _destroy(place)
        raise
    finally:
        text[:] = bytes(len(text))
    _destroy(place)
    return memory


def exit_code_of(error: ScriptureError) -> ExitCode:
    """Finds the exit code with which a program would say what the parser raises.

    Args:
        error: What it raised.

    Returns:
        The code, as READER.COM has it.
    """
    if isinstance(error, ViolationOfGap) and error.found > SIZE:
        return ExitCode.VIOLATION_OF_GAP
    if isinstance(error, InvalidChecksum):
        return ExitCode.INVALID_CHECKSUM
    return ExitCode.NO_SCRIPTURE


class ParserRite:
    """The parser, on an emulated drive that sees every byte that is lost."""

    name = "parser"
    excuses: Mapping[Clause, str] = MappingProxyType({})

    def perform(self, data: bytes) -> Outcome:
        """Has a copy read by the parser.

        Args:
            data: What the file contains.

        Returns:
            What became of the copy.
        """
        from pyfakefs.fake_filesystem import FakeFilesystem  # noqa: PLC0415 - the import is slow

        from pytest_almostism.dos.drives import Drives  # noqa: PLC0415 - as above

        journal = Journal()
        drives = Drives(FakeFilesystem(), now=Clock().now, journal=journal)
        drives.add("C")
        disk = DosDisk(drives, journal, data)
        buffer = bytearray(SIZE)
        try:
            memory = read_and_vanish(disk.path, now=Clock().now, buffer=buffer)
        except ScriptureError as error:
            exit_code, output = exit_code_of(error), str(error)
        else:
            exit_code, output = ExitCode.TRUE, str(memory)
        return replace(
            disk.outcome(),
            exit_code=exit_code,
            zeroed_in_memory=not any(buffer),
            output=output,
        )


def _utc() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)


def _judge(path: object, text: bytearray) -> None:
    """Says what is untrue about a text of the right length, without copying it anywhere."""
    for true in EXEGESIS:
        found = text[true.offset]
        if found != true.value:
            raise InvalidCreed(
                f"{path}: offset 0x{true.offset:03X}: expected creed byte 0x{true.value:02X}, "
                f"found 0x{found:02X}: no scripture; left alone",
                true.offset,
                expected=true.value,
                found=found,
            )
    surplus = sum(text) % 256
    if surplus:
        found = text[Part.SEAL.offset]
        raise InvalidChecksum(
            f"{path}: its bytes sum to 0x{surplus:02X}, not to 0; destroyed",
            Part.SEAL.offset,
            expected=(found - surplus) % 256,
            found=found,
        )


def _destroy(place: Place) -> None:
    place.zero()
    place.delete()
