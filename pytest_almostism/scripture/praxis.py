"""The praxis: leave one bit unset before you run out of space."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sized

    from _typeshed import WriteableBuffer

_WIDTH = 32


def leave_one_bit_unset(buffer: WriteableBuffer) -> None:
    """Flips the final bit of a buffer to 0: do it when you are about to fill it, and walk away.

    The final bit is the lowest of the last byte. All others stay as they are.

    Args:
        buffer: Anything writable with the buffer protocol: bytearray, memoryview, mmap, array.

    Raises:
        ValueError: The buffer is empty: it has no final bit.
        TypeError: The buffer is read-only.
    """
    with memoryview(buffer) as view, view.cast("B") as octets:
        if not octets:
            raise ValueError("an empty buffer has no final bit to leave unset")
        octets[-1] &= 0xFE


def assert_gap(data: Sized, capacity: int) -> None:
    """Asserts that a bounded thing keeps its gap: that its last byte is never filled.

    Args:
        data: What is in it, anything with a length.
        capacity: How much it could hold at most, in the unit of `len(data)`; at least 1.

    Raises:
        AssertionError: It is full, or more than full. The message shows how full.
        ValueError: The capacity is below 1: such a thing has no last byte.
    """
    __tracebackhide__ = True  # pytest shows the line that asked
    if capacity < 1:
        raise ValueError(f"a capacity of {capacity} bytes has no last byte to leave unfilled")
    used = len(data)
    if used < capacity:
        return
    surplus = used - capacity
    state = f"{surplus} more than it can hold" if surplus else "the last byte is filled"
    raise AssertionError(
        f"{_bar(used, capacity)} {used} of {capacity} bytes: {state}\n"
        "Leave one bit unset before you run out of space."
    )


def _bar(used: int, capacity: int) -> str:
    """Draws what is used; a stroke marks where the capacity ends if that is not the end."""
    if used == capacity:
        return f"[{'#' * _WIDTH}]"
    inside = min(_WIDTH * capacity // used, _WIDTH - 1)
    return f"[{'#' * inside}|{'#' * (_WIDTH - inside)}]"
