"""What the last check found as a list, the worst first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)

from core.rules.model import Severity
from gui import causes, naming
from gui.causes import Cause
from gui.controller import SessionController
from gui.equation import Line, equation_of, plain_text
from gui.navigation import Position, in_report_order

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_WORST_FIRST = list(Severity)


class FindingsModel(QAbstractListModel):
    """Lists causes by severity, inside it in the order of the report.

    Signals:
        relisted: The list was made anew, and the view has lost its place.
    """

    relisted = Signal()

    def __init__(self, controller: SessionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._severity: Severity | None = None
        self._ordered: list[tuple[Position, Cause]] = []
        self._causes: list[Cause] = []
        controller.session_opened.connect(self._on_checked)
        controller.session_closed.connect(self._on_checked)
        controller.checked.connect(self._on_checked)

    @property
    def ordered(self) -> list[tuple[Position, Cause]]:
        """What is listed in the order of the report, in which F8 walks."""
        return self._ordered

    @property
    def severity(self) -> Severity | None:
        """The only severity that is listed, None for all."""
        return self._severity

    def show_only(self, severity: Severity | None) -> None:
        """List one severity, or with None all."""
        self._severity = severity
        self._on_checked()

    def cause(self, index: Index) -> Cause | None:
        """Return the cause at an index, None for no index."""
        return self._causes[index.row()] if index.isValid() else None

    def index_of(self, cause: Cause | None) -> QModelIndex:
        """Return where a cause is listed, an invalid index if it is not."""
        for row, listed in enumerate(self._causes):
            if listed is cause:
                return self.index(row)
        return QModelIndex()

    def title(self, cause: Cause) -> str:
        """Return what a card is called."""
        return causes.title(cause, self._controller.present)

    def equations(self, cause: Cause) -> tuple[Line, ...]:
        """Return the broken relations of a cause with the present numbers."""
        session, marks = self._controller.present, self._controller.highlights.marks
        relations = (finding.found.relation for finding in cause.findings)
        return tuple(
            line
            for relation in relations
            if relation is not None
            for line in equation_of(session, relation, marks)
        )

    @Slot()
    def _on_checked(self) -> None:
        self.beginResetModel()
        shown = [c for c in self._controller.causes if self._severity in (None, c.severity)]
        self._ordered = []
        if self._controller.session:
            document = self._controller.session.document
            self._ordered = in_report_order(document, self._controller.highlights, shown)
        self._causes = [cause for _, cause in self._ordered]
        self._causes.sort(key=lambda cause: _WORST_FIRST.index(cause.severity))
        self.endResetModel()
        self.relisted.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many causes are listed; a cause has no children."""
        return 0 if parent.isValid() else len(self._causes)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return a cause's title, and everything about it for a screen reader."""
        if role not in (Role.DisplayRole, Role.AccessibleTextRole, Role.AccessibleDescriptionRole):
            return None
        cause = self.cause(index)
        if cause is None:
            return None
        if role == Role.DisplayRole:
            return self.title(cause)
        if role == Role.AccessibleTextRole:
            return f"{naming.SEVERITY_WORDS[cause.severity]}，{self.title(cause)}，{cause.rules}"
        messages = [finding.message for finding in cause.findings]
        return "\n".join(filter(None, (plain_text(self.equations(cause)), *messages)))
