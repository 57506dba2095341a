"""The end of the findings: what could not be checked, folded away until it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QListView, QPushButton, QVBoxLayout, QWidget

from gui.models.unchecked import UncheckedModel
from gui.unchecked import Unchecked
from gui.views.wrapped_rows import WrappedRows

_HEIGHT = 190


class UncheckedList(QWidget):
    """A button with the count, and the list that it opens.

    Signals:
        cell_wanted: The first cell (CellRef) that stood in the way of what was chosen.
    """

    cell_wanted = Signal(object)

    def __init__(
        self, reasons: Callable[[], Sequence[Unchecked]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._reasons = reasons
        self._count = 0
        self.model = UncheckedModel(self)
        self.button = QPushButton()
        self.button.setObjectName("link")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._on_toggled)
        self.list = QListView()
        self.list.setObjectName("unchecked")
        self.list.setAccessibleName(self.tr("未能检查的项目"))
        self.list.setModel(self.model)
        self.list.setFixedHeight(_HEIGHT)
        WrappedRows(self.list)
        self.list.hide()
        self.list.clicked.connect(self._on_chosen)
        self.list.activated.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(self.button)
        layout.addWidget(self.list)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how much a check left open, and list it anew if the list is open."""
        self._count = count
        self._name()
        self.setVisible(count > 0)
        self._fill()

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self.list.setVisible(is_open)
        self._name()
        self._fill()

    def _fill(self) -> None:
        """Ask for the reasons only while they are shown: naming every cell takes a while."""
        if self.button.isChecked():
            place = self.list.verticalScrollBar().value()
            self.model.show(self._reasons())
            self.list.verticalScrollBar().setValue(place)

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        each = self.model.unchecked(index)
        if each is not None and each.cells:
            self.cell_wanted.emit(each.cells[0])

    def _name(self) -> None:
        mark = "▾" if self.button.isChecked() else "▸"
        self.button.setText(self.tr("未能检查 {0} 项 {1}").format(self._count, mark))
        self.button.setAccessibleName(self.tr("未能检查 {0} 项").format(self._count))
