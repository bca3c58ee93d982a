"""INT 21h: directories and the current drive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.opening import locate, refuse_device
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_LAST_DRIVE = 26


@int21(0x0E, drive="dl")
def set_default_drive(pc: Machine, regs: Registers) -> None:
    """INT 21h/0Eh: make DL (0: A:) the current drive if there is one; AL=how many letters."""
    letter = chr(0x41 + regs.dl)
    if letter in pc.drives:
        pc.drives.current = letter
    regs.al = _LAST_DRIVE


@int21(0x19)
def get_default_drive(pc: Machine, regs: Registers) -> None:
    """INT 21h/19h: return the current drive in AL, 0 for A:."""
    regs.al = ord(pc.drives.current) - 0x41


@int21(0x39, path="ds:dx asciiz")
def create_directory(pc: Machine, regs: Registers) -> None:
    """INT 21h/39h: make the directory DS:DX."""
    drive, parts, _ = locate(pc, pc.text(regs.ds, regs.dx))
    drive.make_directory(parts)


@int21(0x3A, path="ds:dx asciiz")
def remove_directory(pc: Machine, regs: Registers) -> None:
    """INT 21h/3Ah: remove the directory DS:DX, which must be empty and not the current one."""
    path = pc.text(regs.ds, regs.dx)
    refuse_device(pc, path)
    drive, parts = pc.drives.resolve(path)
    if parts and drive.true_parts(parts) == pc.drives.cwd.get(drive.letter):
        raise DosError(ErrorCode.CURRENT_DIRECTORY)
    drive.remove_directory(parts)


@int21(0x3B, path="ds:dx asciiz")
def change_current_directory(pc: Machine, regs: Registers) -> None:
    """INT 21h/3Bh: make DS:DX the current directory of its drive."""
    pc.drives.change_directory(pc.text(regs.ds, regs.dx))


@int21(0x47, drive="dl")
def get_current_directory(pc: Machine, regs: Registers) -> None:
    """INT 21h/47h: write the current directory of drive DL (0: current) to DS:SI, without root."""
    path = pc.drives.current_directory(pc.drive(regs.dl).letter)
    pc.memory.write(regs.ds, regs.si, path.encode("cp437") + b"\0")
    regs.ax = 0x0100
