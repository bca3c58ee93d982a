"""The chain of memory control blocks, against a model of it, and with destroyed blocks."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from pytest_almostism.dos.arena import FREE, Arena, OutOfMemory
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.memory import MEMORY_SIZE, Memory

FIRST, END = 0x0100, 0x0200  # 256 paragraphs
SIZES = st.integers(0, 60)
OWNERS = st.integers(0x1000, 0x1003)


def new_arena() -> tuple[Memory, Arena]:
    memory = Memory(memoryview(bytearray(MEMORY_SIZE)), lambda *_: None)
    return memory, Arena(memory, FIRST, END)


class ArenaIsAChain(RuleBasedStateMachine):
    """Blocks that are given do not overlap, and nothing is lost."""

    segments = Bundle("segments")

    def __init__(self) -> None:
        super().__init__()
        _, self.arena = new_arena()
        self.given: dict[int, tuple[int, int]] = {}

    @rule(target=segments, size=SIZES, owner=OWNERS)
    def allocate(self, size: int, owner: int) -> int:
        try:
            segment = self.arena.allocate(size, owner)
        except OutOfMemory as error:
            largest = self.largest()
            assert largest is None or largest < size
            assert error.largest == (largest or 0)  # noqa: PT017 - it may be refused
            return 0
        self.given[segment] = size, owner
        return segment

    @rule(segment=consumes(segments))
    def free(self, segment: int) -> None:
        if segment in self.given:
            self.arena.free(segment)
            del self.given[segment]

    @rule(segment=segments, size=SIZES)
    def resize(self, segment: int, size: int) -> None:
        if segment not in self.given:
            return
        before, owner = self.given[segment]
        room = self.room_at(segment)
        try:
            self.arena.resize(segment, size)
        except OutOfMemory as error:
            assert error.largest == room < size  # noqa: PT017 - it may be refused
            assert room >= before
            self.given[segment] = room, owner  # as DOS: all that there was
        else:
            assert size <= room
            self.given[segment] = size, owner

    @rule(owner=OWNERS)
    def free_all(self, owner: int) -> None:
        self.arena.free_all(owner)
        self.given = {s: (size, o) for s, (size, o) in self.given.items() if o != owner}

    @invariant()
    def the_chain_is_whole_and_holds_what_was_given(self) -> None:
        blocks = list(self.arena.blocks())
        assert blocks[0].segment == FIRST + 1
        assert [block.last for block in blocks] == [False] * (len(blocks) - 1) + [True]
        ends = [block.segment + block.size for block in blocks]
        assert ends == [*(block.segment - 1 for block in blocks[1:]), END]
        taken = {b.segment: (b.size, b.owner) for b in blocks if b.owner != FREE}
        assert taken == self.given

    def gaps(self) -> list[tuple[int, int]]:
        """Where there is nothing between the blocks that were given: MCB and end."""
        edges = [FIRST, *(s + self.given[s][0] for s in sorted(self.given))]
        return list(zip(edges, [*(s - 1 for s in sorted(self.given)), END], strict=True))

    def largest(self) -> int | None:
        """How much a program can get; None: not even an MCB."""
        return max((end - mcb - 1 for mcb, end in self.gaps() if end > mcb), default=None)

    def room_at(self, segment: int) -> int:
        """How many paragraphs there are from a block to the next one that was given."""
        following = [other - 1 for other in self.given if other > segment]
        return min(following, default=END) - segment


ArenaIsAChain.TestCase.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
test_the_arena_is_a_chain = ArenaIsAChain.TestCase


def test_a_new_arena_is_one_free_block() -> None:
    memory, arena = new_arena()

    assert list(arena.blocks()) == [(FIRST + 1, END - FIRST - 1, FREE, True)]
    assert memory.read(FIRST, 0, 5) == b"Z\0\0\xff\0"


def test_a_block_has_its_owners_name() -> None:
    memory, arena = new_arena()
    segment = arena.allocate(4, owner=0x1234)

    arena.own(segment, 0x5678, "TOOLONGNAME")

    assert memory.read(segment - 1, 0, 16) == b"M\x78\x56\x04\0\0\0\0TOOLONGN"
    assert next(arena.blocks()).owner == 0x5678


@pytest.mark.parametrize(
    "damage",
    [b"X", b"\0", b"M\0\0\xff\xff", b"Z\0\0\xff\xff", b"M\0\0\xff\0"],
    ids=["no mark", "zero", "too large", "last and too large", "no end"],
)
def test_a_destroyed_block_is_noticed(damage: bytes) -> None:
    memory, arena = new_arena()
    segment = arena.allocate(16, owner=0x1234)
    memory.write(segment + 16, 0, damage)

    for attempt in (
        lambda: arena.allocate(1, owner=1),
        lambda: list(arena.blocks()),
        lambda: arena.free_all(0x1234),
    ):
        with pytest.raises(DosError) as failure:
            attempt()
        assert failure.value.code is ErrorCode.MEMORY_CONTROL_BLOCK_DESTROYED
