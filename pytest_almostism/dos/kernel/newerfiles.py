"""INT 21h/5Ah, 5Ch, 67h, 68h, 6Ah, 6Ch: what DOS 3 and later can do with files and handles."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from pytest_almostism.dos.clock import to_dos
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.openfiles import DiskFile
from pytest_almostism.dos.kernel.opening import create_at, enter, locate, open_existing
from pytest_almostism.dos.kernel.sharing import Lock, check_mode
from pytest_almostism.dos.psp import CLOSED, HANDLES
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_PATH_MOST = 0x42
_LOCK, _UNLOCK = 0, 1
_FOUR_GIB = 1 << 32


# -- files that have no name yet ----------------------------------------------------------------


@int21(0x5A, path="ds:dx asciiz", attributes="cx")
def create_temporary_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/5Ah: create a file in the directory DS:DX, append its new name there; AX=handle.

    The first name is made of the date and time; further ones follow it.
    """
    directory = pc.text(regs.ds, regs.dx)
    if directory and directory[-1] not in "\\/:":
        directory += "\\"
    date, time = to_dos(pc.clock.now())
    number = date << 16 | time
    while True:
        path = directory + _letters(number)
        if len(path) > _PATH_MOST:
            raise DosError(ErrorCode.PATH_NOT_FOUND)
        try:
            regs.ax = create_at(pc, path, regs.cx, new=True)
        except DosError as error:
            if error.code is not ErrorCode.FILE_EXISTS:
                raise
            number = number + 1 & 0xFFFFFFFF
        else:
            pc.memory.write(regs.ds, regs.dx, path.encode("cp437") + b"\0")
            return


def _letters(number: int) -> str:
    """Return 32 bits as eight letters A..P."""
    return "".join(chr(0x41 + (number >> 4 * n & 15)) for n in reversed(range(8)))


# -- regions ------------------------------------------------------------------------------------


@int21(0x5C, operation="al", handle="bx", high="cx", low="dx")
def lock_unlock_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/5Ch: lock (AL=0) or unlock (1) SI:DI bytes from CX:DX on of handle BX's file."""
    file = pc.open_file(regs.bx)
    start, length = regs.cx << 16 | regs.dx, regs.si << 16 | regs.di
    if regs.al > _UNLOCK or not isinstance(file, DiskFile):
        raise DosError(ErrorCode.INVALID_FUNCTION)
    if not length or start + length > _FOUR_GIB:
        raise DosError(ErrorCode.LOCK_VIOLATION)
    lock = Lock(file, pc.processes.current.segment, start, start + length)
    if regs.al == _LOCK:
        pc.files.locks.add(lock)
    else:
        pc.files.locks.remove(lock)


# -- handles ------------------------------------------------------------------------------------


@int21(0x67, handles="bx")
def set_handle_count(pc: Machine, regs: Registers) -> None:
    """INT 21h/67h: give the program room for BX handles; more than 20 need memory of their own.

    Error 4: a handle that there would be no room for is open; 8: there is no memory.
    """
    psp = pc.processes.current
    count = max(regs.bx, HANDLES)
    handles = psp.handles()
    if count == len(handles):
        return
    if handles[count:].strip(bytes([CLOSED])):
        raise DosError(ErrorCode.TOO_MANY_OPEN_FILES)
    old, _ = psp.handles_at
    if count == HANDLES:
        psp.move_handles(psp.own_handles_at, handles[:HANDLES])
    else:
        segment = pc.arena.allocate((count + 15) // 16, owner=psp.segment)
        psp.move_handles((segment, 0), handles[:count].ljust(count, bytes([CLOSED])))
    if old != psp.segment:
        pc.arena.free(old)


@int21(0x68, handle="bx")
def commit_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/68h: write to the disk what was written to handle BX so far."""
    pc.open_file(regs.bx).commit()


@int21(0x6A, handle="bx")
def commit_file_too(pc: Machine, regs: Registers) -> None:
    """INT 21h/6Ah: as 68h."""
    commit_file(pc, regs)


# -- open and create in one ---------------------------------------------------------------------


class Outcome(IntEnum):
    """What an extended open has done (CX)."""

    OPENED = 1
    CREATED = 2
    REPLACED = 3


FAIL, OPEN, REPLACE = range(3)


def actions(dx: int) -> tuple[int, bool]:
    """Return what is to be done with a file that exists, and whether to create one that does not.

    Raises:
        DosError: INVALID_FUNCTION for something else, or nothing at all.
    """
    present, absent = dx & 0x0F, dx >> 4
    if present > REPLACE or absent > 1 or not dx:
        raise DosError(ErrorCode.INVALID_FUNCTION)
    return present, bool(absent)


@int21(0x6C, path="ds:si asciiz", mode="bx", attributes="cx", action="dx")
def extended_open_create(pc: Machine, regs: Registers) -> None:
    """INT 21h/6Ch: open the file DS:SI for access BX; AX=handle, CX=what was done.

    DL bits 0-3: what if it exists: 0 fail, 1 open, 2 replace; bits 4-7: if not: 0 fail, 1 create
    it with attributes CX. BX bits 0-7 as AL of 3Dh; bit 13: no INT 24h; bit 14: commit all writes.
    """
    if regs.al:
        raise DosError(ErrorCode.INVALID_FUNCTION)
    path, mode = pc.text(regs.ds, regs.si), regs.bx
    present, create_absent = actions(regs.dx)
    check_mode(mode)
    device = pc.device(path, mode & 0xFF)
    if device is not None:
        regs.ax, regs.cx = enter(pc, device), Outcome.OPENED
        return
    drive, _, file = locate(pc, path, refusal=ErrorCode.FILE_NOT_FOUND)
    if file is None:
        if not create_absent:
            raise DosError(ErrorCode.FILE_NOT_FOUND)
        regs.ax = create_at(pc, path, regs.cx, mode=mode)
        regs.cx = Outcome.CREATED
    elif present == OPEN:
        regs.ax, regs.cx = open_existing(pc, drive, file, mode), Outcome.OPENED
    elif present == REPLACE:
        regs.ax, regs.cx = create_at(pc, path, regs.cx, mode=mode), Outcome.REPLACED
    else:
        regs.ax = create_at(pc, path, regs.cx, new=True)  # which is refused
