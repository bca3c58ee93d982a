"""Where a scripture can lie for the parser: on the host, in a fake file system, on a DOS drive.

Every place can do the same five things; none of them reads a file that is only to be destroyed.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any, Protocol

from pytest_almostism.dos import DosPath
from pytest_almostism.dos.metadata import READ_ONLY
from pytest_almostism.dos.pythonerrors import python_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyfakefs.fake_filesystem import FakeFilesystem

_BLOCK = bytes(4096)


class Place(Protocol):
    """A file that is about to vanish."""

    def size(self) -> int:
        """Measures it, in bytes."""

    def read_into(self, buffer: bytearray) -> None:
        """Reads it from its start until the buffer is full."""

    def zero(self) -> None:
        """Overwrites all of it with zeros, in place, down to the disk, and closes it."""

    def delete(self) -> None:
        """Takes its name away."""


def place_of(path: DosPath | os.PathLike[str] | str, filesystem: FakeFilesystem | None) -> Place:
    """Finds out where a file lies.

    Args:
        path: Its path.
        filesystem: The fake file system it is a path of; None: the host's.

    Returns:
        Its place.

    Raises:
        TypeError: That is no path.
    """
    if isinstance(path, DosPath):
        return DosPlace(path)
    if filesystem is None:
        return OsPlace(os.fspath(path))
    from pyfakefs.fake_filesystem import FakeFileOpen, FakeOsModule  # noqa: PLC0415 - 30 ms

    return OsPlace(os.fspath(path), FakeFileOpen(filesystem), FakeOsModule(filesystem))


class OsPlace:
    """A file that `open` and `os` know: the real ones or those of a fake file system.

    Args:
        path: Its path.
        open_file: What opens it.
        system: What measures and deletes it.
    """

    def __init__(self, path: str, open_file: Callable[..., Any] = open, system: Any = os) -> None:
        self._path, self._open, self._os = path, open_file, system

    def size(self) -> int:
        """Measures it, in bytes."""
        with self._open(self._path, "rb") as file:  # a directory fails here, not later
            return int(self._os.fstat(file.fileno()).st_size)

    def read_into(self, buffer: bytearray) -> None:
        """Reads it from its start until the buffer is full."""
        with self._open(self._path, "rb", buffering=0) as file:  # no copy in a buffer of its own
            file.readinto(buffer)

    def zero(self) -> None:
        """Overwrites all of it with zeros, in place, down to the disk, and closes it."""
        with self._open(self._path, "r+b") as file:
            for count in _blocks(self.size()):
                file.write(_BLOCK[:count])
            file.flush()
            self._os.fsync(file.fileno())

    def delete(self) -> None:
        """Takes its name away."""
        self._os.remove(self._path)


class DosPlace:
    """A file on an emulated drive.

    Args:
        path: Its path.
    """

    def __init__(self, path: DosPath) -> None:
        self._path = path

    def size(self) -> int:
        """Measures it, in bytes."""
        if self._path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory", str(self._path))
        return self._path.stat().st_size

    def read_into(self, buffer: bytearray) -> None:
        """Reads it from its start until the buffer is full."""
        data = self._path.read_bytes()[: len(buffer)]
        buffer[: len(data)] = data

    def zero(self) -> None:
        """Overwrites all of it with zeros, in place, down to the disk, and closes it."""
        if self._path.attributes & READ_ONLY:
            raise PermissionError(errno.EACCES, "is read-only", str(self._path))
        # A path can only write a file anew, which abandons what was in it; its drive can do more.
        drive, file = self._path._drive(), self._path._existing()  # noqa: SLF001
        offset = 0
        with python_errors(self._path):
            for count in _blocks(self.size()):
                offset += drive.write(file, offset, _BLOCK[:count])
            drive.commit(file)

    def delete(self) -> None:
        """Takes its name away."""
        self._path.unlink()


def _blocks(size: int) -> list[int]:
    whole, rest = divmod(size, len(_BLOCK))
    return [len(_BLOCK)] * whole + [rest] * bool(rest)
