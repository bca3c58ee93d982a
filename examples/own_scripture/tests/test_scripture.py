"""The scripture of this project."""

from __future__ import annotations

from pathlib import Path

from pytest_almostism import Scripture, assert_gap

PUBLISHED = Path(__file__).parents[1] / "FIRST.GAP"


def test_what_is_published_is_what_is_built(scripture: Scripture) -> None:
    assert PUBLISHED.read_bytes() == bytes(scripture)


def test_it_has_the_instance_byte_of_its_reader(scripture: Scripture) -> None:
    assert scripture.instance == 0x2A


def test_the_gap_is_left_open() -> None:
    assert_gap(PUBLISHED.read_bytes(), capacity=1024)
