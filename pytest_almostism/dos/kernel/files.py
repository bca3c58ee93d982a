"""INT 21h: files and devices by handle."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_almostism.dos import metadata
from pytest_almostism.dos.clock import from_dos, to_dos
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.openfiles import READ, READ_WRITE, WRITE, DiskFile, OpenFile
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.machine import Machine

_SETTABLE = 0x27  # read-only, hidden, system, archive


def locate(pc: Machine, path: str) -> tuple[Drive, list[str], FakeFile | None]:
    """Return the drive, the parts of the path and the file or directory there, if there is one.

    Raises:
        DosError: PATH_NOT_FOUND, also for wildcards.
    """
    if not path:
        raise DosError(ErrorCode.PATH_NOT_FOUND)
    drive, parts = pc.drives.resolve(path)
    if parts and ("*" in parts[-1] or "?" in parts[-1]):
        raise DosError(ErrorCode.PATH_NOT_FOUND)
    return drive, parts, drive.find(parts)


def _existing(pc: Machine, path: str) -> tuple[Drive, list[str], FakeFile]:
    drive, parts, file = locate(pc, path)
    if file is None:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    return drive, parts, file


def _open(pc: Machine, file: OpenFile) -> int:
    return pc.files.open(pc.processes.current, file)


def _create(pc: Machine, path: str, attributes: int, *, new: bool) -> int:
    device = pc.device(path)
    if device is not None:
        return _open(pc, device)
    drive, parts, file = locate(pc, path)
    if new and file is not None:
        raise DosError(ErrorCode.FILE_EXISTS)
    if attributes & (metadata.DIRECTORY | metadata.VOLUME_LABEL):
        raise DosError(ErrorCode.ACCESS_DENIED)
    pc.files.free_handle(pc.processes.current)  # none left: nothing is created
    file = drive.create(parts, attributes & _SETTABLE | metadata.ARCHIVE)
    return _open(pc, DiskFile(drive, file, drive.path_of(file), READ_WRITE))


@int21(0x3C, path="ds:dx asciiz", attributes="cx")
def create_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/3Ch: create the file DS:DX with attributes CX, or empty an old one; AX=handle."""
    regs.ax = _create(pc, pc.text(regs.ds, regs.dx), regs.cx, new=False)


@int21(0x3D, path="ds:dx asciiz", access="al")
def open_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/3Dh: open DS:DX for access AL (0 read, 1 write, 2 both); AX=handle."""
    mode, path = regs.al, pc.text(regs.ds, regs.dx)
    access = mode & 7
    if access > READ_WRITE:
        raise DosError(ErrorCode.INVALID_ACCESS_CODE)
    device = pc.device(path)
    if device is not None:
        regs.ax = _open(pc, device)
        return
    drive, _, file = _existing(pc, path)
    attributes = metadata.attributes(file)
    if attributes & (metadata.DIRECTORY | metadata.VOLUME_LABEL):
        raise DosError(ErrorCode.ACCESS_DENIED)
    if access != READ and (attributes & metadata.READ_ONLY or drive.read_only):
        raise DosError(ErrorCode.ACCESS_DENIED)
    regs.ax = _open(pc, DiskFile(drive, file, drive.path_of(file), mode))
    pc.drives.journal.record(
        file, "opened", drive.path_of(file), detail=("read", "write", "both")[access]
    )


@int21(0x3E, handle="bx")
def close_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/3Eh: close handle BX."""
    pc.files.close(pc.processes.current, regs.bx)


@int21(0x3F, handle="bx", length="cx")
def read_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/3Fh: read up to CX bytes from handle BX to DS:DX; AX=how many, 0 at the end."""
    file = pc.open_file(regs.bx)
    file.allow(READ)
    data = file.read(regs.cx)
    pc.memory.write(regs.ds, regs.dx, data)
    regs.ax = len(data)


@int21(0x40, handle="bx", data="ds:dx cx", length="cx")
def write_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/40h: write CX bytes from DS:DX to handle BX; AX=how many fitted; CX=0 truncates."""
    file = pc.open_file(regs.bx)
    file.allow(WRITE)
    regs.ax = file.write(pc.memory.read(regs.ds, regs.dx, regs.cx))


@int21(0x41, path="ds:dx asciiz")
def delete_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/41h: delete the file DS:DX; one that is open lives on for its handles."""
    drive, parts, _ = _existing(pc, pc.text(regs.ds, regs.dx))
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
    drive, _, file = _existing(pc, pc.text(regs.ds, regs.dx))
    regs.cx = regs.ax = drive.attributes(file)


@int21(0x4301, path="ds:dx asciiz", attributes="cx")
def set_file_attributes(pc: Machine, regs: Registers) -> None:
    """INT 21h/4301h: set the attributes of DS:DX to CX: read-only, hidden, system, archive."""
    drive, _, file = _existing(pc, pc.text(regs.ds, regs.dx))
    kept = drive.attributes(file) & ~_SETTABLE
    if drive.read_only or regs.cx & ~_SETTABLE & ~kept:
        raise DosError(ErrorCode.ACCESS_DENIED)
    drive.set_attributes(file, kept | regs.cx & _SETTABLE)


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
    old_drive, old, _ = _existing(pc, pc.text(regs.ds, regs.dx))
    new_drive, new, _ = locate(pc, pc.text(regs.es, regs.di))
    if old_drive is not new_drive:
        raise DosError(ErrorCode.NOT_SAME_DEVICE)
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
    regs.ax = _create(pc, pc.text(regs.ds, regs.dx), regs.cx, new=True)
