"""A page of the report's paragraphs: statements underlined, changed ones barred, edited here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from gui import theme
from gui.prose import Passage, Shown
from gui.statements import tie_sentence
from gui.views import prose_layout
from gui.views.paragraph_editor import ParagraphEditor
from gui.views.prose_menu import menu_for

if TYPE_CHECKING:
    from core.rules.ties import Tie

_BAR, _BAR_LEFT = 3, 2
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ProsePage(QTextEdit):
    """Read like a page, reworded paragraph by paragraph.

    A click on an underlined statement leads to its cell; a double click, F2 or Enter
    opens the paragraph.

    Signals:
        statement_clicked: The statement (Tie) that leads to its cells.
        edit_wanted: A paragraph (Passage) that is to be reworded.
        committed: A paragraph (Passage) and its new text.
        deletion_wanted: A paragraph (Passage) that shall go.
    """

    statement_clicked = Signal(object)
    edit_wanted = Signal(object)
    committed = Signal(object, str)
    deletion_wanted = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = Shown()
        self.editor: ParagraphEditor | None = None
        self._edited: Passage | None = None
        self.setObjectName("page")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAcceptDrops(False)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._place_editor)
        self._pressed: Tie | None = None

    def show_content(self, shown: Shown) -> None:
        """Show other paragraphs or marks; the same ones stay as they are."""
        if shown != self.shown:
            self.shown = shown
            self.fill()

    def fill(self) -> None:
        """Lay everything out anew; an open editor goes with its paragraph."""
        place = self.verticalScrollBar().value()
        marked = prose_layout.fill(self.document(), self.shown)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if marked is not None:
            self.setTextCursor(marked)
            self.ensureCursorVisible()
        else:
            self.verticalScrollBar().setValue(place)
        if self._edited is not None and self._index_of(self._edited) is None:
            self.leave()
        self._place_editor()

    def passage_at(self, position: QPoint) -> Passage | None:
        """Return the paragraph at a place of the view, None where there is none."""
        block = self.cursorForPosition(position).block()
        return self._passage(block) if self._rect(block).contains(position) else None

    def current_passage(self) -> Passage | None:
        """Return the paragraph with the cursor."""
        return self._passage(self.textCursor().block())

    def tie_at(self, position: QPoint) -> Tie | None:
        """Return the statement under a place of the view, None where there is none."""
        layout = self.document().documentLayout()
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        found = layout.hitTest(position + offset, Qt.HitTestAccuracy.ExactHit)
        block = self.document().findBlock(found) if found >= 0 else QTextBlock()
        passage = self._passage(block)
        if passage is None:
            return None
        inside = found - block.position()
        return next((t for a, b, t in self.shown.ties_in(passage) if a <= inside < b), None)

    def rect_of(self, tie: Tie) -> QRect:
        """Return where a statement begins in the view, an empty rectangle if it is not shown."""
        for number, passage in enumerate(self.shown.passages):
            for start, end, found in self.shown.ties_in(passage):
                if found is tie:
                    cursor = QTextCursor(self.document().findBlockByNumber(number))
                    cursor.setPosition(cursor.position() + start)
                    first = self.cursorRect(cursor)
                    cursor.setPosition(cursor.position() + end - start)
                    last = self.cursorRect(cursor)
                    is_one_line = last.top() == first.top()
                    return first.united(last) if is_one_line else first.adjusted(0, 0, 12, 0)
        return QRect()

    def go_to(self, tie: Tie) -> None:
        """Put the cursor on a statement and bring it into view."""
        for number, passage in enumerate(self.shown.passages):
            for start, end, found in self.shown.ties_in(passage):
                if found.span == tie.span:
                    cursor = QTextCursor(self.document().findBlockByNumber(number))
                    base = cursor.position()
                    cursor.setPosition(base + start)
                    cursor.setPosition(base + end, QTextCursor.MoveMode.KeepAnchor)
                    self.setTextCursor(cursor)
                    self.ensureCursorVisible()

    def edit(self, passage: Passage) -> None:
        """Open an editor over a paragraph."""
        index = self._index_of(passage)
        if index is None:
            return
        self.leave()
        self._edited = self.shown.passages[index]
        self.editor = editor = ParagraphEditor(passage.text, self.viewport())
        editor.committed.connect(self._on_committed)
        editor.cancelled.connect(self.leave)
        editor.resized.connect(self._place_editor)
        self._place_editor()
        editor.show()
        editor.setFocus()
        editor.moveCursor(QTextCursor.MoveOperation.End)

    @Slot()
    def leave(self) -> None:
        """Close the editor and forget what was typed."""
        editor, self.editor, self._edited = self.editor, None, None
        if editor is not None:
            had_focus = editor.hasFocus()
            editor.blockSignals(True)
            editor.hide()
            editor.deleteLater()
            if had_focus:
                self.setFocus()

    @Slot()
    def _on_committed(self) -> None:
        editor, passage = self.editor, self._edited
        if editor is None or passage is None:
            return
        if editor.text == passage.text:
            self.leave()
        else:
            self.committed.emit(passage, editor.text)

    @Slot()
    def _place_editor(self) -> None:
        index = self._index_of(self._edited) if self._edited else None
        if self.editor is not None and index is not None:
            block = self.document().findBlockByNumber(index)
            self.editor.lie_over(self._rect(block), self.viewport().rect())

    def _index_of(self, passage: Passage) -> int | None:
        same = (passage.section.number, passage.paragraph, passage.text)
        for number, each in enumerate(self.shown.passages):
            if (each.section.number, each.paragraph, each.text) == same:
                return number
        return None

    def _passage(self, block: QTextBlock) -> Passage | None:
        number = block.blockNumber() if block.isValid() else -1
        return self.shown.passages[number] if 0 <= number < len(self.shown.passages) else None

    def _rect(self, block: QTextBlock) -> QRect:
        layout = self.document().documentLayout()
        rect = layout.blockBoundingRect(block).toAlignedRect()
        rect.translate(0, -self.verticalScrollBar().value())
        rect.setLeft(0)
        rect.setRight(self.viewport().width())
        return rect

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note on which statement a click begins."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.tie_at(event.position().toPoint()) if is_left else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a statement that was clicked, unless text was selected."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or self.textCursor().hasSelection():
            return
        if self.tie_at(event.position().toPoint()) is pressed:
            self.statement_clicked.emit(pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the paragraph."""
        passage = self.passage_at(event.position().toPoint())
        if passage is not None:
            self.edit_wanted.emit(passage)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be clicked."""
        super().mouseMoveEvent(event)
        is_tie = self.tie_at(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if is_tie else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the paragraph with the cursor by F2 or Enter; Ctrl+Enter is the window's."""
        opens = event.key() == Qt.Key.Key_F2 or event.key() in _ENTER
        passage = self.current_passage()
        if opens and not event.modifiers() and passage is not None:
            self.edit_wanted.emit(passage)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the paragraph."""
        passage = self.passage_at(event.pos()) or self.current_passage()
        menu_for(self, passage).popup(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Tell what a statement says, and what a changed paragraph said."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            position = self.viewport().mapFrom(self, event.pos())
            text = self.tip_at(position)
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def tip_at(self, position: QPoint) -> str:
        """Return what the tooltip of a place says, as HTML; empty where there is nothing."""
        tie, passage = self.tie_at(position), self.passage_at(position)
        said = [escape(tie_sentence(tie)) + "（单击转到单元格）"] if tie else []
        if passage is not None and passage.original is not None:
            original = escape(passage.original.strip()) or "（没有这一段）"
            said.append(f"<b>已修改</b>　原文：{original}")
        return f"<div>{'<hr>'.join(said)}</div>" if said else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a bar at the left edge of every paragraph that was changed."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for bar in self.bars():
            painter.fillRect(bar, QColor(theme.current().changed.mark))
        painter.end()

    def bars(self) -> list[QRect]:
        """Return where the bars of changed paragraphs are in the view."""
        blocks = self.document()
        rects = (
            self._rect(blocks.findBlockByNumber(number))
            for number, passage in enumerate(self.shown.passages)
            if passage.original is not None
        )
        return [QRect(_BAR_LEFT, rect.top() + 2, _BAR, rect.height() - 4) for rect in rects]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the editor on its paragraph."""
        super().resizeEvent(event)
        self._place_editor()
