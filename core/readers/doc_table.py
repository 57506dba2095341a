"""Lay a table of a binary Word file out: rows of texts become a grid of cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.document import Provenance, Table
from core.readers.doc_lines import Line, Noted
from core.readers.doc_row import Box, Shape
from core.readers.grid import MAX_ROWS, Grid, too_large
from core.readers.slivers import SLIVER, merged_edges


@dataclass(slots=True)
class Row:
    """The texts of a row's cells, and its shape."""

    texts: list[str]
    shape: Shape = field(default_factory=Shape)


@dataclass(slots=True)
class Draft:
    """A table as it is met: finished rows, then the texts and lines of the one under way.

    `inner` are the tables that stand in its cells, in order.
    """

    start: int
    rows: list[Row] = field(default_factory=list)
    inner: list[Draft] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _runs_on: bool = False
    _is_hidden: bool = True

    def take(self, line: Line, noted: Noted) -> None:
        """Add a paragraph of a cell, which may end its cell or the row.

        Raises:
            UnreadableFileError: There are too many rows.
        """
        if line.layout.ends_row:
            self._end_row(line, noted)
            return
        if self._runs_on:
            self._lines[-1] += line.text
        else:
            self._lines.append(line.text)
        self._runs_on = line.runs_on
        if line.layout.ends_cell:
            self._is_hidden &= line.end_hidden
            self._end_cell()

    def finish(self) -> None:
        """End the table, also where its last row has no end."""
        if any(text.strip() for text in (*self._texts, *self._lines)):
            if self._lines:
                self._end_cell()
            self.rows.append(Row(self._texts))

    def _end_cell(self) -> None:
        self._texts.append("\n".join(self._lines))
        self._lines = []
        self._runs_on = False

    def _end_row(self, line: Line, noted: Noted) -> None:
        if self._lines or line.text.strip():
            self._lines.append(line.text)
            self._end_cell()
        if self._is_hidden and line.end_hidden:
            noted.hidden |= bool(self._texts)
        elif self._texts and not line.end_deleted:
            self.rows.append(Row(self._texts, line.layout.row))
            if len(self.rows) > MAX_ROWS:
                raise too_large()
        self._texts = []
        self._is_hidden = True


@dataclass(slots=True)
class _Cell:
    """A cell from one edge to another, in twips."""

    text: str
    left: int
    right: int
    continues: bool = False


def read_table(draft: Draft, noted: Noted) -> Table:
    """Return the grid of a table, each cell entered exactly once.

    Cells without a definition, which no program writes, are one column each.

    Raises:
        UnreadableFileError: The table passes the limits of `core.readers.grid`.
    """
    rows = [list(_cells(row, noted)) for row in draft.rows]
    columns = _columns(rows)
    grid = Grid(Provenance(start=draft.start))
    for row in rows:
        grid.start_row(columns[row[0].left] if row else 0)
        for cell in row:
            span = columns[cell.right] - columns[cell.left]
            if cell.continues and grid.extend_above(span):
                noted.hidden |= bool(cell.text.strip())
            else:
                grid.place(cell.text, span)
    return grid.table()


def _cells(row: Row, noted: Noted) -> Iterator[_Cell]:
    """Yield the cells of a row; the text of one that is merged into another is not shown."""
    shape = row.shape
    missing = len(row.texts) - len(shape.boxes)
    boxes = [*shape.boxes, *(Box() for _ in range(missing))]
    edges = shape.rising() or [0]
    edges += [edges[-1] + SLIVER * (index + 1) for index in range(missing)]
    merged: _Cell | None = None
    for index, text in enumerate(row.texts):
        box = boxes[index]
        if merged is not None and box.joins:
            merged.right = edges[index + 1]
            noted.hidden |= bool(text.strip())
            continue
        if merged is not None:
            yield merged
        merged = _Cell(text, edges[index], edges[index + 1], box.continues)
        if not box.starts:
            yield merged
            merged = None
    if merged is not None:
        yield merged


def _columns(rows: Sequence[Sequence[_Cell]]) -> Mapping[int, int]:
    """Return for each edge in twips the edge of the grid that it is; slivers are left out."""
    edges = sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)})
    widths = [right - left for left, right in pairwise(edges)]
    place = {edge: index for index, edge in enumerate(edges)}
    spans = [(place[cell.left], place[cell.right]) for row in rows for cell in row]
    return dict(zip(edges, merged_edges(widths, spans, len(widths)), strict=True))
