"""INT 21h: what drives are and hold, and the disk transfer area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.geometry import Geometry, free_clusters, geometry_of
from pytest_almostism.dos.kernel import sysvars
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_FAILED = 0xFF
_BPB_SIZE = 25


@int21(0x0D)
def reset_drive(pc: Machine, regs: Registers) -> None:
    """INT 21h/0Dh: write all buffers to the disks."""
    del regs
    for drive in pc.drives.values():
        drive.commit()


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


# -- geometry -------------------------------------------------------------------------------


@int21(0x1B)
def get_default_drive_data(pc: Machine, regs: Registers) -> None:
    """INT 21h/1Bh: AL=sectors a cluster, CX=bytes a sector, DX=clusters of the current drive.

    DS:BX points to its media descriptor.
    """
    _get_drive_data(pc, regs, 0)


@int21(0x1C, drive="dl")
def get_drive_data(pc: Machine, regs: Registers) -> None:
    """INT 21h/1Ch: as 1Bh, of drive DL, 0: current; AL=FFh if there is no such drive."""
    _get_drive_data(pc, regs, regs.dl)


def _get_drive_data(pc: Machine, regs: Registers, number: int) -> None:
    regs.al = _FAILED
    geometry = geometry_of(pc.drive(number))
    pc.memory.write_byte(sysvars.DATA, sysvars.MEDIA, geometry.media)
    regs.ds, regs.bx = sysvars.DATA, sysvars.MEDIA
    regs.al, regs.cx, regs.dx = geometry.sectors_per_cluster, geometry.sector, geometry.clusters


@int21(0x1F)
def get_default_dpb(pc: Machine, regs: Registers) -> None:
    """INT 21h/1Fh: let DS:BX point to the drive parameter block of the current drive; AL=0."""
    _get_dpb(pc, regs, 0)


@int21(0x32, drive="dl")
def get_dpb(pc: Machine, regs: Registers) -> None:
    """INT 21h/32h: let DS:BX point to the drive parameter block of drive DL, 0: current; AL=0.

    AL=FFh if there is no such drive.
    """
    _get_dpb(pc, regs, regs.dl)


def _get_dpb(pc: Machine, regs: Registers, number: int) -> None:
    regs.al = _FAILED
    drive = pc.drive(number)
    pc.mirror.reveal()
    regs.ds, regs.bx = sysvars.drive_parameters(ord(drive.letter) - 0x41)
    regs.al = 0


@int21(0x36, drive="dl")
def get_disk_free_space(pc: Machine, regs: Registers) -> None:
    """INT 21h/36h: AX=sectors a cluster, BX=free clusters, CX=bytes a sector, DX=clusters.

    DL is the drive, 0: current; AX=FFFFh if there is no such drive.
    """
    regs.ax = 0xFFFF
    drive = pc.drive(regs.dl)
    geometry = geometry_of(drive)
    regs.ax, regs.bx = geometry.sectors_per_cluster, free_clusters(drive)
    regs.cx, regs.dx = geometry.sector, geometry.clusters


@int21(0x53)
def translate_bpb_to_dpb(pc: Machine, regs: Registers) -> None:
    """INT 21h/53h: fill the drive parameter block ES:BP by the BIOS parameter block DS:SI.

    Drive, unit, driver and the next block's address stay.
    """
    bpb = pc.memory.read(regs.ds, regs.si, _BPB_SIZE)
    dpb = Geometry.from_bpb(bpb).dpb(0)
    for start, stop in ((0x02, 0x13), (0x17, 0x18), (0x1D, len(dpb))):
        pc.memory.write(regs.es, regs.bp + start, dpb[start:stop])
