"""Lay out an HTML table as browsers do: row groups, row and column spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from core.document import Provenance, Table, fold
from core.readers.grid import MAX_CELLS, Grid, too_large
from core.readers.html_text import (
    Walk,
    is_silent,
    line_of,
    shown_text,
    tag_of,
)

_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}
_SKIPPED = frozenset(("colgroup", "col"))
# The standard reads a span's leading digits and ignores what follows them.
_SPAN = re.compile(r"\s*\+?(\d{1,6})")


@dataclass(frozen=True, slots=True)
class _HtmlCell:
    text: str
    column_span: int
    row_span: int
    provenance: Provenance


@dataclass(slots=True)
class _Row:
    cells: list[_HtmlCell] = field(default_factory=list)
    # Word writes a last row of height 0 that only holds the widths of the columns.
    is_flat: bool = False

    @property
    def counts(self) -> bool:
        return not self.is_flat or any(fold(cell.text) for cell in self.cells)


@dataclass(slots=True)
class _Group:
    order: int
    rows: list[_Row] = field(default_factory=list)


@dataclass(slots=True)
class _Rows:
    """The rows of a table as its markup has them, with what stands outside its cells."""

    groups: list[_Group] = field(default_factory=list)
    group: _Group | None = None
    row: _Row | None = None
    count: int = 0
    caption: str = ""
    loose: list[str] = field(default_factory=list)

    def start_group(self, order: int) -> None:
        self.group = _Group(order)
        self.groups.append(self.group)
        self.row = None

    def end_group(self) -> None:
        self.group = self.row = None

    def start_row(self, is_flat: bool = False) -> None:
        if self.group is None:
            self.start_group(_GROUPS["tbody"])
        assert self.group is not None
        self.row = _Row(is_flat=is_flat)
        self.group.rows.append(self.row)

    def end_row(self) -> None:
        self.row = None

    def add_cell(self, cell: _HtmlCell) -> None:
        # A cell without a row opens one, as in a browser.
        if self.row is None:
            self.start_row()
        assert self.row is not None
        # Refused before all of them are read: the grid would refuse them only afterwards.
        self.count += 1
        if self.count > MAX_CELLS:
            raise too_large()
        self.row.cells.append(cell)


def read_table(table: etree._Element) -> tuple[Table | None, list[str]]:
    """Return an element's table, and the text that stands in it outside of any cell.

    Rows inside a form or div count, cells without a row make one.  A row span
    ends with its row group.  The table is None if no cell says anything.

    Raises:
        UnreadableFileError: The table is larger than `core.readers.grid` allows.
    """
    rows = _rows(table)
    grid = Grid(Provenance(line=line_of(table)))
    is_blank = True
    for cells, rows_left in _in_order(rows.groups):
        grid.start_row()
        for cell in cells:
            is_blank = is_blank and not fold(cell.text)
            row_span = min(cell.row_span or rows_left, rows_left)
            grid.place(cell.text, cell.column_span, row_span, cell.provenance)
    return (None if is_blank else grid.table(fold(rows.caption))), rows.loose


def _in_order(groups: list[_Group]) -> Iterator[tuple[list[_HtmlCell], int]]:
    """Yield each row's cells, and how many rows of its group are left, its own included."""
    for group in sorted(groups, key=lambda group: group.order):
        rows = [row for row in group.rows if row.counts]
        for index, row in enumerate(rows):
            yield row.cells, len(rows) - index


def _rows(table: etree._Element) -> _Rows:
    rows = _Rows()
    walk = Walk(table)
    for step in walk:
        if step.element is table:
            continue
        if not step.begins:
            _end(step.element, rows)
        elif is_silent(step.element) or tag_of(step.element) in _SKIPPED:
            walk.skip()
        elif tag_of(step.element) in ("td", "th", "caption"):
            _add(step.element, rows)
            walk.skip()
        else:
            _start(step.element, rows)
    _add_loose(table.text, rows)
    return rows


def _start(element: etree._Element, rows: _Rows) -> None:
    tag = tag_of(element)
    if tag in _GROUPS:
        rows.start_group(_GROUPS[tag])
    elif tag == "tr":
        rows.start_row(is_flat=(element.get("height") or "").strip() == "0")
    _add_loose(element.text, rows)


def _end(element: etree._Element, rows: _Rows) -> None:
    tag = tag_of(element)
    if tag in _GROUPS:
        rows.end_group()
    elif tag == "tr":
        rows.end_row()
    _add_loose(element.tail, rows)


def _add(element: etree._Element, rows: _Rows) -> None:
    text = shown_text(element)
    if tag_of(element) == "caption":
        rows.caption = rows.caption or text
        return
    spans = _span(element, "colspan") or 1, _span(element, "rowspan")
    rows.add_cell(_HtmlCell(text, *spans, Provenance(line=line_of(element))))


def _add_loose(text: str | None, rows: _Rows) -> None:
    if text and (shown := fold(text)):
        rows.loose.append(shown)


def _span(element: etree._Element, name: str) -> int:
    """Return a span; 0 means all rows left and is only written, never a fallback."""
    written = _SPAN.match(element.get(name) or "")
    return int(written[1]) if written else 1
