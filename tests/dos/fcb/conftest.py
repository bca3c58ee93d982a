"""What the tests of file control blocks share: a block as a program holds it in its memory."""

from __future__ import annotations

import pytest


class FcbBytes(bytearray):
    """A file control block, extended if it is given attributes.

    Args:
        name: eight and three characters, `FOO     TXT`, or fewer.
        drive: 0: the current one, 1: A:.
        attributes: of an extended one.
        new: the new name, for renaming.
    """

    def __init__(
        self, name: str = "", drive: int = 0, *, attributes: int | None = None, new: str = ""
    ) -> None:
        extension = b"" if attributes is None else b"\xff\0\0\0\0\0" + bytes((attributes,))
        self.start = len(extension)
        block = bytearray(37)
        block[0:12] = bytes((drive,)) + name.ljust(11).encode("cp437")
        if new:
            block[0x11:0x1C] = new.ljust(11).encode("cp437")
        super().__init__(extension + block)

    def get(self, offset: int, width: int) -> int:
        at = self.start + offset
        return int.from_bytes(self[at : at + width], "little")

    def put(self, offset: int, width: int, value: int) -> FcbBytes:
        at = self.start + offset
        self[at : at + width] = value.to_bytes(width, "little")
        return self

    @property
    def drive(self) -> int:
        return self.get(0, 1)

    @property
    def block(self) -> int:
        return self.get(0x0C, 2)

    @property
    def record_size(self) -> int:
        return self.get(0x0E, 2)

    @property
    def size(self) -> int:
        return self.get(0x10, 4)

    @property
    def date_and_time(self) -> tuple[int, int]:
        return self.get(0x14, 2), self.get(0x16, 2)

    @property
    def record(self) -> int:
        return self.get(0x20, 1)

    @property
    def random(self) -> int:
        return self.get(0x21, 4)

    def at(self, record: int, size: int | None = None) -> FcbBytes:
        """Set current and random record and, if given, the bytes a record."""
        self.put(0x0C, 2, record >> 7 & 0xFFFF).put(0x20, 1, record & 0x7F).put(0x21, 4, record)
        return self if size is None else self.put(0x0E, 2, size)


@pytest.fixture(scope="session")
def fcb() -> type[FcbBytes]:
    return FcbBytes
