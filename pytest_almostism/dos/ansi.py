"""ANSI.SYS: escape sequences that move the cursor, erase, colour, and ask.

A sequence may come in pieces, and what is no sequence that ANSI.SYS knows is swallowed.
Source: MS-DOS 5 User's Guide, "ANSI.SYS".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_almostism.dos.keyboard import parse_keys
from pytest_almostism.dos.screen import COLUMNS, ROWS

if TYPE_CHECKING:
    from pytest_almostism.dos.keyboard import Keyboard
    from pytest_almostism.dos.screen import Screen

_ESCAPE = b"\x1b"
_PARAMETERS = rb"[=?]?(?:[0-9;]|\"[^\"]*\"|'[^']*')*"
_SEQUENCE = re.compile(rb"\x1b\[(" + _PARAMETERS + rb")([^0-9;\"'])", re.DOTALL)
_UNFINISHED = re.compile(rb"\x1b(?:\[" + _PARAMETERS + rb"(?:\"[^\"]*|'[^']*)?)?\Z")
_LONGEST = 250  # of an unfinished sequence; one that is longer never ends
_WRAP, _REPORT = 7, 6  # of set mode, of status request
_MOVES = {"A": (-1, 0), "B": (1, 0), "C": (0, 1), "D": (0, -1)}
_COLOURS = (0, 4, 2, 6, 1, 5, 3, 7)
_NORMAL, _BOLD, _BLINKING, _REVERSE = 0x07, 0x08, 0x80, 0x70


class Ansi:
    """What ANSI.SYS remembers.

    Args:
        screen: where it writes.
        keyboard: where it types its answers.
    """

    def __init__(self, screen: Screen, keyboard: Keyboard) -> None:
        self._screen = screen
        self._keyboard = keyboard
        self._unfinished = b""
        self._attribute = _NORMAL
        self._saved = (0, 0)
        self._wraps = True

    def write(self, data: bytes) -> None:
        """Show text and obey sequences."""
        data, self._unfinished = self._unfinished + data, b""
        at = 0
        while (escape := data.find(_ESCAPE, at)) >= 0:
            self._show(data[at:escape])
            if _UNFINISHED.match(data, escape):
                if len(data) - escape <= _LONGEST:
                    self._unfinished = data[escape:]
                return
            sequence = _SEQUENCE.match(data, escape)
            at = sequence.end() if sequence else escape + 1
            if sequence:
                self._obey(chr(sequence[2][0]), sequence[1])
        self._show(data[at:])

    def _show(self, text: bytes) -> None:
        if self._wraps:
            self._screen.write(text, tabs=True, attribute=self._attribute)
            return
        for character in text:
            row, column = self._screen.cursor
            if column == COLUMNS - 1 and character >= 0x20:
                self._screen.put(row, column, character, self._attribute)
            else:
                self._screen.write(bytes((character,)), tabs=True, attribute=self._attribute)

    def _obey(self, command: str, text: bytes) -> None:
        numbers = [
            int(number) if number.isdigit() else 0 for number in text.lstrip(b"=?").split(b";")
        ]
        first = numbers[0]
        row, column = self._screen.cursor
        if command in _MOVES:
            down, right = (way * (first or 1) for way in _MOVES[command])
            self._move(row + down, column + right)
            return
        match command:
            case "H" | "f":
                self._move((first or 1) - 1, (numbers[1:] or [1])[0] - 1)
            case "s":
                self._saved = row, column
            case "u":
                self._move(*self._saved)
            case "J":
                self._screen.clear(0, 0, ROWS - 1, COLUMNS - 1, self._attribute)
                self._move(0, 0)
            case "K":
                self._screen.clear(row, column, row, COLUMNS - 1, self._attribute)
            case "m":
                self._colour(numbers)
            case "h" | "l":
                self._set_mode(first, on=command == "h")
            case "n" if first == _REPORT:
                self._keyboard.push(parse_keys(f"{{esc}}[{row + 1:02};{column + 1:02}R\n"))

    def _move(self, row: int, column: int) -> None:
        """Put the cursor somewhere, but not outside the screen."""
        self._screen.cursor = max(0, min(row, ROWS - 1)), max(0, min(column, COLUMNS - 1))

    def _colour(self, numbers: list[int]) -> None:
        attribute = self._attribute
        for number in numbers:
            if number == 0:
                attribute = _NORMAL
            elif number == 1:
                attribute |= _BOLD
            elif number == 5:
                attribute |= _BLINKING
            elif number == 7:
                attribute = attribute & ~0x77 | _REVERSE
            elif number == 8:  # as its background
                attribute = attribute & ~0x0F | attribute >> 4 & 0x07
            elif 30 <= number <= 37:
                attribute = attribute & ~0x07 | _COLOURS[number - 30]
            elif 40 <= number <= 47:
                attribute = attribute & ~0x70 | _COLOURS[number - 40] << 4
        self._attribute = attribute

    def _set_mode(self, mode: int, *, on: bool) -> None:
        if mode == _WRAP:
            self._wraps = on
        elif on or mode < _WRAP:  # `l` does the same
            self._screen.set_mode(mode & 0x7F)
