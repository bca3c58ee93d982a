"""A temporary directory with a scripture and a bystander in it, and what a rite does to them."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pytest_almostism.rites.outcome import Outcome, changes
from pytest_almostism.witness import Abandoned

if TYPE_CHECKING:
    from types import TracebackType

BYSTANDER = "other.txt"
"""A file beside the scripture that no rite has any business with."""


class HostDisk:
    """A real directory for one rite; it is gone when the `with` block ends.

    A second name for the same file (a hard link, out of the rite's sight) shows what was on the
    disk when the first one went. Where the file system has no hard links, an open descriptor
    does.

    Args:
        data: What the file contains.
        name: The file's name.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name
        self._descriptor: BinaryIO | None = None

    def __enter__(self) -> HostDisk:  # noqa: PYI034 - nobody derives from it
        self._top = Path(tempfile.mkdtemp(prefix="almostism-"))
        self.directory = self._top / "rite"
        self.directory.mkdir()
        self.path = self.directory / self._name
        self.path.write_bytes(self._data)
        self._link = self._top / "witness"
        try:
            os.link(self.path, self._link)
        except OSError:
            self._descriptor = self.path.open("rb")
        (self.directory / BYSTANDER).write_bytes(b"I only stand by.\n")
        self._before = self._others()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._descriptor:
            self._descriptor.close()
        shutil.rmtree(self._top, ignore_errors=True)

    def outcome(self) -> Outcome:
        """Tells what became of the directory; how the rite ended is for others to add."""
        if self._descriptor:
            contents, names = self._descriptor.read(), os.fstat(self._descriptor.fileno()).st_nlink
        else:
            contents, names = self._link.read_bytes(), self._link.stat().st_nlink - 1
        lost = self._data[len(contents) :]
        cut = Abandoned(len(contents), lost, f"cut to {len(contents)} bytes")
        return Outcome(
            deleted=names == 0 and not os.path.lexists(self.path),
            last_contents=contents,
            abandoned=(cut,) if any(lost) else (),
            others=changes(self._before, self._others()),
        )

    def _others(self) -> dict[str, bytes | None]:
        """Reads all files but the scripture; what is no file is there with None."""
        return {
            str(path.relative_to(self.directory)): path.read_bytes() if path.is_file() else None
            for path in self.directory.rglob("*")
            if path != self.path
        }
