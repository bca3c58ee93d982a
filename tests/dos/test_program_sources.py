"""The guest programs of the tests are what their sources say."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAMS = Path(__file__).parents[1] / "programs"
SOURCES = sorted(PROGRAMS.glob("*.asm"))


@pytest.fixture(scope="module")
def nasm() -> str:
    """The assembler's path."""
    found = shutil.which("nasm")
    if found is None:
        pytest.skip("nasm is not installed: the sources cannot be compared with their bytes")
    return found


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_the_source_still_assembles_to_the_program(source: Path, nasm: str, tmp_path: Path) -> None:
    assembled = tmp_path / "assembled"
    command = [nasm, "-f", "bin", "-I", f"{PROGRAMS}/", "-o", str(assembled), str(source)]
    subprocess.run(command, check=True)

    programs = [path for path in PROGRAMS.glob(f"{source.stem}.*") if path != source]

    assert [path.suffix in {".com", ".exe"} for path in programs] == [True]
    assert programs[0].read_bytes().hex(" ") == assembled.read_bytes().hex(" ")
