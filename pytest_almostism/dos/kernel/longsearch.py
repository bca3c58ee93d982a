"""INT 21h/714Eh, 714Fh, 71A1h: searches for long names, which have a handle of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_almostism.dos import metadata
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.fakefs import is_deleted
from pytest_almostism.dos.kernel.filetimes import to_dos_filetime, to_filetime
from pytest_almostism.dos.kernel.longpaths import Place, locate, long_service
from pytest_almostism.dos.kernel.search import is_label_search
from pytest_almostism.dos.metadata import DIRECTORY, HIDDEN, SYSTEM, VOLUME_LABEL
from pytest_almostism.dos.names import upper
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.tree import Entry

if TYPE_CHECKING:
    import datetime as dt

    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.dos.machine import Machine

_SPECIAL = HIDDEN | SYSTEM | DIRECTORY | VOLUME_LABEL
_LONG_SIZE, _SHORT_SIZE = 260, 14
_TIMES: tuple[Callable[[dt.datetime], bytes], ...] = to_filetime, to_dos_filetime
_FIRST_HANDLE, _LAST_HANDLE = 0x1000, 0x10FF


@dataclass(frozen=True)
class LongSearch:
    """A search that goes on.

    Attributes:
        found: what is still to be reported.
    """

    found: tuple[Entry, ...]


class LongSearches:
    """The searches that were not closed, by handle."""

    def __init__(self) -> None:
        self._searches: dict[int, LongSearch] = {}

    def add(self, search: LongSearch) -> int:
        """Return a handle for a search.

        Raises:
            DosError: TOO_MANY_OPEN_FILES.
        """
        for handle in range(_FIRST_HANDLE, _LAST_HANDLE + 1):
            if handle not in self._searches:
                self._searches[handle] = search
                return handle
        raise DosError(ErrorCode.TOO_MANY_OPEN_FILES)

    def next(self, handle: int) -> Entry:
        """Return the next entry that is still there.

        Raises:
            DosError: INVALID_HANDLE, NO_MORE_FILES.
        """
        search = self._searches.get(handle)
        if search is None:
            raise DosError(ErrorCode.INVALID_HANDLE)
        left = list(search.found)
        while left:
            entry = left.pop(0)
            if not is_deleted(entry.file):
                self._searches[handle] = replace(search, found=tuple(left))
                return entry
        raise DosError(ErrorCode.NO_MORE_FILES)

    def close(self, handle: int) -> None:
        """Forget a search.

        Raises:
            DosError: INVALID_HANDLE.
        """
        if self._searches.pop(handle, None) is None:
            raise DosError(ErrorCode.INVALID_HANDLE)


@long_service(0x714E, path="ds:dx asciiz", attributes="cx", dates="si")
def find_first_file_with_long_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/714Eh: find the first file like DS:DX; AX=a handle, its entry goes to ES:DI.

    CL is which attributes it may have, CH which it must have; SI=1: dates as DOS has them.
    """
    dates = _dates(regs)
    place = locate(pc, pc.text(regs.ds, regs.dx), wildcards=True)
    found = matching(_listing(place, regs.cl), place.name, regs.cl, regs.ch)
    if not found:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    handle = pc.long_searches.add(LongSearch(tuple(found)))
    _report(pc, regs, pc.long_searches.next(handle), dates)
    regs.ax = handle


@long_service(0x714F, handle="bx", dates="si")
def find_next_file_with_long_name(pc: Machine, regs: Registers) -> None:
    """INT 21h/714Fh: find the next file of the search BX; its entry goes to ES:DI."""
    dates = _dates(regs)
    _report(pc, regs, pc.long_searches.next(regs.bx), dates)


@long_service(0x71A1, handle="bx")
def find_close(pc: Machine, regs: Registers) -> None:
    """INT 21h/71A1h: end the search BX."""
    pc.long_searches.close(regs.bx)


def _dates(regs: Registers) -> Callable[[dt.datetime], bytes]:
    form = int(regs.si)
    if form >= len(_TIMES):
        raise DosError(ErrorCode.INVALID_FUNCTION)
    return _TIMES[form]


class _Label(Entry):
    """The volume label, which is an entry in the root of a disk."""

    attributes = VOLUME_LABEL


def _listing(place: Place, attributes: int) -> list[Entry]:
    """Return what a directory holds for a search, as a FAT disk keeps it."""
    drive = place.drive
    special: list[Entry] = []
    if place.parts:
        special = [Entry(name, name, place.directory) for name in (".", "..")]
    elif drive.label:
        special = [_Label(drive.label, drive.label, drive.root)]
    if is_label_search(attributes):
        return [entry for entry in special if entry.attributes == VOLUME_LABEL]
    return [*special, *drive.entries(place.directory)]


def matching(entries: Iterable[Entry], pattern: str, may: int, must: int) -> list[Entry]:
    """Return the entries whose long or short name fits a pattern, and whose attributes do.

    Args:
        entries: of a directory.
        pattern: a name with `*`, any characters, and `?`, one; `*.*` fits all.
        may: attributes; those that are hidden, system or directories must be among them.
        must: attributes that they all have.
    """
    fits = _compiled(upper(pattern)).fullmatch
    return [
        entry
        for entry in entries
        if (fits(upper(entry.long_name)) or fits(entry.name))
        and not entry.attributes & _SPECIAL & ~may
        and entry.attributes & must == must
    ]


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    text = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    if pattern.endswith(".*"):  # a name without extension fits, too
        text = f"{text[:-4]}(\\..*)?"
    elif pattern.endswith("."):  # only such
        text = f"(?!.*\\.){text[:-2]}"
    return re.compile(text, re.DOTALL)


def _report(
    pc: Machine, regs: Registers, entry: Entry, dates: Callable[[dt.datetime], bytes]
) -> None:
    """Write what was found to ES:DI; CX tells whether its names had to be changed."""
    name, is_changed = _encoded(entry.long_name)
    data = file_data(entry.file, entry.attributes, dates)
    size = entry.size.to_bytes(8, "little")
    short = b"" if entry.name == entry.long_name else entry.name.encode("cp437")
    pc.memory.write(
        regs.es,
        regs.di,
        data
        + size[4:]
        + size[:4]
        + bytes(8)
        + name[: _LONG_SIZE - 1].ljust(_LONG_SIZE, b"\0")
        + short.ljust(_SHORT_SIZE, b"\0"),
    )
    regs.cx = int(is_changed)


def file_data(
    file: FakeFile, attributes: int, dates: Callable[[dt.datetime], bytes] = to_filetime
) -> bytes:
    """Return attributes and times of creation, access, and writing: the first 28 bytes."""
    accessed = metadata.accessed(file).replace(hour=0, minute=0, second=0, microsecond=0)
    times = metadata.created(file), accessed, metadata.modified(file)
    return attributes.to_bytes(4, "little") + b"".join(map(dates, times))


def _encoded(name: str) -> tuple[bytes, bool]:
    """Return a name in code page 437, `_` for what it has not, and whether there was such."""
    data = name.encode("cp437", "replace").replace(b"?", b"_")
    return data, data.decode("cp437") != name
