"""Chapter 6, the liturgy: 42 bytes of machine code and their six steps, each seen by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.rites import LiturgyRite
from pytest_almostism.scripture import CREED, SACRED, Part, Scripture, seal_of

if TYPE_CHECKING:
    import pytest

    from pytest_almostism.rites import Performance

_FILE = r"C:\HOLY.COM"


def _perform(scripture: Scripture, file: bytes | None = None) -> Performance:
    return LiturgyRite().enter(bytes(scripture), file)


def test_the_liturgy_is_42_bytes_long(true_scripture: Scripture) -> None:
    """The liturgy is 42 bytes of machine code between the creed and the instance byte."""
    assert len(true_scripture.liturgy) == 42
    assert Part.INSTANCE.offset - Part.CREED.length == 42


def test_step_1_it_opens_the_file_it_is_named(true_scripture: Scripture) -> None:
    """First it opens the file whose name stands at DS:7E00."""
    performance = _perform(true_scripture)
    assert performance.opened, f"it opened nothing: {performance.outcome}"
    assert str(performance.opened.arguments["path"]).upper() in {_FILE, "HOLY.COM"}


def test_step_2_it_reads_up_to_1024_bytes(true_scripture: Scripture) -> None:
    """Second it reads what it opened, 1024 bytes at most and all 1023 there are."""
    performance = _perform(true_scripture)
    read = performance.read
    assert read, f"it read nothing: {performance.outcome}"
    if performance.opened:
        assert read.bx == performance.opened.result, "it did not read what it had opened"
    assert read.cx <= 1024, f"it would have read {read.cx} bytes"
    assert read.result == len(true_scripture)


def test_step_3_it_verifies_the_sacred_bytes(
    true_scripture: Scripture, subtests: pytest.Subtests
) -> None:
    """Third it verifies the five sacred bytes: what does not begin with them is not deleted."""
    for offset, byte in enumerate(SACRED):
        for false in {byte ^ 0x01, byte ^ 0x80, 0x00, 0xFF} - {byte}:
            file = bytearray(bytes(true_scripture))
            file[offset] = false
            file[-1] = seal_of(bytes(file[:-1]))
            outcome = _perform(true_scripture, bytes(file)).outcome
            if not outcome.left_alone(bytes(file)):
                with subtests.test(offset=offset, byte=f"{false:02X}"):
                    assert not outcome.deleted, (
                        f"it deleted a file whose byte {offset} is {false:02X}, "
                        f"not {byte:02X}: {outcome}"
                    )
                    assert outcome.last_contents == bytes(file), f"it changed the file: {outcome}"


def test_step_4_it_zeroes_what_it_has_read(true_scripture: Scripture) -> None:
    """Fourth it overwrites what it has read with zeros."""
    performance = _perform(true_scripture)
    buffer = performance.buffer
    assert buffer, f"it read nothing: {performance.outcome}"
    left = [offset for offset, byte in enumerate(buffer) if byte]
    assert not left, (
        f"of the {len(buffer)} bytes it read, {len(left)} are still in memory, "
        f"the first at offset {left[0]}"
    )


def test_step_5_it_deletes_the_file(true_scripture: Scripture) -> None:
    """Fifth it deletes the file it has read, and nothing else."""
    outcome = _perform(true_scripture).outcome
    assert outcome.deleted, f"the file was not deleted: {outcome}"
    assert not outcome.others, f"it did more than that: {outcome}"


def test_step_6_it_ends_with_exit_code_0(true_scripture: Scripture) -> None:
    """Sixth it ends, with exit code 0."""
    outcome = _perform(true_scripture).outcome
    assert outcome.failure is None, f"it did not end: {outcome}"
    assert outcome.exit_code == 0, f"exit code {outcome.exit_code}: {outcome}"


def test_it_leaves_by_itself_when_the_creed_is_false(true_scripture: Scripture) -> None:
    """Before a false creed it ends as well: it neither loops nor runs into its own silence."""
    file = bytes(len(true_scripture))
    outcome = _perform(true_scripture, file).outcome
    assert outcome.failure is None, f"it did not end: {outcome}"


def test_it_takes_any_name(true_scripture: Scripture, subtests: pytest.Subtests) -> None:
    """It vanishes under any name of eight and three."""
    for name in ("A", "X.Y", "ALMOST.ISM", "12345678.901", "$%'-_@~`.!()"):
        with subtests.test(name):
            outcome = LiturgyRite().enter(bytes(true_scripture), name=name).outcome
            assert outcome.deleted, f"{name} was not deleted: {outcome}"


def test_it_heeds_every_choice(true_scripture: Scripture) -> None:
    """It vanishes whatever instance byte its reader has chosen."""
    telling = {true_scripture.instance, *CREED, *(1 << bit for bit in range(8)), 0x55, 0xAA, 0xFF}
    failed = [
        f"{instance:02X}"
        for instance in sorted(telling - {0})
        if not _vanished(_perform(Scripture.build(instance, liturgy=true_scripture.liturgy)))
    ]
    assert not failed, f"it fails for the instance bytes {' '.join(failed)}"


def _vanished(performance: Performance) -> bool:
    outcome = performance.outcome
    return outcome.deleted and outcome.exit_code == 0 and not any(performance.buffer)
