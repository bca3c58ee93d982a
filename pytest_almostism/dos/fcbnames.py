"""Names on a command line as an FCB holds them: what INT 21h/29h reads, and COMMAND.COM with it."""

from __future__ import annotations

from typing import NamedTuple

from pytest_almostism.dos.names import UPPERCASE

_BLANKS = b" \t"
_SEPARATORS = b":<|>+=;, \t"
_ENDS = frozenset(bytes(range(0x21)) + b'."/\\[]:<|>+=;,')


class Parsed(NamedTuple):
    """What a text says of a file; what it does not say is None.

    Args:
        length: how much of the text it took.
        drive: a number, 1 for A:, whether there is such a drive or not.
        name: eight characters, `*` expanded.
        extension: three.
    """

    length: int
    drive: int | None = None
    name: bytes | None = None
    extension: bytes | None = None

    @property
    def is_wild(self) -> bool:
        """Whether a `?` is in it."""
        return b"?" in (self.name or b"") + (self.extension or b"")

    @property
    def fcb(self) -> bytes:
        """The first 12 bytes of an unopened FCB: the drive, 0 by default, and the name."""
        name = (self.name or b"").ljust(8) + (self.extension or b"").ljust(3)
        return bytes((self.drive or 0,)) + name


def parse(text: bytes, *, skip_separator: bool = False) -> Parsed:
    """Return what the beginning of `text` says of a file, as DOS reads it.

    Args:
        text: a command line or a part of one; it ends where no name goes on.
        skip_separator: let one separator stand before it; blanks may always.
    """
    at = _skip_blanks(text, 0)
    if skip_separator and text[at : at + 1] and text[at] in _SEPARATORS:
        at = _skip_blanks(text, at + 1)
    drive = name = extension = None
    if text[at + 1 : at + 2] == b":" and text[at] not in _ENDS:
        drive, at = UPPERCASE[text[at]] - 0x40 & 0xFF, at + 2
    if at < len(text) and text[at] not in _ENDS:
        name, at = _word(text, at, 8)
    if text[at : at + 1] == b".":
        extension, at = _word(text, at + 1, 3)
    return Parsed(at, drive, name, extension)


def _skip_blanks(text: bytes, at: int) -> int:
    while text[at : at + 1] and text[at] in _BLANKS:
        at += 1
    return at


def _word(text: bytes, at: int, width: int) -> tuple[bytes, int]:
    """Return a part of a name, cut or filled to `width`, and where it ends in the text."""
    end = at
    while end < len(text) and text[end] not in _ENDS:
        end += 1
    stem, star, _ = text[at:end].translate(UPPERCASE).partition(b"*")
    return stem[:width].ljust(width, b"?" if star else b" "), end
