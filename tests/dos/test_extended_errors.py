"""INT 21h/59h and 5D0Ah: what programs are told of the last error."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode
from pytest_almostism.dos.errortables import about, admitted

Call = dict[str, int | bytes | bytearray]

ASK: Call = {"ax": 0x5900, "es": 0x1234, "di": 0x5678}
NOT_FOUND: Call = {"ax": 0x3D00, "dx": b"NO.TXT\0"}
NO_SUCH_DIRECTORY: Call = {"ax": 0x3D00, "dx": b"NO\\NO.TXT\0"}
NO_HANDLE: Call = {"ax": 0x3E00, "bx": 77}
NO_MEMORY: Call = {"ax": 0x4800, "bx": 0xFFFF}
NO_BLOCK: Call = {"ax": 0x4900, "es": 0x0999}
NO_FUNCTION: Call = {"ax": 0x4207, "bx": 1}
READ_ONLY: Call = {"ax": 0x3D01, "dx": b"FIXED.TXT\0"}
EXISTS: Call = {"ax": 0x5B00, "dx": b"FIXED.TXT\0"}
BAD_MODE: Call = {"ax": 0x3D07, "dx": b"FIXED.TXT\0"}
NO_MORE: Call = {"ax": 0x4E00, "dx": b"*.XYZ\0"}


def told(answer: Any) -> tuple[int, int, int, int]:
    """Code, class, action, locus."""
    return answer.ax, answer.bx >> 8, answer.bx & 0xFF, answer.cx >> 8


@pytest.mark.parametrize(
    ("failing", "code", "error_class", "action", "locus"),
    [
        pytest.param(NOT_FOUND, 0x02, 8, 3, 2, id="file not found"),
        pytest.param(NO_SUCH_DIRECTORY, 0x03, 8, 3, 2, id="path not found"),
        pytest.param(READ_ONLY, 0x05, 3, 3, 2, id="access denied"),
        pytest.param(NO_HANDLE, 0x06, 7, 4, 1, id="invalid handle"),
        pytest.param(NO_MEMORY, 0x08, 1, 4, 5, id="insufficient memory"),
        pytest.param(NO_BLOCK, 0x09, 7, 4, 5, id="invalid memory block"),
        pytest.param(BAD_MODE, 0x0C, 7, 4, 1, id="invalid access code"),
        pytest.param(NO_MORE, 0x12, 8, 3, 2, id="no more files"),
        pytest.param(EXISTS, 0x50, 12, 3, 2, id="file exists"),
        pytest.param(NO_FUNCTION, 0x01, 7, 4, 1, id="invalid function"),
        pytest.param({"ax": 0x7000}, 0x01, 7, 4, 1, id="a function nobody has"),
    ],
)
@pytest.mark.filterwarnings("ignore::pytest_almostism.dos.errors.UnsupportedCall")
def test_an_error_is_explained(
    dos: Dos, guest: Any, failing: Call, code: int, error_class: int, action: int, locus: int
) -> None:
    dos.path("FIXED.TXT").write_bytes(b"")
    dos.path("FIXED.TXT").attributes = 0x01

    failed, asked = guest(failing, ASK)

    assert failed.carry
    assert not asked.carry
    assert told(asked) == (code, error_class, action, locus)


def test_without_an_error_the_code_is_0(guest: Any) -> None:
    (asked,) = guest(ASK)

    assert asked.ax == 0


def test_success_does_not_make_the_error_forgotten(guest: Any) -> None:
    *_, asked = guest(NOT_FOUND, {"ax": 0x1900}, {"ax": 0x5400}, ASK)

    assert asked.ax == ErrorCode.FILE_NOT_FOUND


def test_asking_twice_gives_the_same_answer(guest: Any) -> None:
    _, first, second = guest(NO_HANDLE, ASK, ASK)

    assert told(first) == told(second)


def test_a_function_of_cpms_time_says_only_here_what_was_wrong(guest: Any) -> None:
    fcb = b"\0" + b"MISSING TXT" + bytes(25)

    opened, asked = guest({"ax": 0x0F00, "dx": fcb}, ASK)

    assert opened.al == 0xFF
    assert asked.ax == ErrorCode.FILE_NOT_FOUND


def test_no_disk_is_missing(guest: Any) -> None:
    _, asked = guest(NOT_FOUND, ASK)

    assert (asked.es, asked.di) == (0, 0)


# -- 5D0Ah -----------------------------------------------------------------------------------------

words = st.integers(0, 0xFFFF)


@settings(max_examples=30)
@given(words=st.lists(words, min_size=8, max_size=8))
def test_a_program_can_say_what_the_error_was(guest_on: Any, words: list[int]) -> None:
    with Dos() as dos:
        set_error, asked = guest_on(dos)({"ax": 0x5D0A, "dx": struct.pack("<8H", *words)}, ASK)

    ax, bx, cx, _, _, di, _, es = words
    assert not set_error.carry
    assert told(asked) == (ax, bx >> 8, bx & 0xFF, cx >> 8)
    assert (asked.es, asked.di) == (es, di)


def test_the_next_real_error_replaces_it(guest: Any) -> None:
    *_, asked = guest({"ax": 0x5D0A, "dx": struct.pack("<8H", *range(8))}, NO_HANDLE, ASK)

    assert told(asked) == (ErrorCode.INVALID_HANDLE, 7, 4, 1)
    assert (asked.es, asked.di) == (0, 0)


def test_inside_dos_it_is_the_same_error(guest: Any) -> None:
    *_, inside = guest(
        {"ax": 0x5D0A, "dx": struct.pack("<8H", 0x22, *range(7))}, {"int": 0x2F, "ax": 0x122D}
    )

    assert inside.ax == ErrorCode.WRONG_DISK


# -- what calls admit to -----------------------------------------------------------------------


def test_a_call_of_dos_2_does_not_know_the_errors_of_dos_3(dos: Dos, guest: Any) -> None:
    dos.path("X.TXT").write_bytes(b"x")

    first, second, asked = guest(
        {"ax": 0x3D10, "dx": b"X.TXT\0"}, {"ax": 0x3D10, "dx": b"X.TXT\0"}, ASK
    )

    assert not first.carry
    assert second.error is ErrorCode.ACCESS_DENIED
    assert told(asked) == (ErrorCode.SHARING_VIOLATION, 10, 2, 2)


@pytest.mark.parametrize("code", ErrorCode)
def test_every_error_has_a_class_an_action_and_a_locus(code: ErrorCode) -> None:
    error = about(code)

    assert error.code in {code, ErrorCode.INVALID_FUNCTION}
    assert 1 <= error.kind <= 13
    assert 1 <= error.action <= 7
    assert 1 <= error.locus <= 5


@given(function=st.integers(0, 0xFF), code=st.sampled_from(ErrorCode))
def test_what_a_function_admits_to_it_admits_to_unchanged(function: int, code: ErrorCode) -> None:
    answered = admitted(function, code)

    assert admitted(function, answered) == answered
