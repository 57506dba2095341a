"""Files that are dropped on the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDropEvent

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def dropped_paths(event: QDropEvent) -> list[Path]:
    """Return the files of this computer among what is dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def take_dropped(window: MainWindow, paths: Sequence[Path]) -> None:
    """Open files; a single one that is last year's of the report shown stands beside it.

    The reports of a folder are checked together.
    """
    if folder := next((path for path in paths if path.is_dir()), None):
        window.shell.folder.show(folder)
    elif len(paths) == 1 and window.controller.session is not None:
        window.last_year.take_dropped(paths[0])
    else:
        window.filing.open_together(paths)
