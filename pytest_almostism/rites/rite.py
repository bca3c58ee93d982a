"""What a rite is: anything that reads a scripture file and makes it vanish."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_almostism.rites.outcome import Outcome


class Clause(enum.Enum):
    """What a rite owes beyond making a true scripture vanish.

    A rite can be excused from a clause if it says why, and the excuse has to be true: the suite
    fails a rite that keeps a clause it claims it cannot keep.
    """

    WIPES_DISK = "overwrites the bytes on the disk with zeros before the file goes"
    WIPES_MEMORY = "leaves nothing of the scripture in memory"
    SPARES_STRANGERS = "leaves a file alone that is no scripture"
    DESTROYS_UNTRUE = "destroys an untrue scripture and says so by its exit code"


class ExitCode(enum.IntEnum):
    """The exit codes of a rite that judges, as READER.COM has them (design, section 3)."""

    TRUE = 0
    VIOLATION_OF_GAP = 1
    INVALID_CHECKSUM = 2
    NO_SUCH_FILE = 3
    NO_SCRIPTURE = 4
    IO_ERROR = 5
    WRONG_USAGE = 6


@runtime_checkable
class Rite(Protocol):
    """A reading of the scripture."""

    @property
    def name(self) -> str:
        """What the suite calls it."""

    @property
    def excuses(self) -> Mapping[Clause, str]:
        """The clauses it does not keep, each with the reason why."""

    def perform(self, data: bytes) -> Outcome:
        """Reads a copy of a scripture.

        It never raises because of what is read or how it is read: that is what the outcome tells.

        Args:
            data: What the file contains.

        Returns:
            What became of the copy.
        """
