"""Batch files: parameters, ECHO, GOTO, IF, FOR, CALL, SHIFT, PAUSE."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_almostism import Dos, ProgramResult

Batch = Callable[..., ProgramResult]


@pytest.fixture
def batch(dos: Dos) -> Batch:
    """Runs lines as T.BAT with echo off."""

    def batch(*lines: str, args: str = "", keys: str = "") -> ProgramResult:
        dos.path("T.BAT").write_text("\n".join(("@echo off", *lines, "")))
        return dos.run("T.BAT", args, keys=keys)

    return batch


@pytest.fixture
def install(dos: Dos, program: Callable[[str], Path]) -> Callable[..., None]:
    """Puts programs of `tests/programs` on C:."""

    def install(*names: str) -> None:
        for name in names:
            dos.path(name).write_bytes(program(name).read_bytes())

    return install


def complaint(result: ProgramResult) -> str:
    return result.stderr.decode("cp437").replace("\r\n", "\n")


# -- parameters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "args", "expected"),
    [
        ("echo %0 %1 %2", "one two", "T.BAT one two"),
        ("echo [%1] [%9]", "a,b;c=d\te f g h i j", "[a] [i]"),
        ("echo %1%2%3", "a b", "ab"),
        ("echo 50%% of %1", "it", "50% of it"),
        ("echo %OS% %os%", "", "DOS DOS"),
        ("echo [%nosuch%]", "", "[]"),
        ("echo 100%", "", "100%"),
    ],
)
def test_parameters(dos: Dos, batch: Batch, line: str, args: str, expected: str) -> None:
    dos.environment["OS"] = "DOS"

    assert batch(line, args=args).output == f"{expected}\n"


def test_shift(batch: Batch) -> None:
    lines = ":next", 'if "%1"=="" goto end', "echo %0 %1", "shift", "goto next", ":end"

    result = batch(*lines, args="a b c")

    assert result.output.splitlines() == ["T.BAT a", "a b", "b c"]


def test_shift_brings_up_the_tenth(batch: Batch) -> None:
    assert batch("shift", "echo %9", args="1 2 3 4 5 6 7 8 9 ten 11").output == "ten\n"


def test_the_name_is_what_was_typed(dos: Dos) -> None:
    dos.path("T.BAT").write_text("@echo off\necho %0\n")

    assert dos.run("t").output == "t\n"
    assert dos.run(r"C:\T.BAT").output == "C:\\T.BAT\n"


def test_a_batch_file_of_the_host(dos: Dos, tmp_path: Path) -> None:
    host = tmp_path / "hosted.bat"
    host.write_bytes(b"@echo off\r\necho %1 %0\r\n")

    result = dos.run(host, "hello")

    assert result.output == "hello C:\\HOSTED.BAT\n"
    assert result.program == r"C:\HOSTED.BAT"


def test_programs_come_before_batch_files(dos: Dos, install: Callable[..., None]) -> None:
    install("hello.com")
    dos.path("HELLO.BAT").write_text("@echo batch\n")

    assert dos.run("HELLO").output == "Hello, world!\n"
    assert dos.run("HELLO.BAT").output.startswith("batch\n")


# -- echo ----------------------------------------------------------------------------------------


def test_commands_are_shown_as_if_typed(dos: Dos) -> None:
    dos.path("T.BAT").write_text("rem one\n\necho two\n@echo three\n:label\nrem %1\n")

    assert dos.run("T.BAT", "four").output.splitlines() == [
        "",
        r"C:\>rem one",
        "",
        "C:\\>",
        r"C:\>echo two",
        "two",
        "three",
        "",
        r"C:\>rem four",
        "",
        "C:\\>",
    ]


def test_a_file_without_a_last_line_end_has_no_last_prompt(dos: Dos) -> None:
    dos.path("T.BAT").write_text("rem one")

    assert dos.run("T.BAT").output == "\nC:\\>rem one\n"


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("$n$g", "C>"),
        ("$p$g", "C:\\SUB>"),
        ("[$d]", "[Tue 06-11-1991]"),
        ("[$t]", "[ 5:00:00.00]"),
        ("$v", "MS-DOS Version 5.00"),
        ("$q$$$l$b$_$e[1m", "=$<|\r\n\x1b[1m"),
        ("ab$hc$x", "ab\b \bc"),
        ("dollar$", "dollar"),
    ],
)
def test_prompts(dos: Dos, prompt: str, shown: str) -> None:
    dos.path("SUB").mkdir()
    dos.path(r"SUB\T.BAT").write_text("rem")

    result = dos.run("T.BAT", env={"PROMPT": prompt}, cwd="SUB")

    assert result.stdout.decode("cp437") == f"\r\n{shown}rem\r\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("echo", "ECHO is off\n"),
        ("echo  two  spaces ", " two  spaces \n"),
        ("echo.", "\n"),
        ("echo.text", "text\n"),
        ("echo on the line", "on the line\n"),
        ("ECHO Ünïcödé", "Ünïcödé\n"),
        ("echo a;b=c,d", "a;b=c,d\n"),
        ('echo "quoted > | <"', '"quoted > | <"\n'),
    ],
)
def test_echo(dos: Dos, line: str, expected: str) -> None:
    dos.path("T.BAT").write_bytes(f"@echo off\r\n{line}\r\n".encode("cp437"))

    assert dos.run("T.BAT").output == expected


def test_echo_is_as_it_was_behind_a_call(dos: Dos, batch: Batch) -> None:
    dos.path("SUB.BAT").write_text("@echo on\n@echo\n")

    assert batch("call sub", "echo").output == "ECHO is on\nECHO is off\n"


# -- labels --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goto", "label"),
    [
        ("goto end", ":end"),
        ("goto END", " : End of it"),
        ("goto :end", ":END"),
        ("goto=end", ":end\t"),
        ("goto longlabelname", ":longlabe"),
        ("goto longlabe", ":longlabelname"),
        ("goto end now", ":end"),
    ],
)
def test_goto(batch: Batch, goto: str, label: str) -> None:
    assert batch("echo one", goto, ":ending", "echo two", label, "echo three").output == (
        "one\nthree\n"
    )


def test_goto_goes_back(batch: Batch) -> None:
    lines = "set n=%n%x", ":a", 'if "%n%"=="xx" goto end', "set n=%n%x", "goto a", ":end"

    assert batch(*lines, "echo %n%").output == "xx\n"


@pytest.mark.parametrize("goto", ["goto nowhere", "goto", "goto ech", "goto end"])
def test_a_label_that_is_not_there_ends_the_batch_file(batch: Batch, goto: str) -> None:
    result = batch(goto, "echo not reached", ":ending", "\x1a", ":end")

    assert (result.output, complaint(result)) == ("", "Label not found\n")


def test_goto_outside_of_a_batch_file_does_nothing(dos: Dos) -> None:
    result = dos.run("COMMAND.COM", "/C goto x")

    assert (result.stdout, result.stderr) == (b"", b"")


# -- IF ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "condition",
    [
        "a==a",
        '"%1"==""',
        "not a==b",
        "not not a==a",
        "a == a",
        "a==a if b==b",
        "a==a if not b==c",
        "exist t.bat",
        "exist C:\\T.*",
        "not exist nosuch.txt",
        "not exist nodir\\x",
        "exist nul",
        "errorlevel 0",
        "not errorlevel 1",
        "not ERRORLEVEL 255",
    ],
)
def test_conditions_that_hold(batch: Batch, condition: str) -> None:
    assert batch(f"if {condition} echo yes").output == "yes\n"


@pytest.mark.parametrize(
    "condition", ["a==b", "a==A", "not a==a", "not exist t.bat", "exist sub", "errorlevel 1"]
)
def test_conditions_that_do_not_hold(dos: Dos, batch: Batch, condition: str) -> None:
    dos.path("SUB").mkdir()

    assert batch(f"if {condition} echo yes").output == ""


@pytest.mark.parametrize("line", ["if", "if a==", "if ==a echo", "if a=b echo", "if not", "if a b"])
def test_conditions_that_are_none(batch: Batch, line: str) -> None:
    assert complaint(batch(line, "if exist t.bat echo on")) == "Syntax error\n"


@pytest.mark.parametrize(("code", "above"), [(0, "0"), (1, "01"), (7, "0127"), (255, "0127 255")])
def test_errorlevel(batch: Batch, install: Callable[..., None], code: int, above: str) -> None:
    install("status.com")
    lines = [f"if errorlevel {level} echo {level}" for level in (0, 1, 2, 7, 255)]

    result = batch(f"status {code}", *lines, "echo done")

    levels = [0, 1, 2, 7, 255]
    assert result.output.split() == [*(str(n) for n in levels if n <= code), "done"]
    assert result.exit_code == code
    assert len(above) >= 1


# -- FOR -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("for %%a in (one two three) do echo %%a", ["one", "two", "three"]),
        ("for %%a in (one,two;three) do echo [%%a]", ["[one]", "[two]", "[three]"]),
        ("FOR %%A IN (x) DO echo %%A %%a", ["x %a"]),
        ("for %%f in (*.txt) do echo %%f", ["A.TXT", "B.TXT"]),
        ("for %%f in (sub\\*.* x) do echo %%f", ["SUB\\C.TXT", "x"]),
        ("for %%f in (*.nop) do echo %%f", []),
        ("for %%f in (nodir\\*.*) do echo %%f", []),
        ("for %%f in () do echo %%f", []),
        ("for %%a in (1 2) do if %%a==2 echo %%a", ["2"]),
        ("if a==a for %%a in (1 2) do echo %%a", ["1", "2"]),
        ("for %%c in (rem echo) do %%c hi", ["hi"]),
    ],
)
def test_for(dos: Dos, batch: Batch, line: str, expected: list[str]) -> None:
    dos.path("SUB").mkdir()
    for name in ("A.TXT", "B.TXT", r"SUB\C.TXT"):
        dos.path(name).write_text("x")

    assert batch(line).output.splitlines() == expected


def test_for_shows_every_command(dos: Dos) -> None:
    result = dos.run("COMMAND.COM", "/C for %a in (1 2) do echo %a")

    assert result.output == "\nC:\\>echo 1\n1\n\nC:\\>echo 2\n2\n"


@pytest.mark.parametrize(
    "line",
    ["for", "for %%a in", "for %%a in (x)", "for a in (x) do y", "for %%ab in (x) do y"],
)
def test_for_that_is_none(batch: Batch, line: str) -> None:
    assert complaint(batch(line)) == "Syntax error\n"


def test_for_cannot_be_nested(batch: Batch) -> None:
    result = batch("for %%a in (1 2) do for %%b in (3) do echo %%a", "echo more")

    assert (result.output, complaint(result)) == ("more\n", "FOR cannot be nested\n")


def test_for_goes_on_behind_a_called_batch_file(dos: Dos, batch: Batch) -> None:
    dos.path("SUB.BAT").write_text("@echo off\nfor %%b in (x y) do echo %1%%b\n")

    result = batch("for %%a in (1 2) do call sub %%a", "echo end")

    assert result.output.split() == ["1x", "1y", "2x", "2y", "end"]


def test_for_ends_when_another_batch_file_takes_over(dos: Dos, batch: Batch) -> None:
    dos.path("SUB.BAT").write_text("@echo sub %1\n")

    assert batch("for %%a in (1 2) do sub %%a", "echo end").output == "sub 1\n"


# -- CALL ----------------------------------------------------------------------------------------


def test_call_comes_back(dos: Dos, batch: Batch) -> None:
    dos.path("SUB.BAT").write_text("@echo sub %0 %1\n@shift\n")

    result = batch("call sub x", "echo back %1", args="mine")

    assert result.output == "sub sub x\nback mine\n"


def test_without_call_the_other_one_takes_over(dos: Dos, batch: Batch) -> None:
    dos.path("SUB.BAT").write_text("@echo sub\n")

    assert batch("sub", "echo not reached").output == "sub\n"


def test_calls_in_calls(dos: Dos, batch: Batch) -> None:
    for n in range(1, 9):
        dos.path(f"S{n}.BAT").write_text(f"@echo {n}\n@call s{n + 1}\n@echo {n}\n")
    dos.path("S9.BAT").write_text("@exit\n")

    assert batch("call s1").output.split() == list("12345678")

    dos.path("S9.BAT").write_text("@goto nowhere\n@exit\n")
    assert batch("call s1").output.split() == list("1234567887654321")


def test_call_of_a_command_and_a_program(batch: Batch, install: Callable[..., None]) -> None:
    install("status.com")

    assert batch("call echo hi", "call status 4").output == "hi\n"
    assert batch("call status 4").exit_code == 4


def test_exit_leaves_everything(dos: Dos, batch: Batch) -> None:
    dos.path("SUB.BAT").write_text("@exit\n")

    assert batch("call sub", "echo not reached").output == ""


# -- the file itself -----------------------------------------------------------------------------


def test_a_batch_file_may_be_rewritten_while_it_runs(batch: Batch) -> None:
    assert batch("echo echo added>> t.bat", "echo one").output == "one\nadded\n"


def test_a_batch_file_may_delete_itself(batch: Batch) -> None:
    result = batch("del t.bat", "echo not reached")

    assert (result.output, complaint(result)) == ("", "Batch file missing\n")


def test_a_batch_file_runs_on_when_the_directory_changes(dos: Dos, batch: Batch) -> None:
    dos.path("SUB").mkdir()

    assert batch("cd sub", "cd", "cd ..").output == "C:\\SUB\n"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_line_ends(dos: Dos, end: str) -> None:
    dos.path("T.BAT").write_bytes(f"@echo off{end}:a{end}echo x{end}echo y".encode())

    assert dos.run("T.BAT").output == "x\ny\n"


def test_long_lines_are_cut(batch: Batch) -> None:
    assert batch("echo " + "x" * 300).output == "x" * 122 + "\n"


def test_large_files(batch: Batch) -> None:
    lines = [f"rem {n} " + "x" * 90 for n in range(300)]

    assert batch("goto far", *lines, ":far", "echo %1", *lines[:20], args="there").output == (
        "there\n"
    )


# -- PAUSE and Ctrl-C ----------------------------------------------------------------------------


def test_pause_waits_for_a_key(batch: Batch) -> None:
    result = batch("pause", "pause", "echo more", keys="x{f1}")

    assert result.output == "Press any key to continue . . .\n" * 2 + "more\n"


def test_pause_does_not_wait_at_the_end_of_the_input(batch: Batch) -> None:
    assert batch("pause", "echo more").output == "Press any key to continue . . .\nmore\n"


@pytest.mark.parametrize(("answer", "goes_on"), [("n", True), ("y", False), ("?xN", True)])
def test_ctrl_c_asks_whether_to_go_on(
    dos: Dos, batch: Batch, answer: str, *, goes_on: bool
) -> None:
    dos.path("SUB.BAT").write_text("@pause\n@echo sub\n")

    result = batch("call sub", "echo more", keys="{ctrl-c}" + answer)

    assert complaint(result).count("\nTerminate batch job (Y/N)?") == len(answer)
    assert result.output.endswith("sub\nmore\n") == goes_on
    assert ("sub" in result.output) == goes_on


def test_ctrl_c_ends_a_for(batch: Batch) -> None:
    result = batch("for %%a in (1 2 3) do pause", "echo more", keys="x{ctrl-c}n")

    assert result.output.count("Press any key") < 3
    assert result.output.endswith("more\n")


def test_ctrl_c_in_a_program(dos: Dos, batch: Batch) -> None:
    dos.path("READ.COM").write_bytes(bytes.fromhex("b401 cd21 b8014c cd21"))

    result = batch("read", "echo more", keys="{ctrl-c}n")

    assert complaint(result) == "\nTerminate batch job (Y/N)?\n"
    assert result.output.endswith("more\n")
