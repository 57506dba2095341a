"""The few questions that wait for an answer, and windows that only show something.

Every button is a verb, and the safe one is the default.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox, QWidget

from core.readers.endings import ALL_ENDINGS
from core.version import DISPLAY_NAME
from gui.views.list_dialog import ListDialog

if TYPE_CHECKING:
    from core.creation import NewReport
    from gui.views.changes_dialog import BeforeSaving, Reviewed

OPEN_FILTER = f"年度报告 ({' '.join(f'*.{ending}' for ending in ALL_ENDINGS)});;所有文件 (*)"
SETTINGS_FILTER = "检查设置文件 (*.json);;所有文件 (*)"


class Unsaved(Enum):
    """What to do with changes that are not saved."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Existing(Enum):
    """What to do about a file that stands where one is to be saved."""

    REPLACE = "replace"
    OTHER_NAME = "other name"
    CANCEL = "cancel"


class Dialogs:
    """Asks the user.  Tests put their own answers in its place."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def ask_open(self, folder: Path | None, title: str = "打开年度报告") -> Path | None:
        """Ask which report to open, None if the user does not want to."""
        return self._ask_file(folder, title, OPEN_FILTER)

    def ask_settings(self, folder: Path | None) -> Path | None:
        """Ask which settings file to use, None if the user does not want to."""
        return self._ask_file(folder, "使用检查设置文件", SETTINGS_FILTER)

    def ask_lost_explanations(self) -> bool:
        """Ask whether to close although explanations could not be saved."""
        return self._is_sure(
            "刚才写的说明还没有存进文件，关闭后就没有了。",
            "取消后，可以在窗口上方的消息中重试，或者把不能读取的文件移到一旁。",
            "仍然关闭",
        )

    def ask_save(self, title: str, proposed: Path, suffix: str) -> Path | None:
        """Ask where to save, None if the user does not want to.

        An existing file is asked about by `ask_existing`, in our own words.
        """
        dialog = QFileDialog(self._parent, title, str(proposed.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{suffix.lstrip('.')} 文件 (*{suffix})")
        dialog.setDefaultSuffix(suffix)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(proposed.name)
        if not dialog.exec():
            return None
        return Path(dialog.selectedFiles()[0])

    def ask_changes(self, before: BeforeSaving) -> Reviewed | None:
        """Show what a file would get, each change with a tick; None if nothing is to be saved."""
        # Imported here, as all that the first window does not need.
        from gui.views.changes_dialog import ChangesDialog

        dialog = ChangesDialog(before, self._parent)
        return dialog.reviewed if dialog.exec() else None

    def ask_new_report(self) -> NewReport | None:
        """Ask for which agency and year a report shall be made, None if for none."""
        # Imported here: what reads and writes Word would delay the first window.
        from gui.views.new_report_dialog import NewReportDialog

        dialog = NewReportDialog(self._parent)
        return dialog.wanted if dialog.exec() else None

    def ask_unsaved(self, name: str, count: int, *, is_new: bool = False) -> Unsaved:
        """Ask what to do with changes before they are put away; a new report has no source."""
        promise = "" if is_new else "，原文件不会被修改"
        box = self._box(
            f"“{name}”有 {count} 处修改还没有保存。",
            f"保存会写成一个新的 Word 文件{promise}。",
        )
        save = box.addButton("保存", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton("不保存", QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(cancel)
        box.exec()
        answers = {save: Unsaved.SAVE, discard: Unsaved.DISCARD}
        return next((a for b, a in answers.items() if box.clickedButton() is b), Unsaved.CANCEL)

    def ask_existing(self, path: Path) -> Existing:
        """Ask what to do about a file that already has the name."""
        box = self._box(f"“{path.name}”已经存在。", "替换后，那个文件现在的内容就没有了。")
        replace = box.addButton("替换", QMessageBox.ButtonRole.DestructiveRole)
        other = box.addButton("另存为…", QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(other)
        box.setEscapeButton(cancel)
        box.exec()
        answers = {replace: Existing.REPLACE, other: Existing.OTHER_NAME}
        return next((a for b, a in answers.items() if box.clickedButton() is b), Existing.CANCEL)

    def ask_signed(self, name: str) -> bool:
        """Ask whether to save a copy in which the report's signature is no longer valid."""
        return self._is_sure(
            f"“{name}”带有数字签名，保存的副本里这个签名不再有效。",
            "副本需要重新签名；原文件和它的签名不会被改动。",
            "仍然保存副本",
            QMessageBox.ButtonRole.AcceptRole,
        )

    def ask_give_up(self, name: str, count: int) -> bool:
        """Ask whether to remove what could be recovered of a report."""
        return self._is_sure(
            f"放弃“{name}”上次未保存的 {count} 处修改？" if count else f"放弃“{name}”的恢复日志？",
            "放弃后不能再恢复；原文件不受影响。",
            "放弃",
        )

    def ask_author(self, present: str) -> str | None:
        """Ask in whose name changes are made, None if the user leaves it as it is."""
        dialog = QInputDialog(self._parent)
        dialog.setWindowTitle("设置作者")
        dialog.setLabelText(f"修订和批注旁边显示的作者（留空则为“{DISPLAY_NAME}”）：")
        dialog.setTextValue(present)
        dialog.setOkButtonText("保存")
        dialog.setCancelButtonText("取消")
        return dialog.textValue() if dialog.exec() else None

    def ask_clear(self, question: str, more: str) -> bool:
        """Ask whether to remove something for good."""
        return self._is_sure(question, more, "清除")

    def run(self, dialog: QDialog) -> bool:
        """Show a dialog until it is answered; return whether it was accepted."""
        accepted = bool(dialog.exec())
        dialog.deleteLater()
        return accepted

    def show_about(self) -> None:
        """Say what the program is."""
        # Imported here, as all that the first window does not need.
        from gui.views.about_dialog import AboutDialog

        AboutDialog(self._parent).exec()

    def show_list(
        self, title: str, about: str, headers: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> None:
        """Show a list in a window of its own."""
        ListDialog(title, about, headers, rows, self._parent).exec()

    def show_beside(
        self, title: str, about: str, headers: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> None:
        """Show a list in a window that can stay open beside the report."""
        dialog = ListDialog(title, about, headers, rows, self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _ask_file(self, folder: Path | None, title: str, kinds: str) -> Path | None:
        place = str(folder or Path.home())
        name, _ = QFileDialog.getOpenFileName(self._parent, title, place, kinds)
        return Path(name) if name else None

    def _is_sure(
        self,
        text: str,
        more: str,
        verb: str,
        role: QMessageBox.ButtonRole = QMessageBox.ButtonRole.DestructiveRole,
    ) -> bool:
        """Return whether the user chose the verb; to leave all as it is, is the default."""
        box = self._box(text, more)
        sure = box.addButton(verb, role)
        cancel = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        box.exec()
        return box.clickedButton() is sure

    def _box(self, text: str, more: str) -> QMessageBox:
        box = QMessageBox(self._parent)
        box.setWindowTitle(DISPLAY_NAME)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setInformativeText(more)
        return box
