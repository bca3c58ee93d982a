"""A directory of the host in a fake file system: read when it is looked into, never written.

pyfakefs has lazy directories of its own. They bring links along, fail for users who may read a
directory but not write to it, and take a quarter of a millisecond a file; these do not.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

from pyfakefs.fake_file import FakeDirectory, FakeFile, FakeFileFromRealFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyfakefs.fake_filesystem import FakeFilesystem

#: In a dict, because pyfakefs' patches would turn a global `os` or `stat` to the fake file system.
_HOST: dict[str, Callable[[str], Any]] = {
    "absolute": os.path.abspath,
    "list": os.scandir,
    "stat": os.stat,
}
_WINDOWS_LINKS = {0xA0000003, 0xA000000C}  # reparse tags of junctions and symbolic links


class HostDirectory(FakeDirectory):
    """A directory whose entries are those of one of the host, in order of their names.

    Links, pipes and other odd files are not among them; directories below are lazy, too; what a
    file holds is read when it is asked for.

    Args:
        source: path of the host; a relative one is taken from the present working directory.
        name: what it is called in the fake file system.
        filesystem: the fake file system.
        read_only: take the permission to write from all files.

    Attributes:
        source: absolute path of the host.

    Raises:
        OSError: There is no such directory, or it is none; the message has the path.
    """

    def __init__(
        self, source: str, name: str, filesystem: FakeFilesystem, *, read_only: bool
    ) -> None:
        source = _HOST["absolute"](source)
        status = _HOST["stat"](source)
        if not stat.S_ISDIR(status.st_mode):
            raise NotADirectoryError(f"only a directory can be a drive, not {source}")
        super().__init__(name, filesystem=filesystem)
        self.stat_result.st_mtime_ns = status.st_mtime_ns
        self.source: str = source
        self._read_only = read_only
        self._unread = True

    @property
    def entries(self) -> dict[str, FakeFile]:
        """All files and directories by name.

        Raises:
            OSError: The host refuses.
        """
        if self._unread:
            self._unread = False
            try:
                for file in self._load():
                    self.add_entry(file)
            except OSError:
                self._unread = True
                self._entries.clear()
                raise
        return self._entries

    @property  # type: ignore[misc]  # the setter of a directory's size only raises an error
    def size(self) -> int:
        """Bytes of all files in it, as far as it was looked into."""
        return 0 if self._unread else sum(file.size for file in self._entries.values())

    def _load(self) -> Iterator[FakeFile]:
        with _HOST["list"](self.source) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            status = entry.stat(follow_symlinks=False)
            if getattr(status, "st_reparse_tag", 0) in _WINDOWS_LINKS:
                continue
            if stat.S_ISDIR(status.st_mode):
                yield HostDirectory(
                    entry.path, entry.name, self.filesystem, read_only=self._read_only
                )
            elif stat.S_ISREG(status.st_mode):
                yield self._file(entry.path, entry.name, status)

    def _file(self, source: str, name: str, status: os.stat_result) -> FakeFile:
        file: Any = FakeFileFromRealFile(source, self.filesystem)
        file.name = name
        file.file_path = source
        file.stat_result.set_from_stat_result(status)
        if self._read_only:
            file.stat_result.st_mode &= ~0o222
        return file  # type: ignore[no-any-return]
