"""Part a page into tables and lines of prose, in the order in which they are read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import UnreadableFileError
from core.readers.pdf_columns import find_aligned
from core.readers.pdf_grid import RuledGrid, find_grids, fused
from core.readers.pdf_lines import Line, lines_of
from core.readers.pdf_marks import Box, Glyph, Page
from core.readers.pdf_table import PageTable, page_cell, without_blank_edges

MAX_RULES = 4_000
# A smaller frame is a box to tick or part of a drawing.
_SMALLEST = 8.0
_TOO_MANY_RULES = (
    "PDF 第 {page} 页的线条太多（超过 {most} 条），没有打开，原文件没有改动。"
    "请用 Word 或 WPS 打开并另存为 .docx，或只保留年度报告的内容后再试。"
)


@dataclass(frozen=True, slots=True)
class ProseLine:
    """A line outside of tables; `frame` is the box around it where it is set in one."""

    page: int
    line: Line
    frame: Box | None = None

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.line.box


Item = ProseLine | PageTable


def lay_out(page: Page) -> list[Item]:
    """Return the tables and lines of a page from the top down.

    Text in a frame of a single cell is prose.  Frames without text are drawings.

    Raises:
        UnreadableFileError: The page has too many rules or a table too large.
    """
    horizontals, verticals = fused(page.horizontals), fused(page.verticals)
    if len(horizontals) + len(verticals) > MAX_RULES:
        sentence = _TOO_MANY_RULES.format(page=page.number + 1, most=MAX_RULES)
        raise UnreadableFileError(sentence, "rules")
    loose = _LooseGlyphs(page.glyphs)
    items: list[Item] = []
    for grid in find_grids(horizontals, verticals):
        if min(grid.box.width, grid.box.height) < _SMALLEST:
            continue
        glyphs = loose.take(grid.box)
        if len(grid.regions) == 1:
            items += [ProseLine(page.number, line, grid.box) for line in lines_of(glyphs)]
        elif any(glyph.text != " " for glyph in glyphs):
            items.append(_table(page, grid, glyphs))
    lines = lines_of(loose.rest())
    aligned, lines = find_aligned(page, lines)
    items += aligned
    items += [ProseLine(page.number, line) for line in lines]
    return sorted(items, key=lambda item: (item.box.top, item.box.left))


def _table(page: Page, grid: RuledGrid, glyphs: Sequence[Glyph]) -> PageTable:
    at = {
        (row, column): index
        for index, region in enumerate(grid.regions)
        for row in range(region.row, region.row + region.row_span)
        for column in range(region.column, region.column + region.column_span)
    }
    contents: list[list[Glyph]] = [[] for _ in grid.regions]
    for glyph in glyphs:
        row = min(max(bisect_right(grid.ys, glyph.middle) - 1, 0), len(grid.ys) - 2)
        column = min(max(bisect_right(grid.xs, glyph.center) - 1, 0), len(grid.xs) - 2)
        contents[at[row, column]].append(glyph)
    cells = [
        page_cell(page, region, content)
        for region, content in zip(grid.regions, contents, strict=True)
    ]
    rows = len(grid.ys) - 1
    table = PageTable(page.number, grid.box, grid.xs, rows, cells, (page.area(grid.box),))
    return without_blank_edges(table)


class _LooseGlyphs:
    """The glyphs of a page that no grid has taken yet, by their height on the page."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = sorted(glyphs, key=lambda glyph: glyph.middle)
        self._middles = [glyph.middle for glyph in self._glyphs]
        self._taken = [False] * len(self._glyphs)

    def take(self, box: Box) -> list[Glyph]:
        """Return the glyphs inside a box, which then are no longer loose."""
        first, last = bisect_left(self._middles, box.top), bisect_right(self._middles, box.bottom)
        found = []
        for index in range(first, last):
            glyph = self._glyphs[index]
            if not self._taken[index] and box.left <= glyph.center <= box.right:
                self._taken[index] = True
                found.append(glyph)
        return found

    def rest(self) -> list[Glyph]:
        """Return what is still loose."""
        return [
            glyph for glyph, taken in zip(self._glyphs, self._taken, strict=True) if not taken
        ]
