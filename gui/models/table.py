"""One table of the session as an editable grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)

from core.document import Cell, CellRef, Table
from core.edits import Changes
from core.rules.severity import Severity
from gui import naming
from gui.frozen import frozen_area
from gui.models.tooltip import INSERTED, cell_tooltip, is_inserted, is_uncertain
from gui.shown_report import ShownReport
from gui.years import Trend

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

# Up to so many cells are repainted one by one, more as one range.
_MOST_SINGLE_CELLS = 24


class Place(IntEnum):
    """What a grid position is."""

    VALUE = 0
    COLUMN_LABEL = 1
    ROW_LABEL = 2
    HOLE = 3


@dataclass(frozen=True, slots=True)
class Look:
    """Everything the delegate draws of a cell, in one answer."""

    text: str
    place: Place
    mark: Severity | None = None
    changed: bool = False
    framed: bool = False
    uncertain: bool = False
    settled: bool = False
    total: bool = False
    pointed: bool = False
    trend: Trend | None = None


class TableModel(QAbstractTableModel):
    """Shows one table of the session as an editable grid.

    The model keeps no copy of the data.  An edit becomes a command, the command
    changes the session, and the session's answer repaints the cell: typing, undo
    and an applied fix all arrive by the same road.
    """

    def __init__(
        self, controller: ShownReport, table_id: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._session = controller.present
        self.table_id = table_id
        self._equations: Mapping[CellRef, str] = {}
        self._rows_with_slots = self._slot_rows()
        # While the grid scrolls, the same cells are asked for again and again.
        self._looks: dict[tuple[int, int], Look] = {}
        self._editable: dict[tuple[int, int], bool] = {}
        controller.session_changed.connect(self._on_session_changed)
        controller.highlights_changed.connect(self._on_cells_changed)
        controller.frames_changed.connect(self._on_cells_changed)

    @property
    def table(self) -> Table:
        """The table as it is now; its spans change only with a reset."""
        return self._session.document.tables[self.table_id]

    def ref(self, index: Index) -> CellRef:
        """Return the address of the cell at an index, of its top-left for a covered one."""
        cell = self.table.at(index.row(), index.column())
        row, column = (cell.row, cell.column) if cell else (index.row(), index.column())
        return CellRef(self.table_id, row, column)

    def index_of(self, ref: CellRef) -> QModelIndex:
        """Return the index of a cell of this table."""
        return self.index(ref.row, ref.column)

    def text(self, ref: CellRef) -> str:
        """Return what stands in a cell now."""
        return self._session.text(ref)

    def frozen_area(self) -> tuple[int, int]:
        """Return how many rows at the top and columns at the left are its header."""
        table = self.table
        is_known = self.table_id in self._session.match.by_table_id
        return frozen_area(table, lambda cell: self._session.is_editable(table.ref(cell)), is_known)

    @property
    def has_equations(self) -> bool:
        """Whether equations stand in place of numbers."""
        return bool(self._equations)

    def show_equations(self, equations: Mapping[CellRef, str]) -> None:
        """Show these texts in place of the numbers of their cells; none show the numbers."""
        if equations != self._equations:
            self._equations = equations
            self._looks.clear()
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def look(self, row: int, column: int) -> Look:
        """Return what is to be drawn at a position."""
        known = self._looks.get((row, column))
        if known is None:
            known = self._looks[row, column] = self._look(row, column)
        return known

    def _look(self, row: int, column: int) -> Look:
        session, highlights = self._session, self._controller.highlights
        frames = self._controller.frames
        cell = self.table.at(row, column)
        ref = CellRef(self.table_id, *((cell.row, cell.column) if cell else (row, column)))
        return Look(
            self._equations.get(ref) or session.text(ref),
            self._place(cell, ref) if cell else Place.HOLE,
            highlights.marks.get(ref),
            ref in session.edits,
            ref in frames.cells,
            is_uncertain(session, ref),
            ref in highlights.settled,
            ref in frames.totals,
            ref == frames.pointed,
        )

    @Slot(object)
    def _on_session_changed(self, changes: Changes) -> None:
        self._editable.clear()
        if self._session is self._controller.session and self.table_id in changes.tables:
            # Every cell below has another address now, and views ask for all of them anew.
            self.beginResetModel()
            self._rows_with_slots = self._slot_rows()
            self._looks.clear()
            self.endResetModel()
        else:
            self._repaint(changes.cells)

    @Slot(object)
    def _on_cells_changed(self, cells: frozenset[CellRef]) -> None:
        self._repaint(cells)

    def _repaint(self, cells: Iterable[CellRef]) -> None:
        self._looks.clear()
        # What a row that is gone has left marked or framed stands nowhere any more.
        own = [ref for ref in cells if ref.table == self.table_id and ref.row < self.table.rows]
        if self._session is not self._controller.session or not own:
            return
        if len(own) <= _MOST_SINGLE_CELLS:
            for ref in own:
                index = self.index_of(ref)
                self.dataChanged.emit(index, index)
            return
        rows, columns = [r.row for r in own], [r.column for r in own]
        self.dataChanged.emit(
            self.index(min(rows), min(columns)), self.index(max(rows), max(columns))
        )

    def _slot_rows(self) -> set[int]:
        return {ref.row for ref in self._session.match.slot_at if ref.table == self.table_id}

    def _place(self, cell: Cell, ref: CellRef) -> Place:
        if self._session.is_editable(ref):
            return Place.VALUE
        beside_values = cell.row in self._rows_with_slots and cell.row_span == 1
        return Place.ROW_LABEL if beside_values else Place.COLUMN_LABEL

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the rows of the table; a cell has no children."""
        return 0 if parent.isValid() else self.table.rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the columns of the table; a cell has no children."""
        return 0 if parent.isValid() else self.table.columns

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return text, tooltip and what a screen reader says."""
        if role not in _ROLES or not index.isValid():
            return None
        ref = self.ref(index)
        if role in (Role.DisplayRole, Role.EditRole):
            return self._session.text(ref)
        if role == Role.ToolTipRole:
            return cell_tooltip(self._controller, ref)
        if role == Role.AccessibleTextRole:
            return f"{naming.spoken_place(self._session, ref)}，{self._session.text(ref) or '空白'}"
        return self._description(ref)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Turn a typed text into an undo command."""
        if role != Role.EditRole or not index.isValid():
            return False
        ref = self.ref(index)
        return self._controller.may_edit(ref) and self._controller.set_text(ref, str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that values can be edited, labels only selected, holes nothing.

        A hole in the place of a slot can be selected: a cell may be put in there.
        """
        if not index.isValid():
            return _NOTHING
        place = index.row(), index.column()
        is_value = self._editable.get(place)
        if is_value is None:
            is_hole = self.table.at(*place) is None
            if is_hole and self.ref(index) not in self._session.match.slot_at:
                return _NOTHING
            is_value = self._editable[place] = self._session.is_editable(self.ref(index))
        controller = self._controller
        # Everything that the answer depends on beside the cell itself, the cheapest first.
        if controller.is_read_only or not (is_value or controller.labels_unlocked):
            return _SHOWN
        if is_value:
            return _SHOWN if controller.is_giving_way else _EDITABLE
        return _EDITABLE if controller.may_edit(self.ref(index)) else _SHOWN

    def _description(self, ref: CellRef) -> str:
        findings = self._controller.highlights.findings.get(ref, ())
        words = [f"{naming.SEVERITY_WORDS[f.severity]}：{f.message}" for f in findings]
        if ref in self._session.edits:
            words.insert(0, f"已修改，原文 {self._session.original(ref) or '空白'}")
        elif is_inserted(self._session, ref):
            words.insert(0, INSERTED)
        return "；".join(words)


_NOTHING = Qt.ItemFlag.NoItemFlags
_SHOWN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_EDITABLE = _SHOWN | Qt.ItemFlag.ItemIsEditable
_ROLES = frozenset(
    (
        Role.DisplayRole,
        Role.EditRole,
        Role.ToolTipRole,
        Role.AccessibleTextRole,
        Role.AccessibleDescriptionRole,
    )
)
