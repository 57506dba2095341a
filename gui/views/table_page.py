"""The page of one table: edit bar, find bar, note, grid; below prose and source, or last year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from gui.views.report_page import ReportPage

_GRID_SHARE, _PROSE_SHARE = 79, 21


def first_heights(height: int) -> list[int]:
    """Return how a height is first shared between the grid and the panes below it."""
    return [height * _GRID_SHARE // 100, height * _PROSE_SHARE // 100]


def note_label() -> QLabel:
    """Return the line above the grid."""
    note = QLabel()
    note.setObjectName("table_note")
    note.setTextFormat(Qt.TextFormat.PlainText)
    note.setWordWrap(True)
    return note


def table_page(page: ReportPage, note: QLabel) -> QWidget:
    """Put the parts of a report's page together that show a table."""
    above = QWidget()
    above.setObjectName("grid_page")
    layout = QVBoxLayout(above)
    layout.setContentsMargins(14, 10, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(note)
    layout.addWidget(page.grid, 1)
    page.splitter.setChildrenCollapsible(True)
    page.splitter.addWidget(above)
    page.splitter.addWidget(page.lower_panes)
    page.splitter.addWidget(page.past)
    page.splitter.setStretchFactor(0, 1)
    page.splitter.setSizes(first_heights(1000))
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(page.edit_bar)
    column.addWidget(page.find_bar)
    column.addWidget(page.splitter, 1)
    return made
