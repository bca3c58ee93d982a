"""INT 10h: the text screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.screen import COLUMNS
from pytest_almostism.dos.services import service

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine


@service(0x10, 0x00, missing="graphics modes", mode="al")
def set_video_mode(pc: Machine, regs: Registers) -> None:
    """INT 10h/00h: set the mode in AL and clear the screen, unless bit 7 is set."""
    pc.screen.set_mode(regs.al)


@service(0x10, 0x01, shape="cx")
def set_cursor_type(pc: Machine, regs: Registers) -> None:
    """INT 10h/01h: set the first and last scan line of the cursor, CH and CL."""
    pc.memory.write_word(0x40, 0x60, regs.cx)


@service(0x10, 0x02, missing="pages 1 to 7", row="dh", column="dl")
def set_cursor_position(pc: Machine, regs: Registers) -> None:
    """INT 10h/02h: put the cursor at row DH, column DL."""
    pc.screen.cursor = min(regs.dh, 24), min(regs.dl, COLUMNS - 1)


@service(0x10, 0x03, missing="pages 1 to 7")
def get_cursor_position(pc: Machine, regs: Registers) -> None:
    """INT 10h/03h: return the cursor's row and column in DH and DL, its shape in CX."""
    regs.dh, regs.dl = pc.screen.cursor
    regs.cx = pc.memory.word(0x40, 0x60)


@service(0x10, 0x05, page="al", missing="pages 1 to 7")
def select_active_page(pc: Machine, regs: Registers) -> None:
    """INT 10h/05h: show page AL; there is page 0."""
    del pc, regs


@service(0x10, 0x06, lines="al")
def scroll_up(pc: Machine, regs: Registers) -> None:
    """INT 10h/06h: scroll the window CH,CL..DH,DL up by AL lines, attribute BH."""
    pc.screen.scroll(regs.al, (regs.ch, regs.cl, regs.dh, regs.dl), regs.bh)


@service(0x10, 0x07, lines="al")
def scroll_down(pc: Machine, regs: Registers) -> None:
    """INT 10h/07h: scroll the window CH,CL..DH,DL down by AL lines, attribute BH."""
    pc.screen.scroll(regs.al, (regs.ch, regs.cl, regs.dh, regs.dl), regs.bh, down=True)


@service(0x10, 0x08, missing="pages 1 to 7")
def read_character_and_attribute(pc: Machine, regs: Registers) -> None:
    """INT 10h/08h: return the cell at the cursor, character in AL, attribute in AH."""
    regs.al, regs.ah = pc.screen.cell(*pc.screen.cursor)


@service(0x10, 0x09, missing="pages 1 to 7", character="al", attribute="bl", count="cx")
def write_character_and_attribute(pc: Machine, regs: Registers) -> None:
    """INT 10h/09h: write AL with attribute BL to CX cells from the cursor, which stays."""
    row, column = pc.screen.cursor
    for n in range(min(regs.cx, 25 * COLUMNS)):
        pc.screen.put(row, column + n, regs.al, regs.bl)


@service(0x10, 0x0A, missing="pages 1 to 7", character="al", count="cx")
def write_character(pc: Machine, regs: Registers) -> None:
    """INT 10h/0Ah: write AL to CX cells from the cursor, which stays; attributes stay, too."""
    row, column = pc.screen.cursor
    for n in range(min(regs.cx, 25 * COLUMNS)):
        pc.screen.put(row, column + n, regs.al)


@service(0x10, 0x0E, missing="pages 1 to 7", character="al")
def teletype_output(pc: Machine, regs: Registers) -> None:
    """INT 10h/0Eh: print AL at the cursor; CR, LF, BS and BEL act."""
    pc.screen.write(bytes((regs.al,)))


@service(0x10, 0x0F)
def get_video_mode(pc: Machine, regs: Registers) -> None:
    """INT 10h/0Fh: return the mode in AL, the columns in AH, the page in BH."""
    regs.al, regs.ah, regs.bh = pc.screen.mode, COLUMNS, 0
