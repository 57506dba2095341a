"""Read an OpenDocument text (.odt, .ott): bytes in, `Document` out.

What LibreOffice and WPS show counts: insertions under revision, not deletions; no
notes in the margin.  Numbers that the program makes for lists are not reproduced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.document import Block, Document, Paragraph, Provenance, Table
from core.errors import UnreadableFileError
from core.progress import Progress, silent
from core.readers.docx import REVISED
from core.readers.docx_table import MAX_DEPTH, too_deep
from core.readers.grid import MAX_CELLS, MAX_COLUMN_SPAN, MAX_COLUMNS, MAX_ROWS, Grid, too_large
from core.readers.guard import Package, open_package, refuse
from core.readers.odt_text import (
    Element,
    Sight,
    Styles,
    attribute,
    lines_of,
    name_of,
    paragraph_text,
)
from core.readers.slivers import merged_edges
from core.readers.structure import build_document
from core.word.outline import Part, read_part, refuse_dtd

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_TEXTS = re.compile(rb"application/vnd\.oasis\.opendocument\.text(?:-template|-master)?\s*")
_TABLE_SPACE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT_SPACE = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TAGS = frozenset(
    {f"{{{_TABLE_SPACE}}}table", f"{{{_TABLE_SPACE}}}table-cell"}
    | {f"{{{_TEXT_SPACE}}}p", f"{{{_TEXT_SPACE}}}h"}
)
_PARAGRAPHS = {"text:p", "text:h"}
_CELLS = {"table:table-cell", "table:covered-table-cell"}
# What shows nothing itself but what stands in it.
_HOLDERS = {
    "text:list",
    "text:list-item",
    "text:list-header",
    "text:section",
    "text:index-body",
    "text:index-title",
    "text:table-of-content",
    "text:numbered-paragraph",
    "draw:frame",
    "draw:text-box",
    "draw:g",
    "draw:custom-shape",
    "table:table-header-rows",
    "table:table-rows",
    "table:table-row-group",
    "table:table-columns",
    "table:table-column-group",
    "table:table-header-columns",
}
_TWIPS = {"cm": 1440 / 2.54, "mm": 144 / 2.54, "in": 1440.0, "pt": 20.0, "pc": 240.0, "px": 15.0}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(cm|mm|in|pt|pc|px)")

_SAFE = "没有打开，原文件没有改动。"
_OTHER_KIND = (
    f"这是 OpenDocument 的电子表格或演示文稿，不能读取，{_SAFE}请另存为 .xlsx 或 .docx 后再试。"
)
_NO_TEXT = f"这个文件里没有正文，{_SAFE}请用 LibreOffice 或 WPS 打开并另存为 .docx 后再试。"
_HIDDEN = "文档中有隐藏的文字，没有读取；如需核对，请取消隐藏后重新打开。"


def read_odt(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Return the prose and tables of an OpenDocument text in document order.

    Raises:
        UnreadableFileError: It is no text, broken, hostile, encrypted or too large.
        Cancelled: `progress` asked to stop.
    """
    package = open_package(data)
    _require_text(package)
    for part_name in package.xml_names():
        refuse_dtd(package.chunks(part_name))
    part = read_part(package.read(_CONTENT), _TAGS)
    styles = Styles()
    if package.has(_STYLES):
        styles.learn(read_part(package.read(_STYLES)).root)
    styles.learn(part.root)
    body = next(
        (text for body in part.root if name_of(body) == "office:body" for text in body), None
    )
    if body is None or name_of(body) != "office:text":
        raise UnreadableFileError(_NO_TEXT, "no office:text")
    sight = Sight(styles)
    blocks = list(_Reading(part, sight).blocks(_watched(body, progress), 0))
    revised = any(name_of(each) == "text:tracked-changes" and len(each) for each in body)
    said = ((sight.hidden, _HIDDEN), (revised, REVISED))
    notices = tuple(sentence for met, sentence in said if met)
    return build_document("odt", blocks, notices=notices)


def _require_text(package: Package) -> None:
    if package.has(_MANIFEST) and b"encryption-data" in package.read(_MANIFEST):
        raise refuse("encrypted")
    if package.has("mimetype") and not _TEXTS.fullmatch(package.read("mimetype")):
        raise UnreadableFileError(_OTHER_KIND, "another kind of OpenDocument")


def _watched(body: Element, progress: Progress) -> Iterator[Element]:
    total = len(body)
    for index, element in enumerate(body):
        progress(index, total)
        yield element


@dataclass(slots=True)
class _Cell:
    element: Element
    start: int
    column_span: int
    row_span: int

    @property
    def end(self) -> int:
        return self.start + self.column_span


@dataclass(slots=True)
class _Plan:
    """A table as its markup has it: widths in twips, rows of cells with their columns."""

    widths: list[int] = field(default_factory=list)
    rows: list[list[_Cell]] = field(default_factory=list)
    columns: int = 0
    cells: int = 0


class _Reading:
    """One walk over the content of a file."""

    def __init__(self, part: Part, sight: Sight) -> None:
        self._part = part
        self._sight = sight

    def blocks(self, elements: Iterable[Element], depth: int) -> Iterator[Block]:
        """Yield what stands in a body, cell or text box, `depth` tables deep."""
        for element in elements:
            name = name_of(element)
            if name in _PARAGRAPHS:
                yield from self._paragraph(element, depth)
            elif name == "table:table":
                yield from self._table(element, depth + 1)
            elif name in _HOLDERS and not self._is_hidden(element):
                yield from self.blocks(element, depth)

    def _is_hidden(self, element: Element) -> bool:
        hidden = attribute(element, "text:display") == "none"
        hidden |= attribute(element, "text:style-name") in self._sight.styles.hidden
        self._sight.hidden |= hidden
        return hidden

    def _paragraph(self, element: Element, depth: int) -> Iterator[Block]:
        text = paragraph_text(element, self._sight)
        if text.strip():
            yield Paragraph(text, self._provenance(element))
        yield from self._boxes(depth)

    def _boxes(self, depth: int) -> Iterator[Block]:
        boxes, self._sight.boxes = self._sight.boxes, []
        for box in boxes:
            yield from self.blocks(box, depth)

    def _table(self, element: Element, depth: int) -> Iterator[Block]:
        if depth > MAX_DEPTH:
            raise too_deep()
        plan = _Plan()
        self._plan(element, plan)
        inner: list[Element] = []
        yield self._laid_out(element, plan, inner)
        yield from self._boxes(depth)
        for table in inner:
            yield from self._table(table, depth + 1)

    def _plan(self, holder: Element, plan: _Plan) -> None:
        for element in holder:
            name = name_of(element)
            if name == "table:table-column":
                count = min(_count(element, "table:number-columns-repeated"), MAX_COLUMNS + 1)
                width = self._sight.styles.widths.get(attribute(element, "table:style-name"), "")
                plan.widths += [_twips(width)] * count
            elif name == "table:table-row":
                self._plan_row(element, plan)
            elif name in _HOLDERS:
                self._plan(element, plan)

    def _plan_row(self, row: Element, plan: _Plan) -> None:
        column = 0
        cells: list[_Cell] = []
        for element in row:
            if name_of(element) not in _CELLS:
                continue
            for _ in range(min(_count(element, "table:number-columns-repeated"), MAX_COLUMNS + 1)):
                if name_of(element) == "table:table-cell":
                    spans = (
                        min(_count(element, f"table:number-{kind}-spanned"), most)
                        for kind, most in (("columns", MAX_COLUMN_SPAN), ("rows", MAX_ROWS))
                    )
                    cells.append(_Cell(element, column, *spans))
                column += 1
            if column > MAX_COLUMNS:
                raise too_large()
        repeated = _count(row, "table:number-rows-repeated")
        plan.columns = max([plan.columns, column, *(cell.end for cell in cells)])
        plan.cells += repeated * max(column, 1)
        if plan.cells > MAX_CELLS or len(plan.rows) + repeated > MAX_ROWS:
            raise too_large()
        plan.rows += [cells] * repeated

    def _laid_out(self, element: Element, plan: _Plan, inner: list[Element]) -> Table:
        spans = [(cell.start, cell.end) for row in plan.rows for cell in row]
        widths = plan.widths if len(plan.widths) >= plan.columns else []
        edges = merged_edges(widths, spans, plan.columns)
        grid = Grid(self._provenance(element))
        for row in plan.rows:
            grid.start_row()
            for cell in row:
                text = self._cell_text(cell.element, inner)
                span = edges[cell.end] - edges[cell.start]
                grid.place(text, span, cell.row_span, self._provenance(cell.element))
        return grid.table()

    def _cell_text(self, cell: Element, inner: list[Element]) -> str:
        """Return what a cell shows; tables in it are noted as `inner`."""
        paragraphs: list[Element] = []
        waiting = list(reversed(cell))
        while waiting:
            element = waiting.pop()
            name = name_of(element)
            if name in _PARAGRAPHS:
                paragraphs.append(element)
            elif name == "table:table":
                inner.append(element)
            elif name in _HOLDERS and not self._is_hidden(element):
                waiting += reversed(element)
        return lines_of(paragraphs, self._sight)

    def _provenance(self, element: Element) -> Provenance:
        extent = self._part.extents[element]
        return Provenance(_CONTENT, extent.start, extent.end)


def _count(element: Element, name: str) -> int:
    said = attribute(element, name)
    return max(int(said), 1) if said.isdecimal() and len(said) < 8 else 1


def _twips(length: str) -> int:
    found = _LENGTH.fullmatch(length)
    return round(float(found[1]) * _TWIPS[found[2]]) if found else 0
