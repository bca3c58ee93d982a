"""Chapter 10, vanishing: whatever the rite, nothing is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.rites import Clause, ExitCode
from pytest_almostism.scripture import Scripture

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

    from pytest_almostism.rites import Rite


def test_every_rite_ends_well(
    true_scripture: Scripture, rites: Mapping[str, Rite], subtests: pytest.Subtests
) -> None:
    """Every rite over a true scripture ends by itself, with exit code 0."""
    for name, rite in rites.items():
        with subtests.test(name):
            outcome = rite.perform(bytes(true_scripture))
            assert outcome.failure is None, f"{name} did not end by itself: {outcome}"
            assert outcome.exit_code == 0, f"{name} ended with {outcome}"


def test_every_rite_leaves_no_file(
    true_scripture: Scripture, rites: Mapping[str, Rite], subtests: pytest.Subtests
) -> None:
    """After every rite the scripture is gone."""
    for name, rite in rites.items():
        with subtests.test(name):
            outcome = rite.perform(bytes(true_scripture))
            assert outcome.deleted, f"{name} did not delete the scripture: {outcome}"


def test_every_rite_leaves_others_alone(
    true_scripture: Scripture, rites: Mapping[str, Rite], subtests: pytest.Subtests
) -> None:
    """No rite makes, changes or deletes any other file."""
    for name, rite in rites.items():
        with subtests.test(name):
            outcome = rite.perform(bytes(true_scripture))
            assert not outcome.others, f"{name} did not leave others alone: {outcome}"


def test_every_rite_leaves_no_bytes_on_the_disk(
    true_scripture: Scripture, rites: Mapping[str, Rite], subtests: pytest.Subtests
) -> None:
    """When the file went its bytes were zero, and none had been cut off: or the rite says why."""
    for name, rite in rites.items():
        with subtests.test(name):
            outcome = rite.perform(bytes(true_scripture))
            broken = ""
            if outcome.abandoned:
                broken = f"{outcome.abandoned[0]}, without being zeroed"
            elif not outcome.zeroed_on_disk:
                broken = "its bytes were still on the disk when the file went"
            _judge(rite, Clause.WIPES_DISK, broken, outcome)


def test_every_rite_leaves_no_bytes_in_memory(
    true_scripture: Scripture, rites: Mapping[str, Rite], subtests: pytest.Subtests
) -> None:
    """Where anybody can look, nothing of the scripture is left in memory."""
    for name, rite in rites.items():
        with subtests.test(name):
            outcome = rite.perform(bytes(true_scripture))
            if outcome.zeroed_in_memory is not None:
                broken = "" if outcome.zeroed_in_memory else "its bytes are still in memory"
                _judge(rite, Clause.WIPES_MEMORY, broken, outcome)


def test_every_rite_spares_strangers(
    true_scripture: Scripture, rites: Mapping[str, Rite], subtests: pytest.Subtests
) -> None:
    """A file that does not begin with the creed is no scripture, and every rite leaves it alone."""
    stranger = b"\x55" + bytes(true_scripture)[1:]
    for name, rite in rites.items():
        with subtests.test(name):
            outcome = rite.perform(stranger)
            broken = "" if outcome.left_alone(stranger) else "it did not leave a stranger alone"
            _judge(rite, Clause.SPARES_STRANGERS, broken, outcome)


def test_every_rite_destroys_what_is_untrue(
    true_scripture: Scripture, rites: Mapping[str, Rite], subtests: pytest.Subtests
) -> None:
    """What fills the gap or does not sum to 0 is destroyed, and the exit code tells which."""
    text = bytes(true_scripture)
    untrue = {
        ExitCode.VIOLATION_OF_GAP: text + b"\xa9",
        ExitCode.INVALID_CHECKSUM: text[:-1] + bytes([text[-1] ^ 0x01]),
    }
    for name, rite in rites.items():
        for code, data in untrue.items():
            with subtests.test(name, untrue=code.name):
                outcome = rite.perform(data)
                broken = ""
                if not outcome.deleted:
                    broken = "what is untrue still lives"
                elif outcome.exit_code != code:
                    broken = f"exit code {outcome.exit_code}, not {code:d} {code.name}"
                _judge(rite, Clause.DESTROYS_UNTRUE, broken, outcome)


def _judge(rite: Rite, clause: Clause, broken: str, outcome: object) -> None:
    """Holds a rite to a clause, or to its excuse: an excuse has to be true."""
    excuse = rite.excuses.get(clause)
    if excuse is None:
        assert not broken, f"{rite.name}: {broken} (every rite {clause.value}): {outcome}"
    else:
        assert broken, (
            f"{rite.name} is excused because “{excuse}”, but it does keep the clause: "
            f"it {clause.value}. Drop the excuse"
        )
