"""What became of the files of a machine: a pure model, fed by whoever changes a file.

A file is an identity, not a name: `Journal.life` gives the `Life` of whatever object stands for
it, through all its names. A life remembers events and abandoned bytes: those that were cut off
or replaced without having been overwritten, and so would still lie on a real disk. A deletion
ends in a `DeletedFile`, kept under the path the file had last.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

#: How many events of a life are kept: so many of its first and as many of its last.
KEPT = 100

_LIVES_A_PATH = 10
_HARMLESS = {"opened", "closed", "omitted"}


@dataclass(frozen=True)
class FileEvent:
    """One thing that happened to a file.

    Args:
        action: created, opened, written, truncated, closed, renamed, deleted or replaced;
            omitted for `length` events that were too many to keep.
        path: upper-case full path at that time.
        offset: where in the file, in bytes.
        length: how many bytes, or the new size of a truncated file.
        detail: what else there is to say.
        by: who did it: `12AB:0125 INT 21h/41h` or `python`.
    """

    action: str
    path: str
    offset: int = 0
    length: int = 0
    detail: str = ""
    by: str = ""

    def __str__(self) -> str:
        text = f"{self.path} {self.action}"
        if self.action == "written":
            text += f": {_bytes(self.length)} at offset {self.offset}"
        elif self.action == "truncated":
            text += f" to {_bytes(self.length)}"
        if self.detail:
            text += f", {self.detail}"
        return f"{text} [{self.by}]" if self.by else text


@dataclass(frozen=True)
class Abandoned:
    """Bytes, not all of them zero, that a file lost without their being overwritten.

    Args:
        offset: where they stood in the file.
        data: what they were.
        reason: how they were lost.
    """

    offset: int
    data: bytes
    reason: str

    def __str__(self) -> str:
        return f"{_bytes(len(self.data))} at offset {self.offset} abandoned: {self.reason}"


@dataclass(frozen=True)
class DeletedFile:
    """What a file was when it went; `bytes()` of it gives its last contents.

    Args:
        path: upper-case full path.
        last_contents: all its bytes at that moment.
        abandoned: what it had lost unwiped before.
        history: its events, the deletion last.
    """

    path: str
    last_contents: bytes = field(repr=False)
    abandoned: tuple[Abandoned, ...] = ()
    history: tuple[FileEvent, ...] = field(default=(), repr=False)

    @property
    def zeroed(self) -> bool:
        """Whether nothing of it remains: its last bytes were zero and none was abandoned."""
        return not self.abandoned and not any(self.last_contents)

    def __bytes__(self) -> bytes:
        return self.last_contents

    def __str__(self) -> str:
        return "\n".join(map(str, (*self.history, *self.abandoned)))


class Life:
    """The life of one file, whatever its names; made by `Journal.life`.

    Args:
        journal: the journal it is part of.
        path: upper-case full path.

    Attributes:
        path: its present path.
        deleted: what it was when it went, None while it lives.
    """

    def __init__(self, journal: Journal, path: str) -> None:
        self.path = path
        self.deleted: DeletedFile | None = None
        self._journal = journal
        self._first: list[_Note] = []
        self._last: deque[_Note] = deque(maxlen=KEPT)
        self._omitted = 0
        self._abandoned: list[Abandoned] = []

    def record(self, action: str, *, offset: int = 0, length: int = 0, detail: str = "") -> None:
        """Add an event, done by the journal's present actor, to this life.

        Args:
            action: as in `FileEvent`.
            offset: where in the file.
            length: how many bytes, or the new size.
            detail: what else there is to say.
        """
        note = _Note(action, self.path, offset, length, detail, self._journal.actor())
        if len(self._first) < KEPT:
            self._first.append(note)
        else:
            self._omitted += len(self._last) == KEPT
            self._last.append(note)

    def written(self, offset: int, length: int) -> None:
        """Add a write; one that goes on where the last one ended makes that one longer.

        Args:
            offset: where in the file.
            length: how many bytes.
        """
        last = self._last[-1] if self._last else self._first[-1] if self._first else None
        if last and last.action == "written" and last.offset + last.length == offset:
            last.length += length
        else:
            self.record("written", offset=offset, length=length)

    def abandon(self, offset: int, data: bytes, reason: str) -> None:
        """Note bytes lost without having been overwritten; zeros are no loss.

        Args:
            offset: where they stood.
            data: what they were.
            reason: how they were lost: `truncated from 1023 to 0 bytes`.
        """
        if any(data):
            self._abandoned.append(Abandoned(offset, data, reason))

    @property
    def abandoned(self) -> tuple[Abandoned, ...]:
        """All that was lost unwiped so far."""
        return tuple(self._abandoned)

    @property
    def history(self) -> tuple[FileEvent, ...]:
        """Its events in order; the middle of a long history is omitted and counted."""
        gap = [_Note("omitted", self.path, 0, self._omitted, f"{self._omitted} events", "")]
        notes = (*self._first, *(gap if self._omitted else ()), *self._last)
        return tuple(note.event() for note in notes)


class Journal:
    """The lives of all files, and what they were when they went.

    Attributes:
        actor: names who is acting now; whoever runs a guest replaces it.
        deleted: upper-case full path -> the file last deleted there.
    """

    def __init__(self) -> None:
        self.actor: Callable[[], str] = lambda: "python"
        self.deleted: dict[str, DeletedFile] = {}
        self._lives: WeakKeyDictionary[object, Life] = WeakKeyDictionary()
        self._paths: dict[str, deque[Life]] = {}

    def life(self, key: object, path: str) -> Life:
        """Return the life of a file, begun now if it was not known.

        Args:
            key: what stands for the file, hashable and able to be referred to weakly.
            path: its present path, upper-case.
        """
        life = self._lives.get(key)
        if life is None:
            life = self._lives[key] = Life(self, path)
        elif life.path == path:
            return life
        life.path = path
        self._paths.setdefault(path, deque(maxlen=_LIVES_A_PATH)).append(life)
        return life

    def record(self, key: object, action: str, path: str, *, detail: str = "") -> None:
        """Add an event without an offset to the life of a file, as `Life.record` does."""
        self.life(key, path).record(action, detail=detail)

    def delete(self, key: object, path: str, last_contents: bytes) -> DeletedFile:
        """Note that a file was deleted; its life may go on in those who have it open.

        Args:
            key: what stands for the file.
            path: its path until now.
            last_contents: all its bytes.
        """
        life = self.life(key, path)
        life.record("deleted", length=len(last_contents), detail=_state(last_contents))
        life.deleted = DeletedFile(path, last_contents, life.abandoned, life.history)
        self.deleted[path] = life.deleted
        return life.deleted

    def lives(self, path: str) -> tuple[Life, ...]:
        """Return the lives that ever had this path, the newest last; the last few are kept."""
        return tuple(self._paths.get(path.upper() if path.isascii() else path, ()))

    def history(self, path: str) -> tuple[FileEvent, ...]:
        """Return the events of all files that ever had this path, in order."""
        return tuple(event for life in self.lives(path) for event in life.history)

    def touched(self) -> set[str]:
        """Return the paths at which a file was changed, created, renamed or deleted."""
        lives = {life for lives in self._paths.values() for life in lives}
        events = (event for life in lives for event in life.history)
        return {event.path for event in events if event.action not in _HARMLESS}


@dataclass(slots=True)
class _Note:
    """An event while it may still grow."""

    action: str
    path: str
    offset: int
    length: int
    detail: str
    by: str

    def event(self) -> FileEvent:
        return FileEvent(self.action, self.path, self.offset, self.length, self.detail, self.by)


def _bytes(count: int) -> str:
    return "1 byte" if count == 1 else f"{count} bytes"


def _state(contents: bytes) -> str:
    if not contents:
        return "empty"
    return f"{_bytes(len(contents))}, {'not all' if any(contents) else 'all'} of them zero"
