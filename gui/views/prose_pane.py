"""The report's own sentences: those about a table below the grid, or a whole section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTextEdit, QVBoxLayout, QWidget

from core.rules.model import Span
from gui import theme
from gui.prose import Passage, same_numbers

_INDENT_CHARACTERS = 2


class ProsePane(QWidget):
    """A heading line and a page of text that can be read and copied, not edited."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("prose_pane")
        self._passages: Sequence[Passage] = ()
        self._number = ""
        self._span: Span | None = None
        label = QLabel(self.tr("原文"))
        label.setObjectName("pane_title")
        self._subject = QLabel()
        self._subject.setObjectName("muted")
        self._subject.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label)
        line.addWidget(self._subject, 1)
        self.page = QTextEdit()
        self.page.setObjectName("page")
        self.page.setReadOnly(True)
        self.page.setAcceptDrops(False)
        self.page.setAccessibleName(name)
        self.page.setPlaceholderText(self.tr("报告的文字部分没有提到这张表。"))
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 12)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addWidget(self.page, 1)

    @property
    def text(self) -> str:
        """Everything that is shown on the page."""
        return self.page.toPlainText()

    def show_passages(
        self,
        subject: str,
        passages: Sequence[Passage],
        number: str = "",
        span: Span | None = None,
    ) -> None:
        """Show paragraphs; numbers like a cell's, or a finding's stretch, are marked."""
        self._subject.setText(subject)
        if (passages, number, span) == (self._passages, self._number, self._span):
            return
        self._passages, self._number, self._span = passages, number, span
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._fill()

    def _fill(self) -> None:
        document = self.page.document()
        document.clear()
        document.setDefaultFont(theme.prose_font())
        cursor = QTextCursor(document)
        marked: QTextCursor | None = None
        for number, passage in enumerate(self._passages):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(_block(passage))
            start = cursor.position()
            cursor.insertText(passage.text, _format(passage))
            for first, last, color in self._marks(passage):
                marked = _mark(document, start + first, start + last, color)
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        if marked is not None:
            self.page.setTextCursor(marked)
            self.page.ensureCursorVisible()
            marked.clearSelection()
            self.page.setTextCursor(marked)

    def _marks(self, passage: Passage) -> Iterable[tuple[int, int, str]]:
        colors = theme.current()
        span = self._span
        if span and (passage.section.number, passage.paragraph) == (span.section, span.paragraph):
            end = min(span.end - passage.cut, len(passage.text))
            yield max(span.start - passage.cut, 0), end, colors.search
        for start, end in same_numbers(passage.text, self._number):
            yield start, end, colors.search


def _block(passage: Passage) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if passage.paragraph is not None:
        made.setTextIndent(_INDENT_CHARACTERS * theme.prose_font().pointSizeF() * 1.33)
    return made


def _format(passage: Passage) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(theme.current().text))
    if passage.paragraph is None:
        made.setFontWeight(QFont.Weight.Bold)
    return made


def _mark(document: QTextDocument, start: int, end: int, color: str) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    made = QTextCharFormat()
    made.setBackground(QColor(color))
    cursor.mergeCharFormat(made)
    return cursor
