"""Where everything stands in the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gui.action_spec import WINDOW
from gui.actions import ACTIONS
from gui.report_list import ReportList
from gui.views.tool_bar import ToolBar, fill_menus

if TYPE_CHECKING:
    from gui.main_window import MainWindow

FIRST_WIDTHS = (234, 840, 366)
_LEFT_HEIGHTS = (340, 260)


def put_together(window: MainWindow, splitter: QSplitter, pages: QStackedWidget) -> None:
    """Put the panes of a report into the splitter, it behind the start page, all in the window."""
    for pane in (_left_column(window), window.page, window.findings):
        splitter.addWidget(pane)
    splitter.widget(0).setMinimumWidth(150)
    window.findings.setMinimumWidth(260)
    splitter.setStretchFactor(1, 1)
    splitter.setCollapsible(1, False)
    window.restore_layout()
    pages.addWidget(window.start_page)
    pages.addWidget(splitter)
    centre = QWidget()
    column = QVBoxLayout(centre)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(window.tabs)
    column.addWidget(window.bar)
    column.addWidget(pages, 1)
    window.shell.put_into(column)
    window.setCentralWidget(centre)
    window.setStatusBar(window.status)
    menus = fill_menus(window.menuBar(), window.actions_by_name)
    ReportList(window.controller, menus[WINDOW])
    window.addToolBar(ToolBar(window.actions_by_name, window))
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
