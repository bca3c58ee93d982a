"""What a rite did, whatever kind of rite it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_almostism.witness import Abandoned


@dataclass(frozen=True)
class Outcome:
    """What a rite did to the file it was given.

    Attributes:
        deleted: Whether the file is gone.
        last_contents: What was in the file when it went, or is in it.
        abandoned: Bytes that were cut off the file without being overwritten.
        others: What it did to other files, one sentence each.
        exit_code: How it ended; None if it did not end by itself.
        zeroed_in_memory: Whether nothing of what it read is left in memory; None if nobody can
            look.
        output: What it wrote, as text.
        trace: What it did, for messages.
        failure: Why it did not end by itself: it looped, it crashed.
    """

    deleted: bool
    last_contents: bytes = field(repr=False)
    abandoned: tuple[Abandoned, ...] = ()
    others: tuple[str, ...] = ()
    exit_code: int | None = None
    zeroed_in_memory: bool | None = None
    output: str = ""
    trace: str = field(default="", repr=False)
    failure: str | None = None

    @property
    def zeroed_on_disk(self) -> bool:
        """Whether the bytes were overwritten with zeros, and none cut off before that."""
        return not any(self.last_contents) and self.complete

    @property
    def complete(self) -> bool:
        """Whether no byte was cut off without being overwritten."""
        return not self.abandoned

    def left_alone(self, data: bytes) -> bool:
        """Whether the file is as it was.

        Args:
            data: What the rite was given.
        """
        return not self.deleted and self.last_contents == data and self.complete

    def __str__(self) -> str:
        ending = self.failure or f"exit code {self.exit_code}"
        facts = [ending, f"the file {'was deleted' if self.deleted else 'lives'}", *self.others]
        return "; ".join(facts) + (f"\n{self.trace}" if self.trace else "")


def changes(
    before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]
) -> tuple[str, ...]:
    """Says in sentences how two states of a disk differ.

    Args:
        before: Names and contents; None for a directory.
        after: The same, later.

    Returns:
        One sentence a file.
    """
    deleted = [f"{name} was deleted" for name in before.keys() - after.keys()]
    created = [f"{name} was created" for name in after.keys() - before.keys()]
    common = before.keys() & after.keys()
    changed = [f"{name} was changed" for name in common if before[name] != after[name]]
    return tuple(sorted(deleted + created + changed))
