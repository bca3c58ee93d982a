"""The part of pyfakefs' object layer that drives use, with the types that it has in truth.

pyfakefs types names and paths as `AnyStr`; in its object tree they are text, except for a name
that Python code gave as bytes.
"""

from __future__ import annotations

import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from pyfakefs.fake_file import FakeDirectory, FakeFile
from pyfakefs.helpers import to_string

from pytest_almostism.dos.errorcode import DosError, ErrorCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyfakefs.fake_filesystem import FakeFilesystem


def new_file(name: str, filesystem: FakeFilesystem) -> FakeFile:
    """Return an empty file that is in no directory yet."""
    make: Any = FakeFile
    return cast("FakeFile", make(name, stat.S_IFREG | 0o666, b"", filesystem=filesystem))


def entries_of(directory: FakeDirectory) -> dict[str, FakeFile]:
    """Return a directory's entries by name; a mounted one is read from its host the first time.

    Raises:
        DosError: ACCESS_DENIED if the host refuses.
    """
    try:
        return directory.entries
    except OSError:
        raise DosError(ErrorCode.ACCESS_DENIED) from None


def name_of(file: FakeFile) -> str:
    """Return what a file is called in its directory."""
    return to_string(cast("str | bytes", file.name))


def parent_of(file: FakeFile) -> FakeDirectory | None:
    """Return the directory that a file is in or was in last."""
    return None if file.parent_dir is None else cast("FakeDirectory | None", file.parent_dir())


def is_deleted(file: FakeFile) -> bool:
    """Return whether a file was taken out of its directory, which remembers it no more."""
    parent = parent_of(file)
    return parent is None or parent.entries.get(name_of(file)) is not file


def path_of(file: FakeFile) -> str:
    """Return the path of a file in the fake file system."""
    return to_string(cast("str | bytes", file.path))


def free_space(filesystem: FakeFilesystem, directory: FakeDirectory) -> int:
    """Return how many bytes the fake file system has room for."""
    _, _, free = filesystem.get_disk_usage(path_of(directory))
    return free


def attach(directory: FakeDirectory, name: str, file: FakeFile) -> None:
    """Enter a file that is in no directory into one.

    Raises:
        DosError: ACCESS_DENIED if something has the name already, such as a link DOS cannot see.
    """
    with _permitted(directory):
        file.name = cast("Any", name)
        directory.add_entry(file)


def detach(directory: FakeDirectory, name: str) -> None:
    """Take an entry out of a directory; a file lives on in whoever holds it.

    Raises:
        DosError: ACCESS_DENIED if Python has it open in a file system of Windows.
    """
    with _permitted(directory, directory.entries[name]):
        directory.remove_entry(name, recursive=False)


@contextmanager
def _permitted(*files: FakeFile) -> Iterator[None]:
    """Put aside permissions, which DOS has not and root ignores, so that all users fare alike."""
    modes = [file.stat_result.st_mode for file in files]
    for file in files:
        file.stat_result.st_mode |= 0o333
    try:
        yield
    except OSError:
        raise DosError(ErrorCode.ACCESS_DENIED) from None
    finally:
        for file, mode in zip(files, modes, strict=True):
            file.stat_result.st_mode = mode
