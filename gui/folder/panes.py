"""The pages of the folder window, what their tabs say, and F6 from pane to pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from gui.folder.window import FolderWindow

REPORTS, TOGETHER, ALIKE, OVERVIEW, SUMMARY = range(5)


class FolderPanes(QObject):
    """Leads to pages and panes."""

    def __init__(self, window: FolderWindow) -> None:
        super().__init__(window)
        self._window = window
        QShortcut(QKeySequence("F6"), window).activated.connect(lambda: self.step(1))
        QShortcut(QKeySequence("Shift+F6"), window).activated.connect(lambda: self.step(-1))
        QShortcut(QKeySequence("Esc"), window).activated.connect(self.leave)

    @property
    def pages(self) -> tuple[QWidget, ...]:
        """The pages in their order."""
        w = self._window
        return w.reports, w.together, w.alike, w.overview, w.summary

    def show(self, page: int) -> None:
        """Show a page and give it the keyboard."""
        self._window.pages.setCurrentIndex(page)
        firsts = {
            REPORTS: self._window.reports.list,
            TOGETHER: self._window.together.table,
            ALIKE: self._window.alike.pairs,
            OVERVIEW: self._window.overview.state_table,
            SUMMARY: self._window.summary.table,
        }
        firsts[page].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def find(self) -> None:
        """Lead to the text that is looked for."""
        self._window.pages.setCurrentIndex(REPORTS)
        self._window.reports.filters.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.reports.filters.text.selectAll()

    def leave(self) -> None:
        """List everything again, or go back to the list."""
        filters = self._window.reports.filters
        if self._window.pages.currentIndex() == REPORTS and filters.is_filtered:
            filters.reset()
        else:
            self.show(REPORTS)

    def name_tabs(self) -> None:
        """Say in the tabs how much there is."""
        work, tabs = self._window.work, self._window.pages
        found = work.together.findings if work.together else ()
        pairs = work.together.alikes.pairs if work.together else ()
        counts = (work.reports.count, len(found), len(pairs))
        for place, (name, count) in enumerate(
            zip(("报告", "汇总情况", "雷同"), counts, strict=True)
        ):
            tabs.setTabText(place, f"{name} {count}" if count else name)
        tabs.setTabText(OVERVIEW, "概览")
        tabs.setTabText(SUMMARY, "汇总")

    def step(self, by: int) -> None:
        """Give the keyboard to the next or previous pane that is in sight."""
        shown = [pane for pane in self._panes() if pane.isVisible() and pane.isEnabled()]
        here = next((i for i, pane in enumerate(shown) if pane.hasFocus()), -1 if by > 0 else 0)
        shown[(here + by) % len(shown)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _panes(self) -> tuple[QWidget, ...]:
        w = self._window
        return (
            w.head.path,
            w.pages.tabBar(),
            *(w.reports.filters.text, w.reports.list, w.reports.details.findings),
            *(w.together.table, w.together.agencies),
            *(w.alike.pairs, w.alike.one, w.alike.other),
            *(w.overview.state_table, w.overview.rule_table),
            w.summary.table,
        )
