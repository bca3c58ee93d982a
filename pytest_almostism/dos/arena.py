"""Conventional memory: the chain of memory control blocks (MCBs), kept in guest memory as DOS does.

An MCB is a paragraph before the block it describes: `M` or, in the last one, `Z`; the PSP of
the owner (0: free, 8: DOS); the size in paragraphs; at offset 8 the owner's name.
Source: Ralf Brown's Interrupt List, INT 21h/52h, "Format of memory control block".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.memory import Memory

FREE = 0
DOS = 8


class Block(NamedTuple):
    """One memory block: `segment` is that of its memory, its MCB is the paragraph before."""

    segment: int
    size: int
    owner: int
    last: bool


class OutOfMemory(DosError):
    """No block is large enough; BX of INT 21h/48h and 4Ah tells the largest.

    Args:
        largest: paragraphs available.
    """

    def __init__(self, largest: int) -> None:
        super().__init__(ErrorCode.INSUFFICIENT_MEMORY)
        self.largest = largest


class Arena:
    """The chain of MCBs.

    Args:
        memory: the guest's.
        first: segment of the first MCB.
        end: segment behind the last block: A000h with 640 KiB.
    """

    def __init__(self, memory: Memory, first: int, end: int) -> None:
        self._memory = memory
        self.first = first
        self.end = end
        self._write(Block(first + 1, end - first - 1, FREE, last=True))

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks from the lowest up.

        Raises:
            DosError: MEMORY_CONTROL_BLOCK_DESTROYED if an MCB is none.
        """
        at = self.first
        while True:
            mark, owner, size = (
                self._memory.byte(at, 0),
                self._memory.word(at, 1),
                self._memory.word(at, 3),
            )
            if mark not in (0x4D, 0x5A) or at + 1 + size > self.end:
                raise DosError(ErrorCode.MEMORY_CONTROL_BLOCK_DESTROYED)
            yield Block(at + 1, size, owner, last=mark == 0x5A)
            if mark == 0x5A:
                return
            at += 1 + size

    def find(self, segment: int) -> Block:
        """Return the block whose memory begins at `segment`, or DosError INVALID_MEMORY_BLOCK."""
        for block in self.blocks():
            if block.segment == segment:
                return block
        raise DosError(ErrorCode.INVALID_MEMORY_BLOCK)

    def largest(self) -> int:
        """Return the size of the largest free block, paragraphs."""
        self._join()
        return max((block.size for block in self.blocks() if block.owner == FREE), default=0)

    def allocate(self, size: int, owner: int) -> int:
        """Return the segment of a new block: the first that fits, from the lowest up.

        Args:
            size: paragraphs, 0..FFFFh.
            owner: PSP segment of the owner.

        Raises:
            OutOfMemory: with the largest size that there is.
        """
        self._join()
        for block in self.blocks():
            if block.owner == FREE and block.size >= size:
                self._cut(block, size, owner)
                return block.segment
        raise OutOfMemory(self.largest())

    def free(self, segment: int) -> None:
        """Free the block at `segment`."""
        self._write(self.find(segment)._replace(owner=FREE))

    def free_all(self, owner: int) -> None:
        """Free every block of `owner`."""
        for block in list(self.blocks()):
            if block.owner == owner:
                self._write(block._replace(owner=FREE))

    def resize(self, segment: int, size: int) -> None:
        """Shrink or grow the block at `segment` where it is.

        Raises:
            OutOfMemory: the free memory behind it is too small; as DOS does, the block has
                then been given all that there was.
        """
        self._join()
        block = self.find(segment)
        following = block.size
        if not block.last:
            behind = self._read(block.segment + block.size)
            if behind.owner == FREE:
                following += 1 + behind.size
                block = Block(block.segment, following, block.owner, behind.last)
        if size > following:
            self._write(block)
            raise OutOfMemory(following)
        self._cut(block, size, block.owner)

    def own(self, segment: int, owner: int, name: str = "") -> None:
        """Give the block at `segment` to `owner` and write its 8-character name."""
        self._write(self.find(segment)._replace(owner=owner))
        if name:
            text = name.encode("cp437", "replace")[:8].ljust(8, b"\0")
            self._memory.write(segment - 1, 8, text)

    def _cut(self, block: Block, size: int, owner: int) -> None:
        """Give the first `size` paragraphs of `block` to `owner`, make the rest a free block."""
        if block.size == size:
            self._write(block._replace(owner=owner))
            return
        rest = Block(block.segment + size + 1, block.size - size - 1, FREE, block.last)
        self._write(rest)
        self._write(Block(block.segment, size, owner, last=False))

    def _join(self) -> None:
        """Make neighbouring free blocks one, as DOS does before it searches."""
        previous: Block | None = None
        for block in list(self.blocks()):
            if previous is not None and previous.owner == block.owner == FREE:
                block = Block(  # noqa: PLW2901 - the pair goes on as one
                    previous.segment, previous.size + 1 + block.size, FREE, block.last
                )
                self._write(block)
            previous = block

    def _read(self, at: int) -> Block:
        return next(block for block in self.blocks() if block.segment == at + 1)

    def _write(self, block: Block) -> None:
        at = block.segment - 1
        self._memory.write_byte(at, 0, 0x5A if block.last else 0x4D)
        self._memory.write_word(at, 1, block.owner)
        self._memory.write_word(at, 3, block.size)
