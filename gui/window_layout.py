"""Where the panes of a report stand in the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from gui.action_spec import WINDOW
from gui.actions import ACTIONS
from gui.report_list import ReportList

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_LEFT_HEIGHTS = (340, 260)


def place_panes(window: MainWindow) -> None:
    """Put the panes of a report into their splitter, and what stands above it into the column."""
    splitter = window.splitter
    for pane in (_left_column(window), window.page, window.findings):
        splitter.addWidget(pane)
    splitter.widget(0).setMinimumWidth(150)
    window.findings.setMinimumWidth(260)
    splitter.setStretchFactor(1, 1)
    splitter.setCollapsible(1, False)
    window.restore_layout()
    window.column.insertWidget(0, window.tabs)
    window.shell.put_into(window.column)
    ReportList(window.controller, window.menus[WINDOW])
    grid = window.page.grid
    grid.addActions([window.actions_by_name[spec.name] for spec in ACTIONS if spec.in_grid])
    grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)


def _left_column(window: MainWindow) -> QSplitter:
    """Return the structure above the list of steps; it goes when neither is shown."""
    column = QSplitter(Qt.Orientation.Vertical)
    column.setObjectName("left_column")
    column.addWidget(window.structure)
    column.addWidget(window.undo_pane)
    column.setStretchFactor(0, 1)
    column.setSizes(_LEFT_HEIGHTS)
    switches = [window.actions_by_name[name] for name in ("show_structure", "show_steps")]

    def follow() -> None:
        column.setVisible(any(switch.isChecked() for switch in switches))

    for switch in switches:
        switch.toggled.connect(follow)
    return column
