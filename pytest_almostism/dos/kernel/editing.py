r"""Editing a line as DOS does: by the last one, the template, which keys copy from.

    F1 or right     the next character of the template      F5    take the line as the template
    F2 c            all up to the character c               F6    a ^Z
    F3              all that is left                        F7    a zero
    F4 c            skip up to the character c              Esc   begin anew
    Del             skip one character                      Ins   insert: typing skips nothing

Left and backspace take a character off the end. Control characters are shown as `^X`.
Source: MS-DOS Encyclopedia, "Buffered Keyboard Input"; Ralf Brown's Interrupt List, INT 21h/0Ah.
"""

from __future__ import annotations

from collections.abc import Callable

from pytest_almostism.dos.errorcode import ControlC
from pytest_almostism.dos.kernel.openfiles import END_OF_FILE, OpenFile

_BELL, _BACKSPACE, _TAB, _LINE_FEED, _RETURN, _ESCAPE, _DELETE = 7, 8, 9, 10, 13, 27, 127
_CTRL_C, _CTRL_F, _CTRL_T, _CTRL_U = 0x03, 0x06, 0x14, 0x15
_PLAIN = frozenset((_TAB, _CTRL_T, _CTRL_U))  # control characters that are shown as they are


class LineEditor:
    """One line that is being edited.

    Args:
        room: how many characters it may have.
        template: the line before it.
        source: where characters come from.
        echo: shows what is typed.
        column: where on the screen the line begins.
    """

    def __init__(
        self,
        room: int,
        template: bytes,
        source: OpenFile,
        echo: Callable[[bytes], object],
        column: int,
    ) -> None:
        self._room = room
        self._template = template
        self._source = source
        self._echo = echo
        self._keys = {
            0x3B: self._copy_one,
            0x4D: self._copy_one,
            0x3C: self._copy_up_to,
            0x3D: self._copy_rest,
            0x3E: self._skip_up_to,
            0x3F: self._take_as_template,
            0x40: lambda: self._type(END_OF_FILE),
            0x41: lambda: self._type(0),
            0x4B: self._rub_out,
            0x52: self._toggle_insert,
            0x53: self._skip_one,
        }
        self._start = column
        self._line = bytearray()
        self._is_new = True
        self._begin()

    def _begin(self) -> None:
        self._line.clear()
        self._at = 0  # in the template
        self._inserting = False

    def read(self) -> bytes:
        """Return the line when Enter is pressed, or redirected input comes to its end.

        Raises:
            ControlC: the line is given up.
            CallHandler: to be called again afterwards.
        """
        while True:
            character = self._next()
            if character is None or character == _RETURN:
                return bytes(self._line)
            if character == _LINE_FEED and self._is_new:
                continue  # the second half of a line end in redirected input
            self._is_new = False
            if character == 0:
                self._keys.get(self._next() or 0, _nothing)()
            elif character in {_BACKSPACE, _DELETE}:
                self._rub_out()
            elif character == _ESCAPE:
                self._echo(b"\\")
                self._anew()
            elif character != _CTRL_F:
                self._type(character)

    def _next(self) -> int | None:
        """Return the next character, None at the end; Ctrl-C is raised."""
        source = self._source
        source.attend()
        is_over = not source.is_device or self._line[:1] == bytes((END_OF_FILE,))
        if is_over and not source.ready():
            return None
        character = source.character()
        if character == _CTRL_C:
            raise ControlC
        return character

    def _type(self, character: int) -> None:
        if len(self._line) >= self._room:
            self._echo(bytes((_BELL,)))
            return
        self._line.append(character)
        self._echo(_shown(character))
        if not self._inserting:
            self._skip_one()

    def _rub_out(self) -> None:
        if self._line:
            width = self._width()
            self._line.pop()
            self._echo(b"\b \b" * (width - self._width()))
        if not self._inserting and self._at:
            self._at -= 1

    def _width(self) -> int:
        """Return how many columns the line takes."""
        column = self._start
        for character in self._line:
            column += 8 - column % 8 if character == _TAB else len(_shown(character))
        return column - self._start

    def _anew(self) -> None:
        self._echo(b"\r\n" + b" " * self._start)
        self._begin()

    # -- the template -----------------------------------------------------------------------

    def _copy(self, count: int) -> None:
        self._inserting = False
        count = min(count, self._room - len(self._line))
        for character in self._template[self._at : self._at + count]:
            self._line.append(character)
            self._echo(_shown(character))
            self._at += 1

    def _copy_one(self) -> None:
        self._copy(1)

    def _copy_rest(self) -> None:
        self._copy(len(self._template))

    def _copy_up_to(self) -> None:
        self._copy(self._distance())

    def _skip_one(self) -> None:
        self._at = min(self._at + 1, len(self._template))

    def _skip_up_to(self) -> None:
        self._at += self._distance()

    def _distance(self) -> int:
        """Return how far away the character is that is typed next; 0 if there is none."""
        wanted = self._next()
        if not wanted:
            if wanted == 0:
                self._next()  # a key without a character
            return 0
        found = self._template.find(wanted, self._at + 1)
        return found - self._at if found >= 0 else 0

    def _take_as_template(self) -> None:
        self._template = bytes(self._line)
        self._echo(b"@")
        self._anew()

    def _toggle_insert(self) -> None:
        self._inserting = not self._inserting


def _nothing() -> None:
    """Ignore a key."""


def _shown(character: int) -> bytes:
    if character >= 0x20 or character in _PLAIN:
        return bytes((character,))
    return bytes((0x5E, character | 0x40))
