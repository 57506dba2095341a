"""The row of chips that choose what the list of findings shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QWidget

from core.rules.severity import Severity
from gui import naming
from gui.causes import Cause, State, count_by_severity, count_by_state
from gui.finding_filter import FindingFilter, Kind
from gui.views.filter_button import FilterButton
from gui.views.flow import FlowRow

_WORDS: Mapping[Kind, str] = {
    None: "全部",
    Severity.ERROR: "强制性",
    Severity.WARNING: "待核实",
    Severity.NOTE: "提示",
    State.EXPLAINED: "已说明",
    State.IGNORED: "已忽略",
}


class Chips(FlowRow):
    """A button for all, for each severity and for what is settled, with their numbers.

    Those that would list nothing are hidden.  The last button chooses a rule.

    Signals:
        kind_chosen: The severity or state to list, None for all.
        rule_chosen: The id of the rule to list, None for all.
    """

    kind_chosen = Signal(object)
    rule_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(6, parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[Kind, QPushButton] = {}
        for kind in _WORDS:
            button = QPushButton()
            button.setObjectName("chip")
            button.setCheckable(True)
            self._group.addButton(button)
            self._buttons[kind] = button
            self.add(button)
        self._buttons[None].setChecked(True)
        self._group.buttonClicked.connect(self._on_clicked)
        self._rule: str | None = None
        self._rule_counts: Mapping[str, int] = {}
        self._menu = QMenu(self)
        self.rule_button = QPushButton()
        self.rule_button.setObjectName("chip")
        self.rule_button.setCheckable(True)
        self.rule_button.clicked.connect(self._on_rule_clicked)
        self.add(self.rule_button)
        self.tables = FilterButton(self.tr("按表筛选"), self.tr("全部表格和正文"))
        self.tables.chosen.connect(self.refresh)
        self.add(self.tables)

    def show_counts(
        self, causes: Iterable[Cause], rules: Mapping[str, int], tables: Mapping[str, str]
    ) -> None:
        """Show how many there are of each kind.

        `rules` has the count by rule id, `tables` what each is called by id.
        """
        self.tables.offer(tables)
        listed = tuple(causes)
        counts: dict[Kind, int] = {None: len(listed)}
        counts.update(count_by_severity(listed).items())
        counts.update(count_by_state(listed).items())
        for kind, button in self._buttons.items():
            text = f"{_WORDS[kind]} {counts[kind]}"
            if button.text() != text:
                button.setText(text)
                said = self.tr("只看{0}，{1} 处").format(_WORDS[kind], counts[kind])
                button.setAccessibleName(said)
            button.setHidden(not (kind is None or counts[kind] or button.isChecked()))
        self._rule_counts = rules
        self._name_rule()
        self.refresh()

    def show_filter(self, wanted: FindingFilter) -> None:
        """Show what is listed, and tell nobody."""
        self._buttons[wanted.kind].setChecked(True)
        self._rule = wanted.rule
        self._name_rule()
        self.tables.show_key(wanted.table)

    def _name_rule(self) -> None:
        self.rule_button.setHidden(len(self._rule_counts) < 2 and self._rule is None)
        self.rule_button.setChecked(self._rule is not None)
        self.rule_button.setText(self.tr("{0} ▾").format(self._rule or self.tr("按规则筛选")))
        self.rule_button.setAccessibleName(self.tr("按规则筛选"))

    @Slot(object)
    def _on_clicked(self, clicked: QPushButton) -> None:
        for kind, button in self._buttons.items():
            if button is clicked:
                self.kind_chosen.emit(kind)

    @Slot()
    def _on_rule_clicked(self) -> None:
        self._name_rule()
        self.fill_menu().popup(self.rule_button.mapToGlobal(QPoint(0, self.rule_button.height())))

    def fill_menu(self) -> QMenu:
        """Return the menu of rules with their counts as they are now."""
        self._menu.clear()
        for rule in (None, *self._rule_counts):
            if rule is None:
                text = self.tr("全部规则")
            else:
                text = f"{rule}　{naming.rule_title(rule)}　{self._rule_counts[rule]}"
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(rule == self._rule)
            action.triggered.connect(partial(self._choose_rule, rule))
        return self._menu

    def _choose_rule(self, rule: str | None) -> None:
        self._rule = rule
        self._name_rule()
        self.refresh()
        self.rule_chosen.emit(rule)
