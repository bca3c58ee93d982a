"""COPY."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_almostism.dos.names import upper
from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import Steps
from pytest_almostism.dos.shell.copying import Copier, Operand, Order
from pytest_almostism.dos.shell.internal.registry import command
from pytest_almostism.dos.shell.signals import CommandError

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

_TOKEN = re.compile(r"\+[ \t]*,|\+|/[^ ,;=\t/+]*|[^ ,;=\t/+]+")
_OPTIONS = {"/A", "/B", "/V", "/Y", "/-Y"}


@command("COPY")
def copy(shell: Shell, tail: str) -> Steps[None]:
    """COPY source[+source..] [target] [/A] [/B] [/V] [/Y]: copy or join files."""
    order = _read(tail)
    copier = Copier(shell, order)
    try:
        yield from copier.run()
    except CommandError as error:
        yield from shell.complain(error.message)
    yield from shell.print(f"{copier.copied:9} file(s) copied\r\n")


def _read(tail: str) -> Order:
    """Return what a command line says.

    Raises:
        CommandError: it makes no sense.
    """
    groups: list[list[Operand]] = []
    text: bool | None = None
    plus = joined = False
    for word in map(upper, _TOKEN.findall(tail)):
        if word.startswith("+"):
            joined, plus = True, word == "+"
        elif word.startswith("/"):
            option = _option(word)
            text = text if option is None else option
            if groups:
                groups[-1][-1].text = text
        elif plus and groups:
            groups[-1].append(Operand(word, text))
            plus = False
        else:
            groups.append([Operand(word, text)])
    if plus:
        raise CommandError(messages.ONTO_ITSELF)
    return _order(groups, joined=joined, text=text)


def _option(word: str) -> bool | None:
    """Return whether an option makes texts of the files from here on, None if it does neither."""
    if word not in _OPTIONS:
        raise CommandError(f"{messages.INVALID_SWITCH} - {word}")
    return word == "/A" if word in {"/A", "/B"} else None


def _order(groups: list[list[Operand]], *, joined: bool, text: bool | None) -> Order:
    """Return the order that groups of files, connected by plus signs, are."""
    if not groups:
        raise CommandError(messages.MISSING_PARAMETER)
    if len(groups) > 2 or len(groups[-1]) > 1 < len(groups):
        raise CommandError(f"{messages.TOO_MANY_PARAMETERS} - {groups[-1][-1].path}")
    target = groups[1][0] if len(groups) > 1 else Operand("", text)
    return Order(groups[0], target, joined)
