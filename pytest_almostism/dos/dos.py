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

    from pytest_almostism.dos.kernel.characterdevices import Port
    from pytest_almostism.dos.machine import Machine
    from pytest_almostism.dos.screen import Screen

#: What a program may execute if nobody says otherwise: some seconds of a loop.
DEFAULT_MAX_INSTRUCTIONS = 500_000_000

_TAIL_MOST = 126
_COMSPEC = "Z:\\COMMAND.COM"
_DEFAULT_ENVIRONMENT = {"COMSPEC": _COMSPEC, "PATH": "C:\\;Z:\\", "PROMPT": "$P$G"}


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
        version: of DOS as programs are told it, (major, minor): (6, 22).
        cpu: `486`, `pentium`, or `default`, which has the instructions of later ones, too.
        max_instructions: the budget of every run that sets none; None for no limit.
        ansi: whether ANSI.SYS is loaded, which interprets escape sequences.
        long_names: whether there are the functions for long file names, INT 21h/71h; without
            them it is what DOS 5 itself was: AX=7100h.

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
        version: tuple[int, int] = (5, 0),
        cpu: str = pool.DEFAULT_MODEL,
        max_instructions: int | None = DEFAULT_MAX_INSTRUCTIONS,
        ansi: bool = False,
        long_names: bool = True,
    ) -> None:
        from pytest_almostism.dos import shell  # noqa: PLC0415 - it imports unicorn
        from pytest_almostism.dos.machine import Machine  # noqa: PLC0415 - as above

        if not 64 <= memory_size <= 640:
            raise ValueError(f"conventional memory is 64 to 640 KiB, not {memory_size}")
        if cpu not in pool.MODELS:
            raise ValueError(f"there is no CPU {cpu!r}, but {', '.join(pool.MODELS)}")
        if not (2 <= version[0] <= 255 and 0 <= version[1] <= 99):
            raise ValueError(f"a version of DOS is like (5, 0) or (6, 22), not {version}")
        self.clock = clock or Clock()
        self.environment = _variables(_DEFAULT_ENVIRONMENT, environment)
        self.max_instructions = max_instructions
        self.filesystem = FakeFilesystem() if filesystem is None else filesystem
        self.journal = Journal()
        self.drives = Drives(self.filesystem, now=self.clock.now, journal=self.journal)
        for letter in drives:
            self.drives.add(letter)
        shell.install(self.drives)
        self._on: Machine | None = Machine(
            pool.borrow(cpu),
            self.drives,
            clock=self.clock,
            memory_size=memory_size,
            version=version,
            long_names=long_names,
            ansi=ansi,
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
        program: str | bytes | DosPath | os.PathLike[str],
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
            program: a DOS path, searched as COMMAND.COM would (.COM, .EXE, .BAT, PATH); or
                bytes, an image that is put on C:\ as PROGRAM.COM or .EXE; or a path of the host,
                which is copied to C:\ under its 8.3 name. A batch file is executed by
                COMMAND.COM /C, whose exit code is that of the last program in it.
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
        __tracebackhide__ = True
        process = self.load(program, args, stdin=stdin, keys=keys, env=env, cwd=cwd)
        return process.run(max_instructions)

    def load(
        self,
        program: str | bytes | DosPath | os.PathLike[str],
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
        __tracebackhide__ = True
        pc = self._machine
        tail = _command_tail(args)
        keystrokes = parse_keys(keys)
        environment = _variables(self.environment, env)
        redirected = _as_input(stdin) if stdin or not keys else None
        pc.processes.abort()
        if pc.hung:
            pc.boot()
        finish = _nothing if cwd is None else _work_in(self.drives, cwd)
        try:
            path = find_program(self.drives, program, environment.get("PATH", ""))
            image = path
            if path.suffix == ".BAT":
                typed = program if isinstance(program, str) else path
                image, tail = (
                    self._shell(environment),
                    _command_tail(f"/C {typed}{args and ' '}{args}"),
                )
            streams = pc.begin(redirected, keystrokes)
            pc.processes.start(read_image(image.read_bytes()), str(image), tail, environment)
        except DosError as error:
            finish()
            raise BadProgram(f"cannot load {path}: {error}") from None
        except BaseException:
            finish()
            raise
        return Process(pc, str(path), streams, self.max_instructions, finish)

    def _shell(self, environment: Mapping[str, str]) -> DosPath:
        """Return where the shell is that runs batch files: COMSPEC, or the one on Z:."""
        comspec = self.path(environment.get("COMSPEC") or _COMSPEC)
        return comspec if comspec.is_file() else self.path(_COMSPEC)

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

    @property
    def ports(self) -> Mapping[str, Port]:
        """What is at the ports AUX, COM2 to COM4, PRN, LPT2 and LPT3.

        `ports["AUX"].waiting` is what programs can read there, `ports["PRN"].fault` what is
        wrong with the printer, `sent` what came out during the last run.
        """
        return self._machine.devices.ports

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
    tail = _encoded(args if args[0] in " /\t" else f" {args}")
    if len(tail) > _TAIL_MOST or b"\r" in tail or b"\n" in tail:
        raise ValueError(
            f"a command line has one line of {_TAIL_MOST} characters at most: {args!r}"
        )
    return tail


def _as_input(stdin: bytes | str) -> bytes:
    """Return what standard input is redirected to."""
    if isinstance(stdin, str):
        return _encoded(stdin.replace("\r\n", "\n").replace("\n", "\r\n"))
    return bytes(stdin)


def _encoded(text: str) -> bytes:
    """Return text in code page 437."""
    try:
        return text.encode("cp437")
    except UnicodeEncodeError as error:
        raise ValueError(f"code page 437 has no {text[error.start]!r}: {text!r}") from None


def _variables(*environments: Mapping[str, str] | None) -> dict[str, str]:
    """Return the variables of environments, later ones instead of earlier, names upper-case."""
    variables: dict[str, str] = {}
    for environment in environments:
        for name, value in (environment or {}).items():
            _encoded(f"{name}={value}")
            variables[name.upper()] = value
    return variables


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
