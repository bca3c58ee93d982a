"""COPY: files, patterns, devices, and several files into one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos, ProgramResult

moment = datetime.fromisoformat

Copy = Callable[..., ProgramResult]


@pytest.fixture
def copy(dos: Dos) -> Copy:
    """Executes a COPY."""
    return lambda line, **more: dos.run("COMMAND.COM", f"/C copy {line}", **more)


@pytest.fixture(autouse=True)
def files(dos: Dos) -> None:
    dos.path("SUB").mkdir()
    for name in ("A.TXT", "B.TXT", "A.DAT"):
        dos.path(name).write_bytes(f"<{name}>".encode())


def test_a_file(dos: Dos, copy: Copy) -> None:
    result = copy("a.txt new.txt")

    assert result.output == "        1 file(s) copied\n"
    assert dos.path("NEW.TXT").read_bytes() == b"<A.TXT>"


def test_into_a_directory(dos: Dos, copy: Copy) -> None:
    assert copy("a.txt sub").output == "        1 file(s) copied\n"
    assert dos.path(r"SUB\A.TXT").read_bytes() == b"<A.TXT>"


def test_into_the_current_directory(dos: Dos, copy: Copy) -> None:
    dos.path(r"SUB\X").write_bytes(b"x")

    copy("sub\\x")

    assert dos.path("X").read_bytes() == b"x"


@pytest.mark.parametrize("target", ["sub", "sub\\*.*", "c:sub", "c:\\sub\\", ".\\sub"])
def test_patterns(dos: Dos, copy: Copy, target: str) -> None:
    result = copy(f"*.txt {target}")

    assert result.output == "A.TXT\nB.TXT\n        2 file(s) copied\n"
    assert [path.name for path in dos.path("SUB").iterdir()] == ["A.TXT", "B.TXT"]


def test_patterns_in_the_target_rename(dos: Dos, copy: Copy) -> None:
    copy("*.txt sub\\?2.bak")

    assert [path.name for path in dos.path("SUB").iterdir()] == ["A2.BAK", "B2.BAK"]


def test_a_directory_means_all_its_files(dos: Dos, copy: Copy) -> None:
    copy("*.txt sub")
    dos.path("OTHER").mkdir()

    assert copy("sub other").output == "SUB\\A.TXT\nSUB\\B.TXT\n        2 file(s) copied\n"
    assert dos.path(r"OTHER\B.TXT").read_bytes() == b"<B.TXT>"


def test_a_copy_has_the_time_of_its_original(dos: Dos, copy: Copy) -> None:
    written = dos.path("A.TXT").stat().modified
    dos.clock.time = moment("1999-12-31 12:00")

    copy("a.txt new.txt")

    assert dos.path("NEW.TXT").stat().modified == written


def test_joined_files_have_the_time_of_now(dos: Dos, copy: Copy) -> None:
    dos.clock.time = moment("1999-12-31 12:00")

    copy("a.txt+b.txt new.txt")

    assert dos.path("NEW.TXT").stat().modified == dos.clock.now()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a.txt+b.txt new", b"<A.TXT><B.TXT>\x1a"),
        ("a.txt + b.txt + a.dat new", b"<A.TXT><B.TXT><A.DAT>\x1a"),
        ("/b a.txt+b.txt new", b"<A.TXT><B.TXT>"),
        ("a.txt+b.txt new /b", b"<A.TXT><B.TXT>"),
        ("*.txt new", b"<A.TXT><B.TXT>\x1a"),
        ("*.txt+a.dat new", b"<A.TXT><B.TXT><A.DAT>\x1a"),
        ("a.txt+nosuch+b.txt new", b"<A.TXT><B.TXT>\x1a"),
    ],
)
def test_several_into_one(dos: Dos, copy: Copy, line: str, expected: bytes) -> None:
    assert copy(line).output.endswith("\n        1 file(s) copied\n")
    assert dos.path("NEW").read_bytes() == expected


def test_several_into_the_first(dos: Dos, copy: Copy) -> None:
    dos.path("A.TXT").write_bytes(b"one\x1arest")

    result = copy("a.txt+b.txt")

    assert result.output == "A.TXT\nB.TXT\n        1 file(s) copied\n"
    assert dos.path("A.TXT").read_bytes() == b"one<B.TXT>\x1a"


def test_pairs_are_joined_by_their_names(dos: Dos, copy: Copy) -> None:
    copy("*.txt+*.dat *.all")

    assert dos.path("A.ALL").read_bytes() == b"<A.TXT><A.DAT>\x1a"
    assert dos.path("B.ALL").read_bytes() == b"<B.TXT>\x1a"


def test_a_target_that_is_a_later_source_is_lost(dos: Dos, copy: Copy) -> None:
    result = copy("a.txt+b.txt b.txt")

    assert result.stderr == b"Content of destination lost before copy\r\n"
    assert dos.path("B.TXT").read_bytes() == b"<A.TXT>\x1a"


def test_texts_end_at_ctrl_z_and_binaries_do_not(dos: Dos, copy: Copy) -> None:
    dos.path("X").write_bytes(b"text\x1arest")

    copy("x plain")
    copy("/a x text")
    copy("x text2 /a")
    copy("/b x binary")

    assert dos.path("PLAIN").read_bytes() == b"text\x1arest"
    assert dos.path("TEXT").read_bytes() == b"text\x1a"
    assert dos.path("TEXT2").read_bytes() == b"text\x1arest\x1a"
    assert dos.path("BINARY").read_bytes() == b"text\x1arest"


def test_empty_files_are_not_copied(dos: Dos, copy: Copy) -> None:
    """As in DOS before Windows 95: nothing is made of them, and nothing left of the target."""
    dos.path("EMPTY").write_bytes(b"")
    dos.path("OLD").write_bytes(b"old")

    assert copy("empty old").output == "        0 file(s) copied\n"
    assert not dos.path("OLD").exists()


def test_to_the_console(copy: Copy) -> None:
    assert copy("a.txt con").output.startswith("        1 file(s) copied")


def test_from_the_console(dos: Dos, copy: Copy) -> None:
    copy("con new.txt", keys="first{enter}second{enter}{ctrl-z}{enter}")

    assert dos.path("NEW.TXT").read_bytes() == b"first\r\nsecond\r\n"


def test_to_nowhere(dos: Dos, copy: Copy) -> None:
    assert copy("*.txt nul").output == "A.TXT\nB.TXT\n        2 file(s) copied\n"
    assert not dos.path("NUL").exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nosuch x", "File not found - NOSUCH"),
        ("*.xyz x", "File not found - *.XYZ"),
        ("nodir\\a x", "Path not found - NODIR\\A"),
        ("a.txt nodir\\x", "Path not found - NODIR\\X"),
        ("a.txt", "File cannot be copied onto itself"),
        ("a.txt c:\\a.txt", "File cannot be copied onto itself"),
        ("a.txt .\\sub\\..\\A.TXT", "File cannot be copied onto itself"),
        ("a.txt+", "File cannot be copied onto itself"),
        ("", "Required parameter missing"),
        ("a b c", "Too many parameters - C"),
        ("a.txt b.txt+c", "Too many parameters - C"),
        ("a.txt x /q", "Invalid switch - /Q"),
        ("/b con x", "Cannot do binary reads from a device"),
    ],
)
def test_complaints(dos: Dos, copy: Copy, line: str, message: str) -> None:
    result = copy(line)

    assert result.stderr.decode() == f"{message}\r\n"
    assert result.exit_code == 0
    assert dos.path("A.TXT").read_bytes() == b"<A.TXT>"


def test_protected_targets_stay(dos: Dos, copy: Copy) -> None:
    dos.path("B.TXT").attributes |= 1

    assert copy("a.txt b.txt").stderr == b"Access denied - B.TXT\r\n"
    assert dos.path("B.TXT").read_bytes() == b"<B.TXT>"


def test_a_full_disk(dos: Dos) -> None:
    dos.drives.add("S", capacity=1000)
    dos.path("BIG").write_bytes(bytes(5000))

    result = dos.run("COMMAND.COM", "/C copy big s:")

    assert result.stderr == b"Insufficient disk space\r\n"
    assert result.output == "        0 file(s) copied\n"
    assert list(dos.path("S:\\").iterdir()) == []


@given(data=st.binary(min_size=1, max_size=20_000))
def test_copies_are_exact(data: bytes) -> None:
    with Dos() as dos:
        dos.path("X").write_bytes(data)

        dos.run("COMMAND.COM", "/C copy x y")

        assert dos.path("Y").read_bytes() == data


def test_copies_that_fail_leave_no_files_open(dos: Dos) -> None:
    lines = ["copy a.txt nodir\\x"] * 30
    dos.path("T.BAT").write_text("\n".join(("@echo off", *lines, "copy a.txt x")))

    assert dos.run("T.BAT").output.endswith("        1 file(s) copied\n")


def test_names_that_are_too_long_are_cut(dos: Dos, copy: Copy) -> None:
    dos.path("LONGNAME.TXT").write_bytes(b"data\x1amore")

    assert copy("longname1.txtx copied").output == "        1 file(s) copied\n"
    assert dos.path("COPIED").read_bytes() == b"data\x1amore"


def test_a_file_is_given_the_time_of_now(dos: Dos, copy: Copy) -> None:
    dos.clock.time = moment("1999-12-31 12:00")

    assert copy("/b a.txt+,,").output == "A.TXT\n        1 file(s) copied\n"
    assert dos.path("A.TXT").read_bytes() == b"<A.TXT>"
    assert dos.path("A.TXT").stat().modified == dos.clock.now()
