"""The one window that says that the program has a fault, and what has become of the edits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from core.version import DISPLAY_NAME

SAFE = "程序遇到问题，您的修改已自动保存，重新打开即可恢复。"
UNSAFE = "程序遇到问题，刚才的修改没有全部记入恢复日志。"
_WHAT_NOW = "打开的原文件没有被修改。可以复制错误信息发给维护人员，其中不含文档内容。"
_WHOM_TO_TELL = "请复制错误信息，发给维护人员。"
_SAVE_NOW = "打开的原文件没有被修改。请马上另存现在的修改，再重新启动程序。"


def show_crash(details: str) -> None:
    """Say that the program has a fault, and offer what may be reported of it."""
    crash_box(details, edits_are_safe=True).exec()


def show_crash_with_loss(details: str) -> None:
    """Say the same where not everything that was edited can be recovered."""
    crash_box(details, edits_are_safe=False).exec()


def crash_box(details: str, edits_are_safe: bool) -> QMessageBox:
    """Return the window for a fault of the running program."""
    if edits_are_safe:
        return _box(SAFE, _WHAT_NOW, details)
    return _box(UNSAFE, _SAVE_NOW, details)


def start_box(sentence: str, more: str, details: str) -> QMessageBox:
    """Return the window for a program that cannot start."""
    return _box(sentence, more or _WHOM_TO_TELL, details)


def _box(sentence: str, more: str, details: str) -> QMessageBox:
    """Return a window; copying leaves it open, because the sentence may not be read yet."""
    box = QMessageBox()
    box.setWindowTitle(DISPLAY_NAME)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(sentence)
    box.setInformativeText(more)
    copy = box.addButton("复制错误信息", QMessageBox.ButtonRole.ActionRole)
    close = box.addButton("关闭", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    # Without its own connection, which would close the box.
    copy.clicked.disconnect()
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    return box
