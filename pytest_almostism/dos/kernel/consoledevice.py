"""CON: the driver between programs and the keyboard and screen, and what handles of it do.

However many handles stand for CON, there is one driver, with one key that is half read (its
zero is, its scan code is not), one line of which programs have read only a part, one printer
that follows what is shown.

Keys of a test are typed as soon as somebody looks whether there are any. DOS looks before it
writes, too: a Ctrl-C that comes next interrupts a program that prints, Ctrl-S stops it up to the
next key, Ctrl-P lets the printer print what the screen shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import CallHandler, ControlC
from pytest_almostism.dos.kernel.characterdevices import Device
from pytest_almostism.dos.kernel.editing import LineEditor
from pytest_almostism.dos.kernel.openfiles import END_OF_FILE, READ_WRITE
from pytest_almostism.dos.keyboard import AFTER_BREAK

if TYPE_CHECKING:
    from pytest_almostism.dos.ansi import Ansi
    from pytest_almostism.dos.kernel.characterdevices import Port
    from pytest_almostism.dos.machine import Machine

_CTRL_C, _CTRL_N, _CTRL_P, _CTRL_S = 0x03, 0x0E, 0x10, 0x13
_ACTING = frozenset((_CTRL_C, _CTRL_N, _CTRL_P, _CTRL_S))
_CTRL_BREAK, _FAST_OUTPUT = 0x1B, 0x29
_LINE = 127  # characters of a line that is read by handle
_CRLF = b"\r\n"


class ConsoleDriver:
    """The driver of CON.

    Args:
        machine: the PC.
        printer: what Ctrl-P switches on.
        ansi: what interprets escape sequences; None: nobody does.

    Attributes:
        ansi: as above.
        broken: whether Ctrl-Break was pressed: the next character is Ctrl-C.
        outgoing: what a guest's INT 29h is to be called with when the current call is over.
        line: the rest of a line that was read by handle.
        has_idled: whether INT 28h was called for the call that waits.
        interrupted: a line that is being edited while a handler of Ctrl-Break runs, and which
            call it is for.
    """

    def __init__(self, machine: Machine, printer: Port, ansi: Ansi | None = None) -> None:
        self._pc = machine
        self._printer = printer
        self.ansi = ansi
        self.reset()

    def reset(self) -> None:
        """Forget everything that was typed or half written: another program begins."""
        self._pending = b""
        self._template = b""
        self._is_printing = False
        self.broken = False
        self.outgoing = bytearray()
        self.line = b""
        self.has_idled = False
        self.interrupted: tuple[bytes, LineEditor] | None = None

    # -- the keyboard -----------------------------------------------------------------------

    def on_break(self) -> None:
        """Ctrl-Break was pressed: call INT 1Bh; DOS's own remembers that it was."""
        if self._pc.is_hooked(_CTRL_BREAK):
            raise CallHandler(_CTRL_BREAK)
        self.broken = True

    def peek(self) -> int | None:
        """Return the next character and leave it there; None if there is none."""
        if self._pending:
            return self._pending[0]
        key = self._pc.keyboard.peek()
        if self.broken:
            return _CTRL_C
        while key is AFTER_BREAK:
            self._pc.keyboard.read()
            key = self._pc.keyboard.peek()
        if key is None:
            return None
        return 0 if key.ascii == 0xE0 and key.scan else key.ascii

    def read(self) -> int:
        """Return the next character; a key without one is 0 and then its scan code.

        Raises:
            KeyboardStarved: none will ever come.
        """
        if self._pending:
            character, self._pending = self._pending[0], b""
            return character
        character = self.peek() or 0
        if self.broken:
            self.broken = False
            return character
        key = self._pc.keyboard.read()
        if character == 0 and key.scan:
            self._pending = bytes((key.scan,))
        return character

    def attend(self) -> None:
        """Act on the control characters that come next.

        Raises:
            ControlC: it is Ctrl-C.
        """
        while not self._pending and (character := self.peek()) in _ACTING:
            self.read()
            if character == _CTRL_C:
                raise ControlC
            if character == _CTRL_S:
                if self.peek() not in {None, _CTRL_C}:
                    self.read()  # whatever key lets it go on
            else:
                self._is_printing = character == _CTRL_P and not self._is_printing

    # -- the screen -------------------------------------------------------------------------

    @property
    def column(self) -> int:
        """Where the cursor is, 0..79."""
        return self._pc.screen.cursor[1]

    def write(self, data: bytes, *, raw: bool = False) -> None:
        """Show `data`, and print it after Ctrl-P; by the guest's INT 29h if it has one.

        Args:
            data: code page 437.
            raw: whether a tab is a picture.
        """
        if self._is_printing and not raw:
            self._printer.sent += data
        if self._pc.is_hooked(_FAST_OUTPUT):
            self.outgoing += data
        else:
            self.show(data, raw=raw)

    def show(self, data: bytes, *, raw: bool = False) -> None:
        """Put `data` on the screen."""
        if self.ansi is not None:
            self.ansi.write(data)
        else:
            self._pc.screen.write(data, tabs=not raw)

    def take(self) -> bytes:
        """Return what waits for the guest's INT 29h, and forget it."""
        data = bytes(self.outgoing)
        self.outgoing.clear()
        return data

    # -- lines ------------------------------------------------------------------------------

    def read_line(self) -> bytes:
        """Return a line that was edited and echoed, with CR LF; nothing if it begins with ^Z.

        Raises:
            ControlC: instead of a line.
        """
        console = Console(self)
        editor = LineEditor(_LINE, self._template, console, console.echo, self.column)
        line = editor.read()
        self._template = line
        console.echo(_CRLF)
        return b"" if line[:1] == bytes((END_OF_FILE,)) else line + _CRLF


class Console(Device):
    """A handle of CON.

    Args:
        driver: the driver.
        capture: also gets what is written: standard output and standard error.
        mode: access mode.
    """

    def __init__(
        self, driver: ConsoleDriver, capture: bytearray | None = None, mode: int = READ_WRITE
    ) -> None:
        super().__init__("CON", mode, 0x80D3)
        self._driver = driver
        self._capture = capture

    def write(self, data: bytes) -> int:
        """Show `data`, unless Ctrl-C comes first."""
        if not self.is_raw:
            self._driver.attend()
        self.echo(data)
        return len(data)

    def echo(self, data: bytes) -> None:
        """Show `data`, whatever was typed."""
        if self._capture is not None:
            self._capture += data
        self._driver.write(data, raw=self.is_raw)

    def ready(self) -> bool:
        """Return whether a key waits."""
        return self._driver.peek() is not None

    def attend(self) -> None:
        """Act on control characters that wait."""
        self._driver.attend()

    def character(self) -> int:
        """Return the next character; a key without one is 0 and then its scan code."""
        return self._driver.read()

    def read(self, length: int) -> bytes:
        """Return up to `length` bytes of a line; in raw mode `length` characters, no line."""
        driver = self._driver
        if self.is_raw:
            return bytes(driver.read() for _ in range(length))
        if not length:
            return b""
        if not driver.line:
            driver.line = driver.read_line()
        data, driver.line = driver.line[:length], driver.line[length:]
        return data
