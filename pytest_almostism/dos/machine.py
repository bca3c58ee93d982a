"""The PC: CPU, memory, BIOS and DOS kernel as one thing that boots, runs and can be looked at.

Services get it as their first argument and find everything they need on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_almostism.dos import bios, kernel, pool, services
from pytest_almostism.dos.arena import Arena
from pytest_almostism.dos.calls import CallLog, Entry
from pytest_almostism.dos.cpu import ROM_SEGMENT, TRAP
from pytest_almostism.dos.errorcode import CallAbandoned, DosError, ErrorCode
from pytest_almostism.dos.errors import CpuError
from pytest_almostism.dos.kernel.handles import FileTable
from pytest_almostism.dos.kernel.openfiles import Console, Nul, OpenFile, Port, Stream
from pytest_almostism.dos.keyboard import Key, Keyboard
from pytest_almostism.dos.names import upper
from pytest_almostism.dos.process import Processes
from pytest_almostism.dos.registers import Flag
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
_STUBS = bytes((0xCD, TRAP, 0xCF, 0x90)) * 256  # INT F8h / IRET / NOP
_RESET_VECTOR = b"\xea\x00\x00\x00\xf0" + b"06/11/91" + b"\x00\xfc"  # FFFF:0000, date, model AT
_EXCEPTIONS = {
    1: "single step",
    5: "BOUND range exceeded",
    6: "invalid opcode",
    7: "coprocessor not available",
    8: "double fault",
    13: "general protection fault",
    16: "coprocessor error",
}


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
        cpu.interrupt = self.interrupt
        cpu.exception = self.exception
        self.clock = clock
        self.drives = drives
        drives.journal.actor = self._actor

        self.memory_size = memory_size
        view = self.memory.view
        view[: len(_VECTORS)] = _VECTORS
        view[ROM_SEGMENT << 4 : (ROM_SEGMENT << 4) + len(_STUBS)] = _STUBS
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
        self._calling = (0, 0)

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

    # -- interrupts -------------------------------------------------------------------------

    def interrupt(self, number: int) -> None:
        """Answer software interrupt `number` with its service."""
        regs = self.registers
        before = bytes(regs.block)
        self._calling = number, regs.ah
        service = services.find(number, regs.ah, regs.al)
        if service is None:
            self._refuse(number)
            entry: Entry = (number, None, before, {}, regs.ax, regs.flags)
            self.unanswered.record(entry)
            self.calls.record(entry)
            return
        pointed = {name: decode(self.memory, regs) for name, decode in service.pointers}
        if service.reports_by_carry:
            regs.carry = False
        try:
            service.call(self, regs)
        except DosError as error:
            self.last_error = error.code
            regs.ax = error.code
            regs.carry = True
        except CallAbandoned:
            pass
        finally:
            self.calls.record((number, service, before, pointed, regs.ax, regs.flags))

    def _refuse(self, number: int) -> None:
        """Answer as DOS answers a function it does not know: CF=1, AX=1."""
        self.registers.carry = True
        self.registers.ax = ErrorCode.INVALID_FUNCTION
        if number == 0x21:
            self.last_error = ErrorCode.INVALID_FUNCTION

    def exception(self, number: int) -> None:
        """Handle an exception of the CPU that the guest has no handler for."""
        regs = self.registers
        if number == 0:
            self.interrupt(0)
            return
        what = _EXCEPTIONS.get(number, f"exception {number}")
        raise CpuError(f"{what} at {regs.address}")

    def call_handler(self, number: int, *, again: bool) -> None:
        """Let the guest's own handler of an interrupt run before the current call returns.

        Args:
            number: of the interrupt.
            again: whether the call is then made once more, if it was a plain INT.
        """
        regs, memory = self.registers, self.memory
        segment, offset = memory.pointer(0, 4 * number)
        back = 2 if again and memory.byte(regs.cs, regs.ip - 2) == 0xCD else 0
        regs.sp -= 6
        memory.write_word(regs.ss, regs.sp, regs.ip - back)
        memory.write_word(regs.ss, regs.sp + 2, regs.cs)
        memory.write_word(regs.ss, regs.sp + 4, regs.flags)
        regs.flags &= ~(Flag.INTERRUPT | Flag.TRAP)
        regs.cs, regs.ip = segment, offset

    def is_hooked(self, number: int) -> bool:
        """Return whether the guest has a handler of its own for an interrupt."""
        return self.memory.pointer(0, 4 * number) != (ROM_SEGMENT, 4 * number)

    def _actor(self) -> str:
        """Return who is acting now, for the journal: where, and by which call."""
        if self.processes.current.segment == self.processes.shell.segment:
            return "python"
        number, function = self._calling
        return f"{self.registers.address} INT {number:02X}h/{function:02X}h"

    # -- services for services --------------------------------------------------------------

    def open_file(self, handle: int) -> OpenFile:
        """Return what handle `handle` of the running program stands for."""
        return self.files.file(self.processes.current, handle)

    def console(self, capture: bytearray | None = None) -> Console:
        """Return a newly opened CON."""
        return Console(self.keyboard, self.screen, lambda: kernel.control_c(self), capture)

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
