"""The review report as PDF: A4, laid out with Qt's texts, page numbers as on official papers.

Nothing is written to disk here; the bytes are for core.storage.  Texts are put on
pages row by row, because a text document of Qt's breaks rows of tables in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, zip_longest

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)

from core.review import Listing, Passage, Review
from core.version import DISPLAY_NAME
from gui import theme
from gui.paging import Pages, Placed, Row

# GB/T 9704-2012 in millimetres, and how far below the type area the page number begins.
_MARGINS = QMarginsF(28.0, 37.0, 26.0, 35.0)
_TO_PAGE_NUMBER = 5.0
RESOLUTION = 300
# Black is what a painter begins with, so that setting it would not be recorded, and the
# preview would paint in the colour of the window's text.
INK = QColor(1, 1, 1)
_MILLIMETRES_AN_INCH, _POINTS_AN_INCH = 25.4, 72.0
# Sizes and lines in points.
_TITLE, _TEXT, _TABLE, _PAGE_NUMBER = 22.0, 16.0, 10.5, 14.0
_TITLE_LINE, _TEXT_LINE, _TABLE_LINE = 35.0, 28.95, 14.0
_PADDING, _UNDER_TABLE, _UNDER_TITLE, _OVER_LINE, _BORDER = 2.5, 7.0, 20.0, 14.0, 0.5


def review_pdf(review: Review) -> bytes:
    """Return a PDF with everything that a review says.

    Two runs differ in their bytes, because Qt writes the time into the file.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    paint_review(review, _writer(buffer, review))
    buffer.close()
    return bytes(buffer.data().data())


def paint_review(review: Review, device: QPagedPaintDevice) -> None:
    """Paint a review on a device of 300 dots an inch, whose pages are as `lay_out_pages` has them.

    A printer is such a device, too.
    """
    paint_reviews([review], device)


def paint_reviews(reviews: Iterable[Review], device: QPagedPaintDevice) -> None:
    """Paint several, each from a page of its own on that is its number one."""
    numbered: list[tuple[int, list[Placed]]] = []
    for review in reviews:
        pages = Pages(device.height())
        for row in _Paper(device).rows(review):
            pages.put(row)
        numbered += enumerate(pages.finished(), start=1)
    _paint(numbered, device)


def lay_out_pages(device: QPagedPaintDevice) -> None:
    """Give a device upright A4 pages with the margins of official papers."""
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    device.setPageLayout(QPageLayout(size, upright, _MARGINS, QPageLayout.Unit.Millimeter))


def _writer(buffer: QBuffer, review: Review) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setTitle(review.title)
    writer.setCreator(DISPLAY_NAME)
    writer.setAuthor(review.author)
    writer.setResolution(RESOLUTION)
    lay_out_pages(writer)
    return writer


class _Paper:
    """Turns what a review says into rows of texts for a paint device."""

    def __init__(self, writer: QPagedPaintDevice) -> None:
        self._writer = writer
        self._width = float(writer.width())
        self._headings, self._prose = theme.paper_fonts()

    def rows(self, review: Review) -> Iterator[Row]:
        """Yield everything that stands in a review, from top to bottom."""
        centred = Qt.AlignmentFlag.AlignHCenter
        title = self._text(review.title, self._headings, (_TITLE, _TITLE_LINE), self._width)
        _align(title, centred)
        yield Row((title,), (0.0,), (self._width,), keeps=True)
        yield _space(_UNDER_TITLE, keeps=True)
        for block, following in zip_longest(review.blocks, review.blocks[1:]):
            if isinstance(block, Listing):
                yield from self._table(block, stays=following is review.blocks[-1])
            else:
                # What stands before the lines to sign on goes with them to another page.
                is_last = following is None or following is review.blocks[-1]
                keeps = block.level > 0 or is_last or isinstance(following, Listing)
                yield self._passage(block, keeps=keeps)
        for line in review.signature:
            yield _space(_OVER_LINE, keeps=True)
            yield self._line(line, self._prose, keeps=line is not review.signature[-1])

    def _passage(self, passage: Passage, *, keeps: bool) -> Row:
        families = self._headings if passage.level == 1 else self._prose
        row = self._line(passage.text, families, keeps=keeps)
        _indent(row.texts[0], _pixels(2 * _TEXT))
        return row

    def _line(self, text: str, families: list[str], *, keeps: bool) -> Row:
        document = self._text(text, families, (_TEXT, _TEXT_LINE), self._width)
        return Row((document,), (0.0,), (self._width,), keeps=keeps, line=_pixels(_TEXT_LINE))

    def _table(self, listing: Listing, *, stays: bool) -> Iterator[Row]:
        """Yield the rows of a table; the last one `stays` with what follows."""
        total = sum(listing.widths)
        widths = tuple(self._width * share / total for share in listing.widths)
        header = self._row(listing.headers, widths, None)
        yield header
        for line in listing.rows:
            row = self._row(line, widths, header)
            yield replace(row, keeps=stays and line is listing.rows[-1])
        yield _space(_UNDER_TABLE, keeps=stays)

    def _row(self, line: tuple[str, ...], widths: tuple[float, ...], header: Row | None) -> Row:
        padding = _pixels(_PADDING)
        texts = [
            self._text(text, self._prose, (_TABLE, _TABLE_LINE), width - 2 * padding)
            for text, width in zip(line, widths, strict=True)
        ]
        for document in texts if header is None else texts[:1]:
            _align(document, Qt.AlignmentFlag.AlignHCenter)
        return Row(
            tuple(texts),
            tuple(accumulate(widths[:-1], initial=0.0)),
            widths,
            keeps=header is None,
            line=_pixels(_TABLE_LINE),
            padding=padding,
            header=header,
        )

    def _text(
        self, text: str, families: list[str], look: tuple[float, float], width: float
    ) -> QTextDocument:
        """Return a text in a size and on lines of a height, both in points."""
        size, line = look
        document = QTextDocument()
        document.documentLayout().setPaintDevice(self._writer)
        document.setDocumentMargin(0)
        document.setDefaultFont(_font(families, size))
        document.setPlainText(text)
        document.setTextWidth(width)
        height = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
        # Of all lengths this one is not in pixels of the paint device but of the screen.
        screen = QGuiApplication.primaryScreen().logicalDotsPerInchY()
        height.setLineHeight(line / _POINTS_AN_INCH * screen, fixed)
        _merge(document, height)
        return document


def _space(points: float, *, keeps: bool = False) -> Row:
    return Row((), (), (), keeps=keeps, padding=_pixels(points) / 2)


def _paint(pages: list[tuple[int, list[Placed]]], writer: QPagedPaintDevice) -> None:
    painter = QPainter(writer)
    try:
        for place, (number, page) in enumerate(pages):
            if place:
                writer.newPage()
            for placed in page:
                _paint_row(painter, placed)
            _paint_number(painter, number, writer.width(), writer.height())
    finally:
        painter.end()


def _paint_row(painter: QPainter, placed: Placed) -> None:
    """Paint a row, or the part of it that stands on this page."""
    row, height = placed.row, placed.end - placed.start
    painter.setPen(QPen(Qt.GlobalColor.black, _pixels(_BORDER)))
    for text, left, width in zip(row.texts, row.lefts, row.widths, strict=True):
        if row.padding:
            painter.drawRect(QRectF(left, placed.top, width, height))
        painter.save()
        painter.translate(left + row.padding, placed.top - placed.start + row.padding)
        _draw_black(painter, text, QRectF(0, placed.start - row.padding, width, height))
        painter.restore()


def _draw_black(painter: QPainter, text: QTextDocument, clip: QRectF) -> None:
    """Draw a text in black: by itself it takes the colour of the window, white in the dark."""
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    context.palette = palette  # type: ignore[attr-defined]  # the stubs leave out the fields
    context.clip = clip  # type: ignore[attr-defined]  # as above
    painter.setClipRect(clip)
    text.documentLayout().draw(painter, context)


def _paint_number(painter: QPainter, number: int, width: int, height: int) -> None:
    """Paint a page number below the type area: right on odd pages, left on even ones."""
    painter.setFont(_font(theme.paper_fonts()[1], _PAGE_NUMBER))
    painter.setPen(INK)
    character = _pixels(_PAGE_NUMBER)
    top = height + _TO_PAGE_NUMBER / _MILLIMETRES_AN_INCH * RESOLUTION
    place = QRectF(character, top, width - 2 * character, 2 * character)
    side = Qt.AlignmentFlag.AlignRight if number % 2 else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, side, f"— {number} —")


def _align(document: QTextDocument, side: Qt.AlignmentFlag) -> None:
    look = QTextBlockFormat()
    look.setAlignment(side)
    _merge(document, look)


def _indent(document: QTextDocument, pixels: float) -> None:
    look = QTextBlockFormat()
    look.setTextIndent(pixels)
    _merge(document, look)


def _merge(document: QTextDocument, look: QTextBlockFormat) -> None:
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(look)


def _font(families: list[str], points: float) -> QFont:
    font = QFont()
    font.setFamilies(families)
    font.setPointSizeF(points)
    return font


def _pixels(points: float) -> float:
    return points / _POINTS_AN_INCH * RESOLUTION
