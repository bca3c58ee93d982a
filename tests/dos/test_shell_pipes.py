"""Redirection and pipes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_almostism import Dos, ProgramResult

Command = Callable[..., ProgramResult]


@pytest.fixture
def command(dos: Dos, program: Callable[[str], Path]) -> Command:
    """Executes one command by COMMAND /C; there are UPPER and STATUS beside it."""
    for name in ("upper.com", "status.com"):
        dos.path(name).write_bytes(program(name).read_bytes())
    return lambda line, **more: dos.run("COMMAND.COM", f"/C {line}", **more)


def names(dos: Dos) -> list[str]:
    present = [path.name for path in dos.path("C:\\").iterdir()]
    return [name for name in present if not name.endswith(".COM")]


# -- redirection ---------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["echo hi>out", "echo hi> out", ">out echo hi", "echo> out hi"])
def test_output_to_a_file(dos: Dos, command: Command, line: str) -> None:
    result = command(line)

    assert (result.stdout, result.stderr) == (b"", b"")
    assert dos.path("OUT").read_bytes().strip() == b"hi"


def test_a_file_is_emptied_first(dos: Dos, command: Command) -> None:
    dos.path("OUT").write_text("a long text that was here before")

    command("echo hi> out")

    assert dos.path("OUT").read_bytes() == b"hi\r\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [(None, b"hi\r\n"), (b"", b"hi\r\n"), (b"one", b"onehi\r\n"), (b"one\x1a", b"onehi\r\n")],
)
def test_output_behind_what_is_there(
    dos: Dos, command: Command, before: bytes | None, after: bytes
) -> None:
    if before is not None:
        dos.path("OUT").write_bytes(before)

    command("echo hi>> out")

    assert dos.path("OUT").read_bytes() == after


def test_input_from_a_file(dos: Dos, command: Command) -> None:
    dos.path("IN").write_text("some text\n")

    assert command("upper < in").output == "SOME TEXT\n"
    assert command("upper < in > out").output == ""
    assert dos.path("OUT").read_text() == "SOME TEXT\n"


def test_programs_find_the_handles_they_are_used_to(dos: Dos, command: Command) -> None:
    """Handle 5 is the first that a program gets, also when its output is redirected."""
    create = "b43c 31c9 ba1001 cd21 b44c cd21".replace(" ", "")
    dos.path("FIRST.COM").write_bytes(bytes.fromhex(create).ljust(16, b"\x90") + b"F\0")

    assert command("first").exit_code == 5
    assert command("first > x").exit_code == 5
    assert command("first < first.com >> x").exit_code == 5


def test_output_to_devices(command: Command) -> None:
    assert command("echo hi > nul").output == ""
    assert command("echo hi > con").screen == "hi"
    assert command("upper < nul").output == ""


def test_standard_error_is_not_redirected(dos: Dos, command: Command) -> None:
    result = command("nosuch > out")

    assert result.stderr == b"Bad command or file name\r\n"
    assert dos.path("OUT").read_bytes() == b""


def test_redirection_ends_with_the_command(dos: Dos, command: Command) -> None:
    dos.path("T.BAT").write_text("@echo off\necho one> x\necho two\n")

    assert command("t").output == "two\n"


def test_each_round_of_a_for_is_redirected(dos: Dos, command: Command) -> None:
    command("for %a in (1 2) do echo %a> one")
    command("for %a in (1 2) do echo %a>> both")

    assert dos.path("ONE").read_text() == "2\n"
    assert dos.path("BOTH").read_text() == "1\n2\n"


def test_the_command_of_an_if_is_redirected(dos: Dos, command: Command) -> None:
    command("if a==a echo yes> yes")
    command("if a==b echo no> no")

    assert dos.path("YES").read_text() == "yes\n"
    assert dos.path("NO").read_text() == "", "DOS makes the file before it looks at the condition"


def test_a_batch_file_is_not_redirected_but_its_shell(dos: Dos, command: Command) -> None:
    """As in DOS: the file is made, and the batch file starts when the redirection is over."""
    dos.path("T.BAT").write_text("@echo off\necho hi\n")

    assert command("t > out").output == "hi\n"
    assert dos.path("OUT").read_bytes() == b""

    assert command("command /c t > out").output == ""
    assert dos.path("OUT").read_bytes() == b"hi\r\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("upper < nosuch", "File not found"),
        ("upper < nodir\\x", "Path not found"),
        ("upper <", "File not found"),
        ("echo x > nodir\\x", "File creation error"),
        ("echo x >", "File creation error"),
        ("echo x > a*b", "File creation error"),
        ("echo x > c:\\", "File creation error"),
    ],
)
def test_what_cannot_be_redirected(dos: Dos, command: Command, line: str, message: str) -> None:
    result = command(line)

    assert (result.stdout, result.stderr.decode()) == (b"", f"{message}\r\n")
    assert names(dos) == []


def test_a_full_disk(dos: Dos, command: Command) -> None:
    dos.drives.add("S", capacity=100)
    dos.path("BIG").write_bytes(b"x" * 500)

    assert command("type big > s:x").stderr == b"Insufficient disk space\r\n"


# -- pipes ---------------------------------------------------------------------------------------


def test_a_pipe(dos: Dos, command: Command) -> None:
    assert command("echo hi there|upper").output == "HI THERE\n"
    assert names(dos) == [], "the files of the pipe are gone"


def test_a_long_pipe(dos: Dos, command: Command) -> None:
    dos.path("IN").write_text("text\n")

    command("upper < in | upper | upper > out")

    assert dos.path("OUT").read_text() == "TEXT\n"
    assert names(dos) == ["IN", "OUT"]


def test_large_data_through_a_pipe(dos: Dos, command: Command) -> None:
    dos.path("IN").write_bytes(b"line of text\r\n" * 1000)

    result = command("type in | upper")

    assert result.stdout == b"LINE OF TEXT\r\n" * 1000


def test_the_exit_code_is_that_of_the_last(command: Command) -> None:
    assert command("status 3 | status 4").exit_code == 4


def test_a_pipe_goes_on_behind_a_command_that_is_none(command: Command) -> None:
    result = command("nosuch | echo hi")

    assert (result.output, result.stderr) == ("hi\n", b"Bad command or file name\r\n")


def test_pipes_are_laid_in_temp(dos: Dos, command: Command) -> None:
    dos.path("TMP").mkdir()

    assert command("echo hi|upper", env={"TEMP": "C:\\TMP"}).output == "HI\n"
    assert all(path.startswith("C:\\TMP\\") for path in dos.deleted)
    assert len(dos.deleted) == 1

    assert command("echo hi|upper", env={"TEMP": "C:\\NOSUCH"}).output == "HI\n"


def test_a_pipe_on_a_disk_that_takes_nothing(dos: Dos, command: Command) -> None:
    result = command("z:|echo x")
    assert result.output == "x\n"

    dos.drives.add("R", read_only=True)
    result = dos.run("COMMAND.COM", "/C echo x|upper", cwd="R:\\", env={"TEMP": ""})

    assert result.stderr == b"Intermediate file error during pipe\r\n"


@pytest.mark.parametrize("line", ["echo x|", "|upper", "echo x||upper", 'echo x >"y"'])
def test_syntax_errors(dos: Dos, command: Command, line: str) -> None:
    result = command(line)

    assert (result.stdout, result.stderr) == (b"", b"Syntax error\r\n")
    assert names(dos) == []


def test_runs_that_are_cut_off_leave_no_open_files(dos: Dos, command: Command) -> None:
    """The standard output that was put aside for a file is given back."""
    from pytest_almostism import InstructionLimitExceeded

    dos.path("ENDLESS.COM").write_bytes(b"\xeb\xfe")
    for _ in range(300):
        with pytest.raises(InstructionLimitExceeded):
            command("endless > out < endless.com", max_instructions=60_000)

    assert command("echo still here").output == "still here\n"
