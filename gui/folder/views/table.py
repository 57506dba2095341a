"""A table that is read and walked through, not edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QHeaderView, QTableView, QWidget

_ROW_PADDING = 12


class PlainTable(QTableView):
    """Whole rows are chosen; Enter or a double click activates one; Tab leads out of it.

    `widths` are the columns' first widths in characters; the last one takes what is left.
    """

    def __init__(
        self,
        name: str,
        model: QAbstractItemModel,
        widths: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("plain_table")
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self._dress_headers()
        character = self.fontMetrics().horizontalAdvance("中")
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width * character)

    def _dress_headers(self) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setAccessibleName("列标题")
        across.setHighlightSections(False)
        across.setStretchLastSection(True)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.setAccessibleName("行标题")
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(self.fontMetrics().height() + _ROW_PADDING)
        down.hide()
        self.setCornerButtonEnabled(False)
        for button in self.findChildren(QAbstractButton):
            button.setAccessibleName("全部单元格")
