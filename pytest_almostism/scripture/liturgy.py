"""The liturgy: 42 bytes of 8086 machine code that check and delete the file they were read from.

They are kept as bytes, and `liturgy.asm` beside this module is their source. Six steps: open the
file whose name is at DS:7E00, read at most 1024 bytes, verify the five sacred bytes, overwrite
the buffer with zeros, delete the file, end with exit code 0. (Design, section 3.)
"""

from __future__ import annotations

from pytest_almostism.scripture.packaged import packaged

LITURGY: bytes = bytes.fromhex(
    "BA 00 7E B8 00 3D CD 21 93"  # (1) open
    "B4 3F B6 04 89 D1 CD 21"  # (2) read
    "40 89 C7 BE 2D 01 F3 A6"  # (3) verify
    "97 F3 A5"  # (4) zero
    "05 FA 3C B6 7E CD 21"  # (5) delete
    "CD 20"  # (6) end
    "FE 0D CA 7F 80"  # what is verified
)
"""The canonical liturgy, for offset 0108 of a program segment."""

LITURGY_SOURCE: str = packaged("liturgy.asm").decode()
"""Its assembly source, for nasm."""
