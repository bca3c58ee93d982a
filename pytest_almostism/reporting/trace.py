"""What a DOS program did and showed last, for the message of a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_almostism.errors import AlmostismError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_almostism.dos import Dos, DosCall


def last_calls(calls: Sequence[DosCall], count: int = 10) -> str:
    """Shows the last calls of a program, oldest first.

    Args:
        calls: All of them.
        count: How many to show.

    Returns:
        A heading and one line a call.
    """
    if not len(calls):
        return "it made no DOS calls"
    total: int = getattr(calls, "total", len(calls))
    shown = [f"  {call}" for call in calls[-count:]]
    heading = f"the last {len(shown)} of {total} calls:" if total > len(shown) else "its calls:"
    return "\n".join([heading, *shown])


def shown_screen(text: str) -> str:
    """Shows a text screen without its empty margin below and at the right.

    Args:
        text: The screen, its rows parted by newlines.

    Returns:
        A heading and the rows in a frame; only a heading if nothing is on it.
    """
    rows = [row.rstrip() for row in text.rstrip().splitlines()]
    if not any(rows):
        return "the screen was empty"
    width = max(map(len, rows))
    edge = f"  +{'-' * (width + 2)}+"
    return "\n".join(["the screen:", edge, *(f"  | {row:{width}} |" for row in rows), edge])


def machine_section(dos: Dos, message: str) -> str:
    """Shows what a machine did last, for the report of a failed test.

    Args:
        dos: The machine.
        message: What the report says already.

    Returns:
        The last calls of its last run and its screen; nothing if it ran no program, is switched
        off, or if its last call is told already.
    """
    try:
        calls, screen = dos.calls, str(dos.screen)
    except AlmostismError:
        return ""
    if not len(calls) or str(calls[-1]) in message:
        return ""
    return f"{last_calls(calls)}\n{shown_screen(screen)}"
