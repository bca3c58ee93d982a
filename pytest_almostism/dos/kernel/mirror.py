"""What programs find of DOS's files, drives and state in its data segment.

Nothing of it is there before a program has asked for an address in that segment (`reveal`):
then it is written, and again after every interrupt that the machine answers, where something
has changed. So programs that never look, nearly all, do not pay for it; and what a program
writes there itself stays until DOS has another opinion. The current PSP and the DTA are taken
over from there, since programs that swap the swappable data area put them back that way.

Layouts: Ralf Brown's Interrupt List, INT 21h/52h and 5D06h.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from pytest_almostism.dos.clock import to_dos
from pytest_almostism.dos.geometry import geometry_of
from pytest_almostism.dos.kernel import sysvars
from pytest_almostism.dos.kernel.openfiles import DiskFile, OpenFile
from pytest_almostism.dos.kernel.sysvars import far
from pytest_almostism.dos.names import to_fcb_name
from pytest_almostism.dos.psp import Psp

if TYPE_CHECKING:
    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.machine import Machine

Pointer = tuple[int, int]

_FILE = struct.Struct("<HHBHIHHHIIHIB11sIHHHHI")
_DIRECTORY = struct.Struct("<67sHIHHHHBIH")
_STATE = struct.Struct("<IHHHBB")  # DTA, PSP, SP at INT 23h, exit code, drive, break
_STATE_AT = sysvars.SWAPPABLE + 0x0C
_NO_FILE = b"\0\0"
_PHYSICAL = 0x4000
_CRITICAL_ERROR, _INT_28 = 0x24, 0x28


class Mirror:
    """The image of the machine's state in its memory.

    Args:
        machine: the PC.
    """

    def __init__(self, machine: Machine) -> None:
        self._pc = machine
        self._written: dict[Pointer, bytes] = {}
        self._owners: dict[int, tuple[OpenFile, int]] = {}
        self._directories: dict[str, str] = {}
        self._is_watched = False

    def reveal(self) -> None:
        """Write what is true now and keep it true: a program knows where to look."""
        if not self._is_watched:
            self._is_watched = True
            cpu = self._pc.cpu
            interrupt, returned = cpu.interrupt, cpu.returned

            def answer(number: int) -> None:
                self._take_over()
                interrupt(number)
                self.refresh()

            def go_on() -> None:
                self._take_over()
                returned()
                self.refresh()

            cpu.interrupt, cpu.returned = answer, go_on
        self.refresh()

    def refresh(self) -> None:
        """Write what has changed."""
        self._put((sysvars.DATA, _STATE_AT), self._state())
        for index, file in self._pc.files.entries():
            self._put(sysvars.file_entry(index), self._file(index, file))
        drives = self._pc.drives
        directories = {letter: drives.current_directory(letter) for letter in drives}
        if directories != self._directories:
            self._directories = directories
            self._write_drives(list(drives.values()))

    def calling(self, number: int) -> None:
        """Show in the InDOS and critical error flags which handler of the guest is called."""
        flags = bytes((number == _CRITICAL_ERROR, number == _INT_28))
        at = (sysvars.DATA << 4) + sysvars.SWAPPABLE
        self._pc.memory.view[at : at + 2] = flags

    def called(self) -> None:
        """Show that no such handler is running any more."""
        self.calling(0)

    def _put(self, where: Pointer, data: bytes) -> None:
        if self._written.get(where) != data:
            self._written[where] = data
            at = (where[0] << 4) + where[1]
            self._pc.memory.view[at : at + len(data)] = data

    # -- the swappable data area ------------------------------------------------------------

    def _state(self) -> bytes:
        pc = self._pc
        ending = pc.processes.ending
        return _STATE.pack(
            far(pc.dta),
            pc.processes.current.segment,
            0,
            ending.termination << 8 | ending.exit_code,
            ord(pc.drives.current) - 0x41,
            pc.settings.check_break,
        )

    def _take_over(self) -> None:
        """Let the PSP and the DTA be what a program has put into the swappable data area."""
        pc = self._pc
        written = self._written[sysvars.DATA, _STATE_AT]
        found = pc.memory.read(sysvars.DATA, _STATE_AT, _STATE.size)
        if found == written:
            return
        dta, psp, *_ = _STATE.unpack(found)
        pc.dta = dta >> 16, dta & 0xFFFF
        pc.processes.current = Psp(pc.memory, psp)
        self._written[sysvars.DATA, _STATE_AT] = found

    # -- files ------------------------------------------------------------------------------

    def _file(self, index: int, file: OpenFile | None) -> bytes:
        """Return an entry of the system file table; one of no file counts no handles."""
        if file is None:
            return _NO_FILE
        attributes = size = position = date = time = 0
        name, where = file.name, sysvars.device_header(file.name)
        if isinstance(file, DiskFile):
            drive = file.drive
            attributes, size = drive.attributes(file.file), drive.size(file.file)
            position = file.position
            date, time = to_dos(drive.modified(file.file))
            name = name.rpartition("\\")[2]
            where = sysvars.drive_parameters(_number(drive))
        return _FILE.pack(
            file.references,
            file.mode,
            attributes,
            file.information & 0xFF,
            far(where),
            *(0, time, date, size, position),
            *(0, 0, 0, to_fcb_name(name).encode("cp437", "replace")),
            *(0, 0, self._owner(index, file), 0, 0, 0),
        )

    def _owner(self, index: int, file: OpenFile) -> int:
        """Return the PSP of the oldest program that has a file: once found, it stays."""
        known, owner = self._owners.get(index, (None, 0))
        if known is file:
            return owner
        processes = self._pc.processes
        segments = processes.shell.segment, *processes.running, processes.current.segment
        owner = next(
            (s for s in segments if index in Psp(self._pc.memory, s).handles()),
            processes.current.segment,
        )
        self._owners[index] = file, owner
        return owner

    # -- drives -----------------------------------------------------------------------------

    def _write_drives(self, drives: list[Drive]) -> None:
        for drive, following in zip(drives, [*drives[1:], None], strict=True):
            number = _number(drive)
            self._put(sysvars.directory_structure(number), self._directory(drive))
            self._put(sysvars.drive_parameters(number), _parameters(drive, following))
        first = sysvars.drive_parameters(_number(drives[0])) if drives else (0xFFFF, 0xFFFF)
        units = bytes((len(drives),))
        self._put((sysvars.DATA, sysvars.LIST_OF_LISTS), struct.pack("<I", far(first)))
        self._put((sysvars.DATA, sysvars.LIST_OF_LISTS + 0x20), units)
        self._put((0, sysvars.UNITS), units)

    def _directory(self, drive: Drive) -> bytes:
        path = f"{drive.letter}:\\{self._pc.drives.current_directory(drive.letter)}"
        return _DIRECTORY.pack(
            path.encode("cp437", "replace")[:66],
            _PHYSICAL,
            far(sysvars.drive_parameters(_number(drive))),
            *(0, 0xFFFF, 0xFFFF),
            2,  # where the backslash of the root is
            *(0, 0, 0),
        )


def _number(drive: Drive) -> int:
    return ord(drive.letter) - 0x41


def _parameters(drive: Drive, following: Drive | None) -> bytes:
    behind = (0xFFFF, 0xFFFF)
    if following is not None:
        behind = sysvars.drive_parameters(_number(following))
    return geometry_of(drive).dpb(
        _number(drive), driver=sysvars.device_header(""), following=behind
    )
