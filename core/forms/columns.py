"""Place the values of a row under the columns of the form.

Cells are placed by their order where there are as many as columns, because a
converted file may have sliver columns that shift the grid; by the grid where a
cell is merged; and, where a row is one cell short at its end, from the left,
with 总计 presumed missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.document import Cell, CellRef, Confidence, Table
from core.forms.alignment import Place
from core.forms.labels import best_similarity, label_key
from core.forms.model import FormColumn

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the form and the report's header cell for it, None where it was not found."""

    column: FormColumn
    cell: Cell | None = None


def pair_headings(columns: Sequence[FormColumn], headers: Sequence[Cell]) -> tuple[Heading, ...]:
    """Return the columns in the order in which the report prints them.

    Labels decide; headers whose label says nothing take the columns left over,
    in order.  A report's own columns, such as 备注, are passed over.  With another
    number of headers than columns, or one that stands twice, the form's order holds.
    """
    if len(headers) > len(columns):
        headers = [cell for cell in headers if _names_any(cell, columns)]
    named = [key for cell in headers if (key := label_key(cell.text))]
    if len(headers) != len(columns) or len(set(named)) < len(named):
        return tuple(Heading(column) for column in columns)
    scored = sorted(
        (
            (-best_similarity(cell.text, (column.label, *column.variants)), c, h)
            for c, column in enumerate(columns)
            for h, cell in enumerate(headers)
        ),
    )
    column_of: dict[int, int] = {}
    for score, c, h in scored:
        if -score >= _ALIKE and h not in column_of and c not in column_of.values():
            column_of[h] = c
    left_over = (c for c in range(len(columns)) if c not in column_of.values())
    order = [column_of[h] if h in column_of else next(left_over) for h in range(len(headers))]
    return tuple(Heading(columns[c], cell) for c, cell in zip(order, headers, strict=True))


def _names_any(cell: Cell, columns: Sequence[FormColumn]) -> bool:
    wordings = (wording for column in columns for wording in (column.label, *column.variants))
    return best_similarity(cell.text, wordings) >= _ALIKE


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """The places of one row, the slots whose cell is missing, and whether the row is odd.

    A `short` row has too few cells, a `long` one more than stand under its headers.
    """

    places: tuple[Place, ...]
    missing: tuple[str, ...] = ()
    short: bool = False
    long: bool = False


def oddity(row: PlacedRow) -> str:
    """Return what is odd about a row's cells, for people; empty if nothing is."""
    if row.short:
        return "少单元格，数字按从左到右放置，请对照原文核对"
    if row.long:
        return "多出单元格，数字按所在的列放置，请对照原文核对"
    return ""


def place_values(
    table: Table, row: int, slots: Sequence[str], headers: Sequence[Cell | None], after: int
) -> PlacedRow:
    """Place the cells that start in a grid row right of column `after`.

    `slots` are the row's slots in the order in which the report prints its
    columns, `headers` the header cell over each, None where it was not found.
    """
    values = [cell for cell in table.starting_in(row) if cell.column > after]
    if any(header is not None and header.column <= after for header in headers):
        # An absurd row span has pushed the row aside: no header stands over its own values.
        headers = [None] * len(headers)
    covered = any(_covers_from_above(table, row, header) for header in headers if header)
    if len(values) == len(slots) and (not covered or _is_pushed_out(table, values, headers)):
        return _in_order(table, slots, values)
    if _is_short(table, row, values, headers) and not covered:
        return _short(table, row, slots, values, headers)
    return _by_grid(table, row, slots, values, headers)


def _covers_from_above(table: Table, row: int, header: Cell) -> bool:
    cell = table.at(row, header.column)
    return cell is not None and cell.row < row


def _share_a_header(values: Sequence[Cell], headers: Sequence[Cell | None]) -> bool:
    """Return whether several cells of a row stand under one header."""
    return any(
        sum(header.column <= v.column < header.column + header.column_span for v in values) > 1
        for header in headers
        if header is not None
    )


def _is_pushed_out(table: Table, values: Sequence[Cell], headers: Sequence[Cell | None]) -> bool:
    """Return whether a row runs past the headers' row, as below a cell whose row span is wrong."""
    if not values:
        return False
    rows = {header.row for header in headers if header}
    ends = (cell.column + cell.column_span for row in rows for cell in table.starting_in(row))
    return values[-1].column >= max(ends, default=table.columns)


def _in_order(table: Table, slots: Sequence[str], values: Sequence[Cell]) -> PlacedRow:
    places = tuple(_place(table, s, cell) for s, cell in zip(slots, values, strict=True))
    if any(place.hole for place in places):
        # The reader saw that the row is short and left an empty cell for it.
        presumed = tuple(replace(place, presumed=True) for place in places)
        return PlacedRow(presumed, (), short=True)
    return PlacedRow(places)


def _place(table: Table, slot: str, cell: Cell) -> Place:
    hole = cell.confidence is Confidence.UNCERTAIN and cell.readings == ("",)
    return Place(slot, table.ref(cell), cell.confidence, cell.readings, hole)


def _is_short(
    table: Table, row: int, values: Sequence[Cell], headers: Sequence[Cell | None]
) -> bool:
    """Return whether exactly the last cell of the row is lacking and no merged cell explains it."""
    if len(values) != len(headers) - 1 or not values:
        return False
    last = headers[-1]
    return last is None or table.at(row, last.column) is None


def _short(
    table: Table,
    row: int,
    slots: Sequence[str],
    values: Sequence[Cell],
    headers: Sequence[Cell | None],
) -> PlacedRow:
    places = [
        replace(_place(table, slot, cell), confidence=Confidence.ALIGNED, presumed=True)
        for slot, cell in zip(slots, values, strict=False)
    ]
    last = headers[-1]
    column = last.column if last else table.columns - 1
    if table.at(row, column) is not None:
        return PlacedRow(tuple(places), (slots[-1],), short=True)
    hole = CellRef(table.id, row, column)
    places.append(Place(slots[-1], hole, Confidence.UNCERTAIN, ("",), hole=True, presumed=True))
    return PlacedRow(tuple(places), (), short=True)


def _by_grid(
    table: Table,
    row: int,
    slots: Sequence[str],
    values: Sequence[Cell],
    headers: Sequence[Cell | None],
) -> PlacedRow:
    """Place each cell under the header over its left edge; a cell placed twice counts once.

    Where several cells are lacking, or a row runs past its headers, the columns of
    the others are only presumed.
    """
    found = dict(_under_headers(table, row, slots, headers))
    lost = len(slots) - len(found)
    shifted = lost > 0 and len(values) < len(slots) and table.at(row, table.columns - 1) is None
    crowded = _is_pushed_out(table, values, headers) or _share_a_header(values, headers)
    long = len(values) > len(slots) and crowded
    places = tuple(
        replace(_place(table, slot, cell), confidence=Confidence.ALIGNED, presumed=True)
        if shifted or long
        else _place(table, slot, cell)
        for slot, cell in found.items()
    )
    missing = tuple(slot for slot in slots if slot not in found)
    return PlacedRow(places, missing, short=shifted, long=long)


def _under_headers(
    table: Table, row: int, slots: Sequence[str], headers: Sequence[Cell | None]
) -> Iterator[tuple[str, Cell]]:
    seen: set[tuple[int, int]] = set()
    for slot, header in zip(slots, headers, strict=True):
        cell = table.at(row, header.column) if header else None
        if cell is not None and cell.row == row and (cell.row, cell.column) not in seen:
            seen.add((cell.row, cell.column))
            yield slot, cell
