from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from pytest_almostism.scripture import EDITIONS, LITURGY_SOURCE, Edition

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def nasm() -> str:
    """The assembler's path."""
    found = shutil.which("nasm")
    if found is None:
        pytest.skip("nasm is not installed: the sources cannot be compared with their bytes")
    return found


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS.keys())
def test_the_source_still_assembles_to_the_bytes(
    edition: Edition, nasm: str, tmp_path: Path
) -> None:
    source = tmp_path / "liturgy.asm"
    source.write_text(edition.source, encoding="utf-8")
    subprocess.run([nasm, "-f", "bin", "-o", "liturgy.bin", source], cwd=tmp_path, check=True)

    assembled = (tmp_path / "liturgy.bin").read_bytes()

    assert edition.liturgy.hex(" ") == assembled.hex(" ")


def test_the_canons_source_is_at_hand() -> None:
    assert EDITIONS["canon"].source == LITURGY_SOURCE
    assert "org     108h" in LITURGY_SOURCE
