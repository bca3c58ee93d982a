"""What the two machines are given and what they make of it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

#: Something that was observed of a run, by its name: what the two machines are compared by.
Facts = dict[str, str]

#: What lies in a program's directory: contents by path, None for a directory.
Files = Mapping[str, bytes | None]

_SHOWN = 400  # bytes of an output or a file that a fact holds


@dataclass(frozen=True)
class Outcome:
    """What became of a run.

    Attributes:
        ending: how it ended, in words.
        stdout: what it wrote to standard output.
        files: what is new or changed in its directory, by path: contents, None for a directory.
        gone: what is no longer there.
    """

    ending: str
    stdout: bytes = b""
    files: Files = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Program:
    """A row of a table: a program and how it is run.

    Attributes:
        name: what the row is called, unique.
        image: the program, or what makes it if that takes a tool that may be missing.
        args: the command tail behind the name.
        stdin: the file that is its standard input.
        files: what lies beside it in its directory.
        kind: the extension it is started under.
        observe: what is to be compared besides ending, output and files: facts made from the
            output, and the output without what was used up.
    """

    name: str
    image: bytes | Callable[[], bytes]
    args: str = ""
    stdin: bytes = b""
    files: Files = field(default_factory=dict)
    kind: Literal["COM", "EXE"] = "COM"
    observe: Callable[[bytes], tuple[bytes, Facts]] | None = None

    @property
    def contents(self) -> bytes:
        """The program's image."""
        return self.image() if callable(self.image) else self.image

    @property
    def tail(self) -> bytes:
        """The command tail with its length before and a CR behind it."""
        text = f" {self.args}".encode("cp437") if self.args else b""
        return bytes([len(text)]) + text + b"\r"

    def facts(self, outcome: Outcome) -> Facts:
        """Return what there is to compare."""
        output, observed = outcome.stdout, Facts()
        if self.observe is not None:
            output, observed = self.observe(output)
        facts = {"end": outcome.ending, **observed, "output": _shown(output)}
        for path, contents in outcome.files.items():
            facts[f"file {path}"] = "a directory" if contents is None else _shown(contents)
        facts.update((f"file {path}", "gone") for path in outcome.gone)
        return facts


def _shown(data: bytes) -> str:
    rest = data[_SHOWN:]
    more = f" and {len(rest)} bytes more, CRC {zlib.crc32(rest):08X}" if rest else ""
    return repr(data[:_SHOWN])[1:] + more


def ending(answer: bytes) -> str:
    """Say in words what the runner wrote of how a program ended."""
    if len(answer) != 4:
        return "the runner did not come back"
    failed, code, how = answer[0], answer[2], answer[3]
    if failed:
        return f"not started: error {code}"
    kinds = {0: "", 1: ", by Ctrl-C", 2: ", by a critical error", 3: ", stays resident"}
    return f"exit code {code}{kinds.get(how, f', termination {how}')}"
