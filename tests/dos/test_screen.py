"""The text screen, INT 10h, and video memory: three views of one thing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos.memory import MEMORY_SIZE, Memory
from pytest_almostism.dos.screen import COLUMNS, ROWS, Screen

Call = dict[str, int | bytes | bytearray]


def video(function: int, **registers: int) -> Call:
    return {"int": 0x10, "ax": function, **registers}


def show(text: bytes) -> Call:
    return {"ax": 0x0900, "dx": text + b"$"}


def at(row: int, column: int) -> Call:
    return video(0x0200, dx=row << 8 | column)


def new_screen() -> Screen:
    return Screen(Memory(memoryview(bytearray(MEMORY_SIZE)), lambda *_: None))


def test_a_screen_is_empty_at_first(dos: Dos) -> None:
    assert str(dos.screen) == dos.screen.text == ""
    assert dos.screen.lines == [""] * 25
    assert dos.memory.read(0xB800, 0, 4) == b" \x07 \x07"


def test_the_cursor_is_put_and_found(guest: Any) -> None:
    *_, found = guest(at(3, 5), show(b"here"), video(0x0300))

    assert (found.dx >> 8, found.dx & 0xFF) == (3, 9)
    assert guest.result.screen == "\n\n\n     here"


def test_the_cursors_shape_is_kept(guest: Any) -> None:
    before, _, after = guest(video(0x0300), video(0x0100, cx=0x2000), video(0x0300))

    assert (before.cx, after.cx) == (0x0607, 0x2000)


def test_what_is_poked_into_video_memory_is_seen(dos: Dos) -> None:
    # es=B800 / es:[160]='H' white on blue / es:[162]='i' / ret
    code = "b800b8 8ec0 26c706a000481f 26c706a200691f c3"
    result = dos.run(bytes.fromhex(code))

    assert result.screen == "\nHi"
    assert dos.screen.cell(1, 0) == (ord("H"), 0x1F)


def test_what_is_printed_is_in_video_memory(dos: Dos, guest: Any) -> None:
    guest(at(1, 0), show(b"Hi"))

    assert dos.memory.read(0xB800, 160, 4) == b"H\x07i\x07"


def test_characters_and_attributes_are_written_and_read_at_the_cursor(dos: Dos, guest: Any) -> None:
    *_, found, cursor = guest(
        at(0, 2),
        video(0x0900 | ord("="), bx=0x4E, cx=3),
        at(0, 3),
        video(0x0A00 | ord("-"), cx=1),
        video(0x0800),
        video(0x0300),
    )

    assert guest.result.screen == "  =-="
    assert found.ax == 0x4E00 | ord("-")  # 0Ah leaves the attribute as it was
    assert cursor.dx == 3
    assert dos.screen.cell(0, 4) == (ord("="), 0x4E)


def test_teletype_acts_on_control_characters(dos: Dos, guest: Any) -> None:
    guest(*[video(0x0E00 | character) for character in b"ab\x08c\r\nd\x07\x09e"])

    assert guest.result.screen == "ac\nd○e"  # the BIOS knows no tabs
    assert dos.screen.cursor == (1, 3)
    assert guest.result.stdout == b""


def test_dos_moves_to_tab_stops(guest: Any) -> None:
    guest(show(b"a\tb\tc"))

    assert guest.result.screen == "a       b       c"


def test_long_lines_go_on_in_the_next_and_full_screens_scroll(guest: Any) -> None:
    guest(*[show(f"line {n}\r\n".encode()) for n in range(30)], show(b"x" * 85))

    lines = guest.result.screen.split("\n")
    assert (lines[0], lines[-3:]) == ("line 7", ["line 29", "x" * 80, "x" * 5])


def test_control_characters_are_seen_as_on_a_pc(guest: Any) -> None:
    guest(
        *[video(0x0A00 | n, cx=1) if n == 3 else at(0, n) for n in (1, 3)],
        at(0, 5),
        show(b"\x02\x1b\x7f\xdb"),
    )

    assert guest.result.screen == " ♥   ☻←⌂█"


def test_a_window_is_scrolled_up_and_down(dos: Dos, guest: Any) -> None:
    rows = [show(bytes([65 + n]) * 10 + b"\r\n") for n in range(5)]
    up = video(0x0601, bx=0x1700, cx=0x0102, dx=0x0304)  # rows 1-3, columns 2-4
    down = video(0x0702, bx=0x2700, cx=0x0006, dx=0x0308)

    guest(*rows, up, down)

    assert dos.screen.lines[:5] == [
        "AAAAAA   A",
        "BBCCCB   B",
        "CCDDDCAAAC",
        "DD   DBBBD",
        "EEEEEEEEEE",
    ]
    assert dos.screen.cell(3, 2) == (0x20, 0x17)
    assert dos.screen.cell(0, 6) == (0x20, 0x27)


def test_a_mode_is_set_and_clears_the_screen_or_not(guest: Any) -> None:
    kept, _, cleared, page = guest(show(b"before"), video(0x0083), video(0x0F00), video(0x0500))
    assert (cleared.ax, cleared.bx >> 8) == (80 << 8 | 3, 0)
    assert guest.result.screen == "before"
    assert (kept.carry, page.carry) == (False, False)

    guest(show(b"before"), video(0x0003))
    assert guest.result.screen == ""


@pytest.mark.parametrize("row", [25, 255])
def test_a_cursor_outside_the_screen_is_put_into_it(dos: Dos, guest: Any, row: int) -> None:
    guest(at(row, 200), show(b"x"))

    assert dos.screen.lines[-2].endswith("x")  # printed in the corner, then scrolled


def test_a_cursor_poked_out_of_the_screen_does_no_harm(dos: Dos) -> None:
    # [40:50]=FFFF / teletype x and newline / write x 65535 times / ret
    code = "b84000 8ec0 26c7065000ffff b8780e cd10 b80a0e cd10 26c7065000ffff b87809 b9ffff cd10"
    dos.run(bytes.fromhex(code + "b402 b221 cd21 c3"))

    assert len(dos.screen.lines) == 25


@given(st.binary(max_size=300), st.integers(0, 255), st.integers(0, 255))
def test_printing_anything_anywhere_stays_within_the_screen(
    text: bytes, row: int, column: int
) -> None:
    screen = new_screen()
    screen.cursor = (row, column)

    screen.write(text, tabs=True)

    if text:
        assert screen.cursor[0] < ROWS
        assert screen.cursor[1] < COLUMNS
    assert all(len(line) <= COLUMNS for line in screen.lines)


@given(st.integers(0, 255), st.tuples(*[st.integers(0, 255)] * 4), st.booleans())
def test_scrolling_any_window_changes_nothing_outside_it(
    lines: int,
    window: tuple[int, int, int, int],
    down: bool,  # noqa: FBT001 - an example's value
) -> None:
    screen = new_screen()
    screen.write(b"#" * (COLUMNS * ROWS - 1))
    top, left, bottom, right = window

    screen.scroll(lines, window, 0x70, down=down)

    for row in range(ROWS):
        for column in (0, left - 1, left, right, right + 1, COLUMNS - 1):
            if 0 <= column < COLUMNS and not (top <= row <= bottom and left <= column <= right):
                outside = 0x20 if (row, column) == (ROWS - 1, COLUMNS - 1) else ord("#")
                assert screen.cell(row, column) == (outside, 7)
