"""Where programs and temporary files are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.names import upper
from pytest_almostism.dos.shell.calls import DIRECTORY, Steps

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

_HIDDEN = 0x02
_EXTENSIONS = ("COM", "EXE", "BAT")
_PATH = re.compile(r"(.*[\\/:])?([^.]*)(\.(.*))?", re.DOTALL)


def find_program(shell: Shell, program: str) -> Steps[str | None]:
    """Return the full path of a program or batch file, None if there is none.

    Args:
        shell: the shell, whose PATH is searched.
        program: as it was typed; with a directory or drive it is looked for there alone.
    """
    match = _PATH.fullmatch(upper(program))
    if match is None or not match[2] or "*" in program or "?" in program:
        return None
    if match[1]:
        directories = [match[1]]
    else:
        path = shell.environment.get("PATH") or ""
        directories = ["", *(_with_separator(part) for part in path.split(";") if part)]
    extensions = [match[4]] if match[3] else _EXTENSIONS
    for directory in directories:
        if name := (yield from _look(shell, directory, match[2], extensions)):
            return (yield from absolute(shell, directory + name))
    return None


def _look(
    shell: Shell, directory: str, name: str, extensions: list[str] | tuple[str, ...]
) -> Steps[str | None]:
    """Return the first that there is of a program's names in a directory."""
    try:
        found = yield from shell.dos.find(f"{directory}{name}.*", _HIDDEN)
    except DosError:
        return None
    names = {file.name for file in found}
    for extension in extensions:
        for candidate in names:
            if extension in _EXTENSIONS and candidate.endswith(f".{extension}"):
                return candidate
    return None


def absolute(shell: Shell, path: str) -> Steps[str]:
    r"""Return a path from the root on: `C:\DIR\X.COM`, `C:\DIR\` for a directory given so."""
    path = upper(path).replace("/", "\\")
    if path[1:2] == ":":
        drive, path = path[0], path[2:]
    else:
        drive = yield from shell.dos.current_drive()
    if not path.startswith("\\"):
        path = f"{(yield from shell.dos.current_directory(drive))[2:]}\\{path}"
    parts: list[str] = []
    for part in path.split("\\"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    end = "\\" if parts and path.endswith(("\\", "\\.", "\\..")) else ""
    return f"{drive}:\\" + "\\".join(parts) + end


def temporary_directory(shell: Shell) -> Steps[str]:
    """Return where the files of pipes go: to TEMP, else to the root of the current drive."""
    directory = shell.environment.get("TEMP")
    if directory:
        try:
            if (yield from shell.dos.attributes(directory)) & DIRECTORY:
                return _with_separator(directory)
        except DosError:
            pass
    return f"{(yield from shell.dos.current_drive())}:\\"


def _with_separator(directory: str) -> str:
    return directory if directory.endswith(("\\", "/", ":")) else directory + "\\"
