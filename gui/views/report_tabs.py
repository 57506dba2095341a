"""A tab for each open report, above them; hidden while there is only one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from gui import icons, theme
from gui.controller import SessionController
from gui.open_report import OpenReport

# In widths of a digit: more would leave no place for the others.
_WIDEST = 34
_MARK = "*"


class ReportTabs(QTabBar):
    """Says which reports are open and have unsaved changes, and leads from one to another.

    One report alone is named in the title already; the line is left to its rows.

    Signals:
        close_wanted: The report whose tab shall be closed.
    """

    close_wanted = Signal(object)

    def __init__(self, controller: SessionController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.setObjectName("report_tabs")
        self.setAccessibleName(self.tr("打开的报告"))
        self.setAutoHide(True)
        self.setDocumentMode(True)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        # Files dropped here are meant for the window.
        self.setAcceptDrops(False)
        self._is_following = False
        self.currentChanged.connect(self._on_current_changed)
        self.tabMoved.connect(self._on_tab_moved)
        controller.report_opened.connect(self._on_report_opened)
        controller.report_closed.connect(self._on_report_closed)
        controller.session_shown.connect(self._follow)
        controller.read_only_changed.connect(self.show_names)

    def tabSizeHint(self, index: int) -> QSize:
        """Return the room of a tab; of a long name the middle is left out."""
        hint = super().tabSizeHint(index)
        widest = _WIDEST * self.fontMetrics().horizontalAdvance("0")
        return QSize(min(hint.width(), widest), hint.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the same: where there are more tabs than fit, they are scrolled."""
        return self.tabSizeHint(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close what the middle button is released on."""
        place = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and place >= 0:
            self.close_wanted.emit(self._controller.reports[place])
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme with the crosses."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for place in range(self.count()):
                button = self.tabButton(place, QTabBar.ButtonPosition.RightSide)
                if isinstance(button, QToolButton):
                    _dress(button)

    @Slot()
    def show_names(self) -> None:
        """Name every tab, with the folder where two files have the same name."""
        reports = self._controller.reports
        names = [report.path.name for report in reports]
        for place, report in enumerate(reports):
            name = names[place]
            if names.count(name) > 1:
                name = f"{name}（{report.path.parent.name}）"
            self._show_name(place, report, name)

    @Slot(object)
    def show_state(self, report: OpenReport) -> None:
        """Mark a report that has unsaved changes, or no longer."""
        reports = self._controller.reports
        if report in reports and bool(report.unsaved) != self._is_marked(reports.index(report)):
            self.show_names()

    def _is_marked(self, place: int) -> bool:
        return self.tabText(place).startswith(_MARK)

    def _show_name(self, place: int, report: OpenReport, name: str) -> None:
        unsaved = bool(report.unsaved)
        words = [name]
        if unsaved:
            words.append(self.tr("有未保存的修改"))
        if report.is_read_only:
            words.append(self.tr("只读"))
        shown = name.replace("&", "&&")
        self.setTabText(place, f"{_MARK}{shown}" if unsaved else shown)
        self.setAccessibleTabName(place, "，".join(words))
        self.setTabToolTip(place, _whole(report.path, words[1:]))
        button = self.tabButton(place, QTabBar.ButtonPosition.RightSide)
        button.setAccessibleName(self.tr("关闭“{0}”").format(name))

    @Slot(object)
    def _on_report_opened(self, report: OpenReport) -> None:
        place = self._controller.reports.index(report)
        self._is_following = True
        self.insertTab(place, "")
        self.setTabButton(place, QTabBar.ButtonPosition.LeftSide, None)
        self.setTabButton(place, QTabBar.ButtonPosition.RightSide, self._close_button(report))
        self._is_following = False
        self.show_names()

    @Slot(object)
    def _on_report_closed(self, report: OpenReport) -> None:
        self._is_following = True
        for place in range(self.count()):
            if self._report_of(place) is report:
                self.removeTab(place)
                break
        self._is_following = False
        self.show_names()

    def _close_button(self, report: OpenReport) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("close_tab")
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(self.tr("关闭这份报告（Ctrl+W）"))
        button.setProperty("report", report)
        _dress(button)
        button.clicked.connect(self._on_close_clicked)
        return button

    def _report_of(self, place: int) -> object:
        """Return whose tab it is; while one is being closed it is in no list any more."""
        return self.tabButton(place, QTabBar.ButtonPosition.RightSide).property("report")

    @Slot()
    def _on_close_clicked(self) -> None:
        self.close_wanted.emit(self.sender().property("report"))

    @Slot()
    def _follow(self) -> None:
        self._is_following = True
        self.setCurrentIndex(self._controller.reports.index(self._controller.report))
        self._is_following = False

    @Slot(int)
    def _on_current_changed(self, place: int) -> None:
        if not self._is_following and place >= 0:
            self._controller.show(self._controller.reports[place])

    @Slot(int, int)
    def _on_tab_moved(self, start: int, end: int) -> None:
        self._controller.move(start, end)


def _whole(path: Path, words: list[str]) -> str:
    return "\n".join([str(path), *words])


def _dress(button: QToolButton) -> None:
    button.setIcon(icons.icon("close", theme.current().muted))
