r"""The command line: pure functions that take it apart as COMMAND.COM does.

First redirections are taken out of the whole line, then it is split at the pipes, then each
piece into a command and its tail. A command's name ends where a file name would, so `CD\DOS`
and `DIR/W` need no space; a program's name ends at a space or an option.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.signals import CommandError

DELIMITERS = " ,;=\t\n"
LONGEST_LINE = 127

_COMMAND = re.compile(r'([^\s.:;,=+/\\"\[\]|<>]*)(.*)', re.DOTALL)
_PROGRAM = re.compile(r"([^ ,;=\t\n/]*)(.*)", re.DOTALL)
_NAME = re.compile(r'[^ ,;=\t\n/"<>|]*')
_OPTION = re.compile(r"/[^ ,;=\t\n/]*")
_WORD = re.compile(r"[^ ,;=\t\n/]+")


@dataclass(frozen=True)
class Redirection:
    """Where a command reads and writes: names of files; empty: where the shell does."""

    source: str = ""
    target: str = ""
    append: bool = False


@dataclass(frozen=True)
class Arguments:
    """What follows a command: words and options, in capitals."""

    words: tuple[str, ...]
    options: tuple[str, ...]

    def word(self, *, default: str | None = None) -> str:
        """Return the only word.

        Raises:
            CommandError: there are several, or none and no `default`.
        """
        if len(self.words) > 1:
            raise CommandError(f"{messages.TOO_MANY_PARAMETERS} - {self.words[1]}")
        if self.words:
            return self.words[0]
        if default is None:
            raise CommandError(messages.MISSING_PARAMETER)
        return default


def split_line(line: str) -> tuple[list[str], Redirection]:
    """Return the commands that pipes connect, and where the first reads and the last writes.

    Quotation marks protect what is between a pair of them.

    Raises:
        CommandError: there is nothing before or behind a pipe, or a name begins with a quote.
    """
    pieces = [""]
    source = target = ""
    append = False
    position, quotes = 0, line.count('"')
    while position < len(line):
        character = line[position]
        position += 1
        if character == '"' and quotes > 1:
            end = line.index('"', position) + 1
            pieces[-1] += line[position - 1 : end]
            position, quotes = end, quotes - 2
        elif character == "|":
            pieces.append("")
        elif character in "<>":
            if character == ">":
                append = line[position : position + 1] == ">"
                position += append
            name, position = _redirected_name(line, position)
            if character == ">":
                target = name
            else:
                source = name
        else:
            pieces[-1] += character
    if len(pieces) > 1 and not all(piece.strip(DELIMITERS) for piece in pieces):
        raise CommandError(messages.SYNTAX_ERROR)
    return pieces, Redirection(source, target, append)


def _redirected_name(line: str, position: int) -> tuple[str, int]:
    """Return the name behind `<` or `>` and where it ends; a name that no file has for none."""
    while line[position : position + 1] and line[position] in DELIMITERS:
        position += 1
    match = _NAME.match(line, position)
    name = match[0] if match else ""
    position += len(name)
    if line[position : position + 1] == '"':
        raise CommandError(messages.SYNTAX_ERROR)
    if len(name) > 1:
        name = name.removesuffix(":")
    return name or "\t", position


def split_command(text: str) -> tuple[str, str]:
    """Return the name of an internal command, in capitals, if it is one, and what follows."""
    match = _COMMAND.match(text.lstrip(DELIMITERS))
    return (match[1].upper(), match[2]) if match else ("", "")


def split_program(text: str) -> tuple[str, str]:
    """Return the name of a program, as it is typed, and its command tail."""
    match = _PROGRAM.match(text.lstrip(DELIMITERS))
    return (match[1], match[2]) if match else ("", "")


def split_words(text: str) -> list[str]:
    """Return what stands between the delimiters."""
    return [word for word in re.split(f"[{DELIMITERS}]", text) if word]


def parse(tail: str, options: Collection[str] = ()) -> Arguments:
    """Return the words and options of a tail.

    Args:
        tail: what follows the command.
        options: the letters of those it has, for each `/X` and whatever follows in it.

    Raises:
        CommandError: it has another one.
    """
    found = tuple(option.upper() for option in _OPTION.findall(tail))
    for option in found:
        if option[1:].lstrip("-")[:1] not in options or option == "/":
            raise CommandError(f"{messages.INVALID_SWITCH} - {option}")
    return Arguments(tuple(_WORD.findall(_OPTION.sub(" ", tail.upper()))), found)


def expand(line: str, arguments: Sequence[str], variable: Callable[[str], str | None]) -> str:
    """Return a line of a batch file with `%1`, `%NAME%` and `%%` replaced.

    Args:
        line: as it stands in the file.
        arguments: `%0` and what follows.
        variable: returns the value of a variable of the environment.
    """
    result, rest = "", line
    while "%" in rest:
        before, _, rest = rest.partition("%")
        result += before
        if not rest or rest[0] == "%":
            result, rest = result + "%", rest[1:]
        elif rest[0] in "0123456789":
            number, rest = int(rest[0]), rest[1:]
            result += arguments[number] if number < len(arguments) else ""
        else:
            name, found, rest = rest.partition("%")
            result += (variable(name) or "") if found else name
    return (result + rest)[:LONGEST_LINE]
