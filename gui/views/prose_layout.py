"""Lays paragraphs out in a text document, with statements underlined and stretches marked."""

from __future__ import annotations

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from core.prose import Outcome
from gui import theme
from gui.prose import Passage, Shown

_INDENT_CHARACTERS = 2
# A line break inside a paragraph, which begins no other one.
_LINE_SEPARATOR = "\u2028"
_LINES = {
    Outcome.AGREES: QTextCharFormat.UnderlineStyle.SingleUnderline,
    Outcome.DIFFERS: QTextCharFormat.UnderlineStyle.WaveUnderline,
    Outcome.CANNOT_SAY: QTextCharFormat.UnderlineStyle.DotLine,
}


def fill(document: QTextDocument, shown: Shown) -> QTextCursor | None:
    """Fill a document, one block for each paragraph; return where the last mark begins.

    A statement that agrees has a straight line under it, one that differs a wave and
    bold letters, one that was not compared dots: never a colour alone.
    """
    document.clear()
    document.setDefaultFont(theme.prose_font())
    cursor, marked = QTextCursor(document), None
    for number, passage in enumerate(shown.passages):
        if number:
            cursor.insertBlock()
        cursor.setBlockFormat(_block(passage))
        start = cursor.position()
        cursor.insertText(passage.text.replace("\n", _LINE_SEPARATOR), _format(passage))
        for first, last, tie in shown.ties_in(passage):
            _merge(document, start + first, start + last, _underline(tie.outcome))
        for first, last in shown.marks_in(passage):
            marked = _merge(document, start + first, start + last, _ground())
    if marked is not None:
        # Not selected: the ground would be hidden.
        marked.setPosition(marked.selectionStart())
    return marked


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


def _underline(outcome: Outcome) -> QTextCharFormat:
    colors, made = theme.current(), QTextCharFormat()
    by_outcome = {Outcome.AGREES: colors.good, Outcome.DIFFERS: colors.warning.mark}
    made.setUnderlineStyle(_LINES[outcome])
    made.setUnderlineColor(QColor(by_outcome.get(outcome, colors.muted)))
    if outcome is Outcome.DIFFERS:
        made.setForeground(QColor(colors.warning.mark))
        made.setFontWeight(QFont.Weight.Bold)
    return made


def _ground() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setBackground(QColor(theme.current().search))
    return made


def _merge(document: QTextDocument, start: int, end: int, made: QTextCharFormat) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(made)
    return cursor
