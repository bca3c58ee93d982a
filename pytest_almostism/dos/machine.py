"""The PC: CPU, memory, BIOS and DOS kernel as one thing that boots, runs and can be looked at.

Services get it as their first argument and find everything they need on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_almostism.dos import bios, kernel, pool
from pytest_almostism.dos.arena import Arena
from pytest_almostism.dos.calls import CallLog
from pytest_almostism.dos.cpu import ROM_SEGMENT, STUBS
from pytest_almostism.dos.dispatcher import Dispatcher
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.kernel.handles import FileTable
from pytest_almostism.dos.kernel.openfiles import Console, Nul, OpenFile, Port, Stream
from pytest_almostism.dos.keyboard import Key, Keyboard
from pytest_almostism.dos.names import upper
from pytest_almostism.dos.process import Processes
from pytest_almostism.dos.screen import Screen

if TYPE_CHECKING:
    from pytest_almostism.dos.clock import Clock
    from pytest_almostism.dos.cpu import Cpu
    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.drives import Drives

#: Segment of the first memory control block; below it are the BIOS data and DOS's own.
FIRST_MCB = 0x0120

_VECTORS = b"".join(
    (4 * n).to_bytes(2, "little") + ROM_SEGMENT.to_bytes(2, "little") for n in range(256)
)
_RESET_VECTOR = b"\xea\x00\x00\x00\xf0" + b"06/11/91" + b"\x00\xfc"  # FFFF:0000, date, model AT


@dataclass(frozen=True)
class Streams:
    """What a program wrote to standard output and standard error so far."""

    stdout: bytearray = field(default_factory=bytearray)
    stderr: bytearray = field(default_factory=bytearray)


class Machine:
    """A booted PC.

    Args:
        cpu: reset, and this machine's alone.
        drives: its disks.
        clock: the time.
        memory_size: conventional memory, KiB, 64..640.

    Attributes:
        registers, memory, screen, keyboard, clock, drives, arena, files, processes: its parts.
        calls: the trace of the current run.
        unanswered: calls of the current run that no service answered.
        dta: the disk transfer area, (segment, offset).
        version: of DOS, (major, minor).
    """

    def __init__(
        self,
        cpu: Cpu,
        drives: Drives,
        *,
        clock: Clock,
        memory_size: int = 640,
    ) -> None:
        self.cpu = cpu
        self.registers = cpu.registers
        self.memory = cpu.memory
        self.stop = cpu.stop
        self.dispatcher = Dispatcher(self)
        cpu.interrupt = self.dispatcher.interrupt
        cpu.exception = self.dispatcher.exception
        cpu.returned = self.dispatcher.returned
        self.clock = clock
        self.drives = drives
        drives.journal.actor = self._actor

        self.memory_size = memory_size
        view = self.memory.view
        view[: len(_VECTORS)] = _VECTORS
        view[ROM_SEGMENT << 4 : (ROM_SEGMENT << 4) + len(STUBS)] = STUBS
        view[0xFFFF0 : 0xFFFF0 + len(_RESET_VECTOR)] = _RESET_VECTOR
        view[0x410:0x412] = bios.EQUIPMENT.to_bytes(2, "little")
        view[0x413:0x415] = memory_size.to_bytes(2, "little")
        self.screen = Screen(self.memory)
        self.keyboard = Keyboard()

        self.arena = Arena(self.memory, FIRST_MCB, memory_size * 64)
        self.files = FileTable()
        self.processes = Processes(self)
        self.dta = (self.processes.shell.segment, 0x80)
        self.printer, self.auxiliary = Port("PRN"), Port("AUX")
        self.calls = CallLog()
        self.unanswered = CallLog()
        self.last_error: ErrorCode | None = None
        self.searches = kernel.Searches()
        self.version = (5, 0)
        self.settings = kernel.Settings()

    def begin(self, stdin: bytes | None, keys: Iterable[Key]) -> Streams:
        """Make ready for a program: new standard handles, an empty trace.

        Args:
            stdin: what standard input is redirected to; None: the keyboard.
            keys: what is typed.
        """
        self.keyboard.type(keys)
        self.calls, self.unanswered = CallLog(), CallLog()
        streams = Streams()
        standard = (
            self.console() if stdin is None else Stream(stdin),
            self.console(streams.stdout),
            self.console(streams.stderr),
            self.auxiliary,
            self.printer,
        )
        shell = self.processes.shell
        self.files.close_all(shell)
        for file in standard:
            self.files.open(shell, file)
        return streams

    def switch_off(self) -> None:
        """Give the CPU to the next machine."""
        self.drives.journal.actor = lambda: "python"
        pool.give_back(self.cpu)

    # -- services for services --------------------------------------------------------------

    def is_hooked(self, number: int) -> bool:
        """Return whether the guest has a handler of its own for an interrupt."""
        return self.memory.pointer(0, 4 * number) != (ROM_SEGMENT, 4 * number)

    def _actor(self) -> str:
        """Return who is acting now, for the journal: where, and by which call."""
        if self.processes.current.segment == self.processes.shell.segment:
            return "python"
        number, function = self.dispatcher.calling
        return f"{self.registers.address} INT {number:02X}h/{function:02X}h"

    def open_file(self, handle: int) -> OpenFile:
        """Return what handle `handle` of the running program stands for."""
        return self.files.file(self.processes.current, handle)

    def console(self, capture: bytearray | None = None) -> Console:
        """Return a newly opened CON."""
        return Console(self.keyboard, self.screen, capture)

    def device(self, path: str) -> OpenFile | None:
        """Return a newly opened device, or None if `path`, in whatever directory, is not one's."""
        base = upper(re.split(r"[\\/:]", path)[-1].partition(".")[0].rstrip())
        if base == "CON":
            return self.console()
        if base == "NUL":
            return Nul("NUL")
        if base in ("PRN", "LPT1"):
            return self.printer
        if base in ("AUX", "COM1"):
            return self.auxiliary
        return None

    def drive(self, number: int) -> Drive:
        """Return the drive of a number, 0: the current one, 1: A:.

        Raises:
            DosError: INVALID_DRIVE.
        """
        letter = chr(0x40 + number) if number else self.drives.current
        if letter not in self.drives:
            raise DosError(ErrorCode.INVALID_DRIVE)
        return self.drives[letter]

    def text(self, segment: int, offset: int) -> str:
        """Return the ASCIIZ text at segment:offset, as names are given to DOS."""
        return self.memory.asciiz(segment, offset, limit=0x200).decode("cp437")

    def write_linear(self, address: int, data: bytes) -> None:
        """Put `data` at a linear address; what does not fit in the memory is cut off."""
        view = self.memory.view
        data = data[: max(0, len(view) - address)]
        view[address : address + len(data)] = data
        self.cpu.forget_code(address, address + len(data))
