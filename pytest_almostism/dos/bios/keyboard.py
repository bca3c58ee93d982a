"""INT 16h: the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pytest_almostism.dos.keyboard import Key
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import service

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine


def _classic(key: Key) -> int:
    """Return AX for the functions of the 83-key keyboard, which know no E0h."""
    return key.scan << 8 | (0 if key.ascii == 0xE0 and key.scan else key.ascii)


def _enhanced(key: Key) -> int:
    return key.scan << 8 | key.ascii


@service(0x16, 0x00)
def get_keystroke(pc: Machine, regs: Registers) -> None:
    """INT 16h/00h: wait for a key; return its scan code in AH, its ASCII code in AL."""
    regs.ax = _classic(pc.keyboard.read())


@service(0x16, 0x01)
def check_for_keystroke(pc: Machine, regs: Registers) -> None:
    """INT 16h/01h: ZF=1 if no key waits, else ZF=0 and the key in AX, which stays there."""
    _check(pc, regs, _classic)


@service(0x16, 0x02)
def get_shift_flags(pc: Machine, regs: Registers) -> None:
    """INT 16h/02h: return the shift keys held down, from 0040:0017, in AL."""
    regs.al = pc.memory.byte(0x40, 0x17)


@service(0x16, 0x10)
def get_enhanced_keystroke(pc: Machine, regs: Registers) -> None:
    """INT 16h/10h: as 00h, with E0h as the ASCII code of grey keys."""
    regs.ax = _enhanced(pc.keyboard.read())


@service(0x16, 0x11)
def check_for_enhanced_keystroke(pc: Machine, regs: Registers) -> None:
    """INT 16h/11h: as 01h, with E0h as the ASCII code of grey keys."""
    _check(pc, regs, _enhanced)


def _check(pc: Machine, regs: Registers, code_of: Callable[[Key], int]) -> None:
    key = pc.keyboard.peek()
    regs.zero = key is None
    if key is not None:
        regs.ax = code_of(key)
