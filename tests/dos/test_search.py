"""INT 21h/4Eh and 4Fh: find first and find next, as a program calls them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode
from pytest_almostism.dos.names import matches, to_fcb_name

HIDDEN, SYSTEM, LABEL, DIRECTORY = 2, 4, 8, 0x10


class Found(NamedTuple):
    """The part of a disk transfer area that is for the program."""

    name: str
    attributes: int
    time: int
    date: int
    size: int


Search = Callable[..., list[Found]]


@pytest.fixture
def search(dos: Dos, program: Callable[[str], Path]) -> Search:
    """All that a search in a program finds."""
    return searcher(dos, program("find.com").read_bytes())


def searcher(dos: Dos, finder: bytes) -> Search:
    dos.path("FIND.COM").write_bytes(finder)
    dos.path("FIND.COM").attributes = 0x7  # hidden: searches do not find the finder

    def search(pattern: str, attributes: int = 0, *, delete: bool = False) -> list[Found]:
        result = dos.run("FIND", f"{attributes:02X}{'D' if delete else ''} {pattern}")
        assert result.exit_code == ErrorCode.NO_MORE_FILES
        return [found(result.stdout[at : at + 43]) for at in range(0, len(result.stdout), 43)]

    return search


def found(dta: bytes | bytearray) -> Found:
    name = dta[30:43].partition(b"\0")[0].decode("cp437")
    at = 21, 22, 24, 26, 30
    fields = [int.from_bytes(dta[a:b], "little") for a, b in itertools.pairwise(at)]
    return Found(name, *fields)


def names(entries: list[Found]) -> list[str]:
    return [entry.name for entry in entries]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.*", "A.TXT AB.TXT ABC.C README BIG.DAT"),
        ("*", "README"),
        ("????????.???", "A.TXT AB.TXT ABC.C README BIG.DAT"),
        ("*.", "README"),
        ("*.TXT", "A.TXT AB.TXT"),
        ("*.t*", "A.TXT AB.TXT"),
        ("A*.*", "A.TXT AB.TXT ABC.C"),
        ("A?.TXT", "A.TXT AB.TXT"),
        ("?B*.*", "AB.TXT ABC.C"),
        ("*B.TXT", "A.TXT AB.TXT"),  # what follows a star does not count
        ("README", "README"),
        (r"C:\A.TXT", "A.TXT"),
        (r"SUB\*.*", "IN.SUB"),
        (r"C:/SUB/I*.*", "IN.SUB"),
        ("NOTHING.*", ""),
    ],
)
def test_wildcards(dos: Dos, search: Search, pattern: str, expected: str) -> None:
    for name in "A.TXT AB.TXT ABC.C README BIG.DAT".split():
        dos.path(name).write_bytes(b"")
    dos.path("SUB").mkdir()
    dos.path(r"SUB\IN.SUB").write_bytes(b"")

    assert names(search(pattern)) == expected.split()


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        (0, "PLAIN ARCHIVE READONLY"),
        (0x21, "PLAIN ARCHIVE READONLY"),
        (HIDDEN, "PLAIN ARCHIVE READONLY HID"),
        (SYSTEM, "PLAIN ARCHIVE READONLY SYS"),
        (HIDDEN | SYSTEM, "PLAIN ARCHIVE READONLY HID SYS HIDSYS"),
        (DIRECTORY, "PLAIN ARCHIVE READONLY DIR"),
        (HIDDEN | DIRECTORY, "PLAIN ARCHIVE READONLY HID DIR HIDDIR"),
        (LABEL, "DISK"),
        (LABEL | DIRECTORY, "DISK PLAIN ARCHIVE READONLY DIR"),
    ],
)
def test_attributes(dos: Dos, search: Search, attributes: int, expected: str) -> None:
    dos.drives.add("D", label="DISK")
    kinds = {"PLAIN": 0, "ARCHIVE": 0x20, "READONLY": 1, "HID": 2, "SYS": 4, "HIDSYS": 6}
    for name, bits in kinds.items():
        dos.path(rf"D:\{name}").write_bytes(b"")
        dos.path(rf"D:\{name}").attributes = bits
    for name, bits in {"DIR": 0, "HIDDIR": 2}.items():
        dos.path(rf"D:\{name}").mkdir()
        dos.path(rf"D:\{name}").attributes = bits

    assert names(search(r"D:\*.*", attributes)) == expected.split()


def test_an_entry_has_attributes_time_and_size(dos: Dos, search: Search) -> None:
    dos.path("DIR").mkdir()
    dos.clock.advance(2 * 3600 + 3 * 60 + 5)
    dos.path("FILE.TXT").write_bytes(b"x" * 70_000)
    dos.path("FILE.TXT").attributes = 0x21
    date = 11 << 9 | 6 << 5 | 11

    assert search("*.*", DIRECTORY) == [
        Found("DIR", 0x10, 5 << 11, date, 0),
        Found("FILE.TXT", 0x21, 7 << 11 | 3 << 5 | 5 // 2, date, 70_000),
    ]


def test_directories_but_the_root_begin_with_dots(dos: Dos, search: Search) -> None:
    dos.path(r"SUB\DEEP").mkdir(parents=True)

    assert names(search(r"SUB\*.*", DIRECTORY)) == [".", "..", "DEEP"]
    assert names(search(r"SUB\*.*")) == []
    assert names(search(r"\*.*", DIRECTORY)) == ["SUB"]


def test_long_names_of_the_host_are_found_by_their_aliases(
    dos: Dos, search: Search, tmp_path: Path
) -> None:
    (tmp_path / "a long name.text").write_bytes(b"12345")
    dos.mount("H", tmp_path)

    (entry,) = search(r"H:\*.*")

    assert (entry.name, entry.size) == ("ALONGN~1.TEX", 5)


def test_files_are_deleted_while_they_are_searched(dos: Dos, search: Search) -> None:
    for n in range(40):
        dos.path(f"F{n}.TMP").write_bytes(b"")
    dos.path("KEPT.TXT").write_bytes(b"")

    assert len(search("*.TMP", delete=True)) == 40
    assert search("*.TMP") == []
    assert names(search("*.*")) == ["KEPT.TXT"]


def test_what_was_deleted_meanwhile_is_not_found(dos: Dos, guest: Any) -> None:
    for name in "A.TMP B.TMP C.TMP D.TMP".split():
        dos.path(name).write_bytes(b"")
    dta = bytearray(43)

    *_, second, third = guest(
        {"ax": 0x1A00, "dx": dta},
        {"ax": 0x4E00, "dx": b"*.TMP\0"},
        {"ax": 0x4100, "dx": b"B.TMP\0"},
        {"ax": 0x4100, "dx": b"D.TMP\0"},
        {"ax": 0x4F00},
        {"ax": 0x4F00},
    )

    assert (second.error, third.error) == (None, ErrorCode.NO_MORE_FILES)
    assert found(dta).name == "C.TMP"


def test_two_searches_in_two_dtas_do_not_disturb_each_other(dos: Dos, guest: Any) -> None:
    for name in "A.ONE B.ONE A.TWO B.TWO".split():
        dos.path(name).write_bytes(b"")
    one, two = bytearray(43), bytearray(43)

    answers = guest(
        {"ax": 0x1A00, "dx": one},
        {"ax": 0x4E00, "dx": b"*.ONE\0"},
        {"ax": 0x1A00, "dx": two},
        {"ax": 0x4E00, "dx": b"*.TWO\0"},
        {"ax": 0x1A00, "dx": one},
        {"ax": 0x4F00},
        {"ax": 0x1A00, "dx": two},
        {"ax": 0x4F00},
    )

    assert not any(answer.carry for answer in answers)
    assert [found(dta).name for dta in (one, two)] == ["B.ONE", "B.TWO"]


def test_a_search_goes_on_from_a_dta_that_was_copied(dos: Dos, guest: Any) -> None:
    for name in "A B C".split():
        dos.path(f"{name}.TMP").write_bytes(b"")
    dta = bytearray(43)
    guest({"ax": 0x1A00, "dx": dta}, {"ax": 0x4E00, "dx": b"*.TMP\0"})

    _, answer = guest({"ax": 0x1A00, "dx": dta}, {"ax": 0x4F00})

    assert (answer.error, found(dta).name) == (None, "B.TMP")


@pytest.mark.parametrize(
    ("pattern", "error"),
    [
        (rb"NOWHERE\*.*", ErrorCode.PATH_NOT_FOUND),
        (rb"F.TXT\*.*", ErrorCode.PATH_NOT_FOUND),
        (rb"Q:*.*", ErrorCode.PATH_NOT_FOUND),
        (rb"*.XYZ", ErrorCode.NO_MORE_FILES),
        (rb"C:\\", ErrorCode.NO_MORE_FILES),
    ],
)
def test_errors(
    dos: Dos,
    error_of: Callable[..., ErrorCode | None],
    pattern: bytes,
    error: ErrorCode,
) -> None:
    dos.path("F.TXT").write_bytes(b"")

    assert error_of(ax=0x4E00, dx=pattern + b"\0") is error


def test_going_on_with_a_search_that_never_began_finds_nothing(
    error_of: Callable[..., ErrorCode | None],
) -> None:
    assert error_of(ax=0x4F00) is ErrorCode.NO_MORE_FILES


NAMES = st.from_regex(r"[A-C]{1,3}(\.[A-C]{1,2})?", fullmatch=True)
PATTERNS = st.from_regex(r"[A-C?]{0,3}\*?(\.[A-C?]{0,2}\*?)?", fullmatch=True).filter(bool)


@given(st.sets(NAMES, max_size=6), PATTERNS)
def test_a_search_finds_the_names_that_match_in_their_order(
    program: Callable[[str], Path], present: set[str], pattern: str
) -> None:
    with Dos() as dos:
        for name in sorted(present):
            dos.path(name).write_bytes(b"")
        fcb_pattern = to_fcb_name(pattern)

        assert names(searcher(dos, program("find.com").read_bytes())(pattern)) == [
            name for name in sorted(present) if matches(fcb_pattern, to_fcb_name(name))
        ]
