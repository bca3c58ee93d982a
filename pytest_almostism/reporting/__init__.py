"""How things are shown to people: hex dumps, call traces, the verdict of a run, the picture."""

from __future__ import annotations

from pytest_almostism.reporting.hexdump import hexdump, nonzero_rows
from pytest_almostism.reporting.trace import last_calls, shown_screen

__all__ = ["hexdump", "last_calls", "nonzero_rows", "shown_screen"]
