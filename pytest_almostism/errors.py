"""The base of everything this package raises on purpose."""

from __future__ import annotations


class AlmostismError(Exception):
    """Base of all exceptions of pytest-almostism."""
