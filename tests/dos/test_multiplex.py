"""INT 2Fh: who is there, who is not, and programs that install themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode, Registers, UnsupportedCall

INT_2F = b"\xcd\x2f"
UNTOUCHED = {"bx": 0x1111, "cx": 0x2222, "dx": 0x3333, "si": 0x4444, "di": 0x5555, "bp": 0x6666}
NAMES = "ax bx cx dx si di bp ds es flags".split()


@pytest.fixture
def ask(dos: Dos) -> Callable[[int], tuple[Registers, Registers]]:
    """Calls INT 2Fh; returns the registers before and after it."""

    def ask(ax: int) -> tuple[Registers, Registers]:
        process = dos.load(INT_2F + b"\xcd\x20")
        for name, value in {"ax": ax, **UNTOUCHED}.items():
            setattr(process.registers, name, value)
        process.registers.carry = True  # comes back as it was, set or not
        before = process.registers.copy()
        result = process.run()
        assert not result.unsupported
        return before, result.registers

    return ask


ABSENT = {
    0x0100: "PRINT",
    0x0500: "critical error messages",
    0x0600: "ASSIGN",
    0x0800: "DRIVER.SYS",
    0x1100: "network redirector",
    0x1400: "NLSFUNC",
    0x1500: "MSCDEX",
    0x150B: "MSCDEX, for a drive",
    0x1600: "Windows",
    0x1605: "Windows begins",
    0x1680: "idle",
    0x1687: "DPMI",
    0x1700: "Windows' clipboard",
    0x1A00: "ANSI.SYS",
    0x1B00: "XMA2EMS",
    0x4300: "XMS",
    0x4A10: "SMARTDRV",
    0x4A11: "DBLSPACE",
    0x4B02: "task switcher",
    0x5500: "COMMAND.COM",
    0xAD80: "KEYB",
    0xB000: "GRAFTABL",
    0xB700: "APPEND",
    0xBC00: "EGA.SYS",
    0xC000: "somebody's own",
    0xD44D: "4DOS",
    0xFF00: "somebody's own",
}


@pytest.mark.parametrize("ax", ABSENT, ids=lambda ax: f"{ax:04X} {ABSENT[ax]}")
def test_who_is_absent_changes_nothing(
    ask: Callable[[int], tuple[Registers, Registers]], ax: int
) -> None:
    before, after = ask(ax)

    assert {n: getattr(after, n) for n in NAMES} == {n: getattr(before, n) for n in NAMES}


@pytest.mark.parametrize(
    ("ax", "al"), [(0x1000, 0xFF), (0x1200, 0xFF)], ids=["SHARE", "DOS itself"]
)
def test_who_is_there(ask: Callable[[int], tuple[Registers, Registers]], ax: int, al: int) -> None:
    _, after = ask(ax)

    assert after.ax == ax | al


@pytest.mark.parametrize("ax", [0x1001, 0x1101, 0x1123, 0x1402])
def test_parts_of_dos_refuse_what_they_do_not_do(
    ask: Callable[[int], tuple[Registers, Registers]], ax: int
) -> None:
    _, after = ask(ax)

    assert (after.carry, after.ax) == (True, ErrorCode.INVALID_FUNCTION)


def test_dos_is_not_in_the_high_memory_area(
    ask: Callable[[int], tuple[Registers, Registers]],
) -> None:
    for ax in (0x4A01, 0x4A02):
        _, after = ask(ax)
        assert (after.bx, after.es, after.di) == (0, 0xFFFF, 0xFFFF)


def test_a_call_that_expects_an_answer_is_told_to_the_test(dos: Dos) -> None:
    code = bytes.fromhex("b811c0 bb2222 f8") + INT_2F + bytes.fromhex("7301 90 cd20")

    with pytest.warns(UnsupportedCall, match="INT 2Fh/C0h .* its registers came back"):
        result = dos.run(code)

    assert [call.ax for call in result.unsupported] == [0xC011]
    assert (result.registers.ax, result.registers.bx) == (0xC011, 0x2222)


def test_a_routine_inside_dos_that_is_not_there_is_refused(dos: Dos) -> None:
    with pytest.warns(UnsupportedCall):
        result = dos.run(bytes.fromhex("b8ff12") + INT_2F + b"\xcd\x20")

    assert result.registers.carry


# -- programs that install themselves --------------------------------------------------------------


def test_an_installed_program_answers_its_number_and_hands_on_the_rest(dos: Dos) -> None:
    resident = bytes.fromhex(
        "eb15"  # to the installation
        # 0102: cmp ah,C0h / jne 010Ah / mov al,FFh / mov bx,1234h / iret
        "80fcc0 7506 b0ff bb3412 cf"
        # 010D: jmp far [cs:0112h]
        "2eff2e1201 00000000 909090"
        # 0119: get INT 2Fh to [0112h] / set it to 0102h / stay resident
        "b82f35 cd21 891e1201 8c061401 ba0201 b82f25 cd21 ba2000 b80031 cd21"
    )
    dos.run(resident)

    def after(ax: int) -> Registers:
        code = b"\xb8" + ax.to_bytes(2, "little") + INT_2F + b"\xcd\x20"
        return dos.run(code).registers

    installed = after(0xC000)
    assert (installed.al, installed.bx) == (0xFF, 0x1234)
    assert after(0xC100).al == 0
    assert after(0x1200).al == 0xFF  # DOS's own, through the chain
    refused = after(0x1123)
    assert (refused.ax, refused.carry) == (ErrorCode.INVALID_FUNCTION, True)


# -- interrupts that DOS keeps to itself -----------------------------------------------------------


@pytest.mark.parametrize("number", [0x2A, 0x2B, 0x2C, 0x2D])
def test_reserved_interrupts_change_nothing(dos: Dos, guest: Any, number: int) -> None:
    (answer,) = guest({"int": number, "ax": 0x8700, "bx": 0x1234, "cx": 0x5678})

    assert (answer.ax, answer.bx, answer.cx) == (0x8700, 0x1234, 0x5678)
    assert not dos.registers.carry
