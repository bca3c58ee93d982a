"""INT 21h/48h, 49h, 4Ah, 58h: strategies, and what DOS makes of wild segments."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode
from pytest_almostism.dos.arena import FREE, Arena, OutOfMemory, Strategy
from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.memory import MEMORY_SIZE, Memory

KEEP_64_KIB = {"ax": 0x4A00, "bx": 0x1000}
FIRST, BEST, LAST = 0, 1, 2


def allocate(paragraphs: int) -> dict[str, int]:
    return {"ax": 0x4800, "bx": paragraphs}


def free(segment: int) -> dict[str, int]:
    return {"ax": 0x4900, "es": segment}


def strategy(number: int) -> dict[str, int]:
    return {"ax": 0x5801, "bx": number}


@pytest.fixture
def holes(guest: Any) -> list[int]:
    """Segments of five blocks of 300h, 10h, 100h, 10h and 10h paragraphs, as a guest gets them."""
    answers = guest(KEEP_64_KIB, *HOLES)
    return [answer.ax for answer in answers[1:]]


HOLES = [allocate(size) for size in (0x300, 0x10, 0x100, 0x10, 0x10)]


@pytest.mark.parametrize(
    ("number", "where"),
    [
        (FIRST, "first"),
        (BEST, "second"),
        (LAST, "top"),
        (0x40, "first"),  # upper memory only: there is none
        (0x41, "second"),
        (0x80, "first"),  # upper memory first
        (0x82, "top"),
    ],
)
def test_a_block_is_taken_where_the_strategy_says(
    guest: Any, holes: list[int], number: int, where: str
) -> None:
    """Of a large hole, a small one, and all the memory above."""
    large, _, small, *_ = holes
    *_, given_, told = guest(
        KEEP_64_KIB,
        *HOLES,
        free(large),
        free(small),
        strategy(number),
        allocate(0x80),
        {"ax": 0x5800},
    )

    places = {"first": large, "second": small, "top": 0xA000 - 0x80}
    assert (given_.error, given_.ax) == (None, places[where])
    assert told.ax == number


def test_a_block_of_exactly_that_size_is_taken_whole(guest: Any, holes: list[int]) -> None:
    _, _, small, *_ = holes

    for number in (BEST, FIRST):
        *_, given_ = guest(KEEP_64_KIB, *HOLES, free(small), strategy(number), allocate(0x100))
        assert given_.ax == small


def test_the_last_block_may_be_all_there_is(dos: Dos, guest: Any) -> None:
    rest = guest(KEEP_64_KIB, allocate(0xFFFF))[1].bx

    *_, given_, nothing = guest(KEEP_64_KIB, strategy(LAST), allocate(rest), allocate(1))

    assert given_.ax == dos.registers.cs + 0x1001
    assert (nothing.error, nothing.bx) == (ErrorCode.INSUFFICIENT_MEMORY, 0)


def test_programs_are_loaded_where_the_strategy_says(dos: Dos, guest: Any) -> None:
    """An .EXE with no more memory than it needs: last, with its environment behind it."""
    guest(strategy(LAST))

    header = b"MZ" + bytes((0, 0, 1, 0, 0, 0, 2, 0, 1, 0, 1, 0)) + bytes(18)
    process = dos.load(header + b"\xcd\x20".ljust(480, b"\0"))

    environment = dos.memory.word(process.psp, 0x2C)
    assert 0x9F00 < process.psp < environment < 0xA000
    assert dos.memory.word(process.psp, 2) == process.psp + 0x10 + 30 + 1 == environment - 1
    assert process.run().exit_code == 0


@pytest.mark.parametrize("number", [3, 0x3F, 0x43, 0x100, 0xFFFF])
def test_there_is_no_such_strategy(guest: Any, number: int) -> None:
    refused, still = guest(strategy(number), {"ax": 0x5800})

    assert (refused.error, still.ax) == (ErrorCode.INVALID_FUNCTION, 0)


def test_there_is_no_upper_memory_to_link(guest: Any) -> None:
    told, linked, unlinked, other = guest(
        {"ax": 0x58FF & 0x5802}, {"ax": 0x5803, "bx": 1}, {"ax": 0x5803, "bx": 0}, {"ax": 0x5802}
    )

    assert (told.error, told.al) == (None, 0)
    assert linked.error is unlinked.error is ErrorCode.INVALID_FUNCTION
    assert other.al == 0


def test_a_block_without_paragraphs_is_one(guest: Any) -> None:
    _, nothing, something = guest(KEEP_64_KIB, allocate(0), allocate(1))

    assert (nothing.error, something.error) == (None, None)
    assert something.ax == nothing.ax + 1


@pytest.mark.parametrize("segment", [0, 1, 0x5000, 0xFFFF])
def test_what_is_no_block(guest: Any, segment: int) -> None:
    """DOS looks at the paragraph before; what it says of it depends on the function."""
    freed, resized = guest(free(segment), {"ax": 0x4A00, "es": segment, "bx": 1})

    assert freed.error is ErrorCode.INVALID_MEMORY_BLOCK
    assert resized.error is ErrorCode.MEMORY_CONTROL_BLOCK_DESTROYED


def test_a_resized_block_is_told_and_belongs_to_who_did_it(dos: Dos, guest: Any) -> None:
    resized, grown = guest(KEEP_64_KIB, {"ax": 0x4A00, "bx": 0x1001})

    segment = dos.registers.cs
    assert resized.ax == grown.ax == segment
    assert dos.memory.word(segment, 2) == 0xA000  # the PSP still tells what there was at first


def test_a_block_freed_by_another_than_its_owner(guest: Any) -> None:
    """DOS does not ask who it is."""
    answers = guest(KEEP_64_KIB, allocate(0x10))
    _, given_, _, freed, again = guest(
        KEEP_64_KIB, allocate(0x10), {"ax": 0x5100}, free(answers[1].ax), allocate(0x10)
    )

    assert freed.error is None
    assert again.ax == given_.ax


# -- the chain itself, against a simple model ------------------------------------------------------

OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["allocate", "free", "resize"]),
        st.integers(0, 0x60),
        st.sampled_from(list(Strategy)),
    ),
    max_size=30,
)


@given(OPERATIONS)
def test_the_chain_never_loses_or_shares_a_paragraph(
    operations: list[tuple[str, int, Strategy]],
) -> None:
    arena = Arena(Memory(memoryview(bytearray(MEMORY_SIZE)), lambda *_: None), 0x100, 0x200)
    held: dict[int, int] = {}
    for what, number, arena.strategy in operations:
        try:
            if what == "allocate":
                segment = arena.allocate(number, owner=0x1234)
                held[segment] = number
            elif held and what == "free":
                segment = sorted(held)[number % len(held)]
                arena.free(segment)
                del held[segment]
            elif held:
                segment = sorted(held)[number % len(held)]
                arena.resize(segment, number)
                held[segment] = number
        except OutOfMemory as refused:
            if what == "resize":
                held[segment] = refused.largest  # all that there was
            assert refused.largest < number  # noqa: PT017 - it may end either way
        except DosError as error:
            raise AssertionError(what) from error

        blocks = list(arena.blocks())
        assert {b.segment: b.size for b in blocks if b.owner != FREE} == held
        assert sum(1 + block.size for block in blocks) == 0x100
        assert [block.last for block in blocks] == [False] * (len(blocks) - 1) + [True]
