"""Last year's report beside this one: read on the worker, and told of where it does not fit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import ReportError
from core.progress import Progress
from gui import crash
from gui.controller import SessionController
from gui.jobs import JobRunner
from gui.open_report import OpenReport
from gui.remarks import Remark, say_about
from gui.views.information_bar import InformationBar, Kind, Message

if TYPE_CHECKING:
    from core.session import Session


class LastYear(QObject):
    """Loads and removes the report of the year before.

    Signals:
        said: A sentence for the status bar.
        reading_started: A sentence about what is being read.
        reading_progressed: Steps done, steps in all.
        reading_ended: A sentence about what came of it.
        other_report_dropped: The path of a file that is not last year's.
        file_wanted: The user wants to choose a file.
    """

    said = Signal(str)
    reading_started = Signal(str)
    reading_progressed = Signal(int, int)
    reading_ended = Signal(str)
    other_report_dropped = Signal(object)
    file_wanted = Signal()

    def __init__(
        self, controller: SessionController, bar: InformationBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._bar = bar
        self._path: Path | None = None
        self._was_dropped = False
        # The report for which it is read, whichever is shown by then.
        self._report: OpenReport | None = None
        self._jobs = JobRunner(self)
        self._jobs.progressed.connect(self.reading_progressed)
        self._jobs.succeeded.connect(self._on_read)
        self._jobs.failed.connect(self._on_failed)
        self._jobs.cancelled.connect(self._on_cancelled)
        controller.report_closed.connect(self._on_report_closed)

    @property
    def is_running(self) -> bool:
        """Whether a file is being read."""
        return self._jobs.is_running

    def load(self, path: Path) -> None:
        """Read a file and take it as last year's report, whichever it is."""
        self._start(path, was_dropped=False)

    def take_dropped(self, path: Path) -> None:
        """Take a dropped file as last year's if it is that; otherwise it is to be opened."""
        self._start(path, was_dropped=True)

    def remove(self) -> None:
        """Put last year's report away."""
        self._controller.use_last_year(None)
        self.said.emit(self.tr("已移除上年年报，不再与它核对"))

    def cancel(self) -> None:
        """Stop reading; what was loaded before stays."""
        self._jobs.cancel()

    def shut_down(self) -> None:
        """Stop and wait, before the window closes."""
        self._jobs.close()

    def _start(self, path: Path, was_dropped: bool) -> None:
        self._jobs.cancel()
        self._path, self._was_dropped = path, was_dropped
        self._report = self._controller.shown
        self.reading_started.emit(self.tr("正在读取“{0}”…").format(path.name))
        self._jobs.start(partial(_read, path))

    @Slot(object)
    def _on_read(self, report: Session) -> None:
        this = self._report
        if this is None:
            self.reading_ended.emit(self.tr("没有载入"))
        elif self._was_dropped and not is_last_years(this.session, report):
            self.reading_ended.emit(self.tr("就绪"))
            self.other_report_dropped.emit(report.path)
        else:
            self._controller.use_last_year(report, this)
            self.reading_ended.emit(self.tr("已载入上年年报“{0}”").format(report.path.name))
            self._tell_doubts(this, report)

    def remark(self, this: OpenReport) -> Remark | None:
        """Return what is the matter with the file that was to stand beside one just opened."""
        if this.problem is not None:
            return self._failure(*this.problem)
        last = this.session.last_year
        return self._doubtful(this.session, last) if last is not None else None

    def _tell_doubts(self, this: OpenReport, last: Session) -> None:
        if found := self._doubtful(this.session, last):
            self._say(this, Message(Kind.WARNING, found.sentence, found.verbs))

    def _doubtful(self, session: Session, last: Session) -> Remark | None:
        """Return what does not fit; the report is loaded all the same, and a rule says so too."""
        doubts = [*_doubts(session, last), *last.source.notices]
        verbs: dict[str, Callable[[], None]] = {
            self.tr("换一份…"): self.file_wanted.emit,
            self.tr("移除上年年报"): self.remove,
        }
        return Remark("\n".join(doubts), verbs) if doubts else None

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.reading_ended.emit(self.tr("没有载入上年年报"))
        if not isinstance(error, ReportError):
            crash.report(error)
        elif self._path is not None and self._report is not None:
            found = self._failure(self._path, error)
            self._say(self._report, Message(Kind.ERROR, found.sentence, found.verbs))

    def _failure(self, path: Path, error: ReportError) -> Remark:
        sentence = self.tr("上年年报“{0}”没有载入。{1}").format(path.name, error)
        verbs: dict[str, Callable[[], None]] = {
            self.tr("重试"): lambda: self.load(path),
            self.tr("换一份…"): self.file_wanted.emit,
        }
        return Remark(sentence, verbs)

    def _say(self, this: OpenReport, message: Message) -> None:
        say_about(this, self._controller.shown, self._bar, message)

    @Slot()
    def _on_cancelled(self) -> None:
        self.reading_ended.emit(self.tr("已取消读取"))

    @Slot(object)
    def _on_report_closed(self, report: OpenReport) -> None:
        if report is self._report:
            self._jobs.cancel()
            self._report = None


def is_last_years(session: Session, report: Session) -> bool:
    """Return whether a report is that of the year before, as far as both say."""
    year, before = session.document.year, report.document.year
    if year is None or before != year - 1:
        return False
    return not _is_of_another(session, report)


def _is_of_another(session: Session, report: Session) -> bool:
    """Return whether two reports say that they are of different agencies."""
    # Imported here, as what compares reports is not needed before there are two.
    from core.rules.two_years import same_agency

    return same_agency(session.context(), report.context()) is False


def _doubts(session: Session, report: Session) -> list[str]:
    year, before = session.document.year, report.document.year
    doubts = []
    if year is not None and before is not None and before != year - 1:
        doubts.append(
            f"载入的是 {before} 年度的年报，不是上一年度（{year - 1} 年）的，两年的数没有比较。"
        )
    elif year is None or before is None:
        whose = "本报告" if year is None else "载入的年报"
        doubts.append(f"{whose}没有写明年度，不能确定载入的是不是上年年报，请核对。")
    if _is_of_another(session, report):
        agency = report.document.agency
        doubts.append(f"载入的是“{agency}”的年报，机关名称与本报告不同，请确认没有选错文件。")
    return doubts


def _read(path: Path, progress: Progress) -> Session:
    # Imported here, on the worker: what reads reports would delay the first window.
    from core.session import open_session

    return open_session(path, progress)
