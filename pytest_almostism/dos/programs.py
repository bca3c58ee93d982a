"""Finding the program to be run: on a drive, in bytes, or on the host."""

from __future__ import annotations

import os
from pathlib import Path

from pytest_almostism.dos.drives import Drives
from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.errors import ProgramNotFound
from pytest_almostism.dos.names import is_short_name, short_alias, upper
from pytest_almostism.dos.path import DosPath

_EXTENSIONS = (".COM", ".EXE", ".BAT")


def find_program(
    drives: Drives, program: str | bytes | DosPath | os.PathLike[str], search_path: str
) -> DosPath:
    r"""Return where a program is on the drives, after putting it there if need be.

    Args:
        drives: the drives.
        program: a DOS path, searched as COMMAND.COM would; bytes, put on C:\ as PROGRAM.COM
            or PROGRAM.EXE; or the path of a host file, copied to C:\ under its 8.3 name.
        search_path: the value of PATH.

    Raises:
        ProgramNotFound: with all places that were looked at.
    """
    __tracebackhide__ = True
    if isinstance(program, DosPath):
        return _search(drives, str(program), "")
    if isinstance(program, str):
        return _search(drives, program, search_path)
    if isinstance(program, (bytes, bytearray, memoryview)):
        data = bytes(program)
        path = DosPath(drives, "C:\\PROGRAM.EXE" if _is_exe(data) else "C:\\PROGRAM.COM")
    else:
        host = Path(program)
        try:
            data = host.read_bytes()
        except OSError as error:
            raise ProgramNotFound(f"cannot read the program {host}: {error}") from error
        name = upper(host.name)
        path = DosPath(drives, "C:\\" + (name if is_short_name(name) else short_alias(name, ())))
    path.write_bytes(data)
    return path


def _is_exe(data: bytes) -> bool:
    return data[:2] in {b"MZ", b"ZM"}


def _search(drives: Drives, program: str, search_path: str) -> DosPath:
    __tracebackhide__ = True
    tried = []
    for directory in ["", *_directories(program, search_path)]:
        base = f"{directory.rstrip(chr(92))}\\{program}" if directory else program
        has_extension = "." in program.replace("/", "\\").rpartition("\\")[2]
        for extension in ("",) if has_extension else _EXTENSIONS:
            candidate = base + extension
            try:
                path = DosPath(drives, candidate)
                found = path.is_file()
            except (DosError, ValueError, OSError):
                found = False
            if found:
                return path
            tried.append(candidate)
    raise ProgramNotFound(
        f"no program {program!r} on the drives; looked for {', '.join(tried)}"
        " (to run a file of the host, pass a pathlib.Path)"
    )


def _directories(program: str, search_path: str) -> list[str]:
    """Return where else to look: a name with a directory or a drive is not searched for."""
    if any(separator in program for separator in "\\/:"):
        return []
    return [directory for directory in search_path.split(";") if directory]
