"""The memory of the PC: 1088 KiB that the CPU and Python see alike, addressed as segment:offset."""

from __future__ import annotations

import struct
from collections.abc import Callable

#: 1 MiB and the 64 KiB above it that real mode can address (the high memory area).
MEMORY_SIZE = 0x110000

_WORD, _POINTER = struct.Struct("<H"), struct.Struct("<HH")
_LAST_POINTER = 0xFFFC  # one behind it wraps around


class Memory:
    """Guest memory in the segment:offset manner.

    An access that runs past offset FFFF goes on at offset 0 of the same segment, so no
    pointer of a guest, however wild, leaves the memory.

    Args:
        view: the whole memory, writable bytes.
        forget_code: called with (start, stop) linear after every change that may lie on code
            already executed, so that the CPU translates it anew.
    """

    def __init__(self, view: memoryview, forget_code: Callable[[int, int], None]) -> None:
        self.view = view
        self._forget_code = forget_code

    def read(self, segment: int, offset: int, length: int) -> bytes:
        """Return `length` bytes (0..65536) from segment:offset."""
        base, offset = segment << 4, offset & 0xFFFF
        if offset + length <= 0x10000:
            return bytes(self.view[base + offset : base + offset + length])
        first = 0x10000 - offset
        return bytes(self.view[base + offset : base + 0x10000]) + bytes(
            self.view[base : base + length - first]
        )

    def write(self, segment: int, offset: int, data: bytes | bytearray | memoryview) -> None:
        """Put `data` (at most 65536 bytes) at segment:offset."""
        base, offset, length = segment << 4, offset & 0xFFFF, len(data)
        first = min(length, 0x10000 - offset)
        start = base + offset
        self.view[start : start + first] = data[:first]
        self._forget_code(start, start + first)
        if first < length:
            self.view[base : base + length - first] = data[first:]
            self._forget_code(base, base + length - first)

    def byte(self, segment: int, offset: int) -> int:
        """Return the byte at segment:offset."""
        return self.view[(segment << 4) + (offset & 0xFFFF)]

    def word(self, segment: int, offset: int) -> int:
        """Return the little-endian word at segment:offset."""
        if offset & 0xFFFF == 0xFFFF:
            return self.byte(segment, offset) | self.byte(segment, 0) << 8
        word: int = _WORD.unpack_from(self.view, (segment << 4) + (offset & 0xFFFF))[0]
        return word

    def write_byte(self, segment: int, offset: int, value: int) -> None:
        """Put a byte at segment:offset."""
        self.write(segment, offset, bytes((value & 0xFF,)))

    def write_word(self, segment: int, offset: int, value: int) -> None:
        """Put a little-endian word at segment:offset."""
        self.write(segment, offset, _WORD.pack(value & 0xFFFF))

    def pointer(self, segment: int, offset: int) -> tuple[int, int]:
        """Return the far pointer at segment:offset as (segment, offset)."""
        at = offset & 0xFFFF
        if at <= _LAST_POINTER:
            low, high = _POINTER.unpack_from(self.view, (segment << 4) + at)
            return high, low
        return self.word(segment, offset + 2), self.word(segment, offset)

    def write_pointer(self, segment: int, offset: int, pointer: tuple[int, int]) -> None:
        """Put the far pointer `pointer`, (segment, offset), at segment:offset."""
        self.write(segment, offset, struct.pack("<HH", pointer[1], pointer[0]))

    def asciiz(self, segment: int, offset: int, limit: int = 0x10000) -> bytes:
        """Return the bytes from segment:offset up to a zero byte, at most `limit` of them."""
        return self.until(0, segment, offset, limit)

    def until(self, stop: int, segment: int, offset: int, limit: int = 0x10000) -> bytes:
        """Return the bytes from segment:offset up to a byte `stop`, at most `limit` of them."""
        head = self.read(segment, offset, min(128, limit))
        found = head.find(stop)
        if found < 0:
            head = self.read(segment, offset, limit)
            found = head.find(stop)
        return head if found < 0 else head[:found]
