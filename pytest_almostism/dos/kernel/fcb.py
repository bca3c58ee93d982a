"""The file control block (FCB): how programs written for CP/M and DOS 1 hold an open file.

It lies in the guest's memory, 37 bytes, all of an open file but what DOS cannot put there:

    00h  drive, 0: the current one, 1: A:       10h  size of the file, 4 bytes
    01h  name, 8 and 3 characters               14h  date and time, as in a directory
    0Ch  current block, of 128 records          18h  reserved for DOS, 8 bytes
    0Eh  bytes a record                         20h  current record in the block
                                                21h  random record number, 3 or 4 bytes

An extended FCB has FFh, five zeros and attributes before it. Of the reserved bytes, 18h to 1Fh,
those are used that DOS 5 uses without SHARE: the entry in its table, the drive and whether it is
a device, whether the file was written to, and, where a disk has the first cluster, the number
under which `FcbFiles` knows the file. So an FCB may be moved and copied, opened twice, and
closed never or again and again.
Layout: Ralf Brown's Interrupt List, INT 21h/0Fh, "Format of File Control Block".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.clock import from_dos, to_dos
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.openfiles import DiskFile, OpenFile
from pytest_almostism.dos.names import CODE_PAGE, from_fcb_name, to_fcb_name, upper

if TYPE_CHECKING:
    import datetime as dt

    from pytest_almostism.dos.memory import Memory

DEFAULT_RECORD = 128
"""Bytes a record when a file is opened, and of an FCB that says 0."""

_EXTENDED, _EXTENSION = 0xFF, 7
_IN_BLOCK = 0x7F
_SMALL_RECORD = 64  # below it, a random record number has four bytes
_RESERVED = 0x18
_IS_DEVICE, _CLEAN = 0xC0, 0x40
_ILLEGAL = frozenset('"./\\[]:<>|+=;,' + bytes(range(0x20)).decode("ascii"))
_KEPT = 1000


class _Field:
    """A little-endian number in an FCB."""

    def __init__(self, offset: int, width: int = 2) -> None:
        self._offset, self._width = offset, width

    def __get__(self, fcb: Fcb, owner: type[Fcb]) -> int:
        return int.from_bytes(fcb.read(self._offset, self._width), "little")

    def __set__(self, fcb: Fcb, value: int) -> None:
        mask = (1 << 8 * self._width) - 1
        fcb.write(self._offset, (value & mask).to_bytes(self._width, "little"))


class Fcb:
    """A view of the FCB at segment:offset, extended or not; offsets count from the drive byte.

    Attributes:
        is_extended: whether it has attributes.
        attributes: those of an extended one, else 0.
    """

    drive = _Field(0x00, 1)
    block = _Field(0x0C)
    record_size = _Field(0x0E)
    size = _Field(0x10, 4)
    date = _Field(0x14)
    time = _Field(0x16)
    number = _Field(0x1B)
    record = _Field(0x20, 1)
    _flags = _Field(0x1A, 1)

    def __init__(self, memory: Memory, segment: int, offset: int) -> None:
        self._memory, self._segment = memory, segment
        self.is_extended = memory.byte(segment, offset) == _EXTENDED
        self.attributes = memory.byte(segment, offset + 6) if self.is_extended else 0
        self._offset = offset + _EXTENSION if self.is_extended else offset

    def read(self, offset: int, length: int) -> bytes:
        """Return bytes of it."""
        return self._memory.read(self._segment, self._offset + offset, length)

    def write(self, offset: int, data: bytes) -> None:
        """Change bytes of it."""
        self._memory.write(self._segment, self._offset + offset, data)

    def name(self, offset: int = 1) -> str:
        """Return the name in it as an FCB name, upper-case, `*` expanded.

        Args:
            offset: where; a renaming has the new one at 11h.

        Raises:
            DosError: PATH_NOT_FOUND if there is none, or with a character that no name has.
        """
        text = upper(self.read(offset, 11).decode(CODE_PAGE))
        if text[0] == " " or not _ILLEGAL.isdisjoint(text):
            raise DosError(ErrorCode.PATH_NOT_FOUND)
        return to_fcb_name(from_fcb_name(text))

    # -- where in the file ------------------------------------------------------------------

    @property
    def current(self) -> int:
        """The record that sequential access comes to next."""
        return self.block * 128 + (self.record & _IN_BLOCK)

    @current.setter
    def current(self, record: int) -> None:
        self.block, self.record = record >> 7, record & _IN_BLOCK

    @property
    def random(self) -> int:
        """The record of random access; its highest byte counts only if records are small."""
        width = 4 if self.record_size < _SMALL_RECORD else 3
        return int.from_bytes(self.read(0x21, width), "little")

    @random.setter
    def random(self, record: int) -> None:
        width = 4 if self.record_size < _SMALL_RECORD else 3
        self.write(0x21, (record & 0xFFFFFFFF).to_bytes(4, "little")[:width])

    # -- an open file -----------------------------------------------------------------------

    def open(self, number: int, file: OpenFile, moment: dt.datetime) -> None:
        """Fill in what opening a file fills in; the current and random records stay.

        Args:
            number: of the file in `FcbFiles`.
            file: the file or device.
            moment: when it was last written.
        """
        self.block, self.record_size, self.size = 0, DEFAULT_RECORD, 0
        kind = flags = _IS_DEVICE
        if isinstance(file, DiskFile):
            kind, flags = ord(file.drive.letter) - 0x41, _CLEAN
            self.drive = kind + 1
            self.size = min(file.drive.size(file.file), 0xFFFFFFFF)
        self.stamp(moment)
        self.write(_RESERVED, bytes((number & 0xFF, kind, flags | file.mode & 0x0F)))
        self.number = number

    def stamp(self, moment: dt.datetime) -> None:
        """Note when the file was last written."""
        self.date, self.time = to_dos(moment)

    @property
    def moment(self) -> dt.datetime:
        """When the file was last written."""
        return from_dos(self.date, self.time)

    @property
    def is_written(self) -> bool:
        """Whether the file was written to through this FCB, and was not closed since."""
        return not self._flags & _CLEAN

    @is_written.setter
    def is_written(self, value: bool) -> None:
        self._flags = self._flags & ~_CLEAN | (0 if value else _CLEAN)


class FcbFiles:
    """The files that were opened with FCBs; nobody need close them.

    A real DOS has a table of a few, recycles the least recently used, and finds a file again by
    its place on the disk. Here the table is as large as is reasonable.
    """

    def __init__(self) -> None:
        self._files: dict[int, OpenFile] = {}
        self._last = 0

    def add(self, file: OpenFile) -> int:
        """Return the number, 1..FFFFh, of a file that is opened; it has one number only."""
        if isinstance(file, DiskFile):
            for number, other in self._files.items():
                if isinstance(other, DiskFile) and other.file is file.file:
                    return number
        self._last = self._last % 0xFFFF + 1
        self._files.pop(self._last, None)
        self._files[self._last] = file
        if len(self._files) > _KEPT:
            del self._files[next(iter(self._files))]
        return self._last

    def find(self, fcb: Fcb) -> OpenFile | None:
        """Return the file of an FCB, or None if it was never opened."""
        number = fcb.number
        file = self._files.pop(number, None)
        if file is not None:
            self._files[number] = file  # the most recently used one
        return file
