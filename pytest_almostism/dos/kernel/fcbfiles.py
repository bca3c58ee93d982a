"""INT 21h/0Fh-13h, 16h, 17h, 23h: files by FCB, in the current directory of their drive.

Their names may hold `?`; what else there is to say of a file, an extended FCB says by its
attributes: without them hidden and system files, directories and the volume label are not found.
AL=FFh means that it did not work, and only INT 21h/59h tells why.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from pytest_almostism.dos import metadata
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.fakefs import is_deleted
from pytest_almostism.dos.kernel.fcb import DEFAULT_RECORD, Fcb
from pytest_almostism.dos.kernel.openfiles import READ_WRITE, DiskFile
from pytest_almostism.dos.kernel.search import (
    Found,
    advance,
    begin,
    is_label_search,
    is_wanted,
    listing_of,
)
from pytest_almostism.dos.kernel.sharing import check_open, check_unshared
from pytest_almostism.dos.names import from_fcb_name, is_device, matches, to_fcb_name
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import Call, int21

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.machine import Machine

_FAILED = 0xFF
_STATE = 21  # bytes of a search's state; in an FCB the drive comes last, behind the others
_EXTENSION = b"\xff" + bytes(5)
_NEW_NAME = 0x11
_NEVER = 0xC0  # attributes of a device, and of nothing


def _fcb_service(work: Callable[[Machine, Fcb], None]) -> Call:
    """Make a service of what is done with the FCB DS:DX: AL=0, or FFh if it raises DosError."""

    @wraps(work)
    def call(pc: Machine, regs: Registers) -> None:
        regs.al = _FAILED
        work(pc, Fcb(pc.memory, regs.ds, regs.dx))
        regs.al = 0

    return call


# -- opening and closing --------------------------------------------------------------------


@int21(0x0F, fcb="ds:dx fcb")
@_fcb_service
def open_file_with_fcb(pc: Machine, fcb: Fcb) -> None:
    """INT 21h/0Fh: open the file of the FCB DS:DX, for reading and writing; the first that fits."""
    if _open_device(pc, fcb):
        return
    drive, _, found = _find(pc, fcb)
    file = found[0].file
    if file is None or found[0].attributes & metadata.DIRECTORY:
        raise DosError(ErrorCode.ACCESS_DENIED)
    check_open(pc, drive, file, READ_WRITE)
    _open(pc, fcb, drive, file)
    pc.drives.journal.record(file, "opened", drive.path_of(file), detail="both")


@int21(0x10, fcb="ds:dx fcb")
@_fcb_service
def close_file_with_fcb(pc: Machine, fcb: Fcb) -> None:
    """INT 21h/10h: close the file of the FCB DS:DX; AL=FFh if it is no longer there.

    If it was written to, its length and time become those that stand in the FCB, which a program
    may have changed. To close a file again, or one that was never opened, is no error.
    """
    file = pc.fcbs.find(fcb)
    if isinstance(file, DiskFile) and fcb.is_written:
        name = to_fcb_name(file.drive.path_of(file.file).rpartition("\\")[2])
        if is_deleted(file.file) or not matches(fcb.name(), name):
            raise DosError(ErrorCode.FILE_NOT_FOUND)
        if fcb.size < file.drive.size(file.file):
            file.drive.truncate(file.file, fcb.size)
        file.drive.set_modified(file.file, fcb.moment)
        file.drive.commit(file.file)
        fcb.is_written = False


@int21(0x16, fcb="ds:dx fcb")
@_fcb_service
def create_file_with_fcb(pc: Machine, fcb: Fcb) -> None:
    """INT 21h/16h: create the file of the FCB DS:DX, or empty an old one, and open it.

    An extended FCB tells its attributes; with that of a volume label it makes the label.
    """
    if fcb.attributes & _NEVER:
        raise DosError(ErrorCode.ACCESS_DENIED)
    drive, directory, name = _place(pc, fcb)
    if "?" in name:
        raise DosError(ErrorCode.PATH_NOT_FOUND)
    if fcb.attributes & metadata.VOLUME_LABEL:
        if drive.label:
            raise DosError(ErrorCode.CANNOT_MAKE_DIRECTORY)
        _set_label(drive, name)
        return
    if _open_device(pc, fcb):
        return
    parts = [*directory, from_fcb_name(name)]
    old = drive.find(parts)
    if old is not None:
        if not is_wanted(metadata.attributes(old), fcb.attributes):
            raise DosError(ErrorCode.ACCESS_DENIED)
        check_open(pc, drive, old, READ_WRITE)
    _open(pc, fcb, drive, drive.create(parts, fcb.attributes))


def _open_device(pc: Machine, fcb: Fcb) -> bool:
    """Open a device if the FCB names one; return whether it did."""
    if fcb.attributes & metadata.VOLUME_LABEL:
        return False
    pc.drive(fcb.drive)
    device = pc.device(from_fcb_name(fcb.name()))
    if device is not None:
        fcb.open(pc.fcbs.add(device), device, pc.clock.now())
    return device is not None


def _open(pc: Machine, fcb: Fcb, drive: Drive, file: FakeFile) -> None:
    opened = DiskFile(drive, file, drive.path_of(file), READ_WRITE)
    fcb.open(pc.fcbs.add(opened), opened, drive.modified(file))


# -- directories ----------------------------------------------------------------------------


@int21(0x11, fcb="ds:dx fcb")
@_fcb_service
def find_first_file_with_fcb(pc: Machine, fcb: Fcb) -> None:
    """INT 21h/11h: find the first file like the FCB DS:DX; its entry goes to the DTA.

    There it lies behind a drive byte, like an FCB, extended if that at DS:DX is.
    """
    drive, directory, name = _place(pc, fcb)
    _report(pc, fcb, *advance(pc, begin(pc, drive, directory, name, fcb.attributes)))


@int21(0x12, fcb="ds:dx fcb")
@_fcb_service
def find_next_file_with_fcb(pc: Machine, fcb: Fcb) -> None:
    """INT 21h/12h: find the next file of the search whose state is in the FCB DS:DX."""
    state = fcb.read(1, _STATE)
    _report(pc, fcb, *advance(pc, state[-1:] + state[:-1]))


def _report(pc: Machine, fcb: Fcb, state: bytes, found: Found) -> None:
    """Write a search's state into its FCB and what was found to the DTA."""
    fcb.write(1, state[1:] + state[:1])
    head = _EXTENSION + bytes((fcb.attributes,)) if fcb.is_extended else b""
    drive = fcb.drive or ord(pc.drives.current) - 0x40
    pc.memory.write(*pc.dta, head + bytes((drive,)) + found.on_disk())


@int21(0x13, fcb="ds:dx fcb")
@_fcb_service
def delete_file_with_fcb(pc: Machine, fcb: Fcb) -> None:
    """INT 21h/13h: delete all files like the FCB DS:DX, read-only ones if it has that attribute.

    AL=FFh if nothing was deleted.
    """
    drive, directory, found = _find(pc, fcb)
    protected = metadata.DIRECTORY | metadata.READ_ONLY & ~fcb.attributes
    deletable = [entry for entry in found if not entry.attributes & protected]
    if not deletable:
        raise DosError(ErrorCode.ACCESS_DENIED)
    for entry in deletable:
        if entry.file is None:
            _set_label(drive, "")
            continue
        check_unshared(pc, entry.file)
        if entry.attributes & metadata.READ_ONLY:
            drive.set_attributes(entry.file, 0)
        drive.delete([*directory, entry.name])


@int21(0x17, fcb="ds:dx fcb")
@_fcb_service
def rename_file_with_fcb(pc: Machine, fcb: Fcb) -> None:
    """INT 21h/17h: rename all files like the FCB DS:DX to the name at its offset 11h.

    A `?` there stands for what the old name has in that place. AL=FFh if there is no such file,
    or at the first new name that is taken.
    """
    target = fcb.name(_NEW_NAME)
    drive, directory, found = _find(pc, fcb)
    for entry in found:
        old = to_fcb_name(entry.name)
        new = "".join(o if n == "?" else n for o, n in zip(old, target, strict=True))
        parts = [*directory, from_fcb_name(new)]
        if drive.find(parts) is not None:
            raise DosError(ErrorCode.ACCESS_DENIED)
        if entry.file is None:
            _set_label(drive, new)
        else:
            check_unshared(pc, entry.file)
            drive.rename([*directory, entry.name], parts)


@int21(0x23, fcb="ds:dx fcb")
@_fcb_service
def get_file_size(pc: Machine, fcb: Fcb) -> None:
    """INT 21h/23h: set the random record of the FCB DS:DX to the file's length in records."""
    _, _, found = _find(pc, fcb)
    record = fcb.record_size or DEFAULT_RECORD
    count = -(-min(found[0].size, 0xFFFFFFFF) // record)
    fcb.write(0x21, count.to_bytes(4, "little")[: 4 if count >> 24 else 3])


def _place(pc: Machine, fcb: Fcb) -> tuple[Drive, list[str], str]:
    """Return where an FCB means: the drive, its current directory, the FCB name."""
    drive = pc.drive(fcb.drive)
    return drive, pc.drives.cwd[drive.letter], fcb.name()


def _find(pc: Machine, fcb: Fcb) -> tuple[Drive, list[str], list[Found]]:
    """Return the drive, the directory, and the entries that an FCB means: one or more.

    Raises:
        DosError: FILE_NOT_FOUND, PATH_NOT_FOUND; ACCESS_DENIED for a device.
    """
    drive, directory, name = _place(pc, fcb)
    attributes = fcb.attributes
    if is_label_search(attributes):
        directory = []
    elif is_device(from_fcb_name(name)):
        raise DosError(ErrorCode.ACCESS_DENIED)
    listing = listing_of(drive, directory)
    found = [entry for entry in listing if entry.fits(name, attributes)]
    if not found:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    return drive, directory, found


def _set_label(drive: Drive, label: str) -> None:
    if drive.read_only:
        raise DosError(ErrorCode.ACCESS_DENIED)
    drive.label = label.rstrip(" ")
