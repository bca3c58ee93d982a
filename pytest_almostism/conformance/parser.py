"""Chapter 8, the parser: the same judgement in Python, and the memory of the gap."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

import pytest

from pytest_almostism.rites import ExitCode, ParserRite, ReaderRite, read_and_vanish
from pytest_almostism.scripture import InvalidCreed, Scripture, ViolationOfGap

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_true_is_gone(true_scripture: Scripture) -> None:
    """A true scripture is zeroed in memory and on disk, and then deleted."""
    outcome = ParserRite().perform(bytes(true_scripture))
    assert outcome.exit_code == ExitCode.TRUE, str(outcome)
    assert outcome.deleted, str(outcome)
    assert outcome.zeroed_on_disk, f"its bytes were still on the disk: {outcome}"
    assert outcome.zeroed_in_memory, f"its bytes are still in memory: {outcome}"


def test_the_memory_of_the_gap_remains(true_scripture: Scripture, tmp_path: Path) -> None:
    """What remains is a memory: the instance byte, a digest, the size, the moment."""
    path = tmp_path / "holy.bin"
    path.write_bytes(bytes(true_scripture))
    before = dt.datetime.now(dt.timezone.utc)

    memory = read_and_vanish(path)

    assert memory.instance == true_scripture.instance
    assert memory.digest == hashlib.sha256(bytes(true_scripture)).hexdigest()
    assert memory.size == len(true_scripture)
    assert before <= memory.when <= dt.datetime.now(dt.timezone.utc)
    assert not path.exists()


def test_what_violates_the_gap_is_destroyed_unread(
    true_scripture: Scripture, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """What is longer than 1023 bytes is a ViolationOfGap, and is destroyed unread."""
    for size in (1024, 4096, 70_000):
        path = tmp_path / "holy.bin"
        path.write_bytes(bytes(true_scripture).ljust(size, b"\xa9"))
        unread = bytearray(b"unread".ljust(1023))
        with subtests.test(size=size):
            with pytest.raises(ViolationOfGap, match="destroyed unread"):
                read_and_vanish(path, buffer=unread)
            assert not path.exists()
            assert unread.startswith(b"unread")


def test_what_does_not_sum_to_zero_is_destroyed(
    true_scripture: Scripture, subtests: pytest.Subtests
) -> None:
    """What begins with the creed but does not sum to 0 is an InvalidChecksum, and is destroyed."""
    for offset in (8, 50, 51, 500, 1022):
        text = bytearray(bytes(true_scripture))
        text[offset] ^= 0x10
        with subtests.test(offset=offset):
            outcome = ParserRite().perform(bytes(text))
            assert outcome.exit_code == ExitCode.INVALID_CHECKSUM, str(outcome)
            assert outcome.deleted, str(outcome)
            assert outcome.zeroed_on_disk, f"its bytes were still on the disk: {outcome}"
            assert outcome.zeroed_in_memory, f"its bytes are still in memory: {outcome}"


def test_what_is_no_scripture_is_left_alone(
    true_scripture: Scripture, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """What lacks the creed is an InvalidCreed, what is too short fills no gap: left alone."""
    text = bytes(true_scripture)
    strangers = {
        "nothing": (b"", ViolationOfGap),
        "one byte short": (text[:-1], ViolationOfGap),
        "another creed": (b"\x55" + text[1:], InvalidCreed),
        "all zeros": (bytes(len(text)), InvalidCreed),
    }
    for name, (stranger, error) in strangers.items():
        path = tmp_path / "stranger.bin"
        path.write_bytes(stranger)
        with subtests.test(name):
            with pytest.raises(error, match="left alone"):
                read_and_vanish(path)
            assert path.read_bytes() == stranger


def test_the_two_readers_agree(true_scripture: Scripture, subtests: pytest.Subtests) -> None:
    """The parser and READER.COM come to the same judgement, and do the same to the file."""
    text = bytes(true_scripture)
    cases = {
        "true": text,
        "nothing": b"",
        "one byte short": text[:-1],
        "one byte too long": text + b"\0",
        "another creed": b"\x55" + text[1:],
        "another seal": text[:-1] + bytes([text[-1] ^ 1]),
        "a sound": text[:-2] + b"\x01" + text[-1:],
        "a sound that is sealed": text[:-2] + bytes([1, (text[-1] - 1) % 256]),
    }
    for name, data in cases.items():
        with subtests.test(name):
            ours, theirs = ParserRite().perform(data), ReaderRite().perform(data)
            assert (ours.exit_code, ours.deleted, ours.last_contents) == (
                theirs.exit_code,
                theirs.deleted,
                theirs.last_contents,
            )


def test_a_memory_cannot_be_changed(true_scripture: Scripture, tmp_path: Path) -> None:
    """A memory of the gap cannot be changed, and two of one scripture are alike but in time."""
    moment = dt.datetime(1991, 6, 11, tzinfo=dt.timezone.utc)
    memories = []
    for _ in range(2):
        path = tmp_path / "holy.bin"
        path.write_bytes(bytes(true_scripture))
        memories.append(read_and_vanish(path, now=lambda: moment))
    assert memories[0] == memories[1]
    with pytest.raises(AttributeError):
        memories[0].instance = 0  # type: ignore[misc]  # that it cannot be is the point
