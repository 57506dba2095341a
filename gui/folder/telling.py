"""Keeps what is shown of a folder in step with the work on it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from core.batch import Batch
from core.batch_likeness import AlikePair
from core.batch_overview import overview_of
from core.batch_state import Kept
from core.batch_totals import totals_of
from core.errors import ReportError
from gui import crash
from gui.folder.binding import enable
from gui.folder.checking import Phase
from gui.folder.likeness import Reading
from gui.folder.panes import OVERVIEW, SUMMARY
from gui.offers import time_words
from gui.views.information_bar import Kind

if TYPE_CHECKING:
    from gui.folder.window import FolderWindow

# Numbers that follow a running check need not follow every file.
_REFRESHED_EVERY = 700  # ms


class Telling(QObject):
    """Says how far the check is and what came of it."""

    def __init__(self, window: FolderWindow) -> None:
        super().__init__(window)
        self._window = window
        self._told = 0
        self.reading = Reading(self)
        self._later = QTimer(self, singleShot=True, interval=_REFRESHED_EVERY)
        self._later.timeout.connect(self.refresh)
        check, work = window.work.check, window.work
        check.found.connect(self._on_found)
        check.phase_changed.connect(self._on_phase)
        check.progressed.connect(self._on_progress)
        check.arrived.connect(self._on_arrived)
        check.failed.connect(self._on_failed)
        work.choices_changed.connect(self._on_choices)
        work.together_changed.connect(self._on_together)
        work.units_changed.connect(self._on_units)
        work.list_failed.connect(lambda sentence: window.bar.say(Kind.ERROR, sentence))
        window.pages.currentChanged.connect(self._on_page)
        window.alike.pair_wanted.connect(self._on_pair)
        self.reading.read.connect(window.alike.show_texts)
        self.reading.failed.connect(window.alike.show_sentence)
        self._on_choices()
        self._on_phase(Phase.EMPTY)
        self.refresh()

    def shut_down(self) -> None:
        """Stop reading."""
        self.reading.close()

    @Slot()
    def refresh(self) -> None:
        """Show the numbers as they are now."""
        window = self._window
        window.reports.refresh()
        window.panes.name_tabs()
        if window.pages.currentIndex() == OVERVIEW:
            window.overview.show_overview(overview_of(window.work.reports.rows))

    @Slot(object, object)
    def _on_found(self, batch: Batch, kept: Kept) -> None:
        self._told = 0
        self._window.overview.show_overview(overview_of(()))
        self.refresh()
        if kept.count:
            when = time_words(datetime.fromtimestamp(kept.at), datetime.now())
            sentence = (
                f"上次检查到{when}没有做完，已有 {kept.count} 个文件的结果。"
                "继续检查时，没有变化的文件不再重新检查。"
            )
            check, work = self._window.work.check, self._window.work
            self._window.bar.say(
                Kind.NOTE, sentence, 继续=lambda: check.start(), 重新检查=work.recheck
            )
        if not batch.listing.files:
            self._window.bar.say(Kind.WARNING, "这个文件夹里没有可以检查的报告，请换一个文件夹。")

    @Slot(object)
    def _on_phase(self, phase: Phase) -> None:
        window = self._window
        window.head.show_phase(phase, has_kept=window.work.check.kept.count > 0)
        if phase is Phase.RUNNING:
            batch = window.work.batch
            past = len(batch.past.files) if batch and batch.past else 0
            window.status.begin(past + window.work.reports.count)
        elif phase is not Phase.FINDING:
            window.status.end()
        window.status.say(self._sentence(phase))
        enable(window)
        self._lead(phase)
        self.refresh()
        self._on_together()
        self._on_page(window.pages.currentIndex())

    def _lead(self, phase: Phase) -> None:
        """Give the keyboard to what comes next: the verb, then the list."""
        window = self._window
        if phase is Phase.READY and window.head.start.isEnabled():
            window.head.start.setFocus()
        elif phase is Phase.RUNNING and window.reports.isVisible():
            window.reports.list.setFocus()

    def _sentence(self, phase: Phase) -> str:
        work, status = self._window.work, self._window.status
        if phase is Phase.FINDING:
            return "正在查找文件夹中的报告…"
        if phase is Phase.READY and work.batch is not None:
            skipped = work.batch.listing.skipped
            rest = f"，另有 {skipped} 个不是报告的文件没有列入" if skipped else ""
            verb = "继续" if work.check.kept.count else "开始检查"
            return f"找到 {work.reports.count} 个文件{rest}；按“{verb}”（F5）"
        if phase is Phase.RUNNING:
            return f"正在检查：已完成 {status.done}/{status.total}"
        if phase is Phase.STOPPED:
            return f"已取消，已完成 {len(work.reports.rows)}/{work.reports.count}，可以继续"
        if phase is Phase.DONE:
            total = totals_of(work.reports.rows)
            return (
                f"检查完成：{total['read']} 份，有强制性错误的 {total['with_errors']} 份，"
                f"没有读取 {total['unreadable']} 个"
            )
        return "就绪"

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        self._window.status.show_progress(done, total)
        self._window.status.say(self._sentence(Phase.RUNNING))

    @Slot()
    def _on_arrived(self) -> None:
        batch = self._window.work.batch
        if batch is not None and len(batch.notices) > self._told:
            self._window.bar.say(Kind.NOTE, "\n".join(batch.notices[self._told :]))
            self._told = len(batch.notices)
        if not self._later.isActive():
            self._later.start()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, ReportError):
            self._window.bar.say(Kind.ERROR, str(error))
        else:
            crash.report(error)

    @Slot()
    def _on_choices(self) -> None:
        self._window.head.show_choices(self._window.work)
        enable(self._window)

    @Slot()
    def _on_together(self) -> None:
        work = self._window.work
        self._window.together.show_together(work.together, len(work.accepted))
        self._window.alike.show_pairs(work.together.alikes if work.together else None)
        self._window.panes.name_tabs()

    @Slot()
    def _on_units(self) -> None:
        work = self._window.work
        self._window.summary.show_units(work.units, work.remaining)
        if self._window.pages.currentIndex() == SUMMARY:
            work.want_units()

    @Slot(int)
    def _on_page(self, page: int) -> None:
        if page == OVERVIEW:
            self.refresh()
        elif page == SUMMARY:
            self._window.work.want_units()

    @Slot(object)
    def _on_pair(self, pair: AlikePair) -> None:
        one, other = (self._window.work.file_of(name) for name in (pair.one, pair.other))
        if one is not None and other is not None:
            self.reading.start(one, other)
