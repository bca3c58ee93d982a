"""Where the next command comes from: a person, a batch file, or a FOR that is not finished.

They lie on one another: a batch file that another one calls above that, and so on. The topmost
is asked for the next statement, and leaves when it has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.names import upper
from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import DEVICE, READ, Steps
from pytest_almostism.dos.shell.parsing import DELIMITERS, Redirection, expand, split_words
from pytest_almostism.dos.shell.signals import CommandError

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

_STDIN = 0
_PIECE = 256  # bytes of a batch file that are read at a time
_END_OF_FILE = b"\x1a"
_END_OF_LINE = re.compile(rb"[\r\n\x1a]")
_FOR = re.compile(
    r"[ ,;=\t]*%(.)[ ,;=\t]+IN[ ,;=\t]*\((.*?)\)[ ,;=\t]+DO[ ,;=\t]+(.+)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Statement:
    """One line to be executed; with `redirection` it is a single command already."""

    text: str
    redirection: Redirection | None = None


class Source(Protocol):
    """What commands come from."""

    def next(self, shell: Shell) -> Steps[Statement | None]:
        """Return the next statement, None if there is none any more."""


class Once:
    """The command of COMMAND /C."""

    def __init__(self, text: str) -> None:
        self._text: str | None = text

    def next(self, shell: Shell) -> Steps[Statement | None]:
        """Return the command, then None."""
        del shell
        yield from ()  # a generator as the others are, though it calls nobody
        text, self._text = self._text, None
        return None if text is None else Statement(text)


class Keyboard:
    """Standard input, with a prompt before every line."""

    def next(self, shell: Shell) -> Steps[Statement | None]:
        """Prompt and read a line; None at the end of redirected input."""
        dos = shell.dos
        if shell.echo:
            yield from shell.print(f"\r\n{(yield from shell.prompt())}")
        information = yield from dos.information(_STDIN)
        if not information & DEVICE and not (yield from dos.call(0x4406, bx=_STDIN)).al:
            return None
        return Statement((yield from shell.read_line()))


class Batch:
    """A batch file.

    As COMMAND.COM does, it is opened, read and closed for every line: it may change or delete
    itself while it runs.

    Args:
        path: its full path.
        arguments: `%0` and what follows.
        echo: whether echo was on when it was started, and will be when it ends.
    """

    def __init__(self, path: str, arguments: list[str], *, echo: bool) -> None:
        self.path = path
        self.arguments = arguments
        self.echo = echo
        self.cut_short = False
        self._position: int | None = 0

    def next(self, shell: Shell) -> Steps[Statement | None]:
        """Return the next line that is not a label, its parameters replaced, after echoing it."""
        while True:
            line = yield from self._read(shell)
            if line is None:
                return None
            text = line.lstrip(DELIMITERS)
            if not text.startswith(":"):
                break
        silent = text.startswith("@")
        text = expand(text[1:] if silent else line, self.arguments, shell.environment.get)
        if shell.echo and not silent:
            yield from shell.echo_command(text)
        shell.null_command = False
        return Statement(text)

    def shift(self) -> None:
        """Let every argument take the place of the one before."""
        del self.arguments[:1]

    def leave(self) -> None:
        """End it here."""
        self._position, self.cut_short = None, True

    def go_to(self, shell: Shell, label: str) -> Steps[None]:
        """Go on behind a label; its first eight characters count.

        Raises:
            CommandError: there is none, and the batch file ends.
        """
        dos = shell.dos
        handle = yield from self._open(shell)
        data = yield from dos.read_all(handle)
        yield from dos.close(handle)
        end = b"" if len(label) == 8 else rb"(?![^\x00- ])"
        found = re.search(
            rb"(?:\A|[\r\n])[ ,;=\t]*:[ ,;=\t]*%b%b[^\r\n]*(?:\r\n?|\n|\Z)"
            % (re.escape(label.encode("cp437")), end),
            data.partition(_END_OF_FILE)[0],
            re.IGNORECASE,
        )
        if found is None:
            self.leave()
            raise CommandError(messages.LABEL_NOT_FOUND)
        self._position = found.end()

    def _read(self, shell: Shell) -> Steps[str | None]:
        """Return the line at the position and move behind it; None at the end."""
        if self._position is None:
            return None
        dos, data = shell.dos, b""
        handle = yield from self._open(shell)
        yield from dos.seek(handle, self._position)
        while piece := (yield from dos.read(handle, _PIECE)):
            data += piece
            if (end := _END_OF_LINE.search(data)) and end.end() < len(data):
                break
        yield from dos.close(handle)
        line, length, ended = _first_line(data)
        self._position += length
        if ended:
            self._position = None
            self.cut_short = bool(line)
        return line.decode("cp437") if line or not ended else None

    def _open(self, shell: Shell) -> Steps[int]:
        try:
            return (yield from shell.dos.open(self.path, READ))
        except DosError:
            self.leave()
            raise CommandError(messages.BATCH_MISSING) from None


def _first_line(data: bytes) -> tuple[bytes, int, bool]:
    """Return the first line, the length with its end, and whether the file ends with it."""
    end = _END_OF_LINE.search(data)
    if end is None:
        return data, len(data), True
    line, length = data[: end.start()], end.end()
    if end[0] == b"\r" and data[length : length + 1] == b"\n":
        length += 1
    return line, length, end[0] == _END_OF_FILE


class Loop:
    """A FOR that is not finished.

    Args:
        tail: `%X IN (SET) DO COMMAND`.
        redirection: of the command, every time.

    Raises:
        CommandError: it reads otherwise.
    """

    def __init__(self, tail: str, redirection: Redirection) -> None:
        match = _FOR.fullmatch(tail)
        if match is None:
            raise CommandError(messages.SYNTAX_ERROR)
        self._variable = "%" + match[1]
        self._items = split_words(match[2])
        self._command = match[3]
        self._redirection = redirection
        self._files: list[str] = []

    def next(self, shell: Shell) -> Steps[Statement | None]:
        """Return the command for the next item of the set, or file that it means."""
        while not self._files:
            if not self._items:
                if shell.echo and shell.batch is not None:
                    yield from shell.print("\r\n")
                return None
            self._files = yield from self._mean(shell, self._items.pop(0))
        text = self._command.replace(self._variable, self._files.pop(0))
        if shell.echo:
            yield from shell.echo_command(text)
        shell.null_command = False
        return Statement(text, self._redirection)

    def _mean(self, shell: Shell, item: str) -> Steps[list[str]]:
        """Return an item, or the files that a pattern fits, with its directory before them."""
        if "*" not in item and "?" not in item:
            return [item]
        prefix = item[: max(item.rfind(separator) for separator in "\\/:") + 1]
        try:
            found = yield from shell.dos.find(item)
        except DosError:
            return []
        return [upper(prefix) + file.name for file in found]
