"""Where everything stands in a scripture: five parts, 1023 bytes, and a gap after them."""

from __future__ import annotations

import enum

SIZE = 1023
"""Bytes in a scripture. The 1024th is never written: the gap."""


class Part(enum.Enum):
    """A part of the scripture; its value is (offset, length) in bytes.

    The parts follow each other without holes and cover all of it: creed, liturgy, instance byte,
    silence, seal.
    """

    CREED = (0, 8)
    LITURGY = (8, 42)
    INSTANCE = (50, 1)
    SILENCE = (51, 971)
    SEAL = (1022, 1)

    @property
    def offset(self) -> int:
        """Where the part begins, in bytes from the start of the scripture."""
        return self.value[0]

    @property
    def length(self) -> int:
        """How many bytes the part has."""
        return self.value[1]

    @property
    def slice(self) -> slice:
        """The part's place, for cutting it out: `data[Part.LITURGY.slice]`."""
        return slice(self.offset, self.offset + self.length)

    @classmethod
    def at(cls, offset: int) -> Part:
        """Names the part an offset lies in.

        Args:
            offset: Bytes from the start of the scripture (0..1022).

        Returns:
            The part that covers it.

        Raises:
            ValueError: The offset lies in the gap or beyond, or before the scripture.
        """
        for part in cls:
            if part.offset <= offset < part.offset + part.length:
                return part
        raise ValueError(f"offset {offset} is in no part of a scripture (0..{SIZE - 1})")
