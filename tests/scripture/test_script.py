"""The script, run as what it is: a program in a directory of its own, on a real disk."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_almostism.scripture import SCRIPT, Scripture

if TYPE_CHECKING:
    from pathlib import Path

# Runs the script it is given and copies the script's file, just before it is mapped into memory
# and just before it is removed, to BEFORE.mmap.__new__ and BEFORE.os.remove beside it.
WATCHER = """
import os, runpy, sys

script, sys.argv = sys.argv[1], sys.argv[1:]

def watch(event, arguments):
    if event in ("mmap.__new__", "os.remove"):
        with open(script, "rb") as now, open(f"{script}.BEFORE.{event}", "wb") as copy:
            copy.write(now.read())

sys.addaudithook(watch)
runpy.run_path(script, run_name="__main__")
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A copy of the script that may vanish."""
    path = tmp_path / "almostism.py"
    path.write_bytes(SCRIPT)
    return path


def run(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Runs an isolated Python and gives back what it said and how it ended."""
    return subprocess.run(
        [sys.executable, "-I", *command], capture_output=True, timeout=60, check=False
    )


def lines(output: bytes) -> list[str]:
    """Gives the lines of what a process printed, whatever its platform ends them with."""
    return output.decode("utf-8").splitlines()


def test_it_is_as_long_as_what_it_becomes() -> None:
    assert len(SCRIPT) == 1023


def test_its_lines_end_as_they_were_written() -> None:
    assert b"\r" not in SCRIPT


def test_it_speaks_vanishes_and_ends_well(script: Path) -> None:
    done = run(script, "A7")

    assert lines(done.stdout) == [
        "Almostism – leave one bit unset before you run out of space",  # noqa: RUF001 - the dash as spoken
        "Instance byte: 0xA7",
    ]
    assert done.stderr == b""
    assert done.returncode == 0
    assert list(script.parent.iterdir()) == []


@pytest.mark.parametrize("word", ["a7", "A7", "0xA7", "0XA7"])
def test_the_reader_may_write_the_instance_byte_as_hexadecimals_are_written(
    script: Path, word: str
) -> None:
    done = run(script, word)

    assert lines(done.stdout)[1:] == ["Instance byte: 0xA7"]
    assert done.returncode == 0


@pytest.mark.parametrize("instance", [0x01, 0x0A, 0xA9, 0xFF])
def test_before_it_vanishes_it_is_a_true_scripture_and_then_nothing(
    script: Path, instance: int
) -> None:
    done = run("-c", WATCHER, script, f"{instance:X}")

    written = script.with_name("almostism.py.BEFORE.mmap.__new__").read_bytes()
    zeroed = script.with_name("almostism.py.BEFORE.os.remove").read_bytes()

    assert done.returncode == 0, done.stderr.decode()
    assert Scripture.parse(written) == Scripture.build(instance)
    assert zeroed == bytes(1023)
    assert not script.exists()


def test_without_an_argument_chance_chooses_what_is_written_and_said(script: Path) -> None:
    done = run("-c", WATCHER, script)

    written = script.with_name("almostism.py.BEFORE.mmap.__new__").read_bytes()
    instance = Scripture.parse(written).instance

    assert 1 <= instance <= 255
    assert lines(done.stdout)[1:] == [f"Instance byte: 0x{instance:02X}"]


def test_its_bytes_on_the_disk_are_zero_when_its_name_is_gone(script: Path) -> None:
    witness = script.with_name("witness")
    try:
        os.link(script, witness)
    except (OSError, NotImplementedError) as reason:
        pytest.skip(f"no hard links here: {reason}")

    assert run(script).returncode == 0
    assert not script.exists()
    assert witness.read_bytes() == bytes(1023)


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that somebody has open")
def test_who_still_holds_it_open_sees_only_zeros(script: Path) -> None:
    with script.open("rb") as held:
        assert run(script).returncode == 0
        assert not script.exists()
        assert held.read() == bytes(1023)


@pytest.mark.parametrize("word", ["0", "100", "-1", "G0", "", "0x", "A7.py"])
def test_a_word_that_is_no_instance_byte_gets_the_usage_and_changes_nothing(
    script: Path, word: str
) -> None:
    done = run(script, word)

    assert lines(done.stderr) == ["usage: almostism.py [01..FF]"]
    assert done.stdout == b""
    assert done.returncode == 1
    assert script.read_bytes() == SCRIPT
