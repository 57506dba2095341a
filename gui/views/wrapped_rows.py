"""Rows of a list or table of texts that are as high as their wrapped lines."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

Index = QModelIndex | QPersistentModelIndex

# What stands beside and above the text: padding of the style sheet, an icon, a scroll bar.
_ASIDE, _ABOVE = 64, 16
# The same for a cell of a table.
_BESIDE, _OVER = 20, 10
_TALLEST = 10_000


class WrappedRows(QStyledItemDelegate):
    """Measures texts at the width that the list has; Qt measures them unwrapped."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        view.setWordWrap(True)
        view.setSpacing(2)
        view.setTextElideMode(Qt.TextElideMode.ElideNone)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setItemDelegate(self)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the width of the list and the height of the text in it."""
        return _wrapped(self._view, self._view.viewport().width() - _ASIDE, index, _ABOVE)


class WrappedCells(QStyledItemDelegate):
    """Measures texts at the width of their columns; Qt forgets the padding of the style sheet."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        view.setWordWrap(True)
        view.setItemDelegate(self)
        # Qt keeps the heights of rows when a column gets another width.
        view.header().sectionResized.connect(view.scheduleDelayedItemsLayout)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the width that Qt wants and the height of the text in its column."""
        measured = super().sizeHint(option, index)
        width = self._view.columnWidth(index.column()) - _BESIDE
        return QSize(measured.width(), _wrapped(self._view, width, index, _OVER).height())


def _wrapped(view: QAbstractItemView, width: int, index: Index, above: int) -> QSize:
    """Return the size of a text, with what stands above and below it."""
    width = max(width, 80)
    room = QRect(0, 0, width, _TALLEST)
    flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
    height = view.fontMetrics().boundingRect(room, flags, str(index.data() or "")).height()
    return QSize(width, height + above)
