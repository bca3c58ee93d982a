"""Hex dumps, the verdict's line, and the picture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.dom import minidom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_almostism import Scripture
from pytest_almostism.reporting import hexdump, nonzero_rows, shown_screen
from pytest_almostism.reporting.picture import INSTANCE, picture
from pytest_almostism.reporting.verdict import summary_line

PICTURE = Path(__file__).parents[2] / "docs" / "scripture.svg"


# ---- hex dumps


def test_a_hexdump_has_offsets_digits_and_text() -> None:
    assert hexdump(b"Leave one bit unset\0").splitlines() == [
        "  000000  4C 65 61 76 65 20 6F 6E 65 20 62 69 74 20 75 6E  Leave one bit un",
        "  000010  73 65 74 00                                      set.",
    ]


def test_rows_begin_at_multiples_of_sixteen() -> None:
    assert hexdump(b"ab", start=0x1F).splitlines() == [
        "  000010                                               61                 a",
        "  000020  62                                               b",
    ]


@given(st.binary(min_size=1, max_size=100), st.integers(0, 0xFFFF))
def test_a_hexdump_can_be_read_back(data: bytes, start: int) -> None:
    cells = {
        int(line[2:8], 16) + column: int(digits, 16)
        for line in hexdump(data, start=start).splitlines()
        for column, digits in enumerate(line[10 + 3 * i : 12 + 3 * i] for i in range(16))
        if digits.strip()
    }

    assert cells == {start + offset: byte for offset, byte in enumerate(data)}


def test_nothing_has_no_rows() -> None:
    assert hexdump(b"") == ""
    assert nonzero_rows(bytes(100)) == ""


@given(st.binary(max_size=400), st.integers(1, 10))
def test_rows_of_zeros_are_left_out_and_the_rest_is_bounded(data: bytes, limit: int) -> None:
    rows = [data[at : at + 16] for at in range(0, len(data), 16)]
    sounding = sum(map(any, rows))

    lines = nonzero_rows(data, limit=limit).splitlines()

    assert len(lines) == min(sounding, limit) + (sounding > limit)


def test_a_screen_is_shown_without_its_margins() -> None:
    screen = "\n".join(["Hi   ", "", "  there", *[" " * 80] * 22])

    assert shown_screen(screen).splitlines() == [
        "the screen:",
        "  +---------+",
        "  | Hi      |",
        "  |         |",
        "  |   there |",
        "  +---------+",
    ]
    assert shown_screen(" \n \n") == "the screen was empty"


# ---- the verdict


def report(nodeid: str, **properties: str) -> Any:
    return SimpleNamespace(nodeid=nodeid, user_properties=list(properties.items()))


def test_a_run_without_the_suite_has_no_verdict() -> None:
    assert summary_line({"passed": [report("own.py::test")]}) == ""


def test_a_test_whose_teardown_fails_is_broken_not_kept() -> None:
    about = {"scripture": "x.bin", "instance_byte": "0x01", "rites": "liturgy"}
    stats = {
        "passed": [report("a", **about), report("b", **about)],
        "error": [report("b", **about)],
        "failed": [report("c", **about), report("c", **about)],
    }

    assert summary_line(stats) == (
        "almostism: judged x.bin (instance byte 0x01) by liturgy: 1 tenet kept, 2 broken"
    )


# ---- the picture


def test_the_picture_in_the_documentation_is_the_one_the_code_draws() -> None:
    drawn = subprocess.run(
        [sys.executable, "-m", "pytest_almostism.reporting.picture"],
        capture_output=True,
        check=True,
    ).stdout.decode()

    assert drawn == picture(Scripture.build(INSTANCE))
    if not PICTURE.exists():
        pytest.skip("the documentation is not here")
    assert PICTURE.read_text("utf-8") == drawn


def test_1023_cells_are_filled_and_the_last_is_not() -> None:
    svg = minidom.parseString(picture(Scripture.build(0x5A)))  # noqa: S318 - drawn just now
    filled = {
        path.getAttribute("class"): path.getAttribute("d").count("M")
        for path in svg.getElementsByTagName("path")[:6]
    }

    assert filled == {
        "creed": 8,
        "liturgy": 42,
        "instance": 1,
        "silence": 971,
        "seal": 1,
        "gap": 1,
    }
    last = svg.getElementsByTagName("path")[5]
    assert last.getAttribute("d").startswith("M630 630h")


def test_the_bytes_in_the_picture_are_those_of_the_scripture() -> None:
    scripture = Scripture.build(0x5A)
    svg = minidom.parseString(picture(scripture))  # noqa: S318 - as above
    texts = [
        text.firstChild.toxml()
        for text in svg.getElementsByTagName("text")
        if text.firstChild and not text.getAttribute("class")
    ]

    data = bytes(scripture)
    assert texts == [f"{byte:02X}" for byte in (*data[:51], data[-1])]
