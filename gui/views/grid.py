"""The grid: one table with its merged cells, edited as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QItemSelection, QModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QFrame,
    QLineEdit,
    QTableView,
    QWidget,
)

from core.document import Cell, CellRef
from gui.clipboard import tab_separated
from gui.models.table import Index, TableModel
from gui.views import table_layout
from gui.views.cell_delegate import HORIZONTAL_PADDING, VERTICAL_PADDING, CellDelegate

# Larger tables get rows of one height: measuring every text would take seconds.
_MOST_MEASURED_CELLS = 6000
ZOOM_STEPS = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)


class GridView(QTableView):
    """Shows a `TableModel`.  Enter goes down, Tab right, Delete clears, Ctrl+C copies TSV.

    Signals:
        current_cell_changed: The address of the current cell, or None.
        selection_changed: The selection is another one.
        clear_requested: The user wants the selected cells empty.
        zoom_requested: A number of steps up or down.
        refused: A sentence that says why a cell was not edited.
        restructured: The table has got or lost a row or cell; none is the current one.
    """

    current_cell_changed = Signal(object)
    selection_changed = Signal()
    clear_requested = Signal()
    zoom_requested = Signal(int)
    refused = Signal(str)
    restructured = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 100
        self._widths: list[int] = []
        # Read for every cell that is drawn, also while another widget has the focus.
        self.current_position = (-1, -1)
        self.setObjectName("grid")
        self.setAccessibleName(self.tr("表格"))
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(8)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )

    @property
    def table_model(self) -> TableModel | None:
        """The table that is shown, None before the first."""
        model = self.model()
        return model if isinstance(model, TableModel) else None

    @property
    def current_ref(self) -> CellRef | None:
        """The address of the current cell, of a merged one its top-left."""
        model, index = self.table_model, self.currentIndex()
        return model.ref(index) if model and index.isValid() else None

    def show_table(self, model: TableModel | None) -> None:
        """Show another table, with its merged cells."""
        before = self.table_model
        self.clearSpans()
        self.setModel(model)
        if before is not None and before is not model:
            before.deleteLater()
        self.selection_changed.emit()
        if model is None:
            return
        model.dataChanged.connect(self._on_data_changed)
        model.modelReset.connect(self._on_model_reset)
        self._merge_cells()

    def _merge_cells(self) -> None:
        self.clearSpans()
        for cell in self.table_model.table.cells if self.table_model else ():
            if cell.row_span > 1 or cell.column_span > 1:
                self.setSpan(cell.row, cell.column, cell.row_span, cell.column_span)
        self.lay_out()

    @Slot()
    def _on_model_reset(self) -> None:
        self._merge_cells()
        self.restructured.emit()

    def set_zoom(self, percent: int) -> None:
        """Show the table larger or smaller; rows and columns follow the font."""
        self._zoom = percent
        self.lay_out()
        self._keep_current_in_view()

    def lay_out(self) -> None:
        """Give columns and rows the sizes that their texts need."""
        model = self.table_model
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * self._zoom / 100)
        self.setFont(font)
        if model is None:
            return
        metrics, table = self._metrics(), model.table
        scroll_bar = self.verticalScrollBar().sizeHint().width()
        available = max(self.width() - scroll_bar - 2, 200)
        if len(table.cells) > _MOST_MEASURED_CELLS:
            self.horizontalHeader().setDefaultSectionSize(int(metrics.em * 6))
            self.verticalHeader().setDefaultSectionSize(table_layout.single_row_height(metrics))
            return
        self._widths = table_layout.column_widths(table, metrics, available)
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, width)
        heights = table_layout.row_heights(table, metrics, self._widths, self._text)
        for row, height in enumerate(heights):
            self.setRowHeight(row, height)

    def go_to(self, ref: CellRef) -> None:
        """Make a cell the current one and bring it into view."""
        model = self.table_model
        if model is None:
            return
        index = model.index_of(ref)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def show_cells(self, refs: Iterable[CellRef], anchor: CellRef) -> None:
        """Bring as many of some cells into view as fit, the anchor in any case."""
        model = self.table_model
        if model is None:
            return
        for ref in sorted(refs, key=lambda ref: -abs(ref.row - anchor.row)):
            self.scrollTo(model.index_of(ref))
        self.go_to(anchor)

    def move_down(self) -> None:
        """Make the cell below the current one."""
        self._move_current(1, 0)

    def selected_positions(self) -> int:
        """Return how many grid positions are selected, without listing them."""
        chosen = self.selectionModel()
        ranges = chosen.selection() if chosen else QItemSelection()
        parts = map(ranges.at, range(ranges.count()))
        return sum(part.width() * part.height() for part in parts)

    def selected_refs(self) -> list[CellRef]:
        """Return the selected cells, each merged one once, in reading order."""
        model = self.table_model
        if model is None or self.selectionModel() is None:
            return []
        return sorted({model.ref(index) for index in self.selectedIndexes()})

    def copy(self) -> None:
        """Put the selected range on the clipboard as tab separated text."""
        model, indexes = self.table_model, self.selectedIndexes()
        if model is not None and indexes:
            QGuiApplication.clipboard().setText(tab_separated(model, indexes))

    def _text(self, cell: Cell) -> str:
        model = self.table_model
        return str(model.data(model.index(cell.row, cell.column)) or "") if model else ""

    def _metrics(self) -> table_layout.Metrics:
        measured = QFontMetricsF(self.font())
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere

        def height(text: str, width: float) -> float:
            if "\n" not in text and measured.horizontalAdvance(text) <= width:
                return measured.height()
            return measured.boundingRect(QRectF(0, 0, width, 1e6), int(flags), text).height()

        return table_layout.Metrics(
            measured.horizontalAdvance("字"),
            measured.height(),
            measured.horizontalAdvance,
            height,
            HORIZONTAL_PADDING,
            VERTICAL_PADDING,
        )

    @Slot(QModelIndex, QModelIndex)
    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Let a row grow with a text that was typed into it."""
        model = self.table_model
        if model is None or first.row() != last.row() or not self._widths:
            return
        cell = model.table.at(first.row(), first.column())
        if cell is None or cell.row_span > 1:
            return
        wanted = table_layout.cell_height(cell, self._metrics(), self._widths, self._text(cell))
        if wanted > self.rowHeight(cell.row):
            self.setRowHeight(cell.row, int(wanted) + 1)

    def _move_current(self, rows: int, columns: int) -> None:
        """Go on from the current cell, past what a merged cell covers."""
        model, index = self.table_model, self.currentIndex()
        cell = model.table.at(index.row(), index.column()) if model and index.isValid() else None
        if model is None or cell is None:
            return
        row = cell.row + (cell.row_span if rows > 0 else rows)
        column = cell.column + (cell.column_span if columns > 0 else columns)
        target = model.index(row if rows else index.row(), column if columns else index.column())
        if target.isValid():
            self.setCurrentIndex(model.index_of(model.ref(target)))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go one cell down after Enter, as spreadsheets do."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._move_current(1, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that Qt's table leaves alone; all others are Qt's, input methods too."""
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_current(-1 if back else 1, 0)
        elif event.key() == Qt.Key.Key_Delete:
            self.clear_requested.emit()
        else:
            self._refuse_typing(event)
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Say why a label does not open."""
        super().mouseDoubleClickEvent(event)  # type: ignore[arg-type]  # the event is Qt's own
        self._refuse()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay_out()
        self._keep_current_in_view()

    def edit(self, *arguments: Any) -> Any:
        """Open a cell; F2 and a double click keep its text, with the cursor at the end."""
        opened = super().edit(*arguments)
        triggers = QAbstractItemView.EditTrigger
        keeps = (triggers.EditKeyPressed, triggers.DoubleClicked)
        editor = self.indexWidget(self.currentIndex())
        if len(arguments) > 1 and arguments[1] in keeps and isinstance(editor, QLineEdit):
            editor.deselect()
            editor.end(False)
        return opened

    def _keep_current_in_view(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which cell is the current one."""
        super().currentChanged(current, previous)
        self.current_position = (current.row(), current.column())
        self.current_cell_changed.emit(self.current_ref)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that the selection is another one."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def _refuse_typing(self, event: QKeyEvent) -> None:
        typed = event.text() if not event.modifiers() else ""
        if (typed and typed.isprintable()) or event.key() == Qt.Key.Key_F2:
            self._refuse()

    def _refuse(self) -> None:
        model, index = self.table_model, self.currentIndex()
        if model and index.isValid() and not model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.refused.emit(self.tr("这是表头或标签，不能修改；数字单元格可以修改。"))
