"""The panel of findings: headline, what was checked, chips by severity, cards."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.rules.model import Severity
from gui import naming, theme
from gui.causes import count_by_severity
from gui.controller import SessionController, Tally
from gui.models.findings import FindingsModel
from gui.views.card_list import CardList

_CHIP_WORDS = {Severity.ERROR: "强制性", Severity.WARNING: "待核实", Severity.NOTE: "提示"}


class FindingsPanel(QWidget):
    """Says what was checked, what could not be, and what was found, card by card.

    Signals:
        cause_activated: A card was clicked or chosen by keyboard (Cause).
        fix_chosen: A proposed correction that the user wants (Fix).
        cell_focus_requested: The user wants to type into the chosen finding's cell.
        reasons_requested: The user asks what could not be checked.
    """

    cause_activated = Signal(object)
    fix_chosen = Signal(object)
    cell_focus_requested = Signal()
    reasons_requested = Signal()

    def __init__(self, controller: SessionController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.setObjectName("findings_panel")
        self.model = FindingsModel(controller, self)
        self.cards = CardList(self.model, self)
        self._headline = _label("headline")
        self._checked = _label("checked_line")
        self._checked.setTextFormat(Qt.TextFormat.RichText)
        self._checked.linkActivated.connect(self._on_link)
        self._chips = Chips(self)
        self._chips.severity_chosen.connect(self.model.show_only)
        self._nothing = _label("nothing_found")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.cards)
        self._stack.addWidget(self._nothing)
        self._lay_out()
        self.cards.cause_clicked.connect(self.cause_activated)
        self.cards.fix_chosen.connect(self.fix_chosen)
        self.cards.entered_cell.connect(self.cell_focus_requested)
        controller.session_opened.connect(self._on_checked)
        controller.session_closed.connect(self._on_checked)
        controller.checked.connect(self._on_checked)
        controller.cause_chosen.connect(self.cards.show_chosen)
        self.model.relisted.connect(self._on_relisted)
        self._on_checked()

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(14, 12, 14, 8)
        top.setSpacing(6)
        for widget in (self._headline, self._checked, self._chips):
            top.addWidget(widget)
        head = QFrame()
        head.setObjectName("findings_head")
        head.setLayout(top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addLayout(self._stack, 1)

    @Slot()
    def _on_checked(self) -> None:
        counts, tally = count_by_severity(self._controller.causes), self._controller.tally
        self._headline.setText(headline(counts, tally))
        self._checked.setText(checked_line(tally))
        self._chips.show_counts(counts)

    @Slot()
    def _on_relisted(self) -> None:
        self.cards.show_chosen(self._controller.chosen)
        is_empty = self.model.rowCount() == 0
        self._nothing.setText(self._empty_text() if is_empty else "")
        self._stack.setCurrentIndex(1 if is_empty else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme with the colour of the link."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_checked"):
            self._checked.setText(checked_line(self._controller.tally))

    def _empty_text(self) -> str:
        """Return what stands in place of cards: what was checked, never a promise."""
        tally = self._controller.tally
        if self._controller.causes:
            return self.tr("没有这一类疑点。")
        if not tally.checked:
            return self.tr("没有可以检查的勾稽关系。")
        said = self.tr("已检查 {0} 条勾稽关系，未发现不一致。").format(tally.checked)
        if tally.left_open:
            said += self.tr("\n未能检查 {0} 条，原因见上方链接。").format(tally.left_open)
        return said

    @Slot(str)
    def _on_link(self, _target: str) -> None:
        self.reasons_requested.emit()


class Chips(QWidget):
    """One button for each severity, and one for all, with their numbers.

    Signals:
        severity_chosen: The severity to list, None for all.
    """

    severity_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[Severity | None, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for severity in (None, *Severity):
            button = QPushButton()
            button.setObjectName("chip")
            button.setCheckable(True)
            self._group.addButton(button)
            self._buttons[severity] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self._buttons[None].setChecked(True)
        self._group.buttonClicked.connect(self._on_clicked)

    def show_counts(self, counts: Mapping[Severity, int]) -> None:
        """Show how many there are of each severity."""
        self._name(None, self.tr("全部"), sum(counts.values()))
        for severity, word in _CHIP_WORDS.items():
            self._name(severity, word, counts[severity])

    def _name(self, severity: Severity | None, word: str, count: int) -> None:
        button = self._buttons[severity]
        button.setText(f"{word} {count}")
        button.setAccessibleName(self.tr("只看{0}，{1} 处").format(word, count))
        button.setEnabled(severity is None or count > 0 or button.isChecked())

    @Slot(object)
    def _on_clicked(self, clicked: QPushButton) -> None:
        for severity, button in self._buttons.items():
            if button is clicked:
                self.severity_chosen.emit(severity)


def headline(counts: Mapping[Severity, int], tally: Tally) -> str:
    """Return how much of each severity there is; no promise where there is nothing."""
    said = [f"{count} 处{naming.SEVERITY_WORDS[s]}" for s, count in counts.items() if count]
    if said:
        return " · ".join(said)
    return "未发现不一致" if tally.checked else "没有可以检查的关系"


def checked_line(tally: Tally) -> str:
    """Return what was checked and what could not be, as HTML with a link to the reasons."""
    line = f"已检查 {tally.checked} 条关系：通过 {tally.passed}"
    if tally.insufficient:
        line += f"，未能检查 {tally.insufficient}"
    if tally.failed:
        line += f"，{tally.failed} 条检查规则没有运行成功"
    link = f'<a href="reasons" style="color:{theme.current().accent}">查看原因</a>'
    return f"{line}（{link}）" if tally.left_open else line


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
