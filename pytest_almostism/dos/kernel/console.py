"""INT 21h/01h-0Ch: characters and lines from standard input, to standard output; INT 28h, 29h."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import CallHandler, ControlC
from pytest_almostism.dos.kernel.editing import LineEditor
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21, service

if TYPE_CHECKING:
    from pytest_almostism.dos.kernel.openfiles import OpenFile
    from pytest_almostism.dos.machine import Machine

_STDIN, _STDOUT, _AUX, _PRN = 0, 1, 3, 4
_IDLE = 0x28
_CTRL_C, _RETURN = 0x03, 0x0D


def _input(pc: Machine) -> OpenFile:
    """Return standard input, from which a call is about to read a character.

    DOS calls INT 28h while it waits. Keys of a test never let it wait, so once a call will do.
    """
    con = pc.con
    if not con.has_idled and pc.is_hooked(_IDLE):
        con.has_idled = True
        raise CallHandler(_IDLE)
    con.has_idled = False
    return pc.open_file(_STDIN)


@int21(0x01)
def character_input_with_echo(pc: Machine, regs: Registers) -> None:
    """INT 21h/01h: wait for a character, return it in AL and echo it; Ctrl-C acts."""
    character_input(pc, regs)
    pc.open_file(_STDOUT).echo(bytes((regs.al,)))


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
        pc.open_file(_STDOUT).echo(bytes((regs.dl,)))
        regs.al = regs.dl
        return
    standard_input = pc.open_file(_STDIN)
    regs.zero = not standard_input.ready()
    regs.al = 0 if regs.zero else standard_input.character()


@int21(0x07)
def direct_character_input(pc: Machine, regs: Registers) -> None:
    """INT 21h/07h: wait for a character, return it in AL; no echo, Ctrl-C is a character."""
    regs.al = _input(pc).character()


@int21(0x08)
def character_input(pc: Machine, regs: Registers) -> None:
    """INT 21h/08h: wait for a character, return it in AL; no echo, Ctrl-C acts."""
    source = _input(pc)
    source.attend()
    regs.al = source.character()
    if regs.al == _CTRL_C:
        raise ControlC


@int21(0x09, text="ds:dx $")
def display_string(pc: Machine, regs: Registers) -> None:
    """INT 21h/09h: write the text at DS:DX up to a dollar sign; AL returns the dollar."""
    pc.open_file(_STDOUT).write(pc.memory.until(0x24, regs.ds, regs.dx))
    regs.al = 0x24


@int21(0x0A)
def buffered_input(pc: Machine, regs: Registers) -> None:
    """INT 21h/0Ah: read and edit a line into the buffer at DS:DX: size, length, line, CR.

    What is in the buffer can be copied by the editing keys, if there is a CR behind it.
    """
    segment, offset = regs.ds, regs.dx
    room, length = pc.memory.read(segment, offset, 2)
    if room == 0:
        return
    source, echo = _input(pc), pc.open_file(_STDOUT).echo
    template = pc.memory.read(segment, offset + 2, length + 1)
    is_template = length < room and template[length] == _RETURN
    old = template[:length] if is_template else b""
    caller, con = bytes(regs.block), pc.con
    editor = LineEditor(room - 1, old, source, echo, con.column)
    if con.interrupted and con.interrupted[0] == caller:
        editor = con.interrupted[1]
    con.interrupted = None
    try:
        line = editor.read()
    except CallHandler:
        con.interrupted = caller, editor
        raise
    echo(b"\r")
    pc.memory.write(segment, offset + 1, bytes((len(line),)) + line + b"\r")


@int21(0x0B)
def check_standard_input_status(pc: Machine, regs: Registers) -> None:
    """INT 21h/0Bh: AL=FFh if a character waits, else 00h; Ctrl-C acts."""
    source = pc.open_file(_STDIN)
    source.attend()
    regs.al = 0xFF if source.ready() else 0


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


@service(0x28)
def idle(pc: Machine, regs: Registers) -> None:
    """INT 28h: DOS waits for a key; nobody has anything to do meanwhile."""
    del pc, regs


@service(0x29, character="al")
def fast_console_output(pc: Machine, regs: Registers) -> None:
    """INT 29h: show AL on the screen, whatever standard output is."""
    pc.con.show(bytes((regs.al,)))


@service(0x1B)
def control_break(pc: Machine, regs: Registers) -> None:
    """INT 1Bh: Ctrl-Break was pressed; what DOS reads next is Ctrl-C."""
    del regs
    pc.con.broken = True
