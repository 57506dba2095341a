"""Tables on paper: landscape A4, every cell with its text and mark, merged cells as one.

A table is set smaller until it fits a page; what fits in no size goes on, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QPolygonF,
)

from core.document import Cell, CellRef, Table
from core.rules.severity import Severity
from gui import theme
from gui.review_pdf import INK

_MARGINS = QMarginsF(15.0, 15.0, 15.0, 15.0)  # millimetres
_SIZES = (10.5, 9.0, 8.0, 7.0, 6.0)  # points
_TITLE = 14.0
_PADDING, _BORDER, _UNDER_TITLE = 0.35, 0.06, 0.8  # in heights of the text
# A column is not made wider than so many characters for one long text.
_WIDEST, _NARROWEST = 14, 4
_WRAP = int(Qt.TextFlag.TextWordWrap.value) | int(Qt.TextFlag.TextWrapAnywhere.value)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter.value)


@dataclass(frozen=True)
class Sheet:
    """A table to be printed: its title, and which cells are marked."""

    title: str
    table: Table
    marks: Mapping[CellRef, Severity]


@dataclass(frozen=True)
class _Layout:
    font: QFont
    text_height: float
    lefts: Sequence[float]
    tops: Sequence[float]

    @property
    def height(self) -> float:
        return self.tops[-1]


def lay_out_pages(device: QPagedPaintDevice) -> None:
    """Give a device A4 pages lying on their side."""
    size, lying = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape
    device.setPageLayout(QPageLayout(size, lying, _MARGINS, QPageLayout.Unit.Millimeter))


def paint_tables(sheets: Sequence[Sheet], device: QPagedPaintDevice) -> None:
    """Paint tables, each on pages of its own."""
    painter = QPainter(device)
    try:
        for number, sheet in enumerate(sheets):
            if number:
                device.newPage()
            _paint_sheet(painter, device, sheet)
    finally:
        painter.end()


def _paint_sheet(painter: QPainter, device: QPagedPaintDevice, sheet: Sheet) -> None:
    title = _font(_TITLE, device)
    line = QFontMetricsF(title, device).height()
    head = line * (1 + _UNDER_TITLE)
    room = device.height() - head
    layout = _layout(sheet.table, device, room)
    for number, (first, last) in enumerate(_parts(sheet.table, layout, room)):
        if number:
            device.newPage()
        painter.setFont(title)
        painter.setPen(INK)
        words = sheet.title + ("（续）" if number else "")
        painter.drawText(QRectF(0, 0, device.width(), line), _CENTRE, words)
        painter.save()
        painter.translate(0, head - layout.tops[first])
        for cell in sheet.table.cells:
            if cell.row < last and cell.row + cell.row_span > first:
                _paint_cell(painter, layout, sheet, cell, (first, last))
        painter.restore()


def _parts(table: Table, layout: _Layout, room: float) -> Iterator[tuple[int, int]]:
    """Yield the rows of each page, from the first to before the last; a long row alone."""
    first = 0
    while first < table.rows:
        last = first + 1
        while last < table.rows and layout.tops[last + 1] - layout.tops[first] <= room:
            last += 1
        yield first, last
        first = last


def _layout(table: Table, device: QPagedPaintDevice, room: float) -> _Layout:
    """Return the largest layout that fits one page, else the largest of all."""
    made = [_sized(table, device, size) for size in _SIZES[:1]]
    for size in _SIZES[1:]:
        if made[-1].height <= room:
            return made[-1]
        made.append(_sized(table, device, size))
    return made[-1] if made[-1].height <= room else made[0]


def _sized(table: Table, device: QPagedPaintDevice, size: float) -> _Layout:
    font = _font(size, device)
    measured = QFontMetricsF(font, device)
    height = measured.height()
    lefts = _lefts(table, measured, device.width())
    padding = 2 * _PADDING * height
    heights = [height + padding] * table.rows
    for cell in sorted(table.cells, key=lambda cell: cell.row_span):
        width = lefts[cell.column + cell.column_span] - lefts[cell.column] - padding
        box = measured.boundingRect(QRectF(0, 0, max(width, 1.0), 1e6), _WRAP, cell.text)
        rows = range(cell.row, cell.row + cell.row_span)
        missing = box.height() + padding - sum(heights[row] for row in rows)
        if missing > 0:
            for row in rows:
                heights[row] += missing / cell.row_span
    tops = [0.0]
    for each in heights:
        tops.append(tops[-1] + each)
    return _Layout(font, height, lefts, tops)


def _lefts(table: Table, measured: QFontMetricsF, width: float) -> list[float]:
    """Return the left edges of the columns and the right one of the last: the page's width."""
    em = measured.horizontalAdvance("年")
    wanted = [_NARROWEST * em] * table.columns
    for cell in table.cells:
        if cell.column_span == 1:
            needed = min(measured.horizontalAdvance(cell.text) + em, _WIDEST * em)
            wanted[cell.column] = max(wanted[cell.column], needed)
    scale = width / sum(wanted)
    lefts = [0.0]
    for each in wanted:
        lefts.append(lefts[-1] + each * scale)
    return lefts


def _paint_cell(
    painter: QPainter, layout: _Layout, sheet: Sheet, cell: Cell, rows: tuple[int, int]
) -> None:
    top = layout.tops[max(cell.row, rows[0])]
    bottom = layout.tops[min(cell.row + cell.row_span, rows[1])]
    left, right = layout.lefts[cell.column], layout.lefts[cell.column + cell.column_span]
    rect = QRectF(left, top, right - left, bottom - top)
    painter.setPen(QPen(Qt.GlobalColor.black, layout.text_height * _BORDER))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
    mark = sheet.marks.get(sheet.table.ref(cell))
    painter.setFont(layout.font)
    inner = rect.adjusted(*(layout.text_height * _PADDING * sign for sign in (1, 1, -1, -1)))
    painter.drawText(inner, _WRAP | _CENTRE, cell.text)
    if mark is not None:
        _paint_mark(painter, rect, mark, layout.text_height * 0.55)


def _paint_mark(painter: QPainter, rect: QRectF, mark: Severity, side: float) -> None:
    """Paint the same shape as in the window: solid, hollow, or a dot."""
    color = QColor(theme.LIGHT.tone(mark).mark)
    hollow = mark is Severity.WARNING
    painter.setPen(QPen(color, side / 8))
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QBrush(color))
    corner = rect.topLeft()
    if mark is Severity.NOTE:
        painter.drawEllipse(corner + QPointF(side / 2, side / 2), side / 4, side / 4)
    else:
        edges = (QPointF(), QPointF(side, 0), QPointF(0, side))
        painter.drawPolygon(QPolygonF([corner + edge for edge in edges]))


def _font(points: float, device: QPagedPaintDevice) -> QFont:
    font = QFont()
    font.setFamilies(theme.paper_fonts()[1])
    font.setPointSizeF(points)
    # Resolved for the paper, not for the screen.
    return QFont(font, device)
