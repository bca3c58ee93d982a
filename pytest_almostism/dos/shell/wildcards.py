"""What patterns mean: where to look for which names, and the new name of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.names import from_fcb_name, to_fcb_name
from pytest_almostism.dos.shell.calls import DIRECTORY, Steps

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

ALL = "*.*"


def has_wildcards(name: str) -> bool:
    """Return whether there is a `*` or `?` in a name."""
    return "*" in name or "?" in name


def split(path: str) -> tuple[str, str]:
    r"""Return the directory of a path, with its `\` or `:` if there is one, and the name in it."""
    at = max(path.rfind(separator) for separator in "\\/:") + 1
    return path[:at], path[at:]


def is_directory(shell: Shell, path: str) -> Steps[bool]:
    """Return whether a path is that of a directory."""
    _, name = split(path)
    if has_wildcards(path) or not path:
        return False
    if name in {"", ".", ".."}:
        return True  # a root, or what is always there
    try:
        return bool((yield from shell.dos.attributes(path)) & DIRECTORY)
    except DosError:
        return False


def find_pattern(shell: Shell, path: str) -> Steps[tuple[str, str]]:
    """Return directory and pattern that a path means: in a directory everything."""
    if not (yield from is_directory(shell, path)):
        return split(path)
    return (path if path.endswith(("\\", "/", ":")) else path + "\\"), ALL


def rename(pattern: str, name: str) -> str:
    """Return the name that a pattern makes of another one: `?` stands for the character there."""
    letters = zip(to_fcb_name(pattern), to_fcb_name(name), strict=True)
    return from_fcb_name("".join(old if new == "?" else new for new, old in letters))
