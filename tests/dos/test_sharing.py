"""Sharing as SHARE.EXE has it: deny modes, inheritance, locked regions (INT 21h/3Dh, 5Ch)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode

Call = dict[str, int | bytes | bytearray]
FIRST, SECOND = 5, 6
READ, WRITE, BOTH = 0, 1, 2
COMPATIBLE, ALL, WRITING, READING, NONE = 0x00, 0x10, 0x20, 0x30, 0x40
ASK: Call = {"ax": 0x5900}


def open_file(mode: int, path: bytes = b"X.TXT") -> Call:
    return {"ax": 0x3D00 | mode, "dx": path + b"\0"}


def close(handle: int) -> Call:
    return {"ax": 0x3E00, "bx": handle}


def read(handle: int, length: int) -> Call:
    return {"ax": 0x3F00, "bx": handle, "dx": bytes(length), "cx": length}


def write(handle: int, data: bytes) -> Call:
    return {"ax": 0x4000, "bx": handle, "dx": data, "cx": len(data)}


def seek(handle: int, offset: int) -> Call:
    return {"ax": 0x4200, "bx": handle, "cx": offset >> 16, "dx": offset & 0xFFFF}


def region(operation: int, handle: int, start: int, length: int) -> Call:
    return {
        "ax": 0x5C00 | operation,
        "bx": handle,
        "cx": start >> 16,
        "dx": start & 0xFFFF,
        "si": length >> 16,
        "di": length & 0xFFFF,
    }


def lock(handle: int, start: int, length: int) -> Call:
    return region(0, handle, start, length)


def unlock(handle: int, start: int, length: int) -> Call:
    return region(1, handle, start, length)


@pytest.fixture(autouse=True)
def _file(dos: Dos) -> None:
    dos.path("X.TXT").write_bytes(bytes(range(100)))


# -- deny modes -----------------------------------------------------------------------------------

# Ralf Brown's Interrupt List, INT 21h/3Dh: rows are who has it open, columns who wants to: each
# for read, write, both. Y: may; N: error 5; C: INT 24h; 1, 2: only if the file is read-only, else
# error 5 or INT 24h.
MODES = [COMPATIBLE, ALL, WRITING, READING, NONE]
TABLE = """
YYY NNN 1NN NNN 1NN
YYY NNN NNN NNN NNN
YYY NNN NNN NNN NNN
CCC NNN NNN NNN NNN
CCC NNN NNN NNN NNN
CCC NNN NNN NNN NNN
2CC NNN YNN NNN YNN
CCC NNN NNN YNN YNN
CCC NNN NNN NNN YNN
CCC NNN NYN NNN NYN
CCC NNN NNN NYN NYN
CCC NNN NNN NNN NYN
2CC NNN YYY NNN YYY
CCC NNN NNN YYY YYY
CCC NNN NNN NNN YYY
"""


def table() -> Iterable[tuple[int, int, str]]:
    modes = [share | access for share in MODES for access in (READ, WRITE, BOTH)]
    for first, row in zip(modes, TABLE.strip().splitlines(), strict=True):
        for second, cell in zip(modes, row.replace(" ", ""), strict=True):
            yield first, second, cell


@pytest.mark.parametrize(("first", "second", "cell"), list(table()))
def test_two_who_open_a_file_agree_or_the_second_fails(
    guest: Any, first: int, second: int, cell: str
) -> None:
    if cell in "C2":
        calls = open_file(first), open_file(second)
        guest(*calls)
        assert guest.result.termination.name == "CRITICAL_ERROR"
        return

    opened, again, asked = guest(open_file(first), open_file(second), ASK)

    assert opened.error is None
    if cell == "Y":
        assert again.ax == SECOND
    else:
        assert again.error is ErrorCode.ACCESS_DENIED
        assert asked.ax == ErrorCode.SHARING_VIOLATION


@pytest.mark.parametrize(
    ("first", "second"), [(first, second) for first, second, cell in table() if cell in "12"]
)
def test_a_read_only_file_may_be_read_in_compatibility_mode(
    dos: Dos, guest: Any, first: int, second: int
) -> None:
    dos.path("X.TXT").attributes = 0x01

    opened, again = guest(open_file(first), open_file(second))

    assert (opened.error, again.error) == (None, None)


def test_an_extended_open_can_ask_for_an_error_instead_of_int_24h(guest: Any) -> None:
    call: Call = {"ax": 0x6C00, "si": b"X.TXT\0", "dx": 1, "bx": 0x2000 | BOTH}

    _, failed, asked = guest(open_file(ALL | READ), call, ASK)

    assert failed.error is ErrorCode.ACCESS_DENIED
    assert asked.ax == ErrorCode.SHARING_VIOLATION


def test_who_has_closed_the_file_denies_nothing(guest: Any) -> None:
    *_, opened = guest(open_file(ALL | BOTH), close(FIRST), open_file(ALL | BOTH))

    assert opened.ax == FIRST


def test_a_second_handle_for_the_same_opening_denies_still(guest: Any) -> None:
    *_, opened = guest(
        open_file(ALL | READ), {"ax": 0x4500, "bx": FIRST}, close(FIRST), open_file(NONE | READ)
    )

    assert opened.error is ErrorCode.ACCESS_DENIED


def test_other_files_do_not_matter(dos: Dos, guest: Any) -> None:
    dos.path("Y.TXT").write_bytes(b"")

    _, opened = guest(open_file(ALL | BOTH), open_file(ALL | BOTH, b"Y.TXT"))

    assert opened.error is None


@pytest.mark.parametrize("mode", [0x50, 0x60, 0x70])
def test_there_is_nothing_else_to_deny(error_of: Any, mode: int) -> None:
    assert error_of(**open_file(mode)) is ErrorCode.INVALID_ACCESS_CODE


@pytest.mark.parametrize(
    "call",
    [
        pytest.param({"ax": 0x4100, "dx": b"X.TXT\0"}, id="delete"),
        pytest.param({"ax": 0x5600, "dx": b"X.TXT\0", "di": b"Y.TXT\0"}, id="rename"),
        pytest.param({"ax": 0x7141, "dx": b"X.TXT\0"}, id="delete, long name"),
        pytest.param({"ax": 0x7141, "dx": b"X*\0", "si": 1}, id="delete, wildcards"),
        pytest.param({"ax": 0x7156, "dx": b"X.TXT\0", "di": b"Y.TXT\0"}, id="rename, long name"),
    ],
)
class TestWhatHappensToAnOpenFile:
    def test_it_stays_where_somebody_denies_something(
        self, dos: Dos, guest: Any, call: Call
    ) -> None:
        _, failed, asked = guest(open_file(NONE | READ), call, ASK)

        assert failed.carry
        assert asked.ax == ErrorCode.SHARING_VIOLATION
        assert dos.path("X.TXT").exists()

    def test_in_compatibility_mode_it_may_go(self, dos: Dos, guest: Any, call: Call) -> None:
        _, gone, was_read = guest(open_file(BOTH), call, read(FIRST, 10))

        assert gone.error is None
        assert was_read.ax == 10, "the handle has lost its file"
        assert not dos.path("X.TXT").exists()


def test_a_file_that_somebody_has_for_himself_is_not_created_anew(dos: Dos, guest: Any) -> None:
    guest(open_file(ALL | READ), {"ax": 0x3C00, "dx": b"X.TXT\0"})

    assert guest.result.termination.name == "CRITICAL_ERROR"
    assert len(dos.path("X.TXT").read_bytes()) == 100


def test_an_extended_open_that_replaces_asks_the_others(dos: Dos, guest: Any) -> None:
    _, failed = guest(
        open_file(WRITING | READ), {"ax": 0x6C00, "si": b"X.TXT\0", "dx": 2, "bx": NONE | BOTH}
    )

    assert failed.error is ErrorCode.ACCESS_DENIED
    assert len(dos.path("X.TXT").read_bytes()) == 100


# -- locked regions -------------------------------------------------------------------------------

SHARED = NONE | BOTH


def test_nobody_else_reads_or_writes_a_locked_region(dos: Dos, guest: Any) -> None:
    _, _, locked, was_read, asked, was_written, asked_again = guest(
        open_file(SHARED),
        open_file(SHARED),
        lock(FIRST, 10, 5),
        read(SECOND, 11),
        ASK,
        write(SECOND, bytes(11)),
        ASK,
    )

    assert locked.error is None
    assert was_read.error is was_written.error is ErrorCode.ACCESS_DENIED
    assert asked.ax == asked_again.ax == ErrorCode.LOCK_VIOLATION
    assert dos.path("X.TXT").read_bytes() == bytes(range(100)), "a part of it was written"


def test_the_owner_does(guest: Any) -> None:
    answers = guest(
        open_file(SHARED),
        lock(FIRST, 0, 100),
        read(FIRST, 50),
        write(FIRST, bytes(10)),
        {"ax": 0x4500, "bx": FIRST},  # a second handle for the same
        read(SECOND, 10),
    )

    assert [answer.error for answer in answers] == [None] * 6


def test_others_read_and_write_around_it(guest: Any) -> None:
    answers = guest(
        open_file(SHARED),
        open_file(SHARED),
        lock(FIRST, 10, 5),
        read(SECOND, 10),
        seek(SECOND, 15),
        write(SECOND, bytes(85)),
    )

    assert [answer.error for answer in answers] == [None] * 6


def test_once_unlocked_it_is_everybodys(guest: Any) -> None:
    answers = guest(
        open_file(SHARED),
        open_file(SHARED),
        lock(FIRST, 0, 100),
        unlock(FIRST, 0, 100),
        read(SECOND, 100),
        lock(SECOND, 0, 100),
    )

    assert [answer.error for answer in answers] == [None] * 6


@pytest.mark.parametrize(
    ("start", "length"), [(10, 4), (10, 6), (9, 5), (11, 4), (0, 100), (10, 1), (50, 5)]
)
def test_what_is_unlocked_must_be_what_was_locked(guest: Any, start: int, length: int) -> None:
    *_, failed, unlocked = guest(
        open_file(SHARED), lock(FIRST, 10, 5), unlock(FIRST, start, length), unlock(FIRST, 10, 5)
    )

    assert failed.error is ErrorCode.LOCK_VIOLATION
    assert unlocked.error is None


def test_only_who_locked_unlocks(guest: Any) -> None:
    *_, failed = guest(
        open_file(SHARED), open_file(SHARED), lock(FIRST, 10, 5), unlock(SECOND, 10, 5)
    )

    assert failed.error is ErrorCode.LOCK_VIOLATION


@pytest.mark.parametrize("who", [FIRST, SECOND])
def test_a_region_is_locked_once(guest: Any, who: int) -> None:
    *_, failed = guest(open_file(SHARED), open_file(SHARED), lock(FIRST, 10, 5), lock(who, 14, 9))

    assert failed.error is ErrorCode.LOCK_VIOLATION


def test_a_region_may_be_behind_the_end_and_far_away(guest: Any) -> None:
    answers = guest(
        open_file(SHARED),
        open_file(SHARED),
        lock(FIRST, 0x7FFF_0000, 0x8001_0000),
        lock(SECOND, 0xFFFF_FFFF, 1),
        lock(SECOND, 0x7FFE_FFFF, 1),
    )

    assert [a.error for a in answers[2:]] == [None, ErrorCode.LOCK_VIOLATION, None]


@pytest.mark.parametrize(("start", "length"), [(0, 0), (5, 0), (0xFFFF_FFFF, 2)])
def test_a_region_that_is_none_cannot_be_locked(guest: Any, start: int, length: int) -> None:
    _, failed = guest(open_file(SHARED), lock(FIRST, start, length))

    assert failed.error is ErrorCode.LOCK_VIOLATION


def test_closing_unlocks(guest: Any) -> None:
    *_, was_read, locked = guest(
        open_file(SHARED),
        open_file(SHARED),
        lock(FIRST, 0, 10),
        close(FIRST),
        read(SECOND, 10),
        lock(SECOND, 0, 10),
    )

    assert was_read.error is locked.error is None


def test_closing_one_of_two_handles_for_an_opening_does_not(guest: Any) -> None:
    *_, was_read = guest(
        open_file(SHARED),
        open_file(SHARED),
        lock(FIRST, 0, 10),
        {"ax": 0x4500, "bx": FIRST},
        close(FIRST),
        read(SECOND, 10),
    )

    assert was_read.error is ErrorCode.ACCESS_DENIED


def test_there_is_room_for_20_locks(guest: Any) -> None:
    *locked, failed = guest(open_file(SHARED), *(lock(FIRST, n, 1) for n in range(21)))

    assert [a.error for a in locked] == [None] * 21
    assert failed.error is ErrorCode.SHARING_BUFFER_EXCEEDED


@pytest.mark.parametrize("operation", [2, 0x80, 0xFF])
def test_a_region_can_be_locked_and_unlocked_and_nothing_else(guest: Any, operation: int) -> None:
    _, failed = guest(open_file(SHARED), region(operation, FIRST, 0, 1))

    assert failed.error is ErrorCode.INVALID_FUNCTION


def test_what_is_not_open_cannot_be_locked(error_of: Any) -> None:
    assert error_of(**lock(9, 0, 1)) is ErrorCode.INVALID_HANDLE


def test_a_device_has_no_regions(error_of: Any) -> None:
    assert error_of(**lock(1, 0, 1)) is ErrorCode.INVALID_FUNCTION


def test_locks_end_with_the_program(guest: Any) -> None:
    guest(open_file(SHARED), lock(FIRST, 0, 10))

    _, locked = guest(open_file(SHARED), lock(FIRST, 0, 10))

    assert locked.error is None


operations = st.lists(
    st.tuples(
        st.sampled_from(["lock", "unlock", "read"]),
        st.sampled_from([FIRST, SECOND]),
        st.integers(0, 12),
        st.integers(1, 8),
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(operations=operations)
def test_locks_are_as_a_simple_model_has_them(
    guest_on: Any, operations: list[tuple[str, int, int, int]]
) -> None:
    locked: list[tuple[int, int, int]] = []  # handle, start, length
    expected: list[ErrorCode | None] = []
    calls: list[Call] = []
    for what, handle, start, length in operations:
        hit = {h for h, s, n in locked if start < s + n and s < start + length}
        if what == "read":
            calls += [seek(handle, start), read(handle, length)]
            expected += [None, ErrorCode.ACCESS_DENIED if hit - {handle} else None]
        elif what == "lock":
            calls.append(lock(handle, start, length))
            expected.append(ErrorCode.LOCK_VIOLATION if hit else None)
            if not hit:
                locked.append((handle, start, length))
        else:
            calls.append(unlock(handle, start, length))
            is_locked = (handle, start, length) in locked
            expected.append(None if is_locked else ErrorCode.LOCK_VIOLATION)
            if is_locked:
                locked.remove((handle, start, length))

    with Dos() as dos:
        dos.path("X.TXT").write_bytes(bytes(100))
        _, _, *answers = guest_on(dos)(open_file(SHARED), open_file(SHARED), *calls)

    assert [answer.error for answer in answers] == expected


# -- children -------------------------------------------------------------------------------------


def in_a_child(segment: int, *calls: Call) -> list[Call]:
    """Make calls as a child process, whose PSP is made of the current one's (55h, 50h)."""
    child = segment + 0x0800
    return [
        {"ax": 0x5500, "dx": child, "si": child + 0x10},
        {"ax": 0x5000, "bx": child},
        *calls,
        {"ax": 0x5000, "bx": segment},
    ]


@pytest.fixture
def segment(guest: Any) -> int:
    """The PSP of the guest, which is the same on every run."""
    return int(guest({"ax": 0x6200})[0].bx)


def test_a_child_does_not_inherit_a_lock_with_its_handle(guest: Any, segment: int) -> None:
    answers = guest(
        open_file(SHARED),
        lock(FIRST, 0, 10),
        *in_a_child(segment, read(FIRST, 10), unlock(FIRST, 0, 10)),
        read(FIRST, 10),
    )

    assert answers[4].error is ErrorCode.ACCESS_DENIED
    assert answers[5].error is ErrorCode.LOCK_VIOLATION
    assert answers[-1].error is None


def test_a_child_may_lock_what_it_has_inherited(guest: Any, segment: int) -> None:
    answers = guest(
        open_file(SHARED),
        *in_a_child(segment, lock(FIRST, 0, 10), read(FIRST, 5)),
        read(FIRST, 5),
    )

    assert (answers[3].error, answers[4].error) == (None, None)
    assert answers[-1].error is ErrorCode.ACCESS_DENIED


@pytest.mark.parametrize(("mode", "inherited"), [(0x00, True), (0x80, False), (0xC2, False)])
def test_bit_7_keeps_a_handle_from_children(
    guest: Any, segment: int, mode: int, *, inherited: bool
) -> None:
    answers = guest(open_file(mode), *in_a_child(segment, read(FIRST, 1)))

    assert answers[3].error is (None if inherited else ErrorCode.INVALID_HANDLE)
