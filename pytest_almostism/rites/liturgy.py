"""The liturgy as a rite: the 42 bytes themselves, run on the emulated DOS."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from pytest_almostism.reporting.trace import last_calls
from pytest_almostism.rites.dosdisk import NAME, DosDisk
from pytest_almostism.rites.dosprogram import judged_run
from pytest_almostism.rites.rite import Clause

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_almostism.dos import Dos, DosCall, ProgramResult
    from pytest_almostism.rites.outcome import Outcome

NAME_OFFSET = 0x7E00
"""Where a liturgy finds the name of its file, ASCIIZ."""

ENTRY = 0x108
"""Where a liturgy is entered: the image lies at 0100, and the creed comes first."""

MAX_INSTRUCTIONS = 20_000
"""How long a liturgy may take: the canonical one needs about a thousand instructions."""

_SEGMENT = 0x10000
_OPEN, _READ, _DELETE = 0x3D, 0x3F, 0x41
_TRACE = 12


@dataclass(frozen=True)
class Performance:
    """One performance of a liturgy, with all there is to see.

    Attributes:
        outcome: What became of the file.
        result: How the program ended; None if it did not.
        calls: Its DOS calls.
        memory: The 64 KiB of its segment afterwards.
    """

    outcome: Outcome
    result: ProgramResult | None
    calls: Sequence[DosCall] = field(repr=False)
    memory: bytes = field(repr=False)

    @property
    def opened(self) -> DosCall | None:
        """The first successful call that opened a file."""
        return _first(self.calls, _OPEN)

    @property
    def read(self) -> DosCall | None:
        """The first successful call that read from a file."""
        return _first(self.calls, _READ)

    @property
    def deleted(self) -> DosCall | None:
        """The first successful call that deleted a file."""
        return _first(self.calls, _DELETE)

    @property
    def buffer(self) -> bytes:
        """What is in the end where the file was read to, as many bytes as were read."""
        return b"" if self.read is None else _buffer(self.memory, self.read)


class LiturgyRite:
    """Enters the scripture's own machine code under its loader contract (design, section 3).

    CS=DS=ES=SS=PSP, the image at 0100, DF=0, the name at 7E00. On the stack lies the far address
    PSP:0000, so that a liturgy may end by `ret` (to the zero word on the top) as well as by
    `retf`.
    """

    name = "liturgy"
    excuses: Mapping[Clause, str] = MappingProxyType(
        {
            Clause.WIPES_DISK: "it zeroes its buffer; to zero the disk takes 62 bytes, not 42",
            Clause.DESTROYS_UNTRUE: "it verifies five bytes and leaves alone what is false",
        }
    )

    def perform(self, data: bytes) -> Outcome:
        """Enters the liturgy of a scripture over the scripture itself.

        Args:
            data: What is loaded, and what the file contains.

        Returns:
            What became of the file.
        """
        return self.enter(data).outcome

    def enter(
        self,
        image: bytes,
        file: bytes | None = None,
        *,
        name: str = NAME,
        told: str | None = None,
        max_instructions: int = MAX_INSTRUCTIONS,
    ) -> Performance:
        r"""Enters a liturgy, over any file.

        Args:
            image: The scripture that is loaded.
            file: What the file contains; the same by default.
            name: The 8.3 name of the file on `C:\`.
            told: What stands at 7E00; the name by default.
            max_instructions: How long it may run.

        Returns:
            The performance.
        """
        from pytest_almostism.dos import Dos  # noqa: PLC0415 - only a performance needs a machine

        with Dos() as dos:
            program = dos.path("C:\\LOADED.COM")
            program.write_bytes(image)
            disk = DosDisk(dos.drives, dos.journal, image if file is None else file, name)
            process = dos.load(str(program))
            segment, regs = process.psp, process.registers
            dos.memory.write(
                segment, NAME_OFFSET, (name if told is None else told).encode("cp437") + b"\0"
            )
            regs.sp -= 2
            dos.memory.write_pointer(regs.ss, regs.sp, (segment, 0))
            regs.ip = ENTRY
            result, failure = judged_run(lambda: process.run(max_instructions))
            return _performance(dos, disk, segment, result, failure)


def _performance(
    dos: Dos, disk: DosDisk, segment: int, result: ProgramResult | None, failure: str | None
) -> Performance:
    """Gathers what there is to see when a liturgy has ended or was stopped."""
    calls = list(dos.calls)
    memory = dos.memory.read(segment, 0, _SEGMENT)
    read = _first(calls, _READ)
    outcome = replace(
        disk.outcome(),
        exit_code=None if result is None else result.exit_code,
        zeroed_in_memory=None if read is None else not any(_buffer(memory, read)),
        output="" if result is None else result.output,
        trace=last_calls(calls, _TRACE),
        failure=failure,
    )
    return Performance(outcome, result, calls, memory)


def _first(calls: Sequence[DosCall], function: int) -> DosCall | None:
    """Finds the first successful call of an INT 21h function."""
    for call in calls:
        if call.interrupt == 0x21 and call.function == function and call.error is None:
            return call
    return None


def _buffer(memory: bytes, read: DosCall) -> bytes:
    """Returns what is now where a call has read to."""
    return memory[read.dx : read.dx + read.result]
