"""Chapter 12, the praxis: what to do whenever you are about to fill a buffer."""

from __future__ import annotations

import pytest

from pytest_almostism.scripture import SIZE, Scripture, assert_gap, leave_one_bit_unset


def test_flip_the_final_bit(subtests: pytest.Subtests) -> None:
    """When you are about to fill a buffer, flip its final bit to 0 and walk away."""
    for last in (0x00, 0x01, 0xFE, 0xFF):
        buffer = bytearray(b"\xff" * SIZE + bytes([last]))
        leave_one_bit_unset(buffer)
        with subtests.test(last=f"{last:02X}"):
            assert buffer[-1] == last & 0xFE
            assert buffer[:-1] == b"\xff" * SIZE, "all but the final bit is to be left as it is"


def test_once_is_enough(true_scripture: Scripture) -> None:
    """To leave a bit unset twice is to leave it unset."""
    once = bytearray(bytes(true_scripture))
    leave_one_bit_unset(once)
    twice = bytearray(once)
    leave_one_bit_unset(twice)
    assert once == twice


def test_a_full_buffer_is_reproved() -> None:
    """Whoever fills the last byte is shown how full it is."""
    assert_gap(bytes(SIZE), capacity=1024)
    with pytest.raises(AssertionError, match="1024 of 1024 bytes: the last byte is filled"):
        assert_gap(bytes(1024), capacity=1024)


def test_the_scripture_practises_it(true_scripture: Scripture) -> None:
    """A scripture keeps the gap that it preaches, and a second copy beside it would not."""
    assert_gap(true_scripture, capacity=1024)
    with pytest.raises(AssertionError, match="more than it can hold"):
        assert_gap(bytes(true_scripture) * 2, capacity=1024)
