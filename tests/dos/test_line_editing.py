"""INT 21h/0Ah and reading CON by handle: a line that is edited as DOS edits it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos, Termination
from pytest_almostism.dos import KeyboardStarved

READ_LINE, READ, RAW = 0x0A00, 0x3F00, 0x20
CON = 0


def buffer(template: bytes = b"", room: int = 20, *, terminated: bool = True) -> bytearray:
    """The buffer of 0Ah with a line that was read into it before."""
    end = b"\r" if terminated else b"."
    return bytearray(bytes((room, len(template))) + template + end + b"." * 30)


def line(filled: bytearray) -> bytes:
    """What 0Ah has put there."""
    assert filled[2 + filled[1]] == 0x0D, "a CR follows the line"
    return bytes(filled[2 : 2 + filled[1]])


# -- the keys ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "keys", "expected"),
    [
        pytest.param(b"copy", "{f3}", b"copy", id="F3 copies the template"),
        pytest.param(b"copy", "{f1}{f1}", b"co", id="F1 copies a character"),
        pytest.param(b"copy", "{right}{right}", b"co", id="the right arrow is F1"),
        pytest.param(b"copy", "{f1}{f1}{f1}{f1}{f1}", b"copy", id="F1 stops at its end"),
        pytest.param(b"copy", "r{f3}", b"ropy", id="typing replaces"),
        pytest.param(b"copy", "{ins}s{f3}", b"scopy", id="Ins lets typing insert"),
        pytest.param(b"copy", "{ins}s{ins}b{f3}", b"sbopy", id="a second Ins ends that"),
        pytest.param(b"copy", "{ins}s{f1}a{f3}", b"scapy", id="copying ends it, too"),
        pytest.param(b"copy", "{del}{f3}", b"opy", id="Del skips a character"),
        pytest.param(b"copy", "{del}{del}{del}{del}{del}{f3}", b"", id="Del stops at the end"),
        pytest.param(b"copy a:x", "{f2}a", b"copy ", id="F2 copies up to a character"),
        pytest.param(b"xaxa", "{f2}x", b"xa", id="F2 never finds the current character"),
        pytest.param(b"copy", "{f2}z{f1}", b"c", id="F2 without such a character does nothing"),
        pytest.param(b"copy", "{f2}{f1}{f1}", b"c", id="F2 and no character does nothing"),
        pytest.param(b"copy a:x", "{f4}a{f3}", b"a:x", id="F4 skips up to a character"),
        pytest.param(b"copy", "{f4}z{f3}", b"copy", id="F4 without such a character"),
        pytest.param(b"copy", "type{f5}{f3}", b"type", id="F5 takes the line as the template"),
        pytest.param(b"copy", "ab{f5}x{f3}", b"xb", id="F5 begins at its start"),
        pytest.param(b"copy", "ab{f6}", b"ab\x1a", id="F6 is ^Z"),
        pytest.param(b"copy", "ab{f7}c", b"ab\0c", id="F7 is a zero"),
        pytest.param(b"copy", "ty{esc}{f3}", b"copy", id="Esc begins anew"),
        pytest.param(b"copy", "{f1}{f1}{left}{f3}", b"copy", id="left takes the copy back"),
        pytest.param(b"copy", "{f3}{backspace}{backspace}ke", b"coke", id="backspace, too"),
        pytest.param(b"copy", "{backspace}{f3}", b"copy", id="backspace at the start"),
        pytest.param(b"copy", "{f8}{home}{alt-x}{f3}", b"copy", id="other keys do nothing"),
        pytest.param(b"copy", "a\x06b", b"ab", id="^F does nothing"),
        pytest.param(b"copy", "a\x7fb", b"b", id="DEL is a backspace"),
        pytest.param(b"copy", "{ctrl-j}a", b"a", id="a line feed before the line is not of it"),
        pytest.param(b"copy", "a{ctrl-j}", b"a\n", id="one inside is"),
        pytest.param(b"", "{f1}{f2}x{f3}{f4}x{del}a", b"a", id="without a template"),
    ],
)
def test_editing_keys(guest: Any, template: bytes, keys: str, expected: bytes) -> None:
    filled = buffer(template)

    guest({"ax": READ_LINE, "dx": filled}, keys=keys + "{enter}")

    assert line(filled) == expected


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("copy", "copy"),
        ("a{ctrl-a}b", "a^Ab"),
        ("a{ctrl-a}{backspace}b", "ab"),
        ("a{tab}b", "a       b"),
        ("a{tab}{backspace}b", "ab"),
        ("{f6}", "^Z"),
        ("wrong{esc}right", "wrong\\\nright"),
        ("again{f5}{f1}", "again@\na"),
    ],
)
def test_what_is_typed_is_shown(guest: Any, keys: str, shown: str) -> None:
    guest({"ax": READ_LINE, "dx": buffer()}, keys=keys + "{enter}")

    assert "\n".join(text.rstrip() for text in guest.result.screen.splitlines()) == shown


def test_a_line_that_is_begun_anew_starts_where_the_first_did(guest: Any) -> None:
    guest(
        {"ax": 0x0900, "dx": b"name: $"}, {"ax": READ_LINE, "dx": buffer()}, keys="x{esc}y{enter}"
    )

    assert guest.result.screen.splitlines() == ["name: x\\", "      y"]


def test_only_the_return_is_shown_at_the_end(guest: Any) -> None:
    guest({"ax": READ_LINE, "dx": buffer()}, {"ax": 0x0200, "dx": ord("X")}, keys="line{enter}")

    assert guest.result.stdout == b"line\rX"


def test_the_bell_rings_when_the_buffer_is_full(guest: Any) -> None:
    filled = buffer(room=4)

    guest({"ax": READ_LINE, "dx": filled}, keys="abcde{backspace}x{enter}")

    assert line(filled) == b"abx"
    assert guest.result.stdout.count(b"\a") == 2
    assert filled[6:] == b"." * len(filled[6:]), "nothing behind the buffer is written"


@pytest.mark.parametrize(
    "template",
    [buffer(b"old", terminated=False), buffer(b"older", room=5)],
    ids=["without its CR", "longer than the buffer"],
)
def test_what_is_no_line_is_no_template(guest: Any, template: bytearray) -> None:
    guest({"ax": READ_LINE, "dx": template}, keys="{f3}a{enter}")

    assert line(template) == b"a"


def test_redirected_input_is_edited_as_well_and_ends_a_line_with_its_end(guest: Any) -> None:
    first, second, third = buffer(), buffer(b"third"), buffer()
    read = [{"ax": READ_LINE, "dx": filled} for filled in (first, second, third)]

    guest(*read, stdin=b"ab\x08c\r\n\0\x3d\r\nlast")

    assert [line(filled) for filled in (first, second, third)] == [b"ac", b"third", b"last"]


@given(
    template=st.binary(max_size=18).filter(lambda data: 13 not in data),
    typed=st.text("abc", max_size=30),
)
def test_a_line_fits_its_buffer_whatever_is_typed(
    guest_on: Callable[[Dos], Any], template: bytes, typed: str
) -> None:
    filled = buffer(template)
    with Dos() as dos:
        guest_on(dos)({"ax": READ_LINE, "dx": filled}, keys=f"{typed}{{f3}}{{enter}}")

    assert line(filled) == (typed.encode() + template[len(typed) :])[:19]


# -- by handle ---------------------------------------------------------------------------------


def read(into: bytearray) -> dict[str, Any]:
    return {"ax": READ, "bx": CON, "dx": into, "cx": len(into)}


def test_what_does_not_fit_is_read_next_time(guest: Any) -> None:
    pieces = [bytearray(3) for _ in range(4)]

    answers = guest(*map(read, pieces), keys="hello{enter}x{enter}")

    assert [bytes(piece[: a.ax]) for piece, a in zip(pieces, answers, strict=True)] == [
        b"hel",
        b"lo\r",
        b"\n",
        b"x\r\n",
    ]


def test_the_rest_of_a_line_is_there_for_every_handle(guest: Any) -> None:
    first, second = bytearray(2), bytearray(9)

    *_, rest = guest(
        read(first), {"ax": 0x3D00, "dx": b"CON\0"}, {**read(second), "bx": 5}, keys="line{enter}"
    )

    assert bytes(first) + bytes(second[: rest.ax]) == b"line\r\n"


def test_the_line_before_is_the_template(guest: Any) -> None:
    first, second = bytearray(20), bytearray(20)

    answers = guest(read(first), read(second), keys="copy{enter}t{f3}{enter}")

    assert bytes(second[: answers[1].ax]) == b"topy\r\n"


@pytest.mark.parametrize(
    "keys", ["{ctrl-z}{enter}", "{f6}{enter}", "{ctrl-z}", "{ctrl-z}rest{enter}"]
)
def test_a_line_that_begins_with_ctrl_z_is_the_end(guest: Any, keys: str) -> None:
    (answer,) = guest(read(bytearray(10)), keys=keys)

    assert (answer.ax, answer.carry) == (0, False)


def test_ctrl_z_inside_a_line_is_a_character(guest: Any) -> None:
    into = bytearray(10)

    (answer,) = guest(read(into), keys="a{ctrl-z}b{enter}")

    assert bytes(into[: answer.ax]) == b"a\x1ab\r\n"


def test_reading_nothing_asks_for_nothing(guest: Any) -> None:
    (answer,) = guest({"ax": READ, "bx": CON, "dx": b"", "cx": 0})

    assert (answer.ax, answer.carry) == (0, False)


def test_the_longest_line_has_127_characters(guest: Any) -> None:
    into = bytearray(200)

    (answer,) = guest(read(into), keys="x" * 130 + "{enter}")

    assert bytes(into[: answer.ax]) == b"x" * 127 + b"\r\n"


def test_raw_mode_hands_out_characters_as_they_come(guest: Any) -> None:
    into = bytearray(6)

    _, *_, last = guest(
        {"ax": 0x4401, "bx": CON, "dx": 0xC0 | RAW},
        *({**read(into[n : n + 1]), "dx": into, "cx": 1} for n in range(2)),
        {**read(into), "cx": 6},
        keys="abc\x03\r\x08{f1}",
    )

    assert last.ax == 6
    assert bytes(into) == b"c\x03\r\x08\0\x3b"
    assert guest.result.screen == ""
    assert guest.result.termination is Termination.NORMAL


def test_raw_mode_waits_for_as_many_as_are_wanted(guest: Any) -> None:
    with pytest.raises(KeyboardStarved):
        guest({"ax": 0x4401, "bx": CON, "dx": 0xC0 | RAW}, read(bytearray(5)), keys="abcd")


# -- waiting -----------------------------------------------------------------------------------

PRINT_STAR = bytes.fromhex("50 b82a0e cd10 58 cf")  # push ax / int 10h, 0Eh "*" / pop ax / iret
PRINT_NEXT = bytes.fromhex("50 40 b40e cd10 58 cf")  # the same with the character behind AL


@pytest.mark.parametrize("function", [0x0100, 0x0700, 0x0800, 0x0C08])
def test_int_28h_is_called_while_dos_waits_for_a_key(guest: Any, function: int) -> None:
    _, first, second = guest(
        {"ax": 0x2528, "dx": PRINT_STAR}, {"ax": function}, {"ax": function}, keys="ab"
    )

    assert (first.al, second.al) == tuple(b"ab")
    assert guest.result.screen.count("*") == 2


def test_int_28h_is_called_while_a_line_is_awaited(guest: Any) -> None:
    filled = buffer()

    guest({"ax": 0x2528, "dx": PRINT_STAR}, {"ax": READ_LINE, "dx": filled}, keys="abc{enter}")

    assert line(filled) == b"abc"
    assert guest.result.screen == "*abc"


def test_nobody_is_called_when_nobody_waits(guest: Any) -> None:
    guest({"ax": 0x2528, "dx": PRINT_STAR}, {"ax": 0x0600, "dx": 0xFF}, {"ax": 0x0B00}, keys="a")

    assert guest.result.screen == ""


def test_dos_itself_does_nothing_in_int_28h_and_shows_a_character_in_int_29h(guest: Any) -> None:
    idle, fast = guest({"int": 0x28, "ax": 0x1234}, {"int": 0x29, "ax": ord("x")})

    assert (idle.ax, fast.ax) == (0x1234, ord("x"))
    assert (guest.result.screen, guest.result.stdout) == ("x", b"")


def test_what_is_written_to_the_console_goes_through_int_29h(guest: Any) -> None:
    _, text, character, by_handle = guest(
        {"ax": 0x2529, "dx": PRINT_NEXT},
        {"ax": 0x0900, "dx": b"HAL$"},
        {"ax": 0x0200, "dx": ord("x")},
        {"ax": 0x4000, "bx": 1, "dx": b"ab", "cx": 2},
    )

    assert guest.result.screen == "IBMybc"
    assert guest.result.stdout == b"HALxab"
    assert (text.al, character.al, by_handle.ax) == (0x24, ord("x"), 2)
