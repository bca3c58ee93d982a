"""Registers by name: 8, 16 and 32 bits of the same thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import Flag, Registers

BYTES = st.integers(0, 0xFF)
GENERAL = "ax bx cx dx si di bp sp".split()
SEGMENTS = "ds es ss fs gs cs".split()


@given(st.sampled_from("abcd"), st.integers(0, 0xFFFFFFFF), BYTES, BYTES)
def test_halves_and_wholes_are_one_register(letter: str, value: int, high: int, low: int) -> None:
    regs = Registers()

    setattr(regs, f"e{letter}x", value)

    assert getattr(regs, f"{letter}x") == value & 0xFFFF
    setattr(regs, f"{letter}h", high)
    setattr(regs, f"{letter}l", low)
    assert getattr(regs, f"e{letter}x") == value & 0xFFFF0000 | high << 8 | low


@pytest.mark.parametrize("name", [*GENERAL, *SEGMENTS, "flags", "ip"])
def test_registers_are_independent_and_cut_to_their_width(name: str) -> None:
    regs = Registers()

    setattr(regs, name, 0x1_FFFF)

    assert getattr(regs, name) == 0xFFFF
    others = {*GENERAL, *SEGMENTS, "flags", "ip"} - {name}
    assert {other: getattr(regs, other) for other in others} == dict.fromkeys(others, 0)


def test_counting_below_zero_wraps_around() -> None:
    regs = Registers()

    regs.sp -= 2

    assert regs.sp == 0xFFFE


def test_setting_ip_clears_the_upper_half_of_eip() -> None:
    regs = Registers()
    regs.eip = 0x12345

    regs.ip += 1

    assert regs.eip == 0x2346


def test_carry_and_zero_leave_the_other_flags_alone() -> None:
    regs = Registers()
    regs.flags = Flag.INTERRUPT | Flag.DIRECTION

    regs.carry = regs.zero = True
    assert regs.flags == Flag.INTERRUPT | Flag.DIRECTION | Flag.CARRY | Flag.ZERO

    regs.carry = regs.zero = False
    assert regs.flags == Flag.INTERRUPT | Flag.DIRECTION
    assert (regs.carry, regs.zero) == (False, False)


def test_a_copy_is_independent() -> None:
    regs = Registers()
    regs.ax = 1
    copy = regs.copy()

    regs.ax = 2
    assert copy.ax == 1

    regs.load(copy)
    assert regs.ax == 1


def test_they_read_well_in_a_failed_test() -> None:
    regs = Registers()
    regs.ax, regs.cs, regs.ip, regs.flags = 0x4C00, 0x147, 0x105, 0x0247

    assert repr(regs) == (
        "AX=4C00 BX=0000 CX=0000 DX=0000 SI=0000 DI=0000 BP=0000 SP=0000"
        " DS=0000 ES=0000 SS=0000 CS=0147 IP=0105 FLAGS=0247[IZPC]"
    )
    assert regs.address == "0147:0105"


def test_a_test_may_set_registers_before_a_program_runs(dos: Dos) -> None:
    process = dos.load(b"\xcd\x20\x90\xf7\xe3\xcd\x20")  # at 0103: mul bx
    for name, value in {"ax": 1000, "bx": 1000, "ip": 0x103, "fs": 0x1234}.items():
        setattr(process.registers, name, value)

    after = process.run().registers

    assert (after.dx << 16 | after.ax, after.fs) == (1_000_000, 0x1234)
    assert dos.registers.bx == 1000


def test_all_32_bits_reach_the_program_and_come_back(dos: Dos) -> None:
    process = dos.load(bytes.fromhex("6601d8 cd20"))  # add eax,ebx
    process.registers.eax, process.registers.ebx = 0x12345678, 0x11111111

    assert process.run().registers.eax == 0x23456789
