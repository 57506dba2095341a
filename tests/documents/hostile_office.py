"""Workbooks, binary Word files and PDF files made to take long, or all memory there is.

Some are odd rather than hostile: the names in `MAY_BE_READ` may also be read, if that is quick.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator

from tests.core.readers.workbooks import package, text_cell
from tests.documents.binary_builder import CELL, ROW_END, Par, Parts, binary_word, cells, deep, prl
from tests.documents.compound import compound

Make = Callable[[], bytes]

MAY_BE_READ = {
    *("far-cell.xlsx", "merge-of-everything.xlsx", "merges-over-merges.xlsx", "formulas.xlsx"),
    *("one-text-many-times.xlsx", "format-of-a-megabyte.xlsx", "string-outside.xlsx"),
    *("all-columns-hidden.xlsx", "starts-a-program.pdf", "fields.doc", "table-in-table.doc"),
}
_BOMB = (
    '<!DOCTYPE sst [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
_ONE_CELL = f'<row r="1">{text_cell("A1", "一、总体情况")}</row>'
_BOOK_BEGINS = bytes.fromhex("09081000000605000000000000000000060000000000")[:20]
_BIFF = struct.Struct("<HH")


def _merges(*areas: str) -> bytes:
    return package(
        _ONE_CELL,
        behind="<mergeCells>" + "".join(f'<mergeCell ref="{a}"/>' for a in areas) + "</mergeCells>",
    )


def workbooks() -> Iterator[tuple[str, Make]]:
    """Yield .xlsx files."""
    far = f'<row r="1048576">{text_cell("XFD1048576", "1")}</row>'
    yield "far-cell.xlsx", lambda: package(_ONE_CELL + far)
    yield "merge-of-everything.xlsx", lambda: _merges("A1:XFD1048576")
    yield "merges-over-merges.xlsx", lambda: _merges(*["A1:ZZ5000"] * 50_000)
    formula = "<c r='A{0}'><f>REPT(A1,32767)&amp;cmd|'/c calc'!A1</f></c>"
    yield (
        "formulas.xlsx",
        lambda: package(
            "".join(f'<row r="{n}">{formula.format(n)}</row>' for n in range(1, 50_000))
        ),
    )
    use = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5_001))
    yield (
        "one-text-many-times.xlsx",
        lambda: package(use, strings=f"<si><t>{'字' * 1_000_000}</t></si>"),
    )
    yield "rows-without-end.xlsx", lambda: package("<row/>" * 600_000)
    yield (
        "cells-200-by-6000.xlsx",
        lambda: package(
            "".join(f'<row r="{n}">' + "<c><v>1</v></c>" * 60 + "</row>" for n in range(1, 6_001))
        ),
    )
    yield (
        "row-of-a-billion.xlsx",
        lambda: package('<row r="99999999999"><c r="A99999999999"/></row>'),
    )
    lost = '<row r="1"><c r="A1" t="s"><v>-5</v></c><c r="B1" t="s"><v>9999999</v></c></row>'
    yield "string-outside.xlsx", lambda: package(lost)
    formats = f'<numFmts><numFmt numFmtId="200" formatCode="{"0;" * 500_000}"/></numFmts>'
    yield "format-of-a-megabyte.xlsx", lambda: package(_ONE_CELL, styles=formats)
    hidden = '<cols><col min="1" max="999999999" hidden="1"/></cols>'
    yield "all-columns-hidden.xlsx", lambda: package(_ONE_CELL, before=hidden)
    for part in ("xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        name = part.rpartition("/")[2].partition(".")[0]
        bomb = {part: f"<?xml version='1.0'?>{_BOMB}<sst><si><t>&d;</t></si></sst>"}
        yield f"laughs-{name}.xlsx", lambda bomb=bomb: package(_ONE_CELL, extra=bomb)


def _record(kind: int, content: bytes) -> bytes:
    return _BIFF.pack(kind, len(content)) + content


def _book(*records: bytes) -> bytes:
    return compound({"Workbook": _BOOK_BEGINS + b"".join(records)})


def old_workbooks() -> Iterator[tuple[str, Make]]:
    """Yield .xls files."""
    texts = struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF) + b"\xff\xff\x01" + b"x" * 500
    yield "two-billion-texts.xls", lambda: _book(_record(0x00FC, texts), _record(0x000A, b""))
    sheet = struct.pack("<IBB", 0xFFFFFFF0, 0, 0) + b"\x01\0A"
    yield "sheet-outside.xls", lambda: _book(_record(0x0085, sheet), _record(0x000A, b""))
    again = struct.pack("<IBB", 0, 0, 0) + b"\x01\0A"
    yield "sheet-in-itself.xls", lambda: _book(*[_record(0x0085, again)] * 500)
    yield "zeros-inside.xls", lambda: _book(bytes(5_000_000))
    yield "excel-2-and-nothing.xls", lambda: b"\x09\x00\x04\x00\x02\x00\x10\x00" + bytes(50_000)
    yield "40-mb.xls", lambda: _book(bytes(40 * 1024 * 1024))


def word_files() -> Iterator[tuple[str, Make]]:
    """Yield .doc files."""
    many = Parts(pieces=[(0, 2_000, 0)] * 4_000)
    yield "one-text-4000-times.doc", lambda: binary_word([Par("甲" * 2_000)], many)
    yield "fields.doc", lambda: binary_word([Par("\x13" * 50_000 + "1" + "\x14" * 50_000)])
    yield (
        "table-in-table.doc",
        lambda: binary_word([*(Par("1", deep(d)) for d in (1, 8) * 2_000), Par("完")]),
    )
    long = struct.pack("<H", 13_500) + prl(0x7623, 0, 64, 1, 1) * 2_700
    rows = [ROW_END + prl(0x6646, 0, size=4) + prl(0x4600, n, size=2) for n in range(300)]
    yield (
        "long-properties.doc",
        lambda: binary_word(
            [each for row in rows for each in (*cells("1"), Par("", row, CELL))], Parts(data=long)
        ),
    )


def _pdf(*objects: bytes) -> bytes:
    """Return a PDF without a table of places, which readers then make for themselves."""
    numbered = (b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + b"".join(numbered) + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def _packed(content: bytes, said: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    head = b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n" % (said, len(packed))
    return head + packed + b"\nendstream"


_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_CATALOG, _PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def _page(resources: bytes) -> bytes:
    said = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>"
    return said % resources


def _forms(depth: int, each: int) -> bytes:
    """Return a page with a form in a form in a form, each drawn many times by the one before."""
    named = [b"/XObject<</F %d 0 R>>" % (5 + n) for n in range(depth)] + [b""]
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s>>"
    forms = [_packed(b"/F Do " * each, form % named[n + 1]) for n in range(depth)]
    return _pdf(_CATALOG, _PAGES, _page(named[0]), _packed(b"/F Do"), *forms)


def portables() -> Iterator[tuple[str, Make]]:
    """Yield PDF files."""
    font = b"/Font<</F 5 0 R>>"
    glyphs = b"BT /F 9 Tf 9 9 Td (" + b"1" * 1_000_000 + b") Tj ET"
    yield "million-glyphs.pdf", lambda: _pdf(_CATALOG, _PAGES, _page(font), _packed(glyphs), _FONT)
    ring = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
    drawn = b"/XObject<</F 5 0 R>>"
    yield (
        "form-in-itself.pdf",
        lambda: _pdf(_CATALOG, _PAGES, _page(drawn), _packed(b"/F Do"), _packed(b"/F Do", ring)),
    )
    yield "forms-to-the-ninth.pdf", lambda: _forms(9, 10)
    yield (
        "20000-pages.pdf",
        lambda: _pdf(
            _CATALOG,
            b"<</Type/Pages/Count 20000/Kids[" + b"3 0 R " * 20_000 + b"]>>",
            _page(b""),
            _packed(b""),
        ),
    )
    start = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>"
    said = b"BT /F 9 Tf 99 700 Td (1. Text that is long enough to be read) Tj ET"
    yield "starts-a-program.pdf", lambda: _pdf(start, _PAGES, _page(font), _packed(said), _FONT)
    objects = b" ".join(b"%d %d" % (n, 0) for n in range(10, 20_010)) + b"<<>>" * 5_000_000
    table = b"/Type/ObjStm/N 20000/First 200000"
    yield (
        "packed-objects.pdf",
        lambda: _pdf(_CATALOG, _PAGES, _page(b""), _packed(b""), _packed(objects, table)),
    )


FILES: dict[str, Make] = dict([*workbooks(), *old_workbooks(), *word_files(), *portables()])
