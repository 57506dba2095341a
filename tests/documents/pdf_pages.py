"""PDF files for tests, drawn mark by mark, and whole reports laid out on pages.

Places are in points from the upper left corner.  The only font has a code for each
character of the first plane that is the character's own; nothing of it is embedded.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.document import Cell, Document, Paragraph, Table

A4 = (595.0, 842.0)
_ASCENT = 0.88


def width_of(text: str, size: float) -> float:
    """Return how long a text is: Latin letters and digits are half as wide as the others."""
    return sum(size / 2 if character < "\x7f" else size for character in text)


@dataclass
class Sheet:
    """A page as it is drawn; `rotate` turns it clockwise when it is shown."""

    width: float = A4[0]
    height: float = A4[1]
    rotate: int = 0
    image: tuple[float, float, float, float] | None = None
    ops: list[str] = field(default_factory=list)

    def text(self, x: float, top: float, text: str, size: float = 10.0, before: str = "") -> None:
        """Write a text whose box begins there; `before` are operators such as "3 Tr"."""
        # PDFium passes over what has no extent, and a lone character without a glyph has none.
        codes = (text if len(text) > 1 else f"{text} ").encode("utf-16-be").hex()
        place = f"1 0 0 1 {x:.2f} {self.height - top - _ASCENT * size:.2f}"
        self.ops.append(f"q BT {before} /F1 {size} Tf {place} Tm <{codes}> Tj ET Q")

    def rule(self, x0: float, y0: float, x1: float, y1: float, style: str = "stroke") -> None:
        """Draw a line, as a stroke or as a thin filled shape."""
        if style == "stroke":
            line = f"{x0:.2f} {self.height - y0:.2f} m {x1:.2f} {self.height - y1:.2f} l S"
            self.ops.append(f"0.5 w {line}")
        else:
            wide, high = max(x1 - x0, 0.6), max(y1 - y0, 0.6)
            self.ops.append(f"{x0:.2f} {self.height - y0 - high:.2f} {wide:.2f} {high:.2f} re f")

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw the outline of a rectangle."""
        self.ops.append(f"{x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re S")

    def fill(self, x0: float, y0: float, x1: float, y1: float, gray: float) -> None:
        """Paint a rectangle."""
        box = f"{x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f}"
        self.ops.append(f"q {gray} g {box} re f Q")


def pdf_file(*sheets: Sheet, password: bool = False, scale: float = 1.0) -> bytes:
    """Return a PDF; with a `scale` everything is drawn in a form that is so much larger."""
    objects: list[bytes] = [b"", b"", _FONT, _CID_FONT, _DESCRIPTOR, _stream(_to_unicode()), _IMAGE]
    kids = []
    for sheet in sheets:
        content = "\n".join(sheet.ops)
        if sheet.image is not None:
            x0, y0, x1, y1 = sheet.image
            place = f"{x1 - x0} 0 0 {y1 - y0} {x0} {sheet.height - y1}"
            content = f"q {place} cm /I1 Do Q\n{content}"
        form = ""
        if scale != 1.0:
            box = f"/BBox [-9 -9 {sheet.width * scale + 9} {sheet.height * scale + 9}]"
            grown = f"q {scale} 0 0 {scale} 0 0 cm\n{content}\nQ"
            extra = f"/Type /XObject /Subtype /Form {box} /Matrix [{1 / scale} 0 0 {1 / scale} 0 0]"
            objects.append(_stream(grown.encode(), f"{extra} /Resources {_RESOURCES}"))
            form, content = f"/X1 {len(objects)} 0 R", "/X1 Do"
        objects.append(_stream(content.encode()))
        resources = _RESOURCES.replace("/I1 7 0 R", f"/I1 7 0 R {form}")
        objects.append(
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] "
            f"/Rotate {sheet.rotate} /Resources {resources} /Contents {len(objects)} 0 R>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<</Type /Catalog /Pages 2 0 R>>"
    objects[1] = f"<</Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)}>>".encode()
    return _written(objects, password)


_RESOURCES = "<</Font <</F1 3 0 R>> /XObject <</I1 7 0 R>>>>"
_FONT = (
    b"<</Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
    b"/DescendantFonts [4 0 R] /ToUnicode 6 0 R>>"
)
_CID_FONT = (
    b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /W [32 126 500] "
    b"/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "
    b"/FontDescriptor 5 0 R>>"
)
_DESCRIPTOR = (
    b"<</Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -120 1000 880] "
    b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80>>"
)


def _stream(content: bytes, extra: str = "") -> bytes:
    packed = zlib.compress(content)
    head = f"<<{extra} /Filter /FlateDecode /Length {len(packed)}>>\nstream\n"
    return head.encode() + packed + b"\nendstream"


_IMAGE = _stream(
    bytes(range(0, 256, 16)),
    "/Type /XObject /Subtype /Image /Width 4 /Height 4 /ColorSpace /DeviceGray /BitsPerComponent 8",
)


def _to_unicode() -> bytes:
    ranges = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256)]
    blocks = [ranges[start : start + 100] for start in range(0, 256, 100)]
    body = "\n".join(
        f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def "
        "/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{body}\nendcmap end end"
    ).encode()


def _written(objects: Sequence[bytes], password: bool) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    lock = ""
    if password:
        # No password fits these marks, so the right one is unknown.
        mark = "ab" * 32
        marks = f"/O <{mark}> /U <{mark}>"
        lock = f"/Encrypt <</Filter /Standard /V 1 /R 2 /P -4 {marks}>> /ID [<00> <00>]"
    data += f"trailer\n<</Size {len(objects) + 1} /Root 1 0 R {lock}>>\n".encode()
    data += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(data)


@dataclass
class Layout:
    """How a report is set: what draws its rules and what happens at the end of a page.

    `cut` lets rows be cut between their lines; `repeat` so many rows of a table come
    again on each page; `closed` is false where no rule closes a table at page ends;
    `pieces` draws each cell's sides on their own.
    """

    style: str = "stroke"
    size: float = 10.0
    bottom: float = 780.0
    top: float = 60.0
    cut: bool = False
    repeat: int = 0
    closed: bool = True
    pieces: bool = False
    ruled: bool = True
    page_numbers: bool = True
    header: str = ""


class Book:
    """Sheets that are filled from the top down."""

    def __init__(self, layout: Layout | None = None) -> None:
        self.layout = layout or Layout()
        self.sheets: list[Sheet] = []
        self.left, self.right = 60.0, A4[0] - 60.0
        self.turn_page()

    @property
    def sheet(self) -> Sheet:
        """The page that is being filled."""
        return self.sheets[-1]

    def turn_page(self) -> None:
        """Begin the next page."""
        self.sheets.append(Sheet())
        self.y = self.layout.top
        if self.layout.header:
            self.sheet.text(self.left, 30, self.layout.header, 9)
        if self.layout.page_numbers:
            self.sheet.text(A4[0] / 2 - 10, 805, f"- {len(self.sheets)} -", 9)

    def paragraph(self, text: str, indent: float = 2.0, size: float = 12.0) -> None:
        """Set a paragraph with its first line indented by so many characters."""
        x = self.left + indent * size
        for line in _wrapped(text, self.right - self.left, size, indent * size):
            if self.y + size > self.layout.bottom:
                self.turn_page()
            self.sheet.text(x, self.y, line, size)
            self.y += size * 1.6
            x = self.left

    def table(self, table: Table, shares: Sequence[float]) -> None:
        """Set a table; `shares` are the widths of its columns among each other."""
        unit = (self.right - self.left) / sum(shares)
        xs = [self.left]
        for share in shares:
            xs.append(xs[-1] + share * unit)
        _Setter(self, table, xs).set()
        self.y += 12

    def data(self, scale: float = 1.0) -> bytes:
        """Return the file."""
        return pdf_file(*self.sheets, scale=scale)


def _wrapped(text: str, width: float, size: float, indent: float = 0.0) -> list[str]:
    lines, line, room = [], "", width - indent
    for character in text:
        if width_of(line + character, size) > room:
            lines.append(line)
            line, room = "", width
        line += character
    return [*lines, line]


class _Setter:
    """One table that is being set."""

    def __init__(self, book: Book, table: Table, xs: Sequence[float]) -> None:
        self.book, self.table, self.xs = book, table, xs
        self.layout = book.layout
        self.pitch = self.layout.size * 1.3
        self.lines = {
            cell: _wrapped(cell.text, self._width(cell) - 6, self.layout.size)
            for cell in table.cells
        }

    def _width(self, cell: Cell) -> float:
        return self.xs[cell.column + cell.column_span] - self.xs[cell.column]

    def _height(self, row: int) -> float:
        own = [
            max(len(self.lines[cell]) - (cell.row_span - 1), 1)
            for cell in self.table.starting_in(row)
        ]
        return max(own, default=1) * self.pitch + 6

    def set(self) -> None:
        ys: list[tuple[int, float, float, int]] = []
        for row in range(self.table.rows):
            left = self._height(row)
            room = self.layout.bottom - self.book.y
            if left > room:
                lines = int((room - 3) // self.pitch)
                if self.layout.cut and 0 < lines < (left - 6) / self.pitch:
                    ys.append((row, self.book.y, self.book.y + 3 + lines * self.pitch, 0))
                    self._page(ys)
                    ys = [
                        (
                            row,
                            self.layout.top,
                            self.layout.top + left - 3 - lines * self.pitch,
                            lines,
                        )
                    ]
                    self.book.turn_page()
                    self.book.y = ys[-1][2]
                    continue
                if ys:
                    self._page(ys)
                self.book.turn_page()
                ys = []
                for again in range(self.layout.repeat if row >= self.layout.repeat else 0):
                    ys.append((again, self.book.y, self.book.y + self._height(again), 0))
                    self.book.y = ys[-1][2]
            ys.append((row, self.book.y, self.book.y + left, 0))
            self.book.y += left
        self._page(ys)

    def _page(self, ys: Sequence[tuple[int, float, float, int]]) -> None:
        """Draw the rows of one page: (row, top, bottom, lines that are on the page before)."""
        drawn: set[Cell] = set()
        last = self.table.rows - 1
        for row, top, _, skipped in ys:
            for column in range(self.table.columns):
                cell = self.table.at(row, column)
                if cell is None or cell in drawn:
                    continue
                drawn.add(cell)
                rows = [
                    y for y in ys if cell.row <= y[0] < cell.row + cell.row_span and y[1] >= top
                ]
                self._cell(cell, top, rows[-1][2], row, skipped, rows[-1][0] == last)

    def _cell(
        self, cell: Cell, top: float, bottom: float, row: int, skipped: int, ends: bool
    ) -> None:
        x0, x1 = self.xs[cell.column], self.xs[cell.column + cell.column_span]
        sheet = self.book.sheet
        lines = self.lines[cell][skipped:] if cell.row == row else []
        if skipped and cell.row_span > 1:
            lines = []
        room = max(int((bottom - top - 3) // self.pitch), 1)
        for index, line in enumerate(lines[:room]):
            x = (x0 + x1 - width_of(line, self.layout.size)) / 2
            sheet.text(x, top + 3 + index * self.pitch, line, self.layout.size)
        if not self.layout.ruled:
            return
        continues = not ends and bottom > self.layout.bottom - 30
        continued = top == self.layout.top and len(self.book.sheets) > 1
        sides = [(x0, top, x0, bottom), (x1, top, x1, bottom)]
        if self.layout.closed or not continued:
            sides.append((x0, top, x1, top))
        if self.layout.closed or not continues:
            sides.append((x0, bottom, x1, bottom))
        for side in sides:
            sheet.rule(*side, self.layout.style)


SHARES = {
    4: (3, 2, 2, 2),
    10: (2.2, 3, 6, 2, 2, 2, 2, 2, 2, 2),
    15: (1,) * 15,
}


def report_pdf(*reports: Document, layout: Layout | None = None, scale: float = 1.0) -> bytes:
    """Return reports as one PDF, each from a new page."""
    book = Book(layout)
    for number, report in enumerate(reports):
        if number:
            book.turn_page()
        for section in report.sections:
            if section.heading:
                book.paragraph(section.heading)
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    is_title = block.text == report.title
                    book.paragraph(block.text, 0 if is_title else 2, 16 if is_title else 12)
                else:
                    book.table(block, SHARES.get(block.columns, (1,) * block.columns))
    return book.data(scale)
