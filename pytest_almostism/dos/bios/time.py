"""INT 1Ah: the time of day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import service

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine


@service(0x1A, 0x00)
def get_system_time(pc: Machine, regs: Registers) -> None:
    """INT 1Ah/00h: return the ticks since midnight in CX:DX; AL=0, midnight has not passed."""
    ticks = pc.clock.ticks
    regs.cx, regs.dx, regs.al = ticks >> 16, ticks, 0


@service(0x1A, 0x02)
def get_real_time_clock_time(pc: Machine, regs: Registers) -> None:
    """INT 1Ah/02h: return hour, minute, second in CH, CL, DH as BCD; DL=0, no summer time."""
    now = pc.clock.now()
    regs.ch, regs.cl, regs.dh, regs.dl = _bcd(now.hour), _bcd(now.minute), _bcd(now.second), 0
    regs.carry = False


@service(0x1A, 0x04)
def get_real_time_clock_date(pc: Machine, regs: Registers) -> None:
    """INT 1Ah/04h: return century, year, month, day in CH, CL, DH, DL as BCD."""
    now = pc.clock.now()
    regs.ch, regs.cl = _bcd(now.year // 100), _bcd(now.year % 100)
    regs.dh, regs.dl = _bcd(now.month), _bcd(now.day)
    regs.carry = False


def _bcd(number: int) -> int:
    return number // 10 << 4 | number % 10
