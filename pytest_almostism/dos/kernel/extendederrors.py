"""INT 21h/59h and 5D0Ah: what the last error was, which the calls themselves tell in part only."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from pytest_almostism.dos.errortables import ExtendedError, about
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_LIST = struct.Struct("<8H")  # AX BX CX DX SI DI DS ES


def last_error(pc: Machine) -> ExtendedError:
    """Return all that is known of the last error, code 0 if there was none."""
    error = pc.last_error
    if error is None:
        return ExtendedError(0)
    return error if isinstance(error, ExtendedError) else about(error)


@int21(0x59)
def get_extended_error(pc: Machine, regs: Registers) -> None:
    """INT 21h/59h: AX=the last error, BH=its class, BL=action, CH=locus, ES:DI=label of a disk."""
    error = last_error(pc)
    regs.ax = error.code
    regs.bh, regs.bl, regs.ch = error.kind, error.action, error.locus
    regs.es, regs.di = error.pointer


@int21(0x5D0A)
def set_extended_error(pc: Machine, regs: Registers) -> None:
    """INT 21h/5D0Ah: let 59h return AX, BX, CX, DX, SI, DI, DS, ES as the words at DS:DX say."""
    words = _LIST.unpack(pc.memory.read(regs.ds, regs.dx, _LIST.size))
    ax, bx, cx, _, _, di, _, es = words
    pc.last_error = ExtendedError(ax, bx >> 8, bx & 0xFF, cx >> 8, (es, di))
