"""A table of texts that only shows something: findings, pairs, counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.rules.severity import Severity
from gui import icons, theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True)
class Line:
    """One row: its texts, the severity whose shape stands before them, what it is about."""

    texts: tuple[str, ...]
    severity: Severity | None = None
    about: Any = None


class LinesModel(QAbstractTableModel):
    """Shows lines under headers."""

    def __init__(self, headers: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers = tuple(headers)
        self.lines: tuple[Line, ...] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines; the same ones stay as they are."""
        if tuple(lines) != self.lines:
            self.beginResetModel()
            self.lines = tuple(lines)
            self.endResetModel()

    def line(self, index: Index) -> Line | None:
        """Return the line at an index, None for no index."""
        return self.lines[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many lines there are; none has children."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Return what a column is called."""
        is_header = orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole
        return self._headers[section] if is_header and section < len(self._headers) else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return a text, or the shape of the line's severity."""
        line = self.line(index)
        if line is None:
            return None
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return line.texts[index.column()]
        if role == Role.AccessibleTextRole:
            return f"{self._headers[index.column()]}：{line.texts[index.column()] or '无'}"
        if role == Role.DecorationRole and index.column() == 0 and line.severity is not None:
            tone = theme.current().tone(line.severity)
            return icons.icon(line.severity.value, tone.mark)
        return None
