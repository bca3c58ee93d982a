"""The trace of a run: every call, as strace would show it."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_almostism import Dos
from pytest_almostism.dos import ErrorCode
from pytest_almostism.dos.calls import CALLS_KEPT


def test_calls_read_like_strace(dos: Dos, guest: Any) -> None:
    into = bytearray(4)
    guest(
        {"ax": 0x3C00, "dx": b"new.txt\0", "cx": 0},
        {"ax": 0x4000, "bx": 5, "dx": b"text\r\n", "cx": 6},
        {"ax": 0x4200, "bx": 5, "cx": 0, "dx": 2},
        {"ax": 0x3F00, "bx": 5, "dx": into, "cx": 4},
        {"ax": 0x3D00, "dx": b"NOWHERE\0"},
        {"ax": 0x4300, "dx": b"NEW.TXT\0"},
        {"ax": 0x0900, "dx": b"text$"},
        {"int": 0x10, "ax": 0x0E78},
        {"ax": 0x3000},
    )

    cs = dos.registers.cs
    lines = [str(call) for call in guest.result.calls]
    assert all(line.startswith(f"{cs:04X}:0") for line in lines)
    assert [line.partition("  ")[2] for line in lines] == [
        'INT 21h/3Ch create(path="new.txt", attributes=0) -> 0005h',
        r"INT 21h/40h write(handle=5, data='text\r\n', length=6) -> 0006h",
        "INT 21h/42h move_pointer(handle=5, whence=0, high=0, low=2) -> 0002h",
        "INT 21h/3Fh read(handle=5, length=4) -> 0004h",
        'INT 21h/3Dh open(path="NOWHERE", access=0) -> error 2 file not found',
        'INT 21h/4300h get_attributes(path="NEW.TXT") -> 0020h',
        "INT 21h/09h display_string(text='text') -> 0924h",
        "INT 10h/0Eh teletype_output(character=78h) -> 0E78h",
        "INT 21h/30h get_version_number(type=0) -> 0005h",
        "INT 21h/4Ch end_program(code=0) -> 4C00h",
    ]


def test_a_call_knows_what_it_was_about(dos: Dos, guest: Any) -> None:
    dos.path("F").write_bytes(b"")
    guest({"ax": 0x3D02, "dx": b"f\0", "bx": 0x1111, "cx": 0x2222}, {"ax": 0x3D00, "dx": b"g\0"})

    opened, missing, _ = guest.result.calls
    assert (opened.interrupt, opened.function, opened.name) == (0x21, 0x3D, "open")
    assert (opened.ax, opened.bx, opened.cx) == (0x3D02, 0x1111, 0x2222)
    assert opened.arguments == {"path": "f", "access": 2}
    assert (opened.result, opened.error) == (5, None)
    assert opened.before.cs == dos.registers.cs
    assert (missing.error, missing.result) == (ErrorCode.FILE_NOT_FOUND, 2)


def test_long_buffers_are_cut_and_fillings_are_counted(guest: Any) -> None:
    guest(
        {"ax": 0x4000, "bx": 1, "dx": bytes(range(32, 128)), "cx": 96},
        {"ax": 0x4000, "bx": 1, "dx": b"=" * 40, "cx": 40},
    )

    first, second, _ = guest.result.calls
    assert first.arguments["data"] == bytes(range(32, 96))
    assert "data='='*40, length=28h)" in str(second)


def test_a_name_that_never_ends_is_cut(guest: Any) -> None:
    guest({"ax": 0x3D00, "ds": 0xF000, "dx": 0x8000})
    guest({"ax": 0x3D00, "dx": b"x" * 1000 + b"\0"})

    assert len(guest.result.calls[0].arguments["path"]) == 128


def test_of_many_calls_the_last_are_kept_and_all_are_counted(dos: Dos) -> None:
    calls = CALLS_KEPT + 50
    code = b"\xb9" + calls.to_bytes(2, "little") + bytes.fromhex("b419 cd21 e2fa c3")

    result = dos.run(code, max_instructions=None)

    assert len(result.calls) == CALLS_KEPT
    assert repr(result.calls) == f"<{calls + 1} calls>"
    assert result.calls[-1].name == "terminate_program"
    assert [call.name for call in result.calls[-3:-1]] == ["get_default_drive"] * 2
    assert dos.calls is result.calls


@pytest.mark.filterwarnings("ignore::pytest_almostism.dos.UnsupportedCall")
def test_a_call_that_nobody_answers_is_in_both_lists(dos: Dos) -> None:
    result = dos.run(bytes.fromhex("b8cdab bb3412 cd61 cd20"))

    assert str(result.calls[0]).endswith(
        "INT 61h/ABh unanswered(ax=ABCDh, bx=1234h, cx=FFh, "
        f"dx={dos.registers.cs:X}h) -> error 1 invalid function"
    )
    assert [str(call) for call in result.unsupported] == [str(result.calls[0])]
