"""Machines follow each other on one CPU and do not notice."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pytest_almostism import CpuError, Dos
from pytest_almostism.dos import pool

Program = Callable[[str], Path]

POKE = bytes.fromhex("b800b8 8ec0 26c60600002a c3")  # es=B800 / [es:0]='*' / ret


@pytest.fixture(autouse=True)
def _a_pool_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pool, "_idle", [])
    yield
    gc.collect()


def memory_of(dos: Dos) -> bytes:
    return bytes(dos.memory.view)


@pytest.mark.parametrize("evil", ["havoc.com", "paging.com"])
def test_the_next_machine_is_as_new_whatever_the_last_one_did(program: Program, evil: str) -> None:
    with Dos() as dos:
        new, registers = memory_of(dos), dos.registers.copy()
        expected = dos.run(program("hello.com"))
        used = memory_of(dos)

    with Dos() as dos:
        view = dos.memory.view
        with pytest.raises(CpuError, match="halted for ever"):
            dos.run(program(evil))
        assert memory_of(dos) != new

    with Dos() as dos:
        assert dos.memory.view is view  # the same CPU
        assert memory_of(dos) == new
        assert bytes(dos.registers.block) == bytes(registers.block)
        again = dos.run(program("hello.com"))
        assert memory_of(dos) == used
        assert (again.output, again.screen) == (expected.output, expected.screen)
        assert bytes(again.registers.block) == bytes(expected.registers.block)
        assert dos.run(POKE).screen == "*ello, world!"


@pytest.mark.parametrize("evil", ["havoc.com", "paging.com"])
def test_the_next_program_on_the_same_machine_finds_it_booted_anew(
    program: Program, evil: str
) -> None:
    with Dos() as dos:
        expected = dos.run(program("hello.com"))
        used = memory_of(dos)
        dos.path("KEPT.TXT").write_bytes(b"files stay")
        with pytest.raises(CpuError):
            dos.run(program(evil))

        again = dos.run(program("hello.com"))

        assert again.output == again.screen + "\n" == "Hello, world!\n"
        assert memory_of(dos) == used
        assert bytes(again.registers.block) == bytes(expected.registers.block)
        assert dos.run(POKE).screen == "*ello, world!"
        assert dos.path("KEPT.TXT").read_bytes() == b"files stay"


def test_a_program_finds_the_coprocessor_as_new_though_the_last_one_set_it() -> None:
    control_word = bytes.fromhex("9bd93e0002 a10002 2d7f03 08e0 b44c cd21")  # exit(CW-37F)
    with Dos() as dos:
        assert dos.run(control_word).exit_code == 0
        dos.run(bytes.fromhex("c70600027f0c d92e0002 c3"))  # fldcw 0C7F: truncate

        assert dos.run(control_word).exit_code == 0


def test_machines_follow_each_other_on_one_cpu() -> None:
    with Dos() as first:
        view = first.memory.view
    with Dos() as second:
        assert second.memory.view is view
        assert pool._idle == []
    assert len(pool._idle) == 1


def test_machines_that_are_on_together_have_a_cpu_each(program: Program) -> None:
    with Dos() as outer, Dos() as inner:
        process = outer.load(program("hello.com"))
        assert inner.run(b"\xb8\x05\x4c\xcd\x21").exit_code == 5
        outer.path("ONLY.TXT").write_bytes(b"")
        outer.memory.write_byte(0x9000, 0, 0x42)

        assert process.run().output == "Hello, world!\n"
        assert not inner.path("ONLY.TXT").exists()
        assert inner.memory.byte(0x9000, 0) == 0
        assert (outer.screen.text, inner.screen.text) == ("Hello, world!", "")


def test_a_program_runs_while_another_machines_program_is_in_a_call(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Dos() as outer, Dos() as inner:
        outputs: list[str] = []

        def now() -> object:
            outputs.append(inner.run(program("hello.com")).output)
            return type(outer.clock).now(outer.clock)

        monkeypatch.setattr(outer.clock, "now", now)
        result = outer.run(bytes.fromhex("b42c cd21 b42c cd21 b8094c cd21"))  # get time, twice

        assert outputs == ["Hello, world!\n"] * 2
        assert result.exit_code == 9


def test_a_machine_that_is_switched_off_twice_gives_its_cpu_once() -> None:
    dos = Dos()
    dos.close()
    dos.close()

    assert len(pool._idle) == 1


def test_many_machines_need_no_more_memory() -> None:
    for _ in range(50):
        with Dos() as dos:
            dos.run(b"\xc3")

    assert len(pool._idle) == 1
