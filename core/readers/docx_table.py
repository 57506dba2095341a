"""Lay a Word table out: spans, merged cells, rows that begin late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from core.document import Provenance, Table
from core.errors import UnreadableFileError
from core.readers.grid import MAX_COLUMNS, Grid, too_large
from core.readers.slivers import SLIVER, merged_edges
from core.word.content import Element, Sight, cell_text, cells, rows
from core.word.names import attribute, child, name_of, number

MAX_GRID_SPAN = 63
# Of tables and boxes inside of each other.
MAX_DEPTH = 8

_TOO_DEEP = (
    "文档里的表格一层套一层，套得太深，没有打开，原文件没有改动。"
    "请在 Word 或 WPS 中把里层的表格移到外面后再试。"
)


def too_deep() -> UnreadableFileError:
    """Return the refusal of tables inside tables inside tables."""
    return UnreadableFileError(_TOO_DEEP)


@dataclass(slots=True)
class _Cell:
    """A w:tc over the columns `start` to `end` of the file's own column grid."""

    element: Element
    start: int
    end: int
    continues: bool


@dataclass(slots=True)
class _Row:
    before: int
    cells: list[_Cell] = field(default_factory=list)


def read_table(table: Element, provenance: Callable[[Element], Provenance], sight: Sight) -> Table:
    """Return the grid of one table, each cell entered exactly once.

    Word writes a vertically merged cell as one start and many continuations,
    whose own text it does not show.

    Raises:
        UnreadableFileError: The table passes the limits of `core.readers.grid`.
    """
    plan = [_row(row, sight) for row in rows(table, sight)]
    edges = _edges(table, plan)
    grid = Grid(provenance(table))
    for row in plan:
        grid.start_row(edges[row.before])
        for cell in row.cells:
            span = edges[cell.end] - edges[cell.start]
            text = cell_text(cell.element, sight)
            if cell.continues and grid.extend_above(span):
                sight.hidden |= bool(text.strip())
            else:
                grid.place(text, span, provenance=provenance(cell.element))
    return grid.table()


def _row(row: Element, sight: Sight) -> _Row:
    before = _clamped(child(row, "trPr", "gridBefore"), 0)
    laid = _Row(before)
    column = before
    for element in cells(row, sight):
        properties = child(element, "tcPr")
        end = column + _clamped(child(properties, "gridSpan"), 1)
        if laid.cells and _continues(child(properties, "hMerge")):
            sight.hidden |= bool(cell_text(element, sight).strip())
            laid.cells[-1].end = end
        else:
            continues = _continues(child(properties, "vMerge"))
            laid.cells.append(_Cell(element, column, end, continues))
        column = end
    if column > MAX_GRID_SPAN * MAX_COLUMNS:
        raise too_large()
    return laid


def _clamped(element: Element | None, least: int) -> int:
    return min(max(number(element, least), least), MAX_GRID_SPAN)


def _continues(merge: Element | None) -> bool:
    return merge is not None and (attribute(merge, "val") or "continue") == "continue"


def _edges(table: Element, plan: Sequence[_Row]) -> list[int]:
    """Return, for each column edge of the file's grid, the edge that it is in ours."""
    widths = [number(each, 0, "w") for each in _grid_columns(table)]
    if not any(widths):
        _place_by_widths(plan)
    cells = [cell for row in plan for cell in row.cells]
    columns = max([*(cell.end for cell in cells), *(row.before for row in plan)], default=0)
    return merged_edges(widths, [(cell.start, cell.end) for cell in cells], columns)


def _grid_columns(table: Element) -> list[Element]:
    grid = child(table, "tblGrid")
    return [each for each in grid if name_of(each) == "gridCol"] if grid is not None else []


def _place_by_widths(plan: Sequence[_Row]) -> None:
    """Place the cells of a table without column grid and spans by their own widths.

    Some programs write rows of different numbers of cells so; Word goes by the widths.
    """
    counts = {len(row.cells) for row in plan}
    widths = [[_width(cell) for cell in row.cells] for row in plan]
    if len(counts) < 2 or not all(all(row) for row in widths):
        return
    rights = [list(accumulate(row)) for row in widths]
    ordered = sorted({0, *(edge for row in rights for edge in row)})
    index, place = 0, {0: 0}
    for edge, after in pairwise(ordered):
        index += after - edge >= SLIVER
        place[after] = index
    for row, edges in zip(plan, rights, strict=True):
        for cell, (left, right) in zip(row.cells, pairwise([0, *edges]), strict=True):
            cell.start, cell.end = place[left], place[right]


def _width(cell: _Cell) -> int:
    """Return the width of a cell in twips, 0 if it spans columns or does not say."""
    width = child(cell.element, "tcPr", "tcW")
    if width is None or cell.end - cell.start > 1 or attribute(width, "type") != "dxa":
        return 0
    return max(number(width, 0, "w"), 0)
