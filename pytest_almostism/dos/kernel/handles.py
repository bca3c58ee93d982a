"""Handles: the job file table of a process over the system file table of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.sharing import Locks
from pytest_almostism.dos.psp import CLOSED, Psp

if TYPE_CHECKING:
    from pytest_almostism.dos.kernel.openfiles import OpenFile

_ENTRIES = 0xFE  # FF stands for a closed handle


class FileTable:
    """The system file table.

    Attributes:
        locks: the regions of its files that are locked.
    """

    def __init__(self) -> None:
        self._entries: list[OpenFile | None] = []
        self.locks = Locks()

    def add(self, file: OpenFile) -> int:
        """Enter an open file that no handle stands for yet; return its index.

        Raises:
            DosError: TOO_MANY_OPEN_FILES.
        """
        if None in self._entries:
            index = self._entries.index(None)
            self._entries[index] = file
            return index
        if len(self._entries) >= _ENTRIES:
            raise DosError(ErrorCode.TOO_MANY_OPEN_FILES)
        self._entries.append(file)
        return len(self._entries) - 1

    def entries(self) -> Iterator[tuple[int, OpenFile | None]]:
        """Yield all entries by index; None: one that is free."""
        return enumerate(self._entries)

    def file(self, psp: Psp, handle: int) -> OpenFile:
        """Return the open file behind a handle, or DosError INVALID_HANDLE."""
        index = psp.handle(handle)
        file = self._entries[index] if index < len(self._entries) else None
        if file is None:  # the guest wrote nonsense into its job file table
            raise DosError(ErrorCode.INVALID_HANDLE)
        return file

    def open(self, psp: Psp, file: OpenFile) -> int:
        """Return a new handle of a process for a newly opened file."""
        handle = self.free_handle(psp)
        self.assign(psp, handle, self.add(file))
        return handle

    def free_handle(self, psp: Psp) -> int:
        """Return the lowest closed handle, or DosError TOO_MANY_OPEN_FILES."""
        handle = psp.handles().find(CLOSED)
        if handle < 0:
            raise DosError(ErrorCode.TOO_MANY_OPEN_FILES)
        return handle

    def assign(self, psp: Psp, handle: int, index: int) -> None:
        """Let a closed handle stand for the entry `index`, too."""
        file = self._entries[index]
        if file is None:
            raise DosError(ErrorCode.INVALID_HANDLE)
        file.references += 1
        psp.set_handle(handle, index)

    def close(self, psp: Psp, handle: int) -> None:
        """Close a handle, and the file with its last one."""
        index = psp.handle(handle)
        file = self.file(psp, handle)
        psp.set_handle(handle, CLOSED)
        if self.locks and index not in psp.handles():
            self.locks.release(file, psp.segment)
        file.references -= 1
        if not file.references:
            self._entries[index] = None
            file.close()

    def close_all(self, psp: Psp) -> None:
        """Close all handles of a process."""
        for handle, index in enumerate(psp.handles()):
            if index != CLOSED:
                try:
                    self.close(psp, handle)
                except DosError:
                    psp.set_handle(handle, CLOSED)

    def inherit(self, parent: Psp, child: Psp) -> None:
        """Give a new process the handles of its parent that are inherited."""
        for handle, index in enumerate(parent.handles()[: child.handle_count]):
            if index != CLOSED:
                with suppress(DosError):  # nonsense
                    if self.file(parent, handle).inherited:
                        self.assign(child, handle, index)

    def commit(self) -> None:
        """Make all that was written visible on the disks."""
        for file in self._entries:
            if file is not None:
                file.commit()
