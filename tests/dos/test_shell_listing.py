"""DIR and VOL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from pytest_almostism import Dos

moment = datetime.fromisoformat

Lines = Callable[[str], list[str]]


@pytest.fixture
def lines(dos: Dos) -> Lines:
    """The lines that a command writes."""
    return lambda line: dos.run("COMMAND.COM", f"/C {line}").output.splitlines()


@pytest.fixture
def files(dos: Dos) -> None:
    dos.clock.time = moment("1991-04-09 17:05")
    dos.path("DOS").mkdir()
    dos.clock.time = moment("1991-04-09 05:00")
    dos.path("FORMAT.COM").write_bytes(bytes(47845))
    dos.clock.time = moment("2000-12-31 12:30")
    dos.path("NOTES").write_bytes(b"hi")
    dos.clock.time = moment("1999-01-02 00:01")
    dos.path(r"DOS\SORT.EXE").write_bytes(b"MZ")


@pytest.mark.usefixtures("files")
def test_dir(lines: Lines) -> None:
    assert lines("dir")[:-1] == [
        "",
        " Volume in drive C has no label",
        " Directory of C:\\",
        "",
        "DOS          <DIR>     04-09-91   5:05p",
        "FORMAT   COM     47845 04-09-91   5:00a",
        "NOTES                2 12-31-00  12:30p",
        "        3 file(s)      47847 bytes",
    ]


@pytest.mark.usefixtures("files")
def test_the_free_space_is_that_of_the_drive(dos: Dos, lines: Lines) -> None:
    free = lines("dir")[-1]

    assert free.endswith(" bytes free")
    assert len(free) == 28 + len(" bytes free")
    assert dos.drives["C"].free - 8192 < int(free.split()[0]) <= dos.drives["C"].free


@pytest.mark.usefixtures("files")
def test_dir_of_a_directory_shows_where_it_is(lines: Lines) -> None:
    for line in ("dir dos", "dir c:\\dos\\*.*", "dir dos\\.", "dir .\\dos"):
        shown = lines(line)
        assert shown[2] == " Directory of C:\\DOS"
        assert [entry[:16].rstrip() for entry in shown[4:7]] == [
            ".            <DI",
            "..           <DI",
            "SORT     EXE",
        ]


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("dir /b", ["DOS", "FORMAT.COM", "NOTES"]),
        ("dir/b", ["DOS", "FORMAT.COM", "NOTES"]),
        ("dir /b *.com", ["FORMAT.COM"]),
        ("dir /b .com", ["FORMAT.COM"]),
        ("dir /b format", ["FORMAT.COM"]),
        ("dir /b notes", ["NOTES"]),
        ("dir /b *.", ["DOS", "NOTES"]),
        ("dir /b ?????", ["DOS", "NOTES"]),
        ("dir /b dos", ["SORT.EXE"]),
        ("dir /b/s *.exe", ["C:\\DOS\\SORT.EXE"]),
        ("dir /b /l", ["dos", "format.com", "notes"]),
        ("dir /b /a:d", ["DOS"]),
        ("dir /b /ad", ["DOS"]),
        ("dir /b /a-d", ["FORMAT.COM", "NOTES"]),
        ("dir /b /o:n", ["DOS", "FORMAT.COM", "NOTES"]),
        ("dir /b /o-n", ["NOTES", "FORMAT.COM", "DOS"]),
        ("dir /b /o:s", ["DOS", "NOTES", "FORMAT.COM"]),
        ("dir /b /od", ["FORMAT.COM", "DOS", "NOTES"]),
        ("dir /b /o:-ge", ["NOTES", "FORMAT.COM", "DOS"]),
        ("dir /b /o", ["DOS", "FORMAT.COM", "NOTES"]),
        ("dir /p /b", ["DOS", "FORMAT.COM", "NOTES"]),
    ],
)
def test_options(lines: Lines, line: str, expected: list[str]) -> None:
    assert lines(line) == expected


@pytest.mark.usefixtures("files")
def test_dir_w(lines: Lines) -> None:
    assert lines("dir /w")[4:6] == [
        "[DOS]           FORMAT.COM      NOTES",
        "        3 file(s)      47847 bytes",
    ]


def test_dir_w_has_five_columns(dos: Dos, lines: Lines) -> None:
    for n in range(7):
        dos.path(f"F{n}").write_bytes(b"x")

    assert [line.split() for line in lines("dir /w")[4:6]] == [
        ["F0", "F1", "F2", "F3", "F4"],
        ["F5", "F6"],
    ]


@pytest.mark.usefixtures("files")
def test_dir_s_lists_what_is_below(lines: Lines) -> None:
    shown = lines("dir /s")

    assert " Directory of C:\\" in shown
    assert " Directory of C:\\DOS" in shown
    assert shown[-3:-1] == ["Total files listed:", "        6 file(s)      47849 bytes"]


@pytest.mark.usefixtures("files")
def test_hidden_files_are_hidden(dos: Dos, lines: Lines) -> None:
    dos.path("NOTES").attributes |= 2

    assert lines("dir /b") == ["DOS", "FORMAT.COM"]
    assert lines("dir /b /a") == ["DOS", "FORMAT.COM", "NOTES"]
    assert lines("dir /b /ah") == ["NOTES"]


@pytest.mark.usefixtures("files")
def test_dircmd_presets_options(dos: Dos) -> None:
    result = dos.run("COMMAND.COM", "/C dir", env={"DIRCMD": "/b /o-n"})
    back = dos.run("COMMAND.COM", "/C dir /-b", env={"DIRCMD": "/b"})

    assert result.output.split() == ["NOTES", "FORMAT.COM", "DOS"]
    assert " Directory of C:\\" in back.output


@pytest.mark.parametrize("line", ["dir", "dir nosuch", "dir *.x", "dir con"])
def test_nothing_found(dos: Dos, line: str) -> None:
    result = dos.run("COMMAND.COM", f"/C {line}")

    assert result.stderr == b"File not found\r\n"
    assert " Directory of C:\\\n" in result.output
    assert result.output.endswith(" bytes free\n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("dir nodir\\x", "Path not found"),
        ("dir /x", "Invalid switch - /X"),
        ("dir /a:x", "Invalid switch - /A:X"),
        ("dir /o:x", "Invalid switch - /O:X"),
        ("dir /b *.x", "File not found"),
        ("vol nonsense", "Invalid parameter"),
        ("vol q:", "Invalid drive specification"),
    ],
)
def test_complaints(dos: Dos, line: str, message: str) -> None:
    assert dos.run("COMMAND.COM", f"/C {line}").stderr.decode() == f"{message}\r\n"


def test_labels(dos: Dos, lines: Lines) -> None:
    dos.drives.add("L", label="WORK DISK")

    assert lines("vol l:") == ["", " Volume in drive L is WORK DISK"]
    assert lines("dir l:")[1] == " Volume in drive L is WORK DISK"
    assert lines("vol") == ["", " Volume in drive C has no label"]
