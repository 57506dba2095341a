"""Opening, saving and putting away: the questions before, and the sentences after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from core.document import CellRef
from core.errors import ReportError
from core.resources import SAMPLE
from gui import crash
from gui.controller import SessionController
from gui.saving import Output, Saved, Saving
from gui.views.dialogs import Dialogs, Existing, Unsaved
from gui.views.information_bar import InformationBar, Kind


class Filing(QObject):
    """Leads the conversation about files; it never writes to the one that was opened.

    Signals:
        said: A sentence for the status bar.
        unsaved_changed: How many cells differ from what was last saved.
        last_year_chosen: The file that the user has chosen as last year's report.
        settings_chosen: The settings file that the user has chosen.
    """

    said = Signal(str)
    unsaved_changed = Signal(int)
    last_year_chosen = Signal(object)
    settings_chosen = Signal(object)

    def __init__(
        self,
        controller: SessionController,
        dialogs: Dialogs,
        bar: InformationBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._bar = bar
        self.dialogs = dialogs
        self.saving = Saving(self)
        self._word_path: Path | None = None
        self._saved_edits: Mapping[CellRef, str] = {}
        self._next: Callable[[], None] | None = None
        self.saving.saved.connect(self._on_saved)
        self.saving.failed.connect(self._on_save_failed)
        controller.session_opened.connect(self._on_session_replaced)
        controller.session_closed.connect(self._on_session_replaced)
        controller.session_changed.connect(self._on_session_changed)
        controller.opening_failed.connect(self._on_opening_failed)

    @property
    def unsaved(self) -> int:
        """How many cells differ from what was last saved."""
        session = self._controller.session
        if session is None:
            return 0
        refs = session.edits.keys() | self._saved_edits.keys()
        return sum(session.edits.get(ref) != self._saved_edits.get(ref) for ref in refs)

    def choose_and_open(self) -> None:
        """Let the user choose a file and open it."""
        session = self._controller.session
        folder = session.path.parent if session else None
        if path := self.dialogs.ask_open(folder):
            self.open(path)

    def choose_last_year(self) -> None:
        """Let the user choose last year's report."""
        title = self.tr("载入上年年报")
        if path := self.dialogs.ask_open(self._controller.present.path.parent, title):
            self.last_year_chosen.emit(path)

    def choose_settings(self) -> None:
        """Let the user choose an office's settings file."""
        session = self._controller.session
        folder = session.path.parent if session else None
        if path := self.dialogs.ask_settings(folder):
            self.settings_chosen.emit(path)

    def open(self, path: Path, beside: Path | None = None) -> None:
        """Open a file, of two the later year's, after the present one's changes are settled."""
        self.settle(lambda: self._open(path, beside))

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
        answer = self.dialogs.ask_unsaved(self._controller.present.path.name, self.unsaved)
        if answer is Unsaved.DISCARD:
            # If nothing comes of it, as with an unreadable file, the changes are still unsaved.
            then()
        elif answer is Unsaved.SAVE:
            self._next = then
            if not self.save():
                self._next = None

    def save(self) -> bool:
        """Save as Word: where it was saved before, else where the user says."""
        if self._word_path is None:
            return self.save_as()
        self._start(Output.WORD, self._word_path, overwrite=True)
        return True

    def save_as(self) -> bool:
        """Save as Word where the user says; return whether saving has begun."""
        return self._ask_and_save(Output.WORD)

    def export_excel(self) -> bool:
        """Save the tables as Excel where the user says."""
        return self._ask_and_save(Output.EXCEL)

    def export_findings(self) -> bool:
        """Save the list of findings where the user says."""
        return self._ask_and_save(Output.FINDINGS)

    def _ask_and_save(self, output: Output) -> bool:
        from core.storage import proposed_path

        title = self.tr("保存 {0}").format(output.word)
        proposed = proposed_path(self._folder_for(output), output.suffix, output.label)
        while path := self.dialogs.ask_save(title, proposed, output.suffix):
            if self._is_source(path):
                self._refuse_source(output)
                return False
            if not path.exists():
                self._start(output, path, overwrite=False)
                return True
            answer = self.dialogs.ask_existing(path)
            if answer is Existing.REPLACE:
                self._start(output, path, overwrite=True)
                return True
            if answer is Existing.CANCEL:
                return False
        return False

    def _folder_for(self, output: Output) -> Path:
        """Return a path beside the source; the bundled sample's folder is not the user's."""
        source = self._controller.present.path
        if source == SAMPLE:
            return Path.home() / source.name
        return source

    def _is_source(self, path: Path) -> bool:
        from core.export import is_same_file

        return is_same_file(path, self._controller.present.path)

    def _refuse_source(self, output: Output) -> None:
        def again() -> None:
            self._ask_and_save(output)

        sentence = self.tr("这是打开的原文件，程序不会修改它，没有保存。请换一个名称保存。")
        self._bar.say(Kind.ERROR, sentence, **{self.tr("另存为…"): again})

    def _start(self, output: Output, path: Path, overwrite: bool) -> None:
        self.said.emit(self.tr("正在保存…"))
        self.saving.save(self._controller.present, output, path, overwrite)

    def _open(self, path: Path, beside: Path | None = None) -> None:
        self._bar.hide()
        self._controller.open(path, beside)

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        if saved.output is Output.WORD:
            self._word_path = saved.path
            self._note_saved(saved)
        self.said.emit(self.tr("已保存“{0}”，原文件没有改动").format(saved.path.name))
        sentence = self.tr("已保存为“{0}”，在文件夹“{1}”中。").format(
            saved.path.name, saved.path.parent
        )
        self._bar.say(
            Kind.NOTE, sentence, **{self.tr("打开所在文件夹"): lambda: _show_folder(saved.path)}
        )
        if self._next is not None:
            then, self._next = self._next, None
            self.settle(then)

    def _note_saved(self, saved: Saved) -> None:
        """Take what was saved as the clean state, unless it was edited meanwhile."""
        session = self._controller.session
        if session is not None and session.edits == saved.edits:
            self._saved_edits = dict(session.edits)
            self._controller.undo_stack.setClean()
        self.unsaved_changed.emit(self.unsaved)

    @Slot(object, object)
    def _on_save_failed(self, wanted: Saved, error: Exception) -> None:
        self._next = None
        self.said.emit(self.tr("没有保存"))
        if not isinstance(error, ReportError):
            crash.report(error)
            return
        verbs: dict[str, Callable[[], None]] = {
            self.tr("重试"): lambda: self._start(wanted.output, wanted.path, wanted.overwrite),
            self.tr("另存为…"): lambda: _ignore(self._ask_and_save(wanted.output)),
        }
        self._bar.say(Kind.ERROR, str(error), **verbs)

    @Slot(object, object)
    def _on_opening_failed(self, path: Path, error: Exception) -> None:
        if not isinstance(error, ReportError):
            crash.report(error)
            return
        verbs: dict[str, Callable[[], None]] = {
            self.tr("重试"): lambda: self.open(path),
            self.tr("打开其他文件…"): self.choose_and_open,
        }
        sentence = str(error)
        if path.name not in sentence:
            sentence = self.tr("“{0}”没有打开。{1}").format(path.name, sentence)
        self._bar.say(Kind.ERROR, sentence, **verbs)

    @Slot()
    def _on_session_replaced(self) -> None:
        self._word_path = None
        self._saved_edits = {}
        self._bar.hide()
        self.unsaved_changed.emit(0)
        session = self._controller.session
        if session is not None and session.document.notices:
            self._bar.say(Kind.WARNING, "\n".join(session.document.notices))

    @Slot(object)
    def _on_session_changed(self, _changes: object) -> None:
        self.unsaved_changed.emit(self.unsaved)


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _ignore(_value: object) -> None:
    """Turn a function with an answer into one without."""
