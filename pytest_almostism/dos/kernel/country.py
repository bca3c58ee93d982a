"""INT 21h/38h, 63h, 65h and 66h: what is written differently from country to country.

The machine has all of COUNTRY.SYS and NLSFUNC loaded. The tables of capitals and of the order of
letters are in DOS's data segment, where programs get pointers to them.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel import codepages, sysvars
from pytest_almostism.dos.kernel.countries import COUNTRIES, Country
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_SET, _IN_BX, _ACTIVE = 0xFFFF, 0xFF, 0xFFFF
_CASE_MAP = sysvars.far((sysvars.DATA, sysvars.CASE_MAP))
_POINTER_SIZE = 5  # of an answer of 6502h to 6507h: a byte and a far pointer
_LONGEST_TEXT = 0x10000
_ASCII = bytes(range(0x80))


@int21(0x38, country="al")
def get_set_country_information(pc: Machine, regs: Registers) -> None:
    """INT 21h/38h: fill DS:DX with 34 bytes on country AL (0: current, FFh: BX); BX=its number.

    With DX=FFFFh the country becomes the current one.
    """
    number = regs.bx if regs.al == _IN_BX else regs.al
    country = _country(number or pc.settings.country)
    if regs.dx == _SET:
        pc.settings.country = country.number
    else:
        pc.memory.write(regs.ds, regs.dx, country.information(_CASE_MAP))
        regs.bx = country.number
    regs.ax = country.number


def _country(number: int) -> Country:
    try:
        return COUNTRIES[number]
    except KeyError:
        raise DosError(ErrorCode.FILE_NOT_FOUND) from None  # so says NLSFUNC of COUNTRY.SYS


@int21(0x6300)
def get_lead_byte_table(pc: Machine, regs: Registers) -> None:
    """INT 21h/6300h: return in DS:SI the ranges of bytes that begin a character of two: none."""
    del pc
    regs.ds, regs.si = sysvars.DATA, sysvars.DOUBLE_BYTES + 2
    regs.al = 0


# -- tables ---------------------------------------------------------------------------------


@int21(0x6501, country="dx", code_page="bx", size="cx")
def get_extended_country_information(pc: Machine, regs: Registers) -> None:
    """INT 21h/6501h: fill ES:DI with up to CX bytes on country DX (FFFFh: current); CX=how many.

    They are 01h, the size of what follows, the country, the code page, and what 38h tells.
    """
    country, code_page = _which(pc, regs)
    information = country.information(_CASE_MAP)
    data = struct.pack("<HH", country.number, code_page) + information
    data = data[: regs.cx - 3]
    pc.memory.write(regs.es, regs.di, b"\x01" + struct.pack("<H", len(data)) + data)
    regs.cx, regs.ax = 3 + len(data), codepages.SYSTEM


@int21(0x6502, country="dx", code_page="bx", size="cx")
def get_uppercase_table(pc: Machine, regs: Registers) -> None:
    """INT 21h/6502h: point ES:DI to the capitals of 80h to FFh."""
    _point_to(pc, regs, sysvars.UPPER_CASE)


@int21(0x6504, country="dx", code_page="bx", size="cx")
def get_filename_uppercase_table(pc: Machine, regs: Registers) -> None:
    """INT 21h/6504h: point ES:DI to the capitals of 80h to FFh in names of files."""
    _point_to(pc, regs, sysvars.FILE_UPPER_CASE)


@int21(0x6505, country="dx", code_page="bx", size="cx")
def get_filename_character_table(pc: Machine, regs: Registers) -> None:
    """INT 21h/6505h: point ES:DI to what may stand in names of files."""
    _point_to(pc, regs, sysvars.FILE_CHARACTERS)


@int21(0x6506, country="dx", code_page="bx", size="cx")
def get_collate_sequence_table(pc: Machine, regs: Registers) -> None:
    """INT 21h/6506h: point ES:DI to the rank of each of the 256 characters in sorting."""
    _point_to(pc, regs, sysvars.COLLATING)


@int21(0x6507, country="dx", code_page="bx", size="cx")
def get_double_byte_character_set(pc: Machine, regs: Registers) -> None:
    """INT 21h/6507h: point ES:DI to the lead byte table, which is empty."""
    _point_to(pc, regs, sysvars.DOUBLE_BYTES)


def _which(pc: Machine, regs: Registers) -> tuple[Country, int]:
    """Return country DX and code page BX; FFFFh: the current ones."""
    if regs.cx < _POINTER_SIZE:
        raise DosError(ErrorCode.INVALID_FUNCTION)
    country = pc.settings.country if regs.dx == _ACTIVE else regs.dx
    code_page = pc.settings.code_page if regs.bx == _ACTIVE else regs.bx
    if code_page not in codepages.CODE_PAGES:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    return _country(country), code_page


def _point_to(pc: Machine, regs: Registers, table: int) -> None:
    """Write the number of a table, AL, and a far pointer to it."""
    _which(pc, regs)
    pc.memory.write(regs.es, regs.di, struct.pack("<BHH", regs.al, table, sysvars.DATA))
    regs.cx, regs.ax = _POINTER_SIZE, codepages.SYSTEM


# -- capitals -------------------------------------------------------------------------------


@int21(0x6520, character="dl")
@int21(0x65A0, character="dl")
def convert_character(pc: Machine, regs: Registers) -> None:
    """INT 21h/6520h, 65A0h: make DL a capital; with bit 7 of AL as in names of files."""
    (regs.dl,) = _capitals(pc, bytes((regs.dl,)))


@int21(0x6521, text="ds:dx cx")
@int21(0x65A1, text="ds:dx cx")
def convert_string(pc: Machine, regs: Registers) -> None:
    """INT 21h/6521h, 65A1h: make the CX bytes at DS:DX capitals."""
    text = pc.memory.read(regs.ds, regs.dx, regs.cx)
    pc.memory.write(regs.ds, regs.dx, _capitals(pc, text))


@int21(0x6522, text="ds:dx asciiz")
@int21(0x65A2, text="ds:dx asciiz")
def convert_asciiz_string(pc: Machine, regs: Registers) -> None:
    """INT 21h/6522h, 65A2h: make the text at DS:DX capitals, up to its zero byte."""
    text = pc.memory.asciiz(regs.ds, regs.dx, limit=_LONGEST_TEXT)
    pc.memory.write(regs.ds, regs.dx, _capitals(pc, text))


@int21(0x6523, character="dl")
def determine_yes_or_no(pc: Machine, regs: Registers) -> None:
    """INT 21h/6523h: AX=1 if DL says yes, 0 for no, 2 for neither."""
    regs.ax = {b"Y": 1, b"N": 0}.get(_capitals(pc, bytes((regs.dl,))), 2)


def _capitals(pc: Machine, text: bytes) -> bytes:
    """Return `text` in the capitals of the table that programs may look at, and change."""
    upper = pc.memory.read(sysvars.DATA, sysvars.UPPER_CASE + 2, 0x80)
    return text.upper().translate(_ASCII + upper)


# -- code pages -----------------------------------------------------------------------------


@int21(0x6601)
def get_global_code_page(pc: Machine, regs: Registers) -> None:
    """INT 21h/6601h: return the active code page in BX, that of the boot in DX."""
    regs.bx, regs.dx = pc.settings.code_page, codepages.SYSTEM


@int21(0x6602, code_page="bx")
def set_global_code_page(pc: Machine, regs: Registers) -> None:
    """INT 21h/6602h: make code page BX the active one, 437 or 850."""
    if regs.bx not in codepages.CODE_PAGES:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    pc.settings.code_page = regs.bx
    for at, table in sysvars.case_tables(regs.bx):
        pc.memory.write(sysvars.DATA, at, table)
