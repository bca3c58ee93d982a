"""The seal: the one byte that makes a scripture checksum to itself."""

from __future__ import annotations

from pytest_almostism.scripture.layout import Part


def checksum(data: bytes) -> int:
    """Adds up all bytes.

    Args:
        data: The bytes, any number of them.

    Returns:
        Their sum modulo 256: 0 for a sealed scripture.
    """
    return sum(data) % 256


def seal_of(data: bytes) -> int:
    """Finds the seal of what stands before it.

    Args:
        data: All bytes but the seal.

    Returns:
        The byte (0..255) that makes the sum of `data` and itself 0 modulo 256.
    """
    return -sum(data) % 256


def sealed(text: bytes) -> bytes:
    """Completes a scripture: silence after its text, then the seal.

    Args:
        text: Creed, liturgy and instance byte; at most 1022 bytes.

    Returns:
        1023 bytes that sum to 0.
    """
    unsealed = text.ljust(Part.SEAL.offset, b"\0")
    return unsealed + bytes([seal_of(unsealed)])
