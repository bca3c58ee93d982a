"""INT 21h: files and devices by handle."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_almostism.dos import metadata
from pytest_almostism.dos.clock import from_dos, to_dos
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.openfiles import READ, WRITE, DiskFile, OpenFile
from pytest_almostism.dos.kernel.opening import (
    AUTO_COMMIT,
    SETTABLE,
    create_at,
    enter,
    existing,
    locate,
    open_existing,
    refuse_device,
)
from pytest_almostism.dos.kernel.sharing import check_mode, check_unshared
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine


@int21(0x3C, path="ds:dx asciiz", attributes="cx")
def create_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/3Ch: create the file DS:DX with attributes CX, or empty an old one; AX=handle."""
    regs.ax = create_at(pc, pc.text(regs.ds, regs.dx), regs.cx)


@int21(0x3D, path="ds:dx asciiz", access="al")
def open_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/3Dh: open DS:DX for access AL (0 read, 1 write, 2 both); AX=handle."""
    mode, path = regs.al, pc.text(regs.ds, regs.dx)
    check_mode(mode)
    device = pc.device(path, mode)
    if device is not None:
        regs.ax = enter(pc, device)
        return
    drive, _, file = existing(pc, path, refusal=ErrorCode.FILE_NOT_FOUND)
    regs.ax = open_existing(pc, drive, file, mode)


@int21(0x3E, handle="bx")
def close_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/3Eh: close handle BX."""
    pc.files.close(pc.processes.current, regs.bx)


@int21(0x3F, handle="bx", length="cx")
def read_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/3Fh: read up to CX bytes from handle BX to DS:DX; AX=how many, 0 at the end."""
    file = pc.open_file(regs.bx)
    file.allow(READ)
    if pc.files.locks:
        _check_locks(pc, file, regs.cx)
    data = file.read(regs.cx)
    pc.memory.write(regs.ds, regs.dx, data)
    regs.ax = len(data)


@int21(0x40, handle="bx", data="ds:dx cx", length="cx")
def write_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/40h: write CX bytes from DS:DX to handle BX; AX=how many fitted; CX=0 truncates."""
    file = pc.open_file(regs.bx)
    file.allow(WRITE)
    if pc.files.locks:
        _check_locks(pc, file, regs.cx)
    regs.ax = file.write(pc.memory.read(regs.ds, regs.dx, regs.cx))
    if file.mode & AUTO_COMMIT:
        file.commit()


def _check_locks(pc: Machine, file: OpenFile, length: int) -> None:
    """Raise DosError LOCK_VIOLATION if another has locked what is to be read or written."""
    if isinstance(file, DiskFile):
        pc.files.locks.check(file, pc.processes.current.segment, length)


@int21(0x41, path="ds:dx asciiz")
def delete_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/41h: delete the file DS:DX; one that is open lives on for its handles."""
    path = pc.text(regs.ds, regs.dx)
    refuse_device(pc, path)
    drive, parts, file = existing(pc, path)
    if metadata.is_directory(file):  # it looks for files only
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    check_unshared(pc, file)
    drive.delete(parts)


@int21(0x42, handle="bx", whence="al", high="cx", low="dx")
def move_file_pointer(pc: Machine, regs: Registers) -> None:
    """INT 21h/42h: move handle BX by CX:DX from the start, here or the end (AL); DX:AX=where."""
    file = pc.open_file(regs.bx)
    if regs.al > 2:
        raise DosError(ErrorCode.INVALID_FUNCTION)
    offset = regs.cx << 16 | regs.dx
    position = file.seek(offset - (offset >> 31 << 32), regs.al)
    regs.dx, regs.ax = position >> 16, position


@int21(0x4300, path="ds:dx asciiz")
def get_file_attributes(pc: Machine, regs: Registers) -> None:
    """INT 21h/4300h: return the attributes of DS:DX in CX."""
    drive, _, file = existing(pc, pc.text(regs.ds, regs.dx))
    regs.cx = regs.ax = drive.attributes(file)


@int21(0x4301, path="ds:dx asciiz", attributes="cx")
def set_file_attributes(pc: Machine, regs: Registers) -> None:
    """INT 21h/4301h: set the attributes of DS:DX to CX: read-only, hidden, system, archive."""
    path = pc.text(regs.ds, regs.dx)
    refuse_device(pc, path)
    drive, _, file = existing(pc, path)
    if regs.cx & ~SETTABLE & ~drive.attributes(file):  # nothing becomes a directory
        raise DosError(ErrorCode.ACCESS_DENIED)
    drive.set_attributes(file, regs.cx & SETTABLE)


@int21(0x45, handle="bx")
def duplicate_file_handle(pc: Machine, regs: Registers) -> None:
    """INT 21h/45h: return in AX a second handle for what BX stands for, one position for both."""
    psp = pc.processes.current
    pc.open_file(regs.bx)
    handle = pc.files.free_handle(psp)
    pc.files.assign(psp, handle, psp.handle(regs.bx))
    regs.ax = handle


@int21(0x46, handle="bx", second="cx")
def force_duplicate_file_handle(pc: Machine, regs: Registers) -> None:
    """INT 21h/46h: let handle CX, closed first if open, stand for what BX stands for."""
    psp = pc.processes.current
    pc.open_file(regs.bx)
    if regs.cx >= psp.handle_count:
        raise DosError(ErrorCode.INVALID_HANDLE)
    if regs.bx == regs.cx:
        return
    index = psp.handle(regs.bx)
    with suppress(DosError):  # it was not open
        pc.files.close(psp, regs.cx)
    pc.files.assign(psp, regs.cx, index)


@int21(0x56, path="ds:dx asciiz", to="es:di asciiz")
def rename_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/56h: rename the file or directory DS:DX to ES:DI, on the same drive."""
    path = pc.text(regs.ds, regs.dx)
    refuse_device(pc, path)
    old_drive, old, file = existing(pc, path)
    new_drive, new, _ = locate(pc, pc.text(regs.es, regs.di))
    if old_drive is not new_drive:
        raise DosError(ErrorCode.NOT_SAME_DEVICE)
    if old and old_drive.true_parts(old) == pc.drives.cwd[old_drive.letter]:
        raise DosError(ErrorCode.CURRENT_DIRECTORY)
    check_unshared(pc, file)
    old_drive.rename(old, new)


@int21(0x5700, handle="bx")
def get_file_date_and_time(pc: Machine, regs: Registers) -> None:
    """INT 21h/5700h: return the packed time and date of handle BX in CX and DX."""
    file = pc.open_file(regs.bx)
    if isinstance(file, DiskFile):
        regs.dx, regs.cx = to_dos(file.drive.modified(file.file))
    else:
        regs.dx, regs.cx = to_dos(pc.clock.now())


@int21(0x5701, handle="bx", time="cx", date="dx")
def set_file_date_and_time(pc: Machine, regs: Registers) -> None:
    """INT 21h/5701h: set the time and date of handle BX from the packed CX and DX."""
    file = pc.open_file(regs.bx)
    if isinstance(file, DiskFile):
        file.drive.set_modified(file.file, from_dos(regs.dx, regs.cx))


@int21(0x5B, path="ds:dx asciiz", attributes="cx")
def create_new_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/5Bh: create the file DS:DX with attributes CX unless it exists; AX=handle."""
    regs.ax = create_at(pc, pc.text(regs.ds, regs.dx), regs.cx, new=True)
