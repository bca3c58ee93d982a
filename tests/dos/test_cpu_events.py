"""What the CPU reports by itself, its models, its coprocessor, and the ends of segments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_almostism import CpuError, Dos, Termination
from pytest_almostism.dos.pool import MODELS

Program = Callable[[str], Path]
EXIT_7, EXIT_9 = (bytes.fromhex(f"b8{code}4c cd21") for code in ("07", "09"))


@pytest.fixture(params=MODELS)
def any_dos(request: pytest.FixtureRequest, dos_factory: Callable[..., Dos]) -> Dos:
    """A machine with each of the CPUs."""
    return dos_factory(cpu=request.param)


# -- interrupts of the CPU -------------------------------------------------------------------------


def test_programs_handle_what_the_cpu_reports(any_dos: Dos, program: Program) -> None:
    result = any_dos.run(program("events.com"))

    assert result.output.splitlines() == [
        "single steps: 000A",
        "breakpoints: 0003",
        "overflows: 0001",
        "out of bounds: 0002, now 000A",
    ]
    assert result.exit_code == 0


@pytest.mark.parametrize(
    "code",
    ["cc", "cd03", "cd01", "b07f0401 ce", "cd04", "9c 58 80cc01 50 9d 90 90"],
    ids=["int3", "INT 3", "INT 1", "INTO", "INT 4", "single steps"],
)
def test_nobody_cares_for_breakpoints_steps_and_overflows(dos: Dos, code: str) -> None:
    """Their vectors point to an IRET at first; registers and flags stay."""
    # stc before, jnc to exit 9 behind it
    result = dos.run(bytes.fromhex("31c9" + code) + b"\xe3\x05" + EXIT_9 + EXIT_7)

    assert result.exit_code == 7
    assert not result.unsupported


def test_a_division_by_zero_says_so_and_ends_like_ctrl_c(any_dos: Dos) -> None:
    result = any_dos.run(bytes.fromhex("31c9 f7f1 b8074c cd21"))

    assert result.output == "\nDivide overflow\n"
    assert result.screen.endswith("Divide overflow")
    assert (result.exit_code, result.termination) == (0, Termination.CTRL_C)


@pytest.mark.parametrize(
    "code",
    ["b80010 b101 f6f1", "b80080 99 b9ffff f7f9", "d400", "ba0100 31c0 b90100 f7f1"],
    ids=["too large", "-32768 by -1", "AAM 0", "32 bits by 1"],
)
def test_other_divisions_that_fail(dos: Dos, code: str) -> None:
    assert dos.run(bytes.fromhex(code) + EXIT_7).termination is Termination.CTRL_C


@pytest.mark.parametrize("times", [1, 2, 3, 50])
def test_divide_errors_come_again_and_again(any_dos: Dos, times: int) -> None:
    """A handler skips the instruction; Unicorn would make the second a double fault."""
    code = bytes.fromhex(
        f"ba1d01 b80025 cd21 be{times:02x}00 31c9"  # INT 0 to 011Dh / SI=times / CX=0
        "b80100 f7f1 4e 75f8"  # again: div cx / dec si / jnz again
        "89f8 b44c cd21"  # exit(DI)
    ).ljust(0x1D, b"\x90") + bytes.fromhex("47 55 89e5 83460202 5d cf")
    process = any_dos.load(code)
    process.registers.di = 0

    assert process.run().exit_code == times


def test_a_divide_error_is_at_the_instruction_an_int_0_is_behind_it(
    dos: Dos, program: Program
) -> None:
    assert dos.run(program("divide.com")).exit_code == 200


def test_a_handler_may_hand_a_divide_error_on_to_dos(dos: Dos) -> None:
    # handler: jmp far to the old vector, F000:0000
    code = bytes.fromhex("ba0e01 b80025 cd21 31c9 f7f1 9090 ea000000f0")

    result = dos.run(code)

    assert result.output == "\nDivide overflow\n"


def test_a_handler_may_leave_by_a_jump(dos: Dos) -> None:
    """As longjmp does: the frame of the divide error stays on the stack."""
    code = bytes.fromhex("ba0d01 b80025 cd21 31c9 f7f1 90") + EXIT_7

    result = dos.run(code)

    assert (result.exit_code, result.registers.sp) == (7, 0xFFF8)


TRAP_ON, TRAP_OFF = (bytes.fromhex(f"9c 58 80{code} 50 9d") for code in ("cc01", "e4fe"))
EXIT_DI = bytes.fromhex("89f8 b44c cd21")


def counting(dos: Dos, body: bytes, *handlers: tuple[int, bytes]) -> int:
    """Exit code, DI, of a body with handlers of interrupts that lie behind it."""
    at = 0x100 + 8 * len(handlers) + len(body)
    hooks, code = b"", b""
    for number, handler in handlers:
        hooks += b"\xba" + at.to_bytes(2, "little") + bytes((0xB8, number, 0x25, 0xCD, 0x21))
        code += handler
        at += len(handler)
    process = dos.load(hooks + body + code)
    process.registers.di = 0
    return process.run(max_instructions=10_000).exit_code


def test_a_handler_ends_single_steps(dos: Dos) -> None:
    """It clears TF in the flags it returns to, at the third step."""
    handler = bytes.fromhex("47 83ff03 7508 55 89e5 806607fe 5d cf")

    assert counting(dos, TRAP_ON + b"\x90" * 9 + EXIT_DI, (1, handler)) == 3


def test_an_interrupt_is_stepped_over(dos: Dos) -> None:
    """TF is cleared on the way into a handler; its IRET brings it back for what comes behind."""
    nops = b"\x90" * 20 + b"\xcf"
    body = TRAP_ON + b"\x90\xcd\x60\x90" + TRAP_OFF + EXIT_DI

    # nop, (int 60h and back), nop, pushf, pop, and, push, popf
    assert counting(dos, body, (1, b"\x47\xcf"), (0x60, nops)) == 7


def test_an_invalid_opcode_without_a_handler_is_an_error(any_dos: Dos) -> None:
    with pytest.raises(CpuError, match="invalid opcode at"):
        any_dos.run(b"\x0f\x0b")


# -- models ----------------------------------------------------------------------------------------

CPUID = bytes.fromhex("66b801000000 0fa2 cd20")  # family, model, stepping to EAX
CMOV = bytes.fromhex("0f44c1")


@pytest.mark.parametrize(("model", "family"), [("486", 4), ("pentium", 5), ("default", 6)])
def test_a_cpu_says_of_which_family_it_is(
    dos_factory: Callable[..., Dos], model: str, family: int
) -> None:
    dos = dos_factory(cpu=model)

    assert dos.run(CPUID).registers.ah & 0x0F == family


@pytest.mark.parametrize("model", ["486", "pentium"])
def test_an_old_cpu_lacks_what_came_later(dos_factory: Callable[..., Dos], model: str) -> None:
    with pytest.raises(CpuError, match="invalid opcode"):
        dos_factory(cpu=model).run(CMOV + EXIT_7)


def test_machines_with_different_cpus_take_turns(dos_factory: Callable[..., Dos]) -> None:
    """Each worker keeps idle CPUs of every kind, and gives each machine its own."""
    families = []
    for model in ("486", "default", "486", "pentium", "default"):
        with Dos(cpu=model) as dos:
            families.append(dos.run(CPUID).registers.ah & 0x0F)

    assert families == [4, 6, 4, 5, 6]
    assert dos_factory().run(CMOV + EXIT_7).exit_code == 7


def test_there_is_no_such_cpu(dos_factory: Callable[..., Dos]) -> None:
    with pytest.raises(ValueError, match="there is no CPU '8086', but default, 486, pentium"):
        dos_factory(cpu="8086")


# -- coprocessor -----------------------------------------------------------------------------------

CALCULATIONS = [
    "control word 037F, status 0000",
    "100 pi is 013A",
    "sqrt(100) + 1 as a double: 4026000000000000",
    "pi as it is: 4000C90FDAA22168C235",
    "1/0 is of class 0504",
]


def test_the_coprocessor_is_initialised_and_calculates(any_dos: Dos, program: Program) -> None:
    assert any_dos.run(program("x87.com")).output.splitlines() == CALCULATIONS


def test_a_program_finds_the_coprocessor_as_if_it_were_the_first(
    dos: Dos, program: Program
) -> None:
    """What the one before left: eight numbers, all exceptions unmasked, 24 bits."""
    rubbish = bytes.fromhex("d9e8" * 8 + "c70650010000 d92e5001") + EXIT_7
    assert dos.run(rubbish.ljust(0x60, b"\x90")).exit_code == 7

    assert dos.run(program("x87.com")).output.splitlines() == CALCULATIONS


# -- ends of segments ------------------------------------------------------------------------------


def run_at(dos: Dos, offset: int, code: bytes, *, behind: bytes, wrapped: bytes) -> int:
    """Exit code of code near the end of segment 7000h, with what is behind it and at its start."""
    process = dos.load(b"\x90")
    dos.memory.write(0x7000, offset, code)
    dos.memory.write(0x8000, 0, behind)
    dos.memory.write(0x7000, 0, wrapped)
    process.registers.cs, process.registers.ip = 0x7000, offset
    return process.run(max_instructions=10_000).exit_code


@pytest.mark.parametrize(
    ("offset", "code"),
    [
        (0xFFFC, "eb02"),
        (0xFFFB, "e90200"),
        (0xFFFD, "e80000"),
        (0xFFFC, "b430 cd21"),
        (0xFFFE, "cd03"),
    ],
    ids=["short jump", "near jump", "call", "INT 21h", "breakpoint"],
)
def test_execution_wraps_at_the_end_of_a_segment(dos: Dos, offset: int, code: str) -> None:
    """After a jump and after an interrupt; straight on it does not, as `cpu` says."""
    assert run_at(dos, offset, bytes.fromhex(code), behind=EXIT_9, wrapped=EXIT_7) == 7


def test_the_address_behind_a_wrapped_call_is_right(dos: Dos) -> None:
    """A call at FFFDh pushes 0000h: its return goes to the segment's start."""
    process = dos.load(b"\x90")
    dos.memory.write(0x7000, 0xFFFD, bytes.fromhex("e80300"))  # to 0003h
    dos.memory.write(0x7000, 0, bytes.fromhex("ebfe90 58 b44c cd21"))  # exit(the return address)
    process.registers.cs, process.registers.ip = 0x7000, 0xFFFD

    assert process.run(max_instructions=10_000).exit_code == 0


def test_the_stack_wraps_at_the_start_of_its_segment(dos: Dos) -> None:
    process = dos.load(bytes.fromhex("b83412 50") + EXIT_7)
    process.registers.ss, process.registers.sp = 0x7000, 0

    result = process.run()

    assert dos.memory.word(0x7000, 0xFFFE) == 0x1234
    assert result.exit_code == 7


def test_string_instructions_wrap_in_their_segments(dos: Dos) -> None:
    """REP MOVSB from FFFE to FFFF, four bytes."""
    process = dos.load(bytes.fromhex("fc b90400 f3a4") + EXIT_7)
    dos.memory.write(0x7000, 0xFFFE, b"abcd")
    regs = process.registers
    regs.ds, regs.si, regs.es, regs.di = 0x7000, 0xFFFE, 0x7800, 0xFFFF

    result = process.run()

    assert dos.memory.read(0x7800, 0xFFFF, 4) == b"abcd"
    assert (result.registers.si, result.registers.di) == (2, 3)


def test_the_high_memory_area_is_above_the_first_mebibyte(dos: Dos) -> None:
    process = dos.load(bytes.fromhex("26c60742") + EXIT_7)  # mov byte [es:bx],42h
    process.registers.es, process.registers.bx = 0xFFFF, 0x0010

    process.run()

    assert dos.memory.byte(0xFFFF, 0x10) == 0x42
    assert dos.memory.byte(0, 0) != 0x42


def test_rep_over_its_own_bytes_is_always_the_same(dos: Dos, after: Any) -> None:
    """What comes of it is not what any real CPU does, as `cpu` says."""
    code = bytes.fromhex("fc bf0001 b90002 b090 f3aa")  # the whole program becomes NOPs
    once, again = (after(code) for _ in range(2))

    assert (once.cs, once.ip, once.cx, once.di) == (again.cs, again.ip, again.cx, again.di)
    assert dos.memory.read(once.cs, 0x100, 9) == b"\x90" * 9
