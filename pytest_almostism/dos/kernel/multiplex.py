"""INT 2Fh: whom programs ask for, drivers and DOS itself; and interrupts that DOS keeps to itself.

Who is not there does not answer: all registers come back as they were, AL=0 among them, by which
a program sees that nobody is. Programs that install themselves here hook the vector and pass on
what is not theirs; only what comes through their chain gets to this module.
Source: Ralf Brown's Interrupt List, INT 2Fh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import ErrorCode
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import service

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_INSTALLED = 0xFF
# What is asked with another AL than 0 whether it is there, or told in case it is: MSCDEX, Windows
# and what switches tasks, DPMI, XMS, SMARTDRV, DBLSPACE, KEYB, APPEND, 4DOS.
_QUESTIONS = frozenset(
    (
        *(0x150B, 0x150C, 0x150D),
        *(0x1605, 0x1606, 0x1607, 0x160A, 0x1680, 0x1681, 0x1682, 0x1683, 0x1684, 0x1686, 0x1687),
        *(0x168A, 0x168B, 0x4310, 0x4A10, 0x4A11, 0x4A33, 0x4B01, 0x4B02, 0x4B03, 0x4B05),
        *(0xAD80, 0xB702, 0xB706, 0xB710, 0xD44D),
    )
)


@service(0x2F)
def multiplex(pc: Machine, regs: Registers) -> None:
    """INT 2Fh: nobody of that number is there; a call that expects more is noted as unanswered."""
    if regs.al and regs.ax not in _QUESTIONS:
        pc.unanswered.record((0x2F, None, bytes(regs.block), {}, regs.ax, regs.flags))


@service(0x2F, 0x10, function="al")
def share(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1000h: AL=FFh, files can be shared and locked; error 1 for other functions."""
    _installed(pc, regs)


@service(0x2F, 0x11, function="al")
@service(0x2F, 0x14, function="al")
def absent_part_of_dos(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/11h, 14h: the network redirector and NLSFUNC are not there: error 1 unless AL=0."""
    if regs.al:
        _refuse(pc, regs)


@service(0x2F, 0x4A, function="al")
def high_memory(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/4A01h, 4A02h: BX=0 bytes free in the HMA, ES:DI=FFFF:FFFF: DOS is not there."""
    if regs.al in {0x01, 0x02}:
        regs.bx, regs.es, regs.di = 0, 0xFFFF, 0xFFFF
    else:
        multiplex(pc, regs)


def _installed(pc: Machine, regs: Registers) -> None:
    if regs.al:
        _refuse(pc, regs)
    else:
        regs.al = _INSTALLED


def _refuse(pc: Machine, regs: Registers) -> None:
    pc.last_error = ErrorCode.INVALID_FUNCTION
    regs.ax, regs.carry = ErrorCode.INVALID_FUNCTION, True


@service(0x2A)
@service(0x2B)
@service(0x2C)
@service(0x2D)
def reserved(pc: Machine, regs: Registers) -> None:
    """INT 2Ah to 2Dh: the network, critical sections, nothing: all registers stay."""
    del pc, regs
