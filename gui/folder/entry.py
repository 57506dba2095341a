"""The way from the main window to the folder window, and of its reports back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.untitled import Make

if TYPE_CHECKING:
    from gui.folder.window import FolderWindow
    from gui.main_window import MainWindow


class FolderEntry(QObject):
    """Makes the folder window when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._main = window
        self.window: FolderWindow | None = None

    def show(self, folder: Path | None = None) -> FolderWindow:
        """Show the window, with a folder if one is named."""
        made = self.window or self._make()
        made.show()
        made.raise_()
        made.activateWindow()
        if folder is not None:
            made.open_folder(folder)
        return made

    def close(self) -> None:
        """Stop all work and put the window away, as the main window closes."""
        if self.window is not None:
            window, self.window = self.window, None
            window.close()
            window.shut_down()
            window.deleteLater()

    def _make(self) -> FolderWindow:
        # Imported here: it brings along what checks folders, which the first window does not need.
        from gui.folder.window import FolderWindow

        controller = self._main.controller
        self.window = FolderWindow(lambda: controller.office)
        self.window.report_wanted.connect(self._on_report_wanted)
        self.window.made_wanted.connect(self._on_made_wanted)
        return self.window

    @Slot(object, object)
    def _on_report_wanted(self, path: Path, beside: Path | None) -> None:
        self._come_forward()
        self._main.filing.open(path, beside)

    @Slot(str, object)
    def _on_made_wanted(self, name: str, make: Make) -> None:
        self._come_forward()
        self._main.filing.open_made(name, make)

    def _come_forward(self) -> None:
        if self._main.isMinimized():
            self._main.showNormal()
        self._main.raise_()
        self._main.activateWindow()
