"""Chapter 3, the seal: the byte by which a scripture checksums to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_almostism.scripture import (
    SIZE,
    InvalidChecksum,
    InvalidCreed,
    Part,
    Scripture,
    checksum,
    seal_of,
)

if TYPE_CHECKING:
    from pytest_almostism.scripture import ScriptureError


def test_all_bytes_sum_to_zero(scripture_under_test: bytes) -> None:
    """The bytes of a scripture sum to 0 modulo 256."""
    total = checksum(scripture_under_test)
    assert total == 0, f"the checksum is invalid: all bytes sum to 0x{total:02X}, not to 0"


def test_the_seal_is_the_last_byte(scripture_under_test: bytes) -> None:
    """The last byte is the seal of all that stand before it."""
    found = scripture_under_test[-1:]
    expected = bytes([seal_of(scripture_under_test[:-1])])
    assert found == expected, (
        f"the checksum is invalid: expected the seal {expected.hex().upper()}, "
        f"found {found.hex().upper() or 'nothing'}"
    )


def test_no_bit_can_be_flipped_unnoticed(true_scripture: Scripture) -> None:
    """Flip any one bit, and the scripture is none: by its creed, or else by its seal."""
    text = bytearray(bytes(true_scripture))
    for offset in range(SIZE):
        bit = 1 << offset % 8
        text[offset] ^= bit
        judged_by: type[ScriptureError] = (
            InvalidCreed if offset < Part.CREED.length else InvalidChecksum
        )
        with pytest.raises(judged_by):
            Scripture.parse(text)
        text[offset] ^= bit
