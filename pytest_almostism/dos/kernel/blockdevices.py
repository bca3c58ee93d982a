"""INT 21h/44h, IOCTL of drives: removable, remote, their parameters, their media's serial numbers.

Layouts: Ralf Brown's Interrupt List, INT 21h/440Dh.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.geometry import Geometry
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.machine import Machine

_LOCAL = 0x08C2  # the attributes of the driver; bit 12 would say that the drive is remote
_DISK = 0x08  # category of generic IOCTL
_SET_PARAMETERS, _GET_PARAMETERS = 0x40, 0x60
_SET_MEDIA_ID, _GET_MEDIA_ID = 0x46, 0x66
_SET_ACCESS, _GET_ACCESS = 0x47, 0x67
_SENSE_MEDIA = 0x68
_SUPPORTED = frozenset(
    (
        *(_SET_PARAMETERS, _GET_PARAMETERS),
        *(_SET_MEDIA_ID, _GET_MEDIA_ID),
        *(_SET_ACCESS, _GET_ACCESS),
        _SENSE_MEDIA,
    )
)
_PARAMETERS = struct.Struct("<BBHHB25s6x")  # special, type, attributes, cylinders, medium, BPB
_MEDIA_ID = struct.Struct("<HI11s8s")  # level, serial number, label, file system
_FIXED = 5
_TYPES = {(9, 2): 2, (15, 2): 1, (18, 2): 7, (36, 2): 9}  # by sectors a track and heads
_NO_NAME = b"NO NAME    "
_FAT12_MOST = 4084


@int21(0x4404, drive="bl", length="cx")
@int21(0x4405, drive="bl", length="cx")
def drive_control_data(pc: Machine, regs: Registers) -> None:
    """INT 21h/4404h, 4405h: read or write control data of drive BL: none of them has any."""
    pc.drive(regs.bl)
    raise DosError(ErrorCode.INVALID_FUNCTION)


@int21(0x4408, drive="bl")
def does_device_use_removable_media(pc: Machine, regs: Registers) -> None:
    """INT 21h/4408h: AX=0 if drive BL (0: current, 1: A:) is removable, 1 if fixed."""
    regs.ax = 0 if _is_removable(pc.drive(regs.bl)) else 1


@int21(0x4409, drive="bl")
def is_drive_remote(pc: Machine, regs: Registers) -> None:
    """INT 21h/4409h: DX=attributes of the driver of drive BL; bit 12 is clear: it is here."""
    pc.drive(regs.bl)
    regs.dx = _LOCAL


@int21(0x440D, drive="bl", category="ch", minor="cl")
def generic_ioctl_for_block_devices(pc: Machine, regs: Registers) -> None:
    """INT 21h/440Dh: CL=40h, 60h parameters of drive BL, 46h, 66h its serial number and label.

    47h, 67h tell whether it may be accessed, 68h what medium is in it; DS:DX is the data.
    41h, 42h, 61h and 62h are refused: a drive that is a directory has no tracks.
    """
    drive = pc.drive(regs.bl)
    if not _can(drive, regs.cx):
        raise DosError(ErrorCode.INVALID_FUNCTION)
    minor, at = regs.cl, (regs.ds, regs.dx)
    if minor == _GET_PARAMETERS:
        pc.memory.write(*at, _parameters(drive))
    elif minor == _GET_MEDIA_ID:
        get_disk_serial_number(pc, regs)
    elif minor == _SET_MEDIA_ID:
        set_disk_serial_number(pc, regs)
    elif minor == _GET_ACCESS:
        pc.memory.write_byte(regs.ds, regs.dx + 1, 1)
    elif minor == _SENSE_MEDIA:
        pc.memory.write(*at, bytes((1, _type(drive, _geometry(drive)))))


@int21(0x440E, drive="bl")
@int21(0x440F, drive="bl")
def logical_drive_map(pc: Machine, regs: Registers) -> None:
    """INT 21h/440Eh, 440Fh: AL=0, drive BL is called by no other letter; 440Fh changes nothing."""
    pc.drive(regs.bl)
    regs.al = 0


@int21(0x4411, drive="bl", category="ch", minor="cl")
def query_ioctl_device(pc: Machine, regs: Registers) -> None:
    """INT 21h/4411h: CF=0 if 440Dh can do CX with drive BL."""
    if not _can(pc.drive(regs.bl), regs.cx):
        raise DosError(ErrorCode.INVALID_FUNCTION)
    regs.ax = 0


@int21(0x6900, drive="bl")
def get_disk_serial_number(pc: Machine, regs: Registers) -> None:
    """INT 21h/6900h: write serial number, label and file system of drive BL to DS:DX."""
    drive = pc.drive(regs.bl)
    label = drive.label.encode("cp437", "replace").ljust(11) if drive.label else _NO_NAME
    kind = b"FAT12   " if _geometry(drive).clusters <= _FAT12_MOST else b"FAT16   "
    pc.memory.write(regs.ds, regs.dx, _MEDIA_ID.pack(0, drive.serial, label, kind))


@int21(0x6901, drive="bl")
def set_disk_serial_number(pc: Machine, regs: Registers) -> None:
    """INT 21h/6901h: set serial number and label of drive BL from DS:DX."""
    drive = pc.drive(regs.bl)
    _, serial, label, _ = _MEDIA_ID.unpack(pc.memory.read(regs.ds, regs.dx, _MEDIA_ID.size))
    drive.serial = serial
    drive.label = "" if label == _NO_NAME else label.decode("cp437").rstrip()


def _can(drive: Drive, what: int) -> bool:
    """Return whether a drive understands a category and minor code of generic IOCTL."""
    category, minor = divmod(what, 0x100)
    if minor == _SENSE_MEDIA and not _is_removable(drive):
        return False
    return category == _DISK and minor in _SUPPORTED


def _is_removable(drive: Drive) -> bool:
    return drive.letter in "AB"


def _geometry(drive: Drive) -> Geometry:
    return Geometry.of(drive.capacity, removable=_is_removable(drive))


def _type(drive: Drive, geometry: Geometry) -> int:
    """Return the type of a drive: 0 360 KB, 1 1.2 MB, 2 720 KB, 5 fixed, 7 1.44 MB, 9 2.88 MB."""
    if not _is_removable(drive):
        return _FIXED
    if (geometry.track, geometry.heads) == (9, 2) and geometry.media == 0xFD:
        return 0
    return _TYPES.get((geometry.track, geometry.heads), 7)


def _parameters(drive: Drive) -> bytes:
    geometry = _geometry(drive)
    cylinder = geometry.track * geometry.heads
    return _PARAMETERS.pack(
        0,
        _type(drive, geometry),
        0 if _is_removable(drive) else 1,
        min(-(-geometry.sectors // cylinder), 0xFFFF),
        0,
        geometry.bpb(),
    )
