"""INT 21h/4Eh and 4Fh: find first and find next.

The first 21 bytes of the DTA belong to DOS: drive, pattern, attributes, and how far the search
is. So a program can have as many searches as DTAs. What the directory held when the search
began is remembered here, by a number that stands where DOS has the directory's cluster.
Layout: Ralf Brown's Interrupt List, INT 21h/4Eh.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_almostism.dos.clock import to_dos
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.metadata import DIRECTORY, HIDDEN, SYSTEM, VOLUME_LABEL
from pytest_almostism.dos.names import matches, to_fcb_name
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.machine import Machine

_STATE = 21
_SPECIAL = HIDDEN | SYSTEM | DIRECTORY | VOLUME_LABEL
_KEPT = 1000


@dataclass(frozen=True)
class Found:
    """One directory entry as a search reports it; without `file`: `.`, `..`, the label."""

    name: str
    attributes: int
    size: int
    modified: dt.datetime
    file: FakeFile | None = None

    def in_dta(self) -> bytes:
        """Return the DTA from offset 15h on: attributes, time, date, size, name."""
        date, time = to_dos(self.modified)
        fields = (self.attributes, 1), (time, 2), (date, 2), (min(self.size, 0xFFFFFFFF), 4)
        packed = b"".join(value.to_bytes(width, "little") for value, width in fields)
        return packed + self.name.encode("cp437").ljust(13, b"\0")


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
    number = pc.searches.begin(_list(drive, parts[:-1]))
    pattern = to_fcb_name(parts[-1]).encode("cp437")
    state = bytes((ord(drive.letter) - 0x40,)) + pattern + bytes((regs.cl,))
    _find(pc, regs, state, number, 0)


@int21(0x4F)
def find_next_file(pc: Machine, regs: Registers) -> None:
    """INT 21h/4Fh: find the next file of the search whose state is in the DTA."""
    state = pc.memory.read(*pc.dta, _STATE)
    index, number = (int.from_bytes(state[at : at + 2], "little") for at in (13, 15))
    _find(pc, regs, state[:13], number, index)


def _find(pc: Machine, regs: Registers, state: bytes, number: int, index: int) -> None:
    pattern, attributes = state[1:12].decode("cp437"), state[12]
    listing = pc.searches.listing(number)
    for at in range(index, len(listing)):
        found = listing[at]
        if (
            matches(pattern, to_fcb_name(found.name))
            and is_wanted(found.attributes, attributes)
            and (found.file is None or found.file.parent_dir is not None)
        ):
            position = (at + 1).to_bytes(2, "little") + number.to_bytes(2, "little")
            pc.memory.write(*pc.dta, (state + position).ljust(_STATE, b"\0") + found.in_dta())
            regs.ax = 0
            return
    raise DosError(ErrorCode.NO_MORE_FILES)


def is_wanted(has: int, wanted: int) -> bool:
    """Return whether a search for attributes `wanted` finds an entry that `has` some.

    Plain files are found always, hidden, system and directories if asked for; a search for the
    volume label alone finds nothing else.
    """
    if wanted & _SPECIAL == VOLUME_LABEL:
        return bool(has & VOLUME_LABEL)
    return not has & _SPECIAL & ~wanted


def _list(drive: Drive, parts: list[str]) -> list[Found]:
    """Return what a directory holds, as a FAT disk keeps it."""
    directory = drive.directory(parts)
    modified = drive.modified(directory)
    if parts:
        special = [Found(name, DIRECTORY, 0, modified) for name in (".", "..")]
    elif drive.label:
        special = [Found(drive.label, VOLUME_LABEL, 0, modified)]
    else:
        special = []
    return special + [
        Found(entry.name, entry.attributes, entry.size, entry.modified, entry.file)
        for entry in drive.entries(directory)
    ]
