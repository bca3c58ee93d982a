"""IF: NOT, ERRORLEVEL, EXIST and `==`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import Steps
from pytest_almostism.dos.shell.parsing import DELIMITERS
from pytest_almostism.dos.shell.signals import CommandError

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

_HIDDEN_AND_SYSTEM = 0x06
_WORD = re.compile(rf"([^{DELIMITERS}]+)[{DELIMITERS}]*(.*)", re.DOTALL)
_EQUALITY = re.compile(
    rf"([^{DELIMITERS}]+)[^=]*==[{DELIMITERS}]*([^{DELIMITERS}]+)(.*)", re.DOTALL
)


def evaluate(shell: Shell, tail: str) -> Steps[str | None]:
    """Return the command behind a condition that holds, None if it does not.

    Args:
        shell: the shell.
        tail: what follows IF.

    Raises:
        CommandError: it reads as no condition does.
    """
    wanted, rest = True, tail.lstrip(DELIMITERS)
    while True:
        word, behind = _split(rest)
        if word.upper() != "NOT":
            break
        wanted, rest = not wanted, behind
    if word.upper() == "ERRORLEVEL":
        number, rest = _split(behind)
        holds = shell.errorlevel >= _number(number)
    elif word.upper() == "EXIST":
        name, rest = _split(behind)
        holds = yield from _exists(shell, name)
    else:
        match = _EQUALITY.match(rest)
        if match is None:
            raise CommandError(messages.SYNTAX_ERROR)
        holds, rest = match[1] == match[2], match[3]
    if not rest.strip(DELIMITERS):
        raise CommandError(messages.SYNTAX_ERROR)
    return rest if holds == wanted else None


def _split(text: str) -> tuple[str, str]:
    match = _WORD.match(text)
    if match is None:
        raise CommandError(messages.SYNTAX_ERROR)
    return match[1], match[2]


def _number(text: str) -> int:
    """Return the number that DOS makes of digits, or of whatever stands in their place."""
    number = 0
    for character in text:
        number = (number * 10 + ord(character) - ord("0")) & 0xFF
    return number


def _exists(shell: Shell, name: str) -> Steps[bool]:
    try:
        return bool((yield from shell.dos.find(name, _HIDDEN_AND_SYSTEM)))
    except DosError:
        return False
