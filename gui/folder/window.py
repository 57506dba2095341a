"""The folder window: puts the pages together and follows the work on a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QTabWidget, QVBoxLayout, QWidget

from core.checking import Office
from core.version import DISPLAY_NAME
from gui import icons
from gui.dropping import dropped_paths
from gui.folder.actions import make_menus
from gui.folder.binding import acts_of, connect, enable
from gui.folder.checking import Engine, own_workers
from gui.folder.dialogs import FolderDialogs
from gui.folder.opening import opening_member, past_of
from gui.folder.output import FolderOutput
from gui.folder.panes import FolderPanes
from gui.folder.telling import Telling
from gui.folder.views.alike_page import AlikePage
from gui.folder.views.head import FolderHead
from gui.folder.views.overview_page import OverviewPage
from gui.folder.views.reports_page import ReportsPage
from gui.folder.views.status import FolderStatus
from gui.folder.views.summary_page import SummaryPage
from gui.folder.views.together_page import TogetherPage
from gui.folder.work import FolderWork
from gui.views.information_bar import InformationBar, Kind

_SIZE, _LEAST_SIZE = (1280, 800), (640, 360)


class FolderWindow(QMainWindow):
    """A folder's reports in a list, and four pages about all of them together.

    Signals:
        report_wanted: The path of a report to open, and last year's beside it or None.
        made_wanted: A name, and what makes the report that stands in no file of the user's.
    """

    report_wanted = Signal(object, object)
    made_wanted = Signal(str, object)

    def __init__(self, office: Callable[[], Office], engine: Engine = own_workers) -> None:
        super().__init__()
        self.setObjectName("folder_window")
        self.setWindowIcon(icons.application_icon())
        self.setAcceptDrops(True)
        # No larger than the screen, which on most desks is a small one.
        self.resize(QSize(*_SIZE).boundedTo(self.screen().availableSize()))
        self.setMinimumSize(*_LEAST_SIZE)
        self.dialogs = FolderDialogs(self)
        self.work = FolderWork(office, engine, self)
        self.bar, self.status, self.head = InformationBar(self), FolderStatus(self), FolderHead()
        self.reports = ReportsPage(self.work.reports)
        self.together, self.alike = TogetherPage(), AlikePage()
        self.overview, self.summary = OverviewPage(), SummaryPage()
        self.output = FolderOutput(self.work, self.dialogs, self.bar, self)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.tabBar().setAccessibleName("报告和汇总")
        self.panes = FolderPanes(self)
        self._put_together()
        self.actions_by_name = make_menus(self, acts_of(self))
        self.telling = Telling(self)
        connect(self)
        enable(self)

    def open_folder(self, folder: Path) -> None:
        """Choose a folder, as a person would."""
        self.bar.hide()
        self.work.use_folder(folder)

    def open_report(self, name: str) -> None:
        """Ask for a report of the folder to be opened."""
        file, batch = self.work.file_of(name), self.work.batch
        if file is None or batch is None:
            return
        if file.error:
            self.bar.say(Kind.ERROR, f"“{name}”没有打开。{file.error}")
        elif file.member:
            self.made_wanted.emit(*opening_member(file))
        else:
            row = self.work.reports.row(self.work.reports.index_of(name))
            past = past_of(batch, row)
            self.report_wanted.emit(file.path, past.path if past else None)

    def shut_down(self) -> None:
        """Stop all work and wait; what is written is written to its end."""
        self.telling.shut_down()
        self.work.shut_down()
        self.output.wait()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme with what is drawn in its colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "pages"):
            self.pages.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a folder, or a list of agencies, of this computer."""
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Choose what is dropped."""
        if paths := dropped_paths(event):
            event.acceptProposedAction()
            self._take_dropped(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask nothing: what has been checked stays for the next time."""
        self.work.check.cancel()
        super().closeEvent(event)

    def _take_dropped(self, paths: Sequence[Path]) -> None:
        """Take one folder; of two the one whose name comes first is last year's."""
        folders = sorted((path for path in paths if path.is_dir()), key=lambda path: path.name)
        files = [path for path in paths if not path.is_dir()]
        if len(folders) > 1:
            self.work.last_year = folders[-2]
        if folders:
            self.open_folder(folders[-1])
        elif files:
            self.work.use_list(files[0])

    def _put_together(self) -> None:
        for page in self.panes.pages:
            self.pages.addTab(page, "")
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.bar):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)
        self.setWindowTitle(f"批量校核 — {DISPLAY_NAME}")

    @Slot(str, str)
    def accept_proposal(self, name: str, file: str) -> None:
        """Take a report as that of an agency of the list."""
        self.work.accept(name, file)
        self.status.say(f"已确认“{file}”是“{name}”的报告")
