"""上年: the same table of last year's report under this year's, with what differs marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from core.document import CellRef
from gui import naming
from gui.controller import SessionController
from gui.models.past_table import PastTableModel
from gui.past_report import PastReport
from gui.views.grid import GridView
from gui.views.pane_heading import PaneHeading
from gui.years import counterpart, table_beside


class PastPane(QWidget):
    """A heading line and a grid that is only read.

    It follows the current cell of this year's table, and leads to it from its own.
    Without last year's report it is not shown, though it may be wanted.

    Signals:
        turned: Whether it is shown now.
        cell_requested: The cell of this year's report (CellRef) that one here stands for.
    """

    turned = Signal(bool)
    cell_requested = Signal(object)

    def __init__(self, controller: SessionController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._past = PastReport(controller, self)
        self._table_id = ""
        self._ref: CellRef | None = None
        self._is_wanted = False
        self.setObjectName("prose_pane")
        heading = PaneHeading(self.tr("上年"))
        self.subject = heading.subject
        self.grid = GridView(self)
        self.grid.setObjectName("past_grid")
        self.grid.setAccessibleName(self.tr("上年的表格"))
        self.grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.grid)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.grid.copy)
        self._lay_out(heading)
        self.hide()
        self._past.changed.connect(self._on_past_changed)
        self.grid.current_cell_changed.connect(self._on_current_cell_changed)
        controller.session_leaving.connect(self._forget)

    def want(self, wanted: bool) -> None:
        """Show the pane as soon as there is something to show, or no longer."""
        self._is_wanted = wanted
        self._turn()

    def follow(self, table_id: str, ref: CellRef | None) -> None:
        """Show what stood in the place of another cell last year."""
        self._table_id, self._ref = table_id, ref
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the current cell."""
        super().showEvent(event)
        self.turned.emit(True)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the room back."""
        super().hideEvent(event)
        self.turned.emit(False)

    def _lay_out(self, heading: PaneHeading) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(heading)
        layout.addWidget(self.grid, 1)

    def _turn(self) -> None:
        self.setVisible(self._is_wanted and self._past.session is not None)

    def _show(self) -> None:
        this, last = self._controller.session, self._past.session
        if this is None or last is None:
            return
        table_id = table_beside(this, self._table_id, last)
        model = self.grid.table_model
        if not table_id:
            self.grid.show_table(None)
        elif model is None or model.table_id != table_id:
            made = PastTableModel(self._past, table_id, self._controller, self.grid)
            made.compared.connect(self._show_subject)
            self.grid.show_table(made)
        self._show_subject()
        same = counterpart(this, self._ref, last) if self._ref else None
        if table_id and same is not None and not self.grid.hasFocus():
            self.grid.go_to(same)

    @Slot()
    def _show_subject(self) -> None:
        last, model = self._past.session, self.grid.table_model
        if last is None:
            return
        year = last.document.year
        words = [self.tr("{0} 年年报").format(year) if year else self.tr("上年年报")]
        if isinstance(model, PastTableModel):
            words.append(naming.table_title(last.document, last.match, model.table_id))
            words.append(self.tr("{0} 处与本年不同").format(len(model.changes)))
            words.append(self.tr("▲ 本年增加　▼ 本年减少　≠ 不同"))
        else:
            words.append(self.tr("其中没有与当前表格对应的表"))
        self.subject.setText(" · ".join(words))

    @Slot()
    def _on_past_changed(self) -> None:
        self._forget()
        self._turn()
        if self.isVisible():
            self._show()

    @Slot()
    def _forget(self) -> None:
        self.grid.show_table(None)
        self._ref = None

    @Slot(object)
    def _on_current_cell_changed(self, ref: CellRef | None) -> None:
        this, last = self._controller.session, self._past.session
        if ref is None or this is None or last is None or not self.grid.hasFocus():
            return
        same = counterpart(last, ref, this)
        if same is not None and same != self._ref:
            self.cell_requested.emit(same)
