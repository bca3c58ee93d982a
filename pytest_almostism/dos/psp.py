"""The program segment prefix (PSP) and the environment: what a program finds before itself.

Source: Ralf Brown's Interrupt List, INT 21h/26h, "Format of Program Segment Prefix".
"""

from __future__ import annotations

from collections.abc import Mapping

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.memory import Memory
from pytest_almostism.dos.names import to_fcb_name

#: Handles of a program that has asked for no more.
HANDLES = 20
#: The entry of a job file table that stands for no open file.
CLOSED = 0xFF

_INT_20H = b"\xcd\x20"
_INT_21H_RETF = b"\xcd\x21\xcb"


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

    @property
    def handles_at(self) -> tuple[int, int]:
        """Where the job file table (JFT) is, (segment, offset)."""
        return self._memory.pointer(self.segment, 0x34)

    def vector(self, number: int) -> tuple[int, int]:
        """Return the saved vector 22h, 23h or 24h, (segment, offset)."""
        return self._memory.pointer(self.segment, 0x0A + 4 * (number - 0x22))

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

    def handles(self) -> bytes:
        """Return the whole job file table."""
        segment, offset = self.handles_at
        return self._memory.read(segment, offset, self.handle_count)

    @property
    def command_tail(self) -> str:
        """What followed the program's name on the command line."""
        length = min(self._memory.byte(self.segment, 0x80), 127)
        return self._memory.read(self.segment, 0x81, length).decode("cp437")

    def build(self, *, parent: int, end: int, environment: int, tail: bytes) -> None:
        """Write a fresh PSP.

        Args:
            parent: segment of the parent's PSP.
            end: segment behind the program's memory.
            environment: segment of its environment.
            tail: the command tail, at most 126 bytes, without the CR that ends it.
        """
        memory, segment = self._memory, self.segment
        memory.write(segment, 0, bytes(0x100))
        memory.write(segment, 0x00, _INT_20H)
        self.end = end
        # CP/M's entry, `call far F01D:FEF0`, reaches 0000:00C0 (INT 30h) by wrapping around 1 MiB.
        memory.write(segment, 0x05, b"\x9a\xf0\xfe\x1d\xf0")
        for number in (0x22, 0x23, 0x24):
            self.set_vector(number, memory.pointer(0, 4 * number))
        self.parent = parent
        memory.write(segment, 0x18, bytes([CLOSED]) * HANDLES)
        self.environment = environment
        self.handle_count = HANDLES
        memory.write_pointer(segment, 0x34, (segment, 0x18))
        memory.write_pointer(segment, 0x38, (0xFFFF, 0xFFFF))
        memory.write(segment, 0x40, b"\x05\x00")
        memory.write(segment, 0x50, _INT_21H_RETF)
        names = tail.decode("cp437").split()
        for offset, name in zip((0x5C, 0x6C), [*names, "", ""][:2], strict=True):
            memory.write(segment, offset, _fcb(name))
        memory.write(segment, 0x80, bytes([len(tail)]) + tail + b"\r")


def _fcb(argument: str) -> bytes:
    """Return the first 16 bytes of the unopened FCB that DOS makes of an argument."""
    drive, name = 0, argument
    if len(argument) >= 2 and argument[1] == ":":
        drive, name = max(0, ord(argument[0].upper()) - 0x40), argument[2:]
    if not name or name[0] in "/\\." or any(c in name for c in "\\/"):
        name = ""
    return bytes([drive & 0xFF]) + to_fcb_name(name).encode("cp437") + bytes(4)


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
