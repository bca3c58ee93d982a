"""WC.COM, tested from its command line as its users see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_almostism import Dos, assert_exit_zero

WC = Path(__file__).with_name("WC.COM")

POEM = """\
I think that I shall never see
a poem lovely as a tree.
"""


def test_it_counts_lines_words_and_bytes(dos: Dos) -> None:
    dos.path("POEM.TXT").write_text(POEM)  # as DOS keeps texts: code page 437, CR LF

    result = dos.run(WC, "POEM.TXT")

    assert result.output == "2 13 58 POEM.TXT\n"
    assert_exit_zero(result)


def test_it_counts_standard_input_if_no_file_is_named(dos: Dos) -> None:
    assert dos.run(WC, stdin=POEM).output == "2 13 58\n"


def test_it_counts_what_is_typed(dos: Dos) -> None:
    result = dos.run(WC, keys="one two{enter}three{enter}{ctrl-z}{enter}")

    assert result.output == "2 3 16\n"
    assert result.screen.splitlines() == ["one two", "three", "^Z", "2 3 16"]


@pytest.mark.parametrize(
    ("contents", "counts"),
    [
        pytest.param(b"", "0 0 0", id="nothing"),
        pytest.param(b"\r\n\r\n\n", "3 0 5", id="only empty lines"),
        pytest.param(b" \t  ", "0 0 4", id="only blanks"),
        pytest.param(b"word", "0 1 4", id="no end of line"),
        pytest.param(b"\tone  two\t\r\nthree", "1 3 17", id="blanks of all kinds"),
        pytest.param("Grüße".encode("cp437"), "0 1 5", id="letters beyond ASCII"),
        pytest.param(b"a\x00b", "0 2 3", id="zero bytes"),
    ],
)
def test_what_is_a_line_and_what_is_a_word(dos: Dos, contents: bytes, counts: str) -> None:
    dos.path("X").write_bytes(contents)

    assert dos.run(WC, "X").output == f"{counts} X\n"


def test_numbers_beyond_16_bits(dos: Dos) -> None:
    dos.path("BIG.TXT").write_bytes(b"x\n" * 70_000)

    assert dos.run(WC, "BIG.TXT").output == "70000 70000 140000 BIG.TXT\n"


def test_a_word_may_go_on_in_the_next_block(dos: Dos) -> None:
    dos.path("LONG.TXT").write_bytes(b"x" * 100_000)

    assert dos.run(WC, "LONG.TXT").output == "0 1 100000 LONG.TXT\n"


@pytest.mark.parametrize(
    "name", ["poem.txt", r"\TEXTS\POEM.TXT", "C:/TEXTS/POEM.TXT", r"..\texts\poem.txt"]
)
def test_files_are_found_as_dos_finds_them(dos: Dos, name: str) -> None:
    dos.path(r"C:\TEXTS").mkdir()
    dos.path(r"C:\TEXTS\POEM.TXT").write_text(POEM)

    result = dos.run(WC, name, cwd=r"C:\TEXTS")

    assert result.output == f"2 13 58 {name}\n"


def test_files_of_this_computer_can_be_counted(dos: Dos) -> None:
    source = WC.with_name("wc.asm").read_bytes()
    dos.mount("D", WC.parent, read_only=True)

    counts = dos.run(WC, r"D:\WC.ASM").output.split()[:3]

    assert counts == [str(source.count(b"\n")), str(len(source.split())), str(len(source))]


@pytest.mark.parametrize("name", ["NOWHERE.TXT", r"NO\SUCH.TXT", r"Q:\POEM.TXT", "*.TXT", "C:\\"])
def test_what_cannot_be_opened_is_complained_about(dos: Dos, name: str) -> None:
    dos.path("POEM.TXT").write_text(POEM)

    result = dos.run(WC, name)

    assert result.exit_code == 1
    assert result.stdout == b""
    assert result.stderr == f"WC: cannot open {name}\r\n".encode()
    assert result.screen == f"WC: cannot open {name}"


def test_it_explains_itself(dos: Dos) -> None:
    result = dos.run(WC, "/?")

    assert result.output.startswith("WC counts lines, words and bytes.\n")
    assert_exit_zero(result)


@pytest.mark.parametrize("args", ["/X", "ONE.TXT TWO.TXT"])
def test_wrong_usage(dos: Dos, args: str) -> None:
    result = dos.run(WC, args)

    assert result.exit_code == 2
    assert b"WC NAME" in result.stderr
    assert not [call for call in result.calls if call.name == "open"]


def test_the_file_is_opened_for_reading_and_closed(dos: Dos) -> None:
    dos.path("POEM.TXT").write_text(POEM)
    dos.path("POEM.TXT").attributes |= 1  # read-only

    result = dos.run(WC, "POEM.TXT")

    opened, *reads, closed, _write, _end = result.calls
    assert (opened.name, opened.arguments) == ("open", {"path": "POEM.TXT", "access": 0})
    assert {call.name for call in reads} == {"read"}
    assert (closed.name, closed.bx) == ("close", opened.result)
    assert not result.unsupported
