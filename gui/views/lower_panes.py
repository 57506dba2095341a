"""Below the grid: what the report says about a table, and where the current cell stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from core.document import CellRef
from core.rules.model import Span
from gui import naming, prose
from gui.controller import SessionController
from gui.statements import Statements
from gui.views.prose_pane import ProsePane
from gui.views.source_pane import SourcePane

if TYPE_CHECKING:
    from core.rules.ties import Tie

_PROSE_SHARE, _SOURCE_SHARE = 58, 42


class LowerPanes(QSplitter):
    """The prose at the left, the source at the right; both follow the current cell."""

    def __init__(
        self, controller: SessionController, statements: Statements, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._controller, self._statements = controller, statements
        self._table_id = ""
        self._ref: CellRef | None = None
        self._asked: Tie | None = None
        self.setObjectName("lower_panes")
        self.prose = ProsePane(self.tr("与表格有关的原文"), self)
        self.source = SourcePane(controller, self)
        self.addWidget(self.prose)
        self.addWidget(self.source)
        self.setChildrenCollapsible(False)
        self.restore_layout()
        # The prose follows the keyboard, but is not laid out for every cell passed on the way.
        self._timer = QTimer(self, singleShot=True, interval=60)
        self._timer.timeout.connect(self._show_prose)
        controller.cause_chosen.connect(self._on_cause_chosen)
        controller.session_changed.connect(self._timer.start)
        statements.changed.connect(self._timer.start)

    def restore_layout(self) -> None:
        """Give both their first widths."""
        self.setSizes([_PROSE_SHARE * 10, _SOURCE_SHARE * 10])

    def follow(self, table_id: str, ref: CellRef | None) -> None:
        """Show what there is about another cell, in a moment."""
        if (table_id, ref) != (self._table_id, self._ref):
            self._asked = None
        self._table_id, self._ref = table_id, ref
        self.source.show_cell(ref)
        self._timer.start()

    def show_statement(self, tie: Tie) -> None:
        """Bring a statement into view, and give it the keyboard."""
        self._asked = tie
        self._show_prose()
        self.prose.page.go_to(tie)
        self.prose.page.setFocus()

    @Slot()
    def _on_cause_chosen(self) -> None:
        self._asked = None
        self._timer.start()

    @Slot()
    def _show_prose(self) -> None:
        session, ref = self._controller.session, self._ref
        if session is None or self._table_id not in session.document.tables:
            return
        span = self._span()
        passages = prose.about_table(session, self._table_id, span)
        title = naming.table_title(session.document, session.match, self._table_id)
        number = session.text(ref) if ref and session.is_editable(ref) else ""
        headings = list(dict.fromkeys(passage.section.heading for passage in passages))
        subject = " · ".join([*headings, self.tr("与{0}有关的文字").format(title)])
        self.prose.show_passages(subject, passages, number, span, self._statements.ties)

    def _span(self) -> Span | None:
        if self._asked is not None:
            said = self._asked.span
            return Span(said.section, said.paragraph, said.start, said.end)
        chosen = self._controller.chosen
        return chosen.span if chosen else None
