"""INT 20h, 27h and INT 21h: starting and ending programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.files import locate
from pytest_almostism.dos.loader import read_image
from pytest_almostism.dos.process import Ending, Termination
from pytest_almostism.dos.psp import Psp
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21, service

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_ENVIRONMENT_MOST = 0x8000


@service(0x00)
def divide_overflow(pc: Machine, regs: Registers) -> None:
    """INT 00h: say what went wrong and end the program, as DOS's own handler does."""
    del regs
    pc.open_file(1).write(b"\r\nDivide overflow\r\n")
    pc.processes.terminate(0, Termination.NORMAL)


@service(0x20)
def terminate_program(pc: Machine, regs: Registers) -> None:
    """INT 20h: end the program with exit code 0."""
    del regs
    pc.processes.terminate(0, Termination.NORMAL)


@service(0x27, size="dx")
def terminate_and_stay_resident(pc: Machine, regs: Registers) -> None:
    """INT 27h: end the program and keep the first DX bytes of its segment in memory."""
    pc.processes.terminate(0, Termination.RESIDENT, keep=regs.dx + 15 >> 4)


@int21(0x00)
def end_program_0(pc: Machine, regs: Registers) -> None:
    """INT 21h/00h: end the program with exit code 0, as INT 20h."""
    terminate_program(pc, regs)


@int21(0x31, code="al", paragraphs="dx")
def keep_program(pc: Machine, regs: Registers) -> None:
    """INT 21h/31h: end the program with exit code AL and keep DX paragraphs of it in memory."""
    pc.processes.terminate(regs.al, Termination.RESIDENT, keep=max(regs.dx, 6))


@int21(0x4B00, path="ds:dx asciiz")
def load_and_execute_program(pc: Machine, regs: Registers) -> None:
    """INT 21h/4B00h: run the program DS:DX as a child; ES:BX: environment, command tail, FCBs."""
    block = regs.es, regs.bx
    drive, _, file = locate(pc, pc.text(regs.ds, regs.dx))
    if file is None:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    image = read_image(drive.read(file, 0, drive.size(file)))
    environment = pc.memory.word(*block) or pc.processes.current.environment
    tail_at = pc.memory.pointer(block[0], block[1] + 2)
    tail = pc.memory.read(tail_at[0], tail_at[1] + 1, min(pc.memory.byte(*tail_at), 0x7E))
    fcbs = [pc.memory.pointer(block[0], block[1] + at) for at in (6, 10)]
    return_to = regs.cs, regs.ip
    pc.memory.write_pointer(0, 4 * 0x22, return_to)
    pc.processes.start(
        image,
        pc.drives.truename(pc.text(regs.ds, regs.dx)),
        tail,
        _environment_block(pc, environment),
    )
    child = pc.processes.current
    for at, fcb in zip((0x5C, 0x6C), fcbs, strict=True):
        pc.memory.write(child.segment, at, pc.memory.read(*fcb, 12))


def _environment_block(pc: Machine, segment: int) -> bytes:
    """Return the strings of the environment at `segment`, up to and without the last zeros."""
    block = pc.memory.read(segment, 0, _ENVIRONMENT_MOST)
    end = block.find(b"\0\0")
    if not segment or end < 0:
        return b""
    return block[:end]


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


@int21(0x50, psp="bx")
def set_psp_address(pc: Machine, regs: Registers) -> None:
    """INT 21h/50h: let the PSP at BX be the current one."""
    pc.processes.current = Psp(pc.memory, regs.bx)


@int21(0x51)
def get_psp_address(pc: Machine, regs: Registers) -> None:
    """INT 21h/51h: return the current PSP in BX."""
    regs.bx = pc.processes.current.segment


@int21(0x62)
def get_psp_address_62(pc: Machine, regs: Registers) -> None:
    """INT 21h/62h: return the current PSP in BX."""
    get_psp_address(pc, regs)
