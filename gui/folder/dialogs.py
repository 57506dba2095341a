"""What the folder window asks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from gui.views.dialogs import Dialogs

LIST_FILTER = "机关名单 (*.txt *.csv *.tsv *.xlsx *.xls *.et *.docx);;所有文件 (*)"


class FolderDialogs(Dialogs):
    """Asks for folders and lists.  Tests put their own answers in its place."""

    def ask_folder(self, title: str, present: Path | None) -> Path | None:
        """Ask for a folder, None if the user does not want to."""
        place = str(present or Path.home())
        name = QFileDialog.getExistingDirectory(self._parent, title, place)
        return Path(name) if name else None

    def ask_list(self, present: Path | None) -> Path | None:
        """Ask for a list of agencies, None if the user does not want to."""
        return self._ask_file(present, "选择机关名单", LIST_FILTER)
