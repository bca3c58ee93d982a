"""The 8.3 names of the entries of one directory, whatever they are called in the file system.

A name that DOS could have written is its own short name. Any other gets one: its upper-case form
if that is one and nobody else has it, else an alias with a number, which it keeps for as long as
it is in the directory. Directories change behind our back, by Python code that shares the tree:
so every question first compares the keys, which is fast, and only then learns what is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos.names import is_short_name, short_alias, upper

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class ShortNames:
    """Maps between the names in a directory's `entries`, short names and long ones.

    Args:
        entries: the living mapping whose keys are the names.
    """

    def __init__(self, entries: Mapping[str, object]) -> None:
        self._entries = entries
        self._short: dict[str, str] = {}
        self._owner: dict[str, str] = {}
        self._long: dict[str, list[str]] = {}

    def of(self, name: str) -> str:
        """Return the short name of the entry `name`."""
        if is_short_name(name):
            return name
        self._refresh()
        return self._short.get(name) or short_alias(name, self._owner)

    def find(self, name: str) -> str | None:
        """Return the entry that `name`, short or long, in upper case, means; None if none does."""
        self._refresh()
        owner = self._owner.get(name)
        return owner or next(iter(self._long.get(name, ())), None)

    def _refresh(self) -> None:
        known, present = self._short.keys(), self._entries.keys()
        if known == present:
            return
        for name in known - present:
            self._forget(name)
        self._learn([name for name in present if name not in known])

    def _forget(self, name: str) -> None:
        del self._owner[self._short.pop(name)]
        others = self._long.get(upper(name))
        if others and name in others:
            others.remove(name)

    def _learn(self, names: Collection[str]) -> None:
        foreign = [name for name in names if not is_short_name(name)]
        for name in names:
            if is_short_name(name):
                evicted = self._owner.get(name)
                if evicted is not None:
                    self._forget(evicted)
                    foreign.append(evicted)
                self._give(name, name)
        for name in foreign:
            self._long.setdefault(upper(name), []).append(name)
            short = upper(name)
            if " " in short or not is_short_name(short) or short in self._owner:
                short = short_alias(name, self._owner)
            self._give(name, short)

    def _give(self, name: str, short: str) -> None:
        self._short[name] = short
        self._owner[short] = name
