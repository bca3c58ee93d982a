"""INT 21h/29h: make an FCB of a name on a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_almostism.dos.names import UPPERCASE
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.services import int21

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_SKIP_SEPARATOR, _KEEP_DRIVE, _KEEP_NAME, _KEEP_EXTENSION = 1, 2, 4, 8
_BLANKS = b" \t"
_SEPARATORS = b":<|>+=;, \t"
_ENDS = frozenset(bytes(range(0x21)) + b'."/\\[]:<|>+=;,')
_WILD, _BAD_DRIVE = 0x01, 0xFF


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


@int21(0x29, text="ds:si asciiz", options="al")
def parse_filename(pc: Machine, regs: Registers) -> None:
    """INT 21h/29h: make the FCB ES:DI of the text DS:SI; SI goes behind what was read.

    AL, bit 0: skip a separator; bits 1, 2, 3: leave drive, name, extension as they are if the
    text has none. Returns AL=1 if it has wildcards, FFh if there is no such drive.
    """
    options, memory = regs.al, pc.memory
    parsed = parse(
        memory.read(regs.ds, regs.si, 0x10000), skip_separator=bool(options & _SKIP_SEPARATOR)
    )
    parts = (
        (0, parsed.drive if parsed.drive is None else bytes((parsed.drive,)), b"\0", _KEEP_DRIVE),
        (1, parsed.name, b" " * 8, _KEEP_NAME),
        (9, parsed.extension, b" " * 3, _KEEP_EXTENSION),
    )
    for offset, said, default, keep in parts:
        if said is not None or not options & keep:
            memory.write(regs.es, regs.di + offset, default if said is None else said)
    memory.write(regs.es, regs.di + 12, bytes(4))
    regs.si += parsed.length
    if parsed.drive is not None and chr(0x40 + parsed.drive) not in pc.drives:
        regs.al = _BAD_DRIVE
    else:
        regs.al = _WILD if parsed.is_wild else 0
