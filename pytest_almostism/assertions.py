"""The three assertions, and what they say when they fail."""

from __future__ import annotations

import os
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING, Any

from pytest_almostism.dos import DosPath, ProgramResult, Termination
from pytest_almostism.reporting import last_calls, nonzero_rows, shown_screen
from pytest_almostism.witness import DeletedFile

if TYPE_CHECKING:
    import pytest
    from _typeshed import ReadableBuffer

_EVENTS_SHOWN = 10
_ENDINGS = {
    Termination.NORMAL: "it ended normally",
    Termination.CTRL_C: "it was ended by Ctrl-C",
    Termination.CRITICAL_ERROR: "it was ended by a critical error",
    Termination.RESIDENT: "it stayed resident",
}


def assert_file_deleted(path: DosPath | os.PathLike[str] | str) -> None:
    """Asserts that a file was deleted.

    A file on an emulated drive must have existed: one that never did was not deleted. Of a file
    of the host only its absence can be seen.

    Args:
        path: Where the file was: on an emulated drive (`dos.path(…)`) or on the host.

    Raises:
        AssertionError: It lives, or nothing of that name was ever deleted. The message shows the
            last operations on it.
        TypeError: That is no path.
    """
    __tracebackhide__ = True
    if isinstance(path, DosPath):
        if path.exists():
            raise AssertionError(f"{path} was not deleted\n{_operations(path)}")
        if path.deleted is None:
            raise AssertionError(f"nothing named {path} was ever deleted\n{_operations(path)}")
    elif isinstance(path, (str, os.PathLike)):
        if os.path.lexists(path):
            raise AssertionError(f"{os.fspath(path)} was not deleted: {_host_file(path)}")
    else:
        raise TypeError(f"a path is needed, not {_named(path)}: try dos.path(…) or pathlib.Path")


def assert_bytes_zeroed(
    data: ReadableBuffer | DeletedFile | DosPath, *, start: int = 0, stop: int | None = None
) -> None:
    """Asserts that all bytes of a range are zero.

    Args:
        data: Bytes, anything with the buffer protocol, a deleted file (its last contents, and no
            byte of it may have been cut off before it was overwritten), or a file on an emulated
            drive, whether it lives or was deleted.
        start: Offset of the first byte, counted as in a slice.
        stop: Offset behind the last byte, counted as in a slice; the end by default.

    Raises:
        AssertionError: Some byte is not zero, or there are fewer than `stop`. The message shows
            the rows with other bytes and their offsets.
        TypeError: That has no bytes.
    """
    __tracebackhide__ = True
    what, contents, deleted = _contents(data)
    if deleted and deleted.abandoned:
        raise AssertionError(
            f"{what}: bytes were cut off without being overwritten\n"
            + "\n".join(
                f"{cut.reason}, from offset {cut.offset}:\n"
                + nonzero_rows(cut.data, start=cut.offset)
                for cut in deleted.abandoned
            )
        )
    if stop is not None and stop > len(contents):
        raise AssertionError(
            f"{what}: no bytes {start}..{stop - 1} to be zero, it is {len(contents)} bytes long"
        )
    first, last, _ = slice(start, stop).indices(len(contents))
    piece = contents[first:last]
    count = len(piece) - piece.count(0)
    if count:
        noun, verb = "byte" if len(piece) == 1 else "bytes", "is" if count == 1 else "are"
        raise AssertionError(
            f"{what}: {count} of {len(piece)} {noun} {verb} not zero\n"
            + nonzero_rows(piece, start=first)
        )


def assert_exit_zero(
    result: ProgramResult
    | CompletedProcess[Any]
    | SystemExit
    | pytest.ExceptionInfo[BaseException]
    | int,
) -> None:
    """Asserts that a program ended well, with exit code 0.

    Args:
        result: What `dos.run` or `subprocess.run` returned, a `SystemExit` (or what
            `pytest.raises(SystemExit)` gave), or an exit code.

    Raises:
        AssertionError: It did not. The message shows how it ended, its last ten DOS calls and the
            screen, or what the process wrote.
        TypeError: That holds no exit code.
    """
    __tracebackhide__ = True
    complaint = _complaint(result)
    if complaint:
        raise AssertionError(complaint)


def _operations(path: DosPath) -> str:
    events = path.history
    if not events:
        return "nothing ever happened to it"
    left_out = len(events) - _EVENTS_SHOWN
    lines = [f"  … {left_out} earlier operations"] if left_out > 0 else []
    return "\n".join(["what happened to it:", *lines, *(f"  {e}" for e in events[-_EVENTS_SHOWN:])])


def _host_file(path: os.PathLike[str] | str) -> str:
    if Path(path).is_dir():
        return "it is a directory"
    status = Path(path).lstat()
    return f"it is there, {status.st_size} bytes long"


def _contents(data: object) -> tuple[str, bytes, DeletedFile | None]:
    """Names what is looked at, and finds its bytes."""
    if isinstance(data, DosPath):
        if data.is_file():
            return str(data), data.read_bytes(), None
        if data.deleted is None:
            raise AssertionError(f"{data} is no file and never was: it has no bytes to be zero")
        data = data.deleted
    if isinstance(data, DeletedFile):
        return f"{data.path} (deleted)", data.last_contents, data
    if isinstance(data, str):
        raise TypeError(f"bytes are needed, not text: {data!r} (a file? then pass a path's bytes)")
    try:
        view = memoryview(data)  # type: ignore[arg-type]  # whether it is a buffer is the question
    except TypeError:
        raise TypeError(
            f"bytes are needed, not {_named(data)}: pass a buffer, a DeletedFile or a DosPath"
        ) from None
    return f"the {type(data).__name__}", view.tobytes(), None


def _complaint(result: object) -> str:
    """Says what is wrong with how a program ended; nothing if all is well."""
    if isinstance(result, ProgramResult):
        return _program_complaint(result)
    if isinstance(result, CompletedProcess):
        return _process_complaint(result)
    result = getattr(result, "value", result)  # of an ExceptionInfo
    if isinstance(result, SystemExit):
        result = 0 if result.code is None else result.code
        if isinstance(result, str):
            return f"exit code 1, not 0: it ended with the message {result!r}"
    if isinstance(result, bool) or not isinstance(result, int):
        raise TypeError(
            f"an exit code is needed, not {_named(result)}: pass the result of a run, "
            "a SystemExit or a number"
        )
    return f"exit code {result}, not 0" if result else ""


def _program_complaint(result: ProgramResult) -> str:
    orderly = result.termination in (Termination.NORMAL, Termination.RESIDENT)
    if result.exit_code == 0 and orderly:
        return ""
    wrong = f"exit code {result.exit_code}" + (", not 0" if result.exit_code else "")
    return "\n".join(
        [
            f"{result.program}: {wrong}: {_ENDINGS[result.termination]}",
            last_calls(result.calls),
            shown_screen(result.screen),
        ]
    )


def _process_complaint(result: CompletedProcess[Any]) -> str:
    if result.returncode == 0:
        return ""
    by_signal = f" (killed by signal {-result.returncode})" if result.returncode < 0 else ""
    lines = [f"exit code {result.returncode}, not 0{by_signal}: {result.args}"]
    for name, written in (("stdout", result.stdout), ("stderr", result.stderr)):
        if written is None:
            lines.append(f"{name} was not captured")
            continue
        text = written.decode(errors="replace") if isinstance(written, bytes) else str(written)
        lines.append(f"{name}:\n{_indented(text)}" if text else f"{name} was empty")
    return "\n".join(lines)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def _named(thing: object) -> str:
    return f"{type(thing).__name__} {thing!r}"
