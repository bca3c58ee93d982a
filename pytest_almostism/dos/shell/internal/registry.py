"""The table of internal commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pytest_almostism.dos.shell.calls import Steps

if TYPE_CHECKING:
    from pytest_almostism.dos.shell.interpreter import Shell

Command = Callable[["Shell", str], Steps[None]]

COMMANDS: dict[str, Command] = {}
"""The internal commands by name: each is given the shell and what follows its name."""


def command(*names: str) -> Callable[[Command], Command]:
    """Register a function as the internal command of these names."""

    def register(function: Command) -> Command:
        COMMANDS.update(dict.fromkeys(names, function))
        return function

    return register
