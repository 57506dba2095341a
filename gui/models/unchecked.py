"""What could not be checked as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.unchecked import Unchecked

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class UncheckedModel(QAbstractListModel):
    """Each row says what was not checked, where, and why."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Unchecked, ...] = ()

    def show(self, shown: Sequence[Unchecked]) -> None:
        """List other things; the same ones stay as they are."""
        if tuple(shown) != self._shown:
            self.beginResetModel()
            self._shown = tuple(shown)
            self.endResetModel()

    def unchecked(self, index: Index) -> Unchecked | None:
        """Return what stands at an index, None for no index."""
        return self._shown[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many there are; none has children."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return title, place and reason, line by line."""
        each = self.unchecked(index)
        if each is None or role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        return "\n".join(filter(None, (f"未能检查：{each.title}", each.place, each.reason)))
