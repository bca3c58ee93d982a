"""The wheel holds what it needs and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pytest_almostism"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """The wheel as `pip` would build it from this checkout."""
    directory = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(directory)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = directory.glob("*.whl")
    return ZipFile(path)


def test_all_of_the_package_is_in_it(wheel: ZipFile) -> None:
    files = [path.relative_to(ROOT) for path in PACKAGE.rglob("*") if path.is_file()]
    caches = {"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
    expected = {path.as_posix() for path in files if not caches.intersection(path.parts)}
    packed = {name for name in wheel.namelist() if name.startswith("pytest_almostism/")}
    assert packed == expected


def test_it_holds_more_than_python(wheel: ZipFile) -> None:
    for name in ("py.typed", "scripture/liturgy.asm", "rites/READER.COM", "rites/reader.asm"):
        data = wheel.read(f"pytest_almostism/{name}")
        assert data == (PACKAGE / name).read_bytes()
    assert len(wheel.read("pytest_almostism/scripture/almostism.py")) == 1023


def test_nothing_else_is_in_it(wheel: ZipFile) -> None:
    tops = {PurePosixPath(name).parts[0] for name in wheel.namelist()}
    assert tops == {"pytest_almostism", "pytest_almostism-0.1.0.dist-info"}


def test_its_metadata(wheel: ZipFile) -> None:
    info = "pytest_almostism-0.1.0.dist-info"
    metadata = wheel.read(f"{info}/METADATA").decode()
    assert "License-Expression: MIT" in metadata
    assert "Classifier: Framework :: Pytest" in metadata
    assert "License ::" not in metadata
    assert "Requires-Python: >=3.10" in metadata
    entry_points = wheel.read(f"{info}/entry_points.txt").decode()
    assert "[pytest11]\nalmostism = pytest_almostism.plugin" in entry_points
    assert f"{info}/licenses/LICENSE" in wheel.namelist()
