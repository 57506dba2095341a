"""The findings of the last check as a list, the worst first."""

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

from core.rules.model import Finding, Severity
from gui import naming
from gui.controller import SessionController
from gui.equation import Line, equation_of, plain_text
from gui.navigation import Position, in_report_order

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_WORST_FIRST = list(Severity)


class FindingsModel(QAbstractListModel):
    """Lists findings by severity, inside it in the order of the report.

    Signals:
        relisted: The list was made anew, and the view has lost its place.
    """

    relisted = Signal()

    def __init__(self, controller: SessionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._severity: Severity | None = None
        self._ordered: list[tuple[Position, Finding]] = []
        self._findings: list[Finding] = []
        controller.session_opened.connect(self._on_checked)
        controller.session_closed.connect(self._on_checked)
        controller.checked.connect(self._on_checked)

    @property
    def ordered(self) -> list[tuple[Position, Finding]]:
        """The listed findings in the order of the report, in which F8 walks."""
        return self._ordered

    @property
    def severity(self) -> Severity | None:
        """The only severity that is listed, None for all."""
        return self._severity

    def show_only(self, severity: Severity | None) -> None:
        """List one severity, or with None all."""
        self._severity = severity
        self._on_checked()

    def finding(self, index: Index) -> Finding | None:
        """Return the finding at an index, None for no index."""
        return self._findings[index.row()] if index.isValid() else None

    def index_of(self, finding: Finding | None) -> QModelIndex:
        """Return where a finding is listed, an invalid index if it is not."""
        for row, listed in enumerate(self._findings):
            if listed is finding:
                return self.index(row)
        return QModelIndex()

    def equation(self, finding: Finding) -> tuple[Line, ...]:
        """Return a finding's equation with the present numbers, nothing without one."""
        relation = finding.found.relation
        if relation is None:
            return ()
        marks = self._controller.highlights.marks
        return equation_of(self._controller.present, relation, marks)

    @Slot()
    def _on_checked(self) -> None:
        self.beginResetModel()
        shown = [
            finding
            for finding in self._controller.result.findings
            if self._severity in (None, finding.severity)
        ]
        self._ordered = []
        if self._controller.session:
            document = self._controller.session.document
            self._ordered = in_report_order(document, self._controller.highlights, shown)
        self._findings = [finding for _, finding in self._ordered]
        self._findings.sort(key=lambda finding: _WORST_FIRST.index(finding.severity))
        self.endResetModel()
        self.relisted.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many findings are listed; a finding has no children."""
        return 0 if parent.isValid() else len(self._findings)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return a finding's title, and everything about it for a screen reader."""
        if role not in (Role.DisplayRole, Role.AccessibleTextRole, Role.AccessibleDescriptionRole):
            return None
        finding = self.finding(index)
        if finding is None:
            return None
        if role == Role.DisplayRole:
            return naming.finding_title(finding)
        if role == Role.AccessibleTextRole:
            word = naming.SEVERITY_WORDS[finding.severity]
            return f"{word}，{naming.finding_title(finding)}，{finding.rule}"
        return "\n".join(filter(None, (plain_text(self.equation(finding)), finding.message)))
