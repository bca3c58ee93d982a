"""From an interrupt to its service and back, with the detours DOS makes through the guest.

A service runs with its caller's registers and changes them. Several things may end it early:

    DosError         the guest sees CF=1 and the code in AX
    ControlC         INT 23h is called; after it the call is made again, or the program ends
    CallHandler      another handler of the guest is called, and then the call is made again
    CriticalError    INT 24h is called; it decides: ignore, retry, abort or fail
    CallAbandoned    the registers are those of somebody else already: nothing more to do

Guest handlers of 23h and 24h are not run inside the service: emulations would pile up when one
never returns, as a `longjmp` out of it does. The service is over; a frame that returns to a stub
in the ROM is pushed, the handler goes on as ordinary guest code, and when it comes back to the
stub, what was to be done next is done with the caller's registers as they were at the call.
Handlers that never come back are forgotten when one further down the stack does.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_almostism.dos import critical, services
from pytest_almostism.dos.cpu import RETURN_STUB, ROM_SEGMENT
from pytest_almostism.dos.errorcode import (
    CallAbandoned,
    CallHandler,
    ControlC,
    CriticalError,
    DosError,
    ErrorCode,
)
from pytest_almostism.dos.errors import CpuError
from pytest_almostism.dos.errortables import admitted
from pytest_almostism.dos.process import Termination
from pytest_almostism.dos.registers import Registers

if TYPE_CHECKING:
    from pytest_almostism.dos.calls import Entry
    from pytest_almostism.dos.machine import Machine
    from pytest_almostism.dos.services import Service

_EXCEPTIONS = {
    5: "BOUND range exceeded",
    6: "invalid opcode",
    7: "coprocessor not available",
    8: "double fault",
    13: "general protection fault",
    16: "coprocessor error",
}
_INVALID_OPCODE, _CTRL_C, _CRITICAL_ERROR = 0x06, 0x23, 0x24
_LONG_NAMES = 0x71
_NO_SUCH_BIOS_SERVICE = 0x86
_STDOUT, _FAST_OUTPUT = 1, 0x29
_NEVER_BROKEN = frozenset((*range(0x0D), 0x33, 0x50, 0x51, 0x59, 0x62, 0x64))  # or look themselves
_ABANDONED_HANDLERS = 1000


@dataclass(frozen=True)
class _Detour:
    """A guest handler that is running: whom it interrupted, and what is done when it returns."""

    caller: Registers
    then: Callable[[Registers], None]


class Dispatcher:
    """Answers the interrupts of a machine.

    Args:
        machine: the PC.

    Attributes:
        calling: the interrupt and AH of the call being served, for the journal.
    """

    def __init__(self, machine: Machine) -> None:
        self._pc = machine
        self._detours: list[_Detour] = []
        self.calling = (0, 0)

    def interrupt(self, number: int) -> None:
        """Answer software interrupt `number` with its service, or refuse it."""
        pc, regs = self._pc, self._pc.registers
        before = bytes(regs.block)
        self.calling = number, regs.ah
        service = services.find(number, regs.ah, regs.al)
        if service is None:
            self._leave_unanswered(number, before)
            return
        pointed = {name: decode(pc.memory, regs) for name, decode in service.pointers}
        if service.reports_by_carry:
            regs.carry = False
        try:
            if pc.settings.check_break and number == 0x21 and regs.ah not in _NEVER_BROKEN:
                pc.con.attend()
            service.call(pc, regs)
        except DosError as error:
            pc.last_error = error.code
            if service.reports_by_carry:  # those of CP/M's time have no way to tell
                self._fail(error.code, service.function)
        except (CriticalError, ControlC, CallHandler) as wanted:
            regs.block[:] = before
            self._detour(service, wanted)
        except CallAbandoned:
            pass
        finally:
            if service.traced:
                pc.calls.record((number, service, before, pointed, regs.ax, regs.flags))
        if pc.con.outgoing:
            self._send_out(pc.con.take())

    def _detour(self, service: Service, wanted: Exception) -> None:
        """Call the handler of the guest that is to decide what becomes of a call."""
        number = service.interrupt
        if isinstance(wanted, CriticalError):
            self._critical_error(service, wanted)
        elif isinstance(wanted, CallHandler):
            self.call_handler(wanted.number, lambda _: self.interrupt(number))
        else:
            self._control_c(number)

    def exception(self, number: int) -> None:
        """Handle an exception of the CPU that the guest has no handler for."""
        if number == 0:
            self.interrupt(0)
            return
        if number == 1:  # nobody debugs: DOS's own handler is an IRET
            return
        what = _EXCEPTIONS.get(number, f"exception {number}")
        raise CpuError(f"{what} at {self._pc.registers.address}")

    def _leave_unanswered(self, number: int, before: bytes) -> None:
        """Refuse a call that there is no service for, and remember it."""
        if number == _INVALID_OPCODE:  # a handler has handed it on
            self.exception(number)
        self._refuse(number)
        pc, regs = self._pc, self._pc.registers
        entry: Entry = (number, None, before, {}, regs.ax, regs.flags)
        pc.unanswered.record(entry)
        pc.calls.record(entry)

    def _refuse(self, number: int) -> None:
        """Answer as DOS answers a function it does not know: CF=1, AX=1 or, to 71xxh, 7100h."""
        regs, code = self._pc.registers, ErrorCode.INVALID_FUNCTION
        if number == 0x15:  # the BIOS has a word of its own for it
            regs.ah, regs.carry = _NO_SUCH_BIOS_SERVICE, True
            return
        if number == 0x21:
            self._pc.last_error = code
            if regs.ah == _LONG_NAMES:
                code = ErrorCode.LONG_NAMES_NOT_SUPPORTED
        regs.ax, regs.carry = code, True

    def _fail(self, code: ErrorCode, function: int | None) -> None:
        """Answer with as much of the truth as the function has a word for."""
        self._pc.last_error = code
        self._pc.registers.ax = admitted(function, code)
        self._pc.registers.carry = True

    # -- detours through the guest ----------------------------------------------------------

    def call_handler(
        self, number: int, then: Callable[[Registers], None], **registers: int
    ) -> None:
        """Let a handler of the guest run; the service that calls this must end at once.

        Args:
            number: the interrupt.
            then: called when the handler has returned, with its registers; the machine's are
                those of the caller again.
            registers: what the handler finds in its registers.
        """
        regs = self._pc.registers
        if len(self._detours) >= _ABANDONED_HANDLERS:
            del self._detours[0]
        self._detours.append(_Detour(regs.copy(), then))
        self._pc.cpu.enter_handler(number, (ROM_SEGMENT, RETURN_STUB))
        self._pc.mirror.calling(number)
        for name, value in registers.items():
            setattr(regs, name, value)

    def returned(self) -> None:
        """Go on after a handler that has come back to the stub."""
        regs = self._pc.registers
        handler = regs.copy()
        self._pc.mirror.called()
        while self._detours:
            detour = self._detours.pop()
            caller = detour.caller
            if caller.ss == regs.ss and caller.sp - regs.sp & 0xFFFF in {0, 2}:  # IRET, RETF
                regs.load(caller)
                detour.then(handler)
                return
        raise CpuError(f"return from an interrupt that did not occur, at {regs.address}")

    def _send_out(self, characters: bytes) -> None:
        """Show on the console, by the guest's INT 29h, what the call that is over has written."""
        if characters:
            first, rest = characters[0], characters[1:]
            self.call_handler(_FAST_OUTPUT, lambda _: self._send_out(rest), al=first)

    def _control_c(self, number: int) -> None:
        """Call INT 23h: IRET makes the call again, RETF with CF=1 ends the program.

        Above its return to DOS the handler finds the frame of the INT 21h.
        """
        pc = self._pc
        with suppress(DosError):  # standard output is closed
            pc.open_file(_STDOUT).echo(b"^C\r\n")
        if not pc.is_hooked(_CTRL_C):
            pc.processes.terminate(0, Termination.CTRL_C)
            return
        regs = pc.registers
        caller = regs.copy()
        pc.cpu.push_frame((regs.cs, regs.ip))
        stack = regs.sp

        def then(handler: Registers) -> None:
            regs.load(caller)
            if handler.sp != stack and handler.carry:
                pc.processes.terminate(0, Termination.CTRL_C)
            else:
                self.interrupt(number)

        self.call_handler(_CTRL_C, then)

    def _critical_error(self, service: Service, error: CriticalError) -> None:
        """Call INT 24h, which decides what becomes of the call.

        The handler finds on its stack, above its return to DOS, the registers of the call as
        DOS has pushed them and the frame of the INT 21h: it may go back to the program itself.
        """
        pc, regs = self._pc, self._pc.registers
        caller, what = regs.copy(), critical.describe(error)
        frame = critical.FRAME.pack(*(getattr(regs, name) for name in critical.SAVED))
        regs.sp -= len(frame)
        pc.memory.write(regs.ss, regs.sp, frame)
        pc.last_error = error.code

        def then(handler: Registers) -> None:
            regs.load(caller)
            answer = critical.allowed(handler.al, what.ah)
            if answer == critical.RETRY:
                self.interrupt(service.interrupt)
            elif answer == critical.ABORT:
                pc.processes.terminate(0, Termination.CRITICAL_ERROR)
            elif answer == critical.IGNORE:
                critical.pretend(regs)
            elif service.reports_by_carry:
                self._fail(ErrorCode.FAIL_ON_INT24, service.function)
            else:
                pc.last_error = ErrorCode.FAIL_ON_INT24
                regs.al = 0xFF

        self.call_handler(
            _CRITICAL_ERROR, then, ax=what.ax, di=what.di, bp=what.header[0], si=what.header[1]
        )
