"""INT 2Fh/12xxh: routines inside DOS, which resident programs call when INT 21h would not do.

Some take an argument on the stack, which the caller takes off again.
Source: Ralf Brown's Interrupt List, INT 2Fh/12h.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel import sysvars
from pytest_almostism.dos.kernel.extendederrors import last_error
from pytest_almostism.dos.kernel.truename import truename
from pytest_almostism.dos.names import UPPERCASE
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import service

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_FILES = sysvars.FIRST_FILES + sysvars.OTHER_FILES
_NO_DRIVE = 0xFF
_SLASH, _BACKSLASH, _COLON = b"/\\:"


@service(0x2F, 0x1200)
def dos_internal_services_installed(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1200h: AL=FFh, DOS has these functions."""
    del pc
    regs.al = 0xFF


@service(0x2F, 0x1202)
def get_interrupt_address(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1202h: return in ES:BX where the vector of the interrupt on the stack is kept."""
    regs.es, regs.bx = 0, 4 * (_argument(pc, regs) & 0xFF)


@service(0x2F, 0x1203)
def get_dos_data_segment(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1203h: return DOS's data segment in DS."""
    pc.mirror.reveal()
    regs.ds = sysvars.DATA


@service(0x2F, 0x1204)
def normalize_path_separator(pc: Machine, regs: Registers) -> None:
    r"""INT 2Fh/1204h: AL=the character on the stack, / made \; ZF=1 if it separates."""
    character = _argument(pc, regs) & 0xFF
    regs.al = _BACKSLASH if character == _SLASH else character
    regs.zero = regs.al == _BACKSLASH


@service(0x2F, 0x1211, name="ds:si asciiz")
def normalize_asciiz_filename(pc: Machine, regs: Registers) -> None:
    r"""INT 2Fh/1211h: copy the name DS:SI to ES:DI in capitals, with \ for /."""
    name = pc.memory.asciiz(regs.ds, regs.si)
    pc.memory.write(regs.es, regs.di, _normal(name) + b"\0")


@service(0x2F, 0x1212, text="es:di asciiz")
def get_length_of_asciiz_string(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1212h: CX=the length of the text ES:DI, its zero included."""
    regs.cx = len(pc.memory.asciiz(regs.es, regs.di)) + 1


@service(0x2F, 0x1213)
def uppercase_character(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1213h: AL=the character on the stack as a capital."""
    regs.al = UPPERCASE[_argument(pc, regs) & 0xFF]


@service(0x2F, 0x1214)
def compare_far_pointers(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1214h: ZF=1 and CF=0 if DS:SI and ES:DI are the same."""
    del pc
    regs.zero = (regs.ds, regs.si) == (regs.es, regs.di)
    regs.carry = not regs.zero


@service(0x2F, 0x1216, entry="bx")
def get_address_of_sft_entry(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1216h: return in ES:DI entry BX of the system file table, BX=which in its block."""
    if regs.bx >= _FILES:
        _refuse(regs, ErrorCode.INVALID_HANDLE)
        return
    pc.mirror.reveal()
    regs.es, regs.di = sysvars.file_entry(regs.bx)
    if regs.bx >= sysvars.FIRST_FILES:
        regs.bx -= sysvars.FIRST_FILES
    regs.carry = False


@service(0x2F, 0x1217)
def get_current_directory_structure(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1217h: return in DS:SI the structure of the drive on the stack, 0 for A:."""
    drive = _argument(pc, regs) & 0xFF
    regs.carry = drive >= sysvars.LAST_DRIVE
    if not regs.carry:
        pc.mirror.reveal()
        regs.ds, regs.si = sysvars.directory_structure(drive)


@service(0x2F, 0x121A, name="ds:si asciiz")
def get_file_drive(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/121Ah: AL=the drive in the name DS:SI, 0: none, FFh: not there; SI goes behind it."""
    letter, colon = pc.memory.read(regs.ds, regs.si, 2)
    regs.al = 0
    if colon == _COLON:
        regs.si += 2
        regs.al = UPPERCASE[letter] - 0x40
        if chr(UPPERCASE[letter]) not in pc.drives:
            regs.al = _NO_DRIVE


@service(0x2F, 0x121E, name="ds:si asciiz", other="es:di asciiz")
def compare_filenames(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/121Eh: ZF=1 if the names DS:SI and ES:DI are the same but for case and slashes."""
    first = pc.memory.asciiz(regs.ds, regs.si)
    regs.zero = _normal(first) == _normal(pc.memory.asciiz(regs.es, regs.di))


@service(0x2F, 0x1220, handle="bx")
def get_job_file_table_entry(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1220h: return in ES:DI the byte that holds the SFT entry of handle BX."""
    psp = pc.processes.current
    if regs.bx >= psp.handle_count:
        _refuse(regs, ErrorCode.INVALID_HANDLE)
        return
    segment, offset = psp.handles_at
    regs.es, regs.di = segment, offset + regs.bx
    regs.carry = False


@service(0x2F, 0x1221, path="ds:si asciiz")
def canonicalize_filename(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1221h: write the full path of DS:SI to ES:DI, as INT 21h/60h."""
    try:
        path = truename(pc, pc.text(regs.ds, regs.si))
    except DosError as error:
        _refuse(regs, error.code)
        return
    pc.memory.write(regs.es, regs.di, path.encode("cp437") + b"\0")
    regs.carry = False


@service(0x2F, 0x1225, text="ds:si asciiz")
def get_length_of_asciiz_string_at_ds_si(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/1225h: CX=the length of the text DS:SI, its zero included."""
    regs.cx = len(pc.memory.asciiz(regs.ds, regs.si)) + 1


@service(0x2F, 0x122C)
def get_device_chain(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/122Ch: return in BX:AX the header of the second device, the one behind NUL."""
    del pc
    regs.bx, regs.ax = sysvars.device_header("CON")


@service(0x2F, 0x122D)
def get_extended_error_code(pc: Machine, regs: Registers) -> None:
    """INT 2Fh/122Dh: AX=the last error, as INT 21h/59h tells."""
    regs.ax = last_error(pc).code


def _argument(pc: Machine, regs: Registers) -> int:
    return pc.memory.word(regs.ss, regs.sp)


def _normal(name: bytes) -> bytes:
    return name.translate(UPPERCASE).replace(b"/", b"\\")


def _refuse(regs: Registers, code: ErrorCode) -> None:
    regs.ax, regs.carry = code, True
