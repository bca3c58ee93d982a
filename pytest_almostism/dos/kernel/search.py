"""INT 21h/4Eh and 4Fh: find first and find next.

The first 21 bytes of the DTA belong to DOS: drive, pattern, attributes, and how far the search
is. So a program can have as many searches as DTAs. What the directory held when the search
began is remembered here, by a number that stands where DOS has the directory's cluster.
Layout: Ralf Brown's Interrupt List, INT 21h/4Eh.
"""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_almostism.dos.clock import to_dos
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.fakefs import is_deleted
from pytest_almostism.dos.metadata import DIRECTORY, HIDDEN, SYSTEM, VOLUME_LABEL
from pytest_almostism.dos.names import CODE_PAGE, from_fcb_name, is_device, matches, to_fcb_name
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.machine import Machine

_ENTRY = struct.Struct("<11sB10xHH2xI")
_STATE = 21
_DEVICE = 0x40  # the attribute of a device that is found by its name
_SPECIAL = HIDDEN | SYSTEM | DIRECTORY | VOLUME_LABEL
_KEPT = 1000


@dataclass(frozen=True)
class Found:
    """One directory entry as a search reports it; without `file`: `.`, `..`, label, device."""

    name: str
    attributes: int
    size: int
    modified: dt.datetime
    file: FakeFile | None = None

    @property
    def is_gone(self) -> bool:
        """Whether the file was deleted since the directory was read."""
        return self.file is not None and is_deleted(self.file)

    def fits(self, pattern: str, attributes: int) -> bool:
        """Return whether a search for an FCB name and attributes finds it."""
        return is_wanted(self.attributes, attributes) and matches(pattern, to_fcb_name(self.name))

    def in_dta(self) -> bytes:
        """Return the DTA from offset 15h on: attributes, time, date, size, name."""
        date, time = to_dos(self.modified)
        fields = (self.attributes, 1), (time, 2), (date, 2), (min(self.size, 0xFFFFFFFF), 4)
        packed = b"".join(value.to_bytes(width, "little") for value, width in fields)
        return packed + self.name.encode("cp437").ljust(13, b"\0")

    def on_disk(self) -> bytes:
        """Return the 32 bytes of a directory, its first cluster not known."""
        date, time = to_dos(self.modified)
        name = to_fcb_name(self.name).encode("cp437")
        size = min(self.size, 0xFFFFFFFF)
        return _ENTRY.pack(name, self.attributes, time, date, size)


class Searches:
    """What directories held when searches began, by the number in the DTA."""

    def __init__(self) -> None:
        self._listings: dict[int, list[Found]] = {}
        self._last = 0

    def begin(self, listing: list[Found]) -> int:
        """Remember a listing and return its number, 1..FFFFh; the oldest is forgotten."""
        self._last = self._last % 0xFFFF + 1
        self._listings[self._last] = listing
        if len(self._listings) > _KEPT:
            del self._listings[next(iter(self._listings))]
        return self._last

    def listing(self, number: int) -> list[Found]:
        """Return a listing, an empty one if there is none of that number."""
        return self._listings.get(number, [])


@int21(0x4E, path="ds:dx asciiz", attributes="cx")
def find_first_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/4Eh: find the first file like DS:DX with attributes CX; its entry goes to the DTA."""
    drive, parts = pc.drives.resolve(pc.text(regs.ds, regs.dx))
    if not parts:
        raise DosError(ErrorCode.NO_MORE_FILES)
    state = begin(pc, drive, parts[:-1], to_fcb_name(parts[-1]), regs.cl)
    _find(pc, regs, state)


@int21(0x4F)
def find_next_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/4Fh: find the next file of the search whose state is in the DTA."""
    _find(pc, regs, pc.memory.read(*pc.dta, _STATE))


def _find(pc: Machine, regs: Registers, state: bytes) -> None:
    state, found = advance(pc, state)
    pc.memory.write(*pc.dta, state + found.in_dta())
    regs.ax = 0


def begin(pc: Machine, drive: Drive, directory: list[str], pattern: str, attributes: int) -> bytes:
    """Begin a search and return its state: 21 bytes that lie with the guest meanwhile.

    Args:
        pc: the machine.
        drive: where.
        directory: where on it.
        pattern: an FCB name; one of a device finds the device, if there is such a directory.
        attributes: of what is looked for.

    Raises:
        DosError: PATH_NOT_FOUND.
    """
    if is_label_search(attributes):
        directory = []
    listing = listing_of(drive, directory)
    if is_device(from_fcb_name(pattern)) and not attributes & VOLUME_LABEL:
        pattern = pattern[:8].ljust(11)
        listing = [Found(pattern.rstrip(), _DEVICE, 0, pc.clock.now())]
    number = pc.searches.begin(listing)
    head = bytes((ord(drive.letter) - 0x40,)) + pattern.encode("cp437") + bytes((attributes,))
    return (head + bytes(2) + number.to_bytes(2, "little")).ljust(_STATE, b"\0")


def advance(pc: Machine, state: bytes) -> tuple[bytes, Found]:
    """Return the state of a search behind the next entry that is found, and the entry.

    Raises:
        DosError: NO_MORE_FILES.
    """
    pattern, attributes = state[1:12].decode("cp437"), state[12]
    index, number = (int.from_bytes(state[at : at + 2], "little") for at in (13, 15))
    listing = pc.searches.listing(number)
    for at in range(index, len(listing)):
        found = listing[at]
        if found.fits(pattern, attributes) and not found.is_gone:
            return state[:13] + (at + 1).to_bytes(2, "little") + state[15:], found
    raise DosError(ErrorCode.NO_MORE_FILES)


def is_label_search(attributes: int) -> bool:
    """Return whether a search for these attributes finds the volume label and nothing else."""
    return attributes & _SPECIAL == VOLUME_LABEL


def is_wanted(has: int, wanted: int) -> bool:
    """Return whether a search for attributes `wanted` finds an entry that `has` some.

    Plain files are found always, hidden, system and directories if asked for; a search for the
    volume label alone finds nothing else.
    """
    if is_label_search(wanted):
        return bool(has & VOLUME_LABEL)
    return not has & _SPECIAL & ~wanted


def listing_of(drive: Drive, parts: list[str]) -> list[Found]:
    """Return what a directory holds, as a FAT disk keeps it.

    Raises:
        DosError: PATH_NOT_FOUND.
    """
    directory = drive.directory(parts)
    modified = drive.modified(directory)
    if parts:
        special = [Found(name, DIRECTORY, 0, modified) for name in (".", "..")]
    elif drive.label:
        label = drive.label[:11].ljust(11).encode(CODE_PAGE, "replace").decode(CODE_PAGE)
        special = [Found(from_fcb_name(label), VOLUME_LABEL, 0, modified)]
    else:
        special = []
    return special + [
        Found(entry.name, entry.attributes, entry.size, entry.modified, entry.file)
        for entry in drive.entries(directory)
    ]
