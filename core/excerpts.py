"""What surrounds a cell in the file as it was read, for people who compare.

Where the format names offsets the texts come from the file's own bytes, not from the
reading of them: only then is it of use to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from core.document import Area, Cell, CellRef, Document, Provenance, Table
from core.readers.encoding import decode
from core.readers.guard import open_package
from core.readers.text_lines import lines_of

_AROUND = 2
_PACKAGES = ("docx", "odt")
# What shows in Word and OpenDocument XML: text, tabs, line breaks, ends of paragraphs.
_SHOWN = re.compile(
    r"<(?:\w+:)?(?P<deleted>delText|delInstrText|instrText)\b[^>]*>[^<]*<"
    r"|<(?:\w+:)?(?P<tab>tab)\s*/?>"
    r"|<(?:\w+:)?(?P<line>br|cr|line-break)\b[^>]*>"
    r"|</(?:\w+:)?(?P<end>p)>"
    r"|<[^>]*>"
    r"|(?P<text>[^<]+)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell or stretch of text; `marked` is the one that is asked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Where a cell stands, in words, and the rows of the table or lines of the file around it.

    `is_table` tells rows of cells from lines of text.  `is_own` means that the texts are
    the file's own.  `areas` are the places on pages; then there are no rows.
    """

    place: str
    rows: tuple[tuple[Piece, ...], ...] = ()
    is_table: bool = True
    is_own: bool = False
    areas: tuple[Area, ...] = ()


def excerpt_of(document: Document, data: bytes, ref: CellRef) -> Excerpt | None:
    """Return what stands around a cell of a document as it was read from `data`.

    None where the file has no such cell.

    Raises:
        UnreadableFileError: The file's bytes cannot be looked at again.
    """
    table, cell = document.tables.get(ref.table), document.cell(ref)
    if table is None or cell is None:
        return None
    found = cell.provenance
    if found.areas:
        return Excerpt(_page_words(found.areas), areas=found.areas)
    if document.format == "text" and found.line is not None:
        return _lines_around(data, found)
    number = list(document.tables).index(table.id) + 1
    place = f"第 {number} 张表第 {cell.row + 1} 行"
    if found.cell:
        place = f"工作表“{found.part}”的 {found.cell} 单元格"
    elif found.line is not None:
        place = f"文件第 {found.line + 1} 行 · {place}"
    if document.format in _PACKAGES and found.start is not None and data:
        content = open_package(data).read(found.part)
        return Excerpt(place, _rows(table, cell, content), is_own=True)
    return Excerpt(place, _rows(table, cell, None))


def _page_words(areas: tuple[Area, ...]) -> str:
    pages = dict.fromkeys(area.page + 1 for area in areas)
    return "、".join(f"第 {page} 页" for page in pages)


def _rows(table: Table, asked: Cell, content: bytes | None) -> tuple[tuple[Piece, ...], ...]:
    first, last = max(asked.row - 1, 0), min(asked.row + 1, table.rows - 1)
    rows = (
        tuple(Piece(_text(cell, content), cell is asked) for cell in table.starting_in(row))
        for row in range(first, last + 1)
    )
    return tuple(row for row in rows if row)


def _text(cell: Cell, content: bytes | None) -> str:
    found = cell.provenance
    if content is None or found.start is None or found.end is None:
        return cell.text
    return "".join(_shown(content[found.start : found.end].decode("utf-8", "replace"))).strip("\n")


def _shown(xml: str) -> Iterator[str]:
    for found in _SHOWN.finditer(xml):
        if found["tab"]:
            yield "\t"
        elif found["line"] or found["end"]:
            yield "\n"
        elif found["text"]:
            yield unescape(found["text"])


def _lines_around(data: bytes, found: Provenance) -> Excerpt:
    line = found.line or 0
    lines = lines_of(decode(data).text)
    shown = [each for each in lines if abs(each.line - line) <= _AROUND and each.text.strip()]
    rows = []
    for each in shown:
        start = max((found.start if found.start is not None else each.end) - each.start, 0)
        end = min((found.end if found.end is not None else each.end) - each.start, len(each.text))
        is_here = found.start is not None and start < end
        rows.append(_marked(each.text, start, end) if is_here else (Piece(each.text),))
    return Excerpt(f"文件第 {line + 1} 行", tuple(rows), is_table=False, is_own=True)


def _marked(text: str, start: int, end: int) -> tuple[Piece, ...]:
    pieces = (Piece(text[:start]), Piece(text[start:end], True), Piece(text[end:]))
    return tuple(piece for piece in pieces if piece.text)
