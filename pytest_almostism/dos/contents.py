"""What a file holds while a program works on it: a buffer, written back when it is committed.

A `FakeFile` keeps `bytes`, which every small write would copy as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.witness import Life


class Contents:
    """The buffer of one file.

    Args:
        file: the file; what Python writes to it shows here, unless there are writes of our own
            that are not committed: those will win.
        life: the file's entry in the journal.

    Attributes:
        stamped: whether the time and attributes of the file already show that it was changed.
    """

    __slots__ = ("_data", "_dirty", "_epoch", "file", "life", "stamped")

    def __init__(self, file: FakeFile, life: Life) -> None:
        self.file = file
        self.life = life
        self.stamped = False
        self._dirty = False
        self._load()

    @property
    def data(self) -> bytearray:
        """All the bytes."""
        if self._epoch != self.file.epoch and not self._dirty:
            self._load()
        return self._data

    def change(self) -> bytearray:
        """Return all the bytes, to be changed in place and written back later."""
        data = self.data
        self._dirty = True
        return data

    def _load(self) -> None:
        self._data = bytearray(stored(self.file))
        self._epoch = self.file.epoch

    def commit(self) -> None:
        """Write back.

        Raises:
            DosError: DISK_FULL if Python filled the file system in the meantime.
        """
        if self._dirty:
            try:
                self.file.set_contents(bytes(self._data))
            except OSError:
                raise DosError(ErrorCode.DISK_FULL) from None
            self._epoch = self.file.epoch
            self._dirty = False


def stored(file: FakeFile) -> bytes:
    """Return what the fake file system holds; a mounted file is now read from its host.

    Raises:
        DosError: READ_FAULT if the host cannot read it, or for pyfakefs' large files, that have
            a size but no contents.
    """
    try:
        contents = file.byte_contents
    except OSError:
        contents = None
    if contents is None:
        raise DosError(ErrorCode.READ_FAULT)
    return contents
