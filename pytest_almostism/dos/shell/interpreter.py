"""The shell: takes commands from its sources and executes them.

`Shell.run` is one long generator of calls (see `calls`); whoever drives it makes them in the
guest. What a person or a batch file makes go on for ever is not a call that never returns but a
source that never ends: nothing here recurses.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from pytest_almostism.dos.errorcode import DosError, ErrorCode
from pytest_almostism.dos.process import Termination
from pytest_almostism.dos.shell import messages
from pytest_almostism.dos.shell.calls import DEVICE, Steps, SystemCalls
from pytest_almostism.dos.shell.conditions import evaluate
from pytest_almostism.dos.shell.environment import Environment
from pytest_almostism.dos.shell.internal import COMMANDS
from pytest_almostism.dos.shell.lookup import find_program, temporary_directory
from pytest_almostism.dos.shell.parsing import (
    DELIMITERS,
    Redirection,
    split_command,
    split_line,
    split_program,
    split_words,
)
from pytest_almostism.dos.shell.prompt import expand_prompt
from pytest_almostism.dos.shell.redirection import Handles, Pipe
from pytest_almostism.dos.shell.signals import Aborted, CommandError, Interrupted, Leave
from pytest_almostism.dos.shell.sources import Batch, Loop, Source, Statement

if TYPE_CHECKING:
    from collections.abc import Callable

_STDOUT, _STDERR = 1, 2
_NEST = 100  # batch files that call one another
_YES, _NO, _END_OF_FILE = b"yY", b"nN", 0x1A
_DRIVE = re.compile(r"([A-Za-z]):[\\/]?")
_EXEC_ERRORS = {
    ErrorCode.FILE_NOT_FOUND: messages.BAD_COMMAND,
    ErrorCode.PATH_NOT_FOUND: messages.BAD_COMMAND,
    ErrorCode.INSUFFICIENT_MEMORY: messages.TOO_BIG,
    ErrorCode.INVALID_FORMAT: messages.EXE_ERROR,
}


class Shell:
    """One running COMMAND.COM.

    Args:
        dos: its calls.
        charge: called for every command, so that a batch file that never ends uses up the
            instruction budget.

    Attributes:
        dos: its calls.
        environment: its variables.
        handles: its standard input and output.
        sources: where commands come from; the last one is asked.
        echo: whether commands of batch files are shown.
        errorlevel: the exit code of the last program, and in the end of the shell.
        null_command: whether the last line of the batch file was empty.
    """

    def __init__(self, dos: SystemCalls, charge: Callable[[], None]) -> None:
        self.dos = dos
        self.environment = Environment(dos)
        self.handles = Handles(dos)
        self.sources: list[Source] = []
        self.echo = True
        self.errorlevel = 0
        self.null_command = False
        self._charge = charge

    def run(self, source: Source) -> Steps[None]:
        """Execute all that a source gives, and leave."""
        self.sources = [source]
        try:
            while self.sources:
                yield from self._continue()
        except Leave:
            pass

    @property
    def batch(self) -> Batch | None:
        """The batch file that is running."""
        return next((s for s in reversed(self.sources) if isinstance(s, Batch)), None)

    # -- talking ----------------------------------------------------------------------------

    def print(self, text: str) -> Steps[None]:
        """Write text to standard output; raises as `write` does."""
        yield from self.write(text.encode("cp437", "replace"))

    def write(self, data: bytes) -> Steps[None]:
        """Write to standard output.

        Raises:
            CommandError: the disk is full.
        """
        if (yield from self.dos.write(_STDOUT, data)) < len(data) and not (
            (yield from self.dos.information(_STDOUT)) & DEVICE
        ):
            raise CommandError(messages.NO_SPACE)

    def complain(self, message: str) -> Steps[None]:
        """Write a line to standard error, which cannot be redirected."""
        with suppress(DosError):  # a program that started the shell has closed it
            yield from self.dos.write(_STDERR, f"{message}\r\n".encode("cp437", "replace"))

    def read_line(self, *, flush: bool = False) -> Steps[str]:
        """Return a line from standard input, without what was typed ahead if `flush`."""
        line = yield from self.dos.read_line(flush=flush)
        yield from self.print("\n")  # DOS itself echoes the CR that ends the line
        return line

    def prompt(self) -> Steps[str]:
        """Return the prompt."""
        return (yield from expand_prompt(self))

    def echo_command(self, text: str) -> Steps[None]:
        """Show a command as if it was typed."""
        gap = "" if self.null_command else "\r\n"
        yield from self.print(f"{gap}{(yield from self.prompt())}{text}\r\n")

    # -- executing --------------------------------------------------------------------------

    def _continue(self) -> Steps[None]:
        """Get one statement from the last source and execute it."""
        try:
            yield from self._attempt(self._next())
        except Interrupted:
            yield from self._interrupt()
        except Aborted:  # while it was said why something failed
            pass

    def _next(self) -> Steps[None]:
        source = self.sources[-1]
        statement = yield from source.next(self)
        if statement is None:
            yield from self._end(source)
        else:
            self._charge()
            yield from self._execute(statement)

    def _attempt(self, steps: Steps[None]) -> Steps[None]:
        """Do something, and say why if it fails."""
        try:
            yield from steps
        except Aborted:
            pass
        except CommandError as error:
            yield from self.complain(error.message)
        except DosError as error:
            yield from self.complain(messages.of_error(error.code))

    def _end(self, source: Source) -> Steps[None]:
        """Take off a source that has no more; a batch file gives back the echo it found."""
        self.sources.remove(source)
        if isinstance(source, Batch):
            shown = self.echo and source.echo and not source.cut_short
            self.echo = source.echo
            if shown:  # the end of the file is read as one more line, an empty one
                yield from self.echo_command("")
                self.null_command = True

    def _execute(self, statement: Statement) -> Steps[None]:
        if statement.redirection is not None:
            yield from self._command(statement.text, statement.redirection)
            return
        pieces, redirection = split_line(statement.text)
        if len(pieces) == 1:
            yield from self._command(pieces[0], redirection)
        else:
            yield from self._pipe(pieces, redirection)

    def _pipe(self, pieces: list[str], redirection: Redirection) -> Steps[None]:
        """Execute commands one after another, each reading what the one before has written.

        As in DOS, a pipe ends when one of them starts a batch file or a FOR.
        """
        pipe = Pipe(self.dos, (yield from temporary_directory(self)))
        source, depth = redirection.source, len(self.sources)
        try:
            for piece in pieces[:-1]:
                target = yield from pipe.lay()
                yield from self._attempt(self._command(piece, Redirection(source, target)))
                if len(self.sources) != depth:
                    break
                source = target
            else:
                last = Redirection(source, redirection.target, redirection.append)
                yield from self._attempt(self._command(pieces[-1], last))
        except Exception:
            yield from pipe.remove()
            raise
        yield from pipe.remove()

    def _command(self, text: str, redirection: Redirection) -> Steps[None]:
        """Execute one command, IF and CALL before it included."""
        call = False
        while True:
            word, tail = split_command(text)
            if word == "IF":
                rest = yield from evaluate(self, tail)
                if rest is None:
                    yield from self.handles.redirect(redirection)  # DOS has made the file already
                    yield from self.handles.restore()
                    return
                text = rest
            elif word in {"CALL", "LH", "LOADHIGH"}:
                call = call or word == "CALL"
                text = tail
            else:
                break
        if word == "FOR":
            self._loop(tail, redirection)
        elif not text.strip(DELIMITERS):
            self.null_command = self.batch is not None
        else:
            yield from self._redirected(text, redirection, call=call)

    def _redirected(self, text: str, redirection: Redirection, *, call: bool) -> Steps[None]:
        yield from self.handles.redirect(redirection)
        try:
            yield from self._perform(text, call=call)
        except Exception:
            yield from self.handles.restore()
            raise
        yield from self.handles.restore()

    def _loop(self, tail: str, redirection: Redirection) -> None:
        if isinstance(self.sources[-1], Loop):
            self.sources.pop()
            raise CommandError(messages.FOR_NESTED)
        self.sources.append(Loop(tail, redirection))

    def _perform(self, text: str, *, call: bool) -> Steps[None]:
        """Execute an internal command, change the drive, or start a program or batch file."""
        word, tail = split_command(text)
        program, program_tail = split_program(text)
        if word in COMMANDS:
            yield from COMMANDS[word](self, tail)
        elif drive := _DRIVE.fullmatch(program):
            yield from self._change_drive(drive[1].upper())
        else:
            path = yield from find_program(self, program)
            if path is None:
                raise CommandError(messages.BAD_COMMAND)
            if path.endswith(".BAT"):
                self._start_batch(path, split_words(text), call=call)
            else:
                yield from self._run_program(path, program_tail)

    def _change_drive(self, drive: str) -> Steps[None]:
        yield from self.dos.set_drive(drive)
        if (yield from self.dos.current_drive()) != drive:
            raise CommandError(messages.INVALID_DRIVE)

    def _start_batch(self, path: str, arguments: list[str], *, call: bool) -> None:
        """Put a batch file on top: above the one that calls it, else in its place."""
        echo = self.echo
        if not call:
            while len(self.sources) > 1 and isinstance(self.sources[-1], Loop):
                self.sources.pop()
            if isinstance(self.sources[-1], Batch):
                echo = self.sources[-1].echo
                self.sources.pop()
        if sum(isinstance(source, Batch) for source in self.sources) >= _NEST:
            raise CommandError(messages.BATCH_TOO_DEEP)
        self.sources.append(Batch(path, arguments, echo=echo))

    def _run_program(self, path: str, tail: str) -> Steps[None]:
        try:
            ending = yield from self.dos.execute(path, tail)
        except DosError as error:
            raise CommandError(
                _EXEC_ERRORS.get(error.code) or messages.of_error(error.code)
            ) from None
        self.errorlevel = ending.al
        if ending.ah == Termination.CTRL_C:
            raise Interrupted

    # -- Ctrl-C -----------------------------------------------------------------------------

    def _interrupt(self) -> Steps[None]:
        """Give up the command, and the batch files if the user says so."""
        try:
            yield from self.handles.restore()
            while len(self.sources) > 1 and isinstance(self.sources[-1], Loop):
                self.sources.pop()
            if self.batch is None or not (yield from self._is_to_terminate()):
                return
        except (Interrupted, Aborted):
            pass
        while len(self.sources) > 1:
            source = self.sources.pop()
            if isinstance(source, Batch):
                self.echo = source.echo

    def _is_to_terminate(self) -> Steps[bool]:
        """Ask; the end of the input means yes."""
        while True:
            with suppress(DosError):
                yield from self.dos.write(_STDERR, messages.TERMINATE_BATCH.encode())
            answer = (yield from self.dos.call(0x0C01)).al
            yield from self.complain("")
            if answer in _YES or answer == _END_OF_FILE:
                return True
            if answer in _NO:
                return False
