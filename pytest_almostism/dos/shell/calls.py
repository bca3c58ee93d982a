"""The calls that the shell makes, as its program in the guest makes them for it.

Whatever of the shell calls DOS is a generator: it yields a `Call`, is suspended while the guest
executes it, and resumed with the registers behind it. Among generators that is `yield from`:

    handle = yield from dos.open("A.TXT", READ)

Errors come as `DosError`. Names and data stand in the shell's own segment.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.memory import Memory
from pytest_almostism.dos.registers import Registers

READ, WRITE, READ_WRITE = 0, 1, 2
START, HERE, END = 0, 1, 2
DEVICE = 0x80
"""Bit of the device information word (INT 21h/4400h)."""

DIRECTORY = 0x10
"""Attribute bit."""

# The segment of the shell: PSP, program, and from here on its data.
_EXEC_BLOCK, _FCB_1, _FCB_2, _TAIL = 0x120, 0x140, 0x170, 0x1A0
_DTA, _NAME, _SECOND_NAME, _LINE = 0x230, 0x2B0, 0x3B0, 0x4B0
_BUFFER, _BUFFER_SIZE = 0x540, 0x1000
STACK = 0x1800
"""Offset of the top of the shell's stack."""
PARAGRAPHS = STACK >> 4
"""The memory that the shell keeps while programs run."""

_LONGEST_NAME = 127
_LONGEST_LINE = 127
_OLD_FUNCTIONS = 0x3800  # those below it tell errors by AL

_T = TypeVar("_T")


@dataclass(frozen=True)
class Call:
    """One call to be made.

    Attributes:
        registers: what they hold; the others are 0, DS and ES the shell's segment.
        interrupt: 21h, or 10h for the BIOS.
    """

    registers: Mapping[str, int]
    interrupt: int = 0x21


Steps = Generator[Call, Registers, _T]
"""What a function is that makes calls on its way to a result."""


@dataclass(frozen=True)
class Found:
    """A file that a search found: its `name`, attribute bits, packed time and date, size."""

    name: str
    attributes: int
    time: int
    date: int
    size: int

    @property
    def is_directory(self) -> bool:
        """Whether it is one."""
        return bool(self.attributes & DIRECTORY)


class SystemCalls:
    """The functions of DOS under the names of the manual.

    Args:
        memory: the guest's.
        segment: the shell's.
    """

    def __init__(self, memory: Memory, segment: int) -> None:
        self.memory = memory
        self.segment = segment

    def call(self, ax: int, *, interrupt: int = 0x21, **registers: int) -> Steps[Registers]:
        """Make a call and return the registers behind it.

        Raises:
            DosError: it came back with CF=1, if its number is 38h or above.
        """
        answer = yield Call({"ax": ax, **registers}, interrupt)
        if interrupt == 0x21 and ax >= _OLD_FUNCTIONS and answer.carry:
            error = yield Call({"ax": 0x5900})  # the whole truth
            known = error.ax in ErrorCode._value2member_map_
            raise DosError(ErrorCode(error.ax) if known else ErrorCode.GENERAL_FAILURE)
        return answer

    # -- files ------------------------------------------------------------------------------

    def create(self, path: str) -> Steps[int]:
        """Create or empty a file; return its handle."""
        answer = yield from self.call(0x3C00, dx=self._put_name(path))
        return int(answer.ax)

    def open(self, path: str, mode: int) -> Steps[int]:
        """Open a file or device; return its handle."""
        answer = yield from self.call(0x3D00 | mode, dx=self._put_name(path))
        return int(answer.ax)

    def close(self, handle: int) -> Steps[None]:
        """Close a handle."""
        yield from self.call(0x3E00, bx=handle)

    def read(self, handle: int, length: int = _BUFFER_SIZE) -> Steps[bytes]:
        """Return the next bytes of a file, at most `length` or 4096."""
        length = min(length, _BUFFER_SIZE)
        answer = yield from self.call(0x3F00, bx=handle, cx=length, dx=_BUFFER)
        return self.memory.read(self.segment, _BUFFER, answer.ax)

    def read_all(self, handle: int) -> Steps[bytes]:
        """Return the rest of a file."""
        data = bytearray()
        while piece := (yield from self.read(handle)):
            data += piece
        return bytes(data)

    def write(self, handle: int, data: bytes) -> Steps[int]:
        """Write all of `data`; return how much of it there was room for."""
        written = 0
        while written < len(data):
            piece = data[written : written + _BUFFER_SIZE]
            self.memory.write(self.segment, _BUFFER, piece)
            answer = yield from self.call(0x4000, bx=handle, cx=len(piece), dx=_BUFFER)
            written += answer.ax
            if answer.ax < len(piece):
                break
        return written

    def truncate(self, handle: int) -> Steps[None]:
        """Let a file end at its position."""
        yield from self.call(0x4000, bx=handle)

    def seek(self, handle: int, offset: int, whence: int = START) -> Steps[int]:
        """Move to `offset` from START, HERE or END; return where that is."""
        offset &= 0xFFFFFFFF
        answer = yield from self.call(
            0x4200 | whence, bx=handle, cx=offset >> 16, dx=offset & 0xFFFF
        )
        return int(answer.dx << 16 | answer.ax)

    def delete(self, path: str) -> Steps[None]:
        """Delete a file."""
        yield from self.call(0x4100, dx=self._put_name(path))

    def rename(self, old: str, new: str) -> Steps[None]:
        """Give a file another name."""
        yield from self.call(
            0x5600, dx=self._put_name(old), di=self._put_name(new, at=_SECOND_NAME)
        )

    def attributes(self, path: str) -> Steps[int]:
        """Return the attributes of a file or directory."""
        answer = yield from self.call(0x4300, dx=self._put_name(path))
        return int(answer.cx)

    def information(self, handle: int) -> Steps[int]:
        """Return the device information word of a handle."""
        answer = yield from self.call(0x4400, bx=handle)
        return int(answer.dx)

    def create_temporary(self, directory: str) -> Steps[str]:
        """Create a file with a name of its own in a directory that ends with a backslash."""
        at = self._put_name(directory)
        answer = yield from self.call(0x5A00, dx=at)
        path = self.memory.asciiz(self.segment, at, 0x100).decode("cp437")
        yield from self.close(answer.ax)
        return path

    def find(self, pattern: str, attributes: int = 0) -> Steps[list[Found]]:
        """Return what fits a pattern; nothing is no error, a directory that is not there is one."""
        found: list[Found] = []
        yield from self.call(0x1A00, dx=_DTA)
        try:
            yield from self.call(0x4E00, cx=attributes, dx=self._put_name(pattern))
            while True:
                found.append(self._read_dta())
                yield from self.call(0x4F00)
        except DosError as error:
            if error.code not in {ErrorCode.NO_MORE_FILES, ErrorCode.FILE_NOT_FOUND}:
                raise
        return found

    def _read_dta(self) -> Found:
        entry = self.memory.read(self.segment, _DTA, 43)
        time, date = (int.from_bytes(entry[at : at + 2], "little") for at in (22, 24))
        name = entry[30:].partition(b"\0")[0].decode("cp437")
        return Found(name, entry[21], time, date, int.from_bytes(entry[26:30], "little"))

    # -- directories and drives -------------------------------------------------------------

    def make_directory(self, path: str) -> Steps[None]:
        """Create a directory."""
        yield from self.call(0x3900, dx=self._put_name(path))

    def remove_directory(self, path: str) -> Steps[None]:
        """Remove an empty directory."""
        yield from self.call(0x3A00, dx=self._put_name(path))

    def change_directory(self, path: str) -> Steps[None]:
        """Make a directory the current one of its drive."""
        yield from self.call(0x3B00, dx=self._put_name(path))

    def current_directory(self, drive: str) -> Steps[str]:
        r"""Return the current directory of a drive, given by its letter: `C:\DIR`."""
        yield from self.call(0x4700, dx=ord(drive) - 0x40, si=_NAME)
        directory = self.memory.asciiz(self.segment, _NAME, 0x100).decode("cp437")
        return f"{drive}:\\{directory}"

    def current_drive(self) -> Steps[str]:
        """Return the letter of the current drive."""
        answer = yield from self.call(0x1900)
        return chr(0x41 + answer.al)

    def set_drive(self, drive: str) -> Steps[None]:
        """Make a drive, given by its letter, the current one if there is one."""
        yield from self.call(0x0E00, dx=ord(drive) - 0x41)

    def true_name(self, path: str) -> Steps[str]:
        r"""Return the full path, `C:\DIR\X.TXT`."""
        yield from self.call(0x6000, si=self._put_name(path), di=_SECOND_NAME)
        return self.memory.asciiz(self.segment, _SECOND_NAME, 0x100).decode("cp437")

    # -- the console ------------------------------------------------------------------------

    def read_line(self, *, flush: bool = False) -> Steps[str]:
        """Return a line from standard input, edited and echoed; an empty one at its end."""
        self.memory.write(self.segment, _LINE, bytes((_LONGEST_LINE + 1, 0, 0x0D)))
        yield from self.call(0x0C0A if flush else 0x0A00, dx=_LINE)
        length = self.memory.byte(self.segment, _LINE + 1)
        return self.memory.read(self.segment, _LINE + 2, length).decode("cp437")

    # -- processes --------------------------------------------------------------------------

    def execute(self, path: str, tail: str) -> Steps[Registers]:
        """Run a program to its end; return its exit code in AL, how it ended in AH (4Dh)."""
        memory, segment = self.memory, self.segment
        text = tail.encode("cp437", "replace")[: _LONGEST_LINE - 1]
        memory.write(segment, _TAIL, bytes((len(text),)) + text + b"\r")
        starts = [word.start() for word in re.finditer(rb"[^ ,;=\t]+", text)]
        for fcb, start in zip((_FCB_1, _FCB_2), (*starts, len(text), len(text)), strict=False):
            yield from self.call(0x2901, si=_TAIL + 1 + start, di=fcb)
        memory.write_word(segment, _EXEC_BLOCK, 0)  # the child gets a copy of our environment
        for n, pointed in enumerate((_TAIL, _FCB_1, _FCB_2)):
            memory.write_pointer(segment, _EXEC_BLOCK + 2 + 4 * n, (segment, pointed))
        yield from self.call(0x4B00, dx=self._put_name(path), bx=_EXEC_BLOCK)
        return (yield from self.call(0x4D00))

    def _put_name(self, name: str, at: int = _NAME) -> int:
        data = name.encode("cp437", "replace")[:_LONGEST_NAME]
        self.memory.write(self.segment, at, data + b"\0")
        return at
