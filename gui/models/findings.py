"""What the last check found as a list, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
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

from core.rules.severity import Severity
from gui import causes, naming
from gui.causes import Cause, State
from gui.controller import SessionController
from gui.equation import Line, equation_of_finding, plain_text
from gui.finding_filter import EVERYTHING, FindingFilter, Kind
from gui.navigation import Position, in_report_order

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_WORST_FIRST = list(Severity)
_OPEN_FIRST = list(State)


class FindingsModel(QAbstractListModel):
    """Lists open causes by severity, inside it in the order of the report; then the others.

    Signals:
        about_to_relist: The same report was checked again; a view may note its place.
        relisted: The list was made anew, and the view has lost its place.
    """

    about_to_relist = Signal()
    relisted = Signal()

    def __init__(self, controller: SessionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.filter = EVERYTHING
        self._ordered: list[tuple[Position, Cause]] = []
        self._causes: list[Cause] = []
        self._equations: dict[int, tuple[Line, ...]] = {}
        controller.session_shown.connect(self._relist)
        controller.session_closed.connect(self._relist)
        controller.checked.connect(self._on_checked)

    @property
    def ordered(self) -> list[tuple[Position, Cause]]:
        """What is listed and open in the order of the report, in which F8 walks."""
        return [(position, cause) for position, cause in self._ordered if cause.is_open]

    @property
    def rule(self) -> str | None:
        """The only rule whose findings are listed, None for all."""
        return self.filter.rule

    @property
    def rule_counts(self) -> Mapping[str, int]:
        """How many causes each rule takes part in, by id, in the order of the catalogue."""
        counts = Counter(rule for cause in self._controller.causes for rule in cause.rule_ids)
        return dict(sorted(counts.items()))

    @property
    def table_names(self) -> Mapping[str, str]:
        """What the tables with causes are called, with the counts; "" is the prose."""
        session = self._controller.session
        if session is None:
            return {}
        counts = Counter(cause.table or "" for cause in self._controller.causes)
        order = ["", *session.document.tables]
        names = {t: naming.table_title(session.document, session.match, t) for t in order if t}
        return {t: f"{names.get(t, '正文')} {counts[t]}" for t in order if counts[t]}

    def show_only_table(self, table: str | None) -> None:
        """List what was found in one table, "" for the prose, or with None in all."""
        self.show_filtered(replace(self.filter, table=table))

    def show_only(self, kind: Kind) -> None:
        """List one severity or state, or with None all."""
        self.show_filtered(replace(self.filter, kind=kind))

    def show_filtered(self, wanted: FindingFilter) -> None:
        """List what passes a filter."""
        self.filter = wanted
        self._relist()

    def show_only_rule(self, rule: str | None) -> None:
        """List what one rule has found, or with None what all have."""
        self.show_filtered(replace(self.filter, rule=rule))

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
        # Asked for a dozen times while a card is laid out and drawn.
        if id(cause) not in self._equations:
            session, marks = self._controller.present, self._controller.highlights.marks
            self._equations[id(cause)] = tuple(
                line
                for finding in cause.findings
                for line in equation_of_finding(session, finding, marks)
            )
        return self._equations[id(cause)]

    def _is_listed(self, cause: Cause) -> bool:
        kind, rule, table = self.filter.kind, self.filter.rule, self.filter.table
        if rule is not None and rule not in cause.rule_ids:
            return False
        if table is not None and table != (cause.table or ""):
            return False
        if isinstance(kind, State):
            return cause.state is kind
        return kind is None or (cause.is_open and cause.severity is kind)

    @Slot()
    def _on_checked(self) -> None:
        self.about_to_relist.emit()
        self._relist()

    @Slot()
    def _relist(self) -> None:
        self.beginResetModel()
        self._equations.clear()
        shown = [cause for cause in self._controller.causes if self._is_listed(cause)]
        self._ordered = []
        if self._controller.session:
            document = self._controller.session.document
            self._ordered = in_report_order(document, self._controller.highlights, shown)
        self._causes = [cause for _, cause in self._ordered]
        self._causes.sort(key=_weight)
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
            word = naming.state_word(cause.explanation) or naming.SEVERITY_WORDS[cause.severity]
            return f"{word}，{self.title(cause)}，{cause.rules}"
        messages = [finding.message for finding in cause.findings]
        said = [cause.explanation.text] if cause.explanation else []
        return "\n".join(filter(None, (plain_text(self.equations(cause)), *messages, *said)))


def _weight(cause: Cause) -> tuple[int, int]:
    return _OPEN_FIRST.index(cause.state), _WORST_FIRST.index(cause.severity)
