"""A table of last year's report, with what this year's says otherwise marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.document import CellRef
from core.edits import Changes
from gui.models.table import Index, Look, TableModel
from gui.shown_report import ShownReport
from gui.years import YearChange, counterpart, year_changes

Role = Qt.ItemDataRole


class PastTableModel(TableModel):
    """Shows a table of last year's report; edits of this year's are followed.

    The differences are derived from both reports, and are no data of their own.

    Signals:
        compared: Something else may differ than before.
    """

    compared = Signal()

    def __init__(
        self, past: ShownReport, table_id: str, present: ShownReport, parent: QObject | None = None
    ) -> None:
        super().__init__(past, table_id, parent)
        self._present = present
        self._this = present.present
        self._changes = self._compared()
        present.session_changed.connect(self._on_this_year_changed)

    @property
    def changes(self) -> Mapping[CellRef, YearChange]:
        """What differs, by the cells of this table."""
        return self._changes

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return the text of last year's, and in words how this year's differs."""
        if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole) and index.isValid():
            change = self._changes.get(self.ref(index))
            return change.sentence if change else None
        return super().data(index, role)

    def _look(self, row: int, column: int) -> Look:
        look = super()._look(row, column)
        change = self._changes.get(self.ref(self.index(row, column)))
        return replace(look, trend=change.trend) if change else look

    def _compared(self) -> Mapping[CellRef, YearChange]:
        return year_changes(self._session, self._this, self.table_id)

    @Slot(object)
    def _on_this_year_changed(self, changes: Changes) -> None:
        if self._this is not self._present.session:
            return
        self._changes = self._compared()
        if changes.tables:
            # Cells stand elsewhere, and any may have got a counterpart or lost it.
            self._repaint(self.table.ref(cell) for cell in self.table.cells)
        else:
            same = (counterpart(self._this, ref, self._session) for ref in changes.cells)
            self._repaint(ref for ref in same if ref is not None)
        self.compared.emit()
