"""A reader of scriptures, in Python."""

from __future__ import annotations

from pathlib import Path

from pytest_almostism import CREED, SIZE, Scripture


def farewell(path: Path) -> Scripture:
    """Read a scripture, which is gone afterwards, whether it was true or not.

    What is shorter or does not begin with the creed is no scripture, and is left alone.
    """
    text = path.read_bytes()
    if len(text) >= SIZE and text.startswith(CREED):
        with path.open("r+b") as file:
            file.write(bytes(len(text)))  # zeroed where it lies: deleting wipes nothing
        path.unlink()
    return Scripture.parse(text)  # raises what was untrue, if anything was
