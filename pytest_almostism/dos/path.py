r"""`DosPath`: a path on an emulated drive, handled like one of `pathlib`.

It is for tests, not for guests: errors are Python's, with the DOS path in the message.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyfakefs.fake_file import FakeDirectory

from pytest_almostism.dos import fakefs
from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.names import (
    CODE_PAGE,
    is_short_name,
    matches,
    split_path,
    to_fcb_name,
)
from pytest_almostism.dos.purepath import PureDosPath
from pytest_almostism.dos.pythonerrors import python_errors

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from pyfakefs.fake_file import FakeFile

    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.drives import Drives
    from pytest_almostism.witness import DeletedFile, FileEvent


@dataclass(frozen=True)
class DosStat:
    """What a directory entry says of a file.

    Args:
        st_size: bytes; 0 for a directory.
        modified: when it was last written, by the clock of DOS.
        attributes: attribute bits: read-only 1, hidden 2, system 4, directory 10h, archive 20h.
    """

    st_size: int
    modified: dt.datetime
    attributes: int


class DosPath(PureDosPath):
    r"""A file or directory, or none, on a drive.

    Relative paths and wrong case are settled when it is made: `str()` is the full path in short
    names, `C:\DIR\FILE.TXT`; a name that exists nowhere is cut to 8.3.

    Args:
        drives: the drives of the machine.
        path: absolute, or relative to the current directory of its drive or the current one.

    Raises:
        ValueError: It has wildcards.
    """

    def __init__(self, drives: Drives, path: str) -> None:
        if "*" in path or "?" in path:
            raise ValueError(f"{path} is a pattern, not a path: use glob()")
        path = path + "." if path.endswith(("\\", "/")) else path or "."
        letter, absolute, components = split_path(path)
        letter = letter or drives.current
        parts = [] if absolute else list(drives.cwd.get(letter, ()))
        for component in components:
            if component == "..":
                del parts[-1:]
            else:
                parts.append(component)
        if letter in drives:
            with python_errors(path):
                parts = drives[letter].true_parts(parts)
        super().__init__(letter, tuple(parts))
        self._drives = drives

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DosPath):
            return NotImplemented
        return self._drives is other._drives and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __truediv__(self, name: str) -> DosPath:
        return DosPath(self._drives, f"{self}\\{name}")

    @property
    def parent(self) -> DosPath:
        """The directory it is in; a root is in itself."""
        return self / ".."

    @property
    def fake_path(self) -> str:
        """The path inside the fake file system, for Python code that shares it."""
        file = self._find()
        if file is not None:
            return fakefs.path_of(file)
        separator = self._drives.filesystem.path_separator
        return separator.join((fakefs.path_of(self._drive().root), *self._components))

    # -- looking ------------------------------------------------------------------------------

    def exists(self) -> bool:
        """Return whether there is such a file or directory."""
        return self._find() is not None

    def is_file(self) -> bool:
        """Return whether it is a file."""
        file = self._find()
        return file is not None and not isinstance(file, FakeDirectory)

    def is_dir(self) -> bool:
        """Return whether it is a directory."""
        return isinstance(self._find(), FakeDirectory)

    def stat(self) -> DosStat:
        """Return size, time and attributes.

        Raises:
            FileNotFoundError: There is no such file.
        """
        file = self._existing()
        size = 0 if isinstance(file, FakeDirectory) else self._drive().size(file)
        return DosStat(size, self._drive().modified(file), self.attributes)

    @property
    def attributes(self) -> int:
        """Attribute bits: read-only 1, hidden 2, system 4, directory 10h, archive 20h."""
        return self._drive().attributes(self._existing())

    @attributes.setter
    def attributes(self, bits: int) -> None:
        with python_errors(self):
            self._drive().set_attributes(self._existing(), bits)

    def iterdir(self) -> Iterator[DosPath]:
        """Yield what a directory holds, hidden files too.

        Raises:
            FileNotFoundError: There is no such directory.
            NotADirectoryError: It is a file.
        """
        directory = self._existing()
        if not isinstance(directory, FakeDirectory):
            raise NotADirectoryError(errno.ENOTDIR, "not a directory", str(self))
        with python_errors(self):
            entries = self._drive().entries(directory)
        return (self / entry.name for entry in entries)

    def glob(self, pattern: str) -> Iterator[DosPath]:
        """Yield what a directory holds whose names fit a pattern of DOS, such as `*.C` or `A?.*`.

        Raises:
            ValueError: The pattern has more than one component.
        """
        if "\\" in pattern or "/" in pattern:
            raise ValueError(f"only names have wildcards, not directories: {pattern}")
        wanted = to_fcb_name(pattern)
        return (path for path in self.iterdir() if matches(wanted, to_fcb_name(path.name)))

    @property
    def history(self) -> tuple[FileEvent, ...]:
        """What happened to the files of this name, in order."""
        return self._drives.journal.history(str(self))

    @property
    def deleted(self) -> DeletedFile | None:
        """What the file was when it was deleted last, or None."""
        return self._drives.journal.deleted.get(str(self))

    # -- reading and writing ------------------------------------------------------------------

    def read_bytes(self) -> bytes:
        """Return the contents.

        Raises:
            FileNotFoundError: There is no such file.
            IsADirectoryError: It is a directory.
        """
        file = self._existing()
        self._check_no_directory()
        with python_errors(self):
            return self._drive().read(file, 0, self._drive().size(file))

    def read_text(self, encoding: str = CODE_PAGE) -> str:
        r"""Return the contents as text, all ends of lines as `\n`."""
        return self.read_bytes().decode(encoding).replace("\r\n", "\n").replace("\r", "\n")

    def write_bytes(self, data: bytes) -> int:
        """Write a new file, or a file anew, and return the number of bytes.

        Raises:
            FileNotFoundError: There is no such directory.
            IsADirectoryError: It is a directory.
            PermissionError: The file or the drive is read-only, or it is the name of a device.
            OSError: The disk is full, or that is no name for a file.
        """
        self._check_no_directory()
        drive = self._drive()
        with python_errors(self):
            self._check_name()
            file = drive.create(self._components)
            written = drive.write(file, 0, bytes(data))
            drive.commit(file)
        if written < len(data):
            raise OSError(errno.ENOSPC, f"only {written} of {len(data)} bytes fit", str(self))
        return written

    def write_text(self, text: str, encoding: str = CODE_PAGE, newline: str = "\r\n") -> int:
        r"""Write text, each `\n` as `newline`, and return the number of bytes as `write_bytes`."""
        return self.write_bytes(text.replace("\n", newline).encode(encoding))

    # -- making, moving, removing -------------------------------------------------------------

    def touch(self, *, exist_ok: bool = True) -> None:
        """Create an empty file, or set the time of one that exists to now.

        Raises:
            FileExistsError: It exists, and `exist_ok` is false.
        """
        file = self._find()
        if file is None:
            self.write_bytes(b"")
        elif exist_ok:
            with python_errors(self):
                self._drive().set_modified(file, self._drives.now())
        else:
            raise FileExistsError(errno.EEXIST, "there is such a file", str(self))

    def mkdir(self, *, parents: bool = False, exist_ok: bool = False) -> None:
        """Create a directory.

        Args:
            parents: create those on the way, too.
            exist_ok: it may exist already.

        Raises:
            FileExistsError: There is such a file or directory.
            FileNotFoundError: There is no such parent.
        """
        if self.exists():
            if exist_ok and self.is_dir():
                return
            raise FileExistsError(errno.EEXIST, "there is such a file", str(self))
        if parents and self._components:
            self.parent.mkdir(parents=True, exist_ok=True)
        with python_errors(self):
            self._check_name()
            self._drive().make_directory(self._components)

    def rmdir(self) -> None:
        """Remove an empty directory.

        Raises:
            FileNotFoundError: There is no such directory.
            NotADirectoryError: It is a file.
            OSError: It is not empty.
        """
        if any(self.iterdir()):
            raise OSError(errno.ENOTEMPTY, "directory not empty", str(self))
        with python_errors(self):
            self._drive().remove_directory(self._components)

    def unlink(self, *, missing_ok: bool = False) -> None:
        """Delete a file.

        Raises:
            FileNotFoundError: There is none, and `missing_ok` is false.
            IsADirectoryError: It is a directory.
            PermissionError: The file or the drive is read-only.
        """
        if missing_ok and not self.exists():
            return
        self._existing()
        self._check_no_directory()
        with python_errors(self):
            self._drive().delete(self._components)

    def rename(self, target: str | DosPath) -> DosPath:
        """Give a file or directory another name, and return it.

        Args:
            target: the new path, on the same drive.

        Raises:
            FileNotFoundError: There is no such file, or no such directory to move it into.
            FileExistsError: The new name is taken.
            OSError: The target is on another drive, or a directory would move into another.
        """
        self._existing()
        target = DosPath(self._drives, str(target))
        if target.drive != self.drive:
            raise OSError(errno.EXDEV, "another drive", str(self), None, str(target))
        if target.exists():
            raise FileExistsError(errno.EEXIST, "there is such a file", str(target))
        with python_errors(target):
            target._check_name()
            self._drive().rename(self._components, target._components)
        return target

    # -- for the above ------------------------------------------------------------------------

    def _drive(self) -> Drive:
        if self._letter not in self._drives:
            raise FileNotFoundError(errno.ENOENT, f"there is no drive {self.drive}", str(self))
        return self._drives[self._letter]

    def _find(self) -> FakeFile | None:
        try:
            return self._drives[self._letter].find(self._components)
        except (KeyError, DosError):
            return None

    def _existing(self) -> FakeFile:
        file = self._find()
        if file is None:
            self._drive()
            raise FileNotFoundError(errno.ENOENT, "no such file or directory", str(self))
        return file

    def _check_no_directory(self) -> None:
        if self.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory", str(self))

    def _check_name(self) -> None:
        """Check that something of this name could be made here."""
        if not self.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, f"no directory {self.parent}", str(self))
        if self._components and not is_short_name(self.name):
            raise OSError(errno.EINVAL, "DOS has no such names", str(self))
