r"""The names of DOS: upper-case 8.3, wildcards, paths, devices, and aliases for longer names.

Pure functions on `str` whose characters are those of code page 437. Three shapes of a name:

    FOO.TXT        a short name, as a person writes it
    FOO     TXT    an FCB name: eleven characters, padded with spaces, no dot, `?` for any
    C:\DIR\FOO.TXT a path: drive, directories and a name, split by `split_path`

Sources: Ralf Brown's Interrupt List (INT 21h/29h, 60h, 6502h); FreeDOS `truename` for what
becomes of sloppy paths.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode

if TYPE_CHECKING:
    from collections.abc import Container

CODE_PAGE = "cp437"

DEVICES = frozenset(
    ("CON", "NUL", "AUX", "PRN", "CLOCK$", "COM1", "COM2", "COM3", "COM4", "LPT1", "LPT2", "LPT3")
)
"""Names that mean a device in whatever directory and with whatever extension."""

_UPPER_HALF = bytes.fromhex(
    "809A45418E418F804545454949498E8F9092924F994F555559999A9B9C9D9E9F41494F55A5A5"
)
UPPERCASE = bytes((*range(0x61), *range(0x41, 0x5B), *range(0x7B, 0x80), *_UPPER_HALF)) + bytes(
    range(0xA6, 0x100)
)
"""The 256-byte file name upper-case table of code page 437 (INT 21h/6504h): é becomes E."""

_CHARACTERS = bytes(range(256)).decode(CODE_PAGE)
_UPPER = str.maketrans(_CHARACTERS, UPPERCASE.decode(CODE_PAGE))
_FORBIDDEN = frozenset('"*+,./:;<=>?[\\]|' + _CHARACTERS[:0x21])
_ALLOWED = re.escape(
    "".join(c for c in _CHARACTERS if c not in _FORBIDDEN and c.translate(_UPPER) == c)
)
_BASE, _EXTENSION = (rf"[{_ALLOWED}][{_ALLOWED} ]{{0,{more}}}(?<! )" for more in (7, 2))
_SHORT = re.compile(rf"{_BASE}(\.{_EXTENSION})?")


def upper(text: str) -> str:
    """Return `text` in capitals as DOS makes them; characters outside code page 437 stay."""
    return text.upper() if text.isascii() else text.translate(_UPPER)


def is_short_name(name: str) -> bool:
    """Return whether DOS could have written `name` itself: upper-case 8.3 of legal characters.

    A space may stand inside, as in files that BASIC programs left behind.
    """
    return _SHORT.fullmatch(name) is not None


def is_device(name: str) -> bool:
    """Return whether `name` means a device: its base name counts, in any case and directory."""
    return upper(name.partition(".")[0].rstrip(" ")) in DEVICES


def to_fcb_name(name: str) -> str:
    """Return the eleven characters of `name`, over-long parts cut off and `*` expanded to `?`.

    Nothing is refused; `is_short_name` and `to_short_name` judge.

    Args:
        name: one component of a path, wildcards allowed: `foo.txt`, `*.C`, `..`.
    """
    if name in {".", ".."}:
        return name.ljust(11)
    base, extension, *_ = (*upper(name).split("."), "")
    return _field(base, 8) + _field(extension, 3)


def _field(text: str, width: int) -> str:
    stem, star, _ = text.partition("*")
    return stem[:width].ljust(width, "?" if star else " ")


def from_fcb_name(fcb_name: str) -> str:
    """Return eleven characters as a person writes them: `FOO     TXT` is `FOO.TXT`."""
    base, extension = fcb_name[:8].rstrip(" "), fcb_name[8:].rstrip(" ")
    return f"{base}.{extension}" if extension else base


def to_short_name(name: str) -> str:
    """Return `name` as DOS would write it into a directory: upper-case, cut to 8.3.

    Raises:
        DosError: PATH_NOT_FOUND for illegal characters, wildcards, a second dot, no base name.
    """
    short = from_fcb_name(to_fcb_name(name))
    if not is_short_name(short) or name.rstrip(".").count(".") > 1:
        raise DosError(ErrorCode.PATH_NOT_FOUND)
    return short


def matches(pattern: str, name: str) -> bool:
    """Return whether an FCB name fits an FCB pattern, in which `?` stands for any character."""
    return _compiled(pattern).fullmatch(name) is not None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\?", "."), re.DOTALL)


def split_path(path: str, *, fold: bool = True) -> tuple[str | None, bool, list[str]]:
    r"""Split a path into its drive letter, whether it starts at the root, and its components.

    Components are upper-case, without trailing dots and spaces, else as they were: too long,
    with wildcards or with illegal characters; looking them up finds nothing. `.` is dropped,
    `..` is kept, repeated separators count as one.

    Args:
        path: any path with `\` or `/`: `C:\DIR\X.TXT`, `..\X`, `D:X`, `C:`.
        fold: whether components become upper-case; long names keep their case.

    Returns:
        The letter or None, whether absolute, and the components.

    Raises:
        DosError: FILE_NOT_FOUND for an empty path, PATH_NOT_FOUND for one that ends with a
            separator after a name, which only means the root when nothing precedes it.
    """
    if not path:
        raise DosError(ErrorCode.FILE_NOT_FOUND)
    letter = None
    if path[1:2] == ":":
        letter, path = upper(path[0]), path[2:]
    path = (upper(path) if fold else path).replace("/", "\\")
    components = [part for part in path.split("\\") if part]
    if components and path.endswith("\\") and components[-1] not in {".", ".."}:
        raise DosError(ErrorCode.PATH_NOT_FOUND)
    parts = [part if part == ".." else part.rstrip(". ") or part for part in components]
    return letter, path.startswith("\\"), [part for part in parts if part != "."]


def short_alias(long_name: str, taken: Container[str]) -> str:
    """Return a short name for a name that is none: `Long name.text` becomes `LONGNA~1.TEX`.

    As Windows 95 does it: spaces and dots vanish, what is illegal becomes an underscore, the
    number makes it unique.

    Args:
        long_name: a name of a host or a long file name.
        taken: the short names that are used already.
    """
    base, extension = _legal_parts(long_name)

    def alias(number: int) -> str:
        tail = f"~{number}"
        return base[: min(6, 8 - len(tail))] + tail + (f".{extension}" if extension else "")

    high = 1  # a bisection: a directory may hold thousands of names that begin alike
    while alias(high) in taken:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if alias(middle) in taken else (low, middle)
    return alias(high)


def untailed_alias(long_name: str) -> str:
    """Return what a long name is cut to, without a number: `Long name.text` becomes `LONGNAME.TEX`.

    Windows 95 tells it who asks (INT 21h/71A8h); in a directory it may be taken.
    """
    base, extension = _legal_parts(long_name)
    return base[:8] + (f".{extension}" if extension else "")


def _legal_parts(long_name: str) -> tuple[str, str]:
    """Return base name, not cut yet, and extension that an alias is made of."""
    stem, dot, extension = upper(long_name).lstrip(". ").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    return _legal(stem) or "_", _legal(extension)[:3]


def _legal(text: str) -> str:
    letters = (c for c in text if c not in " .")
    return "".join(c if re.match(rf"[{_ALLOWED}]", c) else "_" for c in letters)
