"""A table as one page shows it, before the pieces of a table cut by page ends are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.document import Area, Cell, Confidence, Provenance, Table
from core.readers.pdf_grid import Region
from core.readers.pdf_lines import Line, cell_text, is_full, joint, lines_of
from core.readers.pdf_marks import Box, Glyph, Page

_NUMBER = re.compile(r"[\d.,，%％+\-—－/]+")
# In units of the size of the text.
_ROOM_FOR_A_DIGIT = 1.0
# A first line of so few digits may be a number of its own.
_FEWEST_DIGITS = 2


@dataclass(slots=True)
class PageCell:
    """A cell on a page, or on several once its pieces are joined.

    `first` and `last` are its outer lines, None for a cell without any; `width` is
    that of its inside.  An uncertain cell without `readings` has its text as the only one.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    width: float
    areas: tuple[Area, ...]
    first: Line | None = None
    last: Line | None = None
    uncertain: bool = False
    readings: tuple[str, ...] = ()

    @property
    def bottom(self) -> int:
        """The row after its last one."""
        return self.row + self.row_span

    @property
    def columns(self) -> tuple[int, int]:
        """Its first column and their number."""
        return self.column, self.column_span

    def wraps_into(self, other: PageCell) -> bool:
        """Return whether its last line is full, so that another piece goes on with it."""
        return (
            self.last is not None
            and other.first is not None
            and is_full(self.last, other.first, self.width)
        )

    def absorb(self, other: PageCell) -> None:
        """Go on with what stands on the next page."""
        if self.text and other.text:
            between = joint(self.text, other.text) if self.wraps_into(other) else "\n"
            self.text += between + other.text
        else:
            self.text += other.text
        self.first = self.first or other.first
        self.last = other.last or self.last
        self.areas += other.areas

    def cell(self) -> Cell:
        """Return the cell of the document; one that is uncertain shows its reading only."""
        sure = not self.uncertain
        return Cell(
            self.row,
            self.column,
            self.text if sure else "",
            self.row_span,
            self.column_span,
            Confidence.EXACT if sure else Confidence.UNCERTAIN,
            () if sure else self.readings or (self.text,),
            Provenance(areas=self.areas),
        )


@dataclass(slots=True)
class PageTable:
    """A table on a page: its columns' edges, number of rows and cells in reading order.

    `ruled` says that it was drawn; the columns of others are those of the text.
    """

    page: int
    box: Box
    xs: tuple[float, ...]
    rows: int
    cells: list[PageCell]
    areas: tuple[Area, ...]
    ruled: bool = True
    last_page: int = field(init=False)

    def __post_init__(self) -> None:
        self.last_page = self.page

    @property
    def has_text(self) -> bool:
        """Whether any cell says something."""
        return any(cell.text for cell in self.cells)

    def starting_in(self, row: int) -> list[PageCell]:
        """Return the cells whose top edge is in a row."""
        return [cell for cell in self.cells if cell.row == row]

    def table(self) -> Table:
        """Return the table of the document, its id still empty."""
        cells = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        return Table(
            "",
            self.rows,
            len(self.xs) - 1,
            tuple(cell.cell() for cell in cells),
            provenance=Provenance(areas=self.areas),
        )

    def with_columns(self, xs: tuple[float, ...], places: Sequence[int]) -> None:
        """Take other columns' edges, `places` being where each of its own is among them."""
        for cell in self.cells:
            left, right = places[cell.column], places[cell.column + cell.column_span]
            cell.column, cell.column_span = left, right - left
        self.xs = xs

    def drop_row(self, row: int) -> None:
        """Take a row out; the cells that are in no other row go with it."""
        kept = []
        for cell in self.cells:
            if cell.row <= row < cell.bottom:
                cell.row_span -= 1
            elif cell.row > row:
                cell.row -= 1
            if cell.row_span:
                kept.append(cell)
        self.cells = kept
        self.rows -= 1


def page_cell(page: Page, region: Region, glyphs: Sequence[Glyph], whole: Box) -> PageCell:
    """Return the cell that a drawn region with its glyphs is.

    A number that is not inside of `whole`, or that reaches an open side of the table,
    may have lost digits there.
    """
    lines = lines_of(glyphs)
    text = cell_text(glyphs, region.box.width)
    readings = _readings(text, lines)
    cut = is_number(text) and any(_is_cut(line, region, whole) for line in lines)
    return PageCell(
        region.row,
        region.column,
        region.row_span,
        region.column_span,
        text,
        region.box.width,
        (page.area(region.box),),
        lines[0] if lines else None,
        lines[-1] if lines else None,
        cut or bool(readings),
        readings,
    )


def _readings(text: str, lines: Sequence[Line]) -> tuple[str, ...]:
    """Return both readings of numbers above each other in a column so narrow that it may be one."""
    joined = len(lines) > 1 and "\n" not in text and is_number(text)
    if not joined or len(lines[0].text) > _FEWEST_DIGITS:
        return ()
    return text, " ".join(line.text for line in lines)


def is_number(text: str) -> bool:
    """Return whether a text is digits and what stands between them."""
    return _NUMBER.fullmatch("".join(text.split())) is not None


def _is_cut(line: Line, region: Region, whole: Box) -> bool:
    if line.box.left < whole.left or line.box.right > whole.right:
        return True
    room = _ROOM_FOR_A_DIGIT * line.size
    return (region.open_right and region.box.right - line.box.right < room) or (
        region.open_left and line.box.left - region.box.left < room
    )
