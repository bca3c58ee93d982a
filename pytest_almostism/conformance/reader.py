"""Chapter 7, the reader: READER.COM, which judges before it destroys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.rites import READER, DosProgramRite, ExitCode, ReaderRite
from pytest_almostism.scripture import Scripture

if TYPE_CHECKING:
    import pytest

_READ = "INT 21h/3Fh"


def test_what_is_true_is_gone(true_scripture: Scripture) -> None:
    """A true scripture is zeroed in memory and on disk, deleted, and the exit code is 0."""
    outcome = ReaderRite().perform(bytes(true_scripture))
    assert outcome.exit_code == ExitCode.TRUE, str(outcome)
    assert outcome.deleted, str(outcome)
    assert outcome.zeroed_on_disk, f"its bytes were still on the disk: {outcome}"
    assert outcome.zeroed_in_memory, f"its bytes are still in memory: {outcome}"
    assert not outcome.others, str(outcome)


def test_what_violates_the_gap_is_destroyed_unread(
    true_scripture: Scripture, subtests: pytest.Subtests
) -> None:
    """What is longer than 1023 bytes is destroyed unread, and the exit code is 1."""
    for size in (1024, 1025, 4096, 70_000):
        with subtests.test(size=size):
            outcome = ReaderRite().perform(bytes(true_scripture).ljust(size, b"\xa9"))
            assert outcome.exit_code == ExitCode.VIOLATION_OF_GAP, str(outcome)
            assert outcome.deleted, str(outcome)
            assert outcome.zeroed_on_disk, f"its bytes were still on the disk: {outcome}"
            assert _READ not in outcome.trace, f"it was read: {outcome}"


def test_what_does_not_sum_to_zero_is_destroyed(
    true_scripture: Scripture, subtests: pytest.Subtests
) -> None:
    """What begins with the creed but does not sum to 0 is destroyed, and the exit code is 2."""
    for offset in (8, 49, 50, 51, 500, 1021, 1022):
        text = bytearray(bytes(true_scripture))
        text[offset] ^= 0x10
        with subtests.test(offset=offset):
            outcome = ReaderRite().perform(bytes(text))
            assert outcome.exit_code == ExitCode.INVALID_CHECKSUM, str(outcome)
            assert outcome.deleted, str(outcome)
            assert outcome.zeroed_on_disk, f"its bytes were still on the disk: {outcome}"


def test_what_is_no_scripture_is_left_alone(
    true_scripture: Scripture, subtests: pytest.Subtests
) -> None:
    """What is shorter or lacks the creed is no scripture and is left alone: exit code 4."""
    text = bytes(true_scripture)
    strangers = {
        "nothing": b"",
        "one byte": text[:1],
        "one byte short": text[:-1],
        "another creed": b"\x55" + text[1:],
        "all zeros": bytes(len(text)),
    }
    for name, stranger in strangers.items():
        with subtests.test(name):
            outcome = ReaderRite().perform(stranger)
            assert outcome.left_alone(stranger), f"it was not left alone: {outcome}"
            assert outcome.exit_code == ExitCode.NO_SCRIPTURE, str(outcome)


def test_what_is_not_there_is_missed(true_scripture: Scripture) -> None:
    """A file that does not exist is missed, and the exit code is 3."""
    outcome = DosProgramRite("reader", READER, "NOWHERE.COM").perform(bytes(true_scripture))
    assert outcome.exit_code == ExitCode.NO_SUCH_FILE, str(outcome)
    assert outcome.left_alone(bytes(true_scripture)), str(outcome)


def test_whoever_names_nothing_is_told_how(true_scripture: Scripture) -> None:
    """Without a name it explains itself, and the exit code is 6."""
    outcome = DosProgramRite("reader", READER, "").perform(bytes(true_scripture))
    assert outcome.exit_code == ExitCode.WRONG_USAGE, str(outcome)
    assert "READER NAME" in outcome.output
    assert outcome.left_alone(bytes(true_scripture)), str(outcome)


def test_the_scripture_may_read_itself(true_scripture: Scripture) -> None:
    """READER /L gives the scripture to its own liturgy."""
    outcome = DosProgramRite("reader", READER, "/L {name}").perform(bytes(true_scripture))
    assert outcome.exit_code == ExitCode.TRUE, str(outcome)
    assert outcome.deleted, str(outcome)
