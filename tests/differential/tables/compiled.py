"""C programs, where there is a compiler for them: bcc's, with its C library."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from tests.compiled import compilers
from tests.differential.program import Program

_BCC = shutil.which("bcc")


@cache
def _compiled(name: str) -> bytes:
    assert _BCC is not None
    with tempfile.TemporaryDirectory() as directory:
        target = Path(directory) / "program.com"
        compilers.compile_with_bcc(_BCC, compilers.SOURCES / f"{name}.c", target)
        return target.read_bytes()


def _c(name: str, **how: Any) -> Program:
    image: Callable[[], bytes] = lambda: _compiled(name)  # noqa: E731 - it has a type
    return Program(f"C: {name}", image, **how)


ROWS = (
    ()
    if _BCC is None
    else (
        _c("stdio", files={"IN.TXT": b"alpha\r\nbeta\r\ngamma\r\n"}),
        _c("sort", args="two", stdin=b"one two three four five six seven\r\n"),
        _c("memory"),
        _c("jump"),
        _c("tree", files={"SUB": None, "SUB/DEEP": None, "SUB/DEEP/A.TXT": b"a", "B.TXT": b"bb"}),
        _c("vanish"),
        _c("numbers"),
    )
)
