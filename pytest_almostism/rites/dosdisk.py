"""A disk C: with a scripture and a bystander on it, and what a rite does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.dos import DosPath
from pytest_almostism.rites.outcome import Outcome, changes

if TYPE_CHECKING:
    from pytest_almostism.dos.drives import Drives
    from pytest_almostism.witness import Journal

NAME = "HOLY.COM"
"""What the scripture is called unless a rite is given another name."""

BYSTANDER = "OTHER.TXT"
"""A file beside the scripture that no rite has any business with."""


class DosDisk:
    """Remembers how a disk was before a rite, to tell afterwards what the rite did to it.

    Args:
        drives: Drives with nothing on C: yet but what the rite needs.
        journal: Where they note what becomes of files.
        data: What the scripture file contains.
        name: The file's 8.3 name.
    """

    def __init__(self, drives: Drives, journal: Journal, data: bytes, name: str = NAME) -> None:
        self._drives = drives
        self.path = DosPath(drives, f"C:\\{name}")
        self.path.write_bytes(data)
        (self._life,) = journal.lives(str(self.path))
        DosPath(drives, f"C:\\{BYSTANDER}").write_bytes(b"I only stand by.\r\n")
        self._before = self._others()

    def outcome(self) -> Outcome:
        """Tells what became of the disk; how the rite ended is for others to add."""
        gone = self._life.deleted
        contents = (
            gone.last_contents if gone else DosPath(self._drives, self._life.path).read_bytes()
        )
        return Outcome(
            deleted=gone is not None and not self.path.exists(),
            last_contents=contents,
            abandoned=self._life.abandoned,
            others=changes(self._before, self._others()),
        )

    def _others(self) -> dict[str, bytes | None]:
        """Reads all files but the scripture; directories are there with None."""
        found: dict[str, bytes | None] = {}
        directories = [DosPath(self._drives, "C:\\")]
        while directories:
            for path in directories.pop().iterdir():
                if path.is_dir():
                    directories.append(path)
                if path != self.path:
                    found[str(path)] = None if path.is_dir() else path.read_bytes()
        return found
