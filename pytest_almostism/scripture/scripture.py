"""The scripture: building one, and reading one back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_almostism.scripture.creed import CREED, EXEGESIS
from pytest_almostism.scripture.errors import InvalidChecksum, InvalidCreed, ViolationOfGap
from pytest_almostism.scripture.instance import chosen
from pytest_almostism.scripture.layout import SIZE, Part
from pytest_almostism.scripture.liturgy import LITURGY
from pytest_almostism.scripture.seal import checksum, seal_of, sealed

if TYPE_CHECKING:
    import random

    from _typeshed import ReadableBuffer


@dataclass(frozen=True, repr=False)
class Scripture:
    """A true scripture; `bytes(scripture)` is 1023 long and sums to 0.

    Only two things distinguish one scripture from another: the instance byte and the liturgy.
    Creed and silence are given, and the seal follows. (Design, section 2.)

    Args:
        instance: The instance byte, 1..255; 0 is the choir's, who have none.
        liturgy: 42 bytes of 8086 machine code.

    Raises:
        ValueError: The instance byte is no byte, or the liturgy is not 42 bytes long.
    """

    instance: int
    liturgy: bytes = LITURGY

    def __post_init__(self) -> None:
        if not 0 <= self.instance <= 255:
            raise ValueError(f"the instance byte is a byte, not {self.instance}")
        if len(self.liturgy) != Part.LITURGY.length:
            raise ValueError(
                f"a liturgy is {Part.LITURGY.length} bytes long, not {len(self.liturgy)}"
            )

    @classmethod
    def build(
        cls,
        instance: int | None = None,
        *,
        liturgy: bytes = LITURGY,
        rng: random.Random | None = None,
    ) -> Scripture:
        """Builds a scripture for one reader.

        Args:
            instance: The instance byte the reader chooses, 1..255; without it chance chooses.
            liturgy: 42 bytes of machine code, the canonical ones unless you know better.
            rng: Who chooses in the reader's place; the operating system's randomness by default.

        Returns:
            The scripture.

        Raises:
            ValueError: The instance byte is not 1..255, or the liturgy is not 42 bytes long.
        """
        return cls(chosen(instance, rng), bytes(liturgy))

    @classmethod
    def parse(cls, data: ReadableBuffer) -> Scripture:
        """Reads a scripture, or says where the bytes stop being one.

        The size is judged first, then the creed, then the seal, last the silence: a single bit
        gone wrong in the creed is an `InvalidCreed`, anywhere else an `InvalidChecksum`.

        Args:
            data: What was read, of any length.

        Returns:
            The scripture; `bytes()` of it equals `data`.

        Raises:
            ViolationOfGap: Not 1023 bytes, or the silence is not silent though the sum is right.
            InvalidCreed: The first eight bytes are not the creed.
            InvalidChecksum: The sum of all bytes is not 0.
        """
        data = bytes(memoryview(data))
        _check_size(data)
        _check_creed(data)
        _check_seal(data)
        _check_silence(data)
        return cls(data[Part.INSTANCE.offset], data[Part.LITURGY.slice])

    @property
    def creed(self) -> bytes:
        """The eight bytes it begins with."""
        return CREED

    @property
    def silence(self) -> bytes:
        """The 971 zero bytes between the instance byte and the seal."""
        return bytes(Part.SILENCE.length)

    @property
    def seal(self) -> int:
        """The last byte, which makes the sum of all 0."""
        return bytes(self)[Part.SEAL.offset]

    def __bytes__(self) -> bytes:
        return sealed(CREED + self.liturgy + bytes([self.instance]))

    def __len__(self) -> int:
        return SIZE

    def __repr__(self) -> str:
        own = "" if self.liturgy == LITURGY else f", liturgy={self.liturgy.hex(' ').upper()}"
        return f"<Scripture instance=0x{self.instance:02X} seal=0x{self.seal:02X}{own}>"


def _check_size(data: bytes) -> None:
    surplus = len(data) - SIZE
    if not surplus:
        return
    count, unit = abs(surplus), "byte" if abs(surplus) == 1 else "bytes"
    offset = min(len(data), SIZE)
    raise ViolationOfGap(
        f"offset 0x{offset:03X}: expected {SIZE} bytes in all, found {len(data)}: {count} {unit} "
        + ("too many, the gap is filled" if surplus > 0 else "too few"),
        offset,
        expected=SIZE,
        found=len(data),
    )


def _check_creed(data: bytes) -> None:
    for true in EXEGESIS:
        found = data[true.offset]
        if found != true.value:
            raise InvalidCreed(
                f"offset 0x{true.offset:03X}: expected creed byte 0x{true.value:02X} "
                f"({true.glyph}: {true.meaning}), found 0x{found:02X}",
                true.offset,
                expected=true.value,
                found=found,
            )


def _check_seal(data: bytes) -> None:
    if not checksum(data):
        return
    expected, found = seal_of(data[: Part.SEAL.offset]), data[Part.SEAL.offset]
    raise InvalidChecksum(
        f"offset 0x{Part.SEAL.offset:03X}: expected seal 0x{expected:02X}, found 0x{found:02X}: "
        f"the sum of all bytes is 0x{checksum(data):02X}, not 0",
        Part.SEAL.offset,
        expected=expected,
        found=found,
    )


def _check_silence(data: bytes) -> None:
    silence = data[Part.SILENCE.slice]
    sounds = silence.lstrip(b"\0")
    if not sounds:
        return
    offset = Part.SILENCE.offset + len(silence) - len(sounds)
    raise ViolationOfGap(
        f"offset 0x{offset:03X}: expected silence 0x00, found 0x{sounds[0]:02X}",
        offset,
        expected=0,
        found=sounds[0],
    )
