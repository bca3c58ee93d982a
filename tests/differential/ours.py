"""The first machine: ours, freshly booted for every program."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_almostism import Dos
from pytest_almostism.dos import DosPath
from tests.differential import work
from tests.differential.program import Outcome, Program


def run(dos: Dos, programs: dict[str, Program]) -> dict[str, Outcome]:
    """Run programs by the name of the directory that each works in."""
    for path, contents in work.tree(programs):
        if contents is None:
            dos.path(f"C:/{path}").mkdir()
        else:
            dos.path(f"C:/{path}").write_bytes(contents)
    dos.run("RUNNER.COM")
    return {at: _outcome(dos, at, program) for at, program in programs.items()}


def _outcome(dos: Dos, at: str, program: Program) -> Outcome:
    kept = dos.path(f"C:/{work.KEPT}")
    ending, stdout = kept / f"{at}.END", kept / f"{at}.OUT"
    here = dos.path(f"C:/{work.WORK}/{at}")
    return work.outcome(
        program,
        ending.read_bytes() if ending.exists() else b"",
        stdout.read_bytes() if stdout.exists() else b"",
        dict(_contents(here, "")),
    )


def _contents(directory: DosPath, below: str) -> Iterator[tuple[str, bytes | None]]:
    for path in directory.iterdir():
        name = below + path.name
        if path.is_dir():
            yield name, None
            yield from _contents(path, f"{name}/")
        else:
            yield name, path.read_bytes()
