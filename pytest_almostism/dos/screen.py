"""The text screen: 80 x 25 cells at B800:0000 and the cursor in the BIOS data area.

What programs print and what they poke into video memory is one and the same screen, because
there is no other copy of it.
"""

from __future__ import annotations

from pytest_almostism.dos.memory import Memory

VIDEO = 0xB8000
COLUMNS = 80
ROWS = 25

_BIOS_DATA = 0x400
_MODE, _WIDTH, _PAGE_SIZE, _CURSOR, _SHAPE, _LAST_ROW = (
    _BIOS_DATA + offset for offset in (0x49, 0x4A, 0x4C, 0x50, 0x60, 0x84)
)
_ROW = COLUMNS * 2
_BELL, _BACKSPACE, _TAB, _LINE_FEED, _RETURN = 7, 8, 9, 10, 13
_CONTROLS = bytes((_BELL, _BACKSPACE, _LINE_FEED, _RETURN))
_NORMAL = 0x07

# Code page 437 has pictures where Python's codec has control characters.
_PICTURES = dict(enumerate(" ☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼")) | {0x7F: "⌂"}


class Screen:
    """The text screen of the PC.

    Args:
        memory: the guest's, which holds all of its state.
    """

    def __init__(self, memory: Memory) -> None:
        self._view = memory.view
        self.set_mode(3)

    def set_mode(self, mode: int) -> None:
        """Set a video mode, which clears the screen (INT 10h/00h); only text is shown.

        Args:
            mode: 0..7Fh; with bit 7 set the screen is not cleared.
        """
        view = self._view
        view[_MODE] = mode & 0x7F
        view[_WIDTH : _WIDTH + 2] = COLUMNS.to_bytes(2, "little")
        view[_PAGE_SIZE : _PAGE_SIZE + 2] = (0x1000).to_bytes(2, "little")
        view[_SHAPE : _SHAPE + 2] = b"\x07\x06"
        view[_LAST_ROW] = ROWS - 1
        self.cursor = (0, 0)
        if not mode & 0x80:
            self.clear(0, 0, ROWS - 1, COLUMNS - 1, _NORMAL)

    @property
    def mode(self) -> int:
        """The video mode."""
        return self._view[_MODE]

    @property
    def cursor(self) -> tuple[int, int]:
        """Row 0..24 and column 0..79 of the cursor."""
        return self._view[_CURSOR + 1], self._view[_CURSOR]

    @cursor.setter
    def cursor(self, position: tuple[int, int]) -> None:
        self._view[_CURSOR + 1], self._view[_CURSOR] = position[0] & 0xFF, position[1] & 0xFF

    def clear(self, top: int, left: int, bottom: int, right: int, attribute: int) -> None:
        """Fill a window, corners included, with blanks of an attribute."""
        blank = bytes((0x20, attribute)) * (right - left + 1)
        for row in range(top, bottom + 1):
            at = VIDEO + row * _ROW + left * 2
            self._view[at : at + len(blank)] = blank

    def scroll(
        self, lines: int, window: tuple[int, int, int, int], attribute: int, *, down: bool = False
    ) -> None:
        """Move a window up or down and fill what becomes free (INT 10h/06h and 07h).

        Args:
            lines: how far; 0 clears the window.
            window: top, left, bottom, right, included; what is outside the screen is ignored.
            attribute: of the blanks.
            down: the direction.
        """
        top, left, bottom, right = window
        bottom, right = min(bottom, ROWS - 1), min(right, COLUMNS - 1)
        height, width = bottom - top + 1, right - left + 1
        if height <= 0 or width <= 0:
            return
        if not 0 < lines < height:
            self.clear(top, left, bottom, right, attribute)
            return
        rows = range(top, bottom + 1 - lines)
        for row in reversed(rows) if down else rows:
            source, target = (row, row + lines) if down else (row + lines, row)
            at, to = (VIDEO + r * _ROW + left * 2 for r in (source, target))
            self._view[to : to + width * 2] = self._view[at : at + width * 2]
        if down:
            self.clear(top, left, top + lines - 1, right, attribute)
        else:
            self.clear(bottom + 1 - lines, left, bottom, right, attribute)

    def write(self, text: bytes, *, tabs: bool = False, attribute: int | None = None) -> None:
        """Print as a terminal does: CR, LF, BS and BEL act, everything else is a character.

        Args:
            text: code page 437.
            tabs: whether TAB goes to the next multiple of 8, as in the CON driver; the BIOS
                prints a picture for it.
            attribute: of the characters; by default those of the cells stay.
        """
        view = self._view
        row, column = self.cursor
        for character in text:
            if character >= 0x20 or (character not in _CONTROLS and not (tabs and character == 9)):
                at = VIDEO + row * _ROW + column * 2
                view[at] = character
                if attribute is not None:
                    view[at + 1] = attribute
                column += 1
            elif character == _RETURN:
                column = 0
            elif character == _LINE_FEED:
                row += 1
            elif character == _BACKSPACE:
                column = max(0, column - 1)
            elif character == _TAB:
                column = self._tab(row, column, attribute)
            if column >= COLUMNS:
                row, column = row + 1, 0
            if row >= ROWS:
                blank = _NORMAL if attribute is None else attribute
                self.scroll(1, (0, 0, ROWS - 1, COLUMNS - 1), blank)
                row = ROWS - 1
        self.cursor = row, column

    def _tab(self, row: int, column: int, attribute: int | None) -> int:
        """Print blanks up to the next multiple of 8; return the column there."""
        stop = min((column | 7) + 1, COLUMNS)
        for blank in range(column, stop):
            self.put(row, blank, 0x20, attribute)
        return stop

    def cell(self, row: int, column: int) -> tuple[int, int]:
        """Return the character and the attribute of a cell."""
        at = VIDEO + row * _ROW + column * 2
        return self._view[at], self._view[at + 1]

    def put(self, row: int, column: int, character: int, attribute: int | None = None) -> None:
        """Set a cell; without an attribute the one that is there stays."""
        at = VIDEO + (row * _ROW + column * 2) % 0x8000
        self._view[at] = character
        if attribute is not None:
            self._view[at + 1] = attribute

    @property
    def lines(self) -> list[str]:
        """The 25 lines of text, without blanks at their ends."""
        cells = bytes(self._view[VIDEO : VIDEO + ROWS * _ROW])[::2]
        text = cells.decode("cp437").translate(_PICTURES)
        return [text[at : at + COLUMNS].rstrip() for at in range(0, ROWS * COLUMNS, COLUMNS)]

    @property
    def text(self) -> str:
        """All that can be read on the screen, without empty lines at its end."""
        return "\n".join(self.lines).rstrip("\n")

    def __str__(self) -> str:
        return self.text
