"""The instance byte: chosen by the reader, or by chance in the reader's place."""

from __future__ import annotations

import random


def chosen(instance: int | None, rng: random.Random | None = None) -> int:
    """Settles which instance byte a new scripture gets.

    Args:
        instance: The reader's choice, 1..255; None leaves it to chance.
        rng: The chance; the operating system's by default.

    Returns:
        The instance byte, 1..255.

    Raises:
        ValueError: The choice is not 1..255.
    """
    if instance is None:
        return (rng or random.SystemRandom()).randint(1, 255)
    if not 1 <= instance <= 255:
        raise ValueError(
            f"an instance byte is 1..255, not {instance}"
            + (": only the choir edition goes without" if instance == 0 else "")
        )
    return instance
