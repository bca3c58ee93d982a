"""What a program finds before itself: its PSP, its environment, its registers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos import Flag
from pytest_almostism.dos.psp import Psp, build_environment, read_environment


def load(dos: Dos, args: str = "", **options: Any) -> Psp:
    process = dos.load(b"\xc3", args, **options)
    return Psp(dos.memory, process.psp)


def test_a_psp_is_as_programs_expect_it(dos: Dos) -> None:
    process = dos.load(b"\xc3")
    psp, field = process.psp, dos.memory.word

    assert dos.memory.read(psp, 0, 2) == b"\xcd\x20"
    assert field(psp, 0x02) == 0xA000  # 640 KiB
    assert dos.memory.byte(psp, 0x05) == 0x9A  # CP/M's call 5
    assert Psp(dos.memory, psp).parent == Psp(dos.memory, field(psp, 0x16)).segment
    assert field(psp, 0x32) == 20
    assert dos.memory.pointer(psp, 0x34) == (psp, 0x18)
    assert dos.memory.read(psp, 0x18, 20)[5:] == b"\xff" * 15
    assert 0xFF not in dos.memory.read(psp, 0x18, 5)
    assert dos.memory.read(psp, 0x50, 3) == b"\xcd\x21\xcb"


def test_a_com_programs_registers(dos: Dos) -> None:
    process = dos.load(b"\xc3")
    regs = process.registers

    assert {regs.cs, regs.ds, regs.es, regs.ss} == {process.psp}
    assert (regs.ip, regs.sp) == (0x100, 0xFFFE)
    assert dos.memory.word(regs.ss, regs.sp) == 0  # `ret` ends the program
    assert (regs.ax, regs.bx) == (0, 0)
    assert regs.flags & Flag.INTERRUPT
    assert not regs.flags & (Flag.DIRECTION | Flag.TRAP | Flag.CARRY)


def test_the_current_psp_is_told_and_may_be_set(dos: Dos, guest: Any) -> None:
    first, second, _, third = guest(
        {"ax": 0x5100}, {"ax": 0x6200}, {"ax": 0x5000, "bx": dos.load(b"\xc3").psp}, {"ax": 0x5100}
    )

    assert first.bx == second.bx == third.bx == dos.registers.cs


@pytest.mark.parametrize(
    ("args", "tail"),
    [
        ("", b"\x00\r"),
        ("one", b"\x04 one\r"),
        (" one", b"\x04 one\r"),
        ("/x", b"\x02/x\r"),
        ("one  two ", b"\x0a one  two \r"),
        ("ö", b"\x02 \x94\r"),
        ("x" * 125, b"\x7e " + b"x" * 125 + b"\r"),
    ],
)
def test_arguments_are_the_command_tail(dos: Dos, args: str, tail: bytes) -> None:
    psp = load(dos, args)

    assert dos.memory.read(psp.segment, 0x80, len(tail)) == tail
    assert psp.command_tail == tail[1:-1].decode("cp437")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ("x" * 126, "a command line has one line of 126 characters at most: 'xxx"),
        ("one\rtwo", "a command line has one line of 126 characters at most: 'one"),
        ("one\ntwo", "a command line has one line of 126 characters at most: 'one"),
        ("☃", "code page 437 has no '☃': ' ☃'"),
    ],
)
def test_what_no_command_tail_can_be(dos: Dos, args: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dos.run(b"\xc3", args)

    assert dos.run(b"\xc3").exit_code == 0


@pytest.mark.parametrize(
    ("args", "first", "second"),
    [
        ("", b"\0           ", b"\0           "),
        ("one.txt", b"\0ONE     TXT", b"\0           "),
        ("b:one.txt c:two", b"\x02ONE     TXT", b"\x03TWO        "),
        ("*.* ?.c", b"\0???????????", b"\0?       C  "),
    ],
)
def test_the_first_two_arguments_are_file_control_blocks(
    dos: Dos, args: str, first: bytes, second: bytes
) -> None:
    psp = load(dos, args).segment

    assert dos.memory.read(psp, 0x5C, 12) == first
    assert dos.memory.read(psp, 0x6C, 12) == second


def test_the_environment_holds_variables_and_the_programs_path(dos: Dos) -> None:
    dos.environment["lower"] = "Value"
    psp = load(dos, env={"EXTRA": "a=b", "PROMPT": "$G"})

    block = dos.memory.read(psp.environment, 0, 0x400)
    variables = read_environment(block)
    assert variables["LOWER"] == "Value"
    assert (variables["EXTRA"], variables["PROMPT"]) == ("a=b", "$G")
    assert {"COMSPEC", "PATH"} < set(variables)
    assert block.partition(b"\0\0")[2].startswith(b"\1\0C:\\PROGRAM.COM\0")


def test_an_environment_is_for_one_run(dos: Dos) -> None:
    load(dos, env={"ONCE": "only"})

    psp = load(dos)
    assert "ONCE" not in read_environment(dos.memory.read(psp.environment, 0, 0x400))


@pytest.mark.parametrize(
    ("env", "message"),
    [
        ({"": "x"}, "not an environment variable: ''='x'"),
        ({"A=B": "x"}, "not an environment variable: 'A=B'='x'"),
        ({"A": "x\0y"}, "not an environment variable"),
        ({"A": "☃"}, "code page 437 has no '☃': 'A=☃'"),
        ({"A": "x" * 40_000}, "the environment has 4.... bytes, DOS holds 32768"),
    ],
    ids=["no name", "equals sign", "zero", "snowman", "too large"],
)
def test_what_no_environment_can_be(dos: Dos, env: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dos.run(b"\xc3", env=env)

    assert dos.run(b"\xc3").exit_code == 0


def test_an_environment_may_be_empty() -> None:
    block = build_environment({}, r"C:\X.COM")

    assert block == b"\0\0\1\0C:\\X.COM\0"
    assert read_environment(block) == {}


def test_a_variable_is_one_in_whatever_case(dos_factory: Callable[..., Dos]) -> None:
    dos = dos_factory(environment={"path": r"C:\BIN", "Who": "machine"})
    dos.path(r"C:\BIN").mkdir()
    dos.path(r"C:\BIN\TOOL.COM").write_bytes(b"\xb8\x05\x4c\xcd\x21")

    assert dos.run("TOOL").exit_code == 5

    psp = Psp(dos.memory, dos.load("TOOL", env={"who": "run"}).psp)
    block = dos.memory.read(psp.environment, 0, 0x400).partition(b"\0\0")[0]
    assert block.upper().count(b"WHO=") == block.count(b"WHO=run") == 1
    assert block.upper().count(b"\0PATH=") == 1


@pytest.mark.parametrize(
    ("args", "first", "second"),
    [
        ("", b"\0           ", b"\0           "),
        ("a.txt B:*.c", b"\0A       TXT", b"\2????????C  "),
        ("bar/x", b"\0BAR        ", b"\0           "),
        ("/s d:", b"\0           ", b"\4           "),
        (r"C:\DIR\X \Y", b"\3           ", b"\0           "),
    ],
)
def test_the_first_two_arguments_are_parsed_into_fcbs(
    dos: Dos, args: str, first: bytes, second: bytes
) -> None:
    process = dos.load(b"\xc3", args)

    assert dos.memory.read(process.psp, 0x5C, 12) == first
    assert dos.memory.read(process.psp, 0x6C, 12) == second
