"""`Dos`, the emulated PC as a test uses it: put files in, run programs, look at what became."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from types import EllipsisType, TracebackType
from typing import TYPE_CHECKING

from pyfakefs.fake_filesystem import FakeFilesystem

from pytest_almostism.dos import pool
from pytest_almostism.dos.calls import DosCall
from pytest_almostism.dos.clock import Clock
from pytest_almostism.dos.drives import Drives
from pytest_almostism.dos.errorcode import DosError
from pytest_almostism.dos.errors import BadProgram, MachineError
from pytest_almostism.dos.execution import Process
from pytest_almostism.dos.keyboard import parse_keys
from pytest_almostism.dos.loader import read_image
from pytest_almostism.dos.memory import Memory
from pytest_almostism.dos.path import DosPath
from pytest_almostism.dos.programs import find_program
from pytest_almostism.dos.registers import Registers
from pytest_almostism.dos.result import ProgramResult
from pytest_almostism.witness import DeletedFile, Journal

if TYPE_CHECKING:
    from typing_extensions import Self

    from pytest_almostism.dos.machine import Machine
    from pytest_almostism.dos.screen import Screen

#: What a program may execute if nobody says otherwise: some seconds of a loop.
DEFAULT_MAX_INSTRUCTIONS = 500_000_000

_TAIL_MOST = 126
_DEFAULT_ENVIRONMENT = {"COMSPEC": "C:\\COMMAND.COM", "PATH": "C:\\", "PROMPT": "$P$G"}


class Dos:
    r"""A freshly booted PC with DOS and an empty drive C:.

    Usable as a context manager; `close` gives its CPU to the next machine. Its parameters are
    those of the `dos_factory` fixture.

    Args:
        filesystem: the fake file system behind the drives; a new one by default.
        clock: the time; it stands at 1991-06-11 05:00 by default.
        drives: letters of the empty drives.
        environment: what programs find in their environment besides COMSPEC, PATH and PROMPT.
        memory_size: conventional memory, KiB, 64..640.
        max_instructions: the budget of every run that sets none; None for no limit.

    Attributes:
        clock: the clock, which a test may set.
        environment: the variables that programs are given; may be changed.
        filesystem: the fake file system behind the drives.
        drives: the drives, by letter.
        journal: what became of files.
    """

    def __init__(
        self,
        *,
        filesystem: FakeFilesystem | None = None,
        clock: Clock | None = None,
        drives: str = "C",
        environment: Mapping[str, str] | None = None,
        memory_size: int = 640,
        max_instructions: int | None = DEFAULT_MAX_INSTRUCTIONS,
    ) -> None:
        from pytest_almostism.dos.machine import Machine  # noqa: PLC0415 - it imports unicorn

        if not 64 <= memory_size <= 640:
            raise ValueError(f"conventional memory is 64 to 640 KiB, not {memory_size}")
        self.clock = clock or Clock()
        self.environment = {**_DEFAULT_ENVIRONMENT, **(environment or {})}
        self.max_instructions = max_instructions
        self.filesystem = FakeFilesystem() if filesystem is None else filesystem
        self.journal = Journal()
        self.drives = Drives(self.filesystem, now=self.clock.now, journal=self.journal)
        for letter in drives:
            self.drives.add(letter)
        self._on: Machine | None = Machine(
            pool.borrow(), self.drives, clock=self.clock, memory_size=memory_size
        )

    # -- files ------------------------------------------------------------------------------

    def path(self, name: str) -> DosPath:
        r"""Return a path on the drives.

        Args:
            name: a DOS path; a relative one starts at the current directory, at first `C:\`.
        """
        return DosPath(self.drives, name)

    def mount(
        self, drive: str, directory: str | os.PathLike[str], *, read_only: bool = False
    ) -> None:
        """Make a directory of the host a drive; what the guest writes there stays in memory.

        Args:
            drive: a letter, with or without a colon.
            directory: the directory; its files are read when they are first needed.
            read_only: whether the guest may write at all.

        Raises:
            ValueError: for a letter that is none or taken.
            OSError: for a directory that is not there.
        """
        self.drives.mount(drive.rstrip(":\\"), directory, read_only=read_only)

    @property
    def deleted(self) -> Mapping[str, DeletedFile]:
        """Upper-case full path -> what the file was when it was last deleted there."""
        return self.journal.deleted

    # -- running ----------------------------------------------------------------------------

    def run(
        self,
        program: str | bytes | os.PathLike[str],
        args: str = "",
        *,
        stdin: bytes | str = b"",
        keys: str | bytes = "",
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
        max_instructions: int | EllipsisType | None = ...,
    ) -> ProgramResult:
        r"""Run a program to its end.

        Args:
            program: a DOS path, searched as COMMAND.COM would (.COM, .EXE, PATH); or bytes, an
                image that is put on C:\ as PROGRAM.COM or .EXE; or a path of the host, which is
                copied to C:\ under its 8.3 name.
            args: what follows the program's name on the command line, at most 126 characters.
            stdin: standard input is redirected to these bytes, or this text in code page 437
                with line feeds made CR LF; if empty and no keys are typed it is at its end.
            keys: typed on the keyboard: text, and `{enter}` `{f1}` `{ctrl-c}` and so on.
            env: variables beside or instead of those in `environment`.
            cwd: the current directory and drive for this run.
            max_instructions: the budget, None for none; by default that of the machine.

        Raises:
            ProgramNotFound: if it is not there.
            BadProgram: if it is no program.
            InstructionLimitExceeded: if it does not end.
            CpuError: if it runs into rubbish.
            KeyboardStarved: if it waits for a key that nobody typed.
        """
        process = self.load(program, args, stdin=stdin, keys=keys, env=env, cwd=cwd)
        return process.run(max_instructions)

    def load(
        self,
        program: str | bytes | os.PathLike[str],
        args: str = "",
        *,
        stdin: bytes | str = b"",
        keys: str | bytes = "",
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
    ) -> Process:
        """Load a program and stop at its entry; the arguments are those of `run`.

        Raises:
            ProgramNotFound: if it is not there.
            BadProgram: if it is no program, or larger than the memory.
        """
        pc = self._machine
        tail = _command_tail(args)
        keystrokes = parse_keys(keys)
        environment = {**self.environment, **(env or {})}
        pc.processes.abort()
        finish = _nothing if cwd is None else _work_in(self.drives, cwd)
        try:
            path = find_program(self.drives, program, environment.get("PATH", ""))
            streams = pc.begin(_as_input(stdin) if stdin or not keys else None, keystrokes)
            pc.processes.start(read_image(path.read_bytes()), str(path), tail, environment)
        except DosError as error:
            finish()
            raise BadProgram(f"cannot load {path}: {error}") from None
        except BaseException:
            finish()
            raise
        return Process(pc, str(path), streams, self.max_instructions, finish)

    # -- looking ----------------------------------------------------------------------------

    @property
    def registers(self) -> Registers:
        """The CPU's registers."""
        return self._machine.registers

    @property
    def memory(self) -> Memory:
        """The memory, by segment and offset."""
        return self._machine.memory

    @property
    def screen(self) -> Screen:
        """The screen; `str()` of it is its text."""
        return self._machine.screen

    @property
    def calls(self) -> Sequence[DosCall]:
        """The calls of the last run."""
        return self._machine.calls

    # -- life -------------------------------------------------------------------------------

    def close(self) -> None:
        """Switch off; files and results stay, memory and registers are gone."""
        if self._on is not None:
            self._on.switch_off()
            self._on = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _machine(self) -> Machine:
        if self._on is None:
            raise MachineError("this machine is switched off")
        return self._on


def _command_tail(args: str) -> bytes:
    """Return the command tail as COMMAND.COM hands it over: with the space before the arguments."""
    if not args:
        return b""
    try:
        tail = (args if args[0] in " /\t" else f" {args}").encode("cp437")
    except UnicodeEncodeError as error:
        raise ValueError(f"code page 437 has no {error.object[error.start]!r}: {args!r}") from None
    if len(tail) > _TAIL_MOST or b"\r" in tail:
        raise ValueError(
            f"a command line has one line of {_TAIL_MOST} characters at most: {args!r}"
        )
    return tail


def _as_input(stdin: bytes | str) -> bytes:
    """Return what standard input is redirected to."""
    if isinstance(stdin, str):
        return stdin.replace("\r\n", "\n").replace("\n", "\r\n").encode("cp437")
    return bytes(stdin)


def _work_in(drives: Drives, directory: str) -> Callable[[], None]:
    """Go to a directory and its drive; return what goes back."""
    current, cwd = drives.current, dict(drives.cwd)

    def back() -> None:
        drives.current = current
        drives.cwd.clear()
        drives.cwd.update(cwd)

    try:
        drive, _ = drives.resolve(directory)
        drives.change_directory(directory)
    except DosError as error:
        raise NotADirectoryError(f"cannot work in {directory}: {error}") from None
    drives.current = drive.letter
    return back


def _nothing() -> None:
    """Do nothing when a program has ended."""
