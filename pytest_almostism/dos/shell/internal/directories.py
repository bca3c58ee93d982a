"""CHDIR, MKDIR, RMDIR and TRUENAME."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import Steps
from pytest_almostism.dos.shell.internal.registry import command
from pytest_almostism.dos.shell.parsing import parse
from pytest_almostism.dos.shell.signals import CommandError
from pytest_almostism.dos.shell.wildcards import is_directory

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

_DRIVE = re.compile(r"([A-Z]):")


@command("CD", "CHDIR")
def chdir(shell: Shell, tail: str) -> Steps[None]:
    """CHDIR [directory]: change the current directory of a drive, or show it."""
    directory = parse(tail).word(default="")
    drive = _DRIVE.fullmatch(directory)
    if drive or not directory:
        letter = drive[1] if drive else (yield from shell.dos.current_drive())
        yield from shell.print(f"{(yield from shell.dos.current_directory(letter))}\r\n")
        return
    try:
        yield from shell.dos.change_directory(directory)
    except DosError as error:
        if error.code in {ErrorCode.PATH_NOT_FOUND, ErrorCode.FILE_NOT_FOUND}:
            raise CommandError(messages.INVALID_DIRECTORY) from None
        raise


@command("MD", "MKDIR")
def mkdir(shell: Shell, tail: str) -> Steps[None]:
    """MKDIR directory: create a directory."""
    directory = parse(tail).word()
    try:
        yield from shell.dos.make_directory(directory)
    except DosError as error:
        if error.code is ErrorCode.ACCESS_DENIED and (yield from is_directory(shell, directory)):
            raise CommandError(messages.DIRECTORY_EXISTS) from None
        raise CommandError(messages.UNABLE_TO_CREATE) from None


@command("RD", "RMDIR")
def rmdir(shell: Shell, tail: str) -> Steps[None]:
    """RMDIR directory: remove an empty directory."""
    directory = parse(tail).word()
    try:
        yield from shell.dos.remove_directory(directory)
    except DosError as error:
        if error.code is ErrorCode.CURRENT_DIRECTORY:
            raise CommandError(messages.of_error(error.code, directory)) from None
        raise CommandError(messages.NOT_REMOVED) from None


@command("TRUENAME")
def truename(shell: Shell, tail: str) -> Steps[None]:
    """TRUENAME [path]: show the full path of a file or directory."""
    path = parse(tail).word(default=".")
    try:
        name = yield from shell.dos.true_name(path)
    except DosError as error:
        raise CommandError(messages.of_error(error.code, path)) from None
    yield from shell.print(f"\r\n{name}\r\n")
