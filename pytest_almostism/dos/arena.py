"""Conventional memory: the chain of memory control blocks (MCBs), kept in guest memory as DOS does.

An MCB is a paragraph before the block it describes: `M` or, in the last one, `Z`; the PSP of
the owner (0: free, 8: DOS); the size in paragraphs; at offset 8 the owner's name.
Source: Ralf Brown's Interrupt List, INT 21h/52h, "Format of memory control block".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.memory import Memory

FREE = 0

_MCB = struct.Struct("<BHH")  # mark, owner, size
_MORE, _LAST = 0x4D, 0x5A


class Strategy(IntEnum):
    """Which of the free blocks that are large enough is taken (INT 21h/5801h)."""

    FIRST_FIT = 0
    BEST_FIT = 1
    LAST_FIT = 2


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

    Attributes:
        strategy: which block is taken.
    """

    def __init__(self, memory: Memory, first: int, end: int) -> None:
        self._memory = memory
        self.first = first
        self.end = end
        self.strategy = Strategy.FIRST_FIT
        self._write(Block(first + 1, end - first - 1, FREE, last=True))

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks from the lowest up.

        Raises:
            DosError: MEMORY_CONTROL_BLOCK_DESTROYED if an MCB is none.
        """
        at = self.first
        while True:
            block = self._read(at)
            yield block
            if block.last:
                return
            at += 1 + block.size

    def largest(self) -> int:
        """Return the size of the largest free block, paragraphs."""
        self._join()
        return max((block.size for block in self.blocks() if block.owner == FREE), default=0)

    def allocate(self, size: int, owner: int) -> int:
        """Return the segment of a new block, chosen by the strategy.

        Args:
            size: paragraphs, 0..FFFFh.
            owner: PSP segment of the owner.

        Raises:
            OutOfMemory: with the largest size that there is.
        """
        self._join()
        free = [block for block in self.blocks() if block.owner == FREE]
        fitting = [block for block in free if block.size >= size]
        if not fitting:
            raise OutOfMemory(max((block.size for block in free), default=0))
        if self.strategy is Strategy.LAST_FIT:
            return self._cut_top(fitting[-1], size, owner)
        is_best = self.strategy is Strategy.BEST_FIT
        block = min(fitting, key=lambda block: block.size) if is_best else fitting[0]
        self._cut(block, size, owner)
        return block.segment

    def free(self, segment: int) -> None:
        """Free the block at `segment`.

        Raises:
            DosError: INVALID_MEMORY_BLOCK if there is no MCB before it.
        """
        try:
            block = self._read(segment - 1 & 0xFFFF)
        except DosError:
            raise DosError(ErrorCode.INVALID_MEMORY_BLOCK) from None
        self._write(block._replace(owner=FREE))

    def free_all(self, owner: int) -> None:
        """Free every block of `owner`."""
        for block in list(self.blocks()):
            if block.owner == owner:
                self._write(block._replace(owner=FREE))

    def resize(self, segment: int, size: int, owner: int | None = None) -> None:
        """Shrink or grow the block at `segment` where it is.

        Args:
            segment: of its memory.
            size: paragraphs, 0..FFFFh.
            owner: PSP segment of its owner from now on; None: the old one.

        Raises:
            OutOfMemory: the free memory behind it is too small; as DOS does, the block has
                then been given all that there was.
            DosError: MEMORY_CONTROL_BLOCK_DESTROYED if there is no MCB before it: DOS has no
                other word for it here.
        """
        block = self._read(segment - 1 & 0xFFFF)
        while not block.last:
            behind = self._read(block.segment + block.size)
            if behind.owner != FREE:
                break
            block = Block(segment, block.size + 1 + behind.size, block.owner, behind.last)
        if size > block.size:
            self._write(block)
            raise OutOfMemory(block.size)
        self._cut(block, size, block.owner if owner is None else owner)

    def own(self, segment: int, owner: int, name: str = "") -> None:
        """Give the block at `segment` to `owner` and write its 8-character name."""
        self._write(self._read(segment - 1)._replace(owner=owner))
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

    def _cut_top(self, block: Block, size: int, owner: int) -> int:
        """Give the last `size` paragraphs of `block` to `owner`; return their segment."""
        if block.size == size:
            self._cut(block, size, owner)
            return block.segment
        rest = block.size - size - 1
        top = Block(block.segment + rest + 1, size, owner, block.last)
        self._write(top)
        self._write(Block(block.segment, rest, FREE, last=False))
        return top.segment

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
        """Return the block whose MCB is at segment `at`."""
        mark, owner, size = _MCB.unpack_from(self._memory.view, at << 4)
        if mark not in (_MORE, _LAST) or at + 1 + size > self.end:
            raise DosError(ErrorCode.MEMORY_CONTROL_BLOCK_DESTROYED)
        return Block(at + 1, size, owner, mark == _LAST)

    def _write(self, block: Block) -> None:
        mcb = _MCB.pack(_LAST if block.last else _MORE, block.owner, block.size)
        self._memory.write(block.segment - 1, 0, mcb)
