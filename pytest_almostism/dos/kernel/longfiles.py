"""INT 21h/7143h, 716Ch, 71A6h, 71A7h: files with long names, and what is known of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pytest_almostism.dos import metadata
from pytest_almostism.dos.clock import from_dos, to_dos
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.filetimes import (
    from_dos_and_hundredths,
    from_filetime,
    to_filetime,
    to_hundredths,
)
from pytest_almostism.dos.kernel.longpaths import Place, locate, long_service
from pytest_almostism.dos.kernel.longsearch import file_data
from pytest_almostism.dos.kernel.newerfiles import FAIL, OPEN, Outcome, actions
from pytest_almostism.dos.kernel.openfiles import DiskFile
from pytest_almostism.dos.kernel.opening import SETTABLE, create, enter, open_existing
from pytest_almostism.dos.kernel.sharing import check_mode
from pytest_almostism.dos.registers import Registers

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.dos.machine import Machine

_LINKS = 1


@long_service(0x716C, path="ds:si asciiz", mode="bx", attributes="cx", action="dx")
def create_or_open_file_with_long_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/716Ch: open the file DS:SI for access BX; AX=handle, CX=what was done.

    As 6Ch: DL=what if it exists (0 fail, 1 open, 2 replace), if not (0 fail, 10h create).
    """
    path, mode = pc.text(regs.ds, regs.si), regs.bx
    present, create_absent = actions(regs.dx)
    check_mode(mode)
    device = pc.device(path)
    if device is not None:
        regs.ax, regs.cx = enter(pc, device), Outcome.OPENED
        return
    place = locate(pc, path)
    drive, old = place.drive, place.file
    outcome = Outcome.CREATED if old is None else Outcome.REPLACED
    if old is None and not create_absent:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    if old is not None and present == FAIL:
        raise DosError(ErrorCode.FILE_EXISTS)
    if old is not None and present == OPEN:
        regs.ax, regs.cx = open_existing(pc, drive, old, mode), Outcome.OPENED
        return

    def make(attributes: int) -> FakeFile:
        if old is not None:
            return drive.replace(old, attributes)
        file = drive.add_file(place.directory, place.new_name(), attributes)
        drive.set_created(file, pc.clock.now())
        return file

    regs.ax = create(pc, drive, old, make, attributes=regs.cx, mode=mode)
    regs.cx = outcome


# -- attributes and times -----------------------------------------------------------------------


@long_service(0x7143, path="ds:dx asciiz", operation="bl")
def file_attributes_with_long_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/7143h: get or set, as BL says, attributes, size or times of DS:DX."""
    operation = _OPERATIONS.get(regs.bl)
    if operation is None:
        raise DosError(ErrorCode.INVALID_FUNCTION)
    place = locate(pc, pc.text(regs.ds, regs.dx))
    operation(place, place.existing(), regs)


def _get_attributes(place: Place, file: FakeFile, regs: Registers) -> None:
    regs.cx = place.drive.attributes(file)


def _set_attributes(place: Place, file: FakeFile, regs: Registers) -> None:
    if regs.cx & ~SETTABLE & ~place.drive.attributes(file):  # nothing becomes a directory
        raise DosError(ErrorCode.ACCESS_DENIED)
    place.drive.set_attributes(file, regs.cx & SETTABLE)


def _get_size(place: Place, file: FakeFile, regs: Registers) -> None:
    size = 0 if metadata.is_directory(file) else place.drive.size(file)
    regs.dx, regs.ax = size >> 16, size


def _set_written(place: Place, file: FakeFile, regs: Registers) -> None:
    place.drive.set_modified(file, from_dos(regs.di, regs.cx))


def _get_written(place: Place, file: FakeFile, regs: Registers) -> None:
    regs.di, regs.cx = to_dos(place.drive.modified(file))


def _set_accessed(place: Place, file: FakeFile, regs: Registers) -> None:
    place.drive.set_accessed(file, from_dos(regs.di, 0))


def _get_accessed(place: Place, file: FakeFile, regs: Registers) -> None:
    del place
    regs.di, _ = to_dos(metadata.accessed(file))


def _set_created(place: Place, file: FakeFile, regs: Registers) -> None:
    place.drive.set_created(file, from_dos_and_hundredths(regs.di, regs.cx, regs.si))


def _get_created(place: Place, file: FakeFile, regs: Registers) -> None:
    del place
    moment = metadata.created(file)
    regs.di, regs.cx = to_dos(moment)
    regs.si = to_hundredths(moment)


_OPERATIONS: dict[int, Callable[[Place, FakeFile, Registers], None]] = {
    0: _get_attributes,
    1: _set_attributes,
    2: _get_size,
    3: _set_written,
    4: _get_written,
    5: _set_accessed,
    6: _get_accessed,
    7: _set_created,
    8: _get_created,
}


@long_service(0x71A6, handle="bx")
def get_file_information_by_handle(pc: Machine, regs: Registers) -> None:
    """INT 21h/71A6h: write 52 bytes of what is known of the file BX to DS:DX."""
    file = pc.open_file(regs.bx)
    if not isinstance(file, DiskFile):
        raise DosError(ErrorCode.INVALID_HANDLE)
    drive = file.drive
    size = drive.size(file.file).to_bytes(8, "little")
    identity = ((file.file.stat_result.st_ino or 0) & 0xFFFFFFFF).to_bytes(4, "little")
    pc.memory.write(
        regs.ds,
        regs.dx,
        file_data(file.file, drive.attributes(file.file))
        + drive.serial.to_bytes(4, "little")
        + size[4:]
        + size[:4]
        + _LINKS.to_bytes(4, "little")
        + bytes(4)
        + identity,
    )


@long_service(0x71A7, operation="bl")
def file_time(pc: Machine, regs: Registers) -> None:
    """INT 21h/71A7h: BL=0: DS:SI as Windows has it to date DX, time CX, 10 ms BH; 1: to ES:DI."""
    if regs.bl == 0:
        moment = from_filetime(pc.memory.read(regs.ds, regs.si, 8))
        regs.dx, regs.cx = to_dos(moment)
        regs.bh = to_hundredths(moment)
    elif regs.bl == 1:
        moment = from_dos_and_hundredths(regs.dx, regs.cx, regs.bh)
        pc.memory.write(regs.es, regs.di, to_filetime(moment))
    else:
        raise DosError(ErrorCode.INVALID_FUNCTION)
