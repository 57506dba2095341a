"""Column widths and row heights of a table with merged cells, by its own texts.

Pure arithmetic on measured texts, so that it is quick and can be tested without
a view.  Lengths are logical pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from core.document import Cell, Table

# Returns the width of a text on one line, and its height when wrapped at a width.
MeasureWidth = Callable[[str], float]
MeasureHeight = Callable[[str, float], float]

# In units of the width of 字.
_LONGEST_LABEL = 19.0
_NARROWEST_LABEL = 8.0
_NARROWEST_COLUMN = 3.4
_SHORT_LABEL = 7.0
_TALL_LABEL = 2.2
_BROAD_LABEL = 4.2
_MANY_ROWS = 12
_WIDEST_STRETCH = 2.4


@dataclass(frozen=True, slots=True)
class Metrics:
    """How texts are measured, and the space around them in a cell."""

    em: float
    line: float
    width: MeasureWidth
    height: MeasureHeight
    horizontal: int
    vertical: int


def column_widths(table: Table, metrics: Metrics, available: int) -> list[int]:
    """Return the width of each column, together `available` where the texts allow it."""
    widths = [_NARROWEST_COLUMN * metrics.em] * table.columns
    for cell in sorted(table.cells, key=lambda cell: cell.column_span):
        _widen(widths, cell, _wanted(cell, metrics))
    total = sum(widths)
    if total > available:
        broad = [_NARROWEST_LABEL * metrics.em] * table.columns
        widths = _shrunk(widths, broad, total - available)
        widths = _shrunk(widths, _narrowest(table, metrics), sum(widths) - available)
    elif total:
        stretch = min(available / total, _WIDEST_STRETCH)
        widths = [width * stretch for width in widths]
    return _whole(widths)


def row_heights(
    table: Table, metrics: Metrics, widths: Sequence[int], texts: Callable[[Cell], str]
) -> list[int]:
    """Return the height of each row, so that every text is seen whole."""
    heights = [float(single_row_height(metrics))] * table.rows
    for cell in sorted(table.cells, key=lambda cell: cell.row_span):
        _heighten(heights, cell, cell_height(cell, metrics, widths, texts(cell)))
    return [ceil(height) for height in heights]


def cell_height(cell: Cell, metrics: Metrics, widths: Sequence[int], text: str) -> float:
    """Return the height that a cell's text needs at the width of its columns."""
    width = sum(widths[cell.column : cell.column + cell.column_span]) - 2 * metrics.horizontal
    return metrics.height(text, max(width, metrics.em)) + 2 * metrics.vertical


def single_row_height(metrics: Metrics) -> int:
    """Return the height of a row whose texts have one line."""
    return ceil(metrics.line + 2 * metrics.vertical)


def _wanted(cell: Cell, metrics: Metrics) -> float:
    """Return the width that a cell would like: one line, or less for a long label."""
    longest = max((metrics.width(line) for line in cell.text.split("\n")), default=0.0)
    if cell.row_span > 1 and cell.column_span == 1:
        # A label beside many rows has many lines to itself.
        least = _TALL_LABEL if cell.row_span > _MANY_ROWS else _BROAD_LABEL
        lines = longest / cell.row_span
        longest = min(longest, max(lines, least * metrics.em))
    longest = min(longest, _LONGEST_LABEL * metrics.em * cell.column_span)
    # Half a pixel more, so that rounding never breaks a line that just fits.
    return longest + 2 * metrics.horizontal + 1


def _widen(widths: list[float], cell: Cell, wanted: float) -> None:
    columns = range(cell.column, min(cell.column + cell.column_span, len(widths)))
    present = sum(widths[column] for column in columns)
    if len(columns) == 1:
        widths[columns[0]] = max(present, wanted)
    elif wanted > present and cell.row_span == 1 and len(columns) < len(widths):
        # The last column under a label is the one with the long texts.
        widths[columns[-1]] += wanted - present


def _narrowest(table: Table, metrics: Metrics) -> list[float]:
    """Return how narrow each column may become: numbers stay whole, labels break."""
    least = [2 * metrics.em + 2 * metrics.horizontal] * table.columns
    for cell in table.cells:
        if cell.column_span > 1 or not cell.text:
            continue
        needed = metrics.width(cell.text)
        if needed > _SHORT_LABEL * metrics.em and cell.row_span == 1:
            needed = _NARROWEST_LABEL * metrics.em
        elif not cell.text.isascii():
            needed = 2 * metrics.em
        needed += 2 * metrics.horizontal + 1
        least[cell.column] = max(least[cell.column], needed)
    return least


def _shrunk(widths: Sequence[float], least: Sequence[float], excess: float) -> list[float]:
    """Return widths together narrower by an excess, none below its least."""
    spare = [max(width - low, 0.0) for width, low in zip(widths, least, strict=True)]
    total = sum(spare)
    share = min(max(excess, 0.0) / total, 1.0) if total else 0.0
    return [width - room * share for width, room in zip(widths, spare, strict=True)]


def _whole(widths: Sequence[float]) -> list[int]:
    """Return whole pixels whose sum is that of the widths, rounded down."""
    edges = [int(sum(widths[: index + 1])) for index in range(len(widths))]
    return [right - left for left, right in zip([0, *edges], edges, strict=False)]


def _heighten(heights: list[float], cell: Cell, wanted: float) -> None:
    rows = range(cell.row, min(cell.row + cell.row_span, len(heights)))
    missing = wanted - sum(heights[row] for row in rows)
    if missing > 0:
        for row in rows:
            heights[row] += missing / len(rows)
