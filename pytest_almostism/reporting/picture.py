"""The picture: a scripture as 32 by 32 cells, of which the last stays unset.

python -m pytest_almostism.reporting.picture > docs/scripture.svg
"""

from __future__ import annotations

import sys

from pytest_almostism.scripture import Part, Scripture

SIDE = 32
"""Cells in a row, and rows: one cell a byte, 1024 in all."""

INSTANCE = 0xA7
"""The instance byte of the scripture in the project's own picture."""

_PITCH = 20  # pixels from one cell to the next
_CELL = 18
_MARGIN = 10
_LEGEND = 44
_WIDTH = SIDE * _PITCH - (_PITCH - _CELL) + 2 * _MARGIN
_HEIGHT = _WIDTH + _LEGEND

_STYLE = """\
text { font: 9px ui-monospace, Menlo, Consolas, monospace; fill: #fff; text-anchor: middle }
.legend { font-size: 12px; fill: #334155; text-anchor: start }
.creed { fill: #c2410c } .liturgy { fill: #1d4ed8 } .instance { fill: #a21caf }
.silence { fill: #e2e8f0 } .seal { fill: #047857 }
.gap { fill: none; stroke: #64748b; stroke-dasharray: 3 2 }
@media (prefers-color-scheme: dark) {
  .legend { fill: #cbd5e1 } .silence { fill: #1e293b } .gap { stroke: #94a3b8 }
}"""

_LABELS = {
    Part.CREED: "creed",
    Part.LITURGY: "liturgy",
    Part.INSTANCE: "instance byte",
    Part.SILENCE: "silence",
    Part.SEAL: "seal",
}


def picture(scripture: Scripture) -> str:
    """Draws a scripture as an SVG that suits light and dark pages.

    Args:
        scripture: What to draw.

    Returns:
        The SVG: a square of 1024 cells, 1023 of them filled by the colour of their part and, but
        for the silence, inscribed with their byte; below it a legend.
    """
    data = bytes(scripture)
    cells = [
        f'<path class="{_class(part)}" d="{"".join(_cell(offset) for offset in _offsets(part))}"/>'
        for part in Part
    ]
    bytes_written = [
        _byte(offset, data[offset])
        for part in Part
        if part is not Part.SILENCE
        for offset in _offsets(part)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"',
            ' role="img" aria-labelledby="title">',
            '<title id="title">A scripture as 32 by 32 cells, of which the last is unset</title>',
            f"<style>\n{_STYLE}\n</style>",
            *cells,
            f'<path class="gap" d="{_cell(len(data))}"/>',
            *bytes_written,
            *_legend(),
            "</svg>\n",
        ]
    )


def _class(part: Part) -> str:
    return part.name.lower()


def _offsets(part: Part) -> range:
    return range(part.offset, part.offset + part.length)


def _place(offset: int) -> tuple[int, int]:
    """Finds the upper left corner of the cell of a byte, in pixels."""
    row, column = divmod(offset, SIDE)
    return _MARGIN + column * _PITCH, _MARGIN + row * _PITCH


def _square(x: int, y: int) -> str:
    return f"M{x} {y}h{_CELL}v{_CELL}h-{_CELL}z"


def _cell(offset: int) -> str:
    return _square(*_place(offset))


def _byte(offset: int, value: int) -> str:
    x, y = _place(offset)
    return f'<text x="{x + _CELL // 2}" y="{y + _CELL // 2 + 3}">{value:02X}</text>'


def _legend() -> list[str]:
    """Draws what the colours mean, below the square."""
    entries = [(_class(part), f"{label} {part.length}") for part, label in _LABELS.items()]
    entries.append(("gap", "the gap"))
    y = _WIDTH + _LEGEND // 2 - _CELL // 2
    lines, x = [], _MARGIN
    for name, label in entries:
        lines.append(f'<path class="{name}" d="{_square(x, y)}"/>')
        lines.append(f'<text class="legend" x="{x + _CELL + 6}" y="{y + 13}">{label}</text>')
        x += _CELL + 6 + 8 * len(label) + 6
    return lines


def main() -> None:
    """Writes the picture of a real scripture to standard output."""
    sys.stdout.buffer.write(picture(Scripture.build(INSTANCE)).encode("ascii"))


if __name__ == "__main__":
    main()
