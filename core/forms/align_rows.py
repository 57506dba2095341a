"""Align a table whose rows have labels: the disclosure and the applications table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.document import Cell, CellRef, Table
from core.forms.alignment import LabelMatch, TableMatch
from core.forms.columns import Heading, PlacedRow, oddity, pair_headings, place_values
from core.forms.difference import difference
from core.forms.labels import similarity
from core.forms.model import Form, FormColumn, FormTable, slot_name
from core.forms.rows import FoundRow, cells_across, find_rows, header_row_above

# The first cell of every header row of the disclosure table.
_FIRST_HEADER = "信息内容"
_LEAF_ALIKE = 0.75


def align_rows(table: Table, form: Form, name: str) -> TableMatch:
    """Return where the slots of a table with labelled rows stand."""
    form_table = form.tables[name]
    found = find_rows(table, form_table)
    rows = _rows_in_effect(form_table, found)
    found = {key: found[key] for key in rows if key in found}
    headings = _headings(table, form_table, found)
    placed = {key: _placed(table, name, row, headings[key]) for key, row in found.items()}
    return TableMatch(
        table_id=table.id,
        name=name,
        form=form,
        rows=rows,
        places={place.slot: place for row in placed.values() for place in row.places},
        missing_rows=tuple(key for key in rows if key not in found),
        missing_slots=tuple(slot for row in placed.values() for slot in row.missing),
        labels=_differences(table, form_table, found, headings),
        label_cells=_label_cells(table, found.values()),
        extra_rows=_extra_rows(table, found.values()),
        notes=_notes(form_table, placed),
    )


def _rows_in_effect(form_table: FormTable, found: Mapping[str, FoundRow]) -> tuple[str, ...]:
    """Return the row keys in the form's order, an alternative row in place of what it replaces."""
    rows = [row.key for row in form_table.row_specs]
    for alternative in form_table.alternatives:
        replaced = alternative.replaces
        if alternative.row.key in found and not any(key in found for key in replaced):
            rows[rows.index(replaced[0])] = alternative.row.key
            rows = [key for key in rows if key not in replaced]
    return tuple(rows)


def _headings(
    table: Table, form_table: FormTable, found: Mapping[str, FoundRow]
) -> Mapping[str, tuple[Heading, ...]]:
    """Return the columns of each row that was found, in the order of the report."""
    columns_of = form_table.columns_of
    if form_table.name == "disclosure":
        return {
            key: pair_headings(columns_of[key], header_row_above(table, row.row, _FIRST_HEADER))
            for key, row in found.items()
        }
    if not found:
        return {}
    # The applications table has one header for all its rows.
    columns = columns_of[next(iter(found))]
    first = min(row.row for row in found.values())
    headings = pair_headings(columns, _leaf_headers(table, columns, first))
    if any(_strays(table, heading) for heading in headings):
        headings = pair_headings(columns, ())
    return dict.fromkeys(found, headings)


def _strays(table: Table, heading: Heading) -> bool:
    """Return whether a wrong span put a header beside the one that the form prints over it.

    The order of such headers says nothing about the order of the numbers.
    """
    leaf, group = heading.cell, heading.column.group
    if leaf is None or group is None:
        return False
    over = [cell for cell in table.cells if cell.row < leaf.row]
    named = [cell for cell in over if similarity(cell.text, group) >= _LEAF_ALIKE]
    return bool(named) and not any(
        cell.column <= leaf.column < cell.column + cell.column_span for cell in named
    )


def _leaf_headers(table: Table, columns: Sequence[FormColumn], before: int) -> list[Cell]:
    """Return the header cells that name a column, from left to right, the lowest of each."""
    leaves: dict[int, Cell] = {}
    for cell in table.cells:
        if cell.row < before and any(
            similarity(cell.text, column.label) >= _LEAF_ALIKE for column in columns
        ):
            leaves[cell.column] = cell
    return [leaves[column] for column in sorted(leaves)]


def _placed(table: Table, name: str, row: FoundRow, headings: Sequence[Heading]) -> PlacedRow:
    slots = [slot_name(name, row.key, heading.column.key) for heading in headings]
    label_end = row.label.column + row.label.column_span - 1
    return place_values(table, row.row, slots, [h.cell for h in headings], label_end)


def _differences(
    table: Table,
    form_table: FormTable,
    found: Mapping[str, FoundRow],
    headings: Mapping[str, Sequence[Heading]],
) -> tuple[LabelMatch, ...]:
    """Return the labels that differ, each cell once, in reading order."""
    differing: dict[CellRef, LabelMatch] = {}
    for key, row in found.items():
        spec = form_table.rows_by_key[key]
        _note(differing, table, row.label, spec.label, spec.variants)
        for heading in headings[key]:
            if heading.cell is not None:
                column = heading.column
                _note(differing, table, heading.cell, column.label, column.variants)
    return tuple(differing[ref] for ref in sorted(differing))


def _note(
    differing: dict[CellRef, LabelMatch],
    table: Table,
    cell: Cell,
    expected: str,
    variants: Sequence[str],
) -> None:
    label = difference(table.ref(cell), cell.text, expected, variants)
    if label is not None:
        differing[label.ref] = label


def _label_cells(table: Table, found: Iterable[FoundRow]) -> frozenset[CellRef]:
    """Return all cells that are no values: the rows' labels and every row without values."""
    by_row = {row.row: row for row in found}
    cells: set[CellRef] = set()
    for row in range(table.rows):
        labels = by_row[row].labels if row in by_row else _labels_of_other_row(table, row, by_row)
        cells.update(table.ref(cell) for cell in labels)
    return frozenset(cells)


def _labels_of_other_row(
    table: Table, row: int, by_row: Mapping[int, FoundRow]
) -> tuple[Cell, ...]:
    """Return the labels of a row that is not the form's: all of a header row, else the first."""
    cells = tuple(cell for cell in cells_across(table, row) if cell.row == row)
    return cells[:1] if _is_extra(table, row, by_row) else cells


def _extra_rows(table: Table, found: Iterable[FoundRow]) -> tuple[int, ...]:
    by_row = {row.row: row for row in found}
    return tuple(row for row in range(table.rows) if _is_extra(table, row, by_row))


def _is_extra(table: Table, row: int, by_row: Mapping[int, FoundRow]) -> bool:
    """Return whether a row is the report's own: below the first row of numbers, with a number."""
    if row in by_row or row < min(by_row, default=table.rows):
        return False
    return any(cell.text.strip().isdecimal() for cell in table.starting_in(row)[1:])


def _notes(form_table: FormTable, placed: Mapping[str, PlacedRow]) -> tuple[str, ...]:
    return tuple(
        f"“{form_table.rows_by_key[key].label}”一行{odd}"
        for key, row in placed.items()
        if (odd := oddity(row))
    )
