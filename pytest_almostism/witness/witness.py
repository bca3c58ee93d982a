"""What the `witness` fixture gives: the story of a file, asked for by its path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pytest_almostism.witness.journal import Abandoned, DeletedFile, FileEvent, Journal


@dataclass(frozen=True)
class Erasure:
    """What is known of the file that was last at a path.

    Args:
        path: upper-case full path.
        deleted: whether it is gone.
        last_contents: what it was when it went; None while it lives.
        abandoned: what it lost unwiped on the way.
        history: all that happened at the path, in order.
    """

    path: str
    deleted: bool
    last_contents: bytes | None
    abandoned: tuple[Abandoned, ...]
    history: tuple[FileEvent, ...]

    @property
    def zeroed(self) -> bool:
        """Whether it is gone and nothing of it remains."""
        return self.last_contents is not None and not self.abandoned and not any(self.last_contents)

    def __str__(self) -> str:
        return "\n".join(map(str, (*self.history, *self.abandoned)))


class Witness:
    """Knows what became of files.

    Args:
        journal: where the machine's drives note it.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    @property
    def deleted(self) -> Mapping[str, DeletedFile]:
        """Upper-case full path -> what the file was when it went."""
        return self._journal.deleted

    def of(self, path: object) -> Erasure | None:
        r"""Return what is known of the file that is or was at a path, or None.

        Args:
            path: a full path, `C:\DIR\X.TXT`, in any case, or anything whose `str()` is one.
        """
        lives = self._journal.lives(str(path))
        if not lives:
            return None
        last = lives[-1]
        gone = last.deleted
        return Erasure(
            path=gone.path if gone else last.path,
            deleted=gone is not None,
            last_contents=gone.last_contents if gone else None,
            abandoned=last.abandoned,
            history=self._journal.history(str(path)),
        )
