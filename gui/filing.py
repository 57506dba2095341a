"""Opening and putting away: the questions before, and the sentences after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from core.errors import ReportError
from core.recovery import Recoverable
from core.resources import SAMPLE
from core.untitled import is_untitled
from gui import crash
from gui.controller import SessionController
from gui.keeping import Keeping
from gui.saving import Output, Saving
from gui.untitled import (
    NOTHING_ON_CLIPBOARD,
    Make,
    flavours_of,
    folder_of,
    opening_new,
    opening_pasted,
)
from gui.views.dialogs import Dialogs, Unsaved
from gui.views.information_bar import InformationBar, Kind


class Filing(QObject):
    """Leads the conversation about files: which is opened, and what becomes of the present one.

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
        self._next: Callable[[], None] | None = None
        keeping.saved.connect(self._on_saved)
        keeping.failed.connect(self._on_save_failed)
        keeping.reload_requested.connect(self.open)
        controller.opening_failed.connect(self._on_opening_failed)

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
        """How many places differ from what was last saved."""
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
        """Open what is on the clipboard: a file, or a report among what was copied."""
        # The stubs say it is always there; an empty clipboard has none.
        mime = QGuiApplication.clipboard().mimeData() or QMimeData()
        if paths := [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]:
            self.open(*paths[:2])
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
        """Open a file, of two the later year's, after the present one's changes are settled."""
        self.settle(lambda: self._open(path, beside))

    def recover(self, entry: Recoverable) -> None:
        """Open the report of a journal with its edits, after the present one's are settled."""
        self.settle(lambda: self._controller.recover(entry))

    def open_sample(self) -> None:
        """Open the bundled sample."""
        self.open(SAMPLE)

    def close_report(self) -> None:
        """Put the report away, after its changes are settled."""
        self.settle(self._controller.close_session)

    def settle(self, then: Callable[[], None]) -> None:
        """Do something that drops the present changes, once the user has decided about them."""
        if not self.unsaved:
            then()
            return
        path = self._controller.present.path
        answer = self.dialogs.ask_unsaved(path.name, self.unsaved, is_new=is_untitled(path))
        if answer is Unsaved.DISCARD:
            # If nothing comes of it, as with an unreadable file, the changes are still unsaved.
            then()
        elif answer is Unsaved.SAVE:
            self._next = then
            if not self.save():
                self._next = None

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
        def go() -> None:
            self._bar.hide()
            self._controller.open_made(name, make)

        self.settle(go)

    def _open(self, path: Path, beside: Path | None = None) -> None:
        self._bar.hide()
        self._controller.open(path, beside)

    @Slot()
    def _on_saved(self) -> None:
        if self._next is not None:
            then, self._next = self._next, None
            self.settle(then)

    @Slot()
    def _on_save_failed(self) -> None:
        self._next = None

    @Slot(object, object)
    def _on_opening_failed(self, path: Path, error: Exception) -> None:
        if not isinstance(error, ReportError):
            crash.report(error)
            return
        if not path.is_absolute():
            # Nothing of the user's: what was to be made has only a name.
            self._bar.say(Kind.WARNING, str(error))
            return
        verbs: dict[str, Callable[[], None]] = {
            self.tr("重试"): lambda: self.open(path),
            self.tr("打开其他文件…"): self.choose_and_open,
        }
        sentence = str(error)
        if path.name not in sentence:
            sentence = self.tr("“{0}”没有打开。{1}").format(path.name, sentence)
        self._bar.say(Kind.ERROR, sentence, **verbs)
