"""INT 21h/01h-0Ch: characters and lines from standard input, to standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from pytest_almostism.dos.errorcode import ControlC
from pytest_almostism.dos.kernel.openfiles import END_OF_FILE
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_STDIN, _STDOUT, _AUX, _PRN = 0, 1, 3, 4
_CTRL_C, _BACKSPACE, _LINE_FEED, _RETURN, _ESCAPE = 0x03, 0x08, 0x0A, 0x0D, 0x1B


def _control_c(pc: Machine) -> NoReturn:
    """Print ^C and let INT 23h decide."""
    pc.open_file(_STDOUT).write(b"^C\r\n")
    raise ControlC


@int21(0x01)
def character_input_with_echo(pc: Machine, regs: Registers) -> None:
    """INT 21h/01h: wait for a character, return it in AL and echo it; Ctrl-C acts."""
    character = pc.open_file(_STDIN).character()
    if character == _CTRL_C:
        _control_c(pc)
    regs.al = character
    pc.open_file(_STDOUT).write(bytes((character,)))


@int21(0x02, character="dl")
def character_output(pc: Machine, regs: Registers) -> None:
    """INT 21h/02h: write DL to standard output; AL returns it (a tab: 20h)."""
    pc.open_file(_STDOUT).write(bytes((regs.dl,)))
    regs.al = 0x20 if regs.dl == 0x09 else regs.dl


@int21(0x03)
def auxiliary_input(pc: Machine, regs: Registers) -> None:
    """INT 21h/03h: return a character from AUX in AL."""
    regs.al = pc.open_file(_AUX).character()


@int21(0x04, character="dl")
def auxiliary_output(pc: Machine, regs: Registers) -> None:
    """INT 21h/04h: write DL to AUX."""
    pc.open_file(_AUX).write(bytes((regs.dl,)))


@int21(0x05, character="dl")
def printer_output(pc: Machine, regs: Registers) -> None:
    """INT 21h/05h: write DL to PRN."""
    pc.open_file(_PRN).write(bytes((regs.dl,)))


@int21(0x06, character="dl")
def direct_console_io(pc: Machine, regs: Registers) -> None:
    """INT 21h/06h: write DL; DL=FFh: read without waiting, ZF=1 and AL=0 if there is nothing."""
    if regs.dl != 0xFF:
        pc.open_file(_STDOUT).write(bytes((regs.dl,)))
        regs.al = regs.dl
        return
    standard_input = pc.open_file(_STDIN)
    regs.zero = not standard_input.ready()
    regs.al = 0 if regs.zero else standard_input.character()


@int21(0x07)
def direct_character_input(pc: Machine, regs: Registers) -> None:
    """INT 21h/07h: wait for a character, return it in AL; no echo, Ctrl-C is a character."""
    regs.al = pc.open_file(_STDIN).character()


@int21(0x08)
def character_input(pc: Machine, regs: Registers) -> None:
    """INT 21h/08h: wait for a character, return it in AL; no echo, Ctrl-C acts."""
    character = pc.open_file(_STDIN).character()
    if character == _CTRL_C:
        _control_c(pc)
    regs.al = character


@int21(0x09, text="ds:dx $")
def display_string(pc: Machine, regs: Registers) -> None:
    """INT 21h/09h: write the text at DS:DX up to a dollar sign; AL returns the dollar."""
    pc.open_file(_STDOUT).write(pc.memory.until(0x24, regs.ds, regs.dx))
    regs.al = 0x24


@int21(0x0A, missing="the editing keys F1 to F6 and Ins")
def buffered_input(pc: Machine, regs: Registers) -> None:
    """INT 21h/0Ah: read and edit a line into the buffer at DS:DX: size, length, line, CR."""
    segment, offset = regs.ds, regs.dx
    room = pc.memory.byte(segment, offset)
    if room == 0:
        return
    line = _edit_line(pc, room - 1)
    pc.memory.write(segment, offset + 1, bytes((len(line),)) + line + b"\r")


def _edit_line(pc: Machine, room: int) -> bytes:
    source, echo = pc.open_file(_STDIN), pc.open_file(_STDOUT)
    line = bytearray()
    while True:
        character = source.character()
        if character == _CTRL_C:
            _control_c(pc)
        if character == _RETURN or (character == END_OF_FILE and not source.ready()):
            echo.write(b"\r\n" if character == _RETURN else b"")
            return bytes(line)
        if character == _LINE_FEED and not line:
            continue  # the second half of a line end in redirected input
        if character == _BACKSPACE:
            if line:
                line.pop()
                echo.write(b"\b \b")
        elif character == _ESCAPE:
            line.clear()
            echo.write(b"\\\r\n")
        elif character == 0:
            source.character()  # a key without a character: its scan code follows
        elif len(line) < room:
            line.append(character)
            echo.write(bytes((character,)))
        else:
            echo.write(b"\a")


@int21(0x0B)
def check_standard_input_status(pc: Machine, regs: Registers) -> None:
    """INT 21h/0Bh: AL=FFh if a character waits, else 00h."""
    regs.al = 0xFF if pc.open_file(_STDIN).ready() else 0


@int21(0x0C, function="al")
def flush_buffer_and_read(pc: Machine, regs: Registers) -> None:
    """INT 21h/0Ch: forget what was typed ahead, then do function AL (01h 06h 07h 08h 0Ah).

    Keys of a test are typed when they are waited for: none of them is ahead of its time.
    """
    function = _INPUT.get(regs.al)
    if function is None:
        regs.al = 0
    else:
        function(pc, regs)


_INPUT = {
    0x01: character_input_with_echo,
    0x06: direct_console_io,
    0x07: direct_character_input,
    0x08: character_input,
    0x0A: buffered_input,
}
