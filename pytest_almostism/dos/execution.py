"""A program that is loaded: its registers can be set, it runs, and its end is told."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from types import EllipsisType
from typing import TYPE_CHECKING

from pytest_almostism.dos.errors import MachineError, UnsupportedCall
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.result import ProgramResult

if TYPE_CHECKING:
    from pytest_almostism.dos.machine import Machine, Streams

_CALLS_SHOWN = 10
_CODE_SHOWN = 16  # bytes


class Process:
    """A loaded program, stopped at its entry; made by `Dos.load`.

    Args:
        machine: the PC it is in.
        program: its full path.
        streams: where its output goes.
        max_instructions: its budget if `run` is given none.
        finish: called when it has ended, however.

    Attributes:
        program: its full path.
        psp: the segment of its program segment prefix.
    """

    def __init__(
        self,
        machine: Machine,
        program: str,
        streams: Streams,
        max_instructions: int | None,
        finish: Callable[[], None],
    ) -> None:
        self.program = program
        self.psp = machine.processes.current.segment
        self._pc = machine
        self._streams = streams
        self._max_instructions = max_instructions
        self._finish = finish
        self._has_run = False

    @property
    def registers(self) -> Registers:
        """The CPU's registers; what is assigned to them counts when the program runs."""
        return self._pc.registers

    def run(self, max_instructions: int | EllipsisType | None = ...) -> ProgramResult:
        """Run to the end.

        Args:
            max_instructions: the budget, 1 or more; None: no limit; by default the machine's.
                A call of DOS or the BIOS counts as 200.

        Raises:
            ValueError: if the budget is none.
            InstructionLimitExceeded: if it does not end.
            CpuError: if it runs into rubbish.
            KeyboardStarved: if it waits for a key that nobody typed.
            MachineError: if it has ended already or another program was loaded since.
        """
        __tracebackhide__ = True
        pc = self._pc
        if not pc.is_on:
            raise MachineError(f"{self.program} cannot run: its machine is switched off")
        if pc.streams is not self._streams or self._has_run:
            raise MachineError(f"{self.program} cannot run: it has ended, or another was loaded")
        budget = self._max_instructions if max_instructions is ... else max_instructions
        self._has_run = pc.hung = True
        try:
            pc.cpu.run(budget)
            registers = pc.registers.copy()
            pc.hung = False
        except MachineError as error:
            error.args = (self._story(str(error)),)
            raise error.with_traceback(None) from None  # it is about the guest, not about us
        finally:
            pc.processes.abort()
            for drive in pc.drives.values():
                drive.commit()
            self._finish()
        self._warn()
        return ProgramResult(
            program=self.program,
            exit_code=pc.processes.ending.exit_code,
            termination=pc.processes.ending.termination,
            stdout=bytes(self._streams.stdout),
            stderr=bytes(self._streams.stderr),
            calls=pc.calls,
            unsupported=pc.unanswered,
            screen=pc.screen.text,
            registers=registers,
            printer=bytes(pc.devices.printer.sent),
            serial=bytes(pc.devices.serial.sent),
        )

    def _story(self, what: str) -> str:
        """Tell where the program was and what it had done when it could not go on."""
        pc = self._pc
        regs = pc.registers
        code = pc.memory.read(regs.cs, regs.ip, _CODE_SHOWN).hex(" ").upper()
        calls = pc.calls[-_CALLS_SHOWN:]
        lines = [f"{self.program}: {what}", f"  {regs.address}  {code}", f"  {regs!r}"]
        if calls:
            lines.append(f"  the last {len(calls)} of {pc.calls.total} calls:")
            lines.extend(f"    {call}" for call in calls)
        if pc.screen.text:
            lines.append("  the screen:")
            lines.extend(f"    | {line}" for line in pc.screen.text.splitlines())
        return "\n".join(lines)

    def _warn(self) -> None:
        """Warn of every kind of call that nobody answered, once."""
        for number, call in {call.number: call for call in self._pc.unanswered}.items():
            told = (
                "its registers came back"
                if call.interrupt == 0x2F
                else f"it was told CF=1, AX={call.result:X}"
            )
            warnings.warn(
                f"{self.program} called {number} at {call.address}, which no service answers;"
                f" {told}",
                UnsupportedCall,
                stacklevel=4,
            )
