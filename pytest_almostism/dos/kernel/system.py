"""INT 21h: the version of DOS and its settings; functions that do nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine


@dataclass
class Settings:
    """What programs can set in DOS and ask back.

    Attributes:
        verify: the verify flag.
        check_break: whether Ctrl-C is looked for at every call.
        switch_character: what introduces an option.
        strategy: how memory is allocated, as INT 21h/5801h sets it.
        country: whose conventions are in force.
        code_page: which characters the bytes mean.
        machine_name: of 15 characters, for a network, and a zero.
        machine_number: its NetBIOS name number; 0: it has no name.
    """

    verify: bool = False
    check_break: bool = False
    switch_character: int = 0x2F
    strategy: int = 0
    country: int = 1
    code_page: int = 437
    machine_name: bytes = b" " * 15 + b"\0"
    machine_number: int = 0


@int21(0x30, type="al")
def get_version_number(pc: Machine, regs: Registers) -> None:
    """INT 21h/30h: AL, AH=version, major and minor; BH=who made it or, AL=1, where DOS is.

    The version is the one in the program's PSP, where some programs are told another.
    """
    where = 0x00 if regs.al == 1 else 0xFF  # FF: MS-DOS
    regs.ax = pc.processes.current.version
    regs.bx, regs.cx = where << 8, 0


@int21(0x3300)
def get_ctrl_c_check_flag(pc: Machine, regs: Registers) -> None:
    """INT 21h/3300h: return in DL whether Ctrl-C is looked for at every call."""
    regs.dl = int(pc.settings.check_break)


@int21(0x3301, value="dl")
def set_ctrl_c_check_flag(pc: Machine, regs: Registers) -> None:
    """INT 21h/3301h: look for Ctrl-C at every call (DL=1) or only at console calls (0)."""
    pc.settings.check_break = bool(regs.dl & 1)


@int21(0x3302, value="dl")
def exchange_ctrl_c_check_flag(pc: Machine, regs: Registers) -> None:
    """INT 21h/3302h: as 3301h; return in DL what was set before."""
    before = int(pc.settings.check_break)
    pc.settings.check_break = bool(regs.dl & 1)
    regs.dl = before


@int21(0x3305)
def get_startup_drive(pc: Machine, regs: Registers) -> None:
    """INT 21h/3305h: return in DL the drive DOS was booted from, 3 for C:."""
    del pc
    regs.dl = 3


@int21(0x3306)
def get_ms_dos_version(pc: Machine, regs: Registers) -> None:
    """INT 21h/3306h: BL, BH=the true version; DL=revision, DH=where DOS is (0: low memory)."""
    regs.bl, regs.bh = pc.version
    regs.dx = 0


@int21(0x3700)
def get_switch_character(pc: Machine, regs: Registers) -> None:
    """INT 21h/3700h: return in DL the character that introduces an option."""
    regs.al, regs.dl = 0, pc.settings.switch_character


@int21(0x3701, character="dl")
def set_switch_character(pc: Machine, regs: Registers) -> None:
    """INT 21h/3701h: let DL introduce options; programs that ask follow it."""
    pc.settings.switch_character = regs.dl
    regs.al = 0


@int21(0x3702)
def get_device_availability(pc: Machine, regs: Registers) -> None:
    r"""INT 21h/3702h: DL=FFh, devices are found in every directory, not only in `\DEV`."""
    del pc
    regs.al, regs.dl = 0, 0xFF


@int21(0x18)
@int21(0x1D)
@int21(0x1E)
@int21(0x20)
@int21(0x61)
@int21(0x6B)
def null_function(pc: Machine, regs: Registers) -> None:
    """INT 21h/18h, 1Dh, 1Eh, 20h, 61h, 6Bh: AL=0; CP/M had more, or DOS was to have."""
    del pc
    regs.al = 0


@int21(0x64, flag="al")
def set_device_driver_lookahead_flag(pc: Machine, regs: Registers) -> None:
    """INT 21h/64h: how drivers look for waiting input; here there is only one way."""
    del pc, regs
