"""Files that could not be opened: said together once nothing more is being read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import ReportError
from gui import crash
from gui.controller import SessionController
from gui.views.information_bar import InformationBar, Kind

# More lines would cover the report.
_MOST_NAMED = 4


class Unopened(QObject):
    """Collects what failed, so that of several files none is forgotten.

    Signals:
        retry_wanted: The paths to try once more.
        other_wanted: The user wants to choose another file.
    """

    retry_wanted = Signal(object)
    other_wanted = Signal()

    def __init__(
        self, controller: SessionController, bar: InformationBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._failed: list[tuple[Path, ReportError]] = []
        controller.opening_failed.connect(self._on_failed)
        controller.opening_ended.connect(self._on_ended)

    @Slot(object, object)
    def _on_failed(self, path: Path, error: Exception) -> None:
        if isinstance(error, ReportError):
            self._failed.append((path, error))
        else:
            crash.report(error)

    @Slot()
    def _on_ended(self) -> None:
        failed, self._failed = self._failed, []
        if not failed:
            return
        # What was to be made of nothing of the user's has only a name, and is not tried again.
        paths = [path for path, _ in failed if path.is_absolute()]
        lines = [_sentence(path, error) for path, error in failed[:_MOST_NAMED]]
        if more := len(failed) - len(lines):
            lines.append(self.tr("还有 {0} 份没有打开。").format(more))
        verbs: dict[str, Callable[[], None]] = {
            self.tr("重试"): lambda: self.retry_wanted.emit(paths),
            self.tr("打开其他文件…"): self.other_wanted.emit,
        }
        kind = Kind.ERROR if paths else Kind.WARNING
        self._bar.say(kind, "\n".join(lines), **(verbs if paths else {}))


def _sentence(path: Path, error: ReportError) -> str:
    said = str(error)
    if path.name in said or not path.is_absolute():
        return said
    return f"“{path.name}”没有打开。{said}"
