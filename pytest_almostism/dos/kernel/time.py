"""INT 21h/2Ah-2Dh: date and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine


@int21(0x2A)
def get_date(pc: Machine, regs: Registers) -> None:
    """INT 21h/2Ah: CX=year, DH=month, DL=day, AL=day of the week, 0 for Sunday."""
    now = pc.clock.now()
    regs.cx, regs.dh, regs.dl, regs.al = now.year, now.month, now.day, now.isoweekday() % 7


@int21(0x2B, year="cx", month="dh", day="dl")
def set_date(pc: Machine, regs: Registers) -> None:
    """INT 21h/2Bh: set the date to CX, DH, DL; AL=FFh if there is no such day."""
    try:
        pc.clock.time = pc.clock.time.replace(year=regs.cx, month=regs.dh, day=regs.dl)
    except ValueError:
        regs.al = 0xFF
    else:
        regs.al = 0


@int21(0x2C)
def get_time(pc: Machine, regs: Registers) -> None:
    """INT 21h/2Ch: CH=hour, CL=minute, DH=second, DL=hundredths."""
    now = pc.clock.now()
    regs.ch, regs.cl, regs.dh, regs.dl = now.hour, now.minute, now.second, now.microsecond // 10000


@int21(0x2D, hour="ch", minute="cl", second="dh", hundredths="dl")
def set_time(pc: Machine, regs: Registers) -> None:
    """INT 21h/2Dh: set the time to CH, CL, DH, DL; AL=FFh if there is no such time."""
    try:
        pc.clock.time = pc.clock.time.replace(
            hour=regs.ch, minute=regs.cl, second=regs.dh, microsecond=regs.dl * 10000
        )
    except ValueError:
        regs.al = 0xFF
    else:
        regs.al = 0
