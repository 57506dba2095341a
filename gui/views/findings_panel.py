"""The panel of findings: headline, what was checked, chips, cards, and where one explains."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from core.errors import ReportError
from core.explanations import ExplanationKind
from core.rules.model import Certainty, Fix
from gui import naming
from gui.causes import Cause, count_by_severity, count_by_state
from gui.controller import SessionController
from gui.explaining import Explaining
from gui.finding_filter import EVERYTHING
from gui.models.findings import FindingsModel
from gui.office_settings import OfficeSettings, named
from gui.unchecked import Unchecked, unchecked
from gui.views.card_list import CardList
from gui.views.chips import Chips
from gui.views.explanation_editor import ExplanationEditor
from gui.views.findings_words import checked_line, headline, link
from gui.views.unchecked_list import UncheckedList


class FindingsPanel(QWidget):
    """Says what was checked, what could not be, and what was found, card by card.

    Signals:
        cause_activated: A card was clicked or chosen by keyboard (Cause).
        fix_chosen: A proposed correction that the user wants (Fix).
        cell_focus_requested: The user wants to type into the chosen finding's cell.
        reasons_requested: The user asks what could not be checked.
        settings_requested: The user asks what an office has set.
        cell_requested: A cell (CellRef) that stood in the way of a check.
        said: A sentence for the status bar.
    """

    cause_activated = Signal(object)
    fix_chosen = Signal(object)
    cell_focus_requested = Signal()
    reasons_requested = Signal()
    settings_requested = Signal()
    cell_requested = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        controller: SessionController,
        explaining: Explaining,
        settings: OfficeSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._explaining = explaining
        self._settings = settings
        self.setObjectName("findings_panel")
        self.model = FindingsModel(controller, self)
        self.cards = CardList(self.model, self)
        self.editor = ExplanationEditor(self)
        self.chips = Chips(self)
        self.unchecked = UncheckedList(self._reasons, self)
        self.accept_button = QPushButton()
        self.accept_button.setObjectName("small")
        self._headline = _label("headline")
        self._checked = _link_label("checked_line")
        self._office = _link_label("office_line")
        self._nothing = _label("nothing_found")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.cards)
        self._stack.addWidget(self._nothing)
        self._lay_out()
        self._connect()
        self._on_checked()

    @property
    def mechanical(self) -> list[Fix]:
        """The corrections of writing alone that may be made all at once."""
        fixes = (fix for cause in self._controller.causes if cause.is_open for fix in cause.fixes)
        return [fix for fix in fixes if fix.certainty is Certainty.MECHANICAL and fix.safe]

    @Slot()
    def accept_all(self) -> None:
        """Make all corrections of writing as one undo step; numbers are never among them."""
        fixes = self.mechanical
        texts = {edit.ref: edit.after for fix in fixes for edit in fix.texts}
        if self._controller.set_texts(texts.items(), self.tr("采纳全部书写更正")):
            self.said.emit(self.tr("已采纳 {0} 处书写更正，可以一次撤销").format(len(fixes)))

    def explain_chosen(self, kind: ExplanationKind) -> None:
        """Begin to explain or ignore the chosen card."""
        if cause := self._controller.chosen:
            self._on_explanation_wanted(cause, kind)

    def withdraw_chosen(self) -> None:
        """Take back what was said about the chosen card."""
        if (cause := self._controller.chosen) and not cause.is_open:
            self._on_withdrawal_wanted(cause)

    def _connect(self) -> None:
        self._checked.linkActivated.connect(self._on_link)
        self._office.linkActivated.connect(self._on_office_link)
        self.chips.kind_chosen.connect(self.model.show_only)
        self.chips.rule_chosen.connect(self.model.show_only_rule)
        self.chips.tables.chosen.connect(self.model.show_only_table)
        self.accept_button.clicked.connect(self.accept_all)
        self.unchecked.cell_wanted.connect(self.cell_requested)
        self.cards.cause_clicked.connect(self.cause_activated)
        self.cards.fix_chosen.connect(self.fix_chosen)
        self.cards.entered_cell.connect(self.cell_focus_requested)
        self.cards.explanation_wanted.connect(self._on_explanation_wanted)
        self.cards.withdrawal_wanted.connect(self._on_withdrawal_wanted)
        self.cards.take_over_wanted.connect(self._on_take_over_wanted)
        self.editor.saved.connect(self._on_explanation_written)
        self.editor.left.connect(self.cards.setFocus)
        controller = self._controller
        controller.session_leaving.connect(self._on_session_leaving)
        controller.session_shown.connect(self._on_session_replaced)
        controller.session_closed.connect(self._on_session_replaced)
        controller.checked.connect(self._on_checked)
        controller.office_changed.connect(self._on_checked)
        controller.cause_chosen.connect(self.cards.show_chosen)
        self.model.relisted.connect(self._on_relisted)

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(14, 12, 14, 8)
        top.setSpacing(6)
        for widget in (self._headline, self._checked, self._office, self.chips):
            top.addWidget(widget)
        top.addWidget(self.accept_button, 0, Qt.AlignmentFlag.AlignLeft)
        head = QFrame()
        head.setObjectName("findings_head")
        head.setLayout(top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.unchecked)
        layout.addWidget(self.editor)

    @Slot()
    def _on_session_leaving(self) -> None:
        """Keep what is being written for when the report is shown again."""
        report = self._controller.report
        report.draft = self.editor.draft
        report.place.filter = self.model.filter
        report.place.cards_scrolled = self.cards.verticalScrollBar().value()
        self.editor.leave()

    @Slot()
    def _on_session_replaced(self) -> None:
        shown = self._controller.shown
        if shown is not None and shown.draft is not None:
            self.editor.resume(shown.draft)
        wanted = shown.place.filter if shown is not None else EVERYTHING
        self.chips.show_filter(wanted)
        if wanted != self.model.filter:
            self.model.show_filtered(wanted)
        self._on_checked()
        if shown is not None:
            self.cards.verticalScrollBar().setValue(shown.place.cards_scrolled)

    @Slot()
    def _on_checked(self) -> None:
        causes, tally = self._controller.causes, self._controller.tally
        settled = sum(count_by_state(causes).values()) - sum(count_by_severity(causes).values())
        self._headline.setText(headline(count_by_severity(causes), tally, settled))
        self._checked.setText(checked_line(tally))
        self.chips.show_counts(causes, self.model.rule_counts, self.model.table_names)
        self.unchecked.show_count(tally.left_open)
        count = len(self.mechanical)
        self.accept_button.setText(self.tr("采纳全部书写更正 {0}").format(count))
        self.accept_button.setVisible(count > 0)
        self._show_office()

    def _reasons(self) -> list[Unchecked]:
        return unchecked(self._controller.session, self._controller.result)

    def _show_office(self) -> None:
        self._office.setVisible(self._settings.is_used)
        if self._settings.is_used:
            sentence = named(self._controller.office.settings)
            self._office.setText(
                f"{escape(sentence)}（{link('show', '查看')}，{link('put away', '不再使用')}）"
            )

    @Slot()
    def _on_relisted(self) -> None:
        self.cards.relist(self._controller.chosen)
        is_empty = self.model.rowCount() == 0
        self._nothing.setText(self._empty_text() if is_empty else "")
        self._stack.setCurrentIndex(1 if is_empty else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme with the colour of the link."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_checked"):
            self._checked.setText(checked_line(self._controller.tally))
            self._show_office()

    def _empty_text(self) -> str:
        """Return what stands in place of cards: what was checked, never a promise."""
        tally = self._controller.tally
        if self._controller.causes:
            return self.tr("没有这一类疑点。")
        if not tally.relations.checked:
            return self.tr("没有可以检查的勾稽关系。")
        said = self.tr("已检查 {0} 条勾稽关系，未发现不一致。").format(tally.relations.checked)
        if tally.left_open:
            said += self.tr("\n有 {0} 项未能检查，原因见上方链接。").format(tally.left_open)
        return said

    @Slot(object, object)
    def _on_explanation_wanted(self, cause: Cause, kind: ExplanationKind) -> None:
        self.editor.write(cause, self.model.title(cause), kind, self._explaining.author)

    @Slot(object, object, str, str)
    def _on_explanation_written(
        self, identity: frozenset[object], kind: ExplanationKind, text: str, author: str
    ) -> None:
        """Explain the finding as it is now; the numbers may have changed while one wrote."""
        found = (cause for cause in self._controller.causes if cause.identity & identity)
        cause = next(found, None)
        if cause is None:
            self.said.emit(self.tr("这处疑点已经不存在，说明没有保存"))
            return
        try:
            self._settle(cause, kind, text, author)
        except ReportError as error:
            self.said.emit(str(error))

    def _settle(self, cause: Cause, kind: ExplanationKind, text: str, author: str) -> None:
        was_open = cause.is_open
        if was_open:
            # It goes to the end of the list, and the eye should not have to follow.
            self._controller.choose(None)
        self._explaining.explain(cause, kind, text, author)
        self.editor.leave()
        word = naming.EXPLANATION_WORDS[kind]
        self.said.emit(self.tr("{0}，可以随时撤回").format(word))

    @Slot(object)
    def _on_withdrawal_wanted(self, cause: Cause) -> None:
        self.editor.leave()
        self._explaining.withdraw(cause)
        self.said.emit(self.tr("已撤回，重新列为疑点"))

    @Slot(object)
    def _on_take_over_wanted(self, cause: Cause) -> None:
        self._controller.choose(None)
        self._explaining.take_over(cause)
        self.said.emit(self.tr("已沿用原说明"))

    @Slot(str)
    def _on_link(self, _target: str) -> None:
        self.reasons_requested.emit()

    @Slot(str)
    def _on_office_link(self, target: str) -> None:
        if target == "show":
            self.settings_requested.emit()
        else:
            self._settings.put_away()


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _link_label(name: str) -> QLabel:
    label = _label(name)
    label.setTextFormat(Qt.TextFormat.RichText)
    return label
