"""INT 25h and 26h: reading and writing a disk by its sectors.

Both leave the flags that the INT pushed on the caller's stack, who takes them off: they return by
RETF, not IRET. A drive that is a directory has no sectors, and is refused as DOS refuses a unit
that it does not know: CF=1, AX=0201h.
Source: Ralf Brown's Interrupt List, INT 25h and INT 26h.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import service

if TYPE_CHECKING:
    from pytest_almostism.dos.geometry import Sectors
    from pytest_almostism.dos.machine import Machine

_UNKNOWN_UNIT, _WRONG_FORM, _NOT_FOUND, _WRITE_PROTECTED = 0x0201, 0x0207, 0x0408, 0x0300
_BY_BLOCK = 0xFFFF
_BLOCK = struct.Struct("<IHHH")  # first sector, how many, offset and segment of the buffer


@service(0x25, drive="al", sector="dx", count="cx")
def absolute_disk_read(pc: Machine, regs: Registers) -> None:
    """INT 25h: read CX sectors of drive AL, 0: A:, from DX on to DS:BX; CF=1, AX=error.

    CX=FFFFh: DS:BX points to a block that says first sector, how many, and where to.
    """
    _transfer(pc, regs, writing=False)


@service(0x26, drive="al", sector="dx", count="cx")
def absolute_disk_write(pc: Machine, regs: Registers) -> None:
    """INT 26h: write CX sectors of drive AL, 0: A:, from DX on; the rest is as with INT 25h."""
    _transfer(pc, regs, writing=True)


def _transfer(pc: Machine, regs: Registers, *, writing: bool) -> None:
    regs.sp -= 2
    pc.memory.write_word(regs.ss, regs.sp, regs.flags)
    drive = pc.drives.get(chr(0x41 + regs.al))
    if drive is None or drive.sectors is None:
        regs.ax = _UNKNOWN_UNIT
    else:
        regs.ax = _move(pc, regs, drive.sectors, writing=writing)
    regs.carry = bool(regs.ax)


def _move(pc: Machine, regs: Registers, disk: Sectors, *, writing: bool) -> int:
    """Do as the registers say; return the error for AX, 0 for none."""
    first, count, offset, segment = regs.dx, regs.cx, regs.bx, regs.ds
    if count == _BY_BLOCK:
        block = pc.memory.read(segment, offset, _BLOCK.size)
        first, count, offset, segment = _BLOCK.unpack(block)
    elif disk.count > 0xFFFF:
        return _WRONG_FORM
    if writing and disk.read_only:
        return _WRITE_PROTECTED
    if first + count > disk.count:
        return _NOT_FOUND
    for sector in range(first, first + count):
        if writing:
            disk.write(sector, pc.memory.read(segment, offset, disk.size))
        else:
            pc.memory.write(segment, offset, disk.read(sector))
        offset += disk.size
    return 0
