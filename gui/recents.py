"""The reports that were opened last, for the start page; where they are gone is looked up aside."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import SaveError
from core.recent_files import (
    RecentFile,
    clear_recent,
    load_recent,
    recent_path,
    save_recent,
    with_file,
    without_file,
)
from core.refusals import code
from core.resources import SAMPLE
from gui.controller import SessionController
from gui.jobs import JobRunner
from gui.open_report import OpenReport
from gui.save_mode import SaveMode

_log = logging.getLogger(__name__)


class Recents(QObject):
    """Keeps the list of recent files.

    Signals:
        changed: The files, the latest first (tuple of RecentFile).
        missing_found: The paths that are not there any more (frozenset of Path).
    """

    changed = Signal(object)
    missing_found = Signal(object)

    def __init__(
        self, controller: SessionController, mode: SaveMode, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._mode = mode
        self._path = recent_path()
        self.files: tuple[RecentFile, ...] = ()
        # A network drive that is gone lets whoever asks for a file wait.
        self._jobs = JobRunner(self)
        self._jobs.succeeded.connect(self.missing_found)
        controller.report_opened.connect(self._on_report_opened)
        controller.session_closed.connect(self.load)

    @Slot()
    def load(self) -> None:
        """Read the list, which another window may have changed."""
        if self._mode.preferences.keeps_recent:
            self._show(load_recent(self._path))

    def remove(self, path: Path) -> None:
        """Take a file out of the list; the file itself is left alone."""
        self._keep(without_file(load_recent(self._path), path))

    def clear(self) -> None:
        """Remove the list, as nothing is to be remembered."""
        try:
            clear_recent(self._path)
        except OSError as error:
            _log.warning("the recent files stay: %s", code(error))
        self._show(())

    def forget(self) -> None:
        """Show nothing more of a list that is gone."""
        self._show(())

    def shut_down(self) -> None:
        """Stop looking, before the window closes."""
        self._jobs.close()

    @Slot(object)
    def _on_report_opened(self, report: OpenReport) -> None:
        path = report.path
        if self._mode.preferences.keeps_recent and path != SAMPLE and path.is_absolute():
            self._keep(with_file(load_recent(self._path), path, datetime.now()))

    def _keep(self, files: tuple[RecentFile, ...]) -> None:
        try:
            save_recent(self._path, files)
        except (SaveError, OSError) as error:
            # Nothing that anybody would want to be told of.
            _log.info("the recent files are not kept: %s", type(error).__name__)
        self._show(files)

    def _show(self, files: tuple[RecentFile, ...]) -> None:
        self.files = files
        self.changed.emit(files)
        if files and self._controller.session is None:
            self._jobs.start(_looking(files))


def _looking(files: tuple[RecentFile, ...]) -> Callable[[object], frozenset[Path]]:
    def look(_progress: object) -> frozenset[Path]:
        return frozenset(each.path for each in files if each.is_missing)

    return look
