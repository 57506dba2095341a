"""Saving: the questions before, the sentences after, and what is in no file yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from core.document import Document
from core.errors import ChangedOnDiskError, ReportError
from core.file_state import FileState
from core.writers.marking import Mode
from gui import crash
from gui.controller import SessionController
from gui.reviewing import Reviewing
from gui.save_mode import SaveMode
from gui.saved_state import SavedState
from gui.saving import Output, Saved, Saving, SourceChangedError, Wish
from gui.saving_words import (
    has_modes,
    notice,
    proposed_name,
    remark_before,
    short_notice,
    title_of_saving,
)
from gui.views.dialogs import Dialogs, Existing
from gui.views.information_bar import InformationBar, Kind

if TYPE_CHECKING:
    from core.session import Session

# What has the changes in it, and so may have some of them left out.
_REVIEWED = (Output.WORD, Output.EXCEL, Output.EXCEL_COPY)


@dataclass(frozen=True)
class _OwnOutput:
    """The Word file that we wrote last, and what it then held."""

    path: Path
    state: FileState


class Keeping(QObject):
    """Leads the conversation about saving; it never writes to the file that was opened.

    Signals:
        said: A sentence for the status bar.
        unsaved_changed: How many places differ from what was last saved.
        report_begun: The present state is being written as a whole report from now on.
        saved: What was written (Saved).
        failed: A file could not be written; the changes are still unsaved.
        reload_requested: The path of the report, which another program has changed.
    """

    said = Signal(str)
    unsaved_changed = Signal(int)
    report_begun = Signal()
    saved = Signal(object)
    failed = Signal()
    reload_requested = Signal(object)

    def __init__(
        self,
        controller: SessionController,
        dialogs: Dialogs,
        bar: InformationBar,
        mode: SaveMode,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._bar = bar
        self._mode = mode
        self.dialogs = dialogs
        self.saving = Saving(self)
        self._own: _OwnOutput | None = None
        self._state: SavedState | None = None
        self._written: Document | None = None
        self._wants_again = False
        self._signature_is_settled = False
        self._source_is_settled = False
        self._reviewing = Reviewing(controller, mode)
        self._new_word_is_told = False
        self.saving.saved.connect(self._on_saved)
        self.saving.failed.connect(self._on_failed)
        controller.session_opened.connect(self._on_session_replaced)
        controller.session_closed.connect(self._on_session_replaced)
        controller.session_changed.connect(self._on_session_changed)

    @property
    def unsaved(self) -> int:
        """How many places differ from what was last saved."""
        session = self._controller.session
        return self._state.changes_in(session) if session and self._state else 0

    def review_and_save(self) -> bool:
        """Save as Word, after the list of changes has been shown."""
        self._reviewing.wants_again()
        return self.save()

    def save(self) -> bool:
        """Save as Word: over our own last output, else where the user says."""
        if self.saving.is_running:
            self._wants_again = True
            return True
        if self._own is None:
            return self.save_as()
        path, state = self._own.path, self._own.state
        if not self._is_reviewed(Output.WORD):
            return False
        return self._start(Wish(Output.WORD, path, overwrite=True, expected=state))

    def save_as(self) -> bool:
        """Save as Word where the user says; return whether saving has begun."""
        return self.ask_and_save(Output.WORD)

    def ask_and_save(self, output: Output) -> bool:
        """Save where the user says, over nothing without asking."""
        if self.saving.is_running:
            self.said.emit(self.tr("正在保存，请稍候再试"))
            return False
        if not self._is_reviewed(output):
            return False
        session = self._controller.present
        self._say_before(session, output)
        title, proposed = title_of_saving(session, output), proposed_name(session, output)
        while path := self.dialogs.ask_save(title, proposed, output.suffix):
            if self._is_source(path):
                self._refuse_source(output)
                return False
            if not path.exists():
                return self._start(Wish(output, path, overwrite=False))
            answer = self.dialogs.ask_existing(path)
            if answer is Existing.REPLACE:
                return self._start(Wish(output, path, overwrite=True))
            if answer is Existing.CANCEL:
                return False
        return False

    def _is_reviewed(self, output: Output) -> bool:
        """Show what would be saved where that is wanted; return whether to go on."""
        if output not in _REVIEWED or not self._reviewing.is_due:
            return True
        if self._reviewing.ask(self.dialogs):
            return True
        self.said.emit(self.tr("没有保存"))
        return False

    def _say_before(self, session: Session, output: Output) -> None:
        """Say once that a report that is no Word file becomes one."""
        remark = remark_before(session) if output is Output.WORD else ""
        if remark and not self._new_word_is_told:
            self._new_word_is_told = True
            self._bar.say(Kind.NOTE, remark)

    def _is_source(self, path: Path) -> bool:
        from core.export import is_same_file

        return is_same_file(path, self._controller.present.path)

    def _refuse_source(self, output: Output) -> None:
        sentence = self.tr("这是打开的原文件，程序不会修改它，没有保存。请换一个名称保存。")
        self._bar.say(Kind.ERROR, sentence, **{self.tr("另存为…"): self._asking(output)})

    def _start(self, wish: Wish) -> bool:
        session = self._controller.present
        if wish.output is Output.WORD and not self._signature_is_settled:
            # Imported here: what looks into files would delay the first window.
            from gui.opening import is_signed_word

            if is_signed_word(session) and not self.dialogs.ask_signed(session.path.name):
                self.said.emit(self.tr("没有保存"))
                return False
            self._signature_is_settled = True
        self.said.emit(self.tr("正在保存…"))
        left_out = self._reviewing.left_out if wish.output in _REVIEWED else ()
        if wish.output.is_report and not left_out:
            self.report_begun.emit()
        settled, style = self._source_is_settled, self._mode.style
        if not has_modes(session):
            style = replace(style, mode=Mode.CLEAN)
        wish = replace(wish, style=style, is_source_settled=settled, left_out=left_out)
        self._written = session.source
        self.saving.save(session, wish)
        return True

    def _asking(self, output: Output) -> Callable[[], None]:
        def ask() -> None:
            self.ask_and_save(output)

        return ask

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        if saved.output.is_report and self._is_present(saved.session.source):
            if saved.output is Output.WORD:
                self._own = _OwnOutput(saved.path, saved.state)
            self._state = SavedState.of(saved.session)
            self.unsaved_changed.emit(self.unsaved)
        self.said.emit(short_notice(saved))
        kind = Kind.WARNING if saved.notices else Kind.NOTE
        self._bar.say(kind, notice(saved), **{self.tr("打开所在文件夹"): _showing(saved.path)})
        again, self._wants_again = self._wants_again, False
        self.saved.emit(saved)
        if again and self.unsaved and not self.saving.is_running:
            self.save()

    def _is_present(self, source: Document | None) -> bool:
        """Return whether a report is the one that is open; another may have been opened."""
        session = self._controller.session
        return session is not None and session.source is source

    @Slot(object, object)
    def _on_failed(self, wish: Wish, error: Exception) -> None:
        self._wants_again = False
        self.said.emit(self.tr("没有保存"))
        self.failed.emit()
        if not isinstance(error, ReportError):
            crash.report(error)
            return
        # To try again would write the report that is open now.
        verbs = self._verbs(wish, error) if self._is_present(self._written) else {}
        self._bar.say(Kind.ERROR, str(error), **verbs)

    def _verbs(self, wish: Wish, error: ReportError) -> dict[str, Callable[[], None]]:
        """Return what can be done about a save that was refused."""
        source = self._controller.present.path
        if isinstance(error, SourceChangedError):
            return {
                self.tr("重新载入"): lambda: self.reload_requested.emit(source),
                self.tr("仍然保存"): lambda: self._save_in_spite_of_source(wish),
            }
        other = {self.tr("另存为…"): self._asking(wish.output)}
        if isinstance(error, ChangedOnDiskError):
            return {self.tr("打开所在文件夹"): _showing(wish.path), **other}
        return {self.tr("重试"): lambda: self._retry(wish), **other}

    def _retry(self, wish: Wish) -> None:
        if not self.saving.is_running:
            self._start(wish)

    def _save_in_spite_of_source(self, wish: Wish) -> None:
        self._source_is_settled = True
        self._retry(wish)

    @Slot()
    def _on_session_replaced(self) -> None:
        self._own, self._state = None, None
        self._reviewing.forget()
        self._wants_again = self._signature_is_settled = self._source_is_settled = False
        self._new_word_is_told = False
        session, recovered = self._controller.session, self._controller.recovered
        if session is not None:
            self._state = recovered.saved if recovered else SavedState.source(session)
        if recovered is not None and recovered.entry.saved:
            path, state = recovered.entry.output, recovered.entry.output_state
            # A copy of a workbook is no place for a Word file.
            if path is not None and state is not None and path.suffix == Output.WORD.suffix:
                self._own = _OwnOutput(path, state)
        self.unsaved_changed.emit(self.unsaved)

    @Slot(object)
    def _on_session_changed(self, _changes: object) -> None:
        self.unsaved_changed.emit(self.unsaved)


def _showing(path: Path) -> Callable[[], None]:
    def show() -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    return show
