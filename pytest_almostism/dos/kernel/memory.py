"""INT 21h/48h-4Ah and 58h: memory blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.arena import OutOfMemory
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine


@int21(0x48, paragraphs="bx")
def allocate_memory(pc: Machine, regs: Registers) -> None:
    """INT 21h/48h: allocate BX paragraphs; AX=segment; or error 8 and BX=the largest block."""
    try:
        regs.ax = pc.arena.allocate(regs.bx, pc.processes.current.segment)
    except OutOfMemory as error:
        regs.bx = error.largest
        raise


@int21(0x49, segment="es")
def free_allocated_memory(pc: Machine, regs: Registers) -> None:
    """INT 21h/49h: free the block at ES."""
    pc.arena.free(regs.es)


@int21(0x4A, segment="es", paragraphs="bx")
def set_memory_block_size(pc: Machine, regs: Registers) -> None:
    """INT 21h/4Ah: make the block at ES BX paragraphs large; or error 8 and BX=the most."""
    try:
        pc.arena.resize(regs.es, regs.bx)
    except OutOfMemory as error:
        regs.bx = error.largest
        raise
    if regs.es == pc.processes.current.segment:
        pc.processes.current.end = regs.es + regs.bx


@int21(0x5800, missing="strategies other than first fit")
def get_allocation_strategy(pc: Machine, regs: Registers) -> None:
    """INT 21h/5800h: return the allocation strategy in AX, 0: first fit."""
    del pc
    regs.ax = 0


@int21(0x5801, strategy="bx", missing="strategies other than first fit")
def set_allocation_strategy(pc: Machine, regs: Registers) -> None:
    """INT 21h/5801h: set the allocation strategy to BX; 0 is the one there is."""
    del pc
    if regs.bx:
        raise DosError(ErrorCode.INVALID_FUNCTION)
