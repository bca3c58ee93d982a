"""INT 21h/25h and 35h: interrupt vectors; and interrupts that DOS lets pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21, service

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine


@int21(0x25, interrupt="al", segment="ds", offset="dx")
def set_interrupt_vector(pc: Machine, regs: Registers) -> None:
    """INT 21h/25h: let interrupt AL go to DS:DX."""
    pc.memory.write_pointer(0, 4 * regs.al, (regs.ds, regs.dx))


@int21(0x35, interrupt="al")
def get_interrupt_vector(pc: Machine, regs: Registers) -> None:
    """INT 21h/35h: return the vector of interrupt AL in ES:BX."""
    regs.es, regs.bx = pc.memory.pointer(0, 4 * regs.al)


@service(0x01)
@service(0x03)
@service(0x04)
def cpu_event(pc: Machine, regs: Registers) -> None:
    """INT 01h, INT 03h, INT 04h: a single step, a breakpoint, an overflow: nobody cares."""
    del pc, regs
