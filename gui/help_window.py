"""The help: pages of `resources/help`, shown beside the report; nothing else is ever loaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from core.resources import resource
from core.version import DISPLAY_NAME


def help_pages() -> list[tuple[str, str]]:
    """Return title and Markdown of every page, in order."""
    paths = sorted(resource("help").glob("*.md"), key=lambda path: path.name)
    return [(_title(path), path.read_text(encoding="utf-8")) for path in paths]


def _title(path: Path) -> str:
    return path.stem.partition("-")[2]


class ClosedBrowser(QTextBrowser):
    """Shows a text that is given to it and fetches nothing, from the disk or the network."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Return nothing, whatever is asked for."""
        return None


class HelpBrowser(ClosedBrowser):
    """Shows the pictures of the help among its words, no wider than these, and no others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = ""
        # Always there, so that a long page does not change the width that its pictures have.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # Not while the page is being laid out.
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._fit_again)

    def show_page(self, markdown: str) -> None:
        """Show a page from its beginning."""
        self._page = markdown
        self.setMarkdown(markdown)
        self.moveCursor(self.textCursor().MoveOperation.Start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._timer.start()

    @Slot()
    def _fit_again(self) -> None:
        """Lay the page out again; the place on it stays about the same."""
        place = self.verticalScrollBar().value()
        self.setMarkdown(self._page)
        self.verticalScrollBar().setValue(place)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture that came with the program, nothing for all else."""
        asked = name.toString() if isinstance(name, QUrl) else name
        path = _pictures().get(asked)
        return self._fitted(QImage(str(path))) if path else super().loadResource(kind, name)

    def _fitted(self, picture: QImage) -> QImage:
        room = self.viewport().width() - 2 * int(self.document().documentMargin())
        if 0 < room < picture.width():
            # All its points stay for a sharp screen; only its size on the page is another.
            picture.setDevicePixelRatio(picture.width() / room)
        return picture


@cache
def _pictures() -> Mapping[str, Path]:
    return {f"images/{path.name}": path for path in resource("help").glob("images/*.png")}


class HelpWindow(QDialog):
    """The pages at the left, the text at the right; it can stay open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("使用帮助 — {0}").format(DISPLAY_NAME))
        self.setModal(False)
        self._texts = [text for _, text in help_pages()]
        self.pages = QListWidget()
        self.pages.setSpacing(4)
        self.pages.setAccessibleName(self.tr("帮助目录"))
        self.pages.addItems([title for title, _ in help_pages()])
        self.text = HelpBrowser()
        self.text.setObjectName("page")
        self.text.setAccessibleName(self.tr("帮助内容"))
        self.pages.currentRowChanged.connect(self.show_page)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.pages)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        em = self.fontMetrics().averageCharWidth()
        splitter.setSizes([em * 24, em * 96])
        hint = QLabel(self.tr("帮助随程序提供，不连接网络。"))
        hint.setObjectName("muted")
        close = QPushButton(self.tr("关闭"))
        close.setDefault(True)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(hint)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)
        self.resize(em * 124, em * 76)
        self.pages.setCurrentRow(0)

    @Slot(int)
    def show_page(self, row: int) -> None:
        """Show a page by its number."""
        if 0 <= row < len(self._texts):
            self.text.show_page(self._texts[row])

    def turn_to(self, title: str) -> None:
        """Show the page of a title."""
        for item in self.pages.findItems(title, Qt.MatchFlag.MatchExactly):
            self.pages.setCurrentItem(item)


def show_help(window: QWidget, title: str = "") -> HelpWindow:
    """Show the help of a window, which has one, at a page or where it was left."""
    made = window.findChild(HelpWindow) or HelpWindow(window)
    if title:
        made.turn_to(title)
    made.show()
    made.raise_()
    made.activateWindow()
    return made
