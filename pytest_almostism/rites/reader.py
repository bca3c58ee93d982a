"""READER.COM as a rite: the whole parser as an 8086 program for DOS."""

from __future__ import annotations

import pkgutil

from pytest_almostism.rites.dosprogram import DosProgramRite


def _packaged(name: str) -> bytes:
    """Reads a file beside this module, even while pyfakefs replaces `open`."""
    contents = pkgutil.get_data(__package__, name)
    if contents is None:
        raise FileNotFoundError(f"{__package__} was imported by a loader that cannot read {name}")
    return contents


READER: bytes = _packaged("READER.COM")
"""The program; `reader.asm` beside it is its source."""


class ReaderRite(DosProgramRite):
    """`READER NAME` on the emulated DOS; it keeps all clauses."""

    def __init__(self) -> None:
        super().__init__("reader", READER)
