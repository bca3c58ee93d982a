"""Bytes as rows of sixteen, with their offsets and what they spell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 16
"""Bytes in a row."""


def hexdump(data: bytes, *, start: int = 0) -> str:
    """Shows bytes as a hex dump.

    Args:
        data: The bytes.
        start: The offset of the first one; rows begin at multiples of 16.

    Returns:
        One line a row: offset, hex digits, and the bytes as ASCII.
    """
    return "\n".join(_row(row, cells) for row, cells in _rows(data, start))


def nonzero_rows(data: bytes, *, start: int = 0, limit: int = 8) -> str:
    """Shows only the rows in which not all bytes are zero, with the zeros as dots.

    Args:
        data: The bytes.
        start: The offset of the first one.
        limit: How many rows at most.

    Returns:
        A hex dump; its last line says how many rows were left out.
    """
    rows = [(row, cells) for row, cells in _rows(data, start) if any(cells.values())]
    lines = [_row(row, cells, zero="..") for row, cells in rows[:limit]]
    if len(rows) > limit:
        lines.append(f"  … and {len(rows) - limit} more rows with bytes that are not zero")
    return "\n".join(lines)


def _rows(data: bytes, start: int) -> Iterator[tuple[int, dict[int, int]]]:
    """Cuts the bytes into rows: the row's offset, and its bytes by column."""
    stop = start + len(data)
    for row in range(start - start % WIDTH, stop, WIDTH):
        first, last = max(row, start), min(row + WIDTH, stop)
        yield row, {offset - row: data[offset - start] for offset in range(first, last)}


def _row(row: int, cells: dict[int, int], zero: str = "00") -> str:
    digits = " ".join(
        "  " if column not in cells else f"{cells[column]:02X}" if cells[column] else zero
        for column in range(WIDTH)
    )
    text = "".join(
        chr(byte) if 0x20 <= byte < 0x7F else "."
        for byte in (cells.get(column, 0x20) for column in range(WIDTH))
    )
    return f"  {row:06X}  {digits}  {text}".rstrip()
