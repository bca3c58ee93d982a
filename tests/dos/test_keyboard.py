"""What a test types, and what a program gets from INT 16h."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Dos
from pytest_almostism.dos import KeyboardStarved
from pytest_almostism.dos.keyboard import parse_keys


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ("a", [0x1E61]),
        ("A", [0x1E41]),
        ("1!", [0x0231, 0x0221]),
        (" ", [0x3920]),
        ("a\n", [0x1E61, 0x1C0D]),
        ("{enter}{ENTER}{Enter}", [0x1C0D] * 3),
        ("{esc}{tab}{backspace}{space}", [0x011B, 0x0F09, 0x0E08, 0x3920]),
        ("{f1}{f10}{f11}{f12}", [0x3B00, 0x4400, 0x8500, 0x8600]),
        ("{up}{down}{left}{right}", [0x48E0, 0x50E0, 0x4BE0, 0x4DE0]),
        ("{home}{end}{pgup}{pgdn}{ins}{del}", [0x47E0, 0x4FE0, 0x49E0, 0x51E0, 0x52E0, 0x53E0]),
        ("{ctrl-a}{ctrl-c}{ctrl-z}", [0x1E01, 0x2E03, 0x2C1A]),
        ("{alt-x}{alt-1}{alt-0}", [0x2D00, 0x7800, 0x8100]),
        ("{shift-tab}", [0x0F00]),
        ("{{}{}}", [0x1A7B, 0x1B7D]),
        ("é", [0x0082]),
        (b"\x82\r\t", [0x0082, 0x1C0D, 0x0F09]),
        (b"{f1}", [0x1A7B, 0x2166, 0x0231, 0x1B7D]),
        (b"\x01\x03", [0x1E01, 0x2E03]),
        ("", []),
        (b"", []),
    ],
)
def test_keys_have_scan_codes_and_characters(keys: str | bytes, codes: list[int]) -> None:
    assert [key.scan << 8 | key.ascii for key in parse_keys(keys)] == codes


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("{nosuchkey}", r"no key is called \{nosuchkey\}; there are .*\{enter\} .*\{f1\}"),
        ("☃", "code page 437 has no '☃', so nobody can type it"),
    ],
)
def test_what_cannot_be_typed(dos: Dos, keys: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dos.run(b"\xcd\x20", keys=keys)


@given(st.text(st.characters(codec="cp437", exclude_characters="{}"), max_size=20))
def test_any_text_can_be_typed(text: str) -> None:
    keys = parse_keys(text)

    assert bytes(key.ascii for key in keys) == text.replace("\n", "\r").encode("cp437")


def test_the_bios_gives_scan_codes_and_tells_whether_a_key_waits(guest: Any) -> None:
    peeked, same, got, grey, then = guest(
        {"int": 0x16, "ax": 0x0100},
        {"int": 0x16, "ax": 0x0100},
        {"int": 0x16, "ax": 0x0000},
        {"int": 0x16, "ax": 0x0000},
        {"int": 0x16, "ax": 0x0100},
        keys="a{up}",
    )

    assert [(answer.zero, answer.ax) for answer in (peeked, same)] == [(False, 0x1E61)] * 2
    assert (got.ax, grey.ax) == (0x1E61, 0x4800)  # keyboards with 83 keys know no E0h
    assert then.zero


def test_enhanced_keyboards_have_grey_keys(guest: Any) -> None:
    peeked, got, then, flags = guest(
        {"int": 0x16, "ax": 0x1100},
        {"int": 0x16, "ax": 0x1000},
        {"int": 0x16, "ax": 0x1100},
        {"int": 0x16, "ax": 0x0200},
        keys="{up}",
    )

    assert (peeked.zero, peeked.ax, got.ax) == (False, 0x48E0, 0x48E0)
    assert then.zero
    assert flags.al == 0


@pytest.mark.parametrize("function", [0x0000, 0x1000])
def test_waiting_for_a_key_that_nobody_types_is_told(guest: Any, function: int) -> None:
    with pytest.raises(KeyboardStarved, match="waits for a key, and no more were typed"):
        guest({"int": 0x16, "ax": function}, {"int": 0x16, "ax": function}, keys="x")


def test_keys_that_a_program_did_not_read_are_not_there_for_the_next(dos: Dos) -> None:
    peek = bytes.fromhex("b401 cd16 b000 7402 b001 b44c cd21")  # exit(a key waits)

    assert dos.run(peek, keys="xyz").exit_code == 1
    assert dos.run(peek, keys="").exit_code == 0
