"""How other people's compilers are called to make programs for DOS."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).parent

_GCC = (
    "-m16 -march=i386 -Os -ffreestanding -fno-pie -fno-stack-protector -nostdlib -static"
    f" -Wl,-melf_i386 -Wl,--build-id=none -Wl,-T{SOURCES / 'com.ld'}"
).split()


class ToolError(Exception):
    """A tool has failed; its output tells why."""


def find_gcc() -> str | None:
    """Return where a gcc is that compiles for the 80386 in real mode."""
    gcc = shutil.which("gcc") if sys.platform == "linux" else None
    if gcc is None:
        return None
    probe = [gcc, "-m16", "-dM", "-E", "-xc", os.devnull]
    works = subprocess.run(probe, capture_output=True, check=False).returncode == 0
    return gcc if works else None


def compile_with_bcc(bcc: str, source: Path, target: Path) -> None:
    """Compile a C program with bcc, for an 8086 and with its own C library."""
    _run(bcc, "-Md", "-ansi", f"-I{SOURCES}", "-o", target, source)


def compile_with_gcc(gcc: str, source: Path, target: Path) -> None:
    """Compile a C program with gcc, for an 80386 and without any library."""
    _run(gcc, *_GCC, "-o", target, source)


def assemble(nasm: str, source: Path, target: Path) -> None:
    """Assemble a program with nasm."""
    _run(nasm, "-f", "bin", "-o", target, source)


def pack(upx: str, source: Path, target: Path) -> None:
    """Pack a program with UPX so that an 8086 can unpack it."""
    _run(upx, "--8086", "-q", f"-o{target}", source)


def _run(*command: str | Path) -> None:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise ToolError(result.stdout + result.stderr)
