"""The relations of a cell as a list, the broken ones first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.rules.model import Outcome
from core.rules.severity import Severity
from gui import icons
from gui.relations import TakesPart

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_ICONS = {Outcome.PASSED: "check", Outcome.INSUFFICIENT: "help"}
_ICON_SIZE = 18


class RelationsModel(QAbstractListModel):
    """Lists what a cell takes part in; each row says its state in words and as an icon."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[TakesPart, ...] = ()

    @property
    def shown(self) -> tuple[TakesPart, ...]:
        """What is listed."""
        return self._shown

    def show(self, relations: Sequence[TakesPart]) -> None:
        """List other relations."""
        if tuple(relations) == self._shown:
            return
        self.beginResetModel()
        self._shown = tuple(relations)
        self.endResetModel()

    def relation(self, index: Index) -> TakesPart | None:
        """Return the relation at an index, None for no index."""
        return self._shown[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many relations there are; a relation has no children."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return a relation's text, and its state as an icon."""
        relation = self.relation(index)
        if relation is None:
            return None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return relation.text
        if role == Role.DecorationRole:
            if relation.outcome is Outcome.FOUND:
                return icons.severity_pixmap(Severity.ERROR, _ICON_SIZE, 1.0)
            return icons.icon(_ICONS[relation.outcome])
        if role == Role.ToolTipRole:
            return relation.rule or None
        return None
