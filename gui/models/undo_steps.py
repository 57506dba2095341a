"""The steps of an undo stack as a list: the report as opened, then every command."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QUndoStack
from shiboken6 import isValid

from gui import theme
from gui.commands import ApplyEdits

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_OPENED = "打开时的报告"
_PRESENT, _SAVED, _UNDONE = "当前", "已保存", "已撤销"


class UndoStepsModel(QAbstractListModel):
    """Says of each step what it changed, and whether it is the present, saved or undone.

    Row 0 is the report before the first step, so that a row is an index of the stack.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack: QUndoStack | None = None
        self._count = 0

    @property
    def present(self) -> int:
        """The row of the present state."""
        return self._stack.index() if self._stack is not None else 0

    @property
    def steps(self) -> int:
        """How many steps are listed."""
        return self._count

    def follow(self, stack: QUndoStack | None) -> None:
        """List the steps of a stack from now on, all of them anew."""
        self.beginResetModel()
        if self._stack is not stack:
            if self._stack is not None:
                self._stack.indexChanged.disconnect(self._on_changed)
                self._stack.cleanChanged.disconnect(self._on_marked)
            if stack is not None:
                stack.indexChanged.connect(self._on_changed)
                stack.cleanChanged.connect(self._on_marked)
        self._stack, self._count = stack, stack.count() if stack is not None else 0
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many rows there are; none as long as nothing was done."""
        return 0 if parent.isValid() or not self._count else self._count + 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a step changed and its state in words; undone ones are grey, too."""
        if self._stack is None or not index.isValid() or index.row() > self._stack.count():
            return None
        row = index.row()
        if role == Role.DisplayRole:
            return "\n".join(part for part in (self._name(row), self._detail(row)) if part)
        if role == Role.AccessibleTextRole:
            said = self._detail(row).replace(" → ", "改为").replace(" · ", "，")
            return "，".join(part for part in (f"第 {row} 步", self._name(row), said) if part)
        if role == Role.ForegroundRole and row > self.present:
            return QColor(theme.current().muted)
        if role == Role.FontRole and row == self.present:
            bold = QFont()
            bold.setBold(True)
            return bold
        return None

    def _name(self, row: int) -> str:
        if row == 0 or self._stack is None:
            return _OPENED
        command = self._stack.command(row - 1)
        return command.text() if command is not None else ""

    def _detail(self, row: int) -> str:
        return " · ".join(part for part in (self._about(row), *self._states(row)) if part)

    def _about(self, row: int) -> str:
        command = self._stack.command(row - 1) if row and self._stack is not None else None
        about = command.about if isinstance(command, ApplyEdits) else ""
        place, _, change = about.partition("：")
        # The name says the place of what was typed.
        return change if change and place in self._name(row) else about

    def _states(self, row: int) -> list[str]:
        saved = self._stack.cleanIndex() if self._stack is not None else -1
        states = ((_PRESENT, row == self.present), (_SAVED, row == saved and row > 0))
        return [word for word, holds in (*states, (_UNDONE, row > self.present)) if holds]

    @Slot()
    def _on_changed(self) -> None:
        """Take in what was pushed, and what a push after an undo has dropped."""
        if self._stack is not None and not isValid(self._stack):
            # A stack that goes says so in its last moment, when it can be asked nothing more.
            self._stack = None
        count = self._stack.count() if self._stack is not None else 0
        if not (count and self._count):
            self.beginResetModel()
            self._count = count
            self.endResetModel()
        elif count > self._count:
            self.beginInsertRows(QModelIndex(), self._count + 1, count)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count + 1, self._count)
            self._count = count
            self.endRemoveRows()
        self._on_marked()

    @Slot()
    def _on_marked(self) -> None:
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count))
