"""The directory tree that RUNNER.COM works on, on whichever machine."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.differential.program import Files, Outcome, Program, ending

RUNNER = (Path(__file__).parent / "runner.com").read_bytes()

_RECORD = struct.Struct("<32s32s32s32s32s128s")
#: Where the programs work and where the runner keeps what it knows of them.
WORK, KEPT = "W", "R"


def directories(programs: Sequence[Program]) -> dict[str, Program]:
    """Return the programs by the name of the directory each of them works in."""
    return {f"{number:03}": program for number, program in enumerate(programs)}


def tree(programs: dict[str, Program]) -> Iterator[tuple[str, bytes | None]]:
    """Yield what must be on drive C: path, contents; None for a directory."""
    yield "RUNNER.COM", RUNNER
    yield "LIST", b"".join(_record(at, program) for at, program in programs.items())
    yield WORK, None
    yield KEPT, None
    for at, program in programs.items():
        yield f"{KEPT}/{at}.IN", program.stdin
        yield f"{WORK}/{at}", None
        yield f"{KEPT}/{at}.{program.kind}", program.contents
        for path, contents in program.files.items():
            yield f"{WORK}/{at}/{path}", contents


def _record(at: str, program: Program) -> bytes:
    kept = f"C:\\{KEPT}\\{at}"
    paths = [f"{kept}.{extension}".encode() for extension in ("IN", "OUT", "END", program.kind)]
    return _RECORD.pack(f"C:\\{WORK}\\{at}".encode(), *paths, program.tail)


def outcome(program: Program, answer: bytes, stdout: bytes, files: Files) -> Outcome:
    """Return what became of a program, without what was there before and has not changed."""
    before = program.files
    changed = {
        path: contents
        for path, contents in files.items()
        if path not in before or before[path] != contents
    }
    return Outcome(ending(answer), stdout, changed, frozenset(before) - frozenset(files))
