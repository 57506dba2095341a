"""The reports of a folder as a table: every file has its row from the beginning.

The order is the model's own: to sort two thousand rows in Python takes no longer than
to ask Python twenty thousand times which of two stands first, as a proxy does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from core.batch_row import Row
from core.batch_view import Wanted, is_wanted, need_of, state_of
from core.rules.two_years import agency_key
from gui import icons, theme
from gui.folder import words

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class Column(IntEnum):
    """What stands in which column."""

    STATE = 0
    AGENCY = 1
    YEAR = 2
    EDITION = 3
    CONFIDENCE = 4
    ERRORS = 5
    WARNINGS = 6
    OPEN = 7
    FILE = 8


_HEADERS = {
    Column.STATE: ("状态", "按需要处理的程度排列"),
    Column.AGENCY: ("机关", "报告写明的机关"),
    Column.YEAR: ("年度", "报告的年度"),
    Column.EDITION: ("版式", "表格是哪一版格式"),
    Column.CONFIDENCE: ("识别把握", "表格的单元格认得有多准"),
    Column.ERRORS: ("强制性错误", "强制性错误的处数"),
    Column.WARNINGS: ("待核实", "待核实的处数"),
    Column.OPEN: ("未说明", "还没有出错说明的强制性错误和待核实"),
    Column.FILE: ("文件", "文件夹中的文件；没有读取的，写明原因"),
}
_NUMBERS = (Column.ERRORS, Column.WARNINGS, Column.OPEN)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_TEXTS: Mapping[Column, Callable[[Row], str]] = {
    Column.AGENCY: lambda row: row.agency or ("" if row.error else "（没有写明）"),
    Column.YEAR: lambda row: str(row.year or ""),
    Column.EDITION: words.edition_text,
    Column.CONFIDENCE: words.confidence_text,
    Column.ERRORS: lambda row: "" if row.error else str(row.errors),
    Column.WARNINGS: lambda row: "" if row.error else str(row.warnings),
    Column.OPEN: lambda row: "" if row.error else str(row.open),
}
_KEYS: Mapping[Column, Callable[[Row], Any]] = {
    Column.AGENCY: lambda row: (not row.agency, agency_key(row.agency)),
    Column.YEAR: lambda row: row.year or 0,
    Column.EDITION: words.edition_text,
    Column.CONFIDENCE: words.confidence_text,
    Column.ERRORS: lambda row: row.errors,
    Column.WARNINGS: lambda row: row.warnings,
    Column.OPEN: lambda row: row.open,
    Column.FILE: lambda row: row.file,
}


class ReportsModel(QAbstractTableModel):
    """Lists files, those that need most work first, those that still wait last.

    Signals:
        about_to_relist: Rows will come, go or move; a view may note its place.
        relisted: They have.
    """

    about_to_relist = Signal()
    relisted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[str, ...] = ()
        self._rows: dict[str, Row] = {}
        self._needs: dict[str, Any] = {}
        self._shown: list[str] = []
        self._places: dict[str, int] = {}
        self._wanted = Wanted()
        # Looking for a text takes a while; of each report it is done once.
        self._hits: dict[str, bool] = {}
        self._column, self._is_descending = Column.STATE, False

    @property
    def rows(self) -> list[Row]:
        """What has ended, in name order."""
        return [self._rows[file] for file in self._files if file in self._rows]

    @property
    def count(self) -> int:
        """How many files there are, whatever is listed."""
        return len(self._files)

    @property
    def rule_counts(self) -> Mapping[str, int]:
        """In how many reports each rule has found something, by id."""
        counts = Counter(rule for row in self._rows.values() for rule in row.rules)
        return dict(sorted(counts.items()))

    def show(self, files: Iterable[str]) -> None:
        """List other files, of which nothing is known yet."""
        self.beginResetModel()
        self._files = tuple(files)
        self._rows, self._needs, self._hits = {}, {}, {}
        self._put(self._ordered())
        self.endResetModel()

    def take(self, rows: Sequence[Row]) -> None:
        """Take what has ended; what is not among the files is left out."""
        known = frozenset(self._files) if rows else frozenset()
        rows = [row for row in rows if row.file in known]
        for row in rows:
            self._rows[row.file], self._needs[row.file] = row, need_of(row)
            self._hits.pop(row.file, None)
        self._relist()
        for row in rows:
            if (place := self._places.get(row.file)) is not None:
                last = self.index(place, Column.FILE)
                self.dataChanged.emit(self.index(place, Column.STATE), last)

    def want(self, wanted: Wanted) -> None:
        """List only what is looked for."""
        if wanted != self._wanted:
            self._wanted, self._hits = wanted, {}
            self._relist()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """List by a column; by the state is by what needs most work."""
        self._column = Column(column)
        self._is_descending = order is Qt.SortOrder.DescendingOrder
        self._relist()

    def file(self, index: Index) -> str:
        """Return the file at an index, empty for no index."""
        return self._shown[index.row()] if index.isValid() else ""

    def row(self, index: Index) -> Row | None:
        """Return what has become of the file at an index, None while it waits."""
        return self._rows.get(self.file(index))

    def index_of(self, file: str) -> QModelIndex:
        """Return where a file is listed, an invalid index if it is not."""
        place = self._places.get(file)
        return QModelIndex() if place is None else self.index(place, Column.STATE)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many are listed; none has children."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Return what a column is called, and what stands in it."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        name, about = _HEADERS[Column(section)]
        if role == Role.TextAlignmentRole and section in _NUMBERS:
            return _RIGHT
        return {Role.DisplayRole: name, Role.ToolTipRole: about}.get(Role(role))

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return a text, the shape of a state, or what a screen reader says."""
        if not index.isValid():
            return None
        column, file = Column(index.column()), self.file(index)
        row = self._rows.get(file)
        if role == Role.DisplayRole:
            return _text(column, file, row)
        if role == Role.DecorationRole and column is Column.STATE:
            return _icon(row)
        if role == Role.TextAlignmentRole and column in _NUMBERS:
            return _RIGHT
        if role == Role.AccessibleTextRole:
            return f"{_HEADERS[column][0]}：{_text(column, file, row) or '无'}"
        if role == Role.ToolTipRole:
            return _tip(column, file, row)
        return None

    def _relist(self) -> None:
        shown = self._ordered()
        if shown == self._shown:
            return
        self.about_to_relist.emit()
        if len(shown) == len(self._shown) and set(shown) == self._places.keys():
            self._move(shown)
        else:
            self.beginResetModel()
            self._put(shown)
            self.endResetModel()
        self.relisted.emit()

    def _move(self, shown: list[str]) -> None:
        """Put the same files in another order, so that what is chosen stays chosen."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        files = [(self._shown[index.row()], index.column()) for index in before]
        self._put(shown)
        after = [self.index(self._places[file], column) for file, column in files]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _put(self, shown: list[str]) -> None:
        self._shown = shown
        self._places = {file: place for place, file in enumerate(shown)}

    def _ordered(self) -> list[str]:
        ended = [row for row in self.rows if self._is_wanted(row)]
        ended.sort(key=lambda row: self._needs[row.file])
        if self._column is not Column.STATE:
            ended.sort(key=_KEYS[self._column])
        if self._is_descending:
            ended.reverse()
        waiting = [file for file in self._files if file not in self._rows]
        return [*(row.file for row in ended), *filter(self._may_be_wanted, waiting)]

    def _is_wanted(self, row: Row) -> bool:
        if row.file not in self._hits:
            self._hits[row.file] = is_wanted(row, self._wanted)
        return self._hits[row.file]

    def _may_be_wanted(self, file: str) -> bool:
        """Return whether a file that waits is listed: nothing but its name is known."""
        text = "".join(self._wanted.text.split()).casefold()
        return not (self._wanted.rule or self._wanted.severity) and text in file.casefold()


def _text(column: Column, file: str, row: Row | None) -> str:
    if column is Column.STATE:
        return words.state_text(row)
    if column is Column.FILE:
        return f"{file}：{row.error}" if row and row.error else file
    return _TEXTS[column](row) if row else ""


def _icon(row: Row | None) -> Any:
    if row is None:
        return icons.icon("recheck", theme.current().faint)
    state, colors = state_of(row), theme.current()
    marks = {
        "error": colors.error.mark,
        "warning": colors.warning.mark,
        "note": colors.note.mark,
        "check": colors.good,
    }
    name = words.STATE_ICONS[state]
    return icons.icon(name, marks.get(name, colors.text))


def _tip(column: Column, file: str, row: Row | None) -> str | None:
    if column is Column.FILE:
        return _text(column, file, row)
    if row is None:
        return None
    if column is Column.CONFIDENCE:
        return words.ABOUT_CONFIDENCES.get(row.confidence)
    if column is Column.AGENCY:
        return row.title or None
    return row.error or None
