"""What stands around the grid: menus, the tag beside a finding, equations, unlocked labels."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from core.explanations import ExplanationKind
from gui import naming
from gui.action_spec import EDIT
from gui.actions import ACTIONS, give_icons
from gui.causes import Cause
from gui.finding_text import FindingText
from gui.rule_texts import rule_texts
from gui.views.card_buttons import sure_fix
from gui.views.find_bar import Purpose
from gui.views.information_bar import Kind
from gui.views.smart_tag import SmartTag

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_LONGEST_TITLE = 24

_EVIDENCE = ("show_relations", "show_statement")


class GridTools(QObject):
    """Joins the grid with the menus and with the findings of its current cell."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._controller = window.controller
        self._grid = window.page.grid
        self.finding = FindingText(window.controller, window.page, window.page.find_bar, self)
        self.tag = SmartTag(self._grid)
        self._shows_equations = False

    def connect_panes(self) -> None:
        """Follow the session, the grid and the commands, once the whole window stands."""
        controller, grid, window = self._controller, self._grid, self._window
        self.tag.menu_wanted.connect(self.show_finding_menu)
        window.page.edit_bar.address_clicked.connect(partial(self.finding.open, Purpose.GO_TO))
        grid.customContextMenuRequested.connect(self._on_context_menu)
        grid.current_cell_changed.connect(self._follow)
        controller.checked.connect(self._follow)
        controller.office_changed.connect(self._follow)
        controller.session_shown.connect(self._on_session_replaced)
        controller.session_closed.connect(self._on_session_replaced)
        window.page.table_shown.connect(self._show_equations)
        controller.checked.connect(self._show_equations)
        self.finding.said.connect(window.status.say)
        window.cell_commands.refused.connect(partial(window.bar.say, Kind.WARNING))

    @property
    def causes_here(self) -> tuple[Cause, ...]:
        """The open causes in which the grid's current cell takes part, those that mark it first."""
        ref = self._window.page.current_ref
        if ref is None or self._controller.session is None:
            return ()
        if ref not in self._controller.highlights.marks:
            return ()
        return tuple(c for c in self._controller.causes if c.is_open and ref in c.cells)

    def toggle_labels(self) -> None:
        """Let the names of rows and columns be corrected, or no longer."""
        unlocked = self._window.actions_by_name["unlock_labels"].isChecked()
        self._controller.unlock_labels(unlocked)
        self._window.status.say(
            self.tr("栏目名称现在可以修改；法定表格的栏目名称一般不应改动")
            if unlocked
            else self.tr("栏目名称不能修改")
        )

    def toggle_equations(self) -> None:
        """Show in each checked cell the equation that gives it, or the number again."""
        self._shows_equations = self._window.actions_by_name["show_equations"].isChecked()
        self._show_equations()

    @Slot()
    def show_finding_menu(self) -> None:
        """Open the menu of the current cell's findings below it."""
        if self.causes_here:
            menu = self._new_menu()
            self._add_findings(menu)
            self._open(menu, None)

    def _new_menu(self) -> QMenu:
        menu = QMenu(self._grid)
        menu.setObjectName("grid_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_findings(self, menu: QMenu) -> None:
        """Add what can be done about the cell's finding, about several in menus of their own."""
        causes = self.causes_here
        if len(causes) == 1:
            self._fill(menu, causes[0])
            return
        for cause in causes:
            title = naming.finding_title(cause.lead)
            if len(title) > _LONGEST_TITLE:
                title = f"{title[:_LONGEST_TITLE]}…"
            self._fill(menu.addMenu(title.replace("&", "&&")), cause)

    def _fill(self, menu: QMenu, cause: Cause) -> None:
        """Add what can be done about a finding, in the order that spreadsheets have."""
        fix = sure_fix(cause)
        _add(menu, self.tr("查看算式(&V)"), partial(self._show, cause))
        accept = _add(menu, self.tr("采纳建议值(&A)"), partial(self._accept, cause))
        accept.setEnabled(fix is not None and not self._controller.is_read_only)
        _add(menu, self.tr("忽略此处(&I)…"), partial(self._ignore, cause))
        rule = cause.lead.rule
        ignore = _add(menu, self.tr("忽略本规则(&R)"), partial(self._ignore_rule, rule))
        ignore.setToolTip(naming.rule_title(rule))
        menu.addSeparator()
        _add(menu, self.tr("检查规则设置(&S)…"), self._window.show_rule_settings)

    def _show(self, cause: Cause) -> None:
        self._window.walk.choose(cause)
        self._window.actions_by_name["show_findings"].setChecked(True)

    def _accept(self, cause: Cause) -> None:
        self._controller.choose(cause)
        self._window.accepting.accept_sure_fix()

    def _ignore(self, cause: Cause) -> None:
        self._show(cause)
        self._window.findings.explain_chosen(ExplanationKind.IGNORED)

    def _ignore_rule(self, rule: str) -> None:
        self._window.settings.switch_off(rule)

    @Slot(QPoint)
    def _on_context_menu(self, place: QPoint) -> None:
        """Show the lines of the edit menu, a finding's above them, the ways to evidence below."""
        menu = self._new_menu()
        give_icons(self._window.actions_by_name)
        if self.causes_here:
            self._add_findings(menu.addMenu(self.tr("疑点操作(&O)")))
            menu.addSeparator()
        for spec in ACTIONS:
            if spec.menu == EDIT:
                if spec.separated:
                    menu.addSeparator()
                menu.addAction(self._window.actions_by_name[spec.name])
        menu.addSeparator()
        for name in _EVIDENCE:
            menu.addAction(self._window.actions_by_name[name])
        is_over_cell = self._grid.rect().contains(place)
        self._open(menu, self._grid.viewport().mapToGlobal(place) if is_over_cell else None)

    def _open(self, menu: QMenu, place: QPoint | None) -> None:
        if place is None:
            rect = self._grid.cell_rect(self._grid.currentIndex())
            place = self._grid.viewport().mapToGlobal(rect.bottomLeft())
        menu.popup(place)

    @Slot()
    def _follow(self) -> None:
        causes = self.causes_here
        self.tag.want(bool(causes))
        if causes:
            self.tag.setAccessibleDescription(naming.finding_title(causes[0].lead))

    @Slot()
    def _show_equations(self) -> None:
        model, session = self._grid.table_model, self._controller.session
        if model is None or session is None:
            return
        shown = self._shows_equations
        before = model.has_equations
        model.show_equations(rule_texts(self._controller.result, session.match) if shown else {})
        if before != model.has_equations:
            self._grid.lay_out()

    @Slot()
    def _on_session_replaced(self) -> None:
        unlocked = self._controller.labels_unlocked
        self._window.actions_by_name["unlock_labels"].setChecked(unlocked)
        self._follow()


def _add(menu: QMenu, text: str, act: Callable[[], object]) -> QAction:
    action = menu.addAction(text)

    def on_triggered() -> None:
        act()

    action.triggered.connect(on_triggered)
    return action
