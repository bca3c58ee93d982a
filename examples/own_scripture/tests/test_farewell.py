"""The readers of this project: what is true is gone, and what becomes of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from farewell import farewell
from pytest_almostism import (
    Dos,
    InvalidChecksum,
    InvalidCreed,
    Scripture,
    ViolationOfGap,
    Witness,
    assert_bytes_zeroed,
    assert_exit_zero,
    assert_file_deleted,
)

FAREWELL = Path(__file__).parents[1] / "FAREWELL.COM"


# ---- FAREWELL.COM


def test_the_scripture_is_gone(dos: Dos, scripture: Scripture) -> None:
    book = dos.path("BOOK.GAP")
    book.write_bytes(bytes(scripture))

    result = dos.run(FAREWELL, "BOOK.GAP")

    assert_exit_zero(result)
    assert result.output == "Farewell.\n"
    assert_file_deleted(book)
    assert_bytes_zeroed(book)


def test_it_was_overwritten_closed_and_only_then_deleted(
    dos: Dos, scripture: Scripture, witness: Witness
) -> None:
    dos.path("BOOK.GAP").write_bytes(bytes(scripture))

    result = dos.run(FAREWELL, "BOOK.GAP")

    assert [call.name for call in result.calls][-5:-2] == ["write", "close", "delete"]
    book = witness.deleted[r"C:\BOOK.GAP"]
    assert book.zeroed, f"bytes are left:\n{book}"


def test_nothing_is_left_in_memory(dos: Dos, scripture: Scripture) -> None:
    dos.path("BOOK.GAP").write_bytes(bytes(scripture))
    process = dos.load(FAREWELL, "BOOK.GAP")

    process.run()

    assert scripture.liturgy not in dos.memory.read(process.psp, 0, 0x10000)


def test_what_is_untrue_is_left_alone(dos: Dos, scripture: Scripture) -> None:
    text = bytes(scripture)
    for untrue in (b"", text[:-1], text + b"\0", b"\x55" + text[1:], text[:-1] + b"\x55"):
        dos.path("BOOK.GAP").write_bytes(untrue)

        assert dos.run(FAREWELL, "BOOK.GAP").exit_code == 1
        assert dos.path("BOOK.GAP").read_bytes() == untrue


# ---- farewell.py


@pytest.fixture
def book(tmp_path: Path, scripture: Scripture) -> Path:
    path = tmp_path / "book.gap"
    path.write_bytes(bytes(scripture))
    return path


def test_the_scripture_is_what_remains_of_the_file(book: Path, scripture: Scripture) -> None:
    assert farewell(book) == scripture
    assert_file_deleted(book)


@pytest.mark.parametrize(
    ("offset", "error"), [(1022, InvalidChecksum), (1023, ViolationOfGap)], ids=["seal", "gap"]
)
def test_what_is_untrue_is_gone_too(book: Path, offset: int, error: type[Exception]) -> None:
    book.write_bytes(book.read_bytes()[:offset] + b"\x55")

    with pytest.raises(error):
        farewell(book)

    assert_file_deleted(book)


def test_a_stranger_is_left_alone(book: Path) -> None:
    letter = b"Dear reader,".ljust(1023)
    book.write_bytes(letter)

    with pytest.raises(InvalidCreed):
        farewell(book)

    assert book.read_bytes() == letter
