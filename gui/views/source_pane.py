"""出处: where the current cell stands in the file, as the file has it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from core.document import CellRef
from core.errors import ReportError
from core.progress import Progress
from gui import naming, theme
from gui.controller import SessionController
from gui.jobs import JobRunner
from gui.models.tooltip import is_uncertain
from gui.page_pictures import PagePictures, image_of
from gui.views.page_view import PageView
from gui.views.pane_heading import PaneHeading

if TYPE_CHECKING:
    from core.excerpts import Excerpt, Piece
    from core.readers.pdf_picture import Picture

_PAUSE = 80
_TEXT, _PAGE = range(2)
_MARK = "▶"
_MOST_UNBROKEN = 6


class SourcePane(QWidget):
    """A heading line with the place, below it the row of the file or the picture of its page.

    It follows the current cell after a moment.  The file is looked at off the GUI thread.
    """

    def __init__(self, controller: SessionController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._ref: CellRef | None = None
        self._excerpt: Excerpt | None = None
        self.setObjectName("prose_pane")
        heading = PaneHeading(self.tr("出处"))
        self.place = heading.subject
        self.doubt = QLabel(naming.UNCERTAIN)
        self.doubt.setObjectName("table_note")
        self.doubt.hide()
        self.text = QTextEdit()
        self.text.setObjectName("page")
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName(self.tr("单元格在原文件中的上下文"))
        self.page = PageView(self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.page)
        self._lay_out(heading)
        self.pictures = PagePictures(controller, self)
        self.pictures.drawn.connect(self._on_drawn)
        self.pictures.failed.connect(self._on_no_picture)
        self._job = JobRunner(self)
        self._job.succeeded.connect(self._on_found)
        self._job.failed.connect(self._on_not_found)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._look)
        controller.session_shown.connect(self._forget)
        controller.session_closed.connect(self._forget)
        controller.session_changed.connect(self._show_doubt)

    @property
    def excerpt(self) -> Excerpt | None:
        """What is shown, None while it is looked for."""
        return self._excerpt

    def show_cell(self, ref: CellRef | None) -> None:
        """Show where another cell stands."""
        if ref == self._ref:
            return
        self._ref = ref
        self._show_doubt()
        self._timer.start()

    def shut_down(self) -> None:
        """Stop all work and wait for it."""
        self._timer.stop()
        self._job.close()
        self.pictures.shut_down()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "text"):
            self._show_text()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the current cell."""
        super().showEvent(event)
        self._timer.start()

    def _lay_out(self, heading: PaneHeading) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 12)
        layout.setSpacing(6)
        layout.addLayout(heading)
        layout.addWidget(self.doubt)
        layout.addWidget(self._stack, 1)

    @Slot()
    def _forget(self) -> None:
        self._job.cancel()
        self._ref, self._excerpt = None, None
        self._say("", "")

    @Slot()
    def _show_doubt(self) -> None:
        session, ref = self._controller.session, self._ref
        self.doubt.setVisible(
            session is not None and ref is not None and is_uncertain(session, ref)
        )

    @Slot()
    def _look(self) -> None:
        session, ref = self._controller.session, self._ref
        if session is None or ref is None or not self.isVisible():
            return
        # Rows that were put in have moved the addresses; the file has them where they were.
        document = session.document if session.restructuring else session.source
        data = session.data

        def work(_progress: Progress) -> Excerpt | None:
            # Imported here: it looks into files, of which the first window has none.
            from core.excerpts import excerpt_of

            return excerpt_of(document, data, ref)

        self._job.start(work)

    @Slot(object)
    def _on_found(self, excerpt: Excerpt | None) -> None:
        self._excerpt = excerpt
        if excerpt is None:
            self._say("", self.tr("文件中这里没有单元格。"))
        elif excerpt.areas:
            self.place.setText(excerpt.place)
            self.pictures.ask(excerpt.areas[0].page)
        else:
            self._show_text()

    @Slot(object)
    def _on_not_found(self, error: Exception) -> None:
        sentence = (
            str(error) if isinstance(error, ReportError) else self.tr("原文件的这一处看不到。")
        )
        self._say("", sentence)

    @Slot(int, object)
    def _on_drawn(self, page: int, picture: Picture) -> None:
        excerpt = self._excerpt
        if excerpt is None or not excerpt.areas or excerpt.areas[0].page != page:
            return
        areas = [area for area in excerpt.areas if area.page == page]
        self._stack.setCurrentIndex(_PAGE)
        self.page.show_page(image_of(picture), picture.points, areas)

    @Slot(int, str)
    def _on_no_picture(self, _page: int, sentence: str) -> None:
        self._say(self._excerpt.place if self._excerpt else "", sentence)

    def _say(self, place: str, sentence: str) -> None:
        self.place.setText(place)
        self.text.setPlainText(sentence)
        self._stack.setCurrentIndex(_TEXT)

    def _show_text(self) -> None:
        excerpt = self._excerpt
        if excerpt is None or excerpt.areas:
            return
        note = "" if excerpt.is_own else self.tr(" · 读入后的文字")
        self.place.setText(excerpt.place + note)
        self.text.setHtml(_table(excerpt) if excerpt.is_table else _lines(excerpt))
        self._bring_mark_into_view()
        self._stack.setCurrentIndex(_TEXT)

    def _bring_mark_into_view(self) -> None:
        """Scroll to the cell that is asked for, which may be the last of a wide row."""
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if self.text.find(_MARK):
            cursor = self.text.textCursor()
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self.text.setTextCursor(cursor)
            self.text.ensureCursorVisible()


def _table(excerpt: Excerpt) -> str:
    line = theme.current().grid_line
    rows = "".join(
        f"<tr>{''.join(_cell(piece, line) for piece in row)}</tr>" for row in excerpt.rows
    )
    return f'<table cellspacing="0" cellpadding="4">{rows}</table>'


def _cell(piece: Piece, line: str) -> str:
    wraps = "normal" if len(piece.text) > _MOST_UNBROKEN else "nowrap"
    return f'<td style="border:1px solid {line};white-space:{wraps}">{_html(piece)}</td>'


def _lines(excerpt: Excerpt) -> str:
    rows = ("".join(map(_html, row)) for row in excerpt.rows)
    return "".join(f'<p style="margin:2px 0;white-space:pre-wrap">{row}</p>' for row in rows)


def _html(piece: Piece) -> str:
    text = escape(piece.text).replace("\n", "<br>")
    if not piece.marked:
        return text
    ground = theme.current().search
    said = text or "（空白）"
    return f'<b style="background-color:{ground}">{_MARK}{said}◀</b>'
