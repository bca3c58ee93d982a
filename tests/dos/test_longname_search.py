"""INT 21h/714Eh, 714Fh, 71A1h, 7143h, 71A6h, 71A7h: what is known of files with long names."""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode
from pytest_almostism.dos.clock import to_dos

Call = dict[str, int | bytes | bytearray]
FIRST = 5  # the first handle of a file
SEARCH = 0x1000  # and of a search
BOOTED = dt.datetime(1991, 6, 11, 5)  # noqa: DTZ001 - DOS knows no time zones
MIDNIGHT = BOOTED.replace(hour=0)
EPOCH = dt.datetime(1601, 1, 1)  # noqa: DTZ001 - as above
ALL = 0x37


def create(path: bytes, attributes: int = 0) -> Call:
    return {"ax": 0x716C, "si": path + b"\0", "bx": 2, "cx": attributes, "dx": 0x12}


def write(handle: int, data: bytes) -> Call:
    return {"ax": 0x4000, "bx": handle, "dx": data, "cx": len(data)}


def find_first(pattern: bytes, into: bytearray, attributes: int = 0, dates: int = 0) -> Call:
    return {"ax": 0x714E, "dx": pattern + b"\0", "di": into, "cx": attributes, "si": dates}


def find_next(into: bytearray, handle: int = SEARCH, dates: int = 0) -> Call:
    return {"ax": 0x714F, "bx": handle, "di": into, "si": dates}


def find_close(handle: int = SEARCH) -> Call:
    return {"ax": 0x71A1, "bx": handle}


def about(path: bytes, operation: int, **registers: int) -> Call:
    return {"ax": 0x7143, "dx": path + b"\0", "bx": operation, **registers}


@dataclass(frozen=True)
class Found:
    """The 318 bytes that a search fills in."""

    attributes: int
    created: int
    accessed: int
    written: int
    size: int
    name: str
    alias: str

    @classmethod
    def of(cls, data: bytearray) -> Found:
        attributes, created, accessed, written, high, low = struct.unpack_from("<IQQQII", data)
        name, alias = (
            field.split(b"\0")[0].decode("cp437") for field in (data[0x2C:0x130], data[0x130:])
        )
        return cls(attributes, created, accessed, written, high << 32 | low, name, alias)


def buffer() -> bytearray:
    return bytearray(b"\xee" * 318)


def moment(filetime: int) -> dt.datetime:
    return EPOCH + dt.timedelta(microseconds=filetime // 10)


def found_by(guest: Any, pattern: bytes, attributes: int = 0, most: int = 8) -> list[str]:
    """The long names that a search finds, in order."""
    buffers = [buffer() for _ in range(most)]
    first, *others = buffers
    answers = guest(find_first(pattern, first, attributes), *map(find_next, others))
    return [Found.of(b).name for a, b in zip(answers, buffers, strict=True) if not a.carry]


# -- what is found --------------------------------------------------------------------------------


def test_a_search_tells_all_of_a_file(dos: Dos, guest: Any) -> None:
    into = buffer()
    *_, answer = guest(
        create(b"Some long name.text", 0x02),
        write(FIRST, b"hello"),
        {"ax": 0x3E00, "bx": FIRST},
        find_first(b"some*", into, 0x02),
    )

    found = Found.of(into)
    assert (answer.error, answer.ax, answer.cx) == (None, SEARCH, 0)
    assert found.name == "Some long name.text"
    assert found.alias == "SOMELO~1.TEX"
    assert (found.attributes, found.size) == (0x22, 5)
    assert moment(found.written) == moment(found.created) == BOOTED
    assert moment(found.accessed) == MIDNIGHT
    assert dos.path("SOMELO~1.TEX").exists()


def test_a_short_name_that_is_the_whole_name_is_not_told_twice(dos: Dos, guest: Any) -> None:
    dos.path("SHORT.TXT").write_bytes(b"")
    into = buffer()
    guest(find_first(b"short.txt", into))

    assert (Found.of(into).name, Found.of(into).alias) == ("SHORT.TXT", "")


def test_a_name_in_small_letters_has_an_alias_in_capitals(guest: Any) -> None:
    into = buffer()
    guest(create(b"small.txt"), find_first(b"SMALL.TXT", into))

    assert (Found.of(into).name, Found.of(into).alias) == ("small.txt", "SMALL.TXT")


def test_dates_can_be_those_of_dos(guest: Any) -> None:
    into = buffer()
    guest(create(b"A file"), find_first(b"A file", into, dates=1))

    found, (date, time) = Found.of(into), to_dos(BOOTED)
    assert found.written == found.created == date << 16 | time
    assert found.accessed == date << 16


@pytest.mark.parametrize("call", ["first", "next"])
def test_there_is_no_third_form_of_dates(guest: Any, call: str) -> None:
    into = buffer()
    calls = [find_first(b"*", into, dates=2 if call == "first" else 0), find_next(into, dates=2)]
    answers = guest(*calls[: 1 if call == "first" else 2])

    assert answers[-1].error is ErrorCode.INVALID_FUNCTION


FILES = [b"letter.txt", b"Letter to Ann.text", b"letter", b"LETTERS.TXT", b"b.c.d"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (b"*", [0, 1, 2, 3, 4]),
        (b"*.*", [0, 1, 2, 3, 4]),
        (b"*.", [2]),
        (b"*.txt", [0, 3]),
        (b"*.t*", [0, 1, 3]),
        (b"letter", [2]),
        (b"letter.*", [0, 2]),
        (b"letter?.*", [3]),
        (b"?????? ?? *", [1]),
        (b"*ann*", [1]),
        (b"LETTER~1.TEX", [1]),
        (b"*~1*", [1, 4]),
        (b"b*d", [4]),
        (b"*c.d", [4]),
        (b"B.C.D", [4]),
        (b"[lb]*", []),
        (b"letter+*", []),
        (b"C:\\letter", [2]),
    ],
)
def test_patterns_are_those_of_long_names(
    dos: Dos, guest: Any, pattern: bytes, expected: list[int]
) -> None:
    guest(*map(create, FILES))
    dos.path("PROGRAM.COM").attributes = 0x02  # and the guest itself hides
    names = found_by(guest, pattern)

    assert [n for n in names if n != "PROGRAM.COM"] == [FILES[i].decode() for i in expected]


@pytest.mark.parametrize(
    ("may", "must", "expected"),
    [
        (0x00, 0x00, ["plain"]),
        (0x02, 0x00, ["plain", "hidden"]),
        (0x10, 0x00, ["plain", "dir"]),
        (0x10, 0x10, ["dir"]),
        (0x02, 0x02, ["hidden"]),
        (0x00, 0x01, []),
        (0x06, 0x04, ["system"]),
        (0x16, 0x00, ["plain", "hidden", "system", "dir"]),
        (0x02, 0x20, ["plain", "hidden"]),
    ],
)
def test_attributes_may_or_must_be_there(
    guest: Any, may: int, must: int, expected: list[str]
) -> None:
    guest(
        create(b"plain"),
        create(b"hidden", 0x02),
        create(b"system", 0x04),
        {"ax": 0x7139, "dx": b"dir\0"},
    )
    names = found_by(guest, b"*", must << 8 | may)

    assert [name for name in names if name != "PROGRAM.COM"] == expected


def test_a_directory_holds_itself_and_its_parent(guest: Any) -> None:
    guest({"ax": 0x7139, "dx": b"Sub directory\0"}, create(b"Sub directory\\A file"))

    assert found_by(guest, b"sub DIRECTORY\\*", 0x10) == [".", "..", "A file"]


def test_the_volume_label_is_found_in_the_root(dos: Dos, guest: Any) -> None:
    dos.drives["C"].label = "ALMOST"
    into = buffer()

    (answer,) = guest(find_first(b"*", into, 0x08))

    assert answer.error is None
    assert (Found.of(into).name, Found.of(into).attributes) == ("ALMOST", 0x08)


def test_without_a_label_none_is_found(error_of: Any) -> None:
    assert error_of(**find_first(b"*", buffer(), 0x08)) is ErrorCode.FILE_NOT_FOUND


def test_a_name_that_code_page_437_has_not_is_marked(dos: Dos, guest: Any) -> None:
    folder: Any = dos.filesystem.get_object(dos.path("C:\\").fake_path)
    dos.filesystem.create_file(f"{folder.path}/Привет.txt", contents="x")
    into = buffer()

    (answer,) = guest(find_first(b"*.txt", into))

    assert Found.of(into).name == "______.txt"
    assert answer.cx == 1


# -- handles of searches --------------------------------------------------------------------------


def test_searches_do_not_disturb_each_other(guest: Any) -> None:
    guest(*[create(b"file %d" % n) for n in range(3)])
    buffers = [buffer() for _ in range(4)]
    one, two, three, four = guest(
        find_first(b"file *", buffers[0]),
        find_first(b"*.com", buffers[1]),
        find_next(buffers[2], SEARCH),
        find_next(buffers[3], SEARCH + 1),
    )

    assert (one.ax, two.ax) == (SEARCH, SEARCH + 1)
    assert three.error is None
    assert Found.of(buffers[2]).name == "file 1"
    assert four.error is ErrorCode.NO_MORE_FILES


def test_a_search_ends_when_nothing_is_left(guest: Any) -> None:
    into = buffer()
    *_, end, again = guest(
        create(b"one"), find_first(b"one", into), find_next(into), find_next(into)
    )

    assert end.error is again.error is ErrorCode.NO_MORE_FILES


def test_a_search_that_was_closed_is_no_more(guest: Any) -> None:
    into = buffer()
    _, closed, following, again = guest(
        find_first(b"*", into), find_close(), find_next(into), find_close()
    )

    assert closed.error is None
    assert following.error is again.error is ErrorCode.INVALID_HANDLE


def test_a_closed_search_makes_room_for_the_next(guest: Any) -> None:
    into = buffer()
    *_, last = guest(find_first(b"*", into), find_close(), find_first(b"*", into))

    assert last.ax == SEARCH


def test_a_file_deleted_meanwhile_is_not_found(guest: Any) -> None:
    into = buffer()
    *_, following = guest(
        create(b"file 1"),
        create(b"file 2"),
        create(b"file 3"),
        find_first(b"file*", into),
        {"ax": 0x7141, "dx": b"file 2\0"},
        find_next(into),
    )

    assert following.error is None
    assert Found.of(into).name == "file 3"


@pytest.mark.parametrize(
    ("pattern", "error"),
    [
        (b"missing", ErrorCode.FILE_NOT_FOUND),
        (b"missing*", ErrorCode.FILE_NOT_FOUND),
        (b"nowhere\\*", ErrorCode.PATH_NOT_FOUND),
        (b"Q:\\*", ErrorCode.PATH_NOT_FOUND),
        (b"", ErrorCode.PATH_NOT_FOUND),
        (b"a" * 300, ErrorCode.PATH_NOT_FOUND),
    ],
)
def test_what_is_not_there_is_not_found(error_of: Any, pattern: bytes, error: ErrorCode) -> None:
    assert error_of(**find_first(pattern, buffer())) is error


@pytest.mark.parametrize("handle", [0, FIRST, SEARCH, 0xFFFF])
def test_what_is_no_search_does_not_go_on(guest: Any, handle: int) -> None:
    following, closed = guest(find_next(buffer(), handle), find_close(handle))

    assert following.error is closed.error is ErrorCode.INVALID_HANDLE


def test_too_many_searches_at_once(guest: Any) -> None:
    into = buffer()
    *answers, refused = guest(*[find_first(b"*", into)] * 257)

    assert len({answer.ax for answer in answers}) == 256
    assert refused.error is ErrorCode.TOO_MANY_OPEN_FILES


# -- attributes and times -------------------------------------------------------------------------

NAME = b"A long name"


def test_attributes_are_set_and_told(dos: Dos, guest: Any) -> None:
    *_, done, told = guest(create(NAME), about(NAME, 1, cx=0x07), about(NAME, 0))

    assert done.error is None
    assert told.cx == 0x07
    assert dos.path("ALONGN~1").attributes == 0x07


@pytest.mark.parametrize("bits", [0x08, 0x10, 0x40])
def test_a_file_does_not_become_something_else(guest: Any, bits: int) -> None:
    *_, failed, told = guest(create(NAME), about(NAME, 1, cx=bits), about(NAME, 0))

    assert failed.error is ErrorCode.ACCESS_DENIED
    assert told.cx == 0x20


def test_the_size_is_told(guest: Any) -> None:
    *_, told = guest(create(NAME), write(FIRST, bytes(700)), about(NAME, 2))

    assert (told.dx, told.ax) == (0, 700)


def test_a_directory_has_no_size(guest: Any) -> None:
    *_, told = guest(
        {"ax": 0x7139, "dx": b"Sub dir\0"},
        create(b"Sub dir\\x"),
        write(FIRST, bytes(700)),
        {"ax": 0x3E00, "bx": FIRST},
        about(b"Sub dir", 2),
    )

    assert (told.error, told.dx, told.ax) == (None, 0, 0)


@pytest.mark.parametrize(
    ("put", "get", "is_time", "has_hundredths"),
    [
        pytest.param(3, 4, True, False, id="written"),
        pytest.param(5, 6, False, False, id="accessed"),
        pytest.param(7, 8, True, True, id="created"),
    ],
)
def test_times_are_set_and_told(
    guest: Any, put: int, get: int, *, is_time: bool, has_hundredths: bool
) -> None:
    date, time = to_dos(dt.datetime(2001, 2, 3, 4, 5, 6))  # noqa: DTZ001 - DOS has none
    *_, done, told = guest(
        create(NAME), about(NAME, put, cx=time, di=date, si=123), about(NAME, get)
    )

    assert done.error is None
    assert told.di == date
    assert told.cx == (time if is_time else 0)
    assert told.si == (123 if has_hundredths else 0)


def test_a_file_remembers_when_it_was_created(dos: Dos, guest: Any) -> None:
    guest(create(NAME))
    dos.clock.advance(seconds=7200)
    *_, written, created = guest(
        {"ax": 0x3D02, "dx": b"ALONGN~1\0"}, write(FIRST, b"x"), about(NAME, 4), about(NAME, 8)
    )

    assert (written.cx >> 11, created.cx >> 11) == (7, 5)


def test_times_that_nobody_set_are_those_of_the_last_writing(guest: Any) -> None:
    date, time = to_dos(BOOTED)
    guest({"ax": 0x3C00, "dx": b"X\0"})  # the old call does not say when
    accessed, created = guest(about(b"X", 6), about(b"X", 8))

    assert (accessed.di, created.di, created.cx, created.si) == (date, date, time, 0)


@pytest.mark.parametrize(
    ("path", "operation", "error"),
    [
        (NAME, 9, ErrorCode.INVALID_FUNCTION),
        (NAME, 0xFF, ErrorCode.INVALID_FUNCTION),
        (b"missing", 0, ErrorCode.FILE_NOT_FOUND),
        (b"missing", 3, ErrorCode.FILE_NOT_FOUND),
        (b"no\\such", 0, ErrorCode.PATH_NOT_FOUND),
        (b"*", 0, ErrorCode.PATH_NOT_FOUND),
    ],
)
def test_what_is_not_known_of_a_file(
    guest: Any, path: bytes, operation: int, error: ErrorCode
) -> None:
    *_, failed = guest(create(NAME), about(path, operation))

    assert failed.error is error


@pytest.mark.parametrize("operation", [1, 3, 5, 7])
def test_nothing_is_set_on_a_read_only_drive(
    dos: Dos, guest: Any, tmp_path: Any, operation: int
) -> None:
    (tmp_path / "a long name").write_bytes(b"x")
    dos.mount("D", tmp_path, read_only=True)

    (failed,) = guest(about(b"D:\\a long name", operation, cx=0x01, di=0x21))

    assert failed.carry


# -- by handle ------------------------------------------------------------------------------------


def test_a_handle_tells_all_of_its_file(dos: Dos, guest: Any) -> None:
    into, another = bytearray(52), bytearray(52)
    *_, answer, _, _ = guest(
        create(NAME, 0x02),
        write(FIRST, bytes(300)),
        {"ax": 0x71A6, "bx": FIRST, "dx": into},
        create(b"another"),
        {"ax": 0x71A6, "bx": FIRST + 1, "dx": another},
    )

    attributes, created, accessed, written, serial, high, low, links = struct.unpack_from(
        "<IQQQIIII", into
    )
    assert answer.error is None
    assert (attributes, high, low, links) == (0x22, 0, 300, 1)
    assert (moment(created), moment(accessed), moment(written)) == (BOOTED, MIDNIGHT, BOOTED)
    assert serial == dos.drives["C"].serial
    assert into[44:] != another[44:], "two files are the same"


@pytest.mark.parametrize("handle", [1, 9])
def test_what_is_no_file_tells_nothing(error_of: Any, handle: int) -> None:
    assert error_of(ax=0x71A6, bx=handle, dx=bytearray(52)) is ErrorCode.INVALID_HANDLE


# -- times of Windows and of DOS ------------------------------------------------------------------

moments = st.datetimes(
    dt.datetime(1980, 1, 1),  # noqa: DTZ001 - DOS has none
    dt.datetime(2107, 12, 31, 23, 59, 59),  # noqa: DTZ001 - as above
).map(lambda moment: moment.replace(microsecond=moment.microsecond // 10_000 * 10_000))


@settings(max_examples=30)
@given(moment=moments)
def test_times_of_windows_become_times_of_dos_and_back(guest_on: Any, moment: dt.datetime) -> None:
    filetime = ((moment - EPOCH) // dt.timedelta(microseconds=1) * 10).to_bytes(8, "little")
    date, time = to_dos(moment)
    hundredths = moment.second % 2 * 100 + moment.microsecond // 10_000
    into = bytearray(8)
    with Dos() as dos:
        there, back = guest_on(dos)(
            {"ax": 0x71A7, "bx": 0, "si": filetime},
            {"ax": 0x71A7, "bx": hundredths << 8 | 1, "dx": date, "cx": time, "di": into},
        )

    assert (there.error, there.dx, there.cx, there.bx >> 8) == (None, date, time, hundredths)
    assert back.error is None
    assert into == filetime


@pytest.mark.parametrize("filetime", [bytes(8), b"\xff" * 8, b"\xff" * 7 + b"\x7f"])
def test_times_that_dos_does_not_know(error_of: Any, filetime: bytes) -> None:
    assert error_of(ax=0x71A7, bx=0, si=filetime) is ErrorCode.INVALID_DATA


def test_more_hundredths_than_two_seconds_have_are_cut(guest: Any) -> None:
    into, most = bytearray(8), bytearray(8)
    guest(
        {"ax": 0x71A7, "bx": 0xFF01, "dx": 0x21, "di": into},
        {"ax": 0x71A7, "bx": 199 << 8 | 1, "dx": 0x21, "di": most},
    )

    assert into == most


def test_times_have_two_forms(error_of: Any) -> None:
    assert error_of(ax=0x71A7, bx=2) is ErrorCode.INVALID_FUNCTION
