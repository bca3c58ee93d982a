"""The program segment prefix (PSP) and the environment: what a program finds before itself.

Source: Ralf Brown's Interrupt List, INT 21h/26h, "Format of Program Segment Prefix".
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.fcbnames import parse
from pytest_almostism.dos.memory import Memory

#: Handles of a program that has asked for no more.
HANDLES = 20
#: The entry of a job file table that stands for no open file.
CLOSED = 0xFF
#: Offset of the command tail, which is also the default DTA.
TAIL = 0x80

_INT_20H = b"\xcd\x20"
_INT_21H_RETF = b"\xcd\x21\xcb"
_IVT_22H, _VECTORS_SIZE = 4 * 0x22, 12
_JFT, _JFT_AT = 0x18, 0x34
_FCBS = (0x5C, 0x6C)
_SIZE = 0x100
_NOBODY = 0xFFFF_FFFF  # the previous PSP: SHARE would keep it
_FAR_CALL = 0x9A
# CP/M's entry, `call far F01D:FEF0`, is 0000:00C0 where addresses wrap around 1 MiB, and 1000C0
# where they do not, as here: `sysvars` has put a jump there. The offset tells how many bytes there
# are in the program's segment.
_CPM_ENTRY, _CPM_MOST = 0x0C, 0xFEF


class Psp:
    """A view of the PSP at `segment`."""

    def __init__(self, memory: Memory, segment: int) -> None:
        self._memory = memory
        self.segment = segment

    def _word(offset: int, doc: str) -> property:  # type: ignore[misc]  # noqa: N805 - makes the fields below
        def get(self: Psp) -> int:
            return self._memory.word(self.segment, offset)

        def put(self: Psp, value: int) -> None:
            self._memory.write_word(self.segment, offset, value)

        return property(get, put, doc=doc)

    end = _word(0x02, "The segment behind the program's memory.")
    parent = _word(0x16, "The PSP of the program that started this one.")
    environment = _word(0x2C, "The segment of the environment.")
    handle_count = _word(0x32, "The size of the job file table.")
    version = _word(0x40, "The version that INT 21h/30h tells it: major, minor * 100h.")

    @property
    def is_one(self) -> bool:
        """Whether there is a PSP here at all."""
        return self._memory.read(self.segment, 0, 2) == _INT_20H

    @property
    def stack(self) -> tuple[int, int]:
        """SS and SP as they were inside the last call; what a child's end returns to."""
        return self._memory.pointer(self.segment, 0x2E)

    @stack.setter
    def stack(self, pointer: tuple[int, int]) -> None:
        self._memory.write_pointer(self.segment, 0x2E, pointer)

    @property
    def handles_at(self) -> tuple[int, int]:
        """Where the job file table (JFT) is, (segment, offset)."""
        return self._memory.pointer(self.segment, _JFT_AT)

    def vector(self, number: int) -> tuple[int, int]:
        """Return the saved vector 22h, 23h or 24h, (segment, offset)."""
        return self._memory.pointer(self.segment, 0x0A + 4 * (number - 0x22))

    def restore_vectors(self) -> None:
        """Let interrupts 22h, 23h and 24h go where they went when the PSP was made."""
        self._memory.write(0, _IVT_22H, self._memory.read(self.segment, 0x0A, _VECTORS_SIZE))

    def set_vector(self, number: int, pointer: tuple[int, int]) -> None:
        """Save vector 22h, 23h or 24h."""
        self._memory.write_pointer(self.segment, 0x0A + 4 * (number - 0x22), pointer)

    def handle(self, number: int) -> int:
        """Return the SFT index behind handle `number`.

        Raises:
            DosError: INVALID_HANDLE for one that is closed or does not exist.
        """
        segment, offset = self.handles_at
        if number < self.handle_count:
            index = self._memory.byte(segment, offset + number)
            if index != CLOSED:
                return index
        raise DosError(ErrorCode.INVALID_HANDLE)

    def set_handle(self, number: int, index: int) -> None:
        """Let handle `number` stand for the SFT entry `index`, or for CLOSED."""
        segment, offset = self.handles_at
        self._memory.write_byte(segment, offset + number, index)

    def close_handles(self) -> None:
        """Let no handle of the table in the PSP itself stand for anything."""
        self._memory.write(self.segment, _JFT, bytes([CLOSED]) * HANDLES)

    def handles(self) -> bytes:
        """Return the whole job file table."""
        segment, offset = self.handles_at
        return self._memory.read(segment, offset, self.handle_count)

    @property
    def own_handles_at(self) -> tuple[int, int]:
        """Where in the PSP itself there is room for a job file table of 20 handles."""
        return self.segment, _JFT

    def move_handles(self, pointer: tuple[int, int], handles: bytes) -> None:
        """Let the job file table be somewhere else, and hold `handles`."""
        self._memory.write(*pointer, handles)
        self._memory.write_pointer(self.segment, _JFT_AT, pointer)
        self.handle_count = len(handles)

    @property
    def command_tail(self) -> str:
        """What followed the program's name on the command line."""
        length = min(self._memory.byte(self.segment, 0x80), 127)
        return self._memory.read(self.segment, 0x81, length).decode("cp437")

    @property
    def fcb_drives(self) -> tuple[int, int]:
        """The drives of the two FCBs made of the arguments, 0: none named, 1: A:."""
        first, second = (self._memory.byte(self.segment, at) for at in _FCBS)
        return first, second

    def build(self, *, parent: int, end: int, environment: int, version: tuple[int, int]) -> None:
        """Write a fresh PSP.

        Args:
            parent: segment of the parent's PSP.
            end: segment behind the program's memory.
            environment: segment of its environment; 0: it has none.
            version: of DOS, (major, minor).
        """
        page = bytearray(_SIZE)
        page[0x16:0x18] = parent.to_bytes(2, "little")
        page[_JFT : _JFT + HANDLES] = bytes((CLOSED,)) * HANDLES
        page[0x2C:0x2E] = environment.to_bytes(2, "little")
        page[0x40:0x42] = bytes(version)
        page[TAIL : TAIL + 2] = b"\0\r"
        self._write(page, end)

    def initialise(self, end: int) -> None:
        """Write what is the same in every PSP; the rest stays as it is.

        Args:
            end: segment behind the program's memory.
        """
        self._write(bytearray(self._memory.read(self.segment, 0, _SIZE)), end)

    def _write(self, page: bytearray, end: int) -> None:
        memory, segment = self._memory, self.segment
        paragraphs = min(end - segment & 0xFFFF, _CPM_MOST)
        entry = paragraphs << 4, _CPM_ENTRY - paragraphs & 0xFFFF
        page[:0x0A] = struct.pack("<2sHBBHH", _INT_20H, end, 0, _FAR_CALL, *entry)
        page[0x0A:0x16] = memory.read(0, _IVT_22H, _VECTORS_SIZE)
        page[0x32:0x3C] = struct.pack("<HHHI", HANDLES, _JFT, segment, _NOBODY)
        page[0x50:0x53] = _INT_21H_RETF
        memory.write(segment, 0, page)

    def copy_from(self, other: Psp) -> None:
        """Take over all of another program's PSP, and the first of its handles' entries."""
        self._memory.write(self.segment, 0, self._memory.read(other.segment, 0, _SIZE))
        handles = other.handles()[:HANDLES].ljust(HANDLES, bytes([CLOSED]))
        self._memory.write(self.segment, _JFT, handles)

    def set_arguments(self, tail: bytes) -> None:
        """Write the command tail and the FCBs of its first two words, as COMMAND.COM does.

        Args:
            tail: at most 126 bytes, without the CR that ends it.
        """
        first, second = (parse(word).fcb for word in [*tail.split(), b"", b""][:2])
        self._put_arguments(first, second, bytes((len(tail),)) + tail + b"\r")

    def copy_arguments(self, tail: bytes, fcbs: tuple[bytes, bytes]) -> None:
        """Write the command tail and FCBs that another program hands over, as they are.

        Args:
            tail: 128 bytes, its length first.
            fcbs: 12 bytes each: drive, name, extent.
        """
        self._put_arguments(*fcbs, tail)

    def _put_arguments(self, first: bytes, second: bytes, tail: bytes) -> None:
        fcbs = first.ljust(0x10, b"\0") + second.ljust(0x14, b"\0")
        self._memory.write(self.segment, _FCBS[0], fcbs + tail)


def build_environment(variables: Mapping[str, str], program: str) -> bytes:
    """Return the environment block: NAME=value strings, a zero, a count of 1, the program's path.

    Args:
        variables: names, written upper-case, and values.
        program: the full path of the program, as DOS 3 and later append it.

    Raises:
        ValueError: a name or value that the block cannot hold.
    """
    for name, value in variables.items():
        if not name or "=" in name or "\0" in name + value:
            raise ValueError(f"not an environment variable: {name!r}={value!r}")
    strings = "".join(f"{name.upper()}={value}\0" for name, value in variables.items()) or "\0"
    block = f"{strings}\0\1\0{program}\0".encode("cp437")
    if len(block) > 0x8000:
        raise ValueError(f"the environment has {len(block)} bytes, DOS holds 32768")
    return block


def read_environment(block: bytes) -> dict[str, str]:
    """Return the variables of an environment block."""
    strings = block.split(b"\0\0", 1)[0].decode("cp437").split("\0")
    return dict(s.split("=", 1) for s in strings if "=" in s)
