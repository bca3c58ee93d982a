"""INT 21h/4Bh: what a parent hands over to a child, which it is not given, how it ends."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from pytest_almostism import Dos, ProgramResult, Termination
from pytest_almostism.dos import ErrorCode, MachineError

# -- what a parent hands over ----------------------------------------------------------------------

NO_ARGUMENTS = b"\0\r"
WRITE_TAIL = bytes.fromhex("ba8000 b98000 bb0100 b440 cd21 cd20")
# push AX / 32 bytes from 5Ch to standard output / pop AX / exit(AH)
WRITE_FCBS = bytes.fromhex("50 ba5c00 b92000 bb0100 b440 cd21 58 88e0 b44c cd21")
# environment [2Ch] to ES / 512 bytes from ES:0 to standard output / exit, AL=0 if there is one
WRITE_ENVIRONMENT = bytes.fromhex("8e062c00 06 1f 31d2 b90002 bb0100 b440 cd21 cd20")
# shrink to 64 KiB / DS=ES=8000h / ES:BX=8000:0, DS:DX=8000:40 / 4Bxx / what became of it / exit
_CALLER = "bb0010 b44a cd21 b80080 8ed8 8ec0 31db ba4000 b8{:02x}4b cd21 7204 b44d cd21 b44c cd21"
_HERE = 0x8000


class Execution(NamedTuple):
    """What became of an EXEC: its error, or the child's exit code."""

    error: ErrorCode | None
    result: ProgramResult


@pytest.fixture
def execute(dos: Dos) -> Callable[..., Execution]:
    """Calls INT 21h/4Bh with a parameter block of one's own."""

    def execute(
        name: str,
        function: int = 0,
        *,
        tail: bytes = NO_ARGUMENTS,
        environment: int = 0,
        fcbs: tuple[bytes, bytes] = (bytes(12), bytes(12)),
        keys: str = "",
        before: Callable[[int], None] | None = None,
    ) -> Execution:
        process = dos.load(bytes.fromhex(_CALLER.format(function)), keys=keys)
        block = environment, 0x200, _HERE, 0x300, _HERE, 0x310, _HERE
        for offset, data in (
            (0, struct.pack("<7H", *block)),
            (0x40, name.encode("cp437") + b"\0"),
            (0x200, tail),
            (0x300, fcbs[0]),
            (0x310, fcbs[1]),
        ):
            dos.memory.write(_HERE, offset, data)
        if before:
            before(process.psp)
        result = process.run(max_instructions=1_000_000)
        call = next(call for call in result.calls if call.function == 0x4B)
        return Execution(None if call.error is None else ErrorCode(call.error), result)

    return execute


def test_a_command_tail_is_handed_over_as_it_is(
    dos: Dos, execute: Callable[..., Execution]
) -> None:
    """All of its 128 bytes, even with a length that is none."""
    tail = bytes((0xFF,)) + bytes(range(127))
    dos.path("TAIL.COM").write_bytes(WRITE_TAIL)

    assert execute("TAIL.COM", tail=tail).result.stdout == tail


def test_fcbs_are_handed_over_with_their_drives(
    dos: Dos, execute: Callable[..., Execution]
) -> None:
    dos.path("FCBS.COM").write_bytes(WRITE_FCBS)
    first, second = b"\x03FIRST  !NAM", b"\x19SECOND NAM "

    result = execute("FCBS.COM", fcbs=(first, second)).result

    assert result.stdout == first + bytes(4) + second + bytes(4)
    assert result.exit_code == 0xFF  # there is no drive Y:


def test_a_child_inherits_a_copy_of_the_environment_with_its_own_full_name(
    dos: Dos, execute: Callable[..., Execution]
) -> None:
    dos.path("SUB").mkdir()
    dos.path(r"SUB\SHOW.COM").write_bytes(WRITE_ENVIRONMENT)
    dos.environment["WHO"] = "parent"

    shown = execute(r"sub\.\show.com").result.stdout

    strings, _, behind = shown.partition(b"\0\0")
    assert b"WHO=parent" in strings.split(b"\0")
    assert behind.startswith(b"\1\0C:\\SUB\\SHOW.COM\0")


def test_a_child_is_given_another_environment(dos: Dos, execute: Callable[..., Execution]) -> None:
    dos.path("SHOW.COM").write_bytes(WRITE_ENVIRONMENT)

    def write(_: int) -> None:
        dos.memory.write(0x7000, 0, b"ONLY=this\0\0rubbish")

    shown = execute("SHOW.COM", environment=0x7000, before=write).result.stdout

    assert shown.startswith(b"ONLY=this\0\0\1\0C:\\SHOW.COM\0")


def test_an_environment_without_an_end_is_refused(
    dos: Dos, execute: Callable[..., Execution]
) -> None:
    dos.path("SHOW.COM").write_bytes(WRITE_ENVIRONMENT)

    def write(_: int) -> None:
        dos.memory.write(0x7000, 0, b"x" * 0x8000)

    refused = execute("SHOW.COM", environment=0x7000, before=write)

    assert refused.error is ErrorCode.INVALID_ENVIRONMENT


def test_a_program_without_an_environment_has_children_without_one(
    dos: Dos, execute: Callable[..., Execution]
) -> None:
    dos.path("CODE.COM").write_bytes(bytes.fromhex("a12c00 09c0 7402 b001 b44c cd21"))

    def forget(psp: int) -> None:
        dos.memory.write_word(psp, 0x2C, 0)

    assert execute("CODE.COM").result.exit_code == 1
    assert execute("CODE.COM", before=forget).result.exit_code == 0


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("NOWHERE.COM", ErrorCode.FILE_NOT_FOUND),
        (r"NO\WHERE.COM", ErrorCode.PATH_NOT_FOUND),
        ("Y:WHERE.COM", ErrorCode.PATH_NOT_FOUND),
        ("DIRECTOR.Y", ErrorCode.ACCESS_DENIED),
        ("EMPTY.COM", ErrorCode.INVALID_FORMAT),
        ("LARGE.COM", ErrorCode.INSUFFICIENT_MEMORY),
        ("CON", ErrorCode.FILE_NOT_FOUND),
        ("", ErrorCode.PATH_NOT_FOUND),
        ("*.COM", ErrorCode.PATH_NOT_FOUND),
        ("N" * 300, ErrorCode.FILE_NOT_FOUND),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
@pytest.mark.parametrize("function", [0, 1, 3])
def test_what_is_not_executed(
    dos: Dos, execute: Callable[..., Execution], name: str, error: ErrorCode, function: int
) -> None:
    dos.path("DIRECTOR.Y").mkdir()
    dos.path("EMPTY.COM").touch()
    dos.path("LARGE.COM").write_bytes(bytes(0x10000))

    refused = execute(name, function)

    assert refused.error in {error, ErrorCode.FILE_NOT_FOUND}
    assert refused.result.exit_code == refused.error  # its caller goes on


@pytest.mark.parametrize("function", [2, 4, 6, 0xFF])
@pytest.mark.filterwarnings("ignore::pytest_almostism.dos.UnsupportedCall")
def test_there_is_no_such_function(execute: Callable[..., Execution], function: int) -> None:
    assert execute("ANY.COM", function).result.exit_code == ErrorCode.INVALID_FUNCTION


def test_nothing_is_lost_by_an_exec_that_fails(
    dos: Dos, execute: Callable[..., Execution], guest: Any
) -> None:
    dos.path("HUGE.EXE").write_bytes(huge_exe())

    assert execute("HUGE.EXE").error is ErrorCode.INSUFFICIENT_MEMORY

    kept, most = guest({"ax": 0x4A00, "bx": 0x1000}, {"ax": 0x4800, "bx": 0xFFFF})
    assert (kept.error, most.bx) == (None, 0xA000 - dos.registers.cs - 0x1000 - 1)


def huge_exe() -> bytes:
    """An .EXE of nothing that needs all of 640 KiB."""
    return (b"MZ" + struct.pack("<13H", 0, 1, 0, 2, 0xA000, 0xFFFF, *[0] * 7)).ljust(512, b"\0")


# -- ends ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("b8074c cd21", 0x0007),
        ("cd20", 0x0000),
        ("c3", 0x0000),
        ("b400 cd21", 0x0000),
        ("b408 cd21", 0x0100),  # Ctrl-C
        ("31c9 f7f1", 0x0100),  # a division by zero ends as Ctrl-C does
        ("b80931 ba1000 cd21", 0x0309),
        ("ba0001 cd27", 0x0300),
    ],
    ids=["4Ch", "INT 20h", "ret", "00h", "Ctrl-C", "divide error", "31h", "INT 27h"],
)
def test_a_parent_is_told_how_its_child_ended_once(
    dos: Dos, execute: Callable[..., Execution], code: str, told: int
) -> None:
    dos.path("CHILD.COM").write_bytes(bytes.fromhex(code))

    result = execute("CHILD.COM", keys="{ctrl-c}").result

    (call,) = (call for call in result.calls if call.function == 0x4D)
    assert call.result == told
    assert (result.exit_code, result.termination) == (told & 0xFF, Termination.NORMAL)


def test_a_parent_goes_on_with_its_registers_and_its_stack(dos: Dos) -> None:
    """All that INT 21h keeps, whatever the child did to them."""
    dos.path("CHILD.COM").write_bytes(
        bytes.fromhex("bc0004 bd0000 31f6 31ff 31c9 31c0 8ed8 8ec0 fd b8004c cd21")
    )
    code = bytes.fromhex(
        "bb0010 b44a cd21 b80080 8ed8 8ec0 31db ba4000 be3412 bf7856 bdbc9a b9f0de b8004b cd21fa f4"
    )
    process = dos.load(code)
    dos.memory.write(
        0x8000, 0, struct.pack("<7H", *(0, 0x200, 0x8000, 0x300, 0x8000, 0x300, 0x8000))
    )
    dos.memory.write(0x8000, 0x40, b"CHILD.COM\0")

    with pytest.raises(MachineError, match="halted"):
        process.run()

    regs = dos.registers
    assert (regs.si, regs.di, regs.bp, regs.cx) == (0x1234, 0x5678, 0x9ABC, 0xDEF0)
    assert (regs.ds, regs.es, regs.bx, regs.dx) == (0x8000, 0x8000, 0, 0x40)
    assert (regs.ss, regs.sp) == (process.psp, 0xFFFE)
    assert not regs.carry


def test_the_execution_state_is_set_by_doing_nothing(after: Any) -> None:
    regs = after(ax=0x4B05)

    assert (regs.ax, regs.carry) == (0, False)


def test_a_child_has_its_dta_in_its_psp(dos: Dos, execute: Callable[..., Execution]) -> None:
    # get DTA / AX=ES-CS / if that is 0 and BX=80h: AL=7 / exit(AL)
    code = "b42f cd21 8cc0 8cca 29d0 7508 81fb8000 7502 b007 b44c cd21"
    dos.path("DTA.COM").write_bytes(bytes.fromhex(code))

    assert execute("DTA.COM").result.exit_code == 7


# -- ends that are none ----------------------------------------------------------------------------


def test_a_child_that_destroys_the_chain_comes_back_to_its_parent(
    dos: Dos, execute: Callable[..., Execution]
) -> None:
    dos.path("EVIL.COM").write_bytes(bytes.fromhex("8cc8 48 8ec0 26c606000078 b8034c cd21"))

    with pytest.raises(MachineError, match="Memory allocation error"):
        execute("EVIL.COM")

    assert [call.name for call in dos.calls][-2:] == [
        "get_child_program_return_value",
        "end_program",
    ]
