r"""A drive: one directory of a fake file system, with the rules of DOS.

Names are 8.3 and in any case, a file that is open may be deleted, a full disk takes a part of a
write, attributes and times are those of a FAT directory. Only pyfakefs' object layer is used,
`FakeDirectory.entries` and `FakeFile`, never a patched `open` or `os`: it is a hundred times
faster and knows no rules that DOS has not. What a program changes is noted in a `Journal`.

In three layers: a `Tree` finds things, a `Storage` holds their contents, a `Drive` makes,
renames and deletes them. Errors are `DosError`s with the codes of the INT 21h calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfakefs.fake_file import FakeDirectory

from pytest_almostism.dos import metadata
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.fakefs import (
    attach,
    detach,
    entries_of,
    name_of,
    new_file,
    parent_of,
)
from pytest_almostism.dos.names import is_device, to_short_name
from pytest_almostism.dos.storage import Storage
from pytest_almostism.dos.tree import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyfakefs.fake_file import FakeFile

__all__ = ["Drive", "Entry"]


class Drive(Storage):
    """One drive letter: a `Storage` whose files and directories come and go."""

    def create(self, parts: Sequence[str], attributes: int = metadata.ARCHIVE) -> FakeFile:
        """Create an empty file, or empty the one that is there (INT 21h/3Ch).

        Args:
            parts: its path.
            attributes: read-only, hidden, system; archive is always set.

        Raises:
            DosError: ACCESS_DENIED for a directory, a read-only file, a device's name, or
                attributes of a label or directory; PATH_NOT_FOUND for an illegal name.
        """
        self._check_writable()
        if not parts or attributes & (metadata.VOLUME_LABEL | metadata.DIRECTORY):
            raise DosError(ErrorCode.ACCESS_DENIED)
        file = self.find(parts)
        if file is None:
            return self.add_file(self.directory(parts[:-1]), _new_name(parts[-1]), attributes)
        return self.replace(file, attributes)

    def add_file(self, directory: FakeDirectory, name: str, attributes: int) -> FakeFile:
        """Create an empty file that a directory does not have yet.

        Args:
            directory: where.
            name: what it is called in the file system, short or long.
            attributes: as for `create`.

        Raises:
            DosError: ACCESS_DENIED on a read-only drive.
        """
        self._check_writable()
        file = new_file(name, self._filesystem)
        attach(directory, name, file)
        self._journal.record(file, "created", self.path_of(file))
        return self._stamp(file, attributes)

    def replace(self, file: FakeFile, attributes: int) -> FakeFile:
        """Empty a file, which is created anew over itself.

        Raises:
            DosError: ACCESS_DENIED for a directory, a read-only file or drive.
        """
        self._check_writable()
        _check_changeable(file)
        self._replace(file)
        return self._stamp(file, attributes)

    def _stamp(self, file: FakeFile, attributes: int) -> FakeFile:
        metadata.set_attributes(file, attributes | metadata.ARCHIVE)
        metadata.set_modified(file, self._now())
        return file

    def delete(self, parts: Sequence[str]) -> None:
        """Delete a file; whoever has it open keeps what it held (INT 21h/41h).

        Raises:
            DosError: FILE_NOT_FOUND; ACCESS_DENIED for a directory or a read-only file.
        """
        self._check_writable()
        directory, name, file = self._existing(parts)
        _check_changeable(file)
        self.commit(file)
        path, contents = self._path(directory, name), self.read(file, 0, self.size(file))
        room = self._available() + len(contents)
        detach(directory, name)
        self._room = room
        self._journal.delete(file, path, contents)

    def rename(self, old_parts: Sequence[str], new_parts: Sequence[str]) -> None:
        """Give a file another name or directory, a directory another name (INT 21h/56h).

        Raises:
            DosError: FILE_NOT_FOUND; ACCESS_DENIED if the new name is taken, or for a directory
                that would change its parent; PATH_NOT_FOUND for an illegal name.
        """
        self._check_writable()
        _, _, file = self._existing(old_parts)
        if self.find(new_parts) is not None:
            raise DosError(ErrorCode.ACCESS_DENIED)
        self.move(file, self.directory(new_parts[:-1]), _new_name(new_parts[-1]))

    def move(self, file: FakeFile, target: FakeDirectory, new_name: str) -> None:
        """Give a file a name that its new directory does not have, a directory a new name.

        Args:
            file: the file or directory.
            target: the directory where it is to be.
            new_name: what it is to be called in the file system, short or long.

        Raises:
            DosError: ACCESS_DENIED for a directory that would change its parent, or a read-only
                drive.
        """
        self._check_writable()
        directory, name = parent_of(file), name_of(file)
        if directory is None or (metadata.is_directory(file) and target is not directory):
            raise DosError(ErrorCode.ACCESS_DENIED)
        old_path = self._path(directory, name)
        detach(directory, name)
        attach(target, new_name, file)
        new_path = self._path(target, new_name)
        self._journal.record(file, "renamed", old_path, detail=f"now {new_path}")
        self._journal.life(file, new_path)
        for contents in self._contents.values():  # what is below a renamed directory moves, too
            self._journal.life(contents.file, self.path_of(contents.file))

    def make_directory(self, parts: Sequence[str]) -> FakeDirectory:
        """Create a directory (INT 21h/39h).

        Raises:
            DosError: ACCESS_DENIED if the name is taken; PATH_NOT_FOUND for an illegal one.
        """
        self._check_writable()
        if self.find(parts) is not None:
            raise DosError(ErrorCode.ACCESS_DENIED)
        return self.add_directory(self.directory(parts[:-1]), _new_name(parts[-1]))

    def add_directory(self, parent: FakeDirectory, name: str) -> FakeDirectory:
        """Create a directory that its parent does not have yet, called `name`, short or long.

        Raises:
            DosError: ACCESS_DENIED on a read-only drive.
        """
        self._check_writable()
        directory = FakeDirectory(name, filesystem=self._filesystem)
        metadata.set_modified(directory, self._now())
        attach(parent, name, directory)
        return directory

    def remove_directory(self, parts: Sequence[str]) -> None:
        """Remove an empty directory (INT 21h/3Ah).

        Raises:
            DosError: PATH_NOT_FOUND; ACCESS_DENIED if it is the root or not empty.
        """
        self._check_writable()
        directory = self.directory(parts)
        if not parts or entries_of(directory):
            raise DosError(ErrorCode.ACCESS_DENIED)
        parent, name, _ = self._existing(parts)
        detach(parent, name)
        self._names.pop(directory, None)

    def _existing(self, parts: Sequence[str]) -> tuple[FakeDirectory, str, FakeFile]:
        """Return where something is, what it is called there, and the thing itself."""
        if not parts:
            raise DosError(ErrorCode.ACCESS_DENIED)  # the root
        directory = self.directory(parts[:-1])
        name = self._name(directory, parts[-1])
        if name is None:
            raise DosError(ErrorCode.FILE_NOT_FOUND)
        return directory, name, directory.entries[name]

    def _path(self, directory: FakeDirectory, name: str) -> str:
        folder = self.path_of(directory)
        separator = "" if folder.endswith("\\") else "\\"
        return f"{folder}{separator}{self._short_names(directory).of(name)}"


def _check_changeable(file: FakeFile) -> None:
    if metadata.attributes(file) & (metadata.READ_ONLY | metadata.DIRECTORY):
        raise DosError(ErrorCode.ACCESS_DENIED)


def _new_name(part: str) -> str:
    if is_device(part):
        raise DosError(ErrorCode.ACCESS_DENIED)
    return to_short_name(part)
