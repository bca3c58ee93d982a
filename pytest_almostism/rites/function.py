"""Rites that are Python functions: whoever has written a parser can have it judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pytest_almostism.rites.dosprogram import summary
from pytest_almostism.rites.hostdisk import HostDisk
from pytest_almostism.rites.parser import exit_code_of
from pytest_almostism.rites.rite import Clause
from pytest_almostism.scripture import ScriptureError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pytest_almostism.rites.outcome import Outcome

NAME = "holy.bin"
"""What the scripture is called in its temporary directory."""


@dataclass(frozen=True)
class FunctionRite:
    """A Python function that reads a scripture and makes it vanish, on a real disk.

    It ends well by returning. It says that a scripture is untrue by raising one of the three
    errors of the scripture, or by `sys.exit` with the exit code READER.COM has for it. Nobody can
    stop a function from outside: one that never returns never ends.

    Args:
        name: What the suite calls it.
        function: It is given the path of a copy in a temporary directory.
        excuses: The clauses it does not keep, each with the reason why; that nobody can look
            into the memory it leaves behind needs no excuse.
    """

    name: str
    function: Callable[[Path], object] = field(repr=False)
    excuses: Mapping[Clause, str] = field(default_factory=dict)

    def perform(self, data: bytes) -> Outcome:
        """Calls the function with a copy.

        Args:
            data: What the file contains.

        Returns:
            What became of the copy.
        """
        exit_code: int | None = 0
        output, failure = "", None
        with HostDisk(data, NAME) as disk:
            try:
                self.function(disk.path)
            except ScriptureError as error:
                exit_code, output = exit_code_of(error), str(error)
            except SystemExit as error:
                exit_code = _exit_code(error)
            except Exception as error:  # noqa: BLE001 - whatever it does, it is judged for it
                exit_code, failure = None, summary(error)
            return replace(disk.outcome(), exit_code=exit_code, output=output, failure=failure)


def _exit_code(error: SystemExit) -> int:
    """Finds the exit code a process would end with."""
    if error.code is None:
        return 0
    return error.code if isinstance(error.code, int) else 1
