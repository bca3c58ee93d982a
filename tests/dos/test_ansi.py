"""ANSI.SYS: escape sequences that move, erase, colour and ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos

Show = Callable[..., Any]
FAST_OUTPUT = 0x29


@pytest.fixture
def dos(dos_factory: Callable[..., Dos]) -> Dos:
    """A PC with ANSI.SYS."""
    return dos_factory(ansi=True)


@pytest.fixture
def show(guest: Any) -> Show:
    """Writes pieces to standard output one after another; gives what is on the screen then."""

    def show(*pieces: bytes) -> Any:
        guest(*({"ax": 0x4000, "bx": 1, "dx": piece, "cx": len(piece)} for piece in pieces))
        return guest.result.screen

    return show


def esc(text: str) -> bytes:
    return text.replace("^", "\x1b[").encode("cp437")


@pytest.mark.parametrize(
    ("text", "cursor"),
    [
        ("^5;10H", (4, 9)),
        ("^5;10f", (4, 9)),
        ("^5H", (4, 0)),
        ("^;10H", (0, 9)),
        ("^5;10H^H", (0, 0)),
        ("^0;0H", (0, 0)),
        ("^99;200H", (24, 79)),
        ("^5;5H^2A", (2, 4)),
        ("^5;5H^A", (3, 4)),
        ("^5;5H^9A", (0, 4)),
        ("^5;5H^2B", (6, 4)),
        ("^5;5H^99B", (24, 4)),
        ("^5;5H^3C", (4, 7)),
        ("^5;5H^99C", (4, 79)),
        ("^5;5H^3D", (4, 1)),
        ("^5;5H^D^D^9D", (4, 0)),
        ("^5;5H^s^H^u", (4, 4)),
        ("text^2J", (0, 0)),
        ("tab\t", (0, 8)),
        ("^=7h", (0, 0)),
    ],
)
def test_where_the_cursor_goes(dos: Dos, show: Show, text: str, cursor: tuple[int, int]) -> None:
    show(esc(text))

    assert dos.screen.cursor == cursor


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("text^2Jnew", "new"),
        ("long line^1;5H^K", "long"),
        ("a^2;2Hb", "a\n b"),
        ("a^99zb", "ab"),
        ('a^65;"text";13pb', "ab"),
        ("a^'quoted^'pb", "ab"),
        ("a\x1bXb", "aXb"),
        ("a\x1b\x1b[Cb", "a b"),
        ("^=3htext", "text"),
        ("^5mtext^0m", "text"),
    ],
)
def test_what_is_left_on_the_screen(show: Show, text: str, shown: str) -> None:
    assert show(esc(text)) == shown


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("", 0x07),
        ("^31m", 0x04),
        ("^1;33m", 0x0E),
        ("^44m", 0x17),
        ("^1;37;44m", 0x1F),
        ("^5m", 0x87),
        ("^7m", 0x70),
        ("^8m", 0x00),
        ("^31;44m^0m", 0x07),
        ("^31;44m^m", 0x07),
        ("^30;47m", 0x70),
        ("^36m^45m", 0x53),
        ("^99m", 0x07),
    ],
)
def test_colours(dos: Dos, show: Show, text: str, attribute: int) -> None:
    show(esc(text) + b"x")

    assert dos.screen.cell(0, 0) == (ord("x"), attribute)


def test_what_is_erased_has_the_colour_of_now(dos: Dos, show: Show) -> None:
    show(esc("^44m^2J^41mx^K"))

    assert dos.screen.cell(0, 40)[1] == 0x47
    assert dos.screen.cell(1, 0)[1] == 0x17


@given(st.lists(st.integers(1, 30), max_size=4))
def test_a_sequence_may_come_in_pieces(guest_on: Callable[[Dos], Any], cuts: list[int]) -> None:
    text = esc("a^3;4Hb^1;31mc^s^2;2Hd^ue")
    ends = sorted({min(cut, len(text)) for cut in cuts} | {len(text)})
    pieces = [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    with Dos(ansi=True) as dos:
        guest_on(dos)(*({"ax": 0x4000, "bx": 1, "dx": p, "cx": len(p)} for p in pieces))

        assert dos.screen.text == "a\n d\n   bce"
        assert dos.screen.cell(2, 4) == (ord("c"), 0x0C)


def test_a_sequence_that_never_ends_is_given_up(show: Show) -> None:
    assert show(b"\x1b[" + b"1;" * 150, b"text") == "text"


def test_lines_need_not_wrap(dos: Dos, show: Show) -> None:
    show(esc("^?7l") + b"x" * 85 + b"y")

    assert dos.screen.cursor == (0, 79)
    assert dos.screen.text == "x" * 79 + "y"


def test_lines_wrap_again(dos: Dos, show: Show) -> None:
    show(esc("^?7l^?7h") + b"x" * 85)

    assert dos.screen.cursor == (1, 5)


def test_a_program_asks_where_the_cursor_is(guest: Any) -> None:
    ask = esc("^3;14H^6n")

    _, *answers = guest(
        {"ax": 0x4000, "bx": 1, "dx": ask, "cx": len(ask)}, *[{"ax": 0x0700}] * 9, keys="k"
    )

    assert bytes(answer.al for answer in answers) == b"\x1b[03;14R\r"


def test_fast_output_knows_sequences(dos: Dos, guest: Any) -> None:
    guest(*({"int": FAST_OUTPUT, "ax": code} for code in esc("^4;7H")))

    assert dos.screen.cursor == (3, 6)


def test_the_bios_does_not(dos: Dos, guest: Any) -> None:
    guest(*({"int": 0x10, "ax": 0x0E00 | code} for code in esc("^4;7H")))

    assert dos.screen.cursor == (0, 6)


def test_what_is_captured_has_the_sequences_in_it(guest: Any, show: Show) -> None:
    show(esc("^31mred"))

    assert guest.result.stdout == b"\x1b[31mred"


def test_a_program_asks_whether_it_is_there(guest: Any) -> None:
    (answer,) = guest({"int": 0x2F, "ax": 0x1A00})

    assert answer.al == 0xFF


def test_without_it_sequences_are_text(dos_factory: Callable[..., Dos], guest_on: Any) -> None:
    dos = dos_factory()
    guest = guest_on(dos)

    (absent, _) = guest({"int": 0x2F, "ax": 0x1A00}, {"ax": 0x0900, "dx": b"\x1b[2J$"})

    assert absent.al == 0
    assert dos.screen.text == "←[2J"
