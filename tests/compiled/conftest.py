"""Other people's compilers and packers, as fixtures; each skips its tests where it is missing."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.compiled import compilers

Compile = Callable[[str], bytes]


class Workshop:
    """Makes programs of sources, or knows them from an earlier run.

    Args:
        directory: where what was made is kept.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def made_with(
        self, tool: str, make: Callable[[str, Path, Path], None], *more: Path
    ) -> Callable[[Path], bytes]:
        """Return what makes a program of a source.

        Args:
            tool: the path of the compiler, assembler or packer.
            make: has the tool make of a source a target.
            more: what else a program depends on.
        """
        about = [f"{tool} {Path(tool).stat().st_mtime_ns}".encode()]
        about += [path.read_bytes() for path in more]

        def made_of(source: Path) -> bytes:
            digest = hashlib.sha256(b"\0".join((source.read_bytes(), *about))).hexdigest()
            made = self._directory / digest
            if not made.exists():
                making = made.with_suffix(f".{os.getpid()}")
                make(tool, source, making)
                making.replace(made)
            return made.read_bytes()

        return made_of


def _installed(path: str | None, package: str) -> str:
    if path is None:
        pytest.skip(f"the Debian package {package} is not installed")
    return path


@pytest.fixture(scope="session")
def workshop(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Keeps what is made in pytest's cache, if there is one."""
    cache = getattr(pytestconfig, "cache", None)
    return Workshop(cache.mkdir("compiled") if cache else tmp_path_factory.mktemp("compiled"))


@pytest.fixture(scope="session")
def bcc(workshop: Workshop) -> Compile:
    """Compiles a C program of this directory with bcc: name -> .COM image."""
    tool = _installed(shutil.which("bcc"), "bcc")
    header = compilers.SOURCES / "calldos.h"
    made_of = workshop.made_with(tool, compilers.compile_with_bcc, header)
    return lambda name: made_of(compilers.SOURCES / f"{name}.c")


@pytest.fixture(scope="session")
def gcc(workshop: Workshop) -> Compile:
    """Compiles a C program of this directory with gcc: name -> .COM image."""
    tool = _installed(compilers.find_gcc(), "gcc for x86")
    script = compilers.SOURCES / "com.ld"
    made_of = workshop.made_with(tool, compilers.compile_with_gcc, script)
    return lambda name: made_of(compilers.SOURCES / f"{name}.c")


@pytest.fixture(scope="session")
def nasm(workshop: Workshop) -> Compile:
    """Assembles a program of this directory with nasm: name -> image."""
    tool = _installed(shutil.which("nasm"), "nasm")
    made_of = workshop.made_with(tool, compilers.assemble)
    return lambda name: made_of(compilers.SOURCES / f"{name}.asm")


@pytest.fixture(scope="session")
def upx(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    """Packs a DOS program with UPX: image -> image."""
    tool = _installed(shutil.which("upx"), "upx-ucl")
    made_of = workshop.made_with(tool, compilers.pack)
    directory = tmp_path_factory.mktemp("upx")

    def packed(image: bytes) -> bytes:
        plain = directory / ("PLAIN.EXE" if image[:2] == b"MZ" else "PLAIN.COM")
        plain.write_bytes(image)
        return made_of(plain)

    return packed
