"""INT 21h/48h-4Ah and 58h, INT 12h: memory blocks, as a program asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode, MachineError

KEEP_4_KIB = {"ax": 0x4A00, "bx": 0x1000}


def allocate(paragraphs: int) -> dict[str, int]:
    return {"ax": 0x4800, "bx": paragraphs}


def test_a_com_program_owns_all_memory_and_gives_it_back(dos: Dos, guest: Any) -> None:
    refused, most, kept, given, rest = guest(
        allocate(1), allocate(0xFFFF), KEEP_4_KIB, allocate(0x100), allocate(0xFFFF)
    )

    segment = dos.registers.cs
    assert (refused.error, refused.bx) == (ErrorCode.INSUFFICIENT_MEMORY, 0)
    assert (most.error, most.bx) == (ErrorCode.INSUFFICIENT_MEMORY, 0)
    assert kept.error is None
    assert (given.error, given.ax) == (None, segment + 0x1000 + 1)
    assert rest.bx == 0xA000 - (given.ax + 0x100) - 1


def test_blocks_are_freed_joined_and_given_again(dos: Dos, guest: Any) -> None:
    answers = guest(KEEP_4_KIB, allocate(0x100), allocate(0x200), allocate(0x300))
    first, second, third = (answer.ax for answer in answers[1:])
    assert (second, third) == (first + 0x101, second + 0x201)

    *_, again = guest(
        KEEP_4_KIB,
        allocate(0x100),
        allocate(0x200),
        allocate(0x300),
        {"ax": 0x4900, "es": first},
        {"ax": 0x4900, "es": second},
        allocate(0x301),
    )
    assert (again.error, again.ax) == (None, first)  # two blocks and the MCB between them
    assert dos.registers.cs < first


def test_a_block_grows_into_free_memory_and_no_further(dos: Dos, guest: Any) -> None:
    first = guest(KEEP_4_KIB, allocate(0x100))[1].ax

    grown, refused, shrunk = guest(
        KEEP_4_KIB,
        allocate(0x100),
        allocate(0x80),
        allocate(0x10),
        {"ax": 0x4900, "es": first + 0x101},
        {"ax": 0x4A00, "es": first, "bx": 0x181},
        {"ax": 0x4A00, "es": first, "bx": 0x182},
        {"ax": 0x4A00, "es": first, "bx": 0x10},
    )[-3:]

    assert (grown.error, shrunk.error) == (None, None)
    assert (refused.error, refused.bx) == (ErrorCode.INSUFFICIENT_MEMORY, 0x181)
    assert dos.registers.cs < first


def test_what_is_no_block_is_not_freed(error_of: Callable[..., ErrorCode | None]) -> None:
    assert error_of(ax=0x4900, es=0x5000) is ErrorCode.INVALID_MEMORY_BLOCK
    assert error_of(ax=0x4900, es=0) is ErrorCode.INVALID_MEMORY_BLOCK


def test_the_strategy_is_first_fit_until_set(
    guest: Any, error_of: Callable[..., ErrorCode | None]
) -> None:
    strategy, same = guest({"ax": 0x5800}, {"ax": 0x5801, "bx": 0})

    assert (strategy.error, strategy.ax, same.error) == (None, 0, None)
    assert error_of(ax=0x5801, bx=7) is ErrorCode.INVALID_FUNCTION


@pytest.mark.parametrize("kib", [64, 256, 640])
def test_the_bios_and_dos_agree_on_how_much_there_is(
    dos_factory: Callable[..., Dos], guest_on: Callable[[Dos], Any], kib: int
) -> None:
    dos = dos_factory(memory_size=kib)

    size, rest = guest_on(dos)({"int": 0x12}, allocate(0xFFFF))

    assert size.ax == kib
    assert rest.bx == 0
    assert dos.memory.word(dos.registers.cs, 2) == kib * 64  # PSP: where memory ends


@pytest.mark.parametrize("kib", [0, 63, 641])
def test_there_are_no_such_memories(dos_factory: Callable[..., Dos], kib: int) -> None:
    with pytest.raises(ValueError, match=f"conventional memory is 64 to 640 KiB, not {kib}"):
        dos_factory(memory_size=kib)


def test_a_destroyed_chain_is_noticed_by_whoever_needs_memory(dos: Dos) -> None:
    # es=cs-1: the program's own MCB / [es:0]='?' / allocate / exit(AX)
    code = bytes.fromhex("8cc8 48 8ec0 26c60600003f b448 bb0100 cd21 b44c cd21")

    with pytest.raises(MachineError) as failure:
        dos.run(code)

    assert "Memory allocation error" in str(failure.value)
    assert next(str(call).partition("-> ")[2] for call in dos.calls) == (
        "error 7 memory control block destroyed"
    )
    assert dos.run(b"\xcd\x20").exit_code == 0  # after a reboot
