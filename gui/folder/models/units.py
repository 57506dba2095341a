"""The units of a roll-up, each with a tick that says whether it is added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from core.rules.severity import Severity
from gui import icons, theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_HEADERS = ("计入的单位", "年度", "文件", "请留意")


@dataclass(frozen=True)
class UnitLine:
    """A report that can be added; `remark` says what to know of it, empty for nothing."""

    file: str
    name: str
    year: str
    remark: str = ""


class UnitsModel(QAbstractTableModel):
    """Lists units with their ticks.

    Signals:
        chosen_changed: Other units are added than before.
    """

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.units: tuple[UnitLine, ...] = ()
        self._left_out: set[str] = set()

    @property
    def chosen(self) -> frozenset[str]:
        """The files of the units that are added."""
        return frozenset(unit.file for unit in self.units if unit.file not in self._left_out)

    def show(self, units: Sequence[UnitLine]) -> None:
        """List other units; a tick that was taken away stays away."""
        self.beginResetModel()
        self.units = tuple(units)
        self.endResetModel()
        self.chosen_changed.emit()

    def choose(self, files: Iterable[str]) -> None:
        """Add these units and no others."""
        wanted = frozenset(files)
        self._left_out = {unit.file for unit in self.units if unit.file not in wanted}
        if self.units:
            last = self.index(len(self.units) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Role.CheckStateRole])
        self.chosen_changed.emit()

    def unit(self, index: Index) -> UnitLine | None:
        """Return the unit at an index, None for no index."""
        return self.units[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many units there are; none has children."""
        return 0 if parent.isValid() else len(self.units)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Return what a column is called."""
        is_header = orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole
        return _HEADERS[section] if is_header and section < len(_HEADERS) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that the first column has a tick."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return a text, the tick, or the shape of a unit that should be looked at."""
        unit = self.unit(index)
        if unit is None:
            return None
        column = index.column()
        text = (unit.name, unit.year, unit.file, unit.remark)[column]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return text
        if role == Role.CheckStateRole and column == 0:
            is_out = unit.file in self._left_out
            return Qt.CheckState.Unchecked if is_out else Qt.CheckState.Checked
        if role == Role.DecorationRole and column == len(_HEADERS) - 1 and unit.remark:
            return icons.icon(Severity.WARNING.value, theme.current().warning.mark)
        if role == Role.AccessibleTextRole:
            return f"{_HEADERS[column]}：{text or '无'}"
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Set or take away a tick."""
        unit = self.unit(index)
        if unit is None or role != Role.CheckStateRole or index.column() != 0:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._left_out.discard(unit.file)
        else:
            self._left_out.add(unit.file)
        self.dataChanged.emit(index, index, [role])
        self.chosen_changed.emit()
        return True
