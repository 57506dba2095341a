"""关于勾稽: what the program is, its version, its own licence and those of its parts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.resources import ROOT
from core.version import DISPLAY_NAME, VERSION
from gui import icons
from gui.help_window import ClosedBrowser

_TEXT = (
    "核对政府信息公开工作年度报告的法定表格，指出哪一格不对、为什么。\n\n"
    "全程离线，原文件不会被修改。\n\n"
    "本程序以 MIT 许可证发布。所用组件和它们的许可证在后面两页，文字以原文为准。"
)


class AboutDialog(QDialog):
    """Three pages: the program, its licence, the notices on the works it uses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("关于{0}").format(DISPLAY_NAME))
        self.pages = QTabWidget()
        self.pages.setAccessibleName(self.tr("关于的各页"))
        self.pages.addTab(self._program(), self.tr("程序(&P)"))
        self.pages.addTab(_document("LICENSE", self.tr("许可证")), self.tr("许可证(&L)"))
        notices = _document("THIRD-PARTY-NOTICES.md", self.tr("第三方组件"))
        self.pages.addTab(notices, self.tr("第三方组件(&T)"))
        close = QPushButton(self.tr("关闭"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self.pages, 1)
        layout.addLayout(foot)
        em = self.fontMetrics().averageCharWidth()
        self.resize(em * 104, em * 64)
        close.setFocus()

    def _program(self) -> QWidget:
        picture = QLabel()
        picture.setPixmap(icons.application_icon().pixmap(64, 64))
        title = QLabel(self.tr("{0} · 年报校核　{1}").format(DISPLAY_NAME, VERSION))
        title.setObjectName("headline")
        text = QLabel(_TEXT)
        text.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(12)
        words.addWidget(title)
        words.addWidget(text)
        words.addStretch(1)
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(20)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        return page


def _document(name: str, title: str) -> ClosedBrowser:
    """Return a view of a text that comes with the program."""
    view = ClosedBrowser()
    view.setObjectName("page")
    view.setAccessibleName(title)
    path = ROOT / name
    text = path.read_text(encoding="utf-8") if path.is_file() else f"没有找到“{name}”。"
    if name.endswith(".md"):
        view.setMarkdown(text)
    else:
        view.setPlainText(text)
    return view
