"""INT 21h/71h: directories, files and paths with long names, as Windows 95 has them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode
from pytest_almostism.dos.names import is_short_name, upper

Call = dict[str, int | bytes | bytearray]
FIRST = 5  # the first handle that a program gets
BOTH = 2
LONG = b"A rather Long name.document"
ALIAS = b"ARATHE~1.DOC"

pytestmark = pytest.mark.usefixtures("dos")


def open_file(path: bytes, action: int = 0x01, mode: int = BOTH, attributes: int = 0) -> Call:
    return {"ax": 0x716C, "si": path + b"\0", "bx": mode, "cx": attributes, "dx": action}


def create(path: bytes, attributes: int = 0) -> Call:
    return open_file(path, 0x12, attributes=attributes)


def write(handle: int, data: bytes) -> Call:
    return {"ax": 0x4000, "bx": handle, "dx": data, "cx": len(data)}


def delete(path: bytes, wildcards: int = 0, attributes: int = 0) -> Call:
    return {"ax": 0x7141, "dx": path + b"\0", "si": wildcards, "cx": attributes}


def rename(old: bytes, new: bytes) -> Call:
    return {"ax": 0x7156, "dx": old + b"\0", "di": new + b"\0"}


def make_directory(path: bytes) -> Call:
    return {"ax": 0x7139, "dx": path + b"\0"}


def remove_directory(path: bytes) -> Call:
    return {"ax": 0x713A, "dx": path + b"\0"}


def change_directory(path: bytes) -> Call:
    return {"ax": 0x713B, "dx": path + b"\0"}


def current_directory(into: bytearray, drive: int = 0) -> Call:
    return {"ax": 0x7147, "si": into, "dx": drive}


def full_path(form: int, path: bytes, into: bytearray) -> Call:
    return {"ax": 0x7160, "cx": form, "si": path + b"\0", "di": into}


def text(buffer: bytearray) -> bytes:
    return bytes(buffer).split(b"\0")[0]


def in_file_system(dos: Dos, directory: str = "C:\\") -> set[str]:
    """What the fake file system calls the files of a directory, besides the guest's program."""
    folder: Any = dos.filesystem.get_object(dos.path(directory).fake_path)
    return set(folder.entries) - {"PROGRAM.COM"}


# -- creating and opening -------------------------------------------------------------------------


def test_a_file_keeps_its_long_name_and_has_a_short_one(dos: Dos, guest: Any) -> None:
    created, written, _, opened = guest(
        create(LONG),
        write(FIRST, b"text"),
        {"ax": 0x3E00, "bx": FIRST},
        {"ax": 0x3D00, "dx": ALIAS + b"\0"},
    )

    assert (created.error, created.ax, created.cx) == (None, FIRST, 2)
    assert written.ax == 4
    assert opened.error is None
    assert in_file_system(dos) == {LONG.decode()}
    assert dos.path(ALIAS.decode()).read_bytes() == b"text"
    assert dos.path(LONG.decode()).read_bytes() == b"text"


@pytest.mark.parametrize("name", [LONG, LONG.upper(), LONG.lower(), ALIAS, ALIAS.lower()])
def test_a_file_is_found_by_its_long_or_short_name_in_any_case(guest: Any, name: bytes) -> None:
    _, opened = guest(create(LONG), open_file(b"C:\\" + name))

    assert (opened.error, opened.cx) == (None, 1)


@pytest.mark.parametrize(
    ("name", "alias"),
    [
        (b"readme.txt", "README.TXT"),
        (b"README.TXT", "README.TXT"),
        (b"Read Me", "README~1"),
        (b"a.b.c", "AB~1.C"),
        (b"page.html", "PAGE~1.HTM"),
        (b"x+y=z", "X_Y_Z~1"),
        (b".profile", "PROFIL~1"),
        (b"longer.and longer", "LONGER~1.AND"),
        (b"name with dots. . .", "NAMEWI~1"),
    ],
)
def test_short_names_are_made_as_windows_95_makes_them(
    dos: Dos, guest: Any, name: bytes, alias: str
) -> None:
    guest(create(name))

    assert {file.name for file in dos.path("C:\\").iterdir()} - {"PROGRAM.COM"} == {alias}


def test_a_long_name_is_not_cut_to_find_something(dos: Dos, guest: Any) -> None:
    dos.path("LONGNAME.TXT").write_bytes(b"another")

    missing, created = guest(open_file(b"longname1.text"), create(b"longname1.text"))

    assert missing.error is ErrorCode.FILE_NOT_FOUND
    assert created.cx == 2
    assert dos.path("LONGNAME.TXT").read_bytes() == b"another"


@pytest.mark.parametrize(
    ("action", "there", "error", "outcome"),
    [
        (0x01, True, None, 1),
        (0x02, True, None, 3),
        (0x10, True, ErrorCode.FILE_EXISTS, None),
        (0x10, False, None, 2),
        (0x11, False, None, 2),
        (0x11, True, None, 1),
        (0x12, True, None, 3),
        (0x01, False, ErrorCode.FILE_NOT_FOUND, None),
        (0x00, True, ErrorCode.INVALID_FUNCTION, None),
        (0x23, True, ErrorCode.INVALID_FUNCTION, None),
    ],
)
def test_the_action_says_what_becomes_of_an_old_file(
    dos: Dos, guest: Any, action: int, *, there: bool, error: ErrorCode | None, outcome: int | None
) -> None:
    path = dos.path("C:\\")
    if there:
        guest(create(LONG), write(FIRST, b"old"))

    (answer,) = guest(open_file(LONG, action))

    assert answer.error is error
    assert error or answer.cx == outcome
    assert in_file_system(dos) == ({LONG.decode()} if there or not error else set())
    if there:
        assert (path / ALIAS.decode()).read_bytes() == (b"" if outcome == 3 else b"old")


@pytest.mark.parametrize(
    "name", [b"a*b", b"a?", b'say "no"', b"a<b", b"a|b", b"a\x01b", b"x" * 256]
)
@pytest.mark.parametrize("make", [create, make_directory])
def test_a_name_with_illegal_characters_or_too_many_is_refused(
    dos: Dos, guest: Any, make: Any, name: bytes
) -> None:
    (answer,) = guest(make(name))

    assert answer.error is ErrorCode.PATH_NOT_FOUND
    assert in_file_system(dos) == set()


def test_a_name_may_have_255_characters(dos: Dos, guest: Any) -> None:
    (answer,) = guest(create(b"x" * 255))

    assert answer.error is None
    assert in_file_system(dos) == {"x" * 255}


def test_a_path_may_not_be_longer_than_260_with_its_zero(guest: Any) -> None:
    guest(make_directory(b"d" * 100))

    fits, too_long = guest(
        create(b"C:\\" + b"d" * 100 + b"\\" + b"x" * 155),
        create(b"C:\\" + b"d" * 100 + b"\\" + b"y" * 156),
    )

    assert fits.error is None
    assert too_long.error is ErrorCode.PATH_NOT_FOUND


def test_national_letters_are_kept(dos: Dos, guest: Any) -> None:
    guest(create("Grüße aus Köln".encode("cp437")))

    assert in_file_system(dos) == {"Grüße aus Köln"}
    assert dos.path("GRUßEA~1").exists() or dos.path("GRÜßEA~1").exists()


def test_devices_are_opened_by_any_name(guest: Any) -> None:
    answer, _ = guest(open_file(b"C:\\nul"), write(FIRST, b"x"))

    assert (answer.error, answer.cx) == (None, 1)


@pytest.mark.parametrize("mode", [3, 7, 0x50, 0x72])
def test_there_are_no_other_modes(dos: Dos, error_of: Any, mode: int) -> None:
    assert error_of(**open_file(LONG, 0x12, mode)) is ErrorCode.INVALID_ACCESS_CODE
    assert in_file_system(dos) == set()


def test_a_file_is_no_directory(guest: Any) -> None:
    _, *answers = guest(create(LONG), create(LONG + b"\\x"), open_file(ALIAS + b"\\x\\y"))

    assert {answer.error for answer in answers} == {ErrorCode.PATH_NOT_FOUND}


def test_an_attribute_is_given_to_a_new_file(dos: Dos, guest: Any) -> None:
    guest(create(LONG, attributes=0x02))

    assert dos.path(ALIAS.decode()).attributes == 0x22


@pytest.mark.parametrize("attributes", [0x08, 0x10])
def test_it_does_not_become_a_directory_or_a_label(error_of: Any, attributes: int) -> None:
    assert error_of(**create(LONG, attributes)) is ErrorCode.ACCESS_DENIED


# -- aliases --------------------------------------------------------------------------------------

NAMES = st.text("abAB .+é1", min_size=1, max_size=14).filter(lambda name: name.strip(". "))


@settings(max_examples=30, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=12))
def test_every_name_has_an_alias_of_its_own(guest_on: Any, names: list[str]) -> None:
    different = {upper(name.lstrip(" ").rstrip(". ")) for name in names}
    with Dos() as dos:
        guest = guest_on(dos)
        calls: list[Call] = []
        for name in names:
            calls += [create(name.encode("cp437")), {"ax": 0x3E00, "bx": FIRST}]
        created = guest(*calls)[::2]
        aliases = [file.name for file in dos.path("C:\\").iterdir()]
        opened = guest(*[open_file(name.encode("cp437")) for name in names[:10]])

    assert [answer.error for answer in created] == [None] * len(names)
    assert all(map(is_short_name, aliases)), aliases
    assert len(set(aliases)) == len(aliases)
    assert len(aliases) - 1 == len(different)  # one is the guest itself
    assert {answer.error for answer in opened} == {None}


def test_names_that_begin_alike_have_aliases_with_higher_numbers(dos: Dos, guest: Any) -> None:
    guest(*[create(b"Letter to %d" % n) for n in range(1, 12)])

    names = {file.name for file in dos.path("C:\\").iterdir()}

    assert {f"LETTER~{n}" for n in range(1, 10)} <= names
    assert {"LETTE~10", "LETTE~11"} <= names


# -- renaming and deleting ------------------------------------------------------------------------


def test_renaming_gives_a_new_long_name_and_a_new_alias(dos: Dos, guest: Any) -> None:
    _, renamed = guest(create(LONG), rename(LONG, b"Quite another"))

    assert renamed.error is None
    assert in_file_system(dos) == {"Quite another"}
    assert dos.path("QUITEA~1").exists()
    assert not dos.path(ALIAS.decode()).exists()


def test_a_name_is_changed_to_the_same_in_another_case(dos: Dos, guest: Any) -> None:
    _, renamed = guest(create(b"some name"), rename(b"some name", b"Some NAME"))

    assert renamed.error is None
    assert in_file_system(dos) == {"Some NAME"}


def test_the_old_rename_gives_a_short_name(dos: Dos, guest: Any) -> None:
    guest(create(LONG), {"ax": 0x5600, "dx": ALIAS + b"\0", "di": b"SHORT.TXT\0"})

    assert in_file_system(dos) == {"SHORT.TXT"}


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (b"missing file", b"x", ErrorCode.FILE_NOT_FOUND),
        (b"no dir\\x", b"x", ErrorCode.PATH_NOT_FOUND),
        (LONG, b"no dir\\x", ErrorCode.PATH_NOT_FOUND),
        (LONG, b"the other one", ErrorCode.ACCESS_DENIED),
        (LONG, b"THEOTH~1", ErrorCode.ACCESS_DENIED),
        (LONG, b"D:\\x", ErrorCode.NOT_SAME_DEVICE),
        (LONG, b"a:b", ErrorCode.PATH_NOT_FOUND),
        (b"*", b"x", ErrorCode.PATH_NOT_FOUND),
        (LONG, b"*", ErrorCode.PATH_NOT_FOUND),
    ],
)
def test_what_cannot_be_renamed_stays(
    dos: Dos, guest: Any, old: bytes, new: bytes, error: ErrorCode
) -> None:
    dos.drives.add("D")

    *_, failed = guest(create(LONG), create(b"the other one"), rename(old, new))

    assert failed.error is error
    assert in_file_system(dos) == {LONG.decode(), "the other one"}


def test_a_file_moves_to_another_directory(dos: Dos, guest: Any) -> None:
    guest(make_directory(b"My files"), create(LONG), rename(LONG, b"My files\\Moved here.txt"))

    assert in_file_system(dos) == {"My files"}
    assert in_file_system(dos, "My files") == {"Moved here.txt"}


def test_a_deleted_file_is_gone_by_both_names(dos: Dos, guest: Any) -> None:
    *_, deleted, again = guest(
        create(LONG), {"ax": 0x3E00, "bx": FIRST}, delete(LONG), delete(LONG)
    )

    assert deleted.error is None
    assert again.error is ErrorCode.FILE_NOT_FOUND
    assert in_file_system(dos) == set()
    assert dos.deleted.keys() == {"C:\\" + ALIAS.decode()}


@pytest.mark.parametrize(
    ("pattern", "wildcards", "error"),
    [
        (b"*", 0, ErrorCode.PATH_NOT_FOUND),
        (b"nobody*", 1, ErrorCode.FILE_NOT_FOUND),
        (b"A directory", 0, ErrorCode.ACCESS_DENIED),
        (b"A directory", 1, ErrorCode.FILE_NOT_FOUND),
        (b"fixed file", 0, ErrorCode.ACCESS_DENIED),
        (b"fixed*", 1, ErrorCode.ACCESS_DENIED),
        (b"*", 2, ErrorCode.INVALID_FUNCTION),
        (b"", 0, ErrorCode.PATH_NOT_FOUND),
    ],
)
def test_what_cannot_be_deleted_stays(
    dos: Dos, guest: Any, pattern: bytes, wildcards: int, error: ErrorCode
) -> None:
    *_, failed = guest(
        make_directory(b"A directory"),
        create(b"fixed file", 0x01),
        delete(pattern, wildcards),
    )

    assert failed.error is error
    assert in_file_system(dos) == {"A directory", "fixed file"}


def test_directories_are_not_deleted_even_if_they_match(dos: Dos, guest: Any) -> None:
    *_, deleted = guest(make_directory(b"dir one"), create(b"dir two"), delete(b"dir*", 1, 0x10))

    assert deleted.error is None
    assert in_file_system(dos) == {"dir one"}


@pytest.mark.parametrize(
    ("pattern", "attributes", "left"),
    [
        (b"*letter*", 0, {"hidden letter", "short.txt"}),
        (b"*letter*", 0x02, {"short.txt"}),
        (b"*letter*", 0x0202, {"first letter.text", "second letter.text", "short.txt"}),
        (b"*.text", 0, {"hidden letter", "short.txt"}),
        (b"*.tex", 0, {"hidden letter", "short.txt"}),
        (b"SECOND~1.*", 0, {"first letter.text", "hidden letter", "short.txt"}),
        (b"*.*", 0, {"hidden letter"}),
        (b"?????.txt", 0, {"first letter.text", "second letter.text", "hidden letter"}),
    ],
)
def test_wildcards_delete_what_matches_by_either_name(
    dos: Dos, guest: Any, pattern: bytes, attributes: int, left: set[str]
) -> None:
    dos.path("PROGRAM.COM").write_bytes(b"")
    *_, deleted = guest(
        create(b"first letter.text"),
        create(b"second letter.text"),
        create(b"hidden letter", 0x02),
        create(b"short.txt"),
        delete(pattern, 1, attributes),
    )

    assert deleted.error is None
    assert in_file_system(dos) == left


# -- directories ----------------------------------------------------------------------------------


def test_directories_have_long_names(dos: Dos, guest: Any) -> None:
    where, short = bytearray(80), bytearray(80)
    answers = guest(
        make_directory(b"My Documents"),
        make_directory(b"my documents\\Old Letters"),
        change_directory(b"MYDOCU~1/old letters"),
        current_directory(where),
        {"ax": 0x4700, "si": short},
        create(b"Dear Reader.txt"),
    )

    assert [answer.error for answer in answers] == [None] * 6
    assert text(where) == b"My Documents\\Old Letters"
    assert text(short) == b"MYDOCU~1\\OLDLET~1"
    assert in_file_system(dos, "C:\\My Documents\\Old Letters") == {"Dear Reader.txt"}


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (make_directory(b"my documents"), ErrorCode.ACCESS_DENIED),
        (make_directory(b"MYDOCU~1"), ErrorCode.ACCESS_DENIED),
        (make_directory(b"nowhere\\sub"), ErrorCode.PATH_NOT_FOUND),
        (make_directory(b"\\"), ErrorCode.ACCESS_DENIED),
        (make_directory(b"con"), ErrorCode.ACCESS_DENIED),
        (make_directory(b""), ErrorCode.PATH_NOT_FOUND),
        (remove_directory(b"nowhere to be found"), ErrorCode.PATH_NOT_FOUND),
        (remove_directory(b"my documents"), ErrorCode.ACCESS_DENIED),
        (remove_directory(b"\\"), ErrorCode.ACCESS_DENIED),
        (remove_directory(b"My Documents\\a file"), ErrorCode.PATH_NOT_FOUND),
        (change_directory(b"nowhere to be found"), ErrorCode.PATH_NOT_FOUND),
        (change_directory(b"My Documents\\a file"), ErrorCode.PATH_NOT_FOUND),
        (change_directory(b".."), ErrorCode.PATH_NOT_FOUND),
        (current_directory(bytearray(80), 25), ErrorCode.INVALID_DRIVE),
    ],
)
def test_what_cannot_be_done_with_directories(guest: Any, call: Call, error: ErrorCode) -> None:
    *_, failed = guest(make_directory(b"My Documents"), create(b"My Documents\\a file"), call)

    assert failed.error is error


def test_an_empty_directory_is_removed(dos: Dos, guest: Any) -> None:
    _, removed = guest(make_directory(b"Nothing in it"), remove_directory(b"nothing IN it"))

    assert removed.error is None
    assert in_file_system(dos) == set()


def test_the_current_directory_is_not_removed(guest: Any) -> None:
    *_, failed = guest(
        make_directory(b"I am here"),
        change_directory(b"I am here"),
        remove_directory(b"\\IAMHER~1"),
    )

    assert failed.error is ErrorCode.CURRENT_DIRECTORY


def test_the_root_is_no_name(guest: Any) -> None:
    where = bytearray(b"x" * 8)
    guest(change_directory(b"\\"), current_directory(where, 3))

    assert text(where) == b""


# -- paths in other forms -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "path", "expected"),
    [
        (0, b"no such Thing\\here", b"C:\\no such Thing\\here"),
        (0, b"a\\..\\.\\b", b"C:\\b"),
        (1, b"my documents\\" + LONG, b"C:\\MYDOCU~1\\" + ALIAS),
        (2, b"mydocu~1\\" + ALIAS.lower(), b"C:\\My Documents\\" + LONG),
        (2, b"C:MY DOCUMENTS", b"C:\\My Documents"),
        (1, b"c:/", b"C:\\"),
        (2, b"\\", b"C:\\"),
    ],
)
def test_a_path_has_a_full_a_short_and_a_long_form(
    guest: Any, form: int, path: bytes, expected: bytes
) -> None:
    into = bytearray(128)
    *_, answer = guest(
        make_directory(b"My Documents"),
        create(b"My Documents\\" + LONG),
        full_path(form, path, into),
    )

    assert answer.error is None
    assert text(into) == expected


@pytest.mark.parametrize(
    ("form", "path", "error"),
    [
        (1, b"missing", ErrorCode.FILE_NOT_FOUND),
        (2, b"missing\\x", ErrorCode.PATH_NOT_FOUND),
        (1, b"Q:\\x", ErrorCode.PATH_NOT_FOUND),
        (0, b"Q:\\x", ErrorCode.PATH_NOT_FOUND),
        (0, b"", ErrorCode.FILE_NOT_FOUND),
        (0, b"x" * 300, ErrorCode.PATH_NOT_FOUND),
        (3, b"\\", ErrorCode.INVALID_FUNCTION),
    ],
)
def test_what_is_not_there_has_no_other_form(
    error_of: Any, form: int, path: bytes, error: ErrorCode
) -> None:
    assert error_of(**full_path(form, path, bytearray(300))) is error


@pytest.mark.parametrize(
    ("name", "form", "expected"),
    [
        (b"Long name.text", 0, b"LONGNAMETEX"),
        (b"Long name.text", 1, b"LONGNAME.TEX\0"),
        (b"a", 0, b"A          "),
        (b"a.b", 1, b"A.B\0"),
        (b"one+two", 1, b"ONE_TWO\0"),
    ],
)
def test_a_short_name_is_generated(guest: Any, name: bytes, form: int, expected: bytes) -> None:
    into = bytearray(b"#" * 14)
    (answer,) = guest({"ax": 0x71A8, "si": name + b"\0", "di": into, "dx": form << 8})

    assert answer.error is None
    assert into == expected.ljust(14, b"#")


@pytest.mark.parametrize(("name", "form"), [(b"", 0), (b"..", 1), (b"name", 2)])
def test_no_short_name_is_made_of_nothing(error_of: Any, name: bytes, form: int) -> None:
    error = error_of(ax=0x71A8, si=name + b"\0", di=bytearray(14), dx=form << 8)

    assert error is ErrorCode.INVALID_FUNCTION


# -- the volume -----------------------------------------------------------------------------------


def volume(root: bytes, into: bytearray) -> Call:
    return {"ax": 0x71A0, "dx": root + b"\0", "di": into, "cx": len(into)}


@pytest.mark.parametrize("root", [b"C:\\", b"c:\\", b"\\"])
def test_a_volume_says_that_it_has_long_names(guest: Any, root: bytes) -> None:
    into = bytearray(32)
    (answer,) = guest(volume(root, into))

    assert answer.bx & 0x4000
    assert (answer.cx, answer.dx) == (255, 260)
    assert text(into) == b"FAT"


def test_a_small_buffer_is_not_overrun(guest: Any) -> None:
    into = bytearray(b"######")
    (answer,) = guest({**volume(b"C:\\", into), "cx": 2})

    assert answer.error is None
    assert into == b"FA####"


def test_a_volume_that_is_not_there_says_nothing(error_of: Any) -> None:
    assert error_of(**volume(b"Q:\\", bytearray(32))) is ErrorCode.INVALID_DRIVE


def test_the_drive_is_reset(guest: Any) -> None:
    reset, wrong = guest({"ax": 0x710D, "cx": 1, "dx": 3}, {"ax": 0x710D, "dx": 25})

    assert reset.error is None
    assert wrong.error is ErrorCode.INVALID_DRIVE


# -- without long names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call", [create(LONG), volume(b"C:\\", bytearray(4)), {"ax": 0x714E}, {"ax": 0x71A1}]
)
def test_a_dos_without_long_names_says_so(dos_factory: Any, guest_on: Any, call: Call) -> None:
    dos = dos_factory(long_names=False)

    answer, asked = guest_on(dos)(call, {"ax": 0x5900})

    assert answer.carry
    assert answer.ax == 0x7100
    assert asked.ax == ErrorCode.INVALID_FUNCTION
    assert in_file_system(dos) == set()


@pytest.mark.parametrize("function", [0x00, 0x3C, 0x44, 0xA9, 0xAA, 0xFF])
@pytest.mark.filterwarnings("ignore::pytest_almostism.dos.errors.UnsupportedCall")
def test_functions_that_nobody_has_are_not_supported(guest: Any, function: int) -> None:
    answer, asked = guest({"ax": 0x7100 | function}, {"ax": 0x5900})

    assert answer.carry
    assert answer.ax == 0x7100
    assert asked.ax == ErrorCode.INVALID_FUNCTION


# -- anything --------------------------------------------------------------------------------------

PIECES = [
    b"\\",
    b"/",
    b"..",
    b".",
    b"C:",
    b"Q:",
    b"*",
    b"?",
    b"A dir",
    b"ADIR~1",
    b"A file",
    b"CON",
]
PATHS = st.lists(
    st.one_of(
        st.sampled_from(PIECES), st.binary(min_size=1, max_size=9), st.just(b"very long" * 31)
    ),
    max_size=6,
).map(lambda pieces: b"".join(pieces).replace(b"\0", b""))
FUNCTIONS = [0x39, 0x3A, 0x3B, 0x41, 0x43, 0x4E, 0x56, 0x60, 0x6C, 0xA0, 0xA8]


@settings(max_examples=50, deadline=None)
@given(
    calls=st.lists(
        st.tuples(
            st.sampled_from(FUNCTIONS), PATHS, PATHS, st.integers(0, 9), st.sampled_from([1, 0x12])
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_names_are_given_the_drive_remains_one(
    guest_on: Any, calls: list[tuple[int, bytes, bytes, int, int]]
) -> None:
    with Dos() as dos:
        guest = guest_on(dos)
        guest(make_directory(b"A dir"), create(b"A file"))
        requests: list[Call] = []
        for function, path, to, number, action in calls:
            name, other = path + b"\0", bytearray(to.ljust(320, b"\0"))
            at = "si" if function in {0x60, 0x6C, 0xA8} else "dx"
            registers: Call = {"bx": number, "cx": number, "si": number & 1, "dx": action, at: name}
            requests.append({"ax": 0x7100 | function, **registers, "di": other})
        answers = guest(*requests, {"ax": 0x713B, "dx": b"C:\\\0"})
        aliases = [file.name for file in dos.path("C:\\").iterdir()]

    codes = {answer.ax for answer in answers if answer.carry}
    assert codes <= set(ErrorCode)
    assert all(map(is_short_name, aliases)), aliases
    assert len(set(aliases)) == len(aliases)
    assert set(dos.filesystem.root_dir.entries) <= {"dos", "tmp"}, "something is beside the drives"
