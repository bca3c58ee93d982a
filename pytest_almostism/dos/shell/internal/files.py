"""DEL, RENAME and TYPE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.names import to_fcb_name
from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import DEVICE, END, READ, Found, Steps
from pytest_almostism.dos.shell.internal.registry import command
from pytest_almostism.dos.shell.parsing import parse
from pytest_almostism.dos.shell.signals import CommandError
from pytest_almostism.dos.shell.wildcards import find_pattern, has_wildcards, rename, split

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

_STDIN, _STDOUT = 0, 1
_END_OF_FILE = b"\x1a"


@command("DEL", "ERASE")
def delete(shell: Shell, tail: str) -> Steps[None]:
    """DEL file [/P]: delete files; all of a directory, or with /P any, only after a question."""
    arguments = parse(tail, "P")
    path = arguments.word()
    if path.endswith(":"):
        raise CommandError(messages.FILE_NOT_FOUND)
    directory, pattern = yield from find_pattern(shell, path)
    ask = "/P" in arguments.options
    if (
        not ask
        and to_fcb_name(pattern) == "?" * 11
        and not (yield from _confirm(shell, messages.ALL_FILES))
    ):
        return
    found = yield from shell.dos.find(directory + pattern)
    if not found:
        raise CommandError(messages.FILE_NOT_FOUND)
    denied = yield from _delete(shell, directory, found, ask=ask)
    if denied:
        raise CommandError(messages.ACCESS_DENIED)


def _delete(shell: Shell, directory: str, found: list[Found], *, ask: bool) -> Steps[bool]:
    """Delete files; return whether any of them is protected."""
    denied = False
    for file in found:
        path = directory + file.name
        if ask:
            question = f"\r\n{(yield from shell.dos.true_name(path))},    Delete (Y/N)?"
            if not (yield from _confirm(shell, question)):
                continue
        try:
            yield from shell.dos.delete(path)
        except DosError as error:
            if error.code is not ErrorCode.ACCESS_DENIED:
                raise
            denied = True
    return denied


def _confirm(shell: Shell, question: str) -> Steps[bool]:
    """Ask until the answer is Y or N; the end of the input means no."""
    dos = shell.dos
    while True:
        yield from shell.print(question)
        device = (yield from dos.information(_STDIN)) & DEVICE
        at_end = not device and not (yield from dos.call(0x4406, bx=_STDIN)).al
        answer = (yield from shell.read_line(flush=True)).lstrip()[:1].upper()
        if answer in {"Y", "N"} or at_end:
            return answer == "Y"


@command("REN", "RENAME")
def rename_files(shell: Shell, tail: str) -> Steps[None]:
    """RENAME file name: give files other names in the same directory."""
    words = parse(tail).words
    if len(words) < 2:
        raise CommandError(messages.MISSING_PARAMETER)
    if len(words) > 2:
        raise CommandError(f"{messages.TOO_MANY_PARAMETERS} - {words[2]}")
    old, new = words
    if ":" in new:
        raise CommandError(messages.INVALID_PARAMETER)
    if "\\" in new:
        raise CommandError(messages.INVALID_FILENAME)
    directory, pattern = split(old)
    found = yield from shell.dos.find(directory + pattern)
    if not found:
        raise CommandError(messages.DUPLICATE)
    try:
        for file in found:
            yield from shell.dos.rename(directory + file.name, directory + rename(new, file.name))
    except DosError:
        raise CommandError(messages.DUPLICATE) from None


@command("TYPE")
def type_(shell: Shell, tail: str) -> Steps[None]:
    """TYPE file: show a file up to Ctrl-Z."""
    dos, path = shell.dos, parse(tail).word()
    if has_wildcards(path):
        raise CommandError(messages.INVALID_FILENAME)
    try:
        handle = yield from dos.open(path, READ)
    except DosError as error:
        raise CommandError(messages.of_error(error.code, path)) from None
    left = 0xFFFFFFFF
    if not (yield from dos.information(handle)) & DEVICE:
        left = yield from dos.seek(handle, 0, END)  # it may grow while it is shown
        yield from dos.seek(handle, 0)
    while left and (data := (yield from dos.read(handle, left))):
        left -= len(data)
        text, end, _ = data.partition(_END_OF_FILE)
        yield from shell.write(text)
        if end:
            break
    yield from dos.close(handle)
