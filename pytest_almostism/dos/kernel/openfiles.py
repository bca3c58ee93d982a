"""What a handle stands for: entries of the system file table (SFT), files and devices alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import ControlC, DosError, ErrorCode
from pytest_almostism.dos.keyboard import Keyboard
from pytest_almostism.dos.screen import Screen

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.dos.drive import Drive

READ, WRITE, READ_WRITE = 0, 1, 2
END_OF_FILE = 0x1A  # ^Z
_DEVICE = 0x80


class OpenFile:
    """One entry of the system file table.

    Attributes:
        name: what was opened, for messages.
        mode: access mode, 0 read, 1 write, 2 both; sharing and inheritance in the higher bits.
        references: how many handles stand for it.
    """

    #: Device information word (INT 21h/4400h).
    information = _DEVICE

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

    def ready(self) -> bool:
        """Return whether there is more."""
        return self._position < len(self._data)


class Console(OpenFile):
    """CON: the keyboard and the screen.

    Args:
        keyboard: where characters come from.
        screen: where they are shown.
        capture: also gets what is written: standard output and standard error.
    """

    information = _DEVICE | 0x53  # a special device (INT 29h), standard input and output

    def __init__(
        self,
        keyboard: Keyboard,
        screen: Screen,
        capture: bytearray | None = None,
    ) -> None:
        super().__init__("CON")
        self._keyboard = keyboard
        self._screen = screen
        self._capture = capture
        self._pending = b""

    def write(self, data: bytes) -> int:
        """Show `data`."""
        if self._capture is not None:
            self._capture += data
        self._screen.write(data, tabs=True)
        return len(data)

    def ready(self) -> bool:
        """Return whether a key waits."""
        return bool(self._pending) or self._keyboard.peek() is not None

    def character(self) -> int:
        """Return the next key's character; one without is 0 and then its scan code."""
        if self._pending:
            character, self._pending = self._pending[0], self._pending[1:]
            return character
        key = self._keyboard.read()
        if key.ascii in (0, 0xE0) and key.scan:
            self._pending = bytes((key.scan,))
            return 0
        return key.ascii

    def read(self, length: int) -> bytes:
        """Return up to `length` bytes of a line that is edited and echoed, CR LF at its end."""
        if not self._pending:
            self._pending = self._line()
        data, self._pending = self._pending[:length], self._pending[length:]
        return data

    def _line(self) -> bytes:
        line = bytearray()
        while True:
            key = self._keyboard.read()
            if key.ascii == 0x03:
                self._screen.write(b"^C\r\n")
                raise ControlC
            if key.ascii == 0x0D:
                self._screen.write(b"\r\n")
                return bytes(line) + b"\r\n"
            if key.ascii == END_OF_FILE and not line:
                return b""
            if key.ascii == 0x08:
                if line:
                    line.pop()
                    self._screen.write(b"\b \b")
            elif key.ascii not in (0, 0xE0):
                line.append(key.ascii)
                self._screen.write(bytes((key.ascii,)))


class Nul(OpenFile):
    """NUL: at its end for readers, and all that is written to it is gone."""

    information = _DEVICE | 0x04

    def read(self, length: int) -> bytes:
        """Return nothing."""
        del length
        return b""

    def write(self, data: bytes) -> int:
        """Take it all."""
        return len(data)


class Port(Nul):
    """AUX or PRN: nothing comes in, what goes out is kept.

    Attributes:
        sent: all that was written.
    """

    information = _DEVICE

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sent = bytearray()

    def write(self, data: bytes) -> int:
        """Keep `data`."""
        self.sent += data
        return len(data)
