"""Saving: the questions before, the sentences after, and what is in no file yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from core.errors import ChangedOnDiskError, ReportError
from core.writers.marking import Mode
from gui import crash
from gui.controller import SessionController
from gui.kept import OwnOutput
from gui.open_report import OpenReport
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
    pass

# What has the changes in it, and so may have some of them left out.
_REVIEWED = (Output.WORD, Output.EXCEL, Output.EXCEL_COPY)


class Keeping(QObject):
    """Leads the conversation about saving; it never writes to the file that was opened.

    What is not said to be about another report is about the one that is shown.

    Signals:
        said: A sentence for the status bar.
        unsaved_changed: How many places of the shown report differ from what was last saved.
        state_changed: A report (OpenReport) that differs otherwise from what was last saved.
        report_begun: A report whose present state is being written as a whole from now on.
        report_saved: A report (OpenReport) and what was written of it (Saved).
        saved: What was written (Saved), of whichever report, also one that is closed.
        failed: A file of a report (OpenReport) was not written; its changes are still unsaved.
        reload_requested: The report whose file another program has changed.
    """

    said = Signal(str)
    unsaved_changed = Signal(int)
    state_changed = Signal(object)
    report_begun = Signal(object)
    report_saved = Signal(object, object)
    saved = Signal(object)
    failed = Signal(object)
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
        self._written: OpenReport | None = None
        self._reviewing = Reviewing(mode)
        self.saving.saved.connect(self._on_saved)
        self.saving.failed.connect(self._on_failed)
        controller.session_shown.connect(self._on_state_changed)
        controller.session_closed.connect(self._on_state_changed)
        controller.session_changed.connect(self._on_state_changed)

    @property
    def unsaved(self) -> int:
        """How many places of the shown report differ from what was last saved."""
        shown = self._controller.shown
        return shown.unsaved if shown else 0

    def review_and_save(self) -> bool:
        """Save as Word, after the list of changes has been shown."""
        self._controller.report.kept.is_reviewed = False
        return self.save()

    def save(self, report: OpenReport | None = None) -> bool:
        """Save as Word: over our own last output, else where the user says."""
        report = report or self._controller.report
        if self.saving.is_running:
            report.kept.wants_again = True
            return True
        own = report.kept.own
        if own is None:
            return self.ask_and_save(Output.WORD, report)
        if not self._is_reviewed(report, Output.WORD):
            return False
        wish = Wish(Output.WORD, own.path, overwrite=True, expected=own.state)
        return self._start(report, wish)

    def save_as(self) -> bool:
        """Save as Word where the user says; return whether saving has begun."""
        return self.ask_and_save(Output.WORD)

    def ask_and_save(self, output: Output, report: OpenReport | None = None) -> bool:
        """Save where the user says, over nothing without asking."""
        report = report or self._controller.report
        if self.saving.is_running:
            self.said.emit(self.tr("正在保存，请稍候再试"))
            return False
        # Nobody should answer for a report that is not to be seen.
        self._controller.show(report)
        if not self._is_reviewed(report, output):
            return False
        session = report.session
        self._say_before(report, output)
        title, proposed = title_of_saving(session, output), proposed_name(session, output)
        while path := self.dialogs.ask_save(title, proposed, output.suffix):
            if self._is_source(path, report):
                self._refuse_source(report, output)
                return False
            if not path.exists():
                return self._start(report, Wish(output, path, overwrite=False))
            answer = self.dialogs.ask_existing(path)
            if answer is Existing.REPLACE:
                return self._start(report, Wish(output, path, overwrite=True))
            if answer is Existing.CANCEL:
                return False
        return False

    def _is_reviewed(self, report: OpenReport, output: Output) -> bool:
        """Show what would be saved where that is wanted; return whether to go on."""
        if output not in _REVIEWED or not self._reviewing.is_due(report):
            return True
        self._controller.show(report)
        if self._reviewing.ask(report, self.dialogs):
            return True
        self.said.emit(self.tr("没有保存"))
        return False

    def _say_before(self, report: OpenReport, output: Output) -> None:
        """Say once that a report that is no Word file becomes one."""
        remark = remark_before(report.session) if output is Output.WORD else ""
        if remark and not report.kept.new_word_is_told:
            report.kept.new_word_is_told = True
            self._bar.say(Kind.NOTE, remark)

    def _is_source(self, path: Path, report: OpenReport) -> bool:
        """Return whether a path is a file that is open, in whichever tab."""
        from core.export import is_same_file

        others = (each for each in self._controller.reports if each is not report)
        return any(is_same_file(path, each.path) for each in (report, *others))

    def _refuse_source(self, report: OpenReport, output: Output) -> None:
        sentence = self.tr("这是打开的原文件，程序不会修改它，没有保存。请换一个名称保存。")
        self._bar.say(Kind.ERROR, sentence, **{self.tr("另存为…"): self._asking(report, output)})

    def _start(self, report: OpenReport, wish: Wish) -> bool:
        session, kept = report.session, report.kept
        if wish.output is Output.WORD and not kept.is_signature_settled:
            # Imported here: what looks into files would delay the first window.
            from gui.opening import is_signed_word

            if is_signed_word(session) and not self.dialogs.ask_signed(session.path.name):
                self.said.emit(self.tr("没有保存"))
                return False
            kept.is_signature_settled = True
        self.said.emit(self.tr("正在保存…"))
        report.use_office(self._controller.office)
        left_out = kept.left_out if wish.output in _REVIEWED else ()
        if wish.output.is_report and not left_out:
            self.report_begun.emit(report)
        settled, style = kept.is_source_settled, self._mode.style
        if not has_modes(session):
            style = replace(style, mode=Mode.CLEAN)
        wish = replace(wish, style=style, is_source_settled=settled, left_out=left_out)
        self._written = report
        self.saving.save(session, wish)
        return True

    def _asking(self, report: OpenReport, output: Output) -> Callable[[], None]:
        def ask() -> None:
            if self._is_open(report):
                self.ask_and_save(output, report)

        return ask

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        report = self._written
        if report is not None and self._is_open(report):
            if saved.output.is_report:
                if saved.output is Output.WORD:
                    report.kept.own = OwnOutput(saved.path, saved.state)
                report.kept.state = SavedState.of(saved.session)
            self._tell_state(report)
            self.report_saved.emit(report, saved)
        self.said.emit(short_notice(saved))
        kind = Kind.WARNING if saved.notices else Kind.NOTE
        self._bar.say(kind, notice(saved), **{self.tr("打开所在文件夹"): _showing(saved.path)})
        self.saved.emit(saved)
        self._save_what_waits()

    def _save_what_waits(self) -> None:
        """Save a report that was to be saved while another one was being written."""
        for report in self._controller.reports:
            if report.kept.wants_again and not self.saving.is_running:
                report.kept.wants_again = False
                if report.unsaved and not self.save(report):
                    self.failed.emit(report)

    def _is_open(self, report: OpenReport) -> bool:
        return report in self._controller.reports

    @Slot(object, object)
    def _on_failed(self, wish: Wish, error: Exception) -> None:
        report = self._written
        if report is not None:
            report.kept.wants_again = False
        self.said.emit(self.tr("没有保存"))
        self.failed.emit(report)
        if not isinstance(error, ReportError):
            crash.report(error)
        else:
            # A report that is closed cannot be written any more.
            is_open = report is not None and self._is_open(report)
            verbs = self._verbs(report, wish, error) if report is not None and is_open else {}
            self._bar.say(Kind.ERROR, str(error), **verbs)
        self._save_what_waits()

    def _verbs(
        self, report: OpenReport, wish: Wish, error: ReportError
    ) -> dict[str, Callable[[], None]]:
        """Return what can be done about a save that was refused."""
        if isinstance(error, SourceChangedError):
            return {
                self.tr("重新载入"): lambda: self.reload_requested.emit(report),
                self.tr("仍然保存"): partial(self._save_in_spite_of_source, report, wish),
            }
        other = {self.tr("另存为…"): self._asking(report, wish.output)}
        if isinstance(error, ChangedOnDiskError):
            return {self.tr("打开所在文件夹"): _showing(wish.path), **other}
        return {self.tr("重试"): partial(self._retry, report, wish), **other}

    def _retry(self, report: OpenReport, wish: Wish) -> None:
        if self._is_open(report) and not self.saving.is_running:
            self._start(report, wish)

    def _save_in_spite_of_source(self, report: OpenReport, wish: Wish) -> None:
        report.kept.is_source_settled = True
        self._retry(report, wish)

    def _tell_state(self, report: OpenReport) -> None:
        if report is self._controller.shown:
            self.unsaved_changed.emit(report.unsaved)
        self.state_changed.emit(report)

    @Slot()
    def _on_state_changed(self) -> None:
        shown = self._controller.shown
        if shown is None:
            self.unsaved_changed.emit(0)
        else:
            self._tell_state(shown)


def _showing(path: Path) -> Callable[[], None]:
    def show() -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    return show
