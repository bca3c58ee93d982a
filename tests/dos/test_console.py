"""INT 21h/01h-0Ch: characters and lines, from the keyboard and from redirected input."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos, Termination
from pytest_almostism.dos import KeyboardStarved

GET_ECHOED, GET_RAW, GET = 0x0100, 0x0700, 0x0800
STATUS = 0x0B00


# -- output ------------------------------------------------------------------------------------


def test_text_up_to_a_dollar_goes_to_standard_output_and_the_screen(dos: Dos, guest: Any) -> None:
    (answer,) = guest({"ax": 0x0900, "dx": b"one\r\ntwo$three"})

    assert answer.al == 0x24
    assert guest.result.stdout == b"one\r\ntwo"
    assert guest.result.output == guest.result.screen == dos.screen.text == "one\ntwo"


def test_single_characters(guest: Any) -> None:
    plain, tab, direct = guest(
        {"ax": 0x0200, "dx": ord("x")}, {"ax": 0x0200, "dx": 9}, {"ax": 0x0600, "dx": ord("y")}
    )

    assert (plain.al, tab.al, direct.al) == (ord("x"), 0x20, ord("y"))
    assert guest.result.stdout == b"x\ty"
    assert guest.result.screen == "x       y"


def test_output_is_decoded_from_code_page_437_and_line_ends_are_normalised(dos: Dos) -> None:
    text = b"\x80\xe1\xdb caf\x82\r\ntwo\nthree\r"
    write = (
        bytes.fromhex("ba1001 b440 b9") + bytes((len(text), 0)) + bytes.fromhex("bb0100 cd21 c3")
    )

    result = dos.run(write.ljust(16, b"\x90") + text)

    assert result.stdout == text
    assert result.output == "Çß█ café\ntwo\nthree\n"


def test_standard_error_is_kept_apart_but_seen(guest: Any) -> None:
    guest(
        {"ax": 0x4000, "bx": 1, "dx": b"out", "cx": 3},
        {"ax": 0x4000, "bx": 2, "dx": b"err", "cx": 3},
    )

    result = guest.result
    assert (result.stdout, result.stderr, result.screen) == (b"out", b"err", "outerr")


def test_printer_and_serial_port_take_what_they_get(guest: Any) -> None:
    printed, sent, nothing = guest(
        {"ax": 0x0500, "dx": ord("p")}, {"ax": 0x0400, "dx": ord("s")}, {"ax": 0x0300}
    )

    assert (printed.ax, sent.ax) == (0x0500, 0x0400)
    assert nothing.al == 0x1A
    assert guest.result.screen == ""


def test_a_text_without_dollar_ends_with_its_segment(guest: Any) -> None:
    guest({"ax": 0x0900, "ds": 0xF000, "dx": 0x8000})

    assert len(guest.result.stdout) == 0x10000


def test_output_to_a_closed_handle_is_lost_and_nothing_is_told(guest: Any) -> None:
    _, shown, character = guest(
        {"ax": 0x3E00, "bx": 1}, {"ax": 0x0900, "dx": b"text$"}, {"ax": 0x0200, "dx": ord("x")}
    )

    assert guest.result.stdout == b""
    assert (shown.ah, shown.carry) == (9, False)
    assert (character.ah, character.carry) == (2, False)


# -- input -------------------------------------------------------------------------------------


def test_keys_are_read_with_and_without_echo(guest: Any) -> None:
    answers = guest({"ax": GET_ECHOED}, {"ax": GET}, {"ax": GET_RAW}, keys="abc")

    assert bytes(answer.al for answer in answers) == b"abc"
    assert guest.result.output == "a"


def test_keys_without_a_character_are_a_zero_and_their_scan_code(guest: Any) -> None:
    answers = guest(*[{"ax": GET}] * 5, keys="{f1}{up}x")

    assert bytes(answer.al for answer in answers) == b"\x00\x3b\x00\x48x"


def test_looking_whether_a_key_waits(guest: Any) -> None:
    before, direct, after, nothing = guest(
        {"ax": STATUS},
        {"ax": 0x0600, "dx": 0xFF},
        {"ax": STATUS},
        {"ax": 0x0600, "dx": 0xFF},
        keys="k",
    )

    assert (before.al, after.al) == (0xFF, 0)
    assert (direct.al, direct.zero) == (ord("k"), False)
    assert (nothing.al, nothing.zero) == (0, True)


def test_redirected_input_is_read_to_its_end(guest: Any) -> None:
    answers = guest({"ax": STATUS}, *[{"ax": GET}] * 2, {"ax": STATUS}, {"ax": GET}, stdin=b"ab")

    assert [answer.al for answer in answers] == [0xFF, ord("a"), ord("b"), 0, 0x1A]


@pytest.mark.parametrize(
    ("keys", "line", "shown"),
    [
        ("hello{enter}", b"hello", "hello"),
        ("help{backspace}lo{enter}", b"hello", "hello"),
        ("{backspace}{backspace}x{enter}", b"x", "x"),
        ("much too long{enter}", b"much to", "much to"),
        ("wrong{esc}right{enter}", b"right", "wrong\\\nright"),
        ("{f5}a{up}b{enter}", b"ab", None),
        ("{enter}", b"", ""),
    ],
)
def test_a_line_is_edited_into_a_buffer(
    guest: Any, keys: str, line: bytes, shown: str | None
) -> None:
    buffer = bytearray(b"\x08\xee" + b"." * 10)

    guest({"ax": 0x0A00, "dx": buffer}, keys=keys)

    assert buffer[0] == 8  # seven characters and the return
    assert buffer[1] == len(line)
    assert buffer[2:] == (line + b"\r").ljust(10, b".")
    if shown is not None:
        assert guest.result.screen.rstrip() == shown


def test_lines_come_from_redirected_input_too(guest: Any) -> None:
    one, two = bytearray(b"\x10\0" + bytes(8)), bytearray(b"\x10\0" + bytes(8))

    guest({"ax": 0x0A00, "dx": one}, {"ax": 0x0A00, "dx": two}, stdin=b"one\r\ntwo\r\n")

    assert (bytes(one[:6]), bytes(two[:6])) == (b"\x10\x03one\r", b"\x10\x03two\r")


def test_a_buffer_without_room_reads_nothing(guest: Any) -> None:
    buffer = bytearray(4)

    _, answer = guest({"ax": 0x0A00, "dx": buffer}, {"ax": GET}, keys="k")

    assert buffer == bytes(4)
    assert answer.al == ord("k")


@pytest.mark.parametrize(
    ("function", "al"),
    [(0x01, ord("k")), (0x07, ord("k")), (0x08, ord("k")), (0x06, ord("k")), (0x55, 0)],
)
def test_flushing_and_then_reading(guest: Any, function: int, al: int) -> None:
    (answer,) = guest({"ax": 0x0C00 | function, "dx": 0xFF}, keys="k")

    assert answer.al == al


def test_flushing_and_then_reading_a_line(guest: Any) -> None:
    buffer = bytearray(b"\x08\0" + bytes(8))

    guest({"ax": 0x0C0A, "dx": buffer}, keys="line{enter}")

    assert buffer[1:7] == b"\x04line\r"


def test_reading_the_console_by_handle_gives_a_line(guest: Any) -> None:
    into, rest = bytearray(4), bytearray(10)

    first, second = guest(
        {"ax": 0x3F00, "bx": 0, "dx": into, "cx": 4},
        {"ax": 0x3F00, "bx": 0, "dx": rest, "cx": 10},
        keys="hel{backspace}llo{enter}",
    )

    assert (first.ax, second.ax) == (4, 3)
    assert bytes(into) + bytes(rest[:3]) == b"hello\r\n"
    assert guest.result.screen == "hello"


@pytest.mark.parametrize("function", [GET_ECHOED, GET_RAW, GET, 0x0A00, 0x3F00])
def test_waiting_for_a_key_that_nobody_types_is_told(guest: Any, function: int) -> None:
    with pytest.raises(KeyboardStarved) as failure:
        guest(
            {"ax": function, "dx": bytearray(b"\x05\0\0\0\0\0\0"), "cx": 5},
            *[{"ax": GET}] * 2,
            keys="k",
        )

    assert str(failure.value).startswith(r"C:\PROGRAM.COM: waits for a key, and no more were typed")
    assert "calls:" in str(failure.value)


# -- Ctrl-C ------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", [GET_ECHOED, GET, 0x0A00, 0x3F00, 0x0C08])
def test_ctrl_c_ends_a_program(dos: Dos, guest: Any, function: int) -> None:
    dos.path("F").write_bytes(b"before")

    guest(
        {"ax": 0x3C00, "dx": b"F\0"},
        {"ax": function, "dx": bytearray(b"\x05\0\0\0\0\0\0"), "cx": 5},
        {"ax": 0x0900, "dx": b"never$"},
        keys="{ctrl-c}",
    )

    result = guest.result
    assert result.termination is Termination.CTRL_C
    assert result.exit_code == 0
    assert result.screen == "^C"
    assert dos.path("F").read_bytes() == b""


def test_ctrl_c_is_a_character_where_a_program_asks_for_that(guest: Any) -> None:
    (answer,) = guest({"ax": GET_RAW}, keys="{ctrl-c}")

    assert answer.al == 3
    assert guest.result.termination is Termination.NORMAL


def test_a_program_handles_ctrl_c_itself(dos: Dos, program: Callable[[str], Path]) -> None:
    result = dos.run(program("ctrlc.com"), keys="a{ctrl-c}b{ctrl-c}{ctrl-c}q")

    assert result.output == "^C\n!a^C\n^C\n!!bq"  # noticed when the program prints
    assert result.termination is Termination.NORMAL


@given(
    st.text(
        st.characters(
            codec="cp437", exclude_characters="\x03\x06\n\r\x0e\x10\x13\x1a{}\t\b\x1b\x7f⌂\0"
        ),
        max_size=30,
    )
)
def test_what_is_typed_is_what_is_read(guest_on: Callable[[Dos], Any], text: str) -> None:
    with Dos() as dos:
        into = bytearray(40)

        (answer,) = guest_on(dos)({"ax": 0x3F00, "dx": into, "cx": 40}, keys=text + "{enter}")

        assert bytes(into[: answer.ax]) == text.encode("cp437") + b"\r\n"
