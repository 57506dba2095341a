"""Opening and putting away: the questions before, and the sentences after."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from core.recovery import Recoverable
from core.resources import SAMPLE
from gui.controller import SessionController
from gui.keeping import Keeping
from gui.open_report import OpenReport
from gui.saving import Output, Saving
from gui.settling import Settling
from gui.unopened import Unopened
from gui.untitled import (
    NOTHING_ON_CLIPBOARD,
    Make,
    flavours_of,
    folder_of,
    opening_new,
    opening_pasted,
)
from gui.views.dialogs import Dialogs
from gui.views.information_bar import InformationBar, Kind

_PAIR = 2


class Filing(QObject):
    """Leads the conversation about files: which are opened, and what becomes of those that are.

    Signals:
        said: A sentence for the status bar.
        last_year_chosen: The file that the user has chosen as last year's report.
        settings_chosen: The settings file that the user has chosen.
    """

    said = Signal(str)
    last_year_chosen = Signal(object)
    settings_chosen = Signal(object)

    def __init__(
        self,
        controller: SessionController,
        keeping: Keeping,
        bar: InformationBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._bar = bar
        self.keeping = keeping
        self.settling = Settling(controller, keeping, self)
        keeping.reload_requested.connect(self.reload)
        unopened = Unopened(controller, bar, self)
        unopened.retry_wanted.connect(self.open_each)
        unopened.other_wanted.connect(self.choose_and_open)

    @property
    def dialogs(self) -> Dialogs:
        """Who asks the user."""
        return self.keeping.dialogs

    @dialogs.setter
    def dialogs(self, dialogs: Dialogs) -> None:
        self.keeping.dialogs = dialogs

    @property
    def saving(self) -> Saving:
        """What writes files."""
        return self.keeping.saving

    @property
    def unsaved(self) -> int:
        """How many places of the shown report differ from what was last saved."""
        return self.keeping.unsaved

    def choose_and_open(self) -> None:
        """Let the user choose a file and open it."""
        if path := self.dialogs.ask_open(self._folder):
            self.open(path)

    def new_report(self) -> None:
        """Ask for an agency and a year, and open an empty report for them."""
        if wanted := self.dialogs.ask_new_report():
            self._make(wanted.file_name, opening_new(wanted))

    def open_clipboard(self) -> None:
        """Open what is on the clipboard: files, or a report among what was copied."""
        # The stubs say it is always there; an empty clipboard has none.
        mime = QGuiApplication.clipboard().mimeData() or QMimeData()
        if paths := [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]:
            self.open_together(paths)
        elif flavours := flavours_of(mime):
            self._make(self.tr("剪贴板"), opening_pasted(flavours))
        else:
            self._bar.say(Kind.WARNING, NOTHING_ON_CLIPBOARD)

    def choose_last_year(self) -> None:
        """Let the user choose last year's report."""
        title = self.tr("载入上年年报")
        if path := self.dialogs.ask_open(self._folder, title):
            self.last_year_chosen.emit(path)

    def choose_settings(self) -> None:
        """Let the user choose an office's settings file."""
        if path := self.dialogs.ask_settings(self._folder):
            self.settings_chosen.emit(path)

    def open(self, path: Path, beside: Path | None = None) -> None:
        """Open a file, of two the later year's; one that is open already is shown."""
        report = self._controller.report_at(path)
        if report is not None and beside is None:
            self._controller.show(report)
        else:
            self._controller.open(path, beside)

    def open_together(self, paths: Sequence[Path]) -> None:
        """Open files that came at once: two are this year's and last year's, more are tabs."""
        if len(paths) == _PAIR:
            self.open(*paths)
        else:
            self.open_each(paths)

    def open_each(self, paths: Sequence[Path]) -> None:
        """Open files one after another; the first is shown, the others wait in their tabs."""
        for place, path in enumerate(dict.fromkeys(paths)):
            report = self._controller.report_at(path)
            if report is None:
                self._controller.open(path, is_shown=place == 0)
            elif place == 0:
                self._controller.show(report)

    def reload(self, report: OpenReport) -> None:
        """Read the file of an open report anew, after its changes are settled."""
        if report not in self._controller.reports:
            self.open(report.path)
            return
        self.settling.settle(report, lambda: self._controller.open(report.path, replaces=report))

    def recover(self, entry: Recoverable, *, is_shown: bool = True) -> None:
        """Open the report of a journal with its edits, in the place of one without them."""
        report = self._controller.report_at(entry.source)
        self.settling.settle(
            report, lambda: self._controller.recover(entry, report, is_shown=is_shown)
        )

    def open_sample(self) -> None:
        """Open the bundled sample."""
        self.open(SAMPLE)

    def close_report(self, report: OpenReport | None = None) -> None:
        """Put a report away, that which is shown if no other is named, once it is settled."""
        report = report or self._controller.shown
        if report is not None:
            self.settling.settle(report, lambda: self._controller.close(report))

    def close_all(self) -> None:
        """Put all reports away, after the changes of each are settled."""
        self.settling.settle_all(self._controller.close_all)

    def save(self) -> bool:
        """Save as Word: over our own last output, else where the user says."""
        return self.keeping.save()

    def save_as(self) -> bool:
        """Save as Word where the user says; return whether saving has begun."""
        return self.keeping.save_as()

    def export_excel(self) -> bool:
        """Save the tables with their checks as Excel where the user says."""
        return self.export(Output.EXCEL)

    def export(self, output: Output) -> bool:
        """Save something about the report, or a copy of it, where the user says."""
        return self.keeping.ask_and_save(output)

    @property
    def _folder(self) -> Path | None:
        """The folder of the report for a dialog, None where it is in none of the user's."""
        session = self._controller.session
        return folder_of(session.path) if session else None

    def open_made(self, name: str, make: Make) -> None:
        """Open what stands in no file of the user's, after the present one's are settled."""
        self._make(name, make)

    def _make(self, name: str, make: Make) -> None:
        self._controller.open_made(name, make)
