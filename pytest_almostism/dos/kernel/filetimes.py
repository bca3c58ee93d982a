"""Times as Windows counts them: 100 ns since 1601, in 64 bits (INT 21h/714Eh, 71A6h, 71A7h)."""

from __future__ import annotations

import datetime as dt

from pytest_almostism.dos.clock import from_dos, to_dos
from pytest_almostism.dos.errorcode import DosError, ErrorCode

_EPOCH = dt.datetime(1601, 1, 1)  # noqa: DTZ001 - DOS knows no time zones
_MICROSECOND = dt.timedelta(microseconds=1)
_HUNDREDTH = dt.timedelta(milliseconds=10)
_TWO_SECONDS = 2_000_000


def to_filetime(moment: dt.datetime) -> bytes:
    """Return a moment as Windows counts it, in 8 bytes."""
    return ((moment - _EPOCH) // _MICROSECOND * 10).to_bytes(8, "little")


def from_filetime(data: bytes) -> dt.datetime:
    """Return the moment that 8 bytes are.

    Raises:
        DosError: INVALID_DATA if DOS has no such date, before 1980 or after 2107.
    """
    try:
        moment = _EPOCH + int.from_bytes(data, "little") // 10 * _MICROSECOND
    except OverflowError:
        raise DosError(ErrorCode.INVALID_DATA) from None
    if not 1980 <= moment.year <= 2107:
        raise DosError(ErrorCode.INVALID_DATA)
    return moment


def to_dos_filetime(moment: dt.datetime) -> bytes:
    """Return a moment as DOS packs it, time, date, and four zeros."""
    date, time = to_dos(moment)
    return (date << 16 | time).to_bytes(8, "little")


def to_hundredths(moment: dt.datetime) -> int:
    """Return what DOS's time, even seconds, leaves out of a moment: 0..199 of 10 ms."""
    return (moment.second * 1_000_000 + moment.microsecond) % _TWO_SECONDS // 10_000


def from_dos_and_hundredths(date: int, time: int, hundredths: int) -> dt.datetime:
    """Return the moment of packed date and time and 0..199 hundredths of a second more."""
    return from_dos(date, time) + min(hundredths, 199) * _HUNDREDTH
