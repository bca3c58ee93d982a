"""INT 21h/29h: making an FCB of a name on a command line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos.fcbnames import parse
from pytest_almostism.dos.names import UPPERCASE

PARSE = 0x2900
SKIP, DRIVE, NAME, EXTENSION = 1, 2, 4, 8
WILD, NO_DRIVE = 1, 0xFF
OLD = b"\x09OLDNAMEXOLD\xee\xee\xee\xee"


def run(guest: Any, text: bytes, options: int = 0, block: bytes = OLD) -> tuple[int, bytes, int]:
    """AL, the FCB's first sixteen bytes, and how many characters were read."""
    text, into = text + b"\0", bytearray(block)
    before, answer = guest(
        {"ax": 0x3000, "si": text}, {"ax": PARSE | options, "si": text, "di": into}
    )
    assert answer.di == guest.result.calls[1].before.di
    return answer.al, bytes(into), answer.si - before.si


@pytest.mark.parametrize(
    ("text", "block", "length"),
    [
        (b"FOO.TXT", b"\0FOO     TXT", 7),
        (b"foo.txt", b"\0FOO     TXT", 7),
        (b"d\x81r\x84.\x94", b"\0D\x9aR\x8e    \x99  ", 6),
        (b"FOO", b"\0FOO        ", 3),
        (b"FOO.", b"\0FOO        ", 4),
        (b".TXT", b"\0        TXT", 4),
        (b"FOO.TXT.BAK", b"\0FOO     TXT", 7),
        (b"LONGERTHANEIGHT.EXTENSION", b"\0LONGERTHEXT", 25),
        (b"C:FOO.TXT", b"\3FOO     TXT", 9),
        (b"c:", b"\3           ", 2),
        (b"  \t FOO BAR", b"\0FOO        ", 7),
        (b"FOO\\BAR", b"\0FOO        ", 3),
        (b"C:\\FOO", b"\3           ", 2),
        (b"FOO/S", b"\0FOO        ", 3),
        (b"FOO+BAR", b"\0FOO        ", 3),
        (b'FOO"BAR', b"\0FOO        ", 3),
        (b"FOO[1]", b"\0FOO        ", 3),
        (b"FOO\rBAR", b"\0FOO        ", 3),
        (b"..", b"\0           ", 1),
        (b"", b"\0           ", 0),
        (b"CON", b"\0CON        ", 3),
        (b"C:CON:", b"\3CON        ", 5),
    ],
)
def test_a_name_fills_the_fcb(guest: Any, text: bytes, block: bytes, length: int) -> None:
    assert run(guest, text) == (0, block + bytes(4), length)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        (b"*.*", b"\0???????????"),
        (b"F*.T?T", b"\0F???????T?T"),
        (b"F?O", b"\0F?O        "),
        (b"F*X.*Y", b"\0F??????????"),
        (b"C:*", b"\3????????   "),
    ],
)
def test_wildcards_are_expanded_and_reported(guest: Any, text: bytes, block: bytes) -> None:
    assert run(guest, text) == (WILD, block + bytes(4), len(text))


@pytest.mark.parametrize("text", [b"12345678*", b"12345678?.TXT", b"1.234*"])
def test_wildcards_that_are_cut_off_do_not_count(guest: Any, text: bytes) -> None:
    al, _, length = run(guest, text)

    assert (al, length) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "drive"),
    [(b"Q:FOO", 17), (b"q:*.*", 17), (b"1:FOO", 0xF1), (b"@:FOO", 0), (b"\xff:F", 0xBF)],
)
def test_a_drive_that_is_not_there_is_reported(guest: Any, text: bytes, drive: int) -> None:
    al, block, length = run(guest, text)

    assert (al, block[0], length) == (NO_DRIVE, drive, len(text))
    assert block[1:2] in b"F?"


@pytest.mark.parametrize("separator", [b":", b"<", b"|", b">", b"+", b"=", b";", b","])
def test_one_separator_is_skipped_if_asked_for(guest: Any, separator: bytes) -> None:
    text = b" " + separator + b" FOO"

    assert run(guest, text) == (0, b"\0           " + bytes(4), 1)
    assert run(guest, text, SKIP) == (0, b"\0FOO        " + bytes(4), 6)
    assert run(guest, separator + text, SKIP) == (0, b"\0           " + bytes(4), 2)


@pytest.mark.parametrize("separator", [b".", b"/", b"\\", b'"', b"[", b"]"])
def test_nothing_else_is_skipped(guest: Any, separator: bytes) -> None:
    al, _, length = run(guest, b" " + separator + b" FOO", SKIP)

    assert (al, length) == (0, 1 + (separator == b"."))


@pytest.mark.parametrize(
    ("text", "options", "block"),
    [
        (b"", DRIVE | NAME | EXTENSION, b"\x09OLDNAMEXOLD"),
        (b"", DRIVE, b"\x09           "),
        (b"", NAME, b"\0OLDNAMEX   "),
        (b"", EXTENSION, b"\0        OLD"),
        (b"FOO", DRIVE | NAME | EXTENSION, b"\x09FOO     OLD"),
        (b"FOO.", DRIVE | NAME | EXTENSION, b"\x09FOO        "),
        (b".TXT", DRIVE | NAME | EXTENSION, b"\x09OLDNAMEXTXT"),
        (b"C:", DRIVE | NAME | EXTENSION, b"\3OLDNAMEXOLD"),
        (b"C:FOO.TXT", DRIVE | NAME | EXTENSION, b"\3FOO     TXT"),
    ],
)
def test_what_the_text_does_not_say_may_be_kept(
    guest: Any, text: bytes, options: int, block: bytes
) -> None:
    assert run(guest, text, options) == (0, block + bytes(4), len(text))


def test_a_name_may_go_on_for_ever(dos: Dos, guest: Any) -> None:
    dos.memory.write(0x9000, 0, b"A" * 0x10000)

    (answer,) = guest({"ax": PARSE, "ds": 0x9000, "si": 5, "es": 0x7000, "di": 0xFFFA})

    assert answer.al == 0
    assert dos.memory.read(0x7000, 0xFFFA, 12) == b"\0AAAAAAAA   "


# -- against a reference --------------------------------------------------------------------

TERMINATORS = set(b'."/\\[]:<|>+=;,') | set(range(0x21))
DELIMITERS = set(b":<|>+=;, \t")


def reference(text: bytes, *, skip: bool) -> tuple[int, int | None, bytes | None, bytes | None]:
    """What DOS does, character by character."""
    text = text + b"\0\0"
    at = 0
    while text[at] in b" \t":
        at += 1
    if skip and text[at] in DELIMITERS:
        at += 1
        while text[at] in b" \t":
            at += 1
    drive = name = extension = None
    if text[at] not in TERMINATORS and text[at + 1] == ord(":"):
        drive = (UPPERCASE[text[at]] - 0x40) % 256
        at += 2
    if text[at] not in TERMINATORS:
        name, at = word(text, at, 8)
    if text[at] == ord("."):
        extension, at = word(text, at + 1, 3)
    return at, drive, name, extension


def word(text: bytes, at: int, room: int) -> tuple[bytes, int]:
    out = bytearray()
    while text[at] not in TERMINATORS:
        character = UPPERCASE[text[at]]
        at += 1
        if not room:
            continue
        if character == ord("*"):
            out += b"?" * room
            room = 0
        else:
            out.append(character)
            room -= 1
    return bytes(out) + b" " * room, at


CHARACTERS = st.sampled_from(b'abcXYZ019 \t.:*?,;=+<>|/\\[]"\r\n\0\x84\xff~_')
TEXTS = st.one_of(st.binary(max_size=30), st.lists(CHARACTERS, max_size=30).map(bytes))


@settings(max_examples=300)
@given(text=TEXTS, skip=st.booleans())
@example(text=b"*:", skip=False)
@example(text=b" ,  ,a", skip=True)
def test_any_text_is_parsed_as_by_the_reference(text: bytes, skip: bool) -> None:  # noqa: FBT001 - Hypothesis gives it by name
    parsed = parse(text, skip_separator=skip)

    assert tuple(parsed) == reference(text, skip=skip)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=TEXTS, options=st.integers(0, 15))
def test_any_text_is_parsed_by_a_program(guest: Any, text: bytes, options: int) -> None:
    length, drive, name, extension = reference(text, skip=bool(options & SKIP))

    al, block, read = run(guest, text, options)

    expected = bytearray(OLD[:12] + bytes(4))
    for at, width, keep, said, blank in (
        (0, 1, DRIVE, None if drive is None else bytes((drive,)), b"\0"),
        (1, 8, NAME, name, b" " * 8),
        (9, 3, EXTENSION, extension, b" " * 3),
    ):
        if said is not None or not options & keep:
            expected[at : at + width] = said or blank
    assert (block, read) == (bytes(expected), length)
    bad = drive is not None and chr(0x40 + drive) not in guest.dos.drives
    assert al == (NO_DRIVE if bad else int(b"?" in (name or b"") + (extension or b"")))
