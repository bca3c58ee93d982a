"""The three ways in which bytes can fail to be a scripture."""

from __future__ import annotations

from pytest_almostism.errors import AlmostismError


class ScriptureError(AlmostismError, ValueError):
    """The bytes are no scripture.

    Attributes:
        message: What is wrong, in one line.
        offset: Where it is wrong, in bytes from the start.
        expected: What had to be there: a byte, or the number of bytes if the size is wrong.
        found: What is there, in the same terms.
    """

    def __init__(self, message: str, offset: int, expected: int, found: int) -> None:
        # All of it goes into `args`, so that the error survives pickling (pytest-xdist).
        super().__init__(message, offset, expected, found)
        self.message = message
        self.offset = offset
        self.expected = expected
        self.found = found

    def __str__(self) -> str:
        return self.message


class ViolationOfGap(ScriptureError):
    """The gap is not kept: not 1023 bytes, or a sound in the silence."""


class InvalidChecksum(ScriptureError):
    """The sum of the bytes is not 0: the seal is not the seal of what stands before it."""


class InvalidCreed(ScriptureError):
    """The creed is not the creed."""
