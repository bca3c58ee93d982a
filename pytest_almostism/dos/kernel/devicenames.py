r"""The devices by name: which there are, and what a path has to look like to mean one.

A device is in every directory that exists, with any extension: `C:\TMP\NUL.TXT` is NUL, and
programs look for it to find out whether there is a directory C:\TMP. In `\DEV` they are always.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_almostism.dos.kernel.characterdevices import ClockDevice, Nul, Port, PortDevice
from pytest_almostism.dos.kernel.consoledevice import Console
from pytest_almostism.dos.kernel.openfiles import READ_WRITE, OpenFile
from pytest_almostism.dos.names import is_device, upper

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine

_SAME = {"LPT1": "PRN", "COM1": "AUX"}
_PORTS = ("AUX", "PRN", "COM2", "COM3", "COM4", "LPT2", "LPT3")
_NAME = re.compile(r"(?:.*[\\/]|[^\\/]:)?([^\\/:.]*)(?:\.[^\\/:]*)?:?", re.DOTALL)


class Devices:
    """The devices of a machine.

    Args:
        machine: the PC.

    Attributes:
        ports: what is at the serial and parallel ports, by name; LPT1 is PRN, COM1 is AUX.
    """

    def __init__(self, machine: Machine) -> None:
        self._pc = machine
        self.ports = {name: Port() for name in _PORTS}

    @property
    def printer(self) -> Port:
        """What is at PRN."""
        return self.ports["PRN"]

    @property
    def serial(self) -> Port:
        """What is at AUX."""
        return self.ports["AUX"]

    def begin(self) -> None:
        """Forget what was sent: another program begins."""
        for port in self.ports.values():
            port.sent.clear()

    def open(self, name: str, mode: int = READ_WRITE) -> OpenFile:
        """Return a device, newly opened.

        Args:
            name: in capitals.
            mode: access mode.
        """
        if name == "CON":
            return Console(self._pc.con, mode=mode)
        if name == "NUL":
            return Nul(mode)
        if name == "CLOCK$":
            return ClockDevice(self._pc.clock, mode)
        return PortDevice(name, self.ports[_SAME.get(name, name)], mode)

    def at(self, path: str, mode: int = READ_WRITE) -> OpenFile | None:
        """Return a newly opened device, or None if `path` names none.

        Raises:
            DosError: PATH_NOT_FOUND for a device's name in a directory that is not there.
        """
        match = _NAME.fullmatch(path)
        name = upper(match[1].rstrip(" ")) if match else ""
        if match is None or not is_device(name):
            return None
        drive, parts = self._pc.drives.resolve(path[: match.start(1)] + name)
        if parts[:-1] != ["DEV"]:
            drive.directory(parts[:-1])
        return self.open(name, mode)
