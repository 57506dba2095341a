"""Lists, letters and the roll-up as files, and what is printed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from core.batch_row import Row
from core.errors import ReportError
from core.progress import Progress
from core.storage import free_path, why_not_writable
from gui import crash
from gui.folder.dialogs import FolderDialogs
from gui.folder.work import FolderWork
from gui.jobs import JobRunner
from gui.views.dialogs import Existing
from gui.views.information_bar import InformationBar, Kind

_SUFFIX = ".xlsx"
_PARTLY = "检查没有做完，还有 {0} 个文件没有检查，不在其中。"
_INSIDE = "它在检查的文件夹里，下次检查时会被当作报告读取；建议移到别处。"


class Output(Enum):
    """What can be written: its name, as people call it."""

    FINDINGS = "疑点清单"
    RELEASES = "公开情况"
    SUMMARY = "汇总表"
    FEEDBACK = "反馈单"


class FolderOutput(QObject):
    """Asks where, writes off the GUI thread, and says what was written.

    Signals:
        said: A sentence for the status bar.
        progressed: Letters written, letters in all.
        ended: Nothing is being written any more.
    """

    said = Signal(str)
    progressed = Signal(int, int)
    ended = Signal()

    def __init__(
        self,
        work: FolderWork,
        dialogs: FolderDialogs,
        bar: InformationBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self.dialogs = dialogs
        self._bar = bar
        self._again: Callable[[], None] | None = None
        self._jobs = JobRunner(self)
        self._jobs.progressed.connect(self.progressed)
        self._jobs.succeeded.connect(self._on_written)
        self._jobs.failed.connect(self._on_failed)

    @property
    def is_running(self) -> bool:
        """Whether something is being written."""
        return self._jobs.is_running

    def export(self, what: Output, chosen: frozenset[str] = frozenset()) -> None:
        """Ask where, and write; `chosen` are the units of a roll-up."""
        if self.is_running:
            self.said.emit("正在保存，请稍候再试")
        elif what is Output.FEEDBACK:
            self._ask_for_letters()
        else:
            self._ask_for_workbook(what, chosen)

    def wait(self) -> None:
        """Wait until the file is written; that is never broken off."""
        self._jobs.wait()

    def _ask_for_letters(self) -> None:
        if folder := self.dialogs.ask_folder("反馈单保存到哪个文件夹", self._place):
            self._write_letters(folder)

    def _write_letters(self, folder: Path) -> None:
        rows, office = self._work.reports.rows, self._work.office_name

        def work(progress: Progress) -> tuple[Path, int]:
            # Imported here: what writes Word and Excel would delay the window.
            from core.batch_output import write_feedback

            written = write_feedback(folder, rows, datetime.date.today(), office, progress)
            return folder, len(written)

        self._again = lambda: self._write_letters(folder)
        self._start(work)

    def _ask_for_workbook(self, what: Output, chosen: frozenset[str]) -> None:
        folder = self._work.folder
        name = f"{folder.name if folder else '年报'}({what.value}){_SUFFIX}"
        proposed = free_path(self._place / name)
        while path := self.dialogs.ask_save(f"导出{what.value}", proposed, _SUFFIX):
            if self._is_source(path):
                self._bar.say(Kind.ERROR, f"“{path.name}”是要检查的文件，没有写入；请换一个名称。")
                return
            answer = self.dialogs.ask_existing(path) if path.exists() else Existing.REPLACE
            if answer is Existing.REPLACE:
                self._write_workbook(what, path, chosen, overwrite=path.exists())
                return
            if answer is Existing.CANCEL:
                return

    def _write_workbook(
        self, what: Output, path: Path, chosen: frozenset[str], *, overwrite: bool
    ) -> None:
        rows, together = self._work.reports.rows, self._work.together
        found = together.findings if together else ()
        missing = together.missing if together else ()

        def work(_progress: Progress) -> tuple[Path, int]:
            from core import batch_output

            if what is Output.FINDINGS:
                batch_output.write_findings(path, rows, found, overwrite=overwrite)
            elif what is Output.RELEASES:
                batch_output.write_releases(path, rows, missing, overwrite=overwrite)
            else:
                _write_summary(path, rows, chosen, overwrite=overwrite)
            return path, 1

        self._again = lambda: self._write_workbook(what, path, chosen, overwrite=overwrite)
        self._start(work)

    def _start(self, work: Callable[[Progress], tuple[Path, int]]) -> None:
        self.said.emit("正在保存…")
        self._jobs.start(work)

    @property
    def _place(self) -> Path:
        """Where to propose a file: beside the folder, not in it, where it would be checked."""
        folder = self._work.folder
        if folder is not None and folder.parent != folder and not why_not_writable(folder.parent):
            return folder.parent
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(place) if place and Path(place).is_dir() else Path.home()

    def _is_source(self, path: Path) -> bool:
        batch = self._work.batch
        past = batch.past.files if batch and batch.past else ()
        files = (*(batch.listing.files if batch else ()), *past)
        wanted = path.resolve()
        return any(file.path.resolve() == wanted for file in files if file.path.name == path.name)

    @Slot(object)
    def _on_written(self, written: tuple[Path, int]) -> None:
        self.ended.emit()
        self.tell_written(*written)

    def tell_written(self, path: Path, count: int) -> None:
        """Say what was written: a file, or so many letters in a folder."""
        is_folder = path.is_dir()
        if is_folder and not count:
            self.said.emit("没有写出反馈单")
            self._bar.say(Kind.NOTE, "没有需要反馈的疑点，没有写出反馈单。")
            return
        sentence = (
            f"已写出反馈单 {count} 份，在文件夹“{path}”中。"
            if is_folder
            else f"已保存为“{path.name}”，在文件夹“{path.parent}”中。"
        )
        own = self._work.folder
        is_inside = own is not None and path.resolve().is_relative_to(own.resolve())
        self.said.emit(f"已写出反馈单 {count} 份" if is_folder else f"已保存“{path.name}”")
        remaining = self._work.remaining
        kind = Kind.WARNING if is_inside or remaining else Kind.NOTE
        text = sentence + (_PARTLY.format(remaining) if remaining else "")
        text += _INSIDE if is_inside else ""
        self._bar.say(kind, text, 打开所在文件夹=lambda: _show(path if is_folder else path.parent))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.ended.emit()
        self.said.emit("没有保存")
        if not isinstance(error, ReportError):
            crash.report(error)
        elif self._again is not None:
            self._bar.say(Kind.ERROR, str(error), 重试=self._again)


def _write_summary(path: Path, rows: list[Row], chosen: frozenset[str], *, overwrite: bool) -> None:
    from core.batch_output import write_summary
    from core.summary import summary_of

    write_summary(path, summary_of(rows, chosen), overwrite=overwrite)


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
