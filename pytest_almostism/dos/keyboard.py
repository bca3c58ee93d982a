"""The keyboard: keys typed in advance, as INT 16h hands them out.

A key is a scan code and an ASCII code; keys without an ASCII code have 0 or, on enhanced
keyboards, E0h there. Source: Ralf Brown's Interrupt List, INT 16h, table 00006.
"""

from __future__ import annotations

import re
import string
from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

from pytest_almostism.dos.errors import KeyboardStarved


class Key(NamedTuple):
    """One keystroke: `scan` code 0..FFh and `ascii` code 0..FFh."""

    scan: int
    ascii: int


#: Ctrl-Break; no program reads it: the BIOS calls INT 1Bh and leaves the other key.
CTRL_BREAK = Key(0x46, 0)
AFTER_BREAK = Key(0, 0)

_UNSHIFTED = {
    0x02: "1234567890-=",
    0x10: "qwertyuiop[]",
    0x1E: "asdfghjkl;'`",
    0x2B: "\\zxcvbnm,./",
    0x39: " ",
}
_SHIFTED = {
    0x02: "!@#$%^&*()_+",
    0x10: "QWERTYUIOP{}",
    0x1E: 'ASDFGHJKL:"~',
    0x2B: "|ZXCVBNM<>?",
}
_SCAN_OF = {
    character: first + n
    for rows in (_UNSHIFTED, _SHIFTED)
    for first, row in rows.items()
    for n, character in enumerate(row)
}
_NAMED = {
    "esc": Key(0x01, 0x1B),
    "backspace": Key(0x0E, 0x08),
    "tab": Key(0x0F, 0x09),
    "shift-tab": Key(0x0F, 0),
    "enter": Key(0x1C, 0x0D),
    "space": Key(0x39, 0x20),
    "home": Key(0x47, 0xE0),
    "up": Key(0x48, 0xE0),
    "pgup": Key(0x49, 0xE0),
    "left": Key(0x4B, 0xE0),
    "right": Key(0x4D, 0xE0),
    "end": Key(0x4F, 0xE0),
    "down": Key(0x50, 0xE0),
    "pgdn": Key(0x51, 0xE0),
    "ins": Key(0x52, 0xE0),
    "del": Key(0x53, 0xE0),
    **{f"f{n}": Key(0x3A + n, 0) for n in range(1, 11)},
    **{f"f{n}": Key(0x7A + n, 0) for n in (11, 12)},
    **{f"ctrl-{c}": Key(_SCAN_OF[c], ord(c) & 0x1F) for c in string.ascii_lowercase},
    **{f"alt-{c}": Key(_SCAN_OF[c], 0) for c in string.ascii_lowercase},
    **{f"alt-{c}": Key(0x78 + n, 0) for n, c in enumerate("1234567890")},
    "ctrl-break": CTRL_BREAK,
    "{": Key(0x1A, ord("{")),
    "}": Key(0x1B, ord("}")),
}
_TOKEN = re.compile(r"\{([^{}]+|[{}])\}|(.)", re.DOTALL)


def parse_keys(keys: str | bytes) -> list[Key]:
    """Return the keystrokes of `keys`.

    Args:
        keys: typed text; names in braces stand for keys: `{enter}` `{f1}` `{ctrl-c}` `{alt-x}`
            `{up}` `{esc}`; `{{}` and `{}}` for the braces. A line feed is Enter. Bytes are
            characters of code page 437 and have no names.

    Raises:
        ValueError: for a name that no key has or a character that code page 437 has not.
    """
    if isinstance(keys, bytes):
        return [_typed(code) for code in keys]
    return [
        _named(match[1]) if match[1] else _character(match[2]) for match in _TOKEN.finditer(keys)
    ]


def _named(name: str) -> Key:
    try:
        return _NAMED[name.lower()]
    except KeyError:
        raise ValueError(
            f"no key is called {{{name}}}; there are {{{'} {'.join(sorted(_NAMED))}}}"
        ) from None


def _character(character: str) -> Key:
    if character == "\n":
        return _NAMED["enter"]
    try:
        return _typed(character.encode("cp437")[0])
    except UnicodeEncodeError:
        raise ValueError(f"code page 437 has no {character!r}, so nobody can type it") from None


def _typed(code: int) -> Key:
    for key in ("enter", "tab", "backspace", "esc"):
        if _NAMED[key].ascii == code:
            return _NAMED[key]
    if code < 0x20:
        return _NAMED.get(f"ctrl-{chr(code + 0x60)}", Key(0, code))
    return Key(_SCAN_OF.get(chr(code), 0), code)


class Keyboard:
    """The keys that were typed and not yet read.

    Attributes:
        on_break: called when Ctrl-Break is pressed: when it comes before all others.
    """

    def __init__(self) -> None:
        self._keys: deque[Key] = deque()
        self.on_break: Callable[[], None] = _nobody

    def type(self, keys: Iterable[Key]) -> None:
        """Type `keys`, and forget what was typed before."""
        self._keys = deque(keys)

    def push(self, keys: Iterable[Key]) -> None:
        """Type `keys` before all others: a terminal answers."""
        self._keys.extendleft(reversed(list(keys)))

    def peek(self) -> Key | None:
        """Return the next key and leave it there; None if no key waits."""
        if not self._keys:
            return None
        if self._keys[0] is CTRL_BREAK:
            self._keys[0] = AFTER_BREAK
            self.on_break()
        return self._keys[0]

    def read(self) -> Key:
        """Return the next key.

        Raises:
            KeyboardStarved: if no key waits, since none will ever come.
        """
        if self.peek() is None:
            raise KeyboardStarved("waits for a key, and no more were typed")
        return self._keys.popleft()


def _nobody() -> None:
    """Nobody wants to know of Ctrl-Break."""
