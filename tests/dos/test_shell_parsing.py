"""COMMAND.COM takes command lines apart: pipes, redirections, commands, parameters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism.dos.shell.parsing import (
    Redirection,
    expand,
    parse,
    split_command,
    split_line,
    split_program,
    split_words,
)
from pytest_almostism.dos.shell.signals import CommandError
from pytest_almostism.dos.shell.wildcards import rename

VARIABLES = {"PATH": "C:\\", "EMPTY": "", "A": "%B%"}


@pytest.mark.parametrize(
    ("line", "pieces", "source", "target", "append"),
    [
        ("dir", ["dir"], "", "", False),
        ("dir >x", ["dir "], "", "x", False),
        ("dir>>x", ["dir"], "", "x", True),
        ("sort <in >out", ["sort  "], "in", "out", False),
        ("prog a > x b", ["prog a  b"], "", "x", False),
        ("prog >x/w", ["prog /w"], "", "x", False),
        ("echo hi>prn:", ["echo hi"], "", "prn", False),
        ("a|b | c", ["a", "b ", " c"], "", "", False),
        ("a <x|b >y", ["a ", "b "], "x", "y", False),
        ('echo "a>b|c"', ['echo "a>b|c"'], "", "", False),
        ('echo it"s >x', ['echo it"s '], "", "x", False),
        ('echo "a" ">" >x', ['echo "a" ">" '], "", "x", False),
        ("echo >", ["echo "], "", "\t", False),
        ("", [""], "", "", False),
    ],
)
def test_lines(line: str, pieces: list[str], source: str, target: str, *, append: bool) -> None:
    assert split_line(line) == (pieces, Redirection(source, target, append))


@pytest.mark.parametrize("line", ["|", "a|", "|a", "a||b", "a| |b", 'echo >"x"'])
def test_lines_without_sense(line: str) -> None:
    with pytest.raises(CommandError, match=r"^Syntax error$"):
        split_line(line)


@pytest.mark.parametrize(
    ("text", "command", "tail"),
    [
        ("dir", "DIR", ""),
        (" ,;=dir /w", "DIR", " /w"),
        ("dir/w", "DIR", "/w"),
        ("cd\\x", "CD", "\\x"),
        ("cd..", "CD", ".."),
        ("echo.", "ECHO", "."),
        ("echo:x", "ECHO", ":x"),
        ("set=x", "SET", "=x"),
        ("c:", "C", ":"),
        ("", "", ""),
    ],
)
def test_internal_commands(text: str, command: str, tail: str) -> None:
    assert split_command(text) == (command, tail)


@pytest.mark.parametrize(
    ("text", "program", "tail"),
    [
        ("prog one two", "prog", " one two"),
        (" c:\\bin\\prog.exe/x", "c:\\bin\\prog.exe", "/x"),
        ("prog=1", "prog", "=1"),
    ],
)
def test_programs(text: str, program: str, tail: str) -> None:
    assert split_program(text) == (program, tail)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("%0 %1 %2 %3", "T one two "),
        ("%1%2", "onetwo"),
        ("%%1 %%", "%1 %"),
        ("%path%;%PATH%", "C:\\;C:\\"),
        ("[%EMPTY%%nosuch%]", "[]"),
        ("100%", "100%"),
        ("%open ended", "open ended"),
        ("%A%", "%B%"),
        ("%10", "one0"),
        ("x" * 200, "x" * 127),
    ],
)
def test_parameters(line: str, expected: str) -> None:
    arguments = ["T", "one", "two"]

    assert expand(line, arguments, lambda name: VARIABLES.get(name.upper())) == expected


def test_words_are_what_is_between_delimiters() -> None:
    assert split_words(" a,b;;c=d\te ") == ["a", "b", "c", "d", "e"]


def test_options_are_taken_out_of_the_words() -> None:
    arguments = parse(" c:\\x/w y /A:-d", "WA")

    assert (arguments.words, arguments.options) == (("C:\\X", "Y"), ("/W", "/A:-D"))


def test_an_option_that_there_is_not_is_named() -> None:
    with pytest.raises(CommandError, match=r"^Invalid switch - /Q$"):
        parse("x /q", "WA")


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("*.BAK", "LETTER.TXT", "LETTER.BAK"),
        ("*.*", "LETTER.TXT", "LETTER.TXT"),
        ("N?W*.?", "LETTER.TXT", "NEWTER.T"),
        ("NEW", "LETTER.TXT", "NEW"),
    ],
)
def test_patterns_make_names_of_names(pattern: str, name: str, expected: str) -> None:
    assert rename(pattern, name) == expected


@given(st.text(st.characters(max_codepoint=0x7F), max_size=140))
def test_any_line_is_taken_apart_or_refused(line: str) -> None:
    try:
        pieces, _ = split_line(line)
    except CommandError:
        pieces = []
    for piece in pieces:
        word, tail = split_command(piece)
        assert piece.upper().endswith(word + tail.upper())
        program, tail = split_program(piece)
        assert piece.endswith(program + tail)
    assert len(expand(line, [], lambda _: None)) <= 127
