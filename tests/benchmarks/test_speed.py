"""How fast the machine is, beside the floor that Unicorn alone sets; `tox -e bench` runs it.

Compare ratios within one run: machines are noisy.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from unicorn import UC_ARCH_X86, UC_HOOK_INTR, UC_MODE_16, Uc, x86_const

from pytest_almostism import Dos

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture as Benchmark

pytest.importorskip("pytest_benchmark")

HELLO = bytes.fromhex("ba0c01b409cd21b8074ccd21") + b"Hello, world!\r\n$"
# mov dx,1000 / outer: mov cx,25000 / inner: nop / nop / dec cx / jnz inner / dec dx / jnz outer
LOOP = bytes.fromhex("bae803 b9a861 9090 49 75fb 4a 75f5 b8004ccd21")
# mov cx,10000 / again: push cx / <call> / pop cx / loop again
CALLS = {
    "version": bytes.fromhex("b91027 51 b430 cd21 59 e2f8 b8004ccd21"),
    "putchar": bytes.fromhex("b91027 51 b402 b22e cd21 59 e2f6 b8004ccd21"),
}
ORIGIN = 0x10100


@pytest.fixture
def pc() -> Iterator[Dos]:
    with Dos(max_instructions=None) as dos:
        yield dos


@pytest.mark.benchmark(group="hello")
def test_hello(benchmark: Benchmark) -> None:
    def boot_and_run() -> int:
        with Dos() as dos:
            return dos.run(HELLO).exit_code

    assert benchmark(boot_and_run) == 7


@pytest.mark.benchmark(group="hello")
@pytest.mark.skipif(not shutil.which("emu2"), reason="emu2 is not on the PATH")
def test_hello_by_emu2(benchmark: Benchmark, tmp_path: Path) -> None:
    program = tmp_path / "HELLO.COM"
    program.write_bytes(HELLO)
    command = [str(shutil.which("emu2")), str(program)]
    assert benchmark(lambda: subprocess.run(command, check=False).returncode) == 7


@pytest.mark.benchmark(group="100 million instructions", min_rounds=3)
def test_loop(benchmark: Benchmark, pc: Dos) -> None:
    result = benchmark(lambda: pc.run(LOOP))
    assert (result.exit_code, result.registers.dx) == (0, 0)


@pytest.mark.benchmark(group="100 million instructions", min_rounds=3)
def test_loop_by_bare_unicorn(benchmark: Benchmark) -> None:
    assert benchmark(lambda: _bare(LOOP)) == 0


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.benchmark(group="10,000 calls of INT 21h")
def test_calls(benchmark: Benchmark, pc: Dos, call: str) -> None:
    result = benchmark(lambda: pc.run(CALLS[call]))
    assert (result.exit_code, result.registers.cx) == (0, 0)
    assert result.calls.total == 10_001


@pytest.mark.benchmark(group="10,000 calls of INT 21h")
def test_calls_by_bare_unicorn(benchmark: Benchmark) -> None:
    assert benchmark(lambda: _bare(CALLS["version"])) == 0


@pytest.mark.benchmark(group="files")
def test_a_megabyte_in_blocks_of_512_bytes(benchmark: Benchmark, pc: Dos) -> None:
    drive = pc.drives["C"]
    block = b"\x55" * 512

    def write_and_read() -> int:
        file = drive.create(["BIG.BIN"])
        for offset in range(0, 1 << 20, 512):
            drive.write(file, offset, block)
        return sum(len(drive.read(file, offset, 512)) for offset in range(0, 1 << 20, 512))

    assert benchmark(write_and_read) == 1 << 20


def _bare(code: bytes) -> int:
    """Run code on Unicorn with nothing but a hook that ends it at INT 21h with AH=4Ch.

    Returns what is left of its loop counters: CX, or DX of a loop in a loop.
    """
    uc = Uc(UC_ARCH_X86, UC_MODE_16)
    uc.mem_map(0, 0x110000)
    uc.mem_write(ORIGIN, code)
    uc.reg_write(x86_const.UC_X86_REG_CS, 0x1000)
    uc.reg_write(x86_const.UC_X86_REG_SS, 0x1000)
    uc.reg_write(x86_const.UC_X86_REG_SP, 0xFFFE)

    def on_interrupt(engine: Uc, _number: int, _data: object) -> None:
        if engine.reg_read(x86_const.UC_X86_REG_AH) == 0x4C:
            engine.emu_stop()

    uc.hook_add(UC_HOOK_INTR, on_interrupt)
    uc.emu_start(ORIGIN, 0x7FFFFFFF)
    return int(uc.reg_read(x86_const.UC_X86_REG_CX) | uc.reg_read(x86_const.UC_X86_REG_DX))
