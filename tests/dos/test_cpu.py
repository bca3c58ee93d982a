"""The CPU as programs see it: interrupts and their vectors, exceptions, halts, endless loops."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pytest_almostism import CpuError, Dos, InstructionLimitExceeded
from pytest_almostism.dos import UnsupportedCall, cpu

Program = Callable[[str], Path]

ENDLESS = b"\xeb\xfe"  # jmp $


# -- interrupts and exceptions that the guest handles ------------------------------------------


def test_a_hooked_int_21h_sees_all_calls_and_hands_them_on(dos: Dos, program: Program) -> None:
    result = dos.run(program("hook21.com"))

    # answered by itself, changed on the way back, and with CF=1 through the chain
    assert result.output == "version 9, function FFh OK, error 2\n"
    assert result.exit_code == 5
    assert not result.unsupported


def test_divide_errors_go_to_the_guests_own_handler_again_and_again(
    dos: Dos, program: Program
) -> None:
    assert dos.run(program("divide.com")).exit_code == 200


def test_invalid_opcodes_and_int_6_go_to_the_guests_own_handler(dos: Dos, program: Program) -> None:
    assert dos.run(program("invalid.com")).exit_code == 6


def test_a_divide_error_without_a_handler_ends_the_program_as_dos_does(dos: Dos) -> None:
    result = dos.run(bytes.fromhex("31c9 f7f1 b8014c cd21"))  # xor cx,cx / div cx / exit(1)

    assert result.output == "\nDivide overflow\n"
    assert result.exit_code == 0


def test_a_divide_error_ends_even_a_program_that_closed_its_output(dos: Dos) -> None:
    result = dos.run(bytes.fromhex("b43e bb0100 cd21 31c9 f7f1 cd20"))  # close(1), div cx

    assert result.output == ""
    assert result.calls[-1].name == "divide_overflow"


def test_single_steps_without_a_debugger_are_nothing(dos: Dos) -> None:
    # pushf / pop ax / or ah,1: TF / push ax / popf / exit(3)
    result = dos.run(bytes.fromhex("9c 58 80cc01 50 9d 90 b8034c cd21"))

    assert result.exit_code == 3
    assert [call.name for call in result.calls] == ["end_program"]


def test_single_steps_go_to_the_guests_own_handler(dos: Dos) -> None:
    # set vector 1 / xor dx,dx / TF on / 3 x nop / exit(DL); handler: inc dx / iret
    code = "b80125 ba1a01 cd21 31d2 9c 58 80cc01 50 9d 90 90 90 88d0 b44c cd21 42 cf"

    assert dos.run(bytes.fromhex(code)).exit_code == 3


def test_an_invalid_opcode_handed_on_to_nobody_is_told(dos: Dos) -> None:
    # set vector 6 / ud2; handler: jmp far F000:0018
    code = bytes.fromhex("b80625 ba0c01 cd21 0f0b cd20 ea180000f0")

    with pytest.raises(CpuError, match=r"invalid opcode at [0-9A-F]{4}:0108"):
        dos.run(code, max_instructions=1000)


def test_the_stack_of_an_interrupt_handler_wraps_around_its_segment(dos: Dos) -> None:
    # set vector 60h / mov sp,2 / int 60h / exit(AL) / handler: mov ax,4C05h / iret
    code = "b86025 ba1001 cd21 bc0200 cd60 cd21 9090 b8054c cf"

    assert dos.run(bytes.fromhex(code)).exit_code == 5


def test_an_interrupt_that_nobody_answers_fails_and_is_told(dos: Dos) -> None:
    # int 61h / exit(AL if CF)
    code = bytes.fromhex("b8efbe f8 cd61 7302 b44c cd21")

    with pytest.warns(UnsupportedCall) as warnings:
        result = dos.run(code)

    assert result.exit_code == 1
    call = result.unsupported[0]
    assert (call.interrupt, call.function, call.name, call.ax) == (0x61, 0xBE, "", 0xBEEF)
    assert call.number == "INT 61h/BEh"
    assert str(warnings[0].message) == (
        rf"C:\PROGRAM.COM called INT 61h/BEh at {call.address}, which no service answers;"
        " it was told CF=1, AX=1"
    )
    assert warnings[0].filename == __file__


def test_a_program_is_warned_of_once_for_every_kind_of_call(dos: Dos) -> None:
    with pytest.warns(UnsupportedCall) as warnings:
        result = dos.run(bytes.fromhex("b90300 cd61 e2fc cd62 cd20"))  # 3 x int 61h, int 62h

    assert [call.interrupt for call in result.unsupported] == [0x61, 0x61, 0x61, 0x62]
    assert len(warnings) == 2


def test_code_read_from_a_file_over_executed_code_is_what_runs(dos: Dos, program: Program) -> None:
    # three times mov al,n / ret
    dos.path("PIECES.BIN").write_bytes(bytes.fromhex("b001c3 b002c3 b004c3"))

    assert dos.run(program("pieces.com")).exit_code == 1 + 2 + 4


def test_code_that_changes_itself_is_what_runs(dos: Dos) -> None:
    # mov cx,5 / l: inc byte [operand] / mov al,operand / loop l / exit(AL)
    code = "b90500 fe060801 b000 e2f8 b44c cd21"

    assert dos.run(bytes.fromhex(code)).exit_code == 5


# -- programs that go wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("0f0b", r"COM: invalid opcode at [0-9A-F]{4}:0100"),
        ("90 f0 90", r"COM: invalid opcode at [0-9A-F]{4}:0101"),  # lock nop
        ("fa f4", r"COM: halted for ever at [0-9A-F]{4}:0102: HLT with interrupts disabled"),
        ("66b800001100 678b00", r"COM: Invalid memory read .* at [0-9A-F]{4}:0106"),
        ("66ea00000080 0000", r"COM: Invalid memory fetch"),
        ("ea000400f0", "COM: return from an interrupt that did not occur, at F000:0402"),
    ],
    ids=["invalid", "lock", "hlt", "read", "fetch", "stub"],
)
def test_rubbish_ends_with_an_error_that_says_where(dos: Dos, code: str, why: str) -> None:
    with pytest.raises(CpuError, match=why):
        dos.run(bytes.fromhex(code), max_instructions=100_000)


def test_a_crash_tells_where_it_was_and_what_came_before(dos: Dos) -> None:
    code = bytes.fromhex("b402 b258 cd21") * 12 + b"\x0f\xff\xde\xad"

    with pytest.raises(CpuError) as failure:
        dos.run(code)

    lines = str(failure.value).splitlines()
    cs = dos.registers.cs
    assert lines[0] == rf"C:\PROGRAM.COM: invalid opcode at {cs:04X}:0148"
    assert lines[1].startswith(f"  {cs:04X}:0148  0F FF DE AD 00 00")
    assert lines[2].startswith("  AX=0258 BX=0000")
    assert lines[3] == "  the last 10 of 12 calls:"
    assert lines[4] == f"    {cs:04X}:0112  INT 21h/02h character_output(character=58h) -> 0258h"
    assert lines[-2:] == ["  the screen:", "    | XXXXXXXXXXXX"]


def test_an_endless_loop_uses_up_its_budget(dos: Dos) -> None:
    with pytest.raises(InstructionLimitExceeded) as failure:
        dos.run(ENDLESS, max_instructions=1_234_567)

    lines = str(failure.value).splitlines()
    assert lines[0] == (r"C:\PROGRAM.COM: 1,234,567 instructions executed without coming to an end")
    assert lines[1].startswith(f"  {dos.registers.cs:04X}:0100  EB FE")


def test_the_budget_is_exact(dos: Dos) -> None:
    code = bytes.fromhex("b90300 e2fe b8004c cd21")  # mov / 3 x loop / mov / int

    assert dos.run(code, max_instructions=6).exit_code == 0
    with pytest.raises(InstructionLimitExceeded):
        dos.run(code, max_instructions=5)


def test_a_call_costs_as_much_as_200_instructions(
    dos: Dos, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cpu, "_SLICE", 6_000)  # 2,000 calls, charged for with 400,000
    polling = bytes.fromhex("b401 cd16 ebfa")  # for ever: is there a key?

    with pytest.raises(InstructionLimitExceeded, match="of 10000 calls"):
        dos.run(polling, max_instructions=2_000_000)


def test_a_loop_behind_a_byte_that_looks_like_hlt_is_not_halted(dos: Dos) -> None:
    code = bytes.fromhex("fa b0f4 90 ebfd")  # cli / mov al,F4 / l: nop / jmp l

    with pytest.raises(InstructionLimitExceeded):
        dos.run(code, max_instructions=1_000_001)


def test_a_halt_with_the_last_instruction_of_the_budget_is_a_halt(dos: Dos) -> None:
    with pytest.raises(CpuError, match="halted for ever"):
        dos.run(b"\xfa\xf4", max_instructions=2)  # cli / hlt


def test_hlt_waits_for_an_interrupt_and_goes_on(dos: Dos) -> None:
    assert dos.run(bytes.fromhex("f4 b8074c cd21")).exit_code == 7


def test_a_program_that_halts_for_ever_with_interrupts_enabled_is_an_endless_loop(
    dos: Dos,
) -> None:
    with pytest.raises(InstructionLimitExceeded):
        dos.run(b"\xf4\xeb\xfd")  # l: hlt / jmp l


@pytest.mark.parametrize("budget", [0, -1])
def test_a_budget_of_nothing_is_refused(dos: Dos, budget: int) -> None:
    with pytest.raises(ValueError, match=f"a budget is 1 instruction or more, not {budget}"):
        dos.run(ENDLESS, max_instructions=budget)

    assert dos.run(b"\xcd\x20").exit_code == 0


def test_no_budget_is_no_limit(dos: Dos) -> None:
    # a million turns
    code = bytes.fromhex("ba1000 b90000 e2fe 4a 75f8 cd20")

    assert dos.run(code, max_instructions=None).exit_code == 0


def test_a_machine_has_a_budget_of_its_own(dos_factory: Callable[..., Dos]) -> None:
    dos = dos_factory(max_instructions=1000)

    with pytest.raises(InstructionLimitExceeded, match="1,000 instructions"):
        dos.run(ENDLESS)


# -- what happens in Python meanwhile ----------------------------------------------------------


@pytest.mark.parametrize("failure", [KeyboardInterrupt, SystemExit, RecursionError, ValueError])
def test_an_exception_inside_a_service_comes_out_of_the_run(
    dos: Dos, monkeypatch: pytest.MonkeyPatch, failure: type[BaseException]
) -> None:
    def now() -> None:
        raise failure("in the middle of a call")

    monkeypatch.setattr(dos.clock, "now", now)
    with pytest.raises(failure, match="in the middle of a call"):
        dos.run(bytes.fromhex("b42a cd21 cd20"))  # get date

    monkeypatch.undo()
    assert dos.run(bytes.fromhex("b42a cd21 b44c cd21")).exit_code == 2


def test_ctrl_c_in_the_middle_of_a_call_comes_out_of_the_run(
    dos: Dos, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = dos.clock.now()

    def now() -> object:
        signal.raise_signal(signal.SIGINT)
        return moment

    monkeypatch.setattr(dos.clock, "now", now)
    with pytest.raises(KeyboardInterrupt):
        dos.run(bytes.fromhex("b42a cd21 b8004c cd21"))  # get date, end

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_handler_of_the_tests_own_for_ctrl_c_is_left_alone(
    dos: Dos, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    moment = dos.clock.now()

    def now() -> object:
        signal.raise_signal(signal.SIGINT)
        return moment

    monkeypatch.setattr(dos.clock, "now", now)
    before = signal.signal(signal.SIGINT, lambda number, _frame: seen.append(number))
    try:
        assert dos.run(bytes.fromhex("b42a cd21 b8054c cd21")).exit_code == 5
    finally:
        signal.signal(signal.SIGINT, before)

    assert seen == [signal.SIGINT]


def test_machines_run_in_threads() -> None:
    def exit_code(code: int) -> int:
        with Dos() as dos:
            return dos.run(bytes((0xB8, code, 0x4C, 0xCD, 0x21))).exit_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(exit_code, range(20))) == list(range(20))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
@pytest.mark.parametrize("code", ["ebfe", "b401cd16ebfa"], ids=["without calls", "with calls"])
def test_ctrl_c_ends_an_endless_program(code: str, tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(
        "from pytest_almostism import Dos\n"
        "with Dos() as dos:\n"
        f"    process = dos.load(bytes.fromhex('{code}'))\n"
        "    print('running', flush=True)\n"
        "    try:\n"
        "        process.run(None)\n"
        "    except KeyboardInterrupt:\n"
        "        print('interrupted', dos.run(b'\\xcd\\x20').exit_code)\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "running\n"
        time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        begin = time.monotonic()
        output, _ = child.communicate(timeout=30)

    assert output == "interrupted 0\n"
    assert time.monotonic() - begin < 5
