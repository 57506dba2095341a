"""Part a page into tables and lines of prose, in the order in which they are read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import UnreadableFileError
from core.readers.pdf_columns import find_aligned
from core.readers.pdf_grid import RuledGrid, find_grids, fused
from core.readers.pdf_lines import Line, lines_of
from core.readers.pdf_marks import Box, Glyph, Page, Rule
from core.readers.pdf_table import PageTable, page_cell

MAX_RULES = 4_000
# A smaller frame is a box to tick or part of a drawing.
_SMALLEST = 8.0
# A blank stretch so low that nothing parts is no row but two rules above each other.
_LOWEST_ROW = 7.0
# A glyph with this share of it on the other side of a rule is crossed by it.
_CROSSED = 0.2
_OVERHANG = 20.0
# A table that reaches the edge of the paper runs over it; browsers print nothing near the edge.
_AT_EDGE = 2.0
_PRINT_MARGIN = 40.0
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

    Text in a frame of a single cell is prose.

    Raises:
        UnreadableFileError: The page has too many rules or a table too large.
    """
    horizontals = _within(fused(page.horizontals), page.height, page.width)
    verticals = _within(fused(page.verticals), page.width, page.height)
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
        else:
            items.append(_table(page, grid, glyphs))
    lines = lines_of(loose.rest())
    aligned, lines = find_aligned(page, lines)
    items += aligned
    items += [ProseLine(page.number, line) for line in lines]
    return sorted(items, key=lambda item: (item.box.top, item.box.left))


def _within(rules: Sequence[Rule], across: float, along: float) -> list[Rule]:
    """Return what of some rules is on the page."""
    return [
        Rule(rule.at, max(rule.start, 0.0), min(rule.end, along))
        for rule in rules
        if 0 <= rule.at <= across and rule.end > 0 and rule.start < along
    ]


def _table(page: Page, grid: RuledGrid, glyphs: Sequence[Glyph]) -> PageTable:
    contents = _by_region(grid, glyphs)
    whole = _printed(page, grid)
    cells = [
        page_cell(page, region, content, whole)
        for region, content in zip(grid.regions, contents, strict=True)
    ]
    rows = len(grid.ys) - 1
    table = PageTable(page.number, grid.box, grid.xs, rows, cells, (page.area(grid.box),))
    for row in reversed(range(rows)):
        own = [cell for cell in cells if cell.row == row and cell.row_span == 1]
        thin = grid.ys[row + 1] - grid.ys[row] < _LOWEST_ROW
        if thin and len(own) <= 1 and not any(cell.text for cell in own):
            table.drop_row(row)
    return table


def _printed(page: Page, grid: RuledGrid) -> Box:
    """Return where nothing of a table was cut off: all of it but for the edge that it runs over."""
    box = grid.box
    over_left, over_right = box.left < _AT_EDGE, box.right > page.width - _AT_EDGE
    return Box(
        _PRINT_MARGIN if over_left else box.left - _PRINT_MARGIN,
        box.top,
        page.width - _PRINT_MARGIN if over_right else box.right + _PRINT_MARGIN,
        box.bottom,
    )


def _by_region(grid: RuledGrid, glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs of each region; one that a rule crosses goes with those before it."""
    at = {
        (row, column): index
        for index, region in enumerate(grid.regions)
        for row in range(region.row, region.row + region.row_span)
        for column in range(region.column, region.column + region.column_span)
    }
    contents: list[list[Glyph]] = [[] for _ in grid.regions]
    before = -1
    for glyph in glyphs:
        column = _between(grid.xs, glyph.center)
        margin = _CROSSED * (glyph.bottom - glyph.top)
        reached = (
            at[_between(grid.ys, y), column] for y in (glyph.top + margin, glyph.bottom - margin)
        )
        index = at[_between(grid.ys, glyph.middle), column]
        if before in reached:
            index = before
        contents[index].append(glyph)
        before = index
    return contents


def _between(edges: Sequence[float], place: float) -> int:
    return min(max(bisect_right(edges, place) - 1, 0), len(edges) - 2)


class _LooseGlyphs:
    """The glyphs of a page that no grid has taken yet, by their height on the page."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = glyphs
        self._order = sorted(range(len(glyphs)), key=lambda index: glyphs[index].middle)
        self._middles = [glyphs[index].middle for index in self._order]
        self._taken = [False] * len(glyphs)

    def take(self, box: Box) -> list[Glyph]:
        """Return the glyphs inside a box in the order of the file; they are loose no longer.

        Text that a page end has cut may hang over the last rule.
        """
        first = bisect_left(self._middles, box.top - _OVERHANG)
        last = bisect_right(self._middles, box.bottom + _OVERHANG)
        found = []
        for index in sorted(self._order[first:last]):
            glyph = self._glyphs[index]
            inside = min(glyph.bottom, box.bottom) - max(glyph.top, box.top)
            if (
                not self._taken[index]
                and inside >= _CROSSED * (glyph.bottom - glyph.top)
                and box.left <= glyph.center <= box.right
            ):
                self._taken[index] = True
                found.append(glyph)
        return found

    def rest(self) -> list[Glyph]:
        """Return what is still loose."""
        return [glyph for glyph, taken in zip(self._glyphs, self._taken, strict=True) if not taken]
