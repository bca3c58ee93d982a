"""COMMAND.COM's commands on files and directories: DEL, REN, TYPE, CD, MD, RD, TRUENAME."""

from __future__ import annotations

from typing import Protocol

import pytest

from pytest_almostism import Dos, ProgramResult


class Command(Protocol):
    def __call__(self, line: str, *, stdin: str = "", keys: str = "") -> ProgramResult: ...


@pytest.fixture
def command(dos: Dos) -> Command:
    """Executes one command by COMMAND /C."""

    def command(line: str, *, stdin: str = "", keys: str = "") -> ProgramResult:
        return dos.run("COMMAND.COM", f"/C {line}", stdin=stdin, keys=keys)

    return command


@pytest.fixture
def files(dos: Dos) -> None:
    """Some files on C: and in C:\\SUB."""
    dos.path("SUB").mkdir()
    for name in ("A.TXT", "B.TXT", "C.DAT", r"SUB\D.TXT"):
        dos.path(name).write_text(f"this is {name}\n")


def names(dos: Dos, directory: str = "C:\\") -> list[str]:
    return [path.name for path in dos.path(directory).iterdir()]


def complaint(result: ProgramResult) -> str:
    assert result.exit_code == 0, "internal commands leave the errorlevel alone"
    return result.stderr.decode("cp437").replace("\r\n", "\n")


# -- deleting ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("del a.txt", ["SUB", "B.TXT", "C.DAT"]),
        ("ERASE *.txt", ["SUB", "C.DAT"]),
        ("del ?.*", ["SUB"]),
        ("del c:\\c.dat", ["SUB", "A.TXT", "B.TXT"]),
    ],
)
def test_del(dos: Dos, command: Command, line: str, left: list[str]) -> None:
    result = command(line)

    assert (result.output, result.stderr) == ("", b"")
    assert names(dos) == left


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("line", ["del *.*", "del .", "del c:\\", "del ????????.???"])
def test_del_asks_before_it_deletes_everything(dos: Dos, command: Command, line: str) -> None:
    refused = command(line, stdin="n\n")
    kept = names(dos)
    accepted = command(line, stdin="what?\n\ny\n")

    question = "All files in directory will be deleted!\nAre you sure (Y/N)?"
    assert refused.output.startswith(question)
    assert accepted.output.count(question) == 3
    assert kept == ["SUB", "A.TXT", "B.TXT", "C.DAT"]
    assert names(dos) == ["SUB"]


@pytest.mark.usefixtures("files")
def test_the_end_of_the_input_means_no(dos: Dos, command: Command) -> None:
    assert command("del sub").output.startswith("All files in directory will be deleted!")
    assert names(dos, "SUB") == ["D.TXT"]


@pytest.mark.usefixtures("files")
def test_the_answer_may_be_typed(dos: Dos, command: Command) -> None:
    command("del sub", keys="y{enter}")

    assert names(dos, "SUB") == []


def test_a_star_alone_means_names_without_extension(dos: Dos, command: Command) -> None:
    dos.path("PLAIN").write_text("x")
    dos.path("A.TXT").write_text("x")

    assert command("del *").output == ""
    assert names(dos) == ["A.TXT"]


@pytest.mark.usefixtures("files")
def test_del_p_asks_for_every_file(dos: Dos, command: Command) -> None:
    result = command("del *.txt /p", stdin="y\nn\n")

    assert "C:\\A.TXT,    Delete (Y/N)?" in result.output
    assert "C:\\B.TXT,    Delete (Y/N)?" in result.output
    assert names(dos) == ["SUB", "B.TXT", "C.DAT"]


@pytest.mark.usefixtures("files")
def test_del_leaves_protected_files_and_says_so(dos: Dos, command: Command) -> None:
    dos.path("A.TXT").attributes |= 1

    assert complaint(command("del *.txt")) == "Access denied\n"
    assert names(dos) == ["SUB", "A.TXT", "C.DAT"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("del nosuch.txt", "File not found"),
        ("del *.xyz", "File not found"),
        ("del nodir\\x", "Path not found"),
        ("del c:", "File not found"),
        ("del", "Required parameter missing"),
        ("del a b", "Too many parameters - B"),
        ("del /x", "Invalid switch - /X"),
    ],
)
def test_what_del_complains_about(command: Command, line: str, message: str) -> None:
    assert complaint(command(line)) == f"{message}\n"


# -- renaming ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("line", "directory", "expected"),
    [
        ("ren a.txt new.txt", "C:\\", ["SUB", "B.TXT", "C.DAT", "NEW.TXT"]),
        ("rename *.txt *.bak", "C:\\", ["SUB", "C.DAT", "A.BAK", "B.BAK"]),
        ("ren sub\\d.txt e.*", "SUB", ["E.TXT"]),
        ("ren ?.txt ?2.*", "C:\\", ["SUB", "C.DAT", "A2.TXT", "B2.TXT"]),
    ],
)
def test_ren(dos: Dos, command: Command, line: str, directory: str, expected: list[str]) -> None:
    assert complaint(command(line)) == ""
    assert names(dos, directory) == expected


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ren nosuch x", "Duplicate file name or file not found"),
        ("ren a.txt b.txt", "Duplicate file name or file not found"),
        ("ren a.txt sub\\x", "Invalid filename or file not found"),
        ("ren a.txt d:x", "Invalid parameter"),
        ("ren a.txt", "Required parameter missing"),
        ("ren a b c", "Too many parameters - C"),
        ("ren nodir\\a b", "Path not found"),
    ],
)
def test_what_ren_complains_about(dos: Dos, command: Command, line: str, message: str) -> None:
    assert complaint(command(line)) == f"{message}\n"
    assert names(dos) == ["SUB", "A.TXT", "B.TXT", "C.DAT"]


# -- showing -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("files")
def test_type(command: Command) -> None:
    assert command("type a.txt").output == "this is A.TXT\n"


def test_type_stops_at_ctrl_z(dos: Dos, command: Command) -> None:
    dos.path("X").write_bytes(b"seen\x1aunseen")

    assert command("type x").output == "seen"


def test_type_shows_large_files_whole(dos: Dos, command: Command) -> None:
    data = bytes(range(0x20, 0x7F)) * 500
    dos.path("X").write_bytes(data)

    assert command("type x").stdout == data


def test_type_of_a_file_to_itself_ends(dos: Dos, command: Command) -> None:
    dos.path("X").write_bytes(b"12345678" * 1000)

    command("type x >> x")

    assert dos.path("X").read_bytes() == b"12345678" * 2000


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("type nosuch", "File not found - NOSUCH"),
        ("type nodir\\x", "Path not found - NODIR\\X"),
        ("type *.txt", "Invalid filename or file not found"),
        ("type", "Required parameter missing"),
        ("type a b", "Too many parameters - B"),
    ],
)
def test_what_type_complains_about(command: Command, line: str, message: str) -> None:
    assert complaint(command(line)) == f"{message}\n"


# -- directories ---------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["cd", "CHDIR"])
def test_cd_shows_where_one_is(dos: Dos, command: Command, word: str) -> None:
    dos.path("SUB").mkdir()
    dos.path(r"SUB\DEEP").mkdir()

    assert command(word).output == "C:\\\n"
    assert command(f"{word} c:").output == "C:\\\n"

    command(f"{word} sub\\deep")
    assert command(word).output == "C:\\SUB\\DEEP\n"

    command("cd..")
    assert command(word).output == "C:\\SUB\n"

    command("cd\\")
    assert command(word).output == "C:\\\n"


def test_md_and_rd(dos: Dos, command: Command) -> None:
    assert complaint(command("md one")) == ""
    assert complaint(command("mkdir one\\two")) == ""
    assert dos.path(r"ONE\TWO").is_dir()

    assert complaint(command("rmdir one\\two")) == ""
    assert complaint(command("rd one")) == ""
    assert names(dos) == []


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("cd nosuch", "Invalid directory"),
        ("cd a.txt", "Invalid directory"),
        ("cd *", "Invalid directory"),
        ("cd ..", "Invalid directory"),
        ("cd a b", "Too many parameters - B"),
        ("md sub", "Directory already exists"),
        ("md a.txt", "Unable to create directory"),
        ("md no\\such", "Unable to create directory"),
        ("md", "Required parameter missing"),
        ("rd nosuch", "Invalid path, not directory,\nor directory not empty"),
        ("rd sub", "Invalid path, not directory,\nor directory not empty"),
        ("rd a.txt", "Invalid path, not directory,\nor directory not empty"),
    ],
)
def test_what_directories_complain_about(command: Command, line: str, message: str) -> None:
    assert complaint(command(line)) == f"{message}\n"


def test_rd_does_not_saw_off_its_branch(dos: Dos, command: Command) -> None:
    dos.path("SUB").mkdir()
    command("cd sub")

    result = command("rd c:\\sub")

    assert complaint(result) == "Attempt to remove current directory - C:\\SUB\n"


def test_truename(dos: Dos, command: Command) -> None:
    dos.path("SUB").mkdir()

    assert command("truename sub\\..\\x.y").output == "\nC:\\X.Y\n"
    assert command("truename").output == "\nC:\\\n"


# -- drives --------------------------------------------------------------------------------------


def test_drives_are_changed_by_their_letters(dos_factory: type[Dos]) -> None:
    dos = dos_factory(drives="CD")
    dos.path("D:\\T.BAT").write_text("@echo here\n")
    dos.path("C:\\T.BAT").write_text("@echo off\nd:\ncd\nt\n")

    assert dos.run("T.BAT").output == "D:\\\nhere\n"


@pytest.mark.parametrize("line", ["q:", "Q:\\", "dir q:"])
def test_a_drive_that_there_is_not(command: Command, line: str) -> None:
    assert complaint(command(line)) == "Invalid drive specification\n"


def test_the_drive_of_the_shell_is_read_only(dos: Dos, command: Command) -> None:
    assert complaint(command("del z:\\command.com")) == "Access denied\n"
    assert complaint(command("echo x > z:\\x")) == "File creation error\n"
    assert dos.path(r"Z:\COMMAND.COM").is_file()
    assert names(dos, "Z:\\") == ["COMMAND.COM"]


def test_a_fresh_drive_c_is_empty(dos: Dos) -> None:
    assert names(dos) == []
    assert dos.journal.touched() == set()
