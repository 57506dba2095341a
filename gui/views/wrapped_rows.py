"""Rows of a list that are as high as their wrapped lines."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex

# What stands beside and above the text: padding of the style sheet, an icon, a scroll bar.
_ASIDE, _ABOVE = 64, 16
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
        width = max(self._view.viewport().width() - _ASIDE, 80)
        text = str(index.data() or "")
        room = QRect(0, 0, width, _TALLEST)
        flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
        height = self._view.fontMetrics().boundingRect(room, flags, text).height()
        return QSize(width, height + _ABOVE)
