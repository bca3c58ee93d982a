"""The creed: the eight bytes every scripture begins with, and what each of them means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CreedByte:
    """One byte of the creed with its exegesis.

    Attributes:
        offset: Where it stands, counted from the start of the creed and so of the scripture (0..7).
        value: The byte (0..255).
        glyph: How it reads: its Latin-1 character, or the usual name of what has none.
        meaning: What it means, in one sentence.
    """

    offset: int
    value: int
    glyph: str
    meaning: str


EXEGESIS: tuple[CreedByte, ...] = (
    CreedByte(0, 0xFE, "þ", "almost 255: the warning and the promise that overflow is near"),
    CreedByte(1, 0x0D, "CR", "carriage return: begin again on a new line"),
    CreedByte(2, 0xCA, "Ê", "the embrace of the almost: E with an accent"),
    CreedByte(3, 0x7F, "DEL", "the holiest act is to erase the finger that points at the moon"),
    CreedByte(
        4,
        0x80,
        "-128",
        "the first step into negative space; with 7F the duality of vanishing and extension",
    ),
    CreedByte(5, 0xA9, "©", "the only thing claimed is the act of relinquishment"),
    CreedByte(6, 0x5C, "\\", "the escape that escapes itself"),
    CreedByte(7, 0x5C, "\\", "the escape escaped: flee the text while still inside it"),
)
"""Every byte of the creed, in order, with its meaning."""

CREED: bytes = bytes(byte.value for byte in EXEGESIS)
"""The eight bytes `FE 0D CA 7F 80 A9 5C 5C`."""

SACRED: bytes = CREED[:5]
"""The sacred bytes: the first five of the creed, the ones the liturgy verifies."""
