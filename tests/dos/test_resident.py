"""Programs that stay in memory, and others that come later and call them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pytest_almostism import Dos, Termination
from pytest_almostism.dos import ErrorCode, UnsupportedCall
from pytest_almostism.dos.kernel.sysvars import FIRST_MCB

Program = Callable[[str], Path]
# cx=0, ax=100h / int 60h / exit(AL), AL: how many have added 1 to AX
COUNT = bytes.fromhex("31c9 b80001 cd60 b44c cd21")


class Block(NamedTuple):
    """A memory block of the chain."""

    segment: int
    owner: int
    size: int
    name: str


def blocks(dos: Dos) -> Iterator[Block]:
    """The chain of memory blocks as any program can walk it."""
    at, mark = FIRST_MCB, 0x4D
    while mark == 0x4D:
        mark, owner, size = struct.unpack("<BHH", dos.memory.read(at, 0, 5))
        name = dos.memory.read(at, 8, 8).partition(b"\0")[0]
        yield Block(at + 1, owner, size, name.decode("cp437"))
        at += size + 1
    assert (mark, at) == (0x5A, 0xA000)


def of(dos: Dos, name: str) -> list[Block]:
    owners = [block.segment for block in blocks(dos) if block.name == name]
    return [block for block in blocks(dos) if block.owner in owners]


def test_several_residents_chain_to_each_other(dos: Dos, program: Program) -> None:
    for _ in range(3):
        assert dos.run(program("chain.com")).termination is Termination.RESIDENT

    result = dos.run(COUNT)

    assert result.exit_code == 3
    assert result.registers.cx == 3


def test_a_resident_keeps_what_it_said_and_freed_its_environment(
    dos: Dos, program: Program
) -> None:
    dos.run(program("chain.com"))

    (block,) = of(dos, "CHAIN")
    assert block.owner == block.segment
    assert block.size == (dos.memory.word(block.segment, 2) - block.segment) < 0x20
    assert dos.run(COUNT).exit_code == 1
    assert of(dos, "CHAIN") == [block]


def test_a_resident_that_frees_nothing_keeps_its_environment(dos: Dos, program: Program) -> None:
    dos.run(program("adder.com"))

    environment, psp = of(dos, "ADDER")
    assert dos.memory.word(psp.segment, 0x2C) == environment.segment
    assert dos.memory.read(environment.segment, 0, 8) == b"COMSPEC="


@pytest.mark.parametrize(
    ("code", "paragraphs"),
    [
        ("ba3000 b80031", 0x30),
        ("ba0300 b80031", 6),
        ("ba0000 b80031", 6),
        ("ba0003 cd27", 0x30),
        ("baf102 cd27", 0x30),
        ("ba0000 cd27", 6),
    ],
    ids=["31h", "31h, little", "31h, nothing", "INT 27h", "INT 27h, rounded", "INT 27h, nothing"],
)
def test_what_is_kept_is_what_was_asked_for(dos: Dos, code: str, paragraphs: int) -> None:
    """But never less than what DOS itself needs of a PSP: six paragraphs."""
    result = dos.run(bytes.fromhex(code + "cd21"))

    assert result.termination is Termination.RESIDENT
    assert [block.size for block in of(dos, "PROGRAM")][-1] == paragraphs


def test_a_resident_that_wants_more_than_it_has_keeps_what_it_has(dos: Dos) -> None:
    # shrink to 20h paragraphs, allocate the rest away / keep FFFFh
    code = "bb2000 b44a cd21 b448 bbffff cd21 b448 cd21 ba ffff b80131 cd21"

    result = dos.run(bytes.fromhex(code))

    assert (result.exit_code, result.termination) == (1, Termination.RESIDENT)
    assert 0x20 in [block.size for block in of(dos, "PROGRAM")]


def test_a_residents_files_stay_open(dos: Dos, program: Program) -> None:
    """It writes to a handle of its own from inside another program."""
    assert dos.run(program("logger.com")).termination is Termination.RESIDENT

    for _ in range(2):
        dos.run(bytes.fromhex("cd61 cd61 cd20"))

    assert dos.path("LOG").read_bytes() == b"once\r\n" * 4
    # the current PSP less CS
    assert dos.run(bytes.fromhex("cd61 b451 cd21 8cc8 29d8 b44c cd21")).exit_code == 0


def test_a_resident_called_while_a_child_runs_leaves_the_parent_alone(
    dos: Dos, program: Program
) -> None:
    """The PSP changes to and fro; the child still comes back to its parent."""
    dos.run(program("logger.com"))
    dos.path("CHILD.COM").write_bytes(bytes.fromhex("cd61 cd61 b80d4c cd21"))
    dos.path("RUN.COM").write_bytes(program("run.com").read_bytes())

    assert dos.run("RUN.COM", "CHILD.COM").exit_code == 13
    assert dos.path("LOG").read_bytes() == b"once\r\n" * 2


def test_programs_after_a_resident_are_above_it(dos: Dos, program: Program) -> None:
    first = dos.load(b"\xc3").psp
    dos.run(program("adder.com"))
    second = dos.load(b"\xc3").psp

    assert second > first
    assert [block.owner for block in blocks(dos) if block.segment == second] == [second]


def test_residents_take_all_there_is(dos: Dos) -> None:
    """One after the other keeps 64 KiB, until there is no room for the next program."""
    keep = bytes.fromhex("ba0010 b80031 cd21")
    count = 0
    while allocate_all(dos) >= 0x1000:
        assert dos.run(keep).termination is Termination.RESIDENT
        count += 1

    assert count == 9
    assert dos.run(b"\xb8\x05\x4c\xcd\x21").exit_code == 5


def allocate_all(dos: Dos) -> int:
    """The paragraphs that a program gets."""
    process = dos.load(b"\xc3")
    return dos.memory.word(process.psp, 2) - process.psp


def test_a_resident_child_is_told_to_its_parent_and_stays(dos: Dos, program: Program) -> None:
    for name in ("run.com", "chain.com"):
        dos.path(name).write_bytes(program(name).read_bytes())

    result = dos.run("RUN.COM", "CHAIN.COM")

    (told,) = (call.result for call in result.calls if call.function == 0x4D)
    assert told == 0x0300
    assert dos.run(COUNT).exit_code == 1


def test_a_resident_is_taken_out_again(dos: Dos, program: Program) -> None:
    """By whoever restores its vector and frees its memory."""
    before = allocate_all(dos)
    dos.run(program("chain.com"))
    assert allocate_all(dos) < before
    psp = next(block.segment for block in of(dos, "CHAIN"))
    free = bytes.fromhex("b449 cd21 1e 31c0 8ed8 c70680018001 c706820100f0 1f b44c cd21")

    process = dos.load(free)
    process.registers.es = psp
    assert process.run().exit_code == 0

    assert allocate_all(dos) == before
    with pytest.warns(UnsupportedCall, match="INT 60h"):
        assert dos.run(COUNT).exit_code == ErrorCode.INVALID_FUNCTION
