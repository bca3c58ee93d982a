"""COMMAND.COM's commands on settings: SET, PATH, PROMPT, DATE, TIME, VER, VERIFY and so on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from pytest_almostism import Dos, ProgramResult

moment = datetime.fromisoformat

Batch = Callable[..., ProgramResult]


@pytest.fixture
def batch(dos: Dos) -> Batch:
    """Runs lines as T.BAT with echo off."""

    def batch(*lines: str) -> ProgramResult:
        dos.path("T.BAT").write_text("\n".join(("@echo off", *lines, "")))
        return dos.run("T.BAT")

    return batch


# -- the environment -----------------------------------------------------------------------------


def test_set_shows_all(dos: Dos) -> None:
    dos.environment["WHO"] = "me"

    result = dos.run("COMMAND.COM", "/C set")

    assert result.output.splitlines() == [
        "COMSPEC=Z:\\COMMAND.COM",
        "PATH=C:\\;Z:\\",
        "PROMPT=$P$G",
        "WHO=me",
    ]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("set x=value", "X=value"),
        ("SET x=Two words ", "X=Two words "),
        ("set x =1", "X =1"),
        ("set x=1;2,3", "X=1;2,3"),
        ("path c:\\dos;d:\\", "PATH=C:\\DOS;D:\\"),
        ("path=c:\\dos", "PATH=C:\\DOS"),
        ("prompt $g hi", "PROMPT=$g hi"),
    ],
)
def test_variables_are_set(batch: Batch, line: str, shown: str) -> None:
    assert shown in batch(line, "set").output.splitlines()


@pytest.mark.parametrize(
    ("line", "name"),
    [("set path=", "PATH="), ("path ;", "PATH="), ("prompt", "PROMPT="), ("set nosuch=", "NOSUCH")],
)
def test_variables_are_removed(batch: Batch, line: str, name: str) -> None:
    assert name not in batch(line, "set").output


def test_a_variable_is_set_once(batch: Batch) -> None:
    assert batch("set x=1", "set X=2", "echo %x%", "set").output.count("X=") == 1


@pytest.mark.parametrize("line", ["set x", "set x=1=2"])
def test_set_that_sets_nothing(batch: Batch, line: str) -> None:
    assert batch(line).stderr == b"Syntax error\r\n"


def test_path_shows_itself(batch: Batch) -> None:
    result = batch("path", "path ;", "path", "path a b")

    assert result.output == "PATH=C:\\;Z:\\\nNo Path\n"


def test_the_environment_grows(batch: Batch) -> None:
    lines = [f"set v{n}={'x' * 100}" for n in range(100)]

    result = batch(*lines, "echo %v99%")

    assert (result.output, result.stderr) == ("x" * 100 + "\n", b"")


def test_the_environment_has_an_end(batch: Batch) -> None:
    lines = [f"set v{n}={'x' * 115}" for n in range(300)]

    result = batch(*lines, "echo %v0%")

    assert b"Out of environment space\r\n" in result.stderr
    assert result.output == "x" * 115 + "\n"


def test_what_a_shell_sets_is_its_own(dos: Dos, batch: Batch) -> None:
    result = batch("set x=outer", "command /c set x=inner", "command /c set", "echo %x%")

    assert "X=outer" in result.output
    assert result.output.endswith("outer\n")
    assert "X" not in dos.environment


def test_the_size_of_the_environment_may_be_given(dos: Dos) -> None:
    result = dos.run("COMMAND.COM", "/E:2048 /C echo ok")

    assert result.output == "ok\n"
    assert [call.bx for call in result.calls if call.name == "allocate_memory"] == [128]


# -- the clock -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("date 12-31-1999", moment("1999-12-31 05:00")),
        ("date 1/2/95", moment("1995-01-02 05:00")),
        ("date 2.3.05", moment("2005-02-03 05:00")),
        ("time 13:14:15.16", moment("1991-06-11 13:14:15.160000")),
        ("time 7", moment("1991-06-11 07:00")),
        ("time 7:30p", moment("1991-06-11 19:30")),
        ("time 12:00am", moment("1991-06-11 00:00")),
    ],
)
def test_the_clock_is_set(dos: Dos, line: str, expected: datetime) -> None:
    result = dos.run("COMMAND.COM", f"/C {line}")

    assert (result.stdout, result.stderr) == (b"", b"")
    assert dos.clock.now() == expected


def test_date_and_time_show_and_ask(dos: Dos) -> None:
    date = dos.run("COMMAND.COM", "/C date", stdin="\n")
    time = dos.run("COMMAND.COM", "/C time")

    assert date.output.startswith("Current date is Tue 06-11-1991\nEnter new date (mm-dd-yy): ")
    assert time.output.startswith("Current time is  5:00:00.00a\nEnter new time: ")
    assert dos.clock.now() == moment("1991-06-11 05:00")


@pytest.mark.parametrize(
    ("line", "stdin", "complaint"),
    [
        ("date 2-30-91", "12-25-91\n", "\nInvalid date\n"),
        ("date", "rubbish\n12-25-91\n", "\nInvalid date\n"),
        ("date 1-1", "12-25-91\n", "\nInvalid date\n"),
        ("time 25:00", "5:00\n", "\nInvalid time\n"),
        ("time 13:00p", "5:00\n", "\nInvalid time\n"),
        ("time noon", "5:00\n", "\nInvalid time\n"),
    ],
)
def test_what_is_no_date_or_time_is_asked_for_again(
    dos: Dos, line: str, stdin: str, complaint: str
) -> None:
    result = dos.run("COMMAND.COM", f"/C {line}", stdin=stdin)

    assert result.output.count(complaint) == 1
    assert dos.clock.now().hour == 5
    assert dos.clock.now().day == (25 if "date" in line else 11)


# -- the rest ------------------------------------------------------------------------------------


def test_ver(dos_factory: type[Dos]) -> None:
    assert dos_factory().run("COMMAND.COM", "/C ver").output == "\nMS-DOS Version 5.00\n\n"
    six = dos_factory(version=(6, 22))
    assert six.run("COMMAND.COM", "/C ver").output == "\nMS-DOS Version 6.22\n\n"


@pytest.mark.parametrize("word", ["verify", "break"])
def test_switches(batch: Batch, word: str) -> None:
    result = batch(word, f"{word} on", word, f"{word}=off", word, f"{word} maybe")

    shown = word.upper()
    assert result.output == f"{shown} is off\n{shown} is on\n{shown} is off\n"
    assert result.stderr == b"Must specify ON or OFF\r\n"


def test_cls_clears_the_screen(dos: Dos, batch: Batch) -> None:
    result = batch("echo before", "cls", "echo after")

    assert result.screen == "after"
    assert result.output == "before\nafter\n"

    batch("cls > x")
    assert dos.path("X").read_bytes() == b"\x1b[2J"


def test_the_code_page(batch: Batch) -> None:
    result = batch("chcp", "chcp 437", "chcp 850")

    assert result.output == "Active code page: 437\n"
    assert result.stderr == b"Code page 850 not prepared for system\r\n"


def test_the_console_stays_the_console(batch: Batch) -> None:
    result = batch("ctty con", "ctty com1", "echo still here")

    assert result.output == "still here\n"
    assert result.stderr == b"Invalid device\r\n"


def test_remarks(dos: Dos, batch: Batch) -> None:
    result = batch("rem this is one", "rem", "REM.", "rem > x")

    assert (result.output, result.stderr) == ("", b"")
    assert dos.path("X").read_bytes() == b"", "the old way to make an empty file"
