"""INT 21h/13h, 17h: deleting and renaming by FCB, many files at once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode
from pytest_almostism.dos.names import from_fcb_name, matches, to_fcb_name

DELETE, RENAME = 0x1300, 0x1700
READ_ONLY, HIDDEN, DIRECTORY = 1, 2, 0x10
FAILED = 0xFF

ONE_MACHINE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def names(dos: Dos, directory: str = "C:\\") -> list[str]:
    """What is in a directory, in order."""
    return [path.name for path in dos.path(directory).iterdir() if path.suffix != ".COM"]


class TestDelete:
    def test_all_that_fit_are_deleted(self, dos: Dos, guest: Any, fcb: Any) -> None:
        for name in ("A.TMP", "B.TMP", "C.TXT"):
            dos.path(name).write_bytes(name.encode())

        (answer,) = guest({"ax": DELETE, "dx": fcb("????????TMP")})

        assert answer.ax == DELETE
        assert names(dos) == ["C.TXT"]
        assert bytes(dos.deleted["C:\\A.TMP"]) == b"A.TMP"
        assert bytes(dos.deleted["C:\\B.TMP"]) == b"B.TMP"

    @pytest.mark.parametrize("name", ["NOSUCH", "????????TMP", "CON", "", "A.TXT", "SUB"])
    def test_it_fails_if_there_is_nothing_to_delete(
        self, dos: Dos, guest: Any, fcb: Any, name: str
    ) -> None:
        dos.path("A.TXT").write_bytes(b"")
        dos.path("SUB").mkdir()

        assert guest({"ax": DELETE, "dx": fcb(name)})[0].al == FAILED
        assert names(dos) == ["A.TXT", "SUB"]

    @pytest.mark.parametrize(
        ("attributes", "left"),
        [
            (None, ["R.TMP", "H.TMP"]),
            (HIDDEN, ["R.TMP"]),
            (READ_ONLY, ["H.TMP"]),
            (HIDDEN | READ_ONLY, []),
        ],
    )
    def test_read_only_and_hidden_files_stay_unless_they_are_named(
        self, dos: Dos, guest: Any, fcb: Any, attributes: int | None, left: list[str]
    ) -> None:
        for name, bits in {"A.TMP": 0, "R.TMP": READ_ONLY, "H.TMP": HIDDEN}.items():
            dos.path(name).write_bytes(b"")
            dos.path(name).attributes = bits

        (answer,) = guest({"ax": DELETE, "dx": fcb("????????TMP", attributes=attributes)})

        assert answer.al == 0
        assert names(dos) == left

    def test_read_only_files_alone_are_refused(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.path("R.TMP").write_bytes(b"")
        dos.path("R.TMP").attributes = READ_ONLY

        assert guest({"ax": DELETE, "dx": fcb("????????TMP")})[0].al == FAILED

    def test_directories_are_never_deleted(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.path("SUB").mkdir()

        (answer,) = guest({"ax": DELETE, "dx": fcb("???????????", attributes=0x1F)})

        assert answer.al == 0  # the program itself
        assert names(dos) == ["SUB"]

    def test_nothing_is_deleted_on_a_read_only_drive(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.drives.add("D")
        dos.path("D:\\FOO").write_bytes(b"")
        dos.drives["D"].read_only = True

        assert guest({"ax": DELETE, "dx": fcb("FOO", 4)})[0].al == FAILED
        assert names(dos, "D:\\") == ["FOO"]


class TestRename:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("A       TXT", "B       DOC", "B.DOC AB.TXT ABC.C LONGNAME.TXT"),
            ("????????TXT", "????????BAK", "A.BAK AB.BAK ABC.C LONGNAME.BAK"),
            ("????????TXT", "X???????TXT", "X.TXT XB.TXT ABC.C XONGNAME.TXT"),
            ("????????TXT", "*       OLD", "A.OLD AB.OLD ABC.C LONGNAME.OLD"),
            ("????????TXT", "????Z   ???", "A___Z.TXT AB__Z.TXT ABC.C LONGZ.TXT"),
            ("a       txt", "b       txt", "B.TXT AB.TXT ABC.C LONGNAME.TXT"),
            ("ABC     C  ", "ABC        ", "A.TXT AB.TXT ABC LONGNAME.TXT"),
        ],
    )
    def test_question_marks_keep_what_the_old_name_has(
        self, dos: Dos, guest: Any, fcb: Any, old: str, new: str, expected: str
    ) -> None:
        dos.path("A.TXT").write_bytes(b"1")
        for name in ("AB.TXT", "ABC.C", "LONGNAME.TXT"):
            dos.path(name).write_bytes(b"")

        guest({"ax": RENAME, "dx": fcb(old, new=new)})

        assert sorted(names(dos)) == sorted(name.replace("_", " ") for name in expected.split())

    def test_contents_go_along_and_are_noted(self, dos: Dos, guest: Any, fcb: Any) -> None:
        dos.path("OLD").write_bytes(b"text")

        (answer,) = guest({"ax": RENAME, "dx": fcb("OLD", new="NEW")})

        assert answer.ax == RENAME
        assert dos.path("NEW").read_bytes() == b"text"
        assert "renamed" in [event.action for event in dos.path("NEW").history]

    def test_it_ends_at_the_first_name_that_is_taken(self, dos: Dos, guest: Any, fcb: Any) -> None:
        for name in ("A1.T", "A2.T", "A3.T", "B2.T"):
            dos.path(name).write_bytes(b"")

        (answer,) = guest({"ax": RENAME, "dx": fcb("A?      T", new="B?      T")})

        assert answer.al == FAILED
        assert sorted(names(dos)) == ["A2.T", "A3.T", "B1.T", "B2.T"]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("NOSUCH", "B"),
            ("A", "A"),
            ("A", ""),
            ("A", "B/C"),
            ("A", "CON"),
            ("A", "B.C"),
            ("", "B"),
            ("CON", "B"),
            ("SUB", "B"),
            ("HID", "B"),
        ],
    )
    def test_what_cannot_be_renamed_stays(
        self, dos: Dos, guest: Any, fcb: Any, old: str, new: str
    ) -> None:
        dos.path("A").write_bytes(b"")
        dos.path("HID").write_bytes(b"")
        dos.path("HID").attributes = HIDDEN
        dos.path("SUB").mkdir()

        assert guest({"ax": RENAME, "dx": fcb(old, new=new)})[0].al == FAILED
        assert names(dos) == ["A", "HID", "SUB"]

    def test_an_extended_fcb_renames_hidden_files_and_directories(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.path("HID").write_bytes(b"")
        dos.path("HID").attributes = HIDDEN
        dos.path("SUB").mkdir()

        answers = guest(
            {"ax": RENAME, "dx": fcb("HID", new="HIDDEN", attributes=HIDDEN)},
            {"ax": RENAME, "dx": fcb("SUB", new="DIR", attributes=DIRECTORY)},
        )

        assert [answer.al for answer in answers] == [0, 0]
        assert sorted(names(dos)) == ["DIR", "HIDDEN"]

    def test_it_happens_in_the_current_directory_of_the_drive(
        self, dos: Dos, guest: Any, fcb: Any
    ) -> None:
        dos.drives.add("D")
        dos.path(r"D:\SUB").mkdir()
        dos.path(r"D:\SUB\OLD").write_bytes(b"")
        dos.drives.change_directory(r"D:\SUB")

        guest({"ax": RENAME, "dx": fcb("OLD", 4, new="NEW")})

        assert names(dos, "D:\\SUB") == ["NEW"]


# -- what INT 21h/59h says of it ------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "name", "error"),
    [
        (0x0F00, "NOSUCH", ErrorCode.FILE_NOT_FOUND),
        (0x0F00, "A/B", ErrorCode.PATH_NOT_FOUND),
        (0x0F00, "SUB", ErrorCode.ACCESS_DENIED),
        (0x1100, "NOSUCH", ErrorCode.NO_MORE_FILES),
        (0x1200, "FOO", ErrorCode.NO_MORE_FILES),
        (DELETE, "NOSUCH", ErrorCode.FILE_NOT_FOUND),
        (DELETE, "NUL", ErrorCode.ACCESS_DENIED),
        (DELETE, "RDONLY", ErrorCode.ACCESS_DENIED),
        (RENAME, "NUL", ErrorCode.ACCESS_DENIED),
        (RENAME, "FOO", ErrorCode.ACCESS_DENIED),
        (0x1600, "F?O", ErrorCode.PATH_NOT_FOUND),
        (0x1600, "RDONLY", ErrorCode.ACCESS_DENIED),
        (0x2300, "NOSUCH", ErrorCode.FILE_NOT_FOUND),
        (0x1400, "FOO", ErrorCode.INVALID_HANDLE),
    ],
)
def test_the_extended_error_tells_why(
    dos: Dos, guest: Any, fcb: Any, function: int, name: str, error: ErrorCode
) -> None:
    for file in ("FOO", "BAR", "RDONLY"):
        dos.path(file).write_bytes(b"")
    dos.path("RDONLY").attributes = READ_ONLY
    dos.path("SUB").mkdir()
    block = fcb(name, attributes=DIRECTORY if name == "SUB" else None)
    if function == RENAME:
        block = fcb(name, new="BAR")

    failed, told = guest({"ax": function, "dx": block}, {"ax": 0x5900})

    assert not failed.carry
    assert failed.al in {FAILED, 1}
    assert told.ax == error


# -- against a model ------------------------------------------------------------------------

LETTERS = st.sampled_from("ABC")
BASES, EXTENSIONS = st.text(LETTERS, min_size=1, max_size=3), st.text(LETTERS, max_size=2)
NAMES = st.builds(lambda b, e: f"{b}.{e}" if e else b, BASES, EXTENSIONS)
WILD = st.builds(
    lambda b, e: (b.ljust(8, "?") if b.endswith("?") else b.ljust(8)) + e.ljust(3),
    st.text(st.sampled_from("AB?"), min_size=1, max_size=3),
    st.text(st.sampled_from("AB?"), max_size=3),
)


def put(dos: Dos, files: list[str]) -> None:
    for path in dos.path("D:\\").iterdir():
        path.unlink()
    for name in files:
        dos.path(f"D:\\{name}").write_bytes(name.encode())


@ONE_MACHINE
@given(files=st.lists(NAMES, max_size=6, unique=True), pattern=WILD)
def test_deleting_is_as_in_a_model(
    dos: Dos, guest: Any, fcb: Any, files: list[str], pattern: str
) -> None:
    if "D" not in dos.drives:
        dos.drives.add("D")
    put(dos, files)

    (answer,) = guest({"ax": DELETE, "dx": fcb(pattern, 4)})

    left = [name for name in files if not matches(pattern, to_fcb_name(name))]
    assert sorted(names(dos, "D:\\")) == sorted(left)
    assert answer.al == (FAILED if left == files else 0)


@ONE_MACHINE
@given(files=st.lists(NAMES, max_size=6, unique=True), old=WILD, new=WILD)
def test_renaming_is_as_in_a_model(
    dos: Dos, guest: Any, fcb: Any, files: list[str], old: str, new: str
) -> None:
    if "D" not in dos.drives:
        dos.drives.add("D")
    put(dos, files)

    (answer,) = guest({"ax": RENAME, "dx": fcb(old, 4, new=new)})

    expected, success = rename(files, old, new)
    assert {p.name: p.read_bytes().decode() for p in dos.path("D:\\").iterdir()} == expected
    assert answer.al == (0 if success else FAILED)


def rename(files: list[str], old: str, new: str) -> tuple[dict[str, str], bool]:
    """What files are called after a renaming, by their contents, and whether it succeeds."""
    disk = {to_fcb_name(name): name for name in files}
    fitting = [name for name in disk if matches(old, name)]
    success = bool(fitting)
    for name in fitting:
        target = "".join(
            mine if theirs == "?" else theirs for mine, theirs in zip(name, new, strict=True)
        )
        if target in disk or (target[8] == " " and target[8:].strip()):  # "A. B" is no name
            success = False
            break
        disk[target] = disk.pop(name)
    return {from_fcb_name(name): contents for name, contents in disk.items()}, success
