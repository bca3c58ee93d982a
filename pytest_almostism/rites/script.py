"""The script as a rite: almostism.py, run as a real process on a real disk."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from pytest_almostism.rites.hostdisk import HostDisk
from pytest_almostism.rites.rite import Clause
from pytest_almostism.scripture import SCRIPT, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_almostism.rites.outcome import Outcome

NAME = "almostism.py"
"""What the script is called in its temporary directory."""

_SECONDS = 60
_CARRIES = "it carries its scripture in itself: nobody can hand it another"


class ScriptRite:
    """Runs the script with the instance byte of the scripture it is given.

    The process starts without the user's environment, site-packages included: what the script
    needs, any Python has.
    """

    name = "script"
    excuses: Mapping[Clause, str] = MappingProxyType(
        {
            Clause.WIPES_MEMORY: "its memory is the memory of a process that is gone",
            Clause.SPARES_STRANGERS: _CARRIES,
            Clause.DESTROYS_UNTRUE: _CARRIES,
        }
    )

    def perform(self, data: bytes) -> Outcome:
        """Runs a copy of the script in a temporary directory.

        Args:
            data: The scripture whose instance byte the reader chooses.

        Returns:
            What became of the copy.
        """
        instance = data[Part.INSTANCE.slice]
        choice = [instance.hex()] if any(instance) else []  # else chance chooses
        with HostDisk(SCRIPT, NAME) as disk:
            command = [sys.executable, "-I", "-S", str(disk.path), *choice]
            try:
                process = subprocess.run(  # noqa: S603 - the script is ours
                    command,
                    cwd=disk.directory,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    timeout=_SECONDS,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                return replace(disk.outcome(), failure=f"it ran for more than {_SECONDS} seconds")
            return replace(
                disk.outcome(),
                exit_code=process.returncode,
                output=process.stdout.decode("utf-8", "replace").replace("\r\n", "\n"),
                trace=process.stderr.decode("utf-8", "replace"),
            )
