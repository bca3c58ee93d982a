r"""The drives of a machine, and what a path means on them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from pyfakefs.fake_file import FakeDirectory

from pytest_almostism.dos.drive import Drive
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.hostdirectory import HostDirectory
from pytest_almostism.dos.names import split_path

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from pyfakefs.fake_filesystem import FakeFilesystem

    from pytest_almostism.witness import Journal

_FOLDER = "dos"


class Drives(Mapping[str, Drive]):
    r"""Letter -> `Drive`, with a current drive and a current directory on each.

    Drive `X` lives in the directory `/dos/X` of the fake file system. A path that was given is
    resolved to a drive and its components: absolute, upper-case, without `.` and `..`.

    Args:
        filesystem: where the drives live.
        now: the time of day of the machine.
        journal: is told every change.

    Attributes:
        current: letter of the current drive; `C` at first.
        cwd: letter -> components of the current directory there.
    """

    def __init__(
        self, filesystem: FakeFilesystem, *, now: Callable[[], dt.datetime], journal: Journal
    ) -> None:
        self.filesystem = filesystem
        self.journal = journal
        self.current = "C"
        self.cwd: dict[str, list[str]] = {}
        self.now = now
        self._drives: dict[str, Drive] = {}
        self._all: FakeDirectory | None = None

    def __getitem__(self, letter: str) -> Drive:
        return self._drives[letter]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._drives))

    def __len__(self) -> int:
        return len(self._drives)

    def add(
        self,
        letter: str,
        *,
        read_only: bool = False,
        label: str = "",
        capacity: int | None = None,
    ) -> Drive:
        """Add a drive: empty, or with what its directory in the file system already holds.

        Args:
            letter: `A`..`Z`.
            read_only: refuse all changes.
            label: the volume label, up to eleven characters.
            capacity: its size in bytes; by default there is room enough.

        Raises:
            ValueError: The letter is none, or there is such a drive.
        """
        letter = _letter(letter)
        if letter in self._drives:
            raise ValueError(f"there is a drive {letter}: already")
        folder = self._folder()
        root = folder.entries.get(letter)
        if root is None:
            root = FakeDirectory(letter, filesystem=self.filesystem)
            folder.add_entry(root)
        return self._install(
            letter,
            cast("FakeDirectory", root),
            read_only=read_only,
            label=label,
            capacity=capacity,
        )

    def mount(
        self, letter: str, directory: str | os.PathLike[str], *, read_only: bool = False
    ) -> Drive:
        """Make a directory of the host a drive; it is read when needed and never written.

        Args:
            letter: a letter without a drive, or that of an empty one, which is replaced.
            directory: of the host.
            read_only: refuse all changes; else they stay in memory.

        Raises:
            ValueError: The letter is none, or its drive is not empty.
            OSError: There is no such directory, or it is none; with the path in the message.
        """
        letter = _letter(letter)
        root = HostDirectory(os.fspath(directory), letter, self.filesystem, read_only=read_only)
        folder = self._folder()
        present = folder.entries.get(letter)
        if isinstance(present, HostDirectory):
            if letter in self._drives or present.source != root.source:
                raise ValueError(f"drive {letter}: is {present.source} already")
            root = present  # mounted by an earlier machine that shares the file system
        else:
            if present is not None:
                if not isinstance(present, FakeDirectory) or present.entries:
                    raise ValueError(f"drive {letter}: is not empty: mount {root.source} elsewhere")
                folder.remove_entry(letter)
            folder.add_entry(root)
        return self._install(letter, root, read_only=read_only)

    def resolve(self, path: str, *, fold: bool = True) -> tuple[Drive, list[str]]:
        r"""Return the drive and the components that a path means now.

        Args:
            path: absolute or relative, to the current directory of its drive or the current one.
            fold: whether the components become upper-case; long names keep their case.

        Raises:
            DosError: PATH_NOT_FOUND for an unknown drive or `..` above the root, FILE_NOT_FOUND
                for an empty path.
        """
        letter, absolute, components = split_path(path, fold=fold)
        letter = letter or self.current
        drive = self._drives.get(letter)
        if drive is None:
            raise DosError(ErrorCode.PATH_NOT_FOUND)
        parts = [] if absolute else list(self.cwd[letter])
        for component in components:
            if component != "..":
                parts.append(component)
            elif parts:
                parts.pop()
            else:
                raise DosError(ErrorCode.PATH_NOT_FOUND)
        return drive, parts

    def truename(self, path: str) -> str:
        r"""Return the full path in short names, `C:\DIR\FILE.TXT` (INT 21h/60h).

        What does not exist is upper-cased and cut to 8.3, `*` becomes `?`.

        Raises:
            DosError: As `resolve`.
        """
        drive, parts = self.resolve(path)
        return f"{drive.letter}:\\" + "\\".join(drive.true_parts(parts))

    def change_directory(self, path: str) -> None:
        """Make a directory the current one of its drive (INT 21h/3Bh).

        Raises:
            DosError: PATH_NOT_FOUND.
        """
        drive, parts = self.resolve(path)
        drive.directory(parts)
        self.cwd[drive.letter] = drive.true_parts(parts)

    def current_directory(self, letter: str | None = None) -> str:
        r"""Return the current directory of a drive, by default the current one, as `DIR\SUB`."""
        return "\\".join(self.cwd[letter or self.current])

    def _install(
        self,
        letter: str,
        root: FakeDirectory,
        *,
        read_only: bool,
        label: str = "",
        capacity: int | None = None,
    ) -> Drive:
        drive = self._drives[letter] = Drive(
            letter,
            root,
            filesystem=self.filesystem,
            now=self.now,
            journal=self.journal,
            read_only=read_only,
            label=label,
            capacity=capacity,
        )
        self.cwd[letter] = []
        return drive

    def _folder(self) -> FakeDirectory:
        """Return `/dos` of the fake file system, made when it is needed first."""
        if self._all is None:
            top = self.filesystem.root_dir
            folder = top.entries.get(_FOLDER)
            if folder is None:
                folder = FakeDirectory(_FOLDER, filesystem=self.filesystem)
                top.add_entry(folder)
            self._all = cast("FakeDirectory", folder)
        return self._all


def _letter(letter: str) -> str:
    """Return a drive letter as a capital; it may come with its colon."""
    name = letter.removesuffix(":").upper()
    if len(name) != 1 or not "A" <= name <= "Z":
        raise ValueError(f"a drive has a letter from A to Z, not {letter!r}")
    return name
