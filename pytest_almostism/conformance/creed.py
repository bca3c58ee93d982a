"""Chapter 1, the creed: the eight bytes a scripture begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.scripture import CREED, EXEGESIS, SACRED, Part

if TYPE_CHECKING:
    import pytest


def test_the_scripture_opens_with_the_creed(
    scripture_under_test: bytes, subtests: pytest.Subtests
) -> None:
    """A scripture opens with the eight bytes FE 0D CA 7F 80 A9 5C 5C."""
    creed = scripture_under_test[Part.CREED.slice]
    for true in EXEGESIS:
        found = creed[true.offset : true.offset + 1]
        with subtests.test(f"{true.value:02X} {true.glyph}", offset=true.offset):
            assert found.hex() == f"{true.value:02x}", (
                f"the creed is broken at offset {true.offset}: expected {true.value:02X} "
                f"({true.meaning}), found {found.hex().upper() or 'nothing'}"
            )


def test_the_sacred_bytes_come_first(scripture_under_test: bytes) -> None:
    """The first five bytes are the sacred ones, the ones the liturgy verifies."""
    assert scripture_under_test[: len(SACRED)] == SACRED, "the creed is broken in its sacred bytes"


def test_overflow_is_near(scripture_under_test: bytes) -> None:
    """The first byte is almost 255: the warning and the promise that overflow is near."""
    assert scripture_under_test[:1] == bytes([255 - 1])


def test_begin_again_on_a_new_line(scripture_under_test: bytes) -> None:
    """The second byte returns the carriage: begin again on a new line."""
    assert scripture_under_test[1:2] == b"\r"


def test_the_almost_is_embraced(scripture_under_test: bytes) -> None:
    """The third byte is an E with an accent, the embrace of the almost."""
    assert scripture_under_test[2:3].decode("latin-1") == "Ê"


def test_erasure_and_extension_are_one(scripture_under_test: bytes) -> None:
    """Erasure and the first step into negative space share no bit and leave none out."""
    erasure, extension = scripture_under_test[3:4], scripture_under_test[4:5]
    assert erasure == b"\x7f", "the holiest act is DEL: erase the finger that points at the moon"
    assert int.from_bytes(extension, "big", signed=True) == -128
    assert erasure[0] & extension[0] == 0
    assert erasure[0] | extension[0] == 0xFF


def test_only_relinquishment_is_claimed(scripture_under_test: bytes) -> None:
    """The one claim the creed makes is a copyright on letting go."""
    assert scripture_under_test[5:6].decode("latin-1") == "©"


def test_the_escape_escapes_itself(scripture_under_test: bytes) -> None:
    """The creed ends with an escape that is escaped: flee the text while still inside it."""
    assert scripture_under_test[6 : len(CREED)].decode("latin-1") == "\\\\"
