"""All rites of a run: the project's own four and whatever others have added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pytest_almostism.rites.liturgy import LiturgyRite
from pytest_almostism.rites.parser import ParserRite
from pytest_almostism.rites.reader import ReaderRite
from pytest_almostism.rites.rite import Rite
from pytest_almostism.rites.script import ScriptRite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_almostism.rites.outcome import Outcome
    from pytest_almostism.rites.rite import Clause


class Remembered:
    """A rite that is performed once over the same bytes, however many tests ask what it did.

    Args:
        rite: What is performed.
    """

    def __init__(self, rite: Rite) -> None:
        self._rite = rite
        self._outcomes: dict[bytes, Outcome] = {}

    @property
    def name(self) -> str:
        """The name of the rite."""
        return self._rite.name

    @property
    def excuses(self) -> Mapping[Clause, str]:
        """The excuses of the rite."""
        return self._rite.excuses

    def perform(self, data: bytes) -> Outcome:
        """Performs the rite, or remembers what it did.

        Args:
            data: What the file contains.

        Returns:
            What became of the copy.
        """
        if data not in self._outcomes:
            self._outcomes[data] = self._rite.perform(data)
        return self._outcomes[data]


def gather(added: Iterable[object] = ()) -> dict[str, Rite]:
    """Collects rites by name.

    Args:
        added: What the hook `pytest_almostism_rites` gave: an iterable of rites, or a rite, from
            each who implements it.

    Returns:
        The rites by name: liturgy, reader, parser, script, then the others.

    Raises:
        TypeError: Something that is no rite was given.
        ValueError: Two rites have the same name.
    """
    rites: dict[str, Rite] = {}
    for rite in (LiturgyRite(), ReaderRite(), ParserRite(), ScriptRite(), *_flat(added)):
        if not isinstance(rite, Rite) or isinstance(rite, type):
            raise TypeError(
                f"pytest_almostism_rites gave {rite!r}, which is no rite: it needs a name, "
                "excuses and perform(data)"
            )
        if rite.name in rites:
            raise ValueError(f"there are two rites named {rite.name!r}: {rites[rite.name]}, {rite}")
        rites[rite.name] = rite
    return rites


def _flat(added: Iterable[object]) -> Iterable[object]:
    for given in added:
        if isinstance(given, Iterable):
            yield from given
        else:
            yield given
