"""INT 21h/48h-4Ah and 58h: memory blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.arena import OutOfMemory, Strategy
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_UPPER_MEMORY_FIRST = 0xC0  # bits of a strategy: there is none, so they change nothing


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
        pc.arena.resize(regs.es, regs.bx, owner=pc.processes.current.segment)
    except OutOfMemory as error:
        regs.bx = error.largest
        raise
    regs.ax = regs.es


@int21(0x5800)
def get_allocation_strategy(pc: Machine, regs: Registers) -> None:
    """INT 21h/5800h: return in AX which block is taken, 0: first, 1: best, 2: last that fits."""
    regs.ax = pc.settings.strategy


@int21(0x5801, strategy="bx")
def set_allocation_strategy(pc: Machine, regs: Registers) -> None:
    """INT 21h/5801h: take the first (BX=0), best (1) or last (2) block that fits.

    With 40h or 80h added, upper memory is to be looked at alone or first.
    """
    wanted = regs.bx & ~_UPPER_MEMORY_FIRST
    if wanted not in Strategy._value2member_map_:
        raise DosError(ErrorCode.INVALID_FUNCTION)
    pc.settings.strategy = regs.bl
    pc.arena.strategy = Strategy(wanted)


@int21(0x5802)
def get_upper_memory_link(pc: Machine, regs: Registers) -> None:
    """INT 21h/5802h: AL=0, no upper memory is linked to the chain of memory blocks."""
    del pc
    regs.al = 0


@int21(0x5803, link="bx")
def set_upper_memory_link(pc: Machine, regs: Registers) -> None:
    """INT 21h/5803h: link upper memory to the chain: error 1, as without DOS=UMB."""
    del pc, regs
    raise DosError(ErrorCode.INVALID_FUNCTION)
