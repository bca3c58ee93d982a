"""What a program left behind when it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pytest_almostism.dos.calls import DosCall
from pytest_almostism.dos.process import Termination
from pytest_almostism.dos.registers import Registers


@dataclass(frozen=True)
class ProgramResult:
    """The result of running a program.

    Attributes:
        program: its full path.
        exit_code: 0..255.
        termination: how it ended.
        stdout: the bytes it wrote to standard output.
        stderr: the bytes it wrote to standard error.
        calls: every DOS and BIOS call it and its children made; the last 10,000 of them.
        unsupported: the calls that nobody answered.
        screen: the text on the screen at the end; several runs of one machine share a screen.
        registers: the registers when it ended.
        printer: the bytes it sent to PRN.
        serial: the bytes it sent to AUX.
    """

    program: str
    exit_code: int
    termination: Termination
    stdout: bytes
    stderr: bytes
    calls: Sequence[DosCall] = field(repr=False)
    unsupported: Sequence[DosCall] = field(repr=False)
    screen: str = field(repr=False)
    registers: Registers = field(repr=False)
    printer: bytes = field(default=b"", repr=False)
    serial: bytes = field(default=b"", repr=False)

    @property
    def output(self) -> str:
        """Standard output as text: code page 437, lines ending with a line feed."""
        return self.stdout.decode("cp437").replace("\r\n", "\n").replace("\r", "\n")
