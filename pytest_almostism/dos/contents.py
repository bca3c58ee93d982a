"""What a file holds while a program changes it: a buffer, written back when it is committed.

A `FakeFile` keeps `bytes`, which every small write would copy as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.witness import Life


class Contents:
    """The contents of one file, made when it is first changed and gone when it is committed.

    What Python writes to the file in between is lost.

    Args:
        file: the file.
        life: the file's entry in the journal.

    Attributes:
        data: all the bytes, to be changed in place.
        stamped: whether the time and attributes of the file already show that it was changed.
    """

    __slots__ = ("data", "file", "life", "stamped")

    def __init__(self, file: FakeFile, life: Life) -> None:
        self.file = file
        self.life = life
        self.data = bytearray(stored(file))
        self.stamped = False

    def commit(self) -> None:
        """Write back.

        Raises:
            DosError: DISK_FULL if Python filled the file system in the meantime.
        """
        try:
            self.file.set_contents(bytes(self.data))
        except OSError:
            raise DosError(ErrorCode.DISK_FULL) from None


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
