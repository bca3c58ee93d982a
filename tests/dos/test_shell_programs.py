"""COMMAND.COM and programs: where it finds them, what it hands over, and who starts it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pyfakefs.fake_filesystem import FakeFilesystem

from pytest_almostism import Dos, ProgramNotFound, ProgramResult
from pytest_almostism.dos import ErrorCode, KeyboardStarved, Termination
from pytest_almostism.dos.shell import host

Install = Callable[..., None]


@pytest.fixture
def install(dos: Dos, program: Callable[[str], Path]) -> Install:
    """Puts programs of `tests/programs` on C:, or elsewhere."""

    def install(*names: str, directory: str = "C:") -> None:
        for name in names:
            dos.path(f"{directory}\\{name}").write_bytes(program(name).read_bytes())

    return install


@pytest.fixture
def command(dos: Dos) -> Callable[..., ProgramResult]:
    """Executes one command by COMMAND /C."""
    return lambda line, **more: dos.run("COMMAND.COM", f"/C {line}", **more)


def exit_with(code: int) -> bytes:
    return bytes((0xB8, code, 0x4C, 0xCD, 0x21))


def answers(result: ProgramResult) -> list[str]:
    """The lines of a dialogue, without empty ones and prompts."""
    lines = (line.partition(">")[2] if ">" in line else line for line in result.output.split("\n"))
    return [line for line in lines if line]


# -- the program itself --------------------------------------------------------------------------


def test_the_source_still_assembles_to_the_program(tmp_path: Path) -> None:
    nasm = shutil.which("nasm")
    if nasm is None:
        pytest.skip("nasm is not installed: the source cannot be compared with its bytes")
    source = Path(host.__file__).with_name("command.asm")
    subprocess.run([nasm, "-f", "bin", "-o", tmp_path / "com", source], check=True)

    assert (tmp_path / "com").read_bytes().hex(" ") == host.PROGRAM.hex(" ")


def test_comspec_names_it(dos: Dos) -> None:
    assert dos.path(dos.environment["COMSPEC"]).read_bytes() == host.PROGRAM


def test_machines_that_share_a_file_system_share_it(dos: Dos, dos_factory: type[Dos]) -> None:
    other = dos_factory(filesystem=dos.filesystem)

    assert other.run("COMMAND.COM", "/C echo hi").output == "hi\n"


def test_it_takes_no_room(dos_factory: type[Dos]) -> None:
    tiny = FakeFilesystem(total_size=10)

    machine = dos_factory(filesystem=tiny)

    assert machine.run("COMMAND.COM", "/C echo hi").output == "hi\n"
    assert tiny.get_disk_usage("/")[1] == 0


def test_its_drive_is_nobody_elses(dos_factory: type[Dos], dos: Dos, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is a drive Z: already"):
        dos_factory(drives="CZ")
    with pytest.raises(ValueError, match="drive Z: is not empty"):
        dos.mount("Z", tmp_path)


def test_its_calls_are_those_of_a_program(dos: Dos) -> None:
    dos.path("X").write_text("hello")

    result = dos.run("COMMAND.COM", "/C type x")

    calls = [(call.name, call.arguments.get("path")) for call in result.calls]
    assert ("open", "X") in calls
    assert [call.arguments["data"] for call in result.calls if call.name == "write"] == [b"hello"]
    assert [name for name, _ in calls][-1] == "end_program"


def test_nobody_else_may_ask_for_its_calls(dos: Dos) -> None:
    result = dos.run(bytes.fromhex("f8 cdeb 7205 b8004c cd21 b8014c cd21"))

    assert result.exit_code == 1


# -- finding programs ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("prog", 1),
        ("PROG.COM", 1),
        ("prog.exe", 2),
        ("other", 2),
        (".\\prog", 1),
        ("c:prog", 1),
        ("c:\\sub\\prog", 3),
        ("sub\\prog.com", 3),
        ("deep", 4),
        ("far", 5),
        ("prog/x", 1),
        ("prog,x", 1),
    ],
)
def test_programs_are_searched(dos: Dos, typed: str, code: int) -> None:
    for name in ("SUB", "BIN", r"BIN\DEEP"):
        dos.path(name).mkdir()
    for name, status in {
        "PROG.COM": 1,
        "PROG.EXE": 2,
        "OTHER.EXE": 2,
        r"SUB\PROG.COM": 3,
        r"BIN\DEEP.COM": 4,
        r"BIN\DEEP\FAR.COM": 5,
        r"BIN\PROG.COM": 9,
    }.items():
        dos.path(name).write_bytes(exit_with(status))

    result = dos.run(
        "COMMAND.COM", f"/C {typed}", env={"PATH": "C:\\NOSUCH;Z:\\;C:\\BIN;C:\\BIN\\DEEP\\;Q:\\"}
    )

    assert (result.exit_code, result.stderr) == (code, b"")


@pytest.mark.parametrize(
    "typed",
    [
        "nosuch",
        "nosuch.com",
        "x.txt",
        "x",
        "sub",
        "sub\\prog",
        "q:\\prog",
        "pro*",
        "p?og",
        "\\",
        ".",
    ],
)
def test_what_is_no_program(dos: Dos, typed: str) -> None:
    dos.path("SUB").mkdir()
    dos.path("X.TXT").write_text("x")
    dos.path("PROG.COM").write_bytes(exit_with(0))

    result = dos.run("COMMAND.COM", f"/C {typed}")

    assert (result.exit_code, result.stderr) == (0, b"Bad command or file name\r\n")


def test_a_run_finds_programs_as_the_shell_does(dos: Dos) -> None:
    dos.path("X.BAT").write_text("@echo batch\n")
    with pytest.raises(ProgramNotFound, match=r"looked for NOSUCH\.COM, NOSUCH\.EXE, NOSUCH\.BAT"):
        dos.run("NOSUCH")
    assert dos.run("X").output.startswith("batch\n")

    dos.path("X.EXE").write_bytes(exit_with(3))
    assert dos.run("X").exit_code == 3


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (bytes(0x10000), "Program too big to fit in memory"),
        (b"MZ" + bytes(10), "Error in EXE file"),
        (
            b"MZ\0\0\x01\0\0\0\x02\0\xff\xff\xff\xff" + bytes(498),
            "Program too big to fit in memory",
        ),
    ],
    ids=["too large", "cut off", "greedy"],
)
def test_programs_that_cannot_be_loaded(dos: Dos, image: bytes, message: str) -> None:
    dos.path("PROG.COM").write_bytes(image)

    result = dos.run("COMMAND.COM", "/C prog")

    assert (result.exit_code, result.stderr.decode()) == (0, f"{message}\r\n")


# -- what programs get ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tail", "[] [0           ] [0           ]"),
        ("tail one two", "[ one two] [0ONE        ] [0TWO        ]"),
        ("tail  A:x.y c:*.c", "[  A:x.y c:*.c] [1X       Y  ] [3????????C  ]"),
        ("tail/opt a", "[/opt a] [0           ] [0A          ]"),
        ("tail=a", "[=a] [0A          ] [0           ]"),
        ("lh tail a", "[ a] [0A          ] [0           ]"),
    ],
)
def test_the_command_tail(
    install: Install, command: Callable[..., ProgramResult], line: str, expected: str
) -> None:
    install("tail.com")

    assert command(line).output == f"{expected}\n"


def test_the_environment_and_the_program_name(dos: Dos, install: Install) -> None:
    """PARENT.COM and its child show what they find; here COMMAND.COM is the grandparent."""
    install("parent.com", "child.com")

    direct = dos.run("PARENT.COM")
    result = dos.run("COMMAND.COM", "/C parent")

    assert result.output == direct.output
    assert result.exit_code == direct.exit_code


def test_programs_have_nearly_all_memory(dos: Dos, command: Callable[..., ProgramResult]) -> None:
    """The shell keeps 6 KiB and its environment."""
    largest = bytes.fromhex(
        "bbffff b448 cd21 bb1000 b44a cd21 bbffff b448 cd21 89d8 b106 d3e8 b44c cd21"
    )
    dos.path("MEM.COM").write_bytes(largest)

    assert 0 <= dos.run("MEM.COM").exit_code - command("mem").exit_code & 0xFF <= 8


# -- who starts it -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "output", "code"),
    [
        ("echo hi", "hi\n", 0),
        ("status 9", "", 9),
        ("nosuch", "", 0),
        ("echo text|upper", "TEXT\n", 0),
        ("status 3 > out", "", 3),
        ("t 5", "batch 5\n", 5),
    ],
)
def test_programs_start_it_as_a_c_library_does(
    dos: Dos, install: Install, line: str, output: str, code: int
) -> None:
    install("system.com", "status.com", "upper.com")
    dos.path("T.BAT").write_text("@echo off\necho batch %1\nstatus %1\n")

    result = dos.run("SYSTEM.COM", line)

    assert (result.output, result.exit_code) == (output, code)


def test_shells_in_shells(command: Callable[..., ProgramResult], install: Install) -> None:
    install("status.com")

    assert command("command /c command /c command /c status 4").exit_code == 4


def test_shells_in_shells_until_memory_is_used_up(dos: Dos) -> None:
    dos.path("T.BAT").write_text("@echo off\ncommand /c t\n")

    result = dos.run("T.BAT")

    assert b"Program too big to fit in memory\r\n" in result.stderr or result.exit_code == 8
    assert dos.run("T.BAT").stderr == result.stderr, "all of it is given back"


def test_interrupt_2e_executes_a_command(dos: Dos, install: Install) -> None:
    install("interpret.com", "status.com")

    assert dos.run("INTERPRET.COM", "echo hi").output == "hi\n"
    assert dos.run("INTERPRET.COM", "status 3").exit_code == 0


def test_interrupt_2e_works_in_the_environment_of_the_shell(dos: Dos, install: Install) -> None:
    install("interpret.com")
    dos.path("T.BAT").write_text("@echo off\ninterpret set new=value\necho %new%\n")

    assert dos.run("T.BAT").output == "value\n"


def test_interrupt_2e_without_memory(dos: Dos) -> None:
    """A program that has kept all memory for itself is told so: AX=FFFFh."""
    result = dos.run(bytes.fromhex("be8000 cd2e b44c cd21"))

    assert result.exit_code == 0xFF


def test_a_shell_of_ones_own(dos: Dos) -> None:
    dos.path("MYSHELL.COM").write_bytes(exit_with(42))
    dos.path("T.BAT").write_text("@echo not by this one\n")

    assert dos.run("T.BAT", env={"COMSPEC": "C:\\MYSHELL.COM"}).exit_code == 42
    assert dos.run("T.BAT", env={"COMSPEC": "C:\\NOSUCH.COM"}).output.startswith("not by")


# -- commands from standard input ----------------------------------------------------------------


def test_commands_come_from_standard_input(dos: Dos, install: Install) -> None:
    install("status.com")

    result = dos.run("COMMAND.COM", stdin="echo one\ncd\n\nstatus 8\n")

    assert answers(result) == ["echo one", "one", "cd", "C:\\", "status 8"]
    assert result.exit_code == 8
    assert result.output.startswith("\nC:\\>echo one")


def test_commands_are_typed(dos: Dos) -> None:
    result = dos.run("COMMAND.COM", keys="echo one{enter}exit{enter}")

    assert answers(result) == ["echo one", "one", "exit"]


def test_a_shell_that_nobody_types_to_waits(dos: Dos) -> None:
    with pytest.raises(KeyboardStarved, match="waits for a key"):
        dos.run("COMMAND.COM", keys="echo one{enter}")


def test_ctrl_c_gives_up_the_line(dos: Dos) -> None:
    result = dos.run("COMMAND.COM", keys="echo on{ctrl-c}echo two{enter}exit{enter}")

    assert "one" not in result.output
    assert answers(result)[-2:] == ["two", "exit"]


def test_batch_files_return_to_the_prompt(dos: Dos) -> None:
    dos.path("T.BAT").write_text("@echo off\necho in batch\n")

    result = dos.run("COMMAND.COM", stdin="t\necho behind\n")

    assert answers(result) == ["t", "in batch", "echo behind", "behind"]


def test_without_echo_there_is_no_prompt(dos: Dos) -> None:
    result = dos.run("COMMAND.COM", stdin="echo off\necho one\n")

    assert result.output.count(">") == 1


def test_programs_read_what_follows_their_name(dos: Dos, install: Install) -> None:
    install("upper.com")

    assert answers(dos.run("COMMAND.COM", stdin="upper\nmore text\n"))[-1] == "MORE TEXT"


# -- critical errors -----------------------------------------------------------------------------


@pytest.fixture
def floppy(dos: Dos) -> None:
    """A drive A: without a disk."""
    dos.drives.add("A").fault = ErrorCode.DRIVE_NOT_READY


@pytest.mark.usefixtures("floppy")
def test_the_user_is_asked_what_to_do(command: Callable[..., ProgramResult]) -> None:
    result = command("type a:x", keys="f")

    assert "Not ready reading drive A\r\nAbort, Retry, Fail? f" in result.stderr.decode()
    assert b"Fail on INT 24 - A:X" in result.stderr


@pytest.mark.usefixtures("floppy")
@pytest.mark.parametrize("line", ["type a:x", "dir a:", "copy t.bat a:", "cd a:x", "del a:x"])
def test_abort_gives_up_the_command_and_not_the_shell(dos: Dos, line: str) -> None:
    dos.path("T.BAT").write_text(f"@echo off\n{line}\necho behind\n")

    result = dos.run("T.BAT", keys="aaaaa")

    assert b"Abort" in result.stderr
    assert b"Terminate batch job" not in result.stderr
    assert result.output.endswith("behind\n")


@pytest.mark.usefixtures("floppy")
def test_abort_ends_a_program_that_the_shell_runs(dos: Dos) -> None:
    name = b"A:X\0"
    dos.path("READ.COM").write_bytes(bytes.fromhex("ba0d01 b8003d cd21 b8094c cd21") + name)
    dos.path("T.BAT").write_text("@echo off\nread\nif errorlevel 1 echo failed\necho behind\n")

    aborted = dos.run("T.BAT", keys="a")
    failed = dos.run("T.BAT", keys="f")

    assert aborted.output == "behind\n"
    assert failed.output == "failed\nbehind\n"


@pytest.mark.usefixtures("floppy")
def test_without_keys_it_is_aborted(command: Callable[..., ProgramResult]) -> None:
    result = command("dir a:")

    assert result.termination is Termination.NORMAL
    assert b"Not ready reading drive A" in result.stderr


def test_a_shell_ends_normally(command: Callable[..., ProgramResult]) -> None:
    assert command("echo hi").termination is Termination.NORMAL
