"""Take characters, rules and pictures from a page by PDFium, each at its place as shown.

Rules come as strokes, as filled shapes that are thin, as frames between two
filled shapes and as thin pictures; inside forms, too.  Every producer has its own way.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from core.errors import UnreadableFileError
from core.readers.pdf_glyphs import read_glyphs
from core.readers.pdf_marks import Box, Fill, Page, Rule, box_around, turn
from core.readers.pdf_matrix import IDENTITY, Matrix

# A report's page has some thousand objects; a map or a drawing has more than anyone reads.
MAX_OBJECTS = 100_000
MAX_POINTS = 400_000
_DEEPEST_FORM = 12
_THIN = 3.0
_SHORTEST = 1.0
# A stroke as wide as a line of text paints an area and divides nothing.
_WIDEST_STROKE = 6.0
_STRAIGHT = 1.0
_LIGHT = 240
# PDFium gives places on a page in whole pixels: so many a point.
_SCALE = 1_000

_TOO_MUCH = (
    "PDF 第 {page} 页的图形太多，没有打开，原文件没有改动。"
    "请用 Word 或 WPS 打开并另存为 .docx，或只保留年度报告的内容后再试。"
)

Point = tuple[float, float]


def too_much(number: int, detail: str) -> UnreadableFileError:
    """Return the refusal of a page, counted from zero, over the limits of this module."""
    return UnreadableFileError(_TOO_MUCH.format(page=number + 1), detail)


def read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """Return what a page shows, turned so that most of its text stands upright.

    Raises:
        UnreadableFileError: It has too many objects or characters.
        pdfium.PdfiumError: It is broken.
    """
    source = document[number]
    try:
        page = Page(number, source.get_width(), source.get_height())
        shown = _shown(source, page)
        _Drawings(page, shown).walk(source)
        quarters = read_glyphs(source, page, shown)
    finally:
        source.close()
    _upright(page, quarters)
    return page


def _upright(page: Page, quarters: Counter[int]) -> None:
    most = quarters.most_common(1)
    for _ in range(-most[0][0] % 4 if most else 0):
        turn(page)


def _shown(source: pdfium.PdfPage, page: Page) -> Matrix:
    """Return how places in the file's own coordinates become places on the page as shown."""

    def place(x: float, y: float) -> Point:
        across, down = ctypes.c_int(), ctypes.c_int()
        size = (round(page.width * _SCALE), round(page.height * _SCALE))
        c.FPDF_PageToDevice(source.raw, 0, 0, *size, 0, x, y, across, down)
        return across.value / _SCALE, down.value / _SCALE

    # Far apart, so that whole pixels make no difference.
    far = 1_000.0
    (x0, y0), (x1, y1), (x2, y2) = place(0, 0), place(far, 0), place(0, far)
    return Matrix((x1 - x0) / far, (y1 - y0) / far, (x2 - x0) / far, (y2 - y0) / far, x0, y0)


@dataclass(slots=True)
class _Drawings:
    """One walk over the objects of a page."""

    page: Page
    shown: Matrix
    objects: int = 0
    points: int = 0

    def walk(self, source: pdfium.PdfPage) -> None:
        count = c.FPDFPage_CountObjects(source.raw)
        self._walk(count, partial(c.FPDFPage_GetObject, source.raw), IDENTITY, 0)

    def _walk(self, count: int, item: Callable[[int], Any], outer: Matrix, depth: int) -> None:
        for index in range(count):
            self.objects += 1
            if self.objects > MAX_OBJECTS:
                raise too_much(self.page.number, "objects")
            raw = item(index)
            kind = c.FPDFPageObj_GetType(raw)
            if kind == c.FPDF_PAGEOBJ_PATH:
                self._path(raw, _matrix_of(raw).then(outer).then(self.shown))
            elif kind == c.FPDF_PAGEOBJ_IMAGE:
                self._image(_matrix_of(raw).then(outer).then(self.shown))
            elif kind == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                inside = c.FPDFFormObj_CountObjects(raw)
                inner = _matrix_of(raw).then(outer)
                self._walk(inside, partial(c.FPDFFormObj_GetObject, raw), inner, depth + 1)

    def _image(self, matrix: Matrix) -> None:
        corners = [matrix.apply(x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        box = box_around(corners)
        if not self._rule(box):
            self.page.images.append(box)

    def _path(self, raw: Any, matrix: Matrix) -> None:
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        if not c.FPDFPath_GetDrawMode(raw, filled, stroked):
            return
        paints = bool(filled.value) and _color(c.FPDFPageObj_GetFillColor, raw)[3] > 0
        strokes = (
            bool(stroked.value)
            and _color(c.FPDFPageObj_GetStrokeColor, raw)[3] > 0
            and _stroke_width(raw) * matrix.scale <= _WIDEST_STROKE
        )
        if not paints and not strokes:
            return
        shapes = list(self._shapes(raw, matrix))
        if strokes:
            for shape in shapes:
                self._stroke(shape)
        if paints:
            light = min(_color(c.FPDFPageObj_GetFillColor, raw)[:3]) >= _LIGHT
            self._fill([box_around(shape) for shape in shapes if len(shape) > 1], light)

    def _shapes(self, raw: Any, matrix: Matrix) -> Iterator[list[Point]]:
        """Yield the points of each piece of a path; a curve breaks its piece in two."""
        x, y = ctypes.c_float(), ctypes.c_float()
        shape: list[Point] = []
        count = c.FPDFPath_CountSegments(raw)
        self.points += count
        if self.points > MAX_POINTS:
            raise too_much(self.page.number, "points")
        for index in range(count):
            segment = c.FPDFPath_GetPathSegment(raw, index)
            kind = c.FPDFPathSegment_GetType(segment)
            c.FPDFPathSegment_GetPoint(segment, x, y)
            if kind != c.FPDF_SEGMENT_LINETO and shape:
                yield shape
                shape = []
            shape.append(matrix.apply(x.value, y.value))
            if c.FPDFPathSegment_GetClose(segment):
                shape.append(shape[0])
        if shape:
            yield shape

    def _stroke(self, shape: list[Point]) -> None:
        for (x0, y0), (x1, y1) in pairwise(shape):
            if abs(y1 - y0) < _STRAIGHT or abs(x1 - x0) < _STRAIGHT:
                self._rule(box_around([(x0, y0), (x1, y1)]))

    def _fill(self, boxes: list[Box], light: bool) -> None:
        before: Box | None = None
        for box in boxes:
            if before is not None and _is_frame(before, box):
                self._frame(before)
            elif not self._rule(box):
                self.page.fills.append(Fill(box, light))
            before = box

    def _frame(self, outer: Box) -> None:
        left, top, right, bottom = outer
        for sides in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            self._rule(Box(*sides))

    def _rule(self, box: Box) -> bool:
        """Take a thin box as a rule; return whether it is thin."""
        if min(box.width, box.height) >= _THIN:
            return False
        page = self.page
        if box.width >= box.height and box.width > _SHORTEST:
            page.horizontals.append(Rule((box.top + box.bottom) / 2, box.left, box.right))
        elif box.height > _SHORTEST:
            page.verticals.append(Rule((box.left + box.right) / 2, box.top, box.bottom))
        return True


def _is_frame(outer: Box, inner: Box) -> bool:
    """Return whether one shape is the hole of another that leaves a thin edge all around."""
    edges = (
        inner.left - outer.left,
        inner.top - outer.top,
        outer.right - inner.right,
        outer.bottom - inner.bottom,
    )
    return all(0 <= edge < _THIN for edge in edges) and max(edges) > 0


def _matrix_of(raw: Any) -> Matrix:
    found = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(raw, found):
        return IDENTITY
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _stroke_width(raw: Any) -> float:
    width = ctypes.c_float()
    return width.value if c.FPDFPageObj_GetStrokeWidth(raw, width) else 0.0


def _color(ask: Callable[..., Any], raw: Any) -> tuple[int, int, int, int]:
    """Return red, green, blue and opacity; black where a pattern is in their place."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not ask(raw, *parts):
        return 0, 0, 0, 255
    red, green, blue, opacity = (part.value for part in parts)
    return red, green, blue, opacity
