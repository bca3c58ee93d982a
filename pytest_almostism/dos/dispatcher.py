"""From an interrupt to its service and back, with the detours DOS makes through the guest.

A service runs with its caller's registers and changes them. Three things may end it early:

    DosError         the guest sees CF=1 and the code in AX
    ControlC         INT 23h is called; after it the call is made again, or the program ends
    CriticalError    INT 24h is called; it decides: ignore, retry, abort or fail
    CallAbandoned    the registers are those of somebody else already: nothing more to do

Guest handlers of 23h and 24h are not run inside the service: emulations would pile up when one
never returns, as a `longjmp` out of it does. The service is over; a frame that returns to a stub
in the ROM is pushed, the handler goes on as ordinary guest code, and when it comes back to the
stub, what was to be done next is done with the caller's registers as they were at the call.
Handlers that never come back are forgotten when one further down the stack does.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_almostism.dos import services
from pytest_almostism.dos.cpu import RETURN_STUB, ROM_SEGMENT
from pytest_almostism.dos.errorcode import (
    CallAbandoned,
    ControlC,
    CriticalError,
    DosError,
    ErrorCode,
)
from pytest_almostism.dos.errors import CpuError
from pytest_almostism.dos.process import Termination
from pytest_almostism.dos.registers import Flag, Registers

if TYPE_CHECKING:
    from pytest_almostism.dos.calls import Entry
    from pytest_almostism.dos.machine import Machine

_EXCEPTIONS = {
    1: "single step",
    5: "BOUND range exceeded",
    6: "invalid opcode",
    7: "coprocessor not available",
    8: "double fault",
    13: "general protection fault",
    16: "coprocessor error",
}
_CTRL_C, _CRITICAL_ERROR = 0x23, 0x24
_IGNORE, _RETRY, _ABORT, _FAIL = range(4)
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
            self._refuse(number)
            entry: Entry = (number, None, before, {}, regs.ax, regs.flags)
            pc.unanswered.record(entry)
            pc.calls.record(entry)
            return
        pointed = {name: decode(pc.memory, regs) for name, decode in service.pointers}
        if service.reports_by_carry:
            regs.carry = False
        try:
            service.call(pc, regs)
        except CriticalError as error:
            regs.block[:] = before
            self._critical_error(number, error)
        except DosError as error:
            self._fail(error.code)
        except ControlC:
            regs.block[:] = before
            self._control_c(number)
        except CallAbandoned:
            pass
        finally:
            pc.calls.record((number, service, before, pointed, regs.ax, regs.flags))

    def exception(self, number: int) -> None:
        """Handle an exception of the CPU that the guest has no handler for."""
        if number == 0:
            self.interrupt(0)
            return
        what = _EXCEPTIONS.get(number, f"exception {number}")
        raise CpuError(f"{what} at {self._pc.registers.address}")

    def _refuse(self, number: int) -> None:
        """Answer as DOS answers a function it does not know: CF=1, AX=1."""
        if number == 0x21:
            self._pc.last_error = ErrorCode.INVALID_FUNCTION
        self._pc.registers.carry = True
        self._pc.registers.ax = ErrorCode.INVALID_FUNCTION

    def _fail(self, code: ErrorCode) -> None:
        self._pc.last_error = code
        self._pc.registers.ax = code
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
        frame = struct.pack("<HHH", RETURN_STUB, ROM_SEGMENT, regs.flags)
        regs.sp -= len(frame)
        self._pc.memory.write(regs.ss, regs.sp, frame)
        regs.flags &= ~(Flag.INTERRUPT | Flag.TRAP)
        regs.cs, regs.ip = self._pc.memory.pointer(0, 4 * number)
        for name, value in registers.items():
            setattr(regs, name, value)

    def returned(self) -> None:
        """Go on after a handler that has come back to the stub."""
        regs = self._pc.registers
        handler = regs.copy()
        while self._detours:
            detour = self._detours.pop()
            caller = detour.caller
            if caller.ss == regs.ss and caller.sp - regs.sp & 0xFFFF in {0, 2}:  # IRET, RETF
                regs.load(caller)
                detour.then(handler)
                return
        raise CpuError(f"return from an interrupt that did not occur, at {regs.address}")

    def _control_c(self, number: int) -> None:
        """Call INT 23h: IRET makes the call again, RETF with CF=1 ends the program."""
        pc = self._pc
        if not pc.is_hooked(_CTRL_C):
            pc.processes.terminate(0, Termination.CTRL_C)
            return
        stack = pc.registers.sp

        def then(handler: Registers) -> None:
            if handler.sp != stack and handler.carry:
                pc.processes.terminate(0, Termination.CTRL_C)
            else:
                self.interrupt(number)

        self.call_handler(_CTRL_C, then)

    def _critical_error(self, number: int, error: CriticalError) -> None:
        """Call INT 24h, or without a handler do as COMMAND.COM's does when told to abort."""
        pc = self._pc
        if not pc.is_hooked(_CRITICAL_ERROR):
            pc.processes.terminate(0, Termination.CRITICAL_ERROR)
            return

        def then(handler: Registers) -> None:
            answer = handler.al
            if answer == _RETRY:
                self.interrupt(number)
            elif answer == _ABORT:
                pc.processes.terminate(0, Termination.CRITICAL_ERROR)
            elif answer == _IGNORE:
                pc.registers.carry = False
            else:
                self._fail(ErrorCode.FAIL_ON_INT24)

        kind = 0x38 | int(error.writing)  # a disk; ignore, retry and fail are allowed
        self.call_handler(
            _CRITICAL_ERROR, then, ax=kind << 8 | error.drive, di=error.code - 0x13, bp=0, si=0
        )
