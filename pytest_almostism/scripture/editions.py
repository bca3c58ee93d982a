"""The four editions of the scripture: the canon, and what it came from or might have been."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from pytest_almostism.scripture.creed import CREED
from pytest_almostism.scripture.instance import chosen
from pytest_almostism.scripture.layout import Part
from pytest_almostism.scripture.liturgy import LITURGY, LITURGY_SOURCE
from pytest_almostism.scripture.packaged import packaged
from pytest_almostism.scripture.seal import sealed

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping


@dataclass(frozen=True)
class Edition:
    """One edition: which liturgy it carries, and what a loader has to know about it.

    Attributes:
        name: Its key in `EDITIONS`.
        title: What it is, in one sentence.
        liturgy: The machine code from offset 8 on.
        source: The liturgy's assembly source, for nasm.
        has_instance: Whether a reader's instance byte follows the liturgy; if not, a zero does.
        vanishes: Whether the liturgy deletes its file when it is run as the loader contract asks.
        far_return: Whether it must find the far return address PSP:0000 on the stack (the zero
            word at the top, the segment above it) besides what the loader contract gives.
    """

    name: str
    title: str
    liturgy: bytes
    source: str = field(repr=False)
    has_instance: bool = True
    vanishes: bool = True
    far_return: bool = False

    @property
    def instance_offset(self) -> int:
        """Where the instance byte stands, in bytes from the start: right after the liturgy."""
        return len(CREED) + len(self.liturgy)

    @property
    def silence(self) -> int:
        """How many zero bytes lie between the instance byte and the seal."""
        return Part.SEAL.offset - self.instance_offset - 1

    def build(self, instance: int | None = None, *, rng: random.Random | None = None) -> bytes:
        """Builds a scripture in this edition.

        Args:
            instance: The instance byte, 1..255; without it chance chooses.
            rng: The chance; the operating system's by default.

        Returns:
            1023 bytes that sum to 0.

        Raises:
            ValueError: The instance byte is not 1..255, or one is given to an edition without.
        """
        if self.has_instance:
            instance = chosen(instance, rng)
        elif instance is not None:
            raise ValueError(f"the {self.name} edition has no instance byte to set to {instance}")
        return sealed(CREED + self.liturgy + bytes([instance or 0]))


CANON = Edition(
    name="canon",
    title="the scripture as it is read: 42 bytes that delete their file and end",
    liturgy=LITURGY,
    source=LITURGY_SOURCE,
)

AS_FIRST_SPOKEN = Edition(
    name="as-first-spoken",
    title="a specimen: the first 42 bytes, which are 43, leave 970 of silence and delete nothing",
    liturgy=bytes.fromhex(
        "B8 2E 00 BB 00 7E 8A 07 43 3C 00 75 FA"
        "89 F7 31 C0 31 DB 31 D2 B9 00 04 F3 AA"
        "31 C0 B0 3C CD 21 31 C0 50 B8 00 4C CD 21 30 C0 C3"
    ),
    source=packaged("as_first_spoken.asm").decode(),
    vanishes=False,
)

CHOIR = Edition(
    name="choir",
    title="the alternative that was voted down: no instance byte, all copies are alike",
    liturgy=LITURGY,
    source=LITURGY_SOURCE,
    has_instance=False,
)

BY_ITS_OWN_CREED = Edition(
    name="by-its-own-creed",
    title="the liturgy that has no exit but its creed: `dec byte [di]`, `retf 807Fh`",
    liturgy=bytes.fromhex(
        "90 90 BA 00 7E B8 00 3D CD 21 93 B4 3F B6 04 89 D1 CD 21"
        "40 89 C7 BE 2D 01 F3 A6 97 F3 A5 05 FA 3C B6 7E CD 21 FE 0D CA 7F 80"
    ),
    source=packaged("by_its_own_creed.asm").decode(),
    far_return=True,
)

EDITIONS: Mapping[str, Edition] = MappingProxyType(
    {edition.name: edition for edition in (CANON, AS_FIRST_SPOKEN, CHOIR, BY_ITS_OWN_CREED)}
)
"""The editions by name; the canon is the default everywhere."""
