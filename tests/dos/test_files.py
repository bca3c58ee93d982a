"""INT 21h: files by handle, as a program calls them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode

Call = dict[str, int | bytes | bytearray]
READ, WRITE, BOTH = 0, 1, 2
START, HERE, END = 0, 1, 2
FIRST = 5  # the first handle that a program gets


def create(path: bytes, attributes: int = 0) -> Call:
    return {"ax": 0x3C00, "dx": path + b"\0", "cx": attributes}


def open_file(path: bytes, access: int = READ) -> Call:
    return {"ax": 0x3D00 | access, "dx": path + b"\0"}


def close(handle: int) -> Call:
    return {"ax": 0x3E00, "bx": handle}


def read(handle: int, into: bytearray, length: int | None = None) -> Call:
    return {"ax": 0x3F00, "bx": handle, "dx": into, "cx": len(into) if length is None else length}


def write(handle: int, data: bytes) -> Call:
    return {"ax": 0x4000, "bx": handle, "dx": data, "cx": len(data)}


def truncate(handle: int) -> Call:
    return {"ax": 0x4000, "bx": handle, "cx": 0}


def seek(handle: int, offset: int, whence: int = START) -> Call:
    return {"ax": 0x4200 | whence, "bx": handle, "cx": offset >> 16 & 0xFFFF, "dx": offset & 0xFFFF}


def delete(path: bytes) -> Call:
    return {"ax": 0x4100, "dx": path + b"\0"}


def rename(old: bytes, new: bytes) -> Call:
    return {"ax": 0x5600, "dx": old + b"\0", "di": new + b"\0"}


def _id(call: Call) -> str:
    def shown(value: int | bytes | bytearray) -> str:
        return f"{value:X}" if isinstance(value, int) else bytes(value).strip(b"\0").decode("cp437")

    return " ".join(shown(value) for value in call.values())


# -- create, open, close -----------------------------------------------------------------------


def test_a_file_is_created_written_closed_and_read_again(dos: Dos, guest: Any) -> None:
    into = bytearray(10)

    answers = guest(
        create(b"new.txt"),
        write(FIRST, b"hello"),
        close(FIRST),
        open_file(rb"C:\NEW.TXT"),
        read(FIRST, into),
        read(FIRST, into, 5),
    )

    assert [answer.error for answer in answers] == [None] * 6
    assert [answer.ax for answer in answers if answer.ax >> 8 != 0x3E] == [FIRST, 5, FIRST, 5, 0]
    assert into == b"hello\0\0\0\0\0"
    assert dos.path("NEW.TXT").read_bytes() == b"hello"


def test_creating_over_a_file_empties_it(dos: Dos, guest: Any) -> None:
    dos.path("OLD").write_bytes(b"old contents")

    (answer,) = guest(create(b"OLD", 2))

    assert (answer.error, answer.ax) == (None, FIRST)
    assert dos.path("OLD").read_bytes() == b""
    assert dos.path("OLD").attributes == 0x22  # hidden, and to be archived


def test_creating_anew_refuses_to_touch_a_file_that_exists(dos: Dos, guest: Any) -> None:
    dos.path("OLD").write_bytes(b"old contents")

    taken, new = guest(
        {"ax": 0x5B00, "dx": b"OLD\0"},
        {"ax": 0x5B00, "dx": b"NEW\0", "cx": 1},
    )

    assert taken.error is ErrorCode.FILE_EXISTS
    assert (new.error, new.ax) == (None, FIRST)
    assert dos.path("OLD").read_bytes() == b"old contents"
    assert dos.path("NEW").attributes == 0x21


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (open_file(b"NOWHERE.TXT"), ErrorCode.FILE_NOT_FOUND),
        (open_file(rb"NOWHERE\X.TXT"), ErrorCode.PATH_NOT_FOUND),
        (open_file(rb"F.TXT\X.TXT"), ErrorCode.PATH_NOT_FOUND),
        (open_file(rb"Q:\X.TXT"), ErrorCode.PATH_NOT_FOUND),
        (open_file(b"F.TXT", 3), ErrorCode.INVALID_ACCESS_CODE),
        (open_file(b"DIR"), ErrorCode.ACCESS_DENIED),
        (open_file(b"RO.TXT", WRITE), ErrorCode.ACCESS_DENIED),
        (open_file(b"RO.TXT", BOTH), ErrorCode.ACCESS_DENIED),
        (open_file(b"RO.TXT", READ), None),
        (open_file(rb"D:\F.TXT", WRITE), ErrorCode.ACCESS_DENIED),
        (open_file(rb"D:\F.TXT", READ), None),
        (open_file(b""), ErrorCode.FILE_NOT_FOUND),
        (open_file(b"?.TXT"), ErrorCode.FILE_NOT_FOUND),
        (create(b"RO.TXT"), ErrorCode.ACCESS_DENIED),
        (create(b"DIR"), ErrorCode.ACCESS_DENIED),
        (create(b"DIR.NEW", 0x10), ErrorCode.ACCESS_DENIED),
        (create(rb"NOWHERE\X.TXT"), ErrorCode.PATH_NOT_FOUND),
        (create(b"X*.TXT"), ErrorCode.FILE_NOT_FOUND),
        (create(b"X.Y.Z"), ErrorCode.FILE_NOT_FOUND),
        (create(b""), ErrorCode.FILE_NOT_FOUND),
        (create(rb"D:\NEW.TXT"), ErrorCode.ACCESS_DENIED),
        (create(rb"DIR\SUB.TXT"), None),
        (close(FIRST), ErrorCode.INVALID_HANDLE),
        (close(0xFFFF), ErrorCode.INVALID_HANDLE),
        (read(FIRST, bytearray(1)), ErrorCode.INVALID_HANDLE),
        (write(20, b"x"), ErrorCode.INVALID_HANDLE),
        (seek(19, 0), ErrorCode.INVALID_HANDLE),
        (seek(1, 0, 3), ErrorCode.INVALID_FUNCTION),
        (delete(b"NOWHERE.TXT"), ErrorCode.FILE_NOT_FOUND),
        (delete(rb"NOWHERE\X.TXT"), ErrorCode.PATH_NOT_FOUND),
        (delete(b"RO.TXT"), ErrorCode.ACCESS_DENIED),
        (delete(b"DIR"), ErrorCode.FILE_NOT_FOUND),
        (delete(b"*.TXT"), ErrorCode.PATH_NOT_FOUND),
        (delete(b"NUL"), ErrorCode.ACCESS_DENIED),
        (rename(b"NUL", b"X"), ErrorCode.ACCESS_DENIED),
        ({"ax": 0x3A00, "dx": b"NUL\0"}, ErrorCode.ACCESS_DENIED),
        ({"ax": 0x4301, "dx": b"NUL\0"}, ErrorCode.ACCESS_DENIED),
        ({"ax": 0x4300, "dx": b"NUL\0"}, ErrorCode.FILE_NOT_FOUND),
        ({"ax": 0x6C00, "bx": BOTH, "dx": 0x10, "si": b"DIR\0"}, ErrorCode.ACCESS_DENIED),
        (delete(rb"D:\F.TXT"), ErrorCode.ACCESS_DENIED),
        (rename(b"NOWHERE.TXT", b"X"), ErrorCode.FILE_NOT_FOUND),
        (rename(b"F.TXT", rb"NOWHERE\X"), ErrorCode.PATH_NOT_FOUND),
        (rename(b"F.TXT", b"RO.TXT"), ErrorCode.ACCESS_DENIED),
        (rename(b"F.TXT", b"F.TXT"), ErrorCode.ACCESS_DENIED),
        (rename(b"F.TXT", rb"D:\X"), ErrorCode.NOT_SAME_DEVICE),
        (rename(b"DIR", rb"DIR2\DIR"), ErrorCode.ACCESS_DENIED),
        ({"ax": 0x4300, "dx": b"NOWHERE.TXT\0"}, ErrorCode.FILE_NOT_FOUND),
        ({"ax": 0x4301, "dx": b"F.TXT\0", "cx": 0x10}, ErrorCode.ACCESS_DENIED),
        ({"ax": 0x4301, "dx": b"D:\\F.TXT\0", "cx": 0x20}, ErrorCode.ACCESS_DENIED),
        ({"ax": 0x4500, "bx": FIRST}, ErrorCode.INVALID_HANDLE),
        ({"ax": 0x4600, "bx": FIRST, "cx": 1}, ErrorCode.INVALID_HANDLE),
        ({"ax": 0x4600, "bx": 1, "cx": 20}, ErrorCode.INVALID_HANDLE),
        ({"ax": 0x5700, "bx": FIRST}, ErrorCode.INVALID_HANDLE),
        ({"ax": 0x5701, "bx": FIRST}, ErrorCode.INVALID_HANDLE),
        ({"ax": 0x5B00, "dx": b"NOWHERE\\X\0"}, ErrorCode.PATH_NOT_FOUND),
        ({"ax": 0x5B00, "dx": b"DIR\0"}, ErrorCode.ACCESS_DENIED),
    ],
    ids=lambda value: _id(value) if isinstance(value, dict) else value.text if value else "fine",
)
def test_errors_are_those_of_dos(
    dos: Dos, error_of: Callable[..., ErrorCode | None], call: Call, error: ErrorCode | None
) -> None:
    dos.drives.add("D")
    dos.path(r"D:\F.TXT").write_bytes(b"on a read-only disk")
    dos.drives["D"].read_only = True
    dos.path("F.TXT").write_bytes(b"file")
    dos.path("RO.TXT").write_bytes(b"read-only")
    dos.path("RO.TXT").attributes = 1
    dos.path("DIR").mkdir()
    dos.path("DIR2").mkdir()

    assert error_of(**call) is error

    files = {"F.TXT": b"file", "RO.TXT": b"read-only", r"D:\F.TXT": b"on a read-only disk"}
    assert {name: dos.path(name).read_bytes() for name in files} == files


def test_names_may_be_long_lower_case_and_with_forward_slashes(dos: Dos, guest: Any) -> None:
    dos.path("DIR").mkdir()
    answers = guest(create(b"c:/dir/muchtoolong.extension"), open_file(rb"DIR\MUCHTOOL.EXT"))

    assert [answer.error for answer in answers] == [None, None]
    assert [path.name for path in dos.path("DIR").iterdir()] == ["MUCHTOOL.EXT"]


def test_names_have_the_characters_of_code_page_437(dos: Dos, guest: Any) -> None:
    guest(create("Größe.txt".encode("cp437")))

    assert [path.name for path in dos.path("C:\\").iterdir() if path.name != "PROGRAM.COM"] == [
        "GRÖßE.TXT"
    ]


def test_a_program_has_twenty_handles(dos: Dos, guest: Any) -> None:
    dos.path("F").write_bytes(b"")
    answers = guest(
        *[open_file(b"F")] * 15, open_file(b"F"), create(b"NEW"), close(7), create(b"NEW")
    )

    assert [answer.ax for answer in answers[:15]] == list(range(5, 20))
    assert [answer.error for answer in answers[15:17]] == [ErrorCode.TOO_MANY_OPEN_FILES] * 2
    assert (answers[18].error, answers[18].ax) == (None, 7)
    # 45h finds none, 46h needs none
    assert (
        guest(*[open_file(b"F")] * 15, {"ax": 0x4500, "bx": 5})[-1].error
        is ErrorCode.TOO_MANY_OPEN_FILES
    )
    assert guest(*[open_file(b"F")] * 15, {"ax": 0x4600, "bx": 5, "cx": 6})[-1].error is None


def test_nothing_is_created_when_there_is_no_handle_for_it(dos: Dos, guest: Any) -> None:
    dos.path("F").write_bytes(b"")
    dos.path("KEPT").write_bytes(b"kept")

    guest(*[open_file(b"F")] * 15, create(b"NEW"), create(b"KEPT"))

    assert not dos.path("NEW").exists()
    assert dos.path("KEPT").read_bytes() == b"kept"


def test_programs_that_leave_files_open_do_not_use_up_the_handles(dos: Dos, guest: Any) -> None:
    dos.path("F").write_bytes(b"")

    for _ in range(30):  # 450 files; DOS has room for 255 at a time
        assert guest(*[open_file(b"F")] * 15)[-1].ax == 19


# -- read, write, seek -------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"new", b""], ids=["bytes", "truncation"])
def test_a_handle_opened_for_reading_writes_nothing(dos: Dos, guest: Any, data: bytes) -> None:
    dos.path("F").write_bytes(b"contents")
    before = dos.path("F").stat()
    dos.clock.advance(3600)

    _, refused = guest(open_file(b"F", READ), write(FIRST, data))

    assert refused.error is ErrorCode.ACCESS_DENIED
    assert dos.path("F").read_bytes() == b"contents"
    assert dos.path("F").stat() == before


def test_a_handle_opened_for_writing_reads_nothing(dos: Dos, guest: Any) -> None:
    dos.path("F").write_bytes(b"contents")
    into = bytearray(4)

    _, refused, written = guest(open_file(b"F", WRITE), read(FIRST, into), write(FIRST, b"CON"))

    assert refused.error is ErrorCode.ACCESS_DENIED
    assert into == bytes(4)
    assert (written.error, written.ax) == (None, 3)
    assert dos.path("F").read_bytes() == b"CONtents"


def test_standard_input_from_a_file_cannot_be_written(guest: Any) -> None:
    assert [answer.error for answer in guest(write(0, b"x"), truncate(0), stdin=b"some input")] == [
        ErrorCode.ACCESS_DENIED
    ] * 2


def test_writing_no_bytes_cuts_off_or_extends_at_the_position(dos: Dos, guest: Any) -> None:
    dos.path("F").write_bytes(b"contents")

    _, moved, cut = guest(open_file(b"F", BOTH), seek(FIRST, 3), truncate(FIRST))
    assert (moved.ax, cut.error, cut.ax) == (3, None, 0)
    assert dos.path("F").read_bytes() == b"con"

    guest(open_file(b"F", BOTH), seek(FIRST, 6), truncate(FIRST))
    assert dos.path("F").read_bytes() == b"con\0\0\0"


def test_writing_behind_the_end_fills_the_gap_with_zeros(dos: Dos, guest: Any) -> None:
    answers = guest(create(b"F"), seek(FIRST, 0x10005), write(FIRST, b"end"), seek(FIRST, 0, HERE))

    assert [(answer.dx, answer.ax) for answer in answers[1::2]] == [(1, 5), (1, 8)]
    assert dos.path("F").read_bytes() == bytes(0x10005) + b"end"


@pytest.mark.parametrize(
    ("moves", "position"),
    [
        ([(2, START)], 2),
        ([(2, START), (3, HERE)], 5),
        ([(-1, END)], 7),
        ([(4, END)], 12),
        ([(5, START), (-2, HERE)], 3),
        ([(0, END), (0, START)], 0),
        ([(-1, START)], 0xFFFFFFFF),  # DOS lets it be
        ([(-9, END)], 0xFFFFFFFF),
    ],
)
def test_moving_the_position(
    dos: Dos, guest: Any, moves: list[tuple[int, int]], position: int
) -> None:
    dos.path("F").write_bytes(b"contents")
    into = bytearray(1)

    *_, moved, got = guest(
        open_file(b"F"), *[seek(FIRST, *move) for move in moves], read(FIRST, into)
    )

    assert moved.dx << 16 | moved.ax == position
    expected = b"contents"[position : position + 1]
    assert (got.error, got.ax) == (None, len(expected))
    assert bytes(into[: got.ax]) == expected


def test_redirected_standard_input_has_a_position_like_a_file(guest: Any) -> None:
    into = bytearray(4)

    size, back, got = guest(seek(0, 0, END), seek(0, 5), read(0, into), stdin=b"some input")

    assert (size.error, size.ax, back.ax) == (None, 10, 5)
    assert (got.ax, bytes(into)) == (4, b"inpu")


def test_a_full_disk_takes_what_fits(dos: Dos, guest: Any) -> None:
    drive = dos.drives.add("D", capacity=1000)
    into = bytearray(4)

    answers = guest(
        create(rb"D:\F"),
        write(FIRST, b"x" * 900),
        write(FIRST, b"y" * 200),
        write(FIRST, b"z"),
        seek(FIRST, 898),
        write(FIRST, b"over"),
        seek(FIRST, 2000),
        write(FIRST, b"behind the end of the disk"),
        seek(FIRST, 998),
        read(FIRST, into),
    )

    assert [answer.error for answer in answers] == [None] * 10
    assert [answers[n].ax for n in (1, 2, 3, 5, 7, 9)] == [900, 100, 0, 4, 0, 2]
    assert dos.path(r"D:\F").read_bytes() == b"x" * 898 + b"over" + b"y" * 98
    assert drive.free == 0


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("write"), st.binary(min_size=1, max_size=20)),
            st.tuples(st.just("read"), st.integers(0, 20)),
            st.tuples(st.just("seek"), st.integers(-5, 40), st.integers(0, 2)),
            st.tuples(st.just("truncate")),
        ),
        max_size=12,
    )
)
def test_a_file_is_what_a_model_of_bytes_and_a_position_says(
    guest_on: Callable[[Dos], Any], operations: list[tuple[Any, ...]]
) -> None:
    with Dos() as dos:
        calls, expected, model, position = [create(b"F")], [FIRST], bytearray(), 0
        for operation, *arguments in operations:
            if operation == "write":
                (data,) = arguments
                model.extend(bytes(max(0, position - len(model))))
                model[position : position + len(data)] = data
                position += len(data)
                calls.append(write(FIRST, data))
                expected.append(len(data))
            elif operation == "read":
                (length,) = arguments
                got = len(model[position : position + length])
                position += got
                calls.append(read(FIRST, bytearray(20), length))
                expected.append(got)
            elif operation == "seek":
                offset, whence = arguments
                offset = max(offset, -(0, position, len(model))[whence])
                position = (0, position, len(model))[whence] + offset
                calls.append(seek(FIRST, offset, whence))
                expected.append(position)
            else:
                del model[position:]
                model.extend(bytes(position - len(model)))
                calls.append(truncate(FIRST))
                expected.append(0)

        answers = guest_on(dos)(*calls)

        assert [answer.ax for answer in answers] == expected
        assert dos.path("F").read_bytes() == model


# -- devices -----------------------------------------------------------------------------------


def test_devices_are_opened_by_name_and_never_created(dos: Dos, guest: Any) -> None:
    into = bytearray(3)

    answers = guest(
        open_file(b"NUL", BOTH),
        create(b"con.txt"),
        open_file(rb"C:\PRN", WRITE),
        open_file(b"AUX", BOTH),
        write(FIRST, b"gone"),
        write(FIRST + 1, b"seen"),
        write(FIRST + 2, b"printed"),
        read(FIRST, into),
        read(FIRST + 3, into),
        seek(FIRST, 100),
    )

    assert [answer.error for answer in answers] == [None] * 10
    assert [answer.ax for answer in answers] == [5, 6, 7, 8, 4, 4, 7, 0, 0, 0]
    assert dos.screen.text == "seen"
    assert [path.name for path in dos.path("C:\\").iterdir()] == ["PROGRAM.COM"]


def test_a_device_opened_for_reading_is_not_written(dos: Dos, guest: Any) -> None:
    _, refused = guest(open_file(b"CON", READ), write(FIRST, b"unseen"))

    assert refused.error is ErrorCode.ACCESS_DENIED
    assert dos.screen.text == ""


# -- handles that stand for one file -----------------------------------------------------------


def test_a_duplicate_shares_the_position_and_outlives_the_original(dos: Dos, guest: Any) -> None:
    _, duplicate, *_ = guest(
        create(b"F"),
        {"ax": 0x4500, "bx": FIRST},
        write(FIRST, b"one "),
        write(FIRST + 1, b"two "),
        close(FIRST),
        write(FIRST + 1, b"three"),
    )

    assert duplicate.ax == FIRST + 1
    assert dos.path("F").read_bytes() == b"one two three"


def test_two_openings_have_a_position_each(dos: Dos, guest: Any) -> None:
    dos.path("F").write_bytes(b"----------")

    guest(open_file(b"F", BOTH), open_file(b"F", BOTH), write(5, b"abc"), write(6, b"x"))

    assert dos.path("F").read_bytes() == b"xbc-------"


def test_standard_output_is_redirected_and_put_back(dos: Dos, guest: Any) -> None:
    """What a shell does for `>`."""
    guest(
        create(b"F"),
        {"ax": 0x4500, "bx": 1},
        {"ax": 0x4600, "bx": FIRST, "cx": 1},
        {"ax": 0x0900, "dx": b"into the file$"},
        write(1, b", too"),
        {"ax": 0x4600, "bx": FIRST + 1, "cx": 1},
        {"ax": 0x0900, "dx": b"onto the screen$"},
    )

    assert dos.path("F").read_bytes() == b"into the file, too"
    assert guest.result.output == dos.screen.text == "onto the screen"


def test_a_handle_forced_onto_itself_stays_open(dos: Dos, guest: Any) -> None:
    _, forced, _ = guest(
        create(b"F"), {"ax": 0x4600, "bx": FIRST, "cx": FIRST}, write(FIRST, b"still")
    )

    assert forced.error is None
    assert dos.path("F").read_bytes() == b"still"


# -- delete, rename, attributes, times ---------------------------------------------------------


def test_a_deleted_file_lives_on_for_those_who_have_it_open(dos: Dos, guest: Any) -> None:
    dos.path("F").write_bytes(b"contents")
    into = bytearray(8)

    answers = guest(
        open_file(b"F", BOTH),
        delete(b"F"),
        write(FIRST, b"CON"),
        seek(FIRST, 0),
        read(FIRST, into),
        open_file(b"F"),
        create(b"F"),
        write(FIRST + 1, b"another"),
        close(FIRST),
    )

    assert answers[1].error is None
    assert into == b"CONtents"
    assert answers[5].error is ErrorCode.FILE_NOT_FOUND
    assert dos.path("F").read_bytes() == b"another"
    assert bytes(dos.deleted[r"C:\F"]) == b"contents"


def test_a_file_is_renamed_also_into_another_directory(dos: Dos, guest: Any) -> None:
    dos.path("OLD").write_bytes(b"contents")
    dos.path("OLD").attributes = 3
    dos.path("DIR").mkdir()

    answers = guest(rename(b"OLD", b"NEW"), rename(b"NEW", rb"DIR\NEWER"), rename(b"DIR", b"D2"))

    assert [answer.error for answer in answers] == [None] * 3
    assert dos.path(r"D2\NEWER").read_bytes() == b"contents"
    assert dos.path(r"D2\NEWER").attributes == 3
    assert not dos.path("OLD").exists()


def test_an_open_file_keeps_its_handle_when_it_is_renamed(dos: Dos, guest: Any) -> None:
    guest(create(b"OLD"), write(FIRST, b"be"), rename(b"OLD", b"NEW"), write(FIRST, b"fore"))

    assert dos.path("NEW").read_bytes() == b"before"


def test_attributes_are_set_and_read(dos: Dos, guest: Any) -> None:
    dos.path("F").write_bytes(b"")
    dos.path("DIR").mkdir()

    answers = guest(
        {"ax": 0x4301, "dx": b"F\0", "cx": 0x27},
        {"ax": 0x4300, "dx": b"F\0"},
        {"ax": 0x4301, "dx": b"DIR\0", "cx": 2},
        {"ax": 0x4300, "dx": b"DIR\0"},
        {"ax": 0x4301, "dx": b"F\0", "cx": 0},
        delete(b"F"),
    )

    assert [answer.error for answer in answers] == [None] * 6
    assert (answers[1].cx, answers[3].cx) == (0x27, 0x12)
    assert not dos.path("F").exists()


def test_time_and_date_are_read_and_set(dos: Dos, guest: Any) -> None:
    dos.path("F").write_bytes(b"")

    _, found, changed, again = guest(
        open_file(b"F"),
        {"ax": 0x5700, "bx": FIRST},
        {"ax": 0x5701, "bx": FIRST, "cx": 12 << 11 | 34 << 5 | 56 // 2, "dx": 9 << 9 | 2 << 5 | 28},
        {"ax": 0x5700, "bx": FIRST},
    )

    assert (found.cx, found.dx) == (5 << 11, 11 << 9 | 6 << 5 | 11)  # the machine's clock
    assert changed.error is None
    assert (again.cx, again.dx) == (12 << 11 | 34 << 5 | 28, 9 << 9 | 2 << 5 | 28)
    assert f"{dos.path('F').stat().modified:%Y-%m-%d %H:%M:%S}" == "1989-02-28 12:34:56"


def test_a_device_has_the_time_of_now_and_keeps_no_other(guest: Any) -> None:
    found, changed, again = guest(
        {"ax": 0x5700, "bx": 1}, {"ax": 0x5701, "bx": 1}, {"ax": 0x5700, "bx": 1}
    )

    assert [answer.error for answer in (found, changed, again)] == [None] * 3
    assert (found.cx, found.dx) == (again.cx, again.dx) == (5 << 11, 11 << 9 | 6 << 5 | 11)
