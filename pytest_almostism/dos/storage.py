"""What the files of a drive hold: reading, writing, truncating, and how much room there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos import metadata
from pytest_almostism.dos.contents import Contents, stored
from pytest_almostism.dos.errorcode import Area, DosError, ErrorCode
from pytest_almostism.dos.fakefs import free_space, name_of
from pytest_almostism.dos.tree import Tree

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from pyfakefs.fake_file import FakeDirectory, FakeFile
    from pyfakefs.fake_filesystem import FakeFilesystem

    from pytest_almostism.dos.geometry import Sectors
    from pytest_almostism.witness import Journal

#: What a drive without a given capacity says of itself: half of it free, whatever it holds.
#: A bound there must be, or a program that seeks to 4 GiB and writes takes the memory of the host.
UNLIMITED = 512 * 1024 * 1024


class Storage(Tree):
    """A tree whose files can be read and written.

    Args:
        letter: of the drive, `C`.
        root: the directory that is its root.
        filesystem: what the directory is part of.
        now: the time of day of the machine.
        journal: is told every change.
        read_only: refuse all changes.
        label: the volume label, up to eleven characters.
        capacity: its size in bytes; by default there is room enough.
    """

    #: The disk below the files, for INT 25h and 26h; a directory has none.
    sectors: Sectors | None = None

    def __init__(
        self,
        letter: str,
        root: FakeDirectory,
        *,
        filesystem: FakeFilesystem,
        now: Callable[[], dt.datetime],
        journal: Journal,
        read_only: bool = False,
        label: str = "",
        capacity: int | None = None,
    ) -> None:
        super().__init__(letter, root)
        self.read_only = read_only
        self.label = label
        self._filesystem = filesystem
        self._now = now
        self._journal = journal
        self._capacity = capacity
        self._room: int | None = None
        self._contents: dict[FakeFile, Contents] = {}

    def size(self, file: FakeFile) -> int:
        """Return the size of a file in bytes, writes that are not committed included."""
        contents = self._contents.get(file)
        return file.st_size if contents is None else len(contents.data)

    def read(self, file: FakeFile, offset: int, length: int) -> bytes:
        """Return up to `length` bytes from `offset` on, none behind the end.

        Raises:
            DosError: READ_FAULT if a mounted file cannot be read from its host.
        """
        self._access(Area.DATA)
        contents = self._contents.get(file)
        data = stored(file) if contents is None else contents.data
        return bytes(data[offset : offset + length])

    def write(self, file: FakeFile, offset: int, data: bytes) -> int:
        """Write `data` at `offset`, and zeros into a gap before it; Python sees it when committed.

        Returns:
            How many bytes were written: fewer than there are if the disk is full.

        Raises:
            DosError: ACCESS_DENIED on a read-only drive.
        """
        contents = self._changing(file)
        buffer = contents.data
        size, end = len(buffer), offset + len(data)
        if end > size:
            granted = self._take(file, end - size)
            end = size + granted
            if end <= offset:
                self._take(file, -granted)
                return 0
            data = data[: end - offset]
            if offset > size:
                buffer.extend(bytes(offset - size))
        buffer[offset:end] = data
        contents.life.written(offset, len(data))
        return len(data)

    def truncate(self, file: FakeFile, size: int) -> None:
        """Make a file shorter, or longer by zeros (INT 21h/40h with CX=0).

        Raises:
            DosError: ACCESS_DENIED on a read-only drive, DISK_FULL.
        """
        contents = self._changing(file)
        old = len(contents.data)
        growth = size - old
        granted = self._take(file, growth)
        if granted < growth:
            self._take(file, -granted)
            raise DosError(ErrorCode.DISK_FULL)
        if growth > 0:
            contents.data.extend(bytes(growth))
            contents.life.record("truncated", length=size, detail=f"extended from {old}")
        elif growth < 0:
            contents.life.record("truncated", length=size, detail=f"from {old}")
            contents.life.abandon(
                size, bytes(contents.data[size:]), f"truncated from {old} to {size} bytes"
            )
            del contents.data[size:]

    def commit(self, file: FakeFile | None = None) -> None:
        """Write what was changed back into the fake file system, where Python sees it.

        Args:
            file: one file (INT 21h/68h, or when it is closed); by default all.

        Raises:
            DosError: DISK_FULL if Python filled the file system in the meantime.
        """
        for changed in list(self._contents) if file is None else [file]:
            if contents := self._contents.get(changed):
                if contents.stamped:
                    metadata.set_modified(changed, self._now())  # DOS does so when it closes
                contents.commit()
                del self._contents[changed]
        if self._capacity is not None:
            self._room = None  # Python may fill or empty the drive before the next write

    def attributes(self, file: FakeFile) -> int:
        """Return the attribute bits of a file or directory (INT 21h/4300h)."""
        return metadata.attributes(file)

    def set_attributes(self, file: FakeFile, bits: int) -> None:
        """Set read-only, hidden, system and archive of a file or directory (INT 21h/4301h).

        Raises:
            DosError: ACCESS_DENIED on a read-only drive, or for the bits of a label or directory.
        """
        self._check_writable()
        if bits & (metadata.VOLUME_LABEL | metadata.DIRECTORY):
            raise DosError(ErrorCode.ACCESS_DENIED)
        metadata.set_attributes(file, bits)

    def modified(self, file: FakeFile) -> dt.datetime:
        """Return when a file or directory was last written (INT 21h/5700h)."""
        return metadata.modified(file)

    def set_modified(self, file: FakeFile, moment: dt.datetime) -> None:
        """Set when a file was last written; it stays so unless it is written again (5701h).

        Raises:
            DosError: ACCESS_DENIED on a read-only drive.
        """
        self._check_writable()
        if contents := self._contents.get(file):
            contents.stamped = False
        metadata.set_modified(file, moment)

    def set_created(self, file: FakeFile, moment: dt.datetime) -> None:
        """Set when a file or directory was created.

        Raises:
            DosError: ACCESS_DENIED on a read-only drive.
        """
        self._check_writable()
        metadata.set_created(file, moment)

    def set_accessed(self, file: FakeFile, moment: dt.datetime) -> None:
        """Set when a file or directory was last accessed.

        Raises:
            DosError: ACCESS_DENIED on a read-only drive.
        """
        self._check_writable()
        metadata.set_accessed(file, moment)

    @property
    def capacity(self) -> int:
        """The size of the drive in bytes."""
        return UNLIMITED if self._capacity is None else self._capacity

    @property
    def free(self) -> int:
        """How many bytes there is room for."""
        self._access(Area.FAT)
        room = min(self._available(), free_space(self._filesystem, self.root))
        return max(0, min(room, self.capacity))

    # -- for the drive ------------------------------------------------------------------------

    def _check_writable(self, area: Area = Area.DIRECTORY) -> None:
        self._access(area, writing=True)
        if self.read_only:
            raise DosError(ErrorCode.ACCESS_DENIED)

    def _changing(self, file: FakeFile) -> Contents:
        """Return the buffer of a file that is about to change."""
        self._check_writable(Area.DATA)
        contents = self._contents.get(file)
        if contents is None:
            life = self._journal.life(file, self.path_of(file))
            contents = self._contents[file] = Contents(file, life)
        if not contents.stamped:
            contents.stamped = True
            metadata.set_modified(file, self._now())
            metadata.set_attributes(file, metadata.attributes(file) | metadata.ARCHIVE)
        return contents

    def _replace(self, file: FakeFile) -> None:
        """Empty a file that is created anew over itself."""
        contents = self._changing(file)
        size = len(contents.data)
        self._take(file, -size)
        contents.life.record("replaced", length=size, detail=f"created anew over {size} bytes")
        contents.life.abandon(0, bytes(contents.data), f"created anew over {size} bytes")
        contents.data.clear()

    def _available(self) -> int:
        if self._room is None:
            limit = self._capacity
            self._room = UNLIMITED // 2 if limit is None else limit - self.root.size
        return self._room

    def _take(self, file: FakeFile, growth: int) -> int:
        """Let a file grow by what there is room for; negative growth gives room back."""
        room = self._available()
        growth = min(growth, max(0, room))
        try:
            self._charge(file, growth)
        except OSError:  # the file system itself is smaller than the drive
            growth = min(growth, self.free)
            self._charge(file, growth)
        self._room = room - growth
        return growth

    def _charge(self, file: FakeFile, growth: int) -> None:
        device = file.stat_result.st_dev
        self._filesystem.change_disk_usage(growth, name_of(file), device)
        file.stat_result.st_size += growth  # so that committing it will charge nothing more
