"""Programs begin, run others, stay resident, and end: as programs and as tests see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_almostism import BadProgram, Dos, Termination
from pytest_almostism.dos import ErrorCode, MachineError

Program = Callable[[str], Path]


@pytest.fixture
def install(dos: Dos, program: Program) -> Callable[[str], None]:
    """Puts a program of `tests/programs` on C:."""

    def install(name: str) -> None:
        dos.path(name).write_bytes(program(name).read_bytes())

    return install


# -- ending ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "exit_code", "name"),
    [
        ("b8ff4c cd21", 255, "end_program"),
        ("b8004c cd21", 0, "end_program"),
        ("b800ff cd20", 0, "terminate_program"),
        ("c3", 0, "terminate_program"),  # to the INT 20h at the PSP's beginning
        ("b80100 b400 cd21", 0, "end_program_0"),
        ("31c0 50 c3", 0, "terminate_program"),
    ],
    ids=["4Ch 255", "4Ch 0", "INT 20h", "ret", "00h", "push 0 and ret"],
)
def test_the_ways_to_end(dos: Dos, code: str, exit_code: int, name: str) -> None:
    result = dos.run(bytes.fromhex(code))

    assert (result.exit_code, result.calls[-1].name) == (exit_code, name)
    assert result.termination is Termination.NORMAL


def test_a_program_without_an_end_leaves_by_its_zeros(dos: Dos, program: Program) -> None:
    """HELLO.COM ends with `ret`, and says hello on the screen and standard output."""
    result = dos.run(program("hello.com"))

    assert result.output == result.screen + "\n" == "Hello, world!\n"
    assert result.program == r"C:\HELLO.COM"
    assert (result.exit_code, result.stderr, len(result.calls)) == (0, b"", 2)


def test_files_left_open_are_closed_and_written(dos: Dos, guest: Any) -> None:
    guest({"ax": 0x3C00, "dx": b"F\0"}, {"ax": 0x4000, "bx": 5, "dx": b"text", "cx": 4})

    assert dos.path("F").read_bytes() == b"text"


# -- children ----------------------------------------------------------------------------------


def test_a_parent_runs_a_child(dos: Dos, program: Program, install: Callable[[str], None]) -> None:
    install("child.com")

    result = dos.run(program("parent.com"), env={"WHO": "test"})

    assert result.output.splitlines() == [
        " one two",
        "FIRST   FCB",
        "SECOND  FCB",
        "WHO=parent",
        r"C:\CHILD.COM",
        "handle 6 is closed",
        "memory is as before",
    ]
    assert result.exit_code == 7  # the child's
    assert dos.path("SHARED.TXT").read_bytes() == b"the child was here"
    assert dos.path("CHILD.TMP").read_bytes() == b"the child was here"
    segments = [call.before.cs for call in result.calls]
    assert segments[0] < max(segments)
    assert segments[-1] == segments[0]


def test_a_child_that_is_not_there(dos: Dos, program: Program) -> None:
    result = dos.run(program("parent.com"))

    assert result.exit_code == ErrorCode.FILE_NOT_FOUND
    call = next(call for call in result.calls if call.function == 0x4B)
    assert str(call).endswith('(path="CHILD.COM") -> error 2 file not found')


@pytest.mark.parametrize(
    ("image", "error"),
    [
        (b"MZ" + bytes(10), ErrorCode.INVALID_FORMAT),
        (bytes(0x10000), ErrorCode.INSUFFICIENT_MEMORY),
    ],
    ids=["lying header", "too large"],
)
def test_a_child_that_is_no_program(
    dos: Dos, program: Program, image: bytes, error: ErrorCode
) -> None:
    dos.path("CHILD.COM").write_bytes(image)

    assert dos.run(program("parent.com")).exit_code == error


def test_a_directory_is_not_executed(dos: Dos, program: Program) -> None:
    dos.path("CHILD.COM").mkdir()

    assert dos.run(program("parent.com")).exit_code in {
        ErrorCode.FILE_NOT_FOUND,
        ErrorCode.ACCESS_DENIED,
    }


def test_programs_run_programs_until_memory_is_used_up(dos: Dos, program: Program) -> None:
    result = dos.run(program("deeper.com"))

    assert result.exit_code == ErrorCode.INSUFFICIENT_MEMORY
    assert result.output == "....."  # 128 KiB each
    assert dos.run(program("deeper.com")).output == "....."


def test_a_childs_ctrl_c_is_told_to_its_parent(dos: Dos, program: Program) -> None:
    dos.path("CHILD.COM").write_bytes(bytes.fromhex("b408 cd21 b8634c cd21"))  # get a key

    result = dos.run(program("parent.com"), keys="{ctrl-c}")

    # 4Dh: AL=0, AH=1; PARENT prints a line if AX is not 0 the second time
    assert (result.exit_code, result.termination) == (0, Termination.NORMAL)
    told = [call.result for call in result.calls if call.function == 0x4D]
    assert told == [0x0100, 0]


def test_an_error_in_a_child_ends_its_parents_too(dos: Dos, program: Program) -> None:
    dos.path("CHILD.COM").write_bytes(b"\x0f\x0b")

    with pytest.raises(Exception, match="invalid opcode") as failure:
        dos.run(program("parent.com"))

    assert "load_and_execute_program" in str(failure.value)
    assert dos.run(program("hello.com")).output == "Hello, world!\n"


# -- resident programs -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "exit_code"),
    [("", 3), ("ba4001 cd27", 0)],
    ids=["31h", "INT 27h"],
)
def test_a_resident_program_answers_those_that_come_later(
    dos: Dos, program: Program, ending: str, exit_code: int
) -> None:
    image = program("adder.com").read_bytes()
    if ending:  # instead of its last two instructions, mov ax,3103h / int 21h
        image = image[:-5] + bytes.fromhex(ending)

    resident = dos.run(image)
    assert (resident.exit_code, resident.termination) == (exit_code, Termination.RESIDENT)

    use = bytes.fromhex("b82800 bb0200 cd60 00c8 b44c cd21")  # 40 + 2 + how often
    assert [dos.run(use).exit_code for _ in range(3)] == [43, 44, 45]


def test_resident_programs_use_up_memory_and_a_boot_gives_it_back(
    dos: Dos, program: Program
) -> None:
    def first_free() -> int:
        return int(dos.run(b"\xc3").registers.cs)

    empty = first_free()
    dos.run(program("adder.com"))
    one = first_free()
    dos.run(program("adder.com"))

    assert first_free() - one == one - empty > 0

    with pytest.raises(Exception, match="invalid opcode"):
        dos.run(b"\x0f\x0b")
    assert first_free() == empty


# -- programs that lie to DOS ------------------------------------------------------------------

EVIL = {
    "its PSP is zero": "31ff b90001 31c0 f3aa",
    "its PSP is FF": "31ff b90001 b0ff f3aa",
    "its job file table is rubbish": "bf1800 b91400 b042 f3aa",
    "its job file table is everywhere": "c7063200ffff c7063400ffff c7063600ffff",
    "its parent is nobody": "c70616003412",
    "its parent is itself": "8c0e1600",
    "it made the vectors of 22h-24h rubbish": "bf0a00 b90600 b84242 f3ab",
    "it made itself the shell": "b450 8b1e1600 cd21",
    "it made nothing the current program": "b450 bb0000 cd21",
    "the interrupt vectors are zero": "06 31c0 8ec0 31ff b90004 f3aa 07",
    "the BIOS data area is zero": "06 b84000 8ec0 31ff b90001 31c0 f3aa 07",
    "the video memory is rubbish": "06 b800b8 8ec0 31ff b90080 b8cccc f3ab 07",
    "it moved its stack into the BIOS": "ba40f0 8ed2 bc1000",
}


@pytest.mark.parametrize("code", EVIL.values(), ids=EVIL.keys())
@pytest.mark.parametrize("end", ["b8074c cd21", "0f0b"], ids=["and ended", "and crashed"])
@pytest.mark.filterwarnings("ignore::pytest_almostism.dos.UnsupportedCall")
def test_after_a_program_that_lied_the_next_one_runs_as_ever(
    dos: Dos, program: Program, code: str, end: str
) -> None:
    expected = dos.run(program("hello.com"))
    try:
        result = dos.run(bytes.fromhex(f"fc {code} {end}"), max_instructions=20_000)
    except MachineError as error:
        assert str(error).startswith(r"C:\PROGRAM.COM: ")  # noqa: PT017 - it may end either way
    else:
        assert result.exit_code in {0, 7}

    again = dos.run(program("hello.com"))
    assert again.output == expected.output
    assert again.registers.cs == expected.registers.cs
    dos.path("CHILD.COM").write_bytes(program("child.com").read_bytes())
    assert dos.run(program("parent.com")).exit_code == 7


def test_a_program_that_does_not_fit_is_refused(dos_factory: Callable[..., Dos]) -> None:
    dos = dos_factory(memory_size=64)

    with pytest.raises(BadProgram, match=r"cannot load C:\\PROGRAM.COM: error 8 insufficient"):
        dos.run(bytes(60_000))

    assert dos.run(b"\xc3").exit_code == 0
