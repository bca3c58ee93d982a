"""Rites that are DOS programs: whoever has written a reader can have it judged."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_almostism.dos import UnsupportedCall
from pytest_almostism.errors import AlmostismError
from pytest_almostism.reporting.trace import last_calls
from pytest_almostism.rites.dosdisk import NAME, DosDisk
from pytest_almostism.rites.outcome import Outcome
from pytest_almostism.scripture import Part

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from pytest_almostism.dos import Dos, ProgramResult
    from pytest_almostism.rites.rite import Clause

MAX_INSTRUCTIONS = 1_000_000
"""How long a rite may take: a scripture is read in some ten thousand instructions."""

_TRACE = 12
_CONVENTIONAL = 640 * 1024
_PIECE = 8  # so many bytes of a scripture are nowhere by chance
_STEP = 6  # what is left, if it is longer than 13 bytes, holds one of the pieces


@dataclass(frozen=True)
class DosProgramRite:
    r"""A DOS program that reads a scripture, run on a machine of its own.

    The scripture is `C:\HOLY.COM`, the current directory is `C:\`.

    Args:
        name: What the suite calls it.
        program: A .COM or .EXE image, or the path of one on the host.
        args: Its command line; `{name}` stands for the file's name.
        excuses: The clauses it does not keep, each with the reason why.
        max_instructions: How long it may run.
    """

    name: str
    program: bytes | os.PathLike[str] = field(repr=False)
    args: str = "{name}"
    excuses: Mapping[Clause, str] = field(default_factory=dict)
    max_instructions: int = MAX_INSTRUCTIONS

    def perform(self, data: bytes) -> Outcome:
        """Runs the program on a copy.

        Args:
            data: What the file contains.

        Returns:
            What became of the copy.
        """
        from pytest_almostism.dos import Dos  # noqa: PLC0415 - only a performance needs a machine

        with Dos() as dos:
            extension = "EXE" if self._image[:2] in (b"MZ", b"ZM") else "COM"
            program = dos.path(f"C:\\RITE.{extension}")
            program.write_bytes(self._image)
            disk = DosDisk(dos.drives, dos.journal, data)
            args = self.args.format(name=NAME)
            result, failure = judged_run(
                lambda: dos.run(str(program), args, max_instructions=self.max_instructions)
            )
            return replace(
                disk.outcome(),
                exit_code=None if result is None else result.exit_code,
                zeroed_in_memory=None if result is None else not left_in_memory(dos, data),
                output="" if result is None else result.output,
                trace=last_calls(dos.calls, _TRACE),
                failure=failure,
            )

    @property
    def _image(self) -> bytes:
        return self.program if isinstance(self.program, bytes) else Path(self.program).read_bytes()


def left_in_memory(dos: Dos, data: bytes) -> bool:
    """Whether a piece of a scripture is left anywhere in a machine's conventional memory.

    The creed alone proves nothing: every reader has to know it by heart.

    Args:
        dos: The machine.
        data: The scripture.

    Returns:
        Whether a piece of its creed, liturgy and instance byte is there, of some dozen bytes.
    """
    memory = bytes(dos.memory.view[:_CONVENTIONAL]).rstrip(b"\0")
    pieces = (data[at : at + _PIECE] for at in range(3, Part.SILENCE.offset - _PIECE, _STEP))
    return any(any(piece) and piece in memory for piece in pieces)


def judged_run(
    run: Callable[[], ProgramResult],
) -> tuple[ProgramResult | None, str | None]:
    """Runs a program that is judged for whatever it does.

    Args:
        run: Runs it.

    Returns:
        The result, or None and why there is none: it looped, it crashed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnsupportedCall)  # such calls stand in the trace
        try:
            return run(), None
        except AlmostismError as error:
            return None, summary(error)


def summary(error: BaseException) -> str:
    """Names an error and the first line of what it says."""
    first_line = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {first_line}" if first_line else type(error).__name__
