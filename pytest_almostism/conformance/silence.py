"""Chapter 5, the silence: nothing, between the choice and the seal."""

from __future__ import annotations

import pytest

from pytest_almostism.scripture import Part, Scripture, ViolationOfGap, sealed


def test_the_silence_is_971_bytes_long(scripture_under_test: bytes) -> None:
    """Between the instance byte and the seal lie 971 bytes."""
    length = len(scripture_under_test[Part.SILENCE.slice])
    assert length == 971, f"the silence is broken off after {length} bytes"


def test_the_silence_is_silent(scripture_under_test: bytes) -> None:
    """All bytes of the silence are zero."""
    silence = scripture_under_test[Part.SILENCE.slice]
    sounds = [Part.SILENCE.offset + at for at, byte in enumerate(silence) if byte]
    assert not sounds, (
        f"the silence is broken at offset {sounds[0]} by {scripture_under_test[sounds[0]]:02X}"
        + (f", and at {len(sounds) - 1} more" if len(sounds) > 1 else "")
    )


def test_no_seal_excuses_a_sound(true_scripture: Scripture) -> None:
    """A sound in the silence violates the gap even when the seal accounts for it."""
    text = bytes(true_scripture)[: Part.SEAL.offset - 1] + b"\x2a"
    with pytest.raises(ViolationOfGap) as violation:
        Scripture.parse(sealed(text))
    assert violation.value.offset == Part.SEAL.offset - 1
