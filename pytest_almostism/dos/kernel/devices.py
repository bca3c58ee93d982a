"""INT 21h/44h, IOCTL of handles: what they stand for, and what a device can do besides."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel import sysvars
from pytest_almostism.dos.kernel.openfiles import OpenFile
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.screen import COLUMNS, ROWS
from pytest_almostism.dos.services import int21, service

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_DEVICE = 0x80
_READY = 0xFF
_RETRIES, _PAUSE = sysvars.LIST_OF_LISTS - 12, sysvars.LIST_OF_LISTS - 10

# generic IOCTL: category and minor code
_PRINTER, _CONSOLE = 0x05, 0x03
_SET_COUNT, _GET_COUNT = 0x45, 0x65
_SET_DISPLAY, _GET_DISPLAY = 0x5F, 0x7F
# level, reserved, size of the rest, flags, mode, reserved, colours, width, height, columns, rows
_DISPLAY = struct.Struct("<BBHHBBHHHHH")
_DISPLAY_SIZE = 14
_TEXT = 1


@int21(0x4400, handle="bx")
def get_device_data(pc: Machine, regs: Registers) -> None:
    """INT 21h/4400h: return the device information word of handle BX in DX; bit 7: a device."""
    regs.dx = regs.ax = pc.open_file(regs.bx).information


@int21(0x4401, handle="bx", data="dx")
def set_device_data(pc: Machine, regs: Registers) -> None:
    """INT 21h/4401h: set the low byte of the device information of BX to DL; bit 5: raw."""
    file = pc.open_file(regs.bx)
    if regs.dh:
        raise DosError(ErrorCode.INVALID_DATA)
    if not file.is_device:
        raise DosError(ErrorCode.INVALID_FUNCTION)
    file.information = file.information & 0xFF00 | regs.dl | _DEVICE


@int21(0x4402, handle="bx", length="cx")
@int21(0x4403, handle="bx", length="cx")
def device_control_data(pc: Machine, regs: Registers) -> None:
    """INT 21h/4402h, 4403h: read or write control data of device BX: none of them has any."""
    pc.open_file(regs.bx)
    raise DosError(ErrorCode.INVALID_FUNCTION)


@int21(0x4406, handle="bx")
def check_device_input_status(pc: Machine, regs: Registers) -> None:
    """INT 21h/4406h: AL=FFh if handle BX has input: a key waits, or the end is not reached."""
    regs.al = _READY if pc.open_file(regs.bx).ready() else 0


@int21(0x4407, handle="bx")
def check_device_output_status(pc: Machine, regs: Registers) -> None:
    """INT 21h/4407h: AL=FFh, handle BX is ready for output."""
    pc.open_file(regs.bx)
    regs.al = _READY


@int21(0x440A, handle="bx")
def is_file_or_device_remote(pc: Machine, regs: Registers) -> None:
    """INT 21h/440Ah: DX=how DOS has BX in its table; bit 15 is clear: not on a network."""
    regs.dx = regs.ax = pc.open_file(regs.bx).information & 0xFF


@int21(0x440B, pause="cx", retries="dx")
def set_sharing_retry_count(pc: Machine, regs: Registers) -> None:
    """INT 21h/440Bh: try DX times, CX loops apart, to get at what another program has locked."""
    if regs.dx == 0:
        raise DosError(ErrorCode.INVALID_FUNCTION)
    pc.memory.write_word(sysvars.DATA, _RETRIES, regs.dx)
    pc.memory.write_word(sysvars.DATA, _PAUSE, regs.cx)


@int21(0x440C, handle="bx", category="ch", minor="cl")
def generic_ioctl_for_character_devices(pc: Machine, regs: Registers) -> None:
    """INT 21h/440Ch: how often PRN tries (CX=0545h, 0565h); what ANSI.SYS shows (035Fh, 037Fh).

    Code pages are refused, as by a DOS that has loaded neither DISPLAY.SYS nor PRINTER.SYS.
    """
    file = pc.open_file(regs.bx)
    if not _has_generic(pc, file, regs.cx):
        raise DosError(ErrorCode.INVALID_FUNCTION)
    if regs.cl == _GET_COUNT:
        pc.memory.write_word(regs.ds, regs.dx, pc.devices.printer.tries)
    elif regs.cl == _SET_COUNT:
        pc.devices.printer.tries = pc.memory.word(regs.ds, regs.dx)
    elif regs.cl == _GET_DISPLAY:
        mode = 0, _TEXT, 0, 16, 8 * COLUMNS, 16 * ROWS, COLUMNS, ROWS
        pc.memory.write(regs.ds, regs.dx, _DISPLAY.pack(0, 0, _DISPLAY_SIZE, *mode))
    else:
        wanted = _DISPLAY.unpack(pc.memory.read(regs.ds, regs.dx, _DISPLAY.size))
        if (wanted[2], wanted[4], *wanted[9:]) != (_DISPLAY_SIZE, _TEXT, COLUMNS, ROWS):
            raise DosError(ErrorCode.INVALID_FUNCTION)


@int21(0x4410, handle="bx", category="ch", minor="cl")
def query_ioctl_handle(pc: Machine, regs: Registers) -> None:
    """INT 21h/4410h: CF=0 if 440Ch can do CX with handle BX."""
    if not _has_generic(pc, pc.open_file(regs.bx), regs.cx):
        raise DosError(ErrorCode.INVALID_FUNCTION)
    regs.ax = 0


def _has_generic(pc: Machine, file: OpenFile, what: int) -> bool:
    """Return whether an open file understands a category and minor code of generic IOCTL."""
    if not file.is_device:
        return False
    category, minor = divmod(what, 0x100)
    if file.name == "CON":
        return pc.con.ansi is not None and (category, minor) in {
            (_CONSOLE, _SET_DISPLAY),
            (_CONSOLE, _GET_DISPLAY),
        }
    is_printer = file.name[0] in "PL"
    return is_printer and category == _PRINTER and minor in {_SET_COUNT, _GET_COUNT}


@service(0x2F, 0x1A00)
def ansi_installed(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1A00h: AL=FFh if ANSI.SYS is loaded."""
    if pc.con.ansi is not None:
        regs.al = 0xFF
