"""Whole programs: those that the other tests run, on both machines.

Every program of `tests/programs` is here or among the `UNFIT`; a test sees to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.differential.program import Program

DIRECTORY = Path(__file__).parents[2] / "programs"


def _read(name: str) -> bytes:
    return (DIRECTORY / name).read_bytes()


#: Programs by their file's name, and how they are run.
_HOW: Mapping[str, Mapping[str, Any]] = {
    "adder.com": {},
    "chain.com": {},
    "child.com": {},
    "cpm.com": {},
    "debugger.com": {},
    "deeper.com": {"files": {"DEEPER.COM": _read("deeper.com")}},
    "divide.com": {},
    "events.com": {},
    "hello.com": {},
    "hook21.com": {},
    "invalid.com": {},
    "orphan.com": {},
    "overlays.com": {},
    "parent.com": {"files": {"CHILD.COM": _read("child.com")}},
    "pieces.com": {"files": {"PIECES.BIN": bytes.fromhex("B001C3 B005C3 B00AC3")}},
    "psps.com": {},
    "relocate.exe": {},
    "run.com": {"args": "TAIL.COM one two", "files": {"TAIL.COM": _read("tail.com")}},
    "status.com": {"args": "3"},
    "system.com": {"args": "STATUS 5", "files": {"STATUS.COM": _read("status.com")}},
    "tail.com": {"args": "a.b c:*.d"},
    "upper.com": {"stdin": b"some text\r\n"},
    "wipe.com": {"args": "A.TXT", "files": {"A.TXT": b"secret"}},
    "x87.com": {},
}

#: Programs that cannot be compared, and why.
UNFIT: Mapping[str, str] = {
    "ctrlc.com": "wants Ctrl-C typed, and nobody types on a DOSBox without a window",
    "fcbcopy.com": "copies for ever on DOSBox, which does not say by CX that the file has ended",
    "find.com": "writes whole DTAs, which begin with what only the DOS that wrote it understands",
    "havoc.com": "is not meant to end",
    "interpret.com": "shows what COMMAND.COM does with INT 2Eh; DOSBox's ends or hangs by chance",
    "logger.com": "stays resident with an open file, at which DOSBox hangs",
    "paging.com": "is not meant to end",
    "prefixes.com": "writes segments, which are where a machine has them",
    "sft.com": "walks the system file table, which DOSBox does not have, and loses its way there",
    "sysvars.com": "walks structures that DOSBox does not have, and does not come back there",
}

ROWS = tuple(
    Program(
        f"program: {name}",
        _read(name),
        kind="EXE" if name.endswith(".exe") else "COM",
        **how,
    )
    for name, how in _HOW.items()
)

KNOWN = _HOW.keys() | UNFIT.keys()
