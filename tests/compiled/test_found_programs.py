"""Programs for DOS that are still to be found: in packages, in wheels, by heart."""

from __future__ import annotations

import gzip
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from pytest_almostism import Dos

_LOADLIN = Path("/usr/lib/loadlin/loadlin.exe.gz")

# The text is put together here: whole in a file, it would make virus scanners nervous.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def test_eicar(dos: Dos) -> None:
    assert len(_EICAR) == 68
    result = dos.run(_EICAR)
    assert result.output == "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
    assert result.exit_code == 0
    assert [call.name for call in result.calls] == ["display_string", "terminate_program"]


def _programs_for_windows() -> Iterator[Path]:
    for package in ("pip", "setuptools"):
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            yield from sorted(Path(spec.origin).parent.rglob("*.exe"))


def test_the_dos_program_in_programs_for_windows(dos: Dos) -> None:
    programs = list(_programs_for_windows())
    if not programs:
        pytest.skip("neither pip nor setuptools is here with their launchers for Windows")
    for program in programs:
        result = dos.run(program)
        assert "cannot be run in DOS mode" in result.output
        assert result.exit_code == 1


@pytest.fixture
def loadlin(dos: Dos) -> str:
    """LOADLIN.EXE, which boots Linux from DOS, on drive C:."""
    if not _LOADLIN.exists():
        pytest.skip("there is no loadlin (Debian: loadlin)")
    dos.path("LOADLIN.EXE").write_bytes(gzip.decompress(_LOADLIN.read_bytes()))
    return "LOADLIN"


@pytest.mark.filterwarnings("ignore::pytest_almostism.dos.UnsupportedCall")
def test_loadlin_tells_how_it_is_used(dos: Dos, loadlin: str) -> None:
    result = dos.run(loadlin)
    assert "USAGE:\n  LOADLIN @params\n" in result.output
    assert "LOADLIN started from DOS-prompt" in result.output
    assert result.exit_code == 1


@pytest.mark.filterwarnings("ignore::pytest_almostism.dos.UnsupportedCall")
def test_loadlin_refuses_politely(dos: Dos, loadlin: str) -> None:
    dos.path("VMLINUZ").write_bytes(b"no kernel")
    result = dos.run(loadlin, "vmlinuz root=/dev/hda1")
    assert "WARNING: Not enough free memory" in result.output
    assert result.exit_code == 1
    assert dos.path("VMLINUZ").read_bytes() == b"no kernel"
