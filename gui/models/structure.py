"""The parts of the report as a tree, with what was found in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot

from core.document import Section
from core.rules.severity import Severity
from gui import naming
from gui.causes import Cause, State, count_by_state
from gui.controller import SessionController
from gui.highlights import worse
from gui.saved_state import SavedState

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class NodeKind(Enum):
    """What a line of the tree stands for."""

    GROUP = "group"
    SECTION = "section"
    TABLE = "table"
    LAST_YEAR = "last year"
    CHANGES = "changes"


_WITH_BADGE = (NodeKind.SECTION, NodeKind.TABLE, NodeKind.LAST_YEAR)
# What these say follows from the session, and is asked for when shown.
_LIVE = (NodeKind.LAST_YEAR, NodeKind.CHANGES)


@dataclass(eq=False)
class Node:
    """A line of the tree; `section` is an index into the document's sections."""

    kind: NodeKind
    title: str
    parent: Node | None = None
    section: int = -1
    table_id: str = ""
    children: list[Node] = field(default_factory=list)

    def add(self, child: Node) -> Node:
        """Append a child and return it."""
        child.parent = self
        self.children.append(child)
        return child

    @property
    def row(self) -> int:
        """The place among its siblings."""
        return self.parent.children.index(self) if self.parent else 0


@dataclass(frozen=True, slots=True)
class Badge:
    """How many findings a part has, and the worst; `passed` where all was checked and holds."""

    count: int = 0
    worst: Severity | None = None
    passed: bool = False


class StructureModel(QAbstractItemModel):
    """The report's sections with their tables, and below them what was changed."""

    def __init__(self, controller: SessionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._root = Node(NodeKind.GROUP, "")
        # Indexes hold bare pointers: the last tree outlives those that views still have.
        self._last_root = self._root
        self._badges: dict[Node, Badge] = {}
        controller.session_shown.connect(self._on_session_replaced)
        controller.session_closed.connect(self._on_session_replaced)
        controller.checked.connect(self._on_checked)
        controller.last_year_changed.connect(self._on_checked)
        self._on_session_replaced()

    def node(self, index: Index) -> Node:
        """Return the line at an index, the invisible root for none."""
        return index.internalPointer() if index.isValid() else self._root

    def index_of_table(self, table_id: str) -> QModelIndex:
        """Return where a table stands in the tree."""
        return self._find(lambda node: node.table_id == table_id and bool(table_id))

    def index_of_section(self, section: int) -> QModelIndex:
        """Return where a section stands in the tree, by its index in the document."""
        return self._find(lambda n: n.kind is NodeKind.SECTION and n.section == section)

    def badge(self, index: Index) -> Badge:
        """Return what was found in a part of the report."""
        node = self.node(index)
        if node not in self._badges:
            self._badges[node] = self._count(node)
        return self._badges[node]

    def _count(self, node: Node) -> Badge:
        if self._controller.session is None or node.kind not in _WITH_BADGE:
            return Badge()
        if node.kind is NodeKind.LAST_YEAR:
            return Badge(passed=self._controller.session.last_year is not None)
        found = [cause for cause in self._controller.causes if self._belongs(cause, node)]
        causes = [cause for cause in found if cause.is_open]
        if not causes:
            return Badge(passed=not found and self._has_passed(node))
        worst = causes[0].severity
        for cause in causes:
            worst = worse(worst, cause.severity)
        return Badge(len(causes), worst)

    def _find(self, wanted: Any) -> QModelIndex:
        node = next((node for node in _below(self._root) if wanted(node)), None)
        return self.createIndex(node.row, 0, node) if node else QModelIndex()

    def _belongs(self, cause: Cause, node: Node) -> bool:
        if node.kind is NodeKind.TABLE:
            return cause.span is None and cause.table == node.table_id
        section = self._section(node)
        if cause.span:
            return cause.span.section == section.number
        return any(table.id == cause.table for table in section.tables)

    def _has_passed(self, node: Node) -> bool:
        """Return whether relations of a table were checked and none of them was left open."""
        match = self._controller.present.match
        tables = {node.table_id} if node.table_id else {t.id for t in self._section(node).tables}
        names = {match.by_table_id[t].name for t in tables if t in match.by_table_id}
        if not names or len(names) < len(tables):
            return False
        passed = False
        for check in self._controller.result.checks:
            if check.error or any(result.table in tables for result in check.insufficient):
                return False
            relations = (getattr(result, "relation", None) for result in check.results)
            passed = passed or any(r is not None and r.table in names for r in relations)
        return passed

    def _section(self, node: Node) -> Section:
        return self._controller.present.document.sections[node.section]

    @Slot()
    def _on_session_replaced(self) -> None:
        self.beginResetModel()
        self._badges.clear()
        self._last_root, self._root = self._root, self._tree()
        self.endResetModel()

    @Slot(object)
    def _on_checked(self, _result: object) -> None:
        before, self._badges = self._badges, {}
        for node in _below(self._root):
            index = self.createIndex(node.row, 0, node)
            if node.kind in _LIVE or self.badge(index) != before.get(node):
                self.dataChanged.emit(index, index)

    def _tree(self) -> Node:
        root = Node(NodeKind.GROUP, "")
        session = self._controller.session
        if session is None:
            return root
        parts = root.add(Node(NodeKind.GROUP, self.tr("报告结构")))
        for number, section in enumerate(session.document.sections):
            if not section.blocks and not section.heading:
                continue
            title = section.heading or self.tr("标题和开头")
            part = parts.add(Node(NodeKind.SECTION, title, section=number))
            for table in section.tables:
                name = naming.table_title(session.document, session.match, table.id)
                part.add(Node(NodeKind.TABLE, name, section=number, table_id=table.id))
        beside = root.add(Node(NodeKind.GROUP, self.tr("对照")))
        beside.add(Node(NodeKind.LAST_YEAR, ""))
        changes = root.add(Node(NodeKind.GROUP, self.tr("本次修改")))
        changes.add(Node(NodeKind.CHANGES, ""))
        return root

    def _changes_text(self) -> str:
        session = self._controller.session
        count = SavedState.source(session).changes_in(session) if session else 0
        said = count_by_state(self._controller.causes)
        parts = [self.tr("{0} 处修改").format(count)] if count else []
        if explained := said[State.EXPLAINED] + said[State.IGNORED]:
            parts.append(self.tr("{0} 条说明").format(explained))
        return " · ".join(parts) or self.tr("尚无修改")

    def _last_year_text(self) -> str:
        session = self._controller.session
        if session is None or session.last_year is None:
            return self.tr("载入上年年报…")
        year = session.last_year.document.year
        named = self.tr("{0} 年年报").format(year) if year else self.tr("上年年报")
        return self.tr("{0}（已载入）").format(named)

    def _title(self, node: Node) -> str:
        if node.kind is NodeKind.CHANGES:
            return self._changes_text()
        return self._last_year_text() if node.kind is NodeKind.LAST_YEAR else node.title

    def _tip(self, index: Index) -> str | None:
        node = self.node(index)
        session = self._controller.session
        if node.kind in (NodeKind.SECTION, NodeKind.TABLE):
            return f"{self._title(node)}\n{self._badge_text(index)}".strip()
        if node.kind is NodeKind.LAST_YEAR and session and session.last_year:
            document = session.last_year.document
            return f"{document.title or ''}\n{session.last_year.path}".strip()
        return None

    def index(
        self,
        row: int,
        column: int,
        parent: Index = QModelIndex(),  # noqa: B008 - Qt's own default
    ) -> QModelIndex:
        """Return the index of a child."""
        children = self.node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008 - Qt's own default
        """Return the index of the line above."""
        above = self.node(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many children a line has."""
        return len(self.node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return one: the badge is drawn beside the title."""
        return 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return the title, and for a screen reader what was found."""
        if not index.isValid():
            return None
        node = self.node(index)
        title = self._title(node)
        if role == Role.DisplayRole:
            return title
        if role == Role.ToolTipRole:
            return self._tip(index)
        if role == Role.AccessibleTextRole:
            return f"{title}，{self._badge_text(index)}".rstrip("，")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that everything but a group's heading can be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.node(index).kind is NodeKind.GROUP:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _badge_text(self, index: Index) -> str:
        badge = self.badge(index)
        if self.node(index).kind is NodeKind.LAST_YEAR:
            return self.tr("已载入") if badge.passed else ""
        if badge.worst is not None:
            word = naming.SEVERITY_WORDS[badge.worst]
            return self.tr("{0} 处疑点，最重的是{1}").format(badge.count, word)
        return self.tr("已检查，未发现不一致") if badge.passed else ""


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)
