"""INT 21h/5Eh and 5Fh: the network, which is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_NAME_LENGTH = 15


@int21(0x5E00)
def get_machine_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/5E00h: write the name to DS:DX, 16 bytes, its number to CX; CH=0: there is none."""
    pc.memory.write(regs.ds, regs.dx, pc.settings.machine_name)
    regs.cx = pc.settings.machine_number


@int21(0x5E01, name="ds:dx asciiz", number="cx")
def set_machine_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/5E01h: let the machine be called DS:DX, 15 characters, with number CX."""
    name = pc.memory.asciiz(regs.ds, regs.dx, limit=_NAME_LENGTH)
    pc.settings.machine_name = name.ljust(_NAME_LENGTH) + b"\0"
    pc.settings.machine_number = regs.cx


@int21(0x5E02)
@int21(0x5E03)
def printer_setup(pc: Machine, regs: Registers) -> None:
    """INT 21h/5E02h, 5E03h: set or get a network printer's setup: error 1, no redirector."""
    del pc, regs
    raise DosError(ErrorCode.INVALID_FUNCTION)


@int21(0x5F, operation="al")
def redirection(pc: Machine, regs: Registers) -> None:
    """INT 21h/5Fh: list, make, delete network connections: error 1, no redirector."""
    del pc, regs
    raise DosError(ErrorCode.INVALID_FUNCTION)
