"""INT 21h/44h: IOCTL, what kind of thing a handle stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_DEVICE = 0x80


@int21(0x4400, handle="bx")
def get_device_data(pc: Machine, regs: Registers) -> None:
    """INT 21h/4400h: return the device information word of handle BX in DX; bit 7: a device."""
    regs.dx = regs.ax = pc.open_file(regs.bx).information


@int21(0x4401, handle="bx", data="dx", missing="raw mode: the bits are not kept")
def set_device_data(pc: Machine, regs: Registers) -> None:
    """INT 21h/4401h: set the device information of handle BX from DL; DH must be 0."""
    if regs.dh or not pc.open_file(regs.bx).information & _DEVICE:
        raise DosError(ErrorCode.INVALID_FUNCTION)


@int21(0x4406, handle="bx")
def check_device_input_status(pc: Machine, regs: Registers) -> None:
    """INT 21h/4406h: AL=FFh if handle BX has input: a key waits, or the end is not reached."""
    regs.al = 0xFF if pc.open_file(regs.bx).ready() else 0


@int21(0x4407, handle="bx")
def check_device_output_status(pc: Machine, regs: Registers) -> None:
    """INT 21h/4407h: AL=FFh, handle BX is ready for output."""
    pc.open_file(regs.bx)
    regs.al = 0xFF


@int21(0x4408, drive="bl")
def does_device_use_removable_media(pc: Machine, regs: Registers) -> None:
    """INT 21h/4408h: AX=0 if drive BL (0: current, 1: A:) is removable, 1 if fixed."""
    regs.ax = 0 if pc.drive(regs.bl).letter in "AB" else 1
