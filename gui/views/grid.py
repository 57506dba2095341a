"""The grid: one table with its merged cells, edited as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QWidget,
)

from core.document import CellRef
from gui.cell_range import cells_in
from gui.clipboard import mime_data
from gui.models.table import Index, TableModel
from gui.views.cell_delegate import CellDelegate
from gui.views.cell_editor import CellTextEditor, Way
from gui.views.frozen_view import FrozenTableView
from gui.views.grid_keys import take_key
from gui.views.grid_selection import GridSelection
from gui.views.grid_sizes import GridSizes

_Trigger = QAbstractItemView.EditTrigger


class GridView(FrozenTableView):
    """Shows a `TableModel` and takes keys and mouse as spreadsheets do.

    Signals:
        current_cell_changed: The address of the current cell, or None.
        selection_changed: The selection is another one.
        clear_requested: The user wants the selected cells empty.
        cut_requested: The user wants them on the clipboard and empty.
        paste_requested: The user wants what is on the clipboard in them.
        zoom_requested: A number of steps up or down.
        refused: A sentence that says why something was not done.
        restructured: The table has got or lost a row or cell; none is the current one.
    """

    current_cell_changed = Signal(object)
    selection_changed = Signal()
    clear_requested = Signal()
    cut_requested = Signal()
    paste_requested = Signal()
    zoom_requested = Signal(int)
    refused = Signal(str)
    restructured = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
            _Trigger.DoubleClicked | _Trigger.EditKeyPressed | _Trigger.AnyKeyPressed
        )
        self.ways = GridSelection(self)
        self._sizes = GridSizes(self)

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

    @property
    def cell_editor(self) -> CellTextEditor | None:
        """The editor that is open on the current cell, None where none is."""
        index = self.currentIndex()
        editor = self.indexWidget(index) if index.isValid() else None
        return editor if isinstance(editor, CellTextEditor) else None

    def show_table(self, model: TableModel | None) -> None:
        """Show another table, with its merged cells."""
        before = self.table_model
        self.clearSpans()
        self.frozen.freeze(0, 0)
        self.setModel(model)
        self.ways.forget()
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
        self.frozen.freeze(0, 0)
        model = self.table_model
        if model is None:
            return
        for cell in model.table.cells:
            if cell.row_span > 1 or cell.column_span > 1:
                self.setSpan(cell.row, cell.column, cell.row_span, cell.column_span)
        self.lay_out()
        self.frozen.freeze(*model.frozen_area())

    @Slot()
    def _on_model_reset(self) -> None:
        self._merge_cells()
        self.restructured.emit()

    def set_zoom(self, percent: int) -> None:
        """Show the table larger or smaller; rows and columns follow the font."""
        self._sizes.zoom = percent
        self.lay_out()
        self._keep_current_in_view()

    def set_points(self, points: float) -> None:
        """Show the table in a font of another size at 100 %."""
        if points != self._sizes.points:
            self._sizes.points = points
            self.lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Take the font again that another style sheet has taken away."""
        super().changeEvent(event)
        is_styled = event.type() == QEvent.Type.StyleChange and hasattr(self, "_sizes")
        if is_styled and self.font().pointSizeF() != self._sizes.shown_points:
            self.lay_out()

    def lay_out(self) -> None:
        """Give columns and rows the sizes that their texts need."""
        self._sizes.lay_out()
        self.follow()

    def go_to(self, ref: CellRef) -> None:
        """Make a cell the current one and bring it into view."""
        model = self.table_model
        if model is None:
            return
        self.ways.go((ref.row, ref.column))

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
        self.ways.leave(Way.DOWN)

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
        area = self.ways.area
        if area and (cells := list(cells_in(model.table, area))):
            return [model.table.ref(cell) for cell in cells]
        # A hole can be selected, too.
        return sorted({model.ref(index) for index in self.selectedIndexes()})

    def copy(self) -> bool:
        """Put the selected range on the clipboard, as text and as HTML; return whether it is."""
        model, area = self.table_model, self.ways.area
        if model is None:
            return False
        if area is None:
            if self.selected_positions():
                self.refused.emit(self.tr("选中的不是一个连续区域，没有复制。请只选一个区域。"))
            return False
        data = mime_data(model.table, area, lambda cell: model.text(model.table.ref(cell)))
        QGuiApplication.clipboard().setMimeData(data)
        return True

    def edit_anew(self) -> None:
        """Open the current cell with nothing in it, as Backspace does."""
        self._refuse()
        if self.edit(self.currentIndex(), _Trigger.AnyKeyPressed, None) and self.cell_editor:
            self.cell_editor.clear()

    @Slot(QModelIndex, QModelIndex)
    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Let a row grow with a text that was typed into it."""
        if first.row() == last.row():
            self._sizes.grow_row(first.row(), first.column())
        self.follow()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on from a cell whose text was taken, as spreadsheets do."""
        super().closeEditor(editor, hint)
        if isinstance(editor, CellTextEditor) and editor.way is not None:
            self.ways.leave(editor.way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that Qt's table leaves alone; all others are Qt's, input methods too."""
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif take_key(self, event):
            event.accept()
        else:
            self._refuse_typing(event)
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Search nothing: typing on a label leads nowhere."""

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Keep Tab for the cells; F6 leaves the grid."""
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a range, or with Shift end it here."""
        index = self.indexAt(event.position().toPoint())
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        is_left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.RightButton:
            # A menu on a range is about the range.
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.ways.go((index.row(), index.column()))
            return
        if is_left and shift and index.isValid() and self.currentIndex().isValid():
            self.ways.stretch_to((index.row(), index.column()))
            return
        self.ways.forget()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stretch the range to the cell under the pointer; nothing is ever moved by dragging."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        edge = self.viewport().rect()
        at = event.position().toPoint()
        # Beyond the edge the view scrolls along.
        point = QPoint(
            min(max(at.x(), edge.left()), edge.right()),
            min(max(at.y(), edge.top()), edge.bottom()),
        )
        index = self.indexAt(point)
        if index.isValid() and self.currentIndex().isValid():
            self.ways.stretch_to((index.row(), index.column()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Say why a label does not open."""
        super().mouseDoubleClickEvent(event)
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
        self.follow()

    def edit(self, *arguments: Any) -> Any:
        """Open a cell; F2 and a double click keep its text, with the cursor at the end."""
        if arguments and arguments[0].isValid() and len(arguments) != 2:
            self.uncover(arguments[0])
        opened = super().edit(*arguments)
        trigger = arguments[1] if len(arguments) > 1 else None
        if (editor := self.cell_editor) is not None and not editor.is_opened:
            editor.is_opened = True
            editor.is_typed_over = trigger == _Trigger.AnyKeyPressed
            if trigger != _Trigger.AnyKeyPressed:
                editor.move_to_end()
        return opened

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Say why a label does not open; what is composed for a value goes to its editor."""
        if event.preeditString() or event.commitString():
            self._refuse()
        super().inputMethodEvent(event)

    def _keep_current_in_view(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which cell is the current one."""
        super().currentChanged(current, previous)
        self.current_position = (current.row(), current.column())
        editable = bool(current.isValid() and current.flags() & Qt.ItemFlag.ItemIsEditable)
        # No candidates are offered where nothing can be typed.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, editable)
        self.current_cell_changed.emit(self.current_ref)
        self.follow()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that the selection is another one."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()
        self.frozen.follow()

    def _refuse_typing(self, event: QKeyEvent) -> None:
        typed = event.text() if not event.modifiers() else ""
        if (typed and typed.isprintable()) or event.key() == Qt.Key.Key_F2:
            self._refuse()

    def _refuse(self) -> None:
        model, index = self.table_model, self.currentIndex()
        if model and index.isValid() and not model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.refused.emit(self.tr("这是表头或标签，不能修改；数字单元格可以修改。"))
