"""INT 20h, 22h, 27h and INT 21h: starting and ending programs."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.opening import locate
from pytest_almostism.dos.loader import Image, read_image, relocate
from pytest_almostism.dos.metadata import DIRECTORY, VOLUME_LABEL
from pytest_almostism.dos.process import Ending, Start, Termination
from pytest_almostism.dos.psp import Psp
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21, service

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_ENVIRONMENT_MOST = 0x8000
_RESIDENT_LEAST = 6  # paragraphs: the part of the PSP that DOS itself needs
_OVERLAY_MOST = 0xFFFF  # bytes of an overlay that is no .EXE


@service(0x00)
def divide_overflow(pc: Machine, regs: Registers) -> None:
    """INT 00h: say what went wrong and end the program as Ctrl-C does, like DOS's own handler."""
    del regs
    with suppress(DosError):  # standard output is closed
        pc.open_file(1).write(b"\r\nDivide overflow\r\n")
    pc.processes.terminate(0, Termination.CTRL_C)


# -- ending ---------------------------------------------------------------------------------


@service(0x20)
def terminate_program(pc: Machine, regs: Registers) -> None:
    """INT 20h: end the program with exit code 0."""
    del regs
    pc.processes.terminate(0, Termination.NORMAL)


@service(0x22)
def terminate_address(pc: Machine, regs: Registers) -> None:
    """INT 22h: where the end of the shell's own child goes: the run is over."""
    del regs
    pc.processes.back_in_the_shell()


@service(0x27, size="dx")
def terminate_and_stay_resident(pc: Machine, regs: Registers) -> None:
    """INT 27h: end the program and keep the first DX bytes of its segment in memory."""
    paragraphs = max(regs.dx + 15 >> 4, _RESIDENT_LEAST)
    pc.processes.terminate(0, Termination.RESIDENT, keep=paragraphs)


@int21(0x00)
def end_program_0(pc: Machine, regs: Registers) -> None:
    """INT 21h/00h: end the program with exit code 0, as INT 20h."""
    terminate_program(pc, regs)


@int21(0x31, code="al", paragraphs="dx")
def keep_program(pc: Machine, regs: Registers) -> None:
    """INT 21h/31h: end the program with exit code AL and keep DX paragraphs of it in memory."""
    paragraphs = max(regs.dx, _RESIDENT_LEAST)
    pc.processes.terminate(regs.al, Termination.RESIDENT, keep=paragraphs)


@int21(0x4C, code="al")
def end_program(pc: Machine, regs: Registers) -> None:
    """INT 21h/4Ch: end the program with exit code AL."""
    pc.processes.terminate(regs.al, Termination.NORMAL)


@int21(0x4D)
def get_child_program_return_value(pc: Machine, regs: Registers) -> None:
    """INT 21h/4Dh: return the last child's exit code in AL, its termination in AH; once."""
    ending = pc.processes.ending
    regs.ax = ending.termination << 8 | ending.exit_code
    pc.processes.ending = Ending(0, Termination.NORMAL)


# -- EXEC -----------------------------------------------------------------------------------


@int21(0x4B00, path="ds:dx asciiz")
def load_and_execute_program(pc: Machine, regs: Registers) -> None:
    """INT 21h/4B00h: run the program DS:DX as a child; ES:BX: environment, command tail, FCBs."""
    pc.processes.enter(_load(pc, regs))


@int21(0x4B01, path="ds:dx asciiz")
def load_program(pc: Machine, regs: Registers) -> None:
    """INT 21h/4B01h: load the child DS:DX for the caller to run; ES:BX as for 4B00h.

    Its SS:SP and CS:IP are written behind the block's other fields; on its stack is its AX. It
    is the current program already, and ends behind this call.
    """
    block, ax = (regs.es, regs.bx), regs.ax
    start = _load(pc, regs)
    sp = start.sp - 2 & 0xFFFF
    pc.memory.write_word(start.ss, sp, pc.processes.drives_named())
    pc.memory.write_pointer(block[0], block[1] + 0x0E, (start.ss, sp))
    pc.memory.write_pointer(block[0], block[1] + 0x12, (start.cs, start.ip))
    regs.ax = ax


@int21(0x4B03, path="ds:dx asciiz")
def load_overlay(pc: Machine, regs: Registers) -> None:
    """INT 21h/4B03h: load DS:DX at a segment; ES:BX: that segment, relocation factor of an .EXE."""
    segment, factor = (pc.memory.word(regs.es, regs.bx + at) for at in (0, 2))
    data = _contents(pc, pc.text(regs.ds, regs.dx))
    if data[:2] in (b"MZ", b"ZM"):
        data = relocate(read_image(data), factor)
    elif not data:
        raise DosError(ErrorCode.INVALID_FORMAT)
    elif len(data) >= _OVERLAY_MOST:
        raise DosError(ErrorCode.INSUFFICIENT_MEMORY)
    pc.write_linear(segment << 4, data)


@int21(0x4B05)
def set_execution_state(pc: Machine, regs: Registers) -> None:
    """INT 21h/4B05h: make ready for a program that was loaded by 4B01h and is jumped to next.

    There is nothing to do: DOS hides its version from some programs here, and the A20 line.
    """
    del pc
    regs.ax = 0


def _load(pc: Machine, regs: Registers) -> Start:
    """Load the program DS:DX with what ES:BX says; its end goes behind the call."""
    segment, block = regs.es, regs.bx
    path = pc.text(regs.ds, regs.dx)
    image: Image = read_image(_contents(pc, path))
    environment = _environment(pc, pc.memory.word(segment, block))
    tail = pc.memory.read(*pc.memory.pointer(segment, block + 2), 0x80)
    first, second = (pc.memory.read(*pc.memory.pointer(segment, block + at), 12) for at in (6, 10))
    return_to = regs.cs, regs.ip
    start = pc.processes.load(image, pc.drives.truename(path), environment)
    child = pc.processes.current
    child.copy_arguments(tail, (first, second))
    child.set_vector(0x22, return_to)
    pc.memory.write_pointer(0, 4 * 0x22, return_to)
    return start


def _contents(pc: Machine, path: str) -> bytes:
    """Return what is in a file that is to be a program."""
    if pc.device(path) is not None:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    drive, _, file = locate(pc, path, refusal=ErrorCode.FILE_NOT_FOUND)
    if file is None:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    if drive.attributes(file) & (DIRECTORY | VOLUME_LABEL):
        raise DosError(ErrorCode.ACCESS_DENIED)
    return drive.read(file, 0, drive.size(file))


def _environment(pc: Machine, segment: int) -> bytes | None:
    """Return the strings of an environment, by default the current program's, if it has one."""
    segment = segment or pc.processes.current.environment
    if not segment:
        return None
    block = pc.memory.read(segment, 0, _ENVIRONMENT_MOST)
    end = block.find(b"\0\0")
    if end < 0:
        raise DosError(ErrorCode.INVALID_ENVIRONMENT)
    return block[:end]


# -- program segment prefixes ---------------------------------------------------------------


@int21(0x26, psp="dx")
def create_new_psp(pc: Machine, regs: Registers) -> None:
    """INT 21h/26h: make segment DX a PSP like the current one, with the vectors of now."""
    psp, current = Psp(pc.memory, regs.dx), pc.processes.current
    pc.processes.suspend()
    psp.copy_from(current)
    psp.initialise(current.end)


@int21(0x50, psp="bx")
def set_psp_address(pc: Machine, regs: Registers) -> None:
    """INT 21h/50h: let the PSP at BX be the current one."""
    pc.processes.switch(regs.bx)


@int21(0x51)
def get_psp_address(pc: Machine, regs: Registers) -> None:
    """INT 21h/51h: return the current PSP in BX."""
    regs.bx = pc.processes.current.segment


@int21(0x55, psp="dx", end="si")
def create_child_psp(pc: Machine, regs: Registers) -> None:
    """INT 21h/55h: make segment DX the PSP of a child, which is current from now on.

    It has the caller's inherited handles; SI is the segment behind its memory.
    """
    parent, child = pc.processes.current, Psp(pc.memory, regs.dx)
    pc.processes.suspend()
    child.copy_from(parent)
    child.initialise(regs.si)
    child.parent = parent.segment
    child.close_handles()
    pc.files.inherit(parent, child)
    pc.processes.current = child


@int21(0x62)
def get_psp_address_62(pc: Machine, regs: Registers) -> None:
    """INT 21h/62h: return the current PSP in BX."""
    get_psp_address(pc, regs)
