"""The second machine: DOSBox, without a window, running all programs in one go.

A program that hangs or crashes DOSBox takes the rest of the list with it; so DOSBox is started
again behind such a program, and that it got no further is the program's outcome.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.differential import work
from tests.differential.program import Files, Outcome, Program

_CONFIGURATION = """
[sdl]
fullscreen=false
output=surface
[dosbox]
memsize=16
[cpu]
core=normal
cputype=486_slow
cycles=fixed {cycles}
[mixer]
nosound=true
[midi]
mididevice=none
[speaker]
pcspeaker=false
tandy=off
disney=false
[dos]
xms=false
ems=false
umb=false
keyboardlayout=none
[autoexec]
@echo off
mount c "{disk}"
c:
RUNNER.COM
exit
"""
_CYCLES = 60_000  # a millisecond
VERSION = "0.74"

_MOST_HANGS = 5
_PATIENCE = 5.0  # seconds without a program's end
_POLL = 0.02


def find() -> str | None:
    """Return where DOSBox 0.74 is, None if it is not installed.

    Its descendants do other things otherwise.
    """
    dosbox = shutil.which("dosbox")
    if dosbox is None:
        return None
    command = [dosbox, "--version"]
    version = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return dosbox if f" {VERSION}" in version.stdout else None


def run(dosbox: str, programs: Mapping[str, Program], directory: Path) -> dict[str, Outcome]:
    """Run all programs.

    Args:
        dosbox: where DOSBox is.
        programs: them by the name of the directory that each works in.
        directory: an empty directory.

    Raises:
        RuntimeError: DOSBox hangs or crashes time and again.
    """
    outcomes: dict[str, Outcome] = {}
    hung: list[str] = []
    rest = dict(programs)
    while rest:
        disk = directory / f"from-{next(iter(rest))}"
        _lay_out(disk, rest)
        ended = _run(dosbox, disk, directory / "dosbox.conf", len(rest))
        for at in list(rest)[:ended]:
            outcomes[at] = _outcome(disk, at, rest.pop(at))
        if rest:
            at = next(iter(rest))
            hung.append(rest.pop(at).name)
            outcomes[at] = Outcome("DOSBox hangs or crashes")
        if len(hung) > _MOST_HANGS:
            raise RuntimeError(f"DOSBox hangs or crashes, at {', '.join(hung)}")
    return outcomes


def _lay_out(disk: Path, programs: dict[str, Program]) -> None:
    disk.mkdir()
    for path, contents in work.tree(programs):
        if contents is None:
            (disk / path).mkdir()
        else:
            (disk / path).write_bytes(contents)


def _run(dosbox: str, disk: Path, configuration: Path, expected: int) -> int:
    """Run DOSBox to its end or till it hangs; return how many programs ended."""
    configuration.write_text(_CONFIGURATION.format(disk=disk, cycles=_CYCLES))
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    command = [dosbox, "-conf", str(configuration), "-noconsole"]
    with (
        (disk.parent / "dosbox.log").open("wb") as log,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            cwd=disk.parent,
        ) as process,
    ):
        try:
            ended, since = -1, time.monotonic()
            while process.poll() is None and time.monotonic() - since < _PATIENCE:
                time.sleep(_POLL)
                if (now := _ended(disk)) != ended:
                    ended, since = now, time.monotonic()
        finally:
            process.kill()
    return min(_ended(disk), expected)


def _ended(disk: Path) -> int:
    return sum(1 for _ in (disk / work.KEPT).glob("*.END"))


def _outcome(disk: Path, at: str, program: Program) -> Outcome:
    kept = disk / work.KEPT
    files: Files = dict(_contents(disk / work.WORK / at))
    stdout = (kept / f"{at}.OUT").read_bytes()
    return work.outcome(program, (kept / f"{at}.END").read_bytes(), stdout, files)


def _contents(directory: Path) -> Iterator[tuple[str, bytes | None]]:
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix().upper()
        yield name, None if path.is_dir() else path.read_bytes()
