"""What COPY does once its command line is read: files, devices, and several into one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.names import is_device
from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import DEVICE, READ, READ_WRITE, Steps, SystemCalls
from pytest_almostism.dos.shell.lookup import absolute
from pytest_almostism.dos.shell.signals import CommandError
from pytest_almostism.dos.shell.wildcards import ALL, find_pattern, has_wildcards, rename, split

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

_END_OF_FILE = b"\x1a"


@dataclass
class Operand:
    """A file of the command line: its path, and whether it is text (/A) or not (/B)."""

    path: str
    text: bool | None

    @property
    def device(self) -> bool:
        """Whether it is CON or the like."""
        return is_device(split(self.path)[1])


@dataclass
class Order:
    """A COPY: what into what; `joined` if there was a plus sign."""

    sources: list[Operand]
    target: Operand
    joined: bool


@dataclass(frozen=True)
class _File:
    """A file to be read: where it is, what it is called there, how it is read."""

    path: str
    name: str
    operand: Operand


class Copier:
    """Executes one COPY.

    Args:
        shell: the shell.
        order: what to do.

    Attributes:
        copied: how many files were made.
    """

    def __init__(self, shell: Shell, order: Order) -> None:
        self._shell = shell
        self._order = order
        self.copied = 0

    def run(self) -> Steps[None]:
        """Copy.

        Raises:
            CommandError: something cannot be copied.
        """
        order, target = self._order, self._order.target
        directory, pattern = yield from self._find_target(target)
        first = order.sources[0]
        files = yield from self._find(first)
        if order.joined:
            if not target.path:
                directory, pattern = "", ""  # the first source
            if has_wildcards(first.path) and (not pattern or has_wildcards(pattern)):
                yield from self._join_each(files, directory, pattern)
                return
            for source in order.sources[1:]:
                files += yield from self._find(source)
            if files:
                yield from self._join(files, self._target_of(files[0], directory, pattern))
            return
        if not files:
            raise CommandError(f"{messages.FILE_NOT_FOUND} - {first.path}")
        several = not first.device and has_wildcards(
            (yield from find_pattern(self._shell, first.path))[1]
        )
        if several and not has_wildcards(pattern) and not target.device:
            yield from self._join(files, directory + pattern)
            return
        for file in files:
            if several:
                yield from self._shell.print(f"{file.path}\r\n")
            yield from self._copy(file, self._target_of(file, directory, pattern))

    def _find_target(self, target: Operand) -> Steps[tuple[str, str]]:
        if not target.path:
            return "", ALL
        if target.device:
            return "", target.path
        if target.path.endswith(":"):
            return target.path, ALL
        return (yield from find_pattern(self._shell, target.path))

    def _target_of(self, file: _File, directory: str, pattern: str) -> str:
        return directory + rename(pattern, file.name) if pattern else file.path

    def _find(self, source: Operand) -> Steps[list[_File]]:
        """Return the files that a source means."""
        if source.device:
            return [_File(source.path, split(source.path)[1].rstrip(":"), source)]
        directory, pattern = yield from find_pattern(self._shell, source.path)
        try:
            found = yield from self._shell.dos.find(directory + pattern)
        except DosError as error:
            if self._order.joined:
                return []
            raise CommandError(messages.of_error(error.code, source.path)) from None
        return [_File(directory + file.name, file.name, source) for file in found]

    # -- one to one -------------------------------------------------------------------------

    def _copy(self, file: _File, target: str) -> Steps[None]:
        dos = self._shell.dos
        device = is_device(split(target)[1])
        if not device and (yield from self._same(file.path, target)):
            raise CommandError(messages.ONTO_ITSELF)
        source = yield from _attempt(file.path, lambda: dos.open(file.path, READ))
        text = yield from self._is_text(file, source)
        handle = yield from _attempt(target, lambda: dos.create(target))
        size = yield from self._pour(source, handle, target, text=text)
        if self._order.target.text and not device:
            yield from dos.write(handle, _END_OF_FILE)
        if not device and not file.operand.device:
            stamp = yield from dos.call(0x5700, bx=source)
            yield from dos.call(0x5701, bx=handle, cx=stamp.cx, dx=stamp.dx)
        yield from dos.close(source)
        yield from dos.close(handle)
        if size or device:
            self.copied += 1
        else:
            yield from dos.delete(target)  # DOS copies no empty files

    def _is_text(self, file: _File, handle: int) -> Steps[bool]:
        """Return whether a file is read up to Ctrl-Z: devices always, others with /A."""
        dos = self._shell.dos
        if not (yield from dos.information(handle)) & DEVICE:
            return bool(file.operand.text)
        if file.operand.text is False:
            raise CommandError(messages.BINARY_DEVICE)
        return True

    def _pour(self, source: int, handle: int, target: str, *, text: bool) -> Steps[int]:
        """Write what is left of one file into another; return how much that was.

        Raises:
            CommandError: the disk is full; the target is deleted.
        """
        dos, size = self._shell.dos, 0
        while data := (yield from dos.read(source)):
            end = b""
            if text:
                data, end, _ = data.partition(_END_OF_FILE)
            written = yield from dos.write(handle, data)
            size += written
            if written < len(data) and not (yield from dos.information(handle)) & DEVICE:
                yield from dos.close(handle)
                yield from dos.delete(target)
                raise CommandError(messages.NO_SPACE)
            if end:
                break
        return size

    # -- several into one -------------------------------------------------------------------

    def _join_each(self, files: list[_File], directory: str, pattern: str) -> Steps[None]:
        """Join files with the same name: `*.A+*.B *.C`."""
        for file in files:
            together = [file]
            for source in self._order.sources[1:]:
                place, other = split(source.path)
                name = rename(other, file.name)
                together.append(_File(place + name, name, source))
            yield from self._join(together, self._target_of(file, directory, pattern))

    def _join(self, files: list[_File], target: str) -> Steps[None]:
        """Write files one after another into one, which may be the first of them."""
        dos = self._shell.dos
        device = is_device(split(target)[1])
        if not device and (yield from self._same(files[0].path, target)):
            yield from self._shell.print(f"{files[0].path}\r\n")
            handle = yield from _attempt(target, lambda: dos.open(target, READ_WRITE))
            yield from self._go_behind(handle, text=files[0].operand.text is not False)
            files = files[1:]
        else:
            handle = yield from _attempt(target, lambda: dos.create(target))
        for file in files:
            yield from self._shell.print(f"{file.path}\r\n")
            if not device and (yield from self._same(file.path, target)):
                yield from self._shell.complain(messages.CONTENT_LOST)
                continue
            with suppress(DosError):
                source = yield from dos.open(file.path, READ)
                text = file.operand.text is not False or (yield from self._is_text(file, source))
                yield from self._pour(source, handle, target, text=text)
                yield from dos.close(source)
        if not device:
            yield from self._finish(handle)
        yield from dos.close(handle)
        self.copied += 1

    def _go_behind(self, handle: int, *, text: bool) -> Steps[None]:
        """Move to the end of a file, which is a Ctrl-Z in a text."""
        dos, position = self._shell.dos, 0
        while data := (yield from dos.read(handle)):
            at = data.find(_END_OF_FILE) if text else -1
            position += len(data) if at < 0 else at
            if at >= 0:
                break
        yield from dos.seek(handle, position)

    def _finish(self, handle: int) -> Steps[None]:
        """End a joined file: Ctrl-Z behind a text, and the time of now."""
        dos, text = self._shell.dos, self._order.target.text
        if text is None:
            text = self._order.sources[0].text
        if text is not False:
            yield from dos.write(handle, _END_OF_FILE)
        yield from dos.truncate(handle)
        date, time = yield from _now(dos)
        yield from dos.call(0x5701, bx=handle, cx=time, dx=date)

    def _same(self, one: str, other: str) -> Steps[bool]:
        shell = self._shell
        return (yield from absolute(shell, one)) == (yield from absolute(shell, other))


def _attempt(path: str, opening: Callable[[], Steps[int]]) -> Steps[int]:
    """Return a handle, or say which file cannot be opened."""
    try:
        return (yield from opening())
    except DosError as error:
        raise CommandError(messages.of_error(error.code, path)) from None


def _now(dos: SystemCalls) -> Steps[tuple[int, int]]:
    """Return the packed date and time of now."""
    date = yield from dos.call(0x2A00)
    time = yield from dos.call(0x2C00)
    return (
        date.cx - 1980 << 9 | date.dh << 5 | date.dl,
        time.ch << 11 | time.cl << 5 | time.dh >> 1,
    )
