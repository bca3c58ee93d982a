"""The PC: CPU, memory, BIOS and DOS kernel as one thing that boots, runs and can be looked at.

Services get it as their first argument and find everything they need on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_almostism.dos import bios, kernel, pool, shell
from pytest_almostism.dos.ansi import Ansi
from pytest_almostism.dos.arena import Arena
from pytest_almostism.dos.calls import CallLog
from pytest_almostism.dos.cpu import ROM_SEGMENT, STUBS
from pytest_almostism.dos.dispatcher import Dispatcher
from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.errortables import ExtendedError
from pytest_almostism.dos.kernel import sysvars
from pytest_almostism.dos.kernel.consoledevice import Console, ConsoleDriver
from pytest_almostism.dos.kernel.devicenames import Devices
from pytest_almostism.dos.kernel.handles import FileTable
from pytest_almostism.dos.kernel.mirror import Mirror
from pytest_almostism.dos.kernel.openfiles import READ_WRITE, OpenFile, Stream
from pytest_almostism.dos.keyboard import Key, Keyboard
from pytest_almostism.dos.process import Processes
from pytest_almostism.dos.screen import Screen

if TYPE_CHECKING:
    from pytest_almostism.dos.clock import Clock
    from pytest_almostism.dos.cpu import Cpu
    from pytest_almostism.dos.drive import Drive
    from pytest_almostism.dos.drives import Drives

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
        cpu: this machine's alone.
        drives: its disks.
        clock: the time.
        memory_size: conventional memory, KiB, 64..640.
        version: of DOS, (major, minor).
        ansi: whether ANSI.SYS is loaded.
        long_names: whether there are the functions for long names, INT 21h/71h.

    Attributes:
        registers, memory, screen, keyboard, clock, drives, arena, files, processes: its parts.
        is_on: whether it still has its CPU.
        hung: whether the last program left it in a state from which only a boot helps.
        streams: where the output of the program goes that was loaded last.
        calls: the trace of the current run.
        unanswered: calls of the current run that no service answered.
        dta: the disk transfer area, (segment, offset).
        mirror: what programs see of all this in DOS's data segment.
        con, devices: the driver of CON, and all devices by name.
        shells: the COMMAND.COMs that run, by the segments of their PSPs.
        version: of DOS, (major, minor).
        long_names: whether there are the functions for long names.
    """

    def __init__(
        self,
        cpu: Cpu,
        drives: Drives,
        *,
        clock: Clock,
        memory_size: int = 640,
        version: tuple[int, int] = (5, 0),
        ansi: bool = False,
        long_names: bool = True,
    ) -> None:
        self.cpu = cpu
        self.registers = cpu.registers
        self.memory = cpu.memory
        self.stop = cpu.stop
        self.clock = clock
        self.drives = drives
        drives.journal.actor = self._actor
        self.memory_size = memory_size
        self.has_ansi = ansi
        self.devices = Devices(self)
        self.calls, self.unanswered = CallLog(), CallLog()
        self.streams = Streams()
        self.version = version
        self.long_names = long_names
        self.is_on = True
        self.boot()

    def boot(self) -> None:
        """Start with empty memory and nothing resident; the disks, the clock, the paper stay."""
        self.hung = False
        self.cpu.reset()
        self.dispatcher = Dispatcher(self)
        self.cpu.interrupt = self.dispatcher.interrupt
        self.cpu.exception = self.dispatcher.exception
        self.cpu.returned = self.dispatcher.returned

        view = self.memory.view
        view[: len(_VECTORS)] = _VECTORS
        view[ROM_SEGMENT << 4 : (ROM_SEGMENT << 4) + len(STUBS)] = STUBS
        view[0xFFFF0 : 0xFFFF0 + len(_RESET_VECTOR)] = _RESET_VECTOR
        view[0x410:0x412] = bios.EQUIPMENT.to_bytes(2, "little")
        view[0x413:0x415] = self.memory_size.to_bytes(2, "little")
        self.screen = Screen(self.memory)
        self.keyboard = Keyboard()
        ansi = Ansi(self.screen, self.keyboard) if self.has_ansi else None
        self.con = ConsoleDriver(self, self.devices.printer, ansi)
        self.keyboard.on_break = self.con.on_break

        sysvars.install(view)
        self.arena = Arena(self.memory, sysvars.FIRST_MCB, self.memory_size * 64)
        self.files = FileTable()
        self.processes = Processes(self)
        self.dta = (self.processes.shell.segment, 0x80)
        self.last_error: ErrorCode | ExtendedError | None = None
        self.searches = kernel.Searches()
        self.long_searches = kernel.LongSearches()
        self.fcbs = kernel.FcbFiles()
        self.settings = kernel.Settings()
        self.mirror = Mirror(self)
        self.shells: dict[int, shell.Host] = {}

    def begin(self, stdin: bytes | None, keys: Iterable[Key]) -> Streams:
        """Make ready for a program: new standard handles, an empty trace, a CPU in real mode.

        What COMMAND.COM does before it runs a program: INT 22h, 23h and 24h are its own again.

        Args:
            stdin: what standard input is redirected to; None: the keyboard.
            keys: what is typed.
        """
        shell.forget_all(self)
        self.cpu.restart()
        self.memory.write(0, 4 * 0x22, _VECTORS[4 * 0x22 : 4 * 0x25])
        self.keyboard.type(keys)
        self.con.reset()
        self.devices.begin()
        self.calls, self.unanswered = CallLog(), CallLog()
        self.streams = streams = Streams()
        standard = (
            self.console() if stdin is None else Stream(stdin),
            self.console(streams.stdout),
            self.console(streams.stderr),
            self.devices.open("AUX"),
            self.devices.open("PRN"),
        )
        top = self.processes.shell
        self.files.close_all(top)
        for file in standard:
            self.files.open(top, file)
        return streams

    def switch_off(self) -> None:
        """Give the CPU to the next machine."""
        self.is_on = False
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
        return Console(self.con, capture)

    def device(self, path: str, mode: int = READ_WRITE) -> OpenFile | None:
        """Return a newly opened device, or None if `path` names none.

        Raises:
            DosError: PATH_NOT_FOUND for a device's name in a directory that is not there.
        """
        return self.devices.at(path, mode)

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
