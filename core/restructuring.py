"""What became of the tables of a report: rows and cells put in where the form has them.

Everything is said in terms of the source, so that it does not depend on the order
in which rows and cells were put in.  Present addresses follow from all of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from core.document import Block, Cell, CellRef, Confidence, Document, Table
from core.edits import CellInsertion, Insertion, RowInsertion

Position = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class InsertedRow:
    """A row of the form between two rows of the source.

    It stands before the source row `gap` (the number of rows for the end), among
    several there by `order`.  `key` is the form's name of the row with its table's.
    `columns` are column and span of its cells, the one for its `label` first; they
    are those of the source row `model`.  `groups` are the positions of the source
    cells at its left that cover it, too.
    """

    table: str
    gap: int
    order: int
    key: str
    label: str
    model: int
    columns: tuple[tuple[int, int], ...]
    groups: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class InsertedCell:
    """A blank cell in a row of the source, where it has none."""

    table: str
    row: int
    column: int
    span: int = 1


@dataclass(frozen=True)
class Restructuring:
    """The rows and cells that were put into the tables of a source, in order."""

    rows: tuple[InsertedRow, ...] = ()
    cells: tuple[InsertedCell, ...] = ()

    def __bool__(self) -> bool:
        """Return whether any table has another structure than in the source."""
        return bool(self.rows or self.cells)

    @cached_property
    def _by_table(self) -> Mapping[str, Restructuring]:
        ids = {each.table for each in self.rows} | {each.table for each in self.cells}
        return {
            name: Restructuring(
                tuple(each for each in self.rows if each.table == name),
                tuple(each for each in self.cells if each.table == name),
            )
            for name in ids
        }

    @property
    def tables(self) -> frozenset[str]:
        """The ids of the tables that have another structure than in the source."""
        return frozenset(self._by_table)

    def of(self, table: str) -> Restructuring:
        """Return what was put into one table."""
        return self._by_table.get(table, _NOTHING)

    def with_row(self, row: InsertedRow) -> Restructuring:
        """Return what it is with one more row."""
        return replace(self, rows=tuple(sorted((*self.rows, row))))

    def with_cell(self, cell: InsertedCell) -> Restructuring:
        """Return what it is with one more cell."""
        return replace(self, cells=tuple(sorted((*self.cells, cell))))

    def without(self, one: InsertedRow | InsertedCell) -> Restructuring:
        """Return what it is without a row or cell."""
        rows = tuple(each for each in self.rows if each != one)
        return Restructuring(rows, tuple(each for each in self.cells if each != one))

    def row(self, table: str, key: str) -> InsertedRow | None:
        """Return the inserted row with a name, None if there is none."""
        rows = self.of(table).rows
        return next((each for each in rows if each.key == key), None)

    def cell(self, ref: CellRef) -> InsertedCell | None:
        """Return the inserted cell at a present address; one of an inserted row is none."""
        source = self.source_ref(ref)
        found = (each for each in self.cells if each.table == ref.table)
        wanted = None if source is None else (source.row, source.column)
        return next((each for each in found if (each.row, each.column) == wanted), None)

    def place(self, row: InsertedRow) -> int:
        """Return the row number that an inserted row has now."""
        return row.gap + self.of(row.table).rows.index(row)

    def inserted_at(self, table: str, row: int) -> InsertedRow | None:
        """Return the inserted row that stands at a present row number."""
        rows = enumerate(self.of(table).rows)
        return next((each for index, each in rows if each.gap + index == row), None)

    def present_row(self, table: str, row: int) -> int:
        """Return where a row of the source stands now."""
        gaps = [each.gap for each in self.of(table).rows]
        return row + bisect_right(gaps, row)

    def source_row(self, table: str, row: int) -> int:
        """Return which row of the source stands at a place; for an inserted one the next."""
        return row - sum(each.gap + i < row for i, each in enumerate(self.of(table).rows))

    def source_ref(self, ref: CellRef) -> CellRef | None:
        """Return the address in the source of what stands somewhere now, None in an inserted row.

        At the place of an inserted cell the source has nothing.
        """
        if self.inserted_at(ref.table, ref.row) is not None:
            return None
        return replace(ref, row=self.source_row(ref.table, ref.row))

    @property
    def insertions(self) -> Iterator[tuple[CellRef, Insertion]]:
        """What put each row and cell into the source, and where a remark on it may stand now.

        On a row it stands beside it: LibreOffice keeps a rejected row in which a comment is.
        """
        for row in self.rows:
            beside = row.model if row.model in (row.gap - 1, row.gap) else max(row.gap - 1, 0)
            ref = CellRef(row.table, beside, row.columns[0][0])
            yield self.present_ref(ref), RowInsertion(row.table, row.key)
        for cell in self.cells:
            ref = CellRef(cell.table, cell.row, cell.column)
            yield self.present_ref(ref), CellInsertion(ref)

    def present_ref(self, ref: CellRef) -> CellRef:
        """Return the address that a place in the source has now."""
        return replace(ref, row=self.present_row(ref.table, ref.row))

    def applied(self, document: Document) -> Document:
        """Return a document, as it was read, with the rows and cells put in."""
        if not self:
            return document

        def changed(block: Block) -> Block:
            return self.put_into(block) if isinstance(block, Table) else block

        sections = (
            replace(part, blocks=tuple(changed(block) for block in part.blocks))
            for part in document.sections
        )
        return replace(document, sections=tuple(sections))

    def put_into(self, table: Table) -> Table:
        """Return a table of the source with its rows and cells put in."""
        own = self.of(table.id)
        return _with(table, own) if own else table


_NOTHING = Restructuring()


def heads(rows: Sequence[InsertedRow]) -> Mapping[Position, InsertedRow]:
    """Return the groups that begin with an inserted row now, and the first row of each."""
    found: dict[Position, InsertedRow] = {}
    for each in rows:
        for group in each.groups:
            if each.gap <= group[0]:
                found.setdefault(group, each)
    return found


def _with(table: Table, changes: Restructuring) -> Table:
    covered: dict[Position, list[int]] = {}
    for each in changes.rows:
        for group in each.groups:
            covered.setdefault(group, []).append(changes.place(each))
    filled = {(each.row, each.column) for each in changes.cells}

    def moved(cell: Cell) -> Cell:
        own = covered.get((cell.row, cell.column), [])
        row = min([changes.present_row(table.id, cell.row), *own])
        return replace(cell, row=row, row_span=cell.row_span + len(own))

    cells = [moved(cell) for cell in table.cells if (cell.row, cell.column) not in filled]
    for hole in changes.cells:
        row = changes.present_row(table.id, hole.row)
        cells.append(Cell(row, hole.column, "", 1, hole.span, Confidence.EXACT))
    for each in changes.rows:
        label, *values = each.columns
        row = changes.place(each)
        cells.append(Cell(row, label[0], each.label, 1, label[1]))
        cells += [Cell(row, column, "", 1, span) for column, span in values]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(table, rows=table.rows + len(changes.rows), cells=tuple(cells))
