"""Chapter 2, the gap: the 1024th byte, which is never written."""

from __future__ import annotations

import pytest

from pytest_almostism.scripture import SIZE, Scripture, ViolationOfGap, assert_gap


def test_the_scripture_is_1023_bytes_long(scripture_under_test: bytes) -> None:
    """A scripture is 1023 bytes long."""
    size = len(scripture_under_test)
    state = "too many" if size > SIZE else "too few"
    assert size == SIZE, f"the gap is violated: {size} bytes, {abs(size - SIZE)} {state}"


def test_the_1024th_byte_stays_unwritten(scripture_under_test: bytes) -> None:
    """Of the 1024 bytes there is room for, the last is never written."""
    assert_gap(scripture_under_test, capacity=1024)


def test_whatever_fills_the_gap_violates_it(
    true_scripture: Scripture, subtests: pytest.Subtests
) -> None:
    """Whatever is written into the gap, even a zero, is a violation of it."""
    for extra in (b"\x00", b"\x01", b"\xff", b"\x00" * 1024):
        with subtests.test(extra=extra[:1], count=len(extra)):
            with pytest.raises(ViolationOfGap) as violation:
                Scripture.parse(bytes(true_scripture) + extra)
            assert violation.value.found == SIZE + len(extra)


def test_there_is_no_second_gap(true_scripture: Scripture, subtests: pytest.Subtests) -> None:
    """One byte is left unwritten and no more: what is shorter is no scripture either."""
    for size in (0, 1, 512, SIZE - 1):
        with subtests.test(size=size):
            with pytest.raises(ViolationOfGap) as violation:
                Scripture.parse(bytes(true_scripture)[:size])
            assert violation.value.found == size
