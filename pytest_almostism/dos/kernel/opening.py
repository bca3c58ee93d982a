"""How a file or device gets its handle: what the calls that open and create have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos import metadata
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.openfiles import READ, READ_WRITE, DiskFile, OpenFile
from pytest_almostism.dos.kernel.sharing import check_mode, check_open

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.machine import Machine

#: The attributes that a program may give to a file: read-only, hidden, system, archive.
SETTABLE = 0x27
#: The bit of an open mode (INT 21h/6Ch) that asks to commit each write at once.
AUTO_COMMIT = 0x4000
_ACCESS = ("read", "write", "both")


def locate(
    pc: Machine, path: str, *, refusal: ErrorCode = ErrorCode.PATH_NOT_FOUND
) -> tuple[Drive, list[str], FakeFile | None]:
    """Return the drive, the parts of the path and the file or directory there, if there is one.

    Args:
        pc: the machine.
        path: of what.
        refusal: the answer to an empty path and to wildcards: the calls that open or create call
            it FILE_NOT_FOUND, all others PATH_NOT_FOUND.

    Raises:
        DosError: PATH_NOT_FOUND, or the refusal.
    """
    if not path:
        raise DosError(refusal)
    drive, parts = pc.drives.resolve(path)
    if parts and ("*" in parts[-1] or "?" in parts[-1]):
        raise DosError(refusal)
    return drive, parts, drive.find(parts)


def existing(
    pc: Machine, path: str, *, refusal: ErrorCode = ErrorCode.PATH_NOT_FOUND
) -> tuple[Drive, list[str], FakeFile]:
    """Return the same of something that is there.

    Raises:
        DosError: as `locate`; FILE_NOT_FOUND.
    """
    drive, parts, file = locate(pc, path, refusal=refusal)
    if file is None:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    return drive, parts, file


def refuse_device(pc: Machine, path: str) -> None:
    """Refuse to do with a device what is done with files only.

    Raises:
        DosError: ACCESS_DENIED if the path names one.
    """
    if path and pc.device(path) is not None:
        raise DosError(ErrorCode.ACCESS_DENIED)


def enter(pc: Machine, file: OpenFile) -> int:
    """Return a new handle of the running program for a newly opened file or device."""
    return pc.files.open(pc.processes.current, file)


def open_existing(pc: Machine, drive: Drive, file: FakeFile, mode: int) -> int:
    """Return a handle for a file that is there.

    Args:
        pc: the machine.
        drive: where it is.
        file: the file.
        mode: access in bits 0-2, sharing in bits 4-6, inheritance in bit 7.

    Raises:
        DosError: INVALID_ACCESS_CODE, ACCESS_DENIED, TOO_MANY_OPEN_FILES, SHARING_VIOLATION.
    """
    check_mode(mode)
    access, attributes = mode & 7, metadata.attributes(file)
    if attributes & (metadata.DIRECTORY | metadata.VOLUME_LABEL):
        raise DosError(ErrorCode.ACCESS_DENIED)
    if access != READ and (attributes & metadata.READ_ONLY or drive.read_only):
        raise DosError(ErrorCode.ACCESS_DENIED)
    check_open(pc, drive, file, mode)
    handle = enter(pc, DiskFile(drive, file, drive.path_of(file), mode))
    journal = pc.drives.journal
    journal.record(file, "opened", drive.path_of(file), detail=_ACCESS[access])
    return handle


def create(
    pc: Machine,
    drive: Drive,
    old: FakeFile | None,
    make: Callable[[int], FakeFile],
    *,
    attributes: int,
    mode: int = READ_WRITE,
) -> int:
    """Return a handle for a file that is made anew, or emptied.

    Args:
        pc: the machine.
        drive: where.
        old: what is there already.
        make: makes it, with the attributes it is given.
        attributes: what the program wants them to be.
        mode: as for `open_existing`.

    Raises:
        DosError: ACCESS_DENIED, TOO_MANY_OPEN_FILES, SHARING_VIOLATION.
    """
    if attributes & (metadata.DIRECTORY | metadata.VOLUME_LABEL):
        raise DosError(ErrorCode.ACCESS_DENIED)
    pc.files.free_handle(pc.processes.current)  # none left: nothing is created
    if old is not None:
        check_open(pc, drive, old, mode)
    file = make(attributes & SETTABLE | metadata.ARCHIVE)
    return enter(pc, DiskFile(drive, file, drive.path_of(file), mode))


def create_at(
    pc: Machine, path: str, attributes: int, *, new: bool = False, mode: int = READ_WRITE
) -> int:
    """Return a handle for a file created, or emptied, by its path; or for a device.

    Args:
        pc: the machine.
        path: where.
        attributes: of the file.
        new: whether it must not exist yet.
        mode: as for `open_existing`.

    Raises:
        DosError: as `create`; PATH_NOT_FOUND, FILE_EXISTS, FILE_NOT_FOUND for a bad name.
    """
    device = pc.device(path)
    if device is not None:
        return enter(pc, device)
    drive, parts, old = locate(pc, path, refusal=ErrorCode.FILE_NOT_FOUND)
    if new and old is not None:
        is_directory = metadata.is_directory(old)
        raise DosError(ErrorCode.ACCESS_DENIED if is_directory else ErrorCode.FILE_EXISTS)

    def make(bits: int) -> FakeFile:
        try:
            return drive.create(parts, bits)
        except DosError as error:
            if error.code is ErrorCode.PATH_NOT_FOUND:  # the directory is there: a bad name
                raise DosError(ErrorCode.FILE_NOT_FOUND) from None
            raise

    return create(pc, drive, old, make, attributes=attributes, mode=mode)
