"""What a child finds in its registers and its PSP; programs that make PSPs of their own."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pytest_almostism import Dos, ProgramResult
from pytest_almostism.dos import ErrorCode, InstructionLimitExceeded, MachineError

Program = Callable[[str], Path]
_REGISTERS = "ax bx cx dx si di bp sp cs ds es ss".split()
_FRAME = "ax bx cx dx si di bp ds es ip cs flags".split()


@pytest.fixture
def run(dos: Dos, program: Program) -> Callable[..., ProgramResult]:
    """Runs programs of `tests/programs`, the first one with arguments; all are on C:."""

    def run(*names: str, args: str = "", **options: Any) -> ProgramResult:
        for name in names:
            dos.path(name).write_bytes(program(name).read_bytes())
        return dos.run(names[0], args, **options)

    return run


class Prefixes(NamedTuple):
    """What PREFIXES.COM writes."""

    registers: dict[str, int]
    own: bytes
    parents: bytes
    frame: dict[str, int]


def prefixes(output: bytes) -> Prefixes:
    registers = dict(zip(_REGISTERS, struct.unpack("<12H", output[:24]), strict=True))
    frame = dict(zip(_FRAME, struct.unpack("<12H", output[536:560]), strict=True))
    return Prefixes(registers, output[24:280], output[280:536], frame)


def word(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 2], "little")


# -- what a child is given -------------------------------------------------------------------------


def test_a_child_begins_with_the_registers_dos_gives_it(run: Callable[..., ProgramResult]) -> None:
    registers, own, *_ = prefixes(
        run("run.com", "prefixes.com", args="PREFIXES.COM Y:ONE C:TWO").stdout
    )

    psp = registers["cs"]
    assert registers["ds"] == registers["es"] == registers["ss"] == registers["dx"] == psp
    assert (registers["si"], registers["sp"], registers["di"]) == (0x100, 0xFFFE, 0xFFFE)
    assert registers["cx"] == 0xFF
    assert own[:2] == b"\xcd\x20"


@pytest.mark.parametrize(
    ("args", "ax"),
    [
        ("", 0),
        ("ONE TWO", 0),
        ("C:ONE C:TWO", 0),
        ("Y:ONE", 0x00FF),
        ("ONE Y:TWO", 0xFF00),
        ("Y: Y:", 0xFFFF),
    ],
)
def test_ax_says_whether_the_drives_of_the_fcbs_are_there(
    run: Callable[..., ProgramResult], dos: Dos, args: str, ax: int
) -> None:
    result = run("run.com", "prefixes.com", args=f"PREFIXES.COM {args}")
    by_hand = dos.load("PREFIXES.COM", args)

    assert prefixes(result.stdout).registers["ax"] == ax
    assert by_hand.registers.ax == ax


def test_the_fields_of_a_psp(run: Callable[..., ProgramResult]) -> None:
    registers, own, parents, _ = prefixes(
        run("run.com", "prefixes.com", args="PREFIXES.COM C:ONE.TXT /X").stdout
    )

    psp, parent = registers["cs"], word(own, 0x16)
    assert word(own, 0x02) == word(parents, 0x02) == 0xA000
    assert word(own, 0x0C) == parent  # INT 22h: behind the parent's call
    assert word(parents, 0x16) != parent
    assert word(own, 0x2C) not in {0, word(parents, 0x2C)}  # an environment of its own
    assert word(own, 0x32) == 20
    assert (word(own, 0x34), word(own, 0x36)) == (0x18, psp)
    assert own[0x38:0x3C] == b"\xff" * 4  # no previous PSP
    assert own[0x40:0x42] == b"\x05\x00"
    assert own[0x50:0x53] == b"\xcd\x21\xcb"
    assert own[0x5C:0x68] == b"\x03ONE     TXT"
    assert own[0x80:0x8F] == b"\x0d C:ONE.TXT /X\r"


def test_a_parents_registers_wait_on_its_stack(run: Callable[..., ProgramResult]) -> None:
    """The PSP's 2Eh points to them: who walks up from a child finds where its parent called."""
    _, own, parents, frame = prefixes(run("run.com", "prefixes.com", args="PREFIXES.COM").stdout)

    parent = word(own, 0x16)
    assert frame["ax"] == 0x4B00
    assert frame["cs"] == frame["ds"] == frame["es"] == parent == word(parents, 0x30)
    assert (word(own, 0x0A), word(own, 0x0C)) == (frame["ip"], frame["cs"])


@pytest.mark.parametrize("version", [(3, 31), (6, 22)])
def test_a_psp_knows_the_version_and_tells_it(
    dos_factory: Callable[..., Dos], guest_on: Callable[[Dos], Any], version: tuple[int, int]
) -> None:
    dos = dos_factory(version=version)
    major, minor = version

    told, true = guest_on(dos)({"ax": 0x3000}, {"ax": 0x3306})

    assert told.ax == true.bx == minor << 8 | major
    assert dos.memory.read(dos.load(b"\xc3").psp, 0x40, 2) == bytes(version)


def test_a_program_may_be_told_another_version(dos: Dos) -> None:
    """As SETVER does it: the version is looked up in the PSP."""
    code = bytes.fromhex("c70640000614 b430 cd21 b44c cd21")  # [40h]=6, 20 / version / exit

    assert dos.run(code).exit_code == 6


@pytest.mark.parametrize("version", [(1, 0), (256, 0), (5, 100), (0, 0)])
def test_no_such_version_has_been(
    dos_factory: Callable[..., Dos], version: tuple[int, int]
) -> None:
    with pytest.raises(ValueError, match="a version of DOS is like"):
        dos_factory(version=version)


# -- programs that do it themselves ----------------------------------------------------------------


def test_a_loaded_program_is_run_by_whoever_loaded_it(run: Callable[..., ProgramResult]) -> None:
    result = run("debugger.com")

    assert result.output.splitlines() == [
        "loaded, IP=0100, the word to be AX is 00FF, below it 0000",
        "00FF in the child",
        "it ended with 0009",
    ]
    assert result.exit_code == 0


def test_a_program_makes_psps_of_its_own(run: Callable[..., ProgramResult]) -> None:
    result = run("psps.com")

    assert result.output.splitlines() == ["26h: a copy", "55h: a child, it ended with 0006"]
    assert result.exit_code == 0


def test_a_program_that_is_its_own_parent_ends_where_it_wants(
    run: Callable[..., ProgramResult], dos: Dos
) -> None:
    assert run("orphan.com").exit_code == 4
    assert dos.path("KEPT").read_bytes() == b"KEPT"


def test_a_program_that_is_its_own_parent_and_has_nowhere_to_go_ends(dos: Dos) -> None:
    """The address of its end is still the shell's, INT 22h."""
    result = dos.run(bytes.fromhex("8c0e1600 b8054c cd21"))

    assert result.exit_code == 5
    assert result.calls[-1].name == "terminate_address"


def test_dos_is_called_as_cp_m_was_and_through_the_psp(run: Callable[..., ProgramResult]) -> None:
    result = run("cpm.com")

    assert result.output == "by call 5\nby a far call\n"
    assert result.exit_code == 5


# -- ends that are none ----------------------------------------------------------------------------


def test_a_destroyed_chain_of_memory_blocks_ends_with_dos_own_words(dos: Dos) -> None:
    code = bytes.fromhex("8cc8 48 8ec0 26c606000078 b8034c cd21")  # its own MCB is marked x

    with pytest.raises(MachineError, match="Memory allocation error: Cannot load COMMAND") as end:
        dos.run(code)

    assert "a memory control block is destroyed" in str(end.value)
    assert dos.screen.text.endswith("Memory allocation error\nCannot load COMMAND, system halted")
    assert dos.run(b"\xb8\x06\x4c\xcd\x21").exit_code == 6  # after a boot


def test_recursion_until_the_stack_wraps_has_an_end(dos: Dos) -> None:
    """Return addresses are written over the program, from behind; then they are executed."""
    with pytest.raises(MachineError):
        dos.run(bytes.fromhex("e8fdff"), max_instructions=40_000)

    assert dos.run(b"\xcd\x20").exit_code == 0


def test_a_program_that_runs_itself_in_the_same_memory_for_ever_has_an_end(
    dos: Dos, program: Program
) -> None:
    """4B00h again and again from a program that never comes back: memory is used up."""
    dos.path("DEEPER.COM").write_bytes(program("deeper.com").read_bytes())

    assert dos.run("DEEPER.COM").exit_code == ErrorCode.INSUFFICIENT_MEMORY

    with pytest.raises(InstructionLimitExceeded):
        dos.run(b"\xeb\xfe", max_instructions=1000)
    assert dos.run("DEEPER.COM").exit_code == ErrorCode.INSUFFICIENT_MEMORY
