"""Redirection and pipes: files in the place of standard input and output.

As COMMAND.COM does, the shell exchanges entries of its job file table: the handle with which a
file was opened is free again at once, so that programs find the handles they are used to.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.psp import CLOSED, Psp
from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import DEVICE, END, HERE, READ, READ_WRITE, Steps, SystemCalls
from pytest_almostism.dos.shell.parsing import Redirection
from pytest_almostism.dos.shell.signals import Aborted, CommandError, Interrupted

if TYPE_CHECKING:
    from pytest_almostism.dos.kernel.handles import FileTable

_STDIN, _STDOUT, _FIRST_FILE = 0, 1, 5
_END_OF_FILE = b"\x1a"


class Handles:
    """Standard input and output of the shell.

    Args:
        dos: the shell's calls.
    """

    def __init__(self, dos: SystemCalls) -> None:
        self._dos = dos
        self._psp = Psp(dos.memory, dos.segment)
        self._saved: dict[int, int] = {}

    def redirect(self, where: Redirection) -> Steps[None]:
        """Let standard input and output be files.

        Raises:
            CommandError: a file cannot be opened; nothing is redirected then.
        """
        try:
            if where.source:
                self._exchange(_STDIN, (yield from self._open(where.source)))
            if where.target:
                self._exchange(_STDOUT, (yield from self._create(where)))
        except Exception:
            yield from self.restore()
            raise

    def restore(self) -> Steps[None]:
        """Let standard input and output be what they were, and close what a command left open."""
        while self._saved:
            handle, index = self._saved.popitem()
            yield from self._close(handle)
            self._psp.set_handle(handle, index)
        for handle, index in enumerate(self._psp.handles()):
            if handle >= _FIRST_FILE and index != CLOSED:
                yield from self._close(handle)

    def _close(self, handle: int) -> Steps[None]:
        """Close a handle, whatever is said or typed against it."""
        while True:
            try:
                yield from self._dos.close(handle)
            except Interrupted:
                continue
            except (DosError, Aborted):
                pass
            return

    def forget(self, files: FileTable, borrower: Psp) -> None:
        """Give up what is saved when the shell was ended from outside.

        Args:
            files: the system file table.
            borrower: a process that can close it: one with a free handle.
        """
        while self._saved:
            _, index = self._saved.popitem()
            if index != CLOSED:
                with suppress(DosError):
                    handle = files.free_handle(borrower)
                    borrower.set_handle(handle, index)
                    files.close(borrower, handle)

    def _exchange(self, handle: int, opened: int) -> None:
        table = self._psp.handles()
        self._saved[handle] = table[handle]
        self._psp.set_handle(handle, table[opened])
        self._psp.set_handle(opened, CLOSED)

    def _open(self, name: str) -> Steps[int]:
        try:
            return (yield from self._dos.open(name, READ))
        except DosError as error:
            raise CommandError(messages.of_error(error.code)) from None

    def _create(self, where: Redirection) -> Steps[int]:
        """Return a handle for output to a new file, or behind what is in an old one."""
        try:
            if where.append:
                with suppress(DosError):
                    return (yield from self._append(where.target))
            return (yield from self._dos.create(where.target))
        except DosError:
            raise CommandError(messages.FILE_CREATION) from None

    def _append(self, name: str) -> Steps[int]:
        dos = self._dos
        handle = yield from dos.open(name, READ_WRITE)
        if not (yield from dos.information(handle)) & DEVICE and (
            yield from dos.seek(handle, 0, END)
        ):
            yield from dos.seek(handle, -1, HERE)
            if (yield from dos.read(handle, 1)) == _END_OF_FILE:
                yield from dos.seek(handle, -1, HERE)
        return handle


class Pipe:
    """The files through which the commands of a pipe hand on what they write.

    Args:
        dos: the shell's calls.
        directory: where they are made; it ends with a backslash.
    """

    def __init__(self, dos: SystemCalls, directory: str) -> None:
        self._dos = dos
        self._directory = directory
        self._files: list[str] = []

    def lay(self) -> Steps[str]:
        """Return a new file.

        Raises:
            CommandError: there is no place for one.
        """
        try:
            self._files.append((yield from self._dos.create_temporary(self._directory)))
        except DosError:
            yield from self.remove()
            raise CommandError(messages.PIPE_ERROR) from None
        return self._files[-1]

    def remove(self) -> Steps[None]:
        """Delete the files."""
        while self._files:
            with suppress(DosError):
                yield from self._dos.delete(self._files.pop())
