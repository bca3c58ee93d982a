"""INT 11h and 12h: what the PC is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import service

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

#: One floppy drive, a coprocessor, 80 x 25 colour, one serial and one parallel port.
EQUIPMENT = 0b0100_0010_0010_0011


@service(0x11)
def get_equipment_list(pc: Machine, regs: Registers) -> None:
    """INT 11h: return the equipment word of 0040:0010 in AX."""
    regs.ax = pc.memory.word(0x40, 0x10)


@service(0x12)
def get_memory_size(pc: Machine, regs: Registers) -> None:
    """INT 12h: return the conventional memory in KiB, from 0040:0013, in AX."""
    regs.ax = pc.memory.word(0x40, 0x13)
