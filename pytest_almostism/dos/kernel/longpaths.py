r"""What a path means to the functions for long names, and how their services are registered.

A component is a long name or a short one, in any case; nothing is cut to 8.3, only spaces at its
ends do not count. What is made keeps the name it is given.

The kernel of Windows 95, DOS 7, has these functions; no other DOS has, but programs ask for them
and manage without: AX=7100h. A machine has them unless it is told not to (`long_names=False`),
whatever its version, as a DOS 5 has them with a driver such as DOSLFN.

Source: Ralf Brown's Interrupt List, INT 21h/71h; Microsoft's "Long Filename Specification".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.sharing import check_unshared
from pytest_almostism.dos.names import is_device
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import Call, int21

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeDirectory, FakeFile

    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.machine import Machine
    from pytest_almostism.dos.tree import Entry

#: How long a long name and a path with long names may be, without the zero that ends them.
NAME_MOST, PATH_MOST = 255, 259
_FORBIDDEN = frozenset('"*/:<>?\\|' + "".join(map(chr, range(0x20))))
WILDCARDS = frozenset("*?")


def long_service(number: int, /, *, missing: str = "", **arguments: str) -> Callable[[Call], Call]:
    """Register a service as `int21` does; on a machine without long names it does not exist."""

    def register(call: Call) -> Call:
        @wraps(call)
        def service(pc: Machine, regs: Registers) -> None:
            if not pc.long_names:
                raise DosError(ErrorCode.LONG_NAMES_NOT_SUPPORTED)
            call(pc, regs)

        return int21(number, missing=missing, **arguments)(service)

    return register


@dataclass(frozen=True)
class Place:
    """Where a path leads.

    Attributes:
        drive: the drive.
        directory: the directory that the last component is in; the root for the root itself.
        parts: all components but the last, in short names.
        name: the last component as it was given; empty for the root.
        entry: what is there; None: nothing, or the root.
    """

    drive: Drive
    directory: FakeDirectory
    parts: tuple[str, ...]
    name: str
    entry: Entry | None

    @property
    def file(self) -> FakeFile | None:
        """The file or directory that is there."""
        if not self.name:
            return self.drive.root
        return None if self.entry is None else self.entry.file

    @property
    def short_parts(self) -> list[str]:
        """All components of what is there, in short names."""
        if self.entry is None:
            return list(self.parts)
        return [*self.parts, self.entry.name]

    def existing(self) -> FakeFile:
        """Return what is there.

        Raises:
            DosError: FILE_NOT_FOUND.
        """
        if self.file is None:
            raise DosError(ErrorCode.FILE_NOT_FOUND)
        return self.file

    def unshared(self, pc: Machine) -> FakeFile:
        """Return what is there if it may be deleted or renamed now.

        Raises:
            DosError: FILE_NOT_FOUND, SHARING_VIOLATION.
        """
        file = self.existing()
        check_unshared(pc, file)
        return file

    def new_name(self) -> str:
        """Return the name for something that is to be made or renamed.

        Raises:
            DosError: PATH_NOT_FOUND for one that is too long or has illegal characters,
                ACCESS_DENIED for that of a device.
        """
        name = self.name
        if not name or len(name) > NAME_MOST or not _FORBIDDEN.isdisjoint(name):
            raise DosError(ErrorCode.PATH_NOT_FOUND)
        if is_device(name):
            raise DosError(ErrorCode.ACCESS_DENIED)
        return name


def locate(pc: Machine, path: str, *, wildcards: bool = False) -> Place:
    """Return where a path leads.

    Args:
        pc: the machine.
        path: with long or short names.
        wildcards: whether the last component may have some.

    Raises:
        DosError: PATH_NOT_FOUND, also for one that is too long or has no right to wildcards.
    """
    if not path or len(path) > PATH_MOST:
        raise DosError(ErrorCode.PATH_NOT_FOUND)
    drive, parts = pc.drives.resolve(path, fold=False)
    parts = [part.lstrip(" ") for part in parts]
    directory, short = drive.root, []
    for part in parts[:-1]:
        entry = drive.lookup(directory, part)
        if entry is None or not entry.is_directory:
            raise DosError(ErrorCode.PATH_NOT_FOUND)
        directory = entry.directory
        short.append(entry.name)
    name = parts[-1] if parts else ""
    if WILDCARDS & set(name):
        if not wildcards:
            raise DosError(ErrorCode.PATH_NOT_FOUND)
        if path.endswith("."):  # matches names without extension only
            name += "."
        return Place(drive, directory, tuple(short), name, None)
    return Place(drive, directory, tuple(short), name, drive.lookup(directory, name))
