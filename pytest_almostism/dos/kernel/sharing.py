"""Who may open a file that is open already, and who may read and write where: SHARE.EXE.

Programs that ask for nothing get nothing: as long as every opening of a file is in compatibility
mode (bits 4-6 of the mode 0), each is allowed, and the file may be deleted and renamed meanwhile,
as in a DOS without SHARE. Once somebody asked for a deny mode, the rules are those of SHARE, also
within one program: openings that do not agree fail, with INT 24h where the newcomer asked for
nothing, and nobody deletes the file. Locked regions are their owner's alone.

Source: Ralf Brown's Interrupt List, INT 21h/3Dh, "file-sharing behavior", and 5Ch.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from pytest_almostism.dos.errorcode import Area, CriticalError, DosError, ErrorCode
from pytest_almostism.dos.kernel.openfiles import READ, READ_WRITE, WRITE, DiskFile, OpenFile
from pytest_almostism.dos.metadata import READ_ONLY

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.machine import Machine

#: The bit of an open mode (INT 21h/6Ch) that asks for error codes instead of INT 24h.
NO_CRITICAL_ERROR = 0x2000
_MOST_LOCKS = 20  # of SHARE /L:20, its default


class Share(IntEnum):
    """What somebody who opens a file denies to others: bits 4-6 of the mode."""

    COMPATIBILITY = 0
    DENY_ALL = 1
    DENY_WRITE = 2
    DENY_READ = 3
    DENY_NONE = 4


_DENIES = {
    Share.DENY_ALL: {READ, WRITE, READ_WRITE},
    Share.DENY_WRITE: {WRITE, READ_WRITE},
    Share.DENY_READ: {READ, READ_WRITE},
    Share.DENY_NONE: set(),
}
_HARMLESS = {Share.DENY_WRITE, Share.DENY_NONE}


def check_mode(mode: int) -> None:
    """Raise DosError INVALID_ACCESS_CODE for an open mode that is none."""
    if mode & 7 > READ_WRITE or mode >> 4 & 7 > Share.DENY_NONE:
        raise DosError(ErrorCode.INVALID_ACCESS_CODE)


def check_open(pc: Machine, drive: Drive, file: FakeFile, mode: int) -> None:
    """Refuse to open a file in a way that those who have it open already deny, or would be denied.

    Raises:
        DosError: SHARING_VIOLATION; the call itself says ACCESS_DENIED.
        CriticalError: the same for a newcomer in compatibility mode.
    """
    share, access = Share(mode >> 4 & 7), mode & 7
    for other in _openings(pc, file):
        first, had = Share(other.mode >> 4 & 7), other.mode & 7
        if Share.COMPATIBILITY in (first, share):
            agree = first == share or (
                {first, share} - {Share.COMPATIBILITY} <= _HARMLESS
                and had == access == READ
                and bool(drive.attributes(file) & READ_ONLY)
            )
        else:
            agree = access not in _DENIES[first] and had not in _DENIES[share]
        if agree:
            continue
        if share is Share.COMPATIBILITY and not mode & NO_CRITICAL_ERROR:
            raise CriticalError(
                ErrorCode.SHARING_VIOLATION, drive.letter, writing=False, area=Area.SYSTEM
            )
        raise DosError(ErrorCode.SHARING_VIOLATION)


def check_unshared(pc: Machine, file: FakeFile) -> None:
    """Raise DosError SHARING_VIOLATION if somebody has a file open in a deny mode."""
    if any(other.mode >> 4 & 7 for other in _openings(pc, file)):
        raise DosError(ErrorCode.SHARING_VIOLATION)


def _openings(pc: Machine, file: FakeFile) -> Iterator[OpenFile]:
    for _, entry in pc.files.entries():
        if isinstance(entry, DiskFile) and entry.file is file:
            yield entry


class Lock(NamedTuple):
    """A region of a file that one process has for itself, through one opening.

    Attributes:
        file: the opening.
        process: segment of the PSP: a child does not inherit it with the handle.
        start: its first byte.
        stop: the byte behind its last.
    """

    file: DiskFile
    process: int
    start: int
    stop: int

    def hits(self, file: DiskFile, start: int, stop: int) -> bool:
        """Return whether it has bytes of the file from `start` to before `stop`."""
        return self.file.file is file.file and start < self.stop and self.start < stop


class Locks:
    """The regions that are locked now."""

    def __init__(self) -> None:
        self._locks: list[Lock] = []

    def __len__(self) -> int:
        return len(self._locks)

    def add(self, lock: Lock) -> None:
        """Lock a region.

        Raises:
            DosError: LOCK_VIOLATION if a part of it is locked, by whomever;
                SHARING_BUFFER_EXCEEDED if there are too many.
        """
        if any(other.hits(lock.file, lock.start, lock.stop) for other in self._locks):
            raise DosError(ErrorCode.LOCK_VIOLATION)
        if len(self._locks) >= _MOST_LOCKS:
            raise DosError(ErrorCode.SHARING_BUFFER_EXCEEDED)
        self._locks.append(lock)

    def remove(self, lock: Lock) -> None:
        """Unlock a region, which must be one that its owner has locked, neither more nor less.

        Raises:
            DosError: LOCK_VIOLATION.
        """
        if lock not in self._locks:
            raise DosError(ErrorCode.LOCK_VIOLATION)
        self._locks.remove(lock)

    def check(self, file: DiskFile, process: int, length: int) -> None:
        """Raise DosError LOCK_VIOLATION if others have locked what is to be read or written."""
        start, stop = file.position, file.position + length
        for lock in self._locks:
            if lock.hits(file, start, stop) and (lock.file, lock.process) != (file, process):
                raise DosError(ErrorCode.LOCK_VIOLATION)

    def release(self, file: OpenFile, process: int) -> None:
        """Unlock all that a process had locked through an opening that it has closed."""
        self._locks = [lock for lock in self._locks if (lock.file, lock.process) != (file, process)]
