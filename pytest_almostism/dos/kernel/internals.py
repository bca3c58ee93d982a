"""INT 21h/34h, 52h and 5D06h: where DOS keeps its own variables.

What programs find there is laid out in `sysvars` and kept true by `mirror`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.kernel import sysvars
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine


@int21(0x34)
def get_indos_flag_address(pc: Machine, regs: Registers) -> None:
    """INT 21h/34h: return in ES:BX the address of a byte that is 0 unless DOS is busy."""
    del pc
    regs.es, regs.bx = sysvars.DATA, sysvars.IN_DOS


@int21(0x52)
def get_list_of_lists(pc: Machine, regs: Registers) -> None:
    """INT 21h/52h: return in ES:BX the list of lists; the first MCB's segment is at BX-2."""
    pc.mirror.reveal()
    regs.es, regs.bx = sysvars.DATA, sysvars.LIST_OF_LISTS


@int21(0x5D06)
def get_swappable_data_area(pc: Machine, regs: Registers) -> None:
    """INT 21h/5D06h: return in DS:SI the state of DOS; CX=its size, DX=what is swapped always."""
    pc.mirror.reveal()
    regs.ds, regs.si = sysvars.DATA, sysvars.SWAPPABLE
    regs.cx, regs.dx = sysvars.SWAPPABLE_SIZE, sysvars.SWAPPABLE_ALWAYS
