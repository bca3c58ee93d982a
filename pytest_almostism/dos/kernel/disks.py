"""INT 21h: what drives hold, and the disk transfer area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_SECTOR = 512
_SECTORS_A_CLUSTER = 16  # FAT16 clusters of 8 KiB: no drive has more than 65,524 of them
_MOST_CLUSTERS = 0xFFF4


@int21(0x0D)
def reset_drive(pc: Machine, regs: Registers) -> None:
    """INT 21h/0Dh: write all buffers to the disks."""
    del regs
    pc.files.commit()


@int21(0x1A)
def set_disk_transfer_address(pc: Machine, regs: Registers) -> None:
    """INT 21h/1Ah: let DS:DX be the disk transfer area."""
    pc.dta = regs.ds, regs.dx


@int21(0x2F)
def get_disk_transfer_address(pc: Machine, regs: Registers) -> None:
    """INT 21h/2Fh: return the disk transfer area in ES:BX."""
    regs.es, regs.bx = pc.dta


@int21(0x2E, value="al")
def set_verify_flag(pc: Machine, regs: Registers) -> None:
    """INT 21h/2Eh: verify writes (AL=1) or not (0); here no write goes wrong unseen."""
    pc.settings.verify = bool(regs.al & 1)


@int21(0x54)
def get_verify_flag(pc: Machine, regs: Registers) -> None:
    """INT 21h/54h: return the verify flag in AL."""
    regs.al = int(pc.settings.verify)


@int21(0x36, drive="dl")
def get_disk_free_space(pc: Machine, regs: Registers) -> None:
    """INT 21h/36h: AX=sectors a cluster, BX=free clusters, CX=bytes a sector, DX=clusters.

    DL is the drive, 0: current; AX=FFFFh if there is no such drive.
    """
    try:
        drive = pc.drive(regs.dl)
    except DosError:
        regs.ax = 0xFFFF
        return
    cluster = _SECTOR * _SECTORS_A_CLUSTER
    regs.ax, regs.cx = _SECTORS_A_CLUSTER, _SECTOR
    regs.bx = min(drive.free // cluster, _MOST_CLUSTERS)
    regs.dx = min(drive.capacity // cluster, _MOST_CLUSTERS)
