"""The open reports in the window menu, each to be shown by its number."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from gui.controller import SessionController
from gui.open_report import OpenReport

# Digits are the only mnemonics that no other line has.
_MOST_NUMBERED = 9


class ReportList(QObject):
    """Fills the end of a menu whenever it is opened."""

    def __init__(self, controller: SessionController, menu: QMenu) -> None:
        super().__init__(menu)
        self._controller = controller
        self._menu = menu
        self._group: QActionGroup | None = None
        menu.addSeparator()
        menu.aboutToShow.connect(self.fill)

    @Slot()
    def fill(self) -> None:
        """List the reports that are open now."""
        if self._group is not None:
            self._group.deleteLater()
            for action in self._group.actions():
                self._menu.removeAction(action)
                action.deleteLater()
        self._group = QActionGroup(self)
        for number, report in enumerate(self._controller.reports, start=1):
            action = self._action(number, report)
            self._group.addAction(action)
            self._menu.addAction(action)

    def _action(self, number: int, report: OpenReport) -> QAction:
        mnemonic = f"&{number} " if number <= _MOST_NUMBERED else ""
        name = report.path.name.replace("&", "&&")
        action = QAction(f"{mnemonic}{'*' if report.unsaved else ''}{name}", self)
        action.setCheckable(True)
        action.setChecked(report is self._controller.shown)
        action.triggered.connect(partial(self._show, report))
        return action

    def _show(self, report: OpenReport, _checked: bool = False) -> None:
        if report in self._controller.reports:
            self._controller.show(report)
