"""Which rows and cells may be put into a table: only those that the form has and the table lacks.

A row stands beside the nearest row of its block in the form, and looks like the
nearest row with the same cells.  The table that comes of it is matched before
anybody sees it: a row or cell that would not be found in its place is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.document import Cell, CellRef, Document, Table, fold
from core.edits import CellInsertion, Insertion
from core.errors import EditError
from core.forms.align import align
from core.forms.alignment import Place, TableMatch
from core.forms.model import FormCell, FormTable, row_key, slot_name
from core.forms.rows import cells_across
from core.restructuring import InsertedCell, InsertedRow, Position, Restructuring

_NOTHING_DONE = "没有做任何修改"
_AS_READ = Restructuring()


def planned(
    document: Document,
    found: TableMatch | None,
    edit: Insertion,
    source: Document | None = None,
    done: Restructuring = _AS_READ,
) -> InsertedRow | InsertedCell:
    """Return what an insertion puts into a table, in terms of the source.

    `document` and `found`, the match of the table, are the present ones; they come of
    `source` by `done`, or the document as it is takes the place of a source.

    Raises:
        EditError: The form has no such row, the table has it already, there is nothing
            beside which it could stand, or the place is no presumed one.
    """
    table_id = edit.ref.table if isinstance(edit, CellInsertion) else edit.table
    table = document.tables.get(table_id)
    if table is None or found is None:
        raise EditError(
            f"表格 {table_id} 不是报告里的法定表格，不能补入行或者单元格，{_NOTHING_DONE}。"
        )
    plan = _Plan(table, found, (source or document).tables[table_id], done.of(table_id))
    return plan.cell(edit.ref) if isinstance(edit, CellInsertion) else plan.row(edit.row)


def can_be_made(document: Document, found: TableMatch, edit: Insertion) -> bool:
    """Return whether an insertion would not be refused."""
    try:
        planned(document, found, edit)
    except EditError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which cells the form prints at the left of a row: its label, and the groups over it."""

    label: Position
    groups: tuple[FormCell, ...]


class _Plan:
    """What may be put into one table in its present state."""

    def __init__(self, table: Table, found: TableMatch, source: Table, done: Restructuring) -> None:
        self._table = table
        self._found = found
        self._source = source
        self._done = done
        self._form: FormTable = found.form_table
        # The grid row of each row of the form that the table has.
        self._rows = {
            row_key(slot): place.ref.row
            for slot, place in found.places.items()
            if found.name != "cases"
        }

    def row(self, name: str) -> InsertedRow:
        """Return a missing row."""
        key = name.removeprefix(f"{self._found.name}.")
        if name == key or key not in self._found.missing_rows or self._found.name == "cases":
            raise EditError(f"表格 {self._table.id} 没有缺少“{name}”这一行，{_NOTHING_DONE}。")
        label = fold(self._form.rows_by_key[key].label)
        gap = self._gap(key)
        models = sorted(self._models(key), key=lambda row: (abs(2 * row + 1 - 2 * gap), row))
        for model in models:
            groups = self._groups(model, key, gap)
            if groups is None:
                continue
            made = self._made(name, label, gap, model, groups)
            if self._fits_row(key, made):
                return made
        raise EditError(
            f"“{label}”一行旁边没有可以照着补入的行，{_NOTHING_DONE}；请在原文件中补上这一行。"
        )

    def cell(self, ref: CellRef) -> InsertedCell:
        """Return the cell at a place that is presumed to have lost its own."""
        place = next((p for p in self._found.places.values() if p.ref == ref), None)
        where = f"表格 {ref.table} 第 {ref.row + 1} 行第 {ref.column + 1} 列"
        if place is None or not place.hole:
            raise EditError(f"{where}不是缺少单元格的地方，{_NOTHING_DONE}。")
        row = self._done.source_row(ref.table, ref.row)
        span = self._span(ref)
        made = InsertedCell(ref.table, row, ref.column, span)
        fits = span and (not ref.column or self._table.at(ref.row, ref.column - 1) is not None)
        if not fits or not self._fits_cell(place, made):
            raise EditError(f"{where}补不进单元格，{_NOTHING_DONE}；请在原文件中补上这一格。")
        return made

    def _gap(self, key: str) -> int:
        """Return the present row before which a missing row of the form has to stand."""
        order = self._found.rows
        place = order.index(key)
        before = next((k for k in reversed(order[:place]) if k in self._rows), None)
        behind = next((k for k in order[place + 1 :] if k in self._rows), None)
        before = before if before and self._is_beside(before, key) else None
        behind = behind if behind and self._is_beside(key, behind) else None
        if before is None and behind is None:
            raise EditError(
                f"“{fold(self._form.rows_by_key[key].label)}”一行的上下没有相邻的法定行，"
                f"{_NOTHING_DONE}；请在原文件中补上这一行。"
            )
        if before and behind and self._rows[before] > self._rows[behind]:
            raise EditError(f"表格 {self._table.id} 的行与格式的次序不同，{_NOTHING_DONE}。")
        return self._rows[before] + 1 if before else self._rows[behind or ""]

    def _is_beside(self, upper: str, lower: str) -> bool:
        """Return whether the form prints no header between two of its rows."""
        top, bottom = self._form_row(upper), self._form_row(lower)
        return not any(c.role == "header" and top < c.row < bottom for c in self._form.cells)

    def _form_row(self, key: str) -> int:
        first = self._form.columns_of[key][0].key
        return self._form.slots[slot_name(self._form.name, key, first)].row

    def _shape(self, key: str) -> _Shape:
        row = self._form_row(key)
        labels = [c for c in self._form.cells if c.role == "row_header" and c.covers_row(row)]
        labels.sort(key=lambda cell: cell.column)
        last = labels[-1]
        return _Shape((last.column, last.column_span), tuple(labels[:-1]))

    def _models(self, key: str) -> Iterator[int]:
        """Yield the present rows that have just the cells that a missing row has to have."""
        shape = self._shape(key)
        columns = [column.key for column in self._form.columns_of[key]]
        for other, row in self._rows.items():
            slots = self._found.slots_of_row[other]
            places = [self._found.places[slot] for slot in slots if slot in self._found.places]
            is_whole = len(places) == len(slots) and not any(p.presumed or p.hole for p in places)
            same = [column.key for column in self._form.columns_of[other]] == columns
            if is_whole and same and self._shape(other) == shape and self._is_flat(row, places[0]):
                yield row

    def _is_flat(self, row: int, first: Place) -> bool:
        """Return whether the label and values of a row stand in this row alone, without gaps."""
        own = self._own(row, first.ref.column)
        return bool(own) and all(cell.row == row and cell.row_span == 1 for cell in own)

    def _own(self, row: int, first: int) -> list[Cell]:
        """Return the label of a row and all cells behind it; none where it has no label."""
        cells = cells_across(self._table, row)
        labels = [cell for cell in cells if cell.column < first]
        return [*labels[-1:], *(c for c in cells if c.column >= first)] if labels else []

    def _groups(self, model: int, key: str, gap: int) -> tuple[Position, ...] | None:
        """Return the cells at the left that have to cover a new row, too; None if they cannot."""
        table = self._table
        first = min(p.ref.column for p in self._found.places.values() if p.ref.row == model)
        labels = [cell for cell in cells_across(table, model) if cell.column < first]
        shape = self._shape(key)
        if len(labels) != len(shape.groups) + 1:
            return None
        for cell, group in zip(labels, shape.groups, strict=False):
            rows = [r for k, r in self._rows.items() if group.covers_row(self._form_row(k))]
            end = cell.row + cell.row_span
            if not cell.row <= gap <= end or not all(cell.row <= row < end for row in rows):
                return None
        groups = labels[:-1]
        over = [c for c in cells_across(table, gap) if c.row < gap] if gap < table.rows else []
        if any(cell not in groups for cell in over):
            return None
        return tuple(self._source_position(cell) for cell in groups)

    def _source_position(self, cell: Cell) -> Position:
        """Return where a group begins in the source."""
        head = self._done.inserted_at(self._table.id, cell.row)
        if head is not None:
            return next(group for group in head.groups if group[1] == cell.column)
        return self._done.source_row(self._table.id, cell.row), cell.column

    def _made(
        self, name: str, label: str, gap: int, model: int, groups: tuple[Position, ...]
    ) -> InsertedRow:
        table_id, done = self._table.id, self._done
        first = min(p.ref.column for p in self._found.places.values() if p.ref.row == model)
        columns = tuple((cell.column, cell.column_span) for cell in self._own(model, first))
        order = self._found.rows.index(row_key(name))
        like = done.inserted_at(table_id, model)
        source = done.source_row(table_id, model) if like is None else like.model
        above = done.inserted_at(table_id, gap - 1)
        place = done.source_row(table_id, gap) if above is None else above.gap
        return InsertedRow(table_id, place, order, name, label, source, columns, groups)

    def _span(self, ref: CellRef) -> int:
        """Return over how many columns a cell at a place has to stand; 0 if there is no room."""
        table = self._table
        others = [c for c in table.cells if c.column == ref.column and c.row_span == 1]
        others = [c for c in others if c.row != ref.row]
        nearest = min(others, key=lambda c: (abs(c.row - ref.row), c.row), default=None)
        span = nearest.column_span if nearest else 1
        there = [table.at(ref.row, ref.column + offset) for offset in range(span)]
        is_free = all(c is None or (c.row, c.column) == (ref.row, ref.column) for c in there)
        return span if is_free else 0

    def _aligned(self, changes: Restructuring) -> TableMatch:
        return align(changes.put_into(self._source), self._found.form, self._found.name)

    def _fits_row(self, key: str, made: InsertedRow) -> bool:
        """Return whether the new row would be found where it stands, and all others as before."""
        changes = self._done.with_row(made)
        row, after = changes.place(made), self._aligned(changes)
        own = {slot for slot in after.places if row_key(slot) == key}
        moved = {
            slot: replace(place.ref, row=place.ref.row + (place.ref.row >= row))
            for slot, place in self._found.places.items()
        }
        others = {slot: place.ref for slot, place in after.places.items() if slot not in own}
        new = [after.places[slot] for slot in own]
        is_whole = own == set(after.slots_of_row.get(key, ()))
        is_there = all(p.ref.row == row and not (p.presumed or p.hole) for p in new)
        return others == moved and is_whole and is_there

    def _fits_cell(self, place: Place, made: InsertedCell) -> bool:
        """Return whether a new cell would be found where it stands, and all others as before."""
        after = self._aligned(self._done.with_cell(made)).places
        before = self._found.places
        is_same = {s: p.ref for s, p in after.items()} == {s: p.ref for s, p in before.items()}
        return is_same and not after[place.slot].hole
