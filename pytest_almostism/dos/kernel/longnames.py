"""INT 21h/710Dh, 7139h-713Bh, 7141h, 7147h, 7156h, 7160h, 71A0h, 71A8h: long file names.

Directories, deleting and renaming, and what a path or a name is in its other form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.longpaths import (
    NAME_MOST,
    PATH_MOST,
    Place,
    locate,
    long_service,
)
from pytest_almostism.dos.kernel.longsearch import matching
from pytest_almostism.dos.kernel.sharing import check_unshared
from pytest_almostism.dos.names import split_path, to_fcb_name, untailed_alias
from pytest_almostism.dos.registers import Registers

if TYPE_CHECKING:
    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.machine import Machine

_ROOT = "\\"
_AS_IT_IS, _SHORT, _LONG = range(3)
# Case is kept; Unicode on the disk; there are these functions.
_VOLUME = 0x0002 | 0x0004 | 0x4000
_FILE_SYSTEM = b"FAT\0"


@long_service(0x710D, flags="cx", drive="dx")
def reset_drive_with_long_names(pc: Machine, regs: Registers) -> None:
    """INT 21h/710Dh: write all that is buffered for drive DX (0: current) to the disk."""
    pc.drive(regs.dx & 0xFF)
    pc.files.commit()


# -- directories --------------------------------------------------------------------------------


@long_service(0x7139, path="ds:dx asciiz")
def create_directory_with_long_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/7139h: make the directory DS:DX."""
    place = locate(pc, pc.text(regs.ds, regs.dx))
    if place.file is not None:
        raise DosError(ErrorCode.ACCESS_DENIED)
    place.drive.add_directory(place.directory, place.new_name())


@long_service(0x713A, path="ds:dx asciiz")
def remove_directory_with_long_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/713Ah: remove the directory DS:DX, which must be empty and not the current one."""
    place = locate(pc, pc.text(regs.ds, regs.dx))
    parts = _directory(place)
    if parts and parts == pc.drives.cwd.get(place.drive.letter):
        raise DosError(ErrorCode.CURRENT_DIRECTORY)
    place.drive.remove_directory(parts)


@long_service(0x713B, path="ds:dx asciiz")
def change_directory_with_long_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/713Bh: make DS:DX the current directory of its drive."""
    place = locate(pc, pc.text(regs.ds, regs.dx))
    pc.drives.cwd[place.drive.letter] = _directory(place)


@long_service(0x7147, drive="dl")
def get_current_directory_with_long_names(pc: Machine, regs: Registers) -> None:
    """INT 21h/7147h: write the current directory of drive DL (0: current) to DS:SI, long names."""
    drive = pc.drive(regs.dl)
    path = _ROOT.join(_long_parts(drive, pc.drives.cwd[drive.letter]))
    pc.memory.write(regs.ds, regs.si, _encoded(path))


def _directory(place: Place) -> list[str]:
    """Return the parts of a directory in short names."""
    if place.name and (place.entry is None or not place.entry.is_directory):
        raise DosError(ErrorCode.PATH_NOT_FOUND)
    return place.short_parts


# -- deleting and renaming ----------------------------------------------------------------------


@long_service(0x7141, path="ds:dx asciiz", wildcards="si", attributes="cx")
def delete_file_with_long_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/7141h: delete the file DS:DX; SI=1: all that match its wildcards and attributes.

    With SI=1, CL is which attributes they may have, CH which they must have.
    """
    if regs.si > 1:
        raise DosError(ErrorCode.INVALID_FUNCTION)
    place = locate(pc, pc.text(regs.ds, regs.dx), wildcards=bool(regs.si))
    if not regs.si:
        place.unshared(pc)
        place.drive.delete(place.short_parts)
        return
    entries = [
        entry
        for entry in matching(place.drive.entries(place.directory), place.name, regs.cl, regs.ch)
        if not entry.is_directory
    ]
    if not entries:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    for entry in entries:
        check_unshared(pc, entry.file)
        place.drive.delete([*place.parts, entry.name])


@long_service(0x7156, path="ds:dx asciiz", to="es:di asciiz")
def rename_file_with_long_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/7156h: rename the file or directory DS:DX to ES:DI, on the same drive."""
    old = locate(pc, pc.text(regs.ds, regs.dx))
    file = old.unshared(pc)
    new = locate(pc, pc.text(regs.es, regs.di))
    if old.drive is not new.drive:
        raise DosError(ErrorCode.NOT_SAME_DEVICE)
    if new.file is not None and new.file is not file:  # the same in another case is no other
        raise DosError(ErrorCode.ACCESS_DENIED)
    old.drive.move(file, new.directory, new.new_name())


# -- names in their other form ------------------------------------------------------------------


@long_service(0x7160, path="ds:si asciiz", form="cl")
def get_path_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/7160h: write the full path of DS:SI to ES:DI: CL=0 as it is, 1 short, 2 long."""
    path = pc.text(regs.ds, regs.si)
    if regs.cl == _AS_IT_IS:
        drive, parts = pc.drives.resolve(path, fold=False)
    elif regs.cl <= _LONG:
        place = locate(pc, path)
        place.existing()
        drive, parts = place.drive, place.short_parts
        if regs.cl == _LONG:
            parts = _long_parts(drive, parts)
    else:
        raise DosError(ErrorCode.INVALID_FUNCTION)
    full = f"{drive.letter}:{_ROOT}{_ROOT.join(parts)}"
    if len(full) > PATH_MOST:
        raise DosError(ErrorCode.PATH_NOT_FOUND)
    pc.memory.write(regs.es, regs.di, _encoded(full))


@long_service(0x71A0, root="ds:dx asciiz", size="cx")
def get_volume_information(pc: Machine, regs: Registers) -> None:
    """INT 21h/71A0h: BX=what DS:DX's drive can do, CX, DX=how long names and paths may be.

    The name of its file system goes to ES:DI, where there are CX bytes.
    """
    letter, _, _ = split_path(pc.text(regs.ds, regs.dx))
    if (letter or pc.drives.current) not in pc.drives:
        raise DosError(ErrorCode.INVALID_DRIVE)
    pc.memory.write(regs.es, regs.di, _FILE_SYSTEM[: regs.cx])
    regs.bx, regs.cx, regs.dx = _VOLUME, NAME_MOST, PATH_MOST + 1


@long_service(0x71A8, name="ds:si asciiz", form="dh")
def generate_short_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/71A8h: write what DS:SI is cut to, without number, to ES:DI.

    DH=0: as in a directory, 11 characters; 1: as a person writes it.
    """
    name = pc.text(regs.ds, regs.si)
    if regs.dh > 1 or not name.strip(". "):
        raise DosError(ErrorCode.INVALID_FUNCTION)
    short = untailed_alias(name)
    text = short.encode("cp437") + b"\0" if regs.dh else to_fcb_name(short).encode("cp437")
    pc.memory.write(regs.es, regs.di, text)


def _long_parts(drive: Drive, parts: list[str]) -> list[str]:
    """Return the components of an existing path in long names."""
    directory, names = drive.root, []
    for part in parts:
        entry = drive.lookup(directory, part)
        if entry is None:
            raise DosError(ErrorCode.PATH_NOT_FOUND)
        names.append(entry.long_name)
        directory = entry.directory
    return names


def _encoded(path: str) -> bytes:
    """Return a path as guests get it; what code page 437 has not, becomes an underscore."""
    return path.encode("cp437", "replace").replace(b"?", b"_") + b"\0"
