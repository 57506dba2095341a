"""The tables of a report as they are now, before texts are edited: the source restructured."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from core.document import CellRef, Document
from core.edits import CellInsertion, CellRemoval, RowInsertion, StructureEdit
from core.errors import EditError
from core.forms.alignment import ReportMatch
from core.forms.match import match
from core.insertions import planned
from core.restructuring import InsertedRow, Restructuring

Movement = Callable[[CellRef], CellRef | None]


@dataclass(frozen=True)
class Structure:
    """A source, what was put into it, the document that comes of it, and its match."""

    source: Document
    changes: Restructuring
    document: Document
    match: ReportMatch

    @classmethod
    def of(cls, source: Document, changes: Restructuring | None = None) -> Structure:
        """Return the structure of a source with some changes, none of them left out."""
        changes = changes or Restructuring()
        document = changes.applied(source)
        return cls(source, changes, document, match(document))

    def edited(
        self,
        edit: StructureEdit,
        document: Document,
        found: ReportMatch,
        edited: Collection[CellRef],
    ) -> tuple[Structure, Movement]:
        """Return the structure after an edit, and where each cell stands then.

        `document` and `found` are the present ones and `edited` the cells with a text of their
        own; an edited cell is not taken away, and one that goes stands nowhere.

        Raises:
            EditError: There is nothing to put in or take away.
        """
        if isinstance(edit, RowInsertion | CellInsertion):
            table = edit.table if isinstance(edit, RowInsertion) else edit.ref.table
            made = planned(document, found.by_table_id.get(table), edit, self.source, self.changes)
            if isinstance(made, InsertedRow):
                changes = self.changes.with_row(made)
                return Structure.of(self.source, changes), _down(table, changes.place(made))
            return Structure.of(self.source, self.changes.with_cell(made)), _nowhere_else
        if isinstance(edit, CellRemoval):
            return self._without_cell(edit.ref, edited), _without(edit.ref)
        row = self.changes.row(edit.table, edit.row)
        if row is None:
            raise EditError(f"“{edit.row}”一行不是补入的，不能去掉，没有做任何修改。")
        place = self.changes.place(row)
        if any((ref.table, ref.row) == (edit.table, place) for ref in edited):
            raise EditError(f"补入的“{row.label}”一行已经填了内容，没有去掉；请先撤销填写。")
        return Structure.of(self.source, self.changes.without(row)), _up(edit.table, place)

    def _without_cell(self, ref: CellRef, edited: Collection[CellRef]) -> Structure:
        where = f"表格 {ref.table} 第 {ref.row + 1} 行第 {ref.column + 1} 列"
        cell = self.changes.cell(ref)
        if cell is None:
            raise EditError(f"{where}不是补入的单元格，不能去掉，没有做任何修改。")
        if ref in edited:
            raise EditError(f"{where}补入的单元格已经填了内容，没有去掉；请先撤销填写。")
        return Structure.of(self.source, self.changes.without(cell))


def _nowhere_else(ref: CellRef) -> CellRef | None:
    return ref


def _without(gone: CellRef) -> Movement:
    return lambda ref: None if ref == gone else ref


def _down(table: str, row: int) -> Movement:
    def moved(ref: CellRef) -> CellRef | None:
        return replace(ref, row=ref.row + 1) if ref.table == table and ref.row >= row else ref

    return moved


def _up(table: str, row: int) -> Movement:
    def moved(ref: CellRef) -> CellRef | None:
        if ref.table != table or ref.row < row:
            return ref
        return replace(ref, row=ref.row - 1) if ref.row > row else None

    return moved
