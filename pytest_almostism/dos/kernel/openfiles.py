"""What a handle stands for: entries of the system file table (SFT), files and devices alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.dos.drive import Drive

READ, WRITE, READ_WRITE = 0, 1, 2
END_OF_FILE = 0x1A  # ^Z


class OpenFile:
    """One entry of the system file table.

    Attributes:
        name: what was opened, for messages.
        mode: access mode, 0 read, 1 write, 2 both; sharing and inheritance in the higher bits.
        references: how many handles stand for it.
        is_device: whether it is a character device.
        information: the device information word (INT 21h/4400h).
    """

    is_device = False
    information = 0

    def __init__(self, name: str, mode: int = READ_WRITE) -> None:
        self.name = name
        self.mode = mode
        self.references = 0

    @property
    def inherited(self) -> bool:
        """Whether a child process gets it too: bit 7 of the mode says no."""
        return not self.mode & 0x80

    def allow(self, access: int) -> None:
        """Raise DosError ACCESS_DENIED if it was not opened for `access`, READ or WRITE."""
        if self.mode & 7 not in (access, READ_WRITE):
            raise DosError(ErrorCode.ACCESS_DENIED)

    def read(self, length: int) -> bytes:
        """Return up to `length` bytes; none at the end."""
        raise NotImplementedError

    def write(self, data: bytes) -> int:
        """Write and return how many bytes were written; no bytes at all truncate here."""
        raise NotImplementedError

    def echo(self, data: bytes) -> None:
        """Write, without a look at what is typed."""
        self.write(data)

    def attend(self) -> None:
        """Act on control characters that wait, if it is a keyboard."""

    def seek(self, offset: int, whence: int) -> int:
        """Move and return the position; a device has none."""
        del offset, whence
        return 0

    def ready(self) -> bool:
        """Return whether a character can be read without waiting."""
        return True

    def character(self) -> int:
        """Return one character, ^Z at the end."""
        data = self.read(1)
        return data[0] if data else END_OF_FILE

    def commit(self) -> None:
        """Make what was written visible on the disk."""

    def close(self) -> None:
        """The last handle is gone."""
        self.commit()


class DiskFile(OpenFile):
    """A file on a drive.

    Args:
        drive: the drive.
        file: the file, which lives on if it is deleted while open.
        name: its full path.
        mode: access mode.
    """

    def __init__(self, drive: Drive, file: FakeFile, name: str, mode: int) -> None:
        super().__init__(name, mode)
        self.drive = drive
        self.file = file
        self.position = 0
        self.written = False

    @property
    def information(self) -> int:  # type: ignore[override]
        """Bits 0-5: the drive, 0 for A:; bit 6: not written to yet."""
        return ord(self.drive.letter) - 0x41 | (0 if self.written else 0x40)

    def read(self, length: int) -> bytes:
        """Return up to `length` bytes from the position on."""
        self.allow(READ)
        data = self.drive.read(self.file, self.position, length)
        self.position += len(data)
        return data

    def write(self, data: bytes) -> int:
        """Write at the position; a full disk takes only a part; no bytes truncate or extend."""
        self.allow(WRITE)
        self.written = True
        if not data:
            self.drive.truncate(self.file, self.position)
            return 0
        count = self.drive.write(self.file, self.position, data)
        self.position += count
        return count

    def seek(self, offset: int, whence: int) -> int:
        """Move to `offset` from the start, the position or the end."""
        base = (0, self.position, self.drive.size(self.file))[whence]
        self.position = (base + offset) & 0xFFFFFFFF
        return self.position

    def ready(self) -> bool:
        """Return whether the end is not yet reached."""
        return self.position < self.drive.size(self.file)

    def commit(self) -> None:
        """Make what was written visible in the fake file system."""
        if self.written:
            self.drive.commit(self.file)


class Stream(OpenFile):
    """Standard input redirected to bytes that a test supplied.

    Args:
        data: all there is to read.
    """

    information = 0x0040

    def __init__(self, data: bytes) -> None:
        super().__init__("standard input", READ)
        self._data = data
        self._position = 0

    def read(self, length: int) -> bytes:
        """Return up to `length` bytes."""
        data = self._data[self._position : self._position + length]
        self._position += len(data)
        return data

    def write(self, data: bytes) -> int:
        """Refuse: it is open for reading."""
        del data
        raise DosError(ErrorCode.ACCESS_DENIED)

    def seek(self, offset: int, whence: int) -> int:
        """Move as in the file that it stands for."""
        base = (0, self._position, len(self._data))[whence]
        self._position = (base + offset) & 0xFFFFFFFF
        return self._position

    def ready(self) -> bool:
        """Return whether there is more."""
        return self._position < len(self._data)
