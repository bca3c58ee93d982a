"""PATH, PROMPT and SET."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import Steps
from pytest_almostism.dos.shell.internal.registry import command
from pytest_almostism.dos.shell.parsing import DELIMITERS
from pytest_almostism.dos.shell.signals import CommandError

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell


@command("PATH")
def path(shell: Shell, tail: str) -> Steps[None]:
    """PATH [directories]: set where programs are looked for, or show it; `;` alone: nowhere."""
    value = tail.strip(" ,=\t").upper()
    if value:
        yield from shell.environment.set("PATH", "" if value == ";" else value)
        return
    value = shell.environment.get("PATH") or ""
    yield from shell.print(f"PATH={value}\r\n" if value else f"{messages.NO_PATH}\r\n")


@command("PROMPT")
def prompt(shell: Shell, tail: str) -> Steps[None]:
    """PROMPT [text]: set the prompt; without one it is that of DOS 1."""
    yield from shell.environment.set("PROMPT", tail.lstrip(DELIMITERS))


@command("SET")
def set_(shell: Shell, tail: str) -> Steps[None]:
    """SET [name=[value]]: set or remove a variable, or show all."""
    definition = tail.lstrip(DELIMITERS)
    if not definition:
        for text in shell.environment.strings():
            yield from shell.print(f"{text}\r\n")
        return
    name, equals, value = definition.partition("=")
    if not equals or "=" in value:
        raise CommandError(messages.SYNTAX_ERROR)
    yield from shell.environment.set(name, value)
