r"""What is where on a drive: names of DOS looked up in a directory of a fake file system.

Paths are lists of upper-case components without `.` and `..`, as `Drives.resolve` makes them;
the empty list is the root. A component is a short name, a long one, or one that DOS cuts to 8.3.
Links, pipes and whatever else DOS has no word for are invisible.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from pyfakefs.fake_file import FakeDirectory

from pytest_almostism.dos import metadata
from pytest_almostism.dos.errorcode import Area, CriticalError, DosError, ErrorCode
from pytest_almostism.dos.fakefs import entries_of, name_of, parent_of
from pytest_almostism.dos.names import (
    from_fcb_name,
    is_short_name,
    to_fcb_name,
    to_short_name,
    upper,
)
from pytest_almostism.dos.shortnames import ShortNames

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from pyfakefs.fake_file import FakeFile


@dataclass(frozen=True)
class Entry:
    """One file or directory as a directory lists it.

    Args:
        name: its 8.3 name.
        long_name: what it is called in the file system.
        file: the file or directory.
    """

    name: str
    long_name: str
    file: FakeFile

    @property
    def is_directory(self) -> bool:
        """Whether it is a directory."""
        return metadata.is_directory(self.file)

    @property
    def directory(self) -> FakeDirectory:
        """The directory that it is, if it is one."""
        return cast("FakeDirectory", self.file)

    @property
    def attributes(self) -> int:
        """Attribute bits."""
        return metadata.attributes(self.file)

    @property
    def size(self) -> int:
        """Bytes; 0 for a directory."""
        return 0 if metadata.is_directory(self.file) else self.file.st_size

    @property
    def modified(self) -> dt.datetime:
        """When it was last written."""
        return metadata.modified(self.file)


class Tree:
    """The directories below one root.

    Args:
        letter: of the drive, `C`.
        root: the directory that is its root.

    Attributes:
        fault: what is wrong with the drive, as a critical error, DRIVE_NOT_READY for example;
            WRITE_PROTECTED only keeps it from being written. None: nothing.
        serial: the serial number of the volume.
    """

    def __init__(self, letter: str, root: FakeDirectory) -> None:
        self.letter = letter
        self.root = root
        self.fault: ErrorCode | None = None
        self._failures: int | None = None
        self.serial = 0x1991_0600 | ord(letter)
        self._names: dict[FakeDirectory, ShortNames] = {}

    def find(self, parts: Sequence[str]) -> FakeFile | None:
        """Return the file or directory at a path, or None.

        Raises:
            DosError: PATH_NOT_FOUND if a directory on the way is missing.
        """
        if not parts:
            return self.root
        directory = self.directory(parts[:-1])
        name = self._name(directory, parts[-1])
        return None if name is None else directory.entries[name]

    def directory(self, parts: Sequence[str]) -> FakeDirectory:
        """Return the directory at a path.

        Raises:
            DosError: PATH_NOT_FOUND if it or one on the way is missing or is a file.
        """
        self._access(Area.DIRECTORY)
        directory = self.root
        for part in parts:
            name = self._name(directory, part)
            child = None if name is None else directory.entries[name]
            if not isinstance(child, FakeDirectory):
                raise DosError(ErrorCode.PATH_NOT_FOUND)
            directory = child
        return directory

    def entries(self, directory: FakeDirectory) -> list[Entry]:
        """Return what a directory holds, in order of creation.

        Neither `.` and `..` nor the volume label are among them.
        """
        self._access(Area.DIRECTORY)
        names = self._short_names(directory)
        return [
            Entry(names.of(name), name, file)
            for name, file in directory.entries.items()
            if metadata.is_visible(file)
        ]

    def path_of(self, file: FakeFile) -> str:
        r"""Return the full path of a file or directory in short names: `C:\DIR\FILE.TXT`."""
        names: list[str] = []
        while file is not self.root and (parent := parent_of(file)) is not None:
            names.append(self._short_names(parent).of(name_of(file)))
            file = parent
        return f"{self.letter}:\\" + "\\".join(reversed(names))

    def lookup(self, directory: FakeDirectory, name: str) -> Entry | None:
        """Return the entry that has a long or short name, in whatever case; nothing is cut."""
        self._access(Area.DIRECTORY)
        entries, names = entries_of(directory), self._short_names(directory)
        key = name if name in entries else names.find(upper(name))
        if key is None or not metadata.is_visible(entries[key]):
            return None
        return Entry(names.of(key), key, entries[key])

    def true_parts(self, parts: Sequence[str]) -> list[str]:
        """Return a path in short names; what does not exist is cut to 8.3, `*` expanded to `?`."""
        names: list[str] = []
        directory: FakeFile | None = self.root
        for part in parts:
            short = from_fcb_name(to_fcb_name(part)) if part.count(".") < 2 else part
            if isinstance(directory, FakeDirectory):
                name = self._name(directory, part)
                if name is not None:
                    short = self._short_names(directory).of(name)
                directory = None if name is None else directory.entries[name]
            names.append(short)
        return names

    def fail(self, code: ErrorCode, times: int | None = None) -> None:
        """Let the drive fail with a critical error.

        Args:
            code: WRITE_PROTECTED (13h) to GENERAL_FAILURE (1Fh).
            times: how often, before it works again; None: until `fault` is set to None.
        """
        self.fault, self._failures = code, times

    def _access(self, area: Area, *, writing: bool = False) -> None:
        """Raise CriticalError if the drive fails at what is about to be done."""
        fault = self.fault
        if fault is None or (fault is ErrorCode.WRITE_PROTECTED and not writing):
            return
        if self._failures is not None:
            self._failures -= 1
            if self._failures <= 0:
                self.fault = self._failures = None
        raise CriticalError(fault, self.letter, writing=writing, area=area)

    def _name(self, directory: FakeDirectory, part: str) -> str | None:
        """Return the key in `directory.entries` that a component of a path means, or None."""
        entries = entries_of(directory)
        name: str | None = part
        if part not in entries:  # only now is it worth the time to look closer
            names = self._short_names(directory)
            name = names.find(part)
            if name is None and not is_short_name(part):
                with suppress(DosError):
                    name = names.find(to_short_name(part))
        return name if name is not None and metadata.is_visible(entries[name]) else None

    def _short_names(self, directory: FakeDirectory) -> ShortNames:
        names = self._names.get(directory)
        if names is None:
            names = self._names[directory] = ShortNames(entries_of(directory))
        return names
