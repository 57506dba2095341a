"""Qt's print preview with names on its buttons, and without what makes no sense here."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

_SHARE = 0.85  # of the screen's height at most


class PrintPreview(QPrintPreviewDialog):
    """The pages as they would be printed."""

    def __init__(self, printer: QPrinter, title: str, parent: QWidget | None = None) -> None:
        super().__init__(printer, parent)
        # The dialog does not own it, and paints on it later.
        self._printer = printer
        self.setWindowTitle(self.tr("打印预览 — {0}").format(title))
        for button in self.findChildren(QAbstractButton):
            button.setAccessibleName(button.text() or button.toolTip() or self.tr("更多"))
        for box in self.findChildren(QComboBox):
            box.setAccessibleName(self.tr("显示比例"))
        for line in self.findChildren(QLineEdit):
            is_zoom = isinstance(line.parent(), QComboBox)
            line.setAccessibleName(self.tr("显示比例") if is_zoom else self.tr("页码"))
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(int(screen.width() * _SHARE), int(screen.height() * _SHARE))
