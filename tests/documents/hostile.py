"""Files that are hostile or broken, made by hand: what a person may be sent, or bring about.

Each has a name and a maker, because some are large.  Of most it is certain that they are
refused; those in `MAY_BE_READ` may also be read, as long as that is quick.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from tests.documents.word_package import (
    NAMESPACES,
    TRANSITIONAL,
    cell,
    document_xml,
    package,
    paragraph,
    row,
    table,
    word_file,
)

Make = Callable[[], bytes]

REPORT = f"{paragraph('一、总体情况')}{paragraph('共收到申请 3 件。')}"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BOMB = (
    '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)


def with_doctype(doctype: str, inner: str = "", encoding: str = "utf-8") -> bytes:
    """Return a Word file whose main part has a document type declaration."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<w:document xmlns:w="{TRANSITIONAL}"'
        f" {NAMESPACES}><w:body><w:p><w:r><w:t>{inner}</w:t></w:r></w:p></w:body></w:document>"
    )
    return word_file(text.encode(encoding))


def with_part(name: str, content: bytes) -> bytes:
    """Return a Word file with another part in it."""
    return changed(word_file(REPORT), lambda archive: archive.writestr(name, content))


def changed(data: bytes, change: Callable[[zipfile.ZipFile], object]) -> bytes:
    """Return an archive after something was added to it."""
    buffer = BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        change(archive)
    return buffer.getvalue()


def body_of(markup: str) -> bytes:
    """Return a Word file with some markup in its body."""
    return word_file(markup)


def nested(opening: str, closing: str, depth: int, inner: str = "") -> str:
    """Return markup inside markup inside markup."""
    return opening * depth + inner + closing * depth


def page(body: str) -> bytes:
    """Return a web page."""
    return f"<html><body><p>一、总体情况</p>{body}</body></html>".encode()


def deep_tables(depth: int) -> str:
    """Return Word tables in one another's cells."""
    markup = paragraph("里")
    for _ in range(depth):
        markup = table(row(cell(markup + "<w:p/>")))
    return markup


def compound(*streams: str) -> bytes:
    """Return the first sectors of an OLE file that names some streams."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62)
        for name in streams
    )
    return OLE + bytes(504) + entries + bytes(2048)


def looped_fat() -> bytes:
    """Return an OLE file whose table of sectors leads round in a ring."""
    header = bytearray(512)
    header[:8] = OLE
    header[24:34] = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header[44:48] = struct.pack("<I", 1)
    header[48:52] = struct.pack("<I", 1)
    header[60:64] = struct.pack("<I", 0xFFFFFFFE)
    header[68:72] = struct.pack("<I", 0xFFFFFFFE)
    header[76:512] = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 2, 1, *[0xFFFFFFFF] * 125)
    entry = "WordDocument".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 26, 2, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF) + bytes(36)
    entry += struct.pack("<IQ", 1, 1 << 30)
    return bytes(header) + fat + entry.ljust(512, b"\0") * 3


def pdf(*objects: str, trailer: str = "/Root 1 0 R") -> bytes:
    """Return a PDF of numbered objects, its table of places right."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    return data + f"trailer\n<</Size {size} {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()


CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"


def stream(content: bytes, said: str = "") -> str:
    """Return a stream object."""
    return f"<<{said}/Length {len(content)}>>\nstream\n{content.decode('latin-1')}\nendstream"


def pdf_bomb() -> bytes:
    """Return a page whose packed content is 300 MB of nothing."""
    packed = zlib.compress(b"0 " * (150 * 1024 * 1024), 9)
    pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf(CATALOG, pages, ONE_PAGE, stream(packed, "/Filter/FlateDecode"))


def zip_with(entry: str, content: bytes, times: int = 1) -> bytes:
    """Return an archive whose entries all have one name."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(times):
            archive.writestr(entry.format(number), content)
    return buffer.getvalue()


def duplicated() -> bytes:
    """Return a Word file that has its main part twice."""
    data = word_file(REPORT)
    # The directory is read by name; only the letters are made the same afterwards.
    twice = changed(data, lambda a: a.writestr("word/documenT.xml", document_xml("<w:p/>")))
    return twice.replace(b"word/documenT.xml", b"word/document.xml")


def overlapping() -> bytes:
    """Return an archive whose entries are all the same bytes."""
    data = zip_with("word/part{}.xml", b"<a/>" * 100, 30)
    first = data.index(b"PK\x01\x02")
    place = struct.pack("<I", 0)
    while (first := data.find(b"PK\x01\x02", first)) >= 0:
        data = data[: first + 42] + place + data[first + 46 :]
        first += 46
    return data


def texts(*pieces: str) -> Make:
    """Return a maker of a text."""
    return lambda: "".join(pieces).encode()


def word_files() -> Iterator[tuple[str, Make]]:
    """Yield Word files that attack the parser of XML."""
    read = "<!DOCTYPE x [<!ENTITY e SYSTEM '{}'>]>"
    yield "xxe-file.docx", lambda: with_doctype(read.format("file:///etc/passwd"), "&e;")
    yield "xxe-http.docx", lambda: with_doctype(read.format("http://192.0.2.1/x"), "&e;")
    parameter = "<!DOCTYPE x [<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]>"
    yield "xxe-parameter.docx", lambda: with_doctype(parameter)
    yield "xxe-utf16.docx", lambda: with_doctype(read.format("file:///etc/passwd"), "&e;", "utf-16")
    yield "laughs.docx", lambda: with_doctype(BOMB, "&d;" * 1000)
    quadratic = f"<!DOCTYPE x [<!ENTITY e '{'哈' * 50_000}'>]>"
    yield "quadratic.docx", lambda: with_doctype(quadratic, "&e;" * 5_000)
    dtd = b"<?xml version='1.0'?><!DOCTYPE x><x/>"
    for name in ("word/styles.xml", "customXml/item1.xml", "word/_rels/document.xml.rels"):
        yield f"dtd-{name.replace('/', '-')}.docx", lambda name=name: with_part(name, dtd)
    yield (
        "one-text-of-300-mb.docx",
        lambda: word_file(document_xml(paragraph("x" * 40_000_000 + "y"))),
    )
    yield "four-million-paragraphs.docx", lambda: body_of("<w:p/>" * 4_000_000)
    yield "half-a-million-elements.docx", lambda: body_of("<w:p/>" * 500_000)
    yield (
        "tables-5000-deep.docx",
        lambda: body_of(deep_tables(250) + nested("<w:sdt>", "</w:sdt>", 5_000)),
    )
    yield "tables-10-deep.docx", lambda: body_of(deep_tables(10))
    wide = "<w:tcPr><w:gridSpan w:val='{}'/></w:tcPr>"
    for value in ("5000000", "-3", "abc", "1e9", "0"):
        yield (
            f"span-{value}.docx",
            lambda v=value: body_of(REPORT + table(row(cell(paragraph("1"), wide.format(v))) * 40)),
        )
    yield "rows-5001.docx", lambda: body_of(table(*[row(cell(paragraph("1")))] * 5_001))
    yield "columns-300.docx", lambda: body_of(table(row(*[cell(paragraph("1"))] * 300)))
    yield "no-body.docx", lambda: word_file(f"<w:document xmlns:w='{TRANSITIONAL}'/>".encode())
    yield "not-xml.docx", lambda: word_file(b"this is no XML")
    yield "unclosed.docx", lambda: word_file(document_xml(REPORT)[:-30])
    yield "zero-character.docx", lambda: word_file(document_xml("<w:p>&#0;</w:p>"))
    yield "surrogate.docx", lambda: word_file(document_xml("<w:p>&#xD800;</w:p>"))
    yield "utf7.docx", lambda: word_file(document_xml(REPORT).replace(b"utf-8", b"utf-7"))
    yield "no-such-encoding.docx", lambda: word_file(document_xml("").replace(b"utf-8", b"x-none"))
    yield "other-root.docx", lambda: word_file(b"<html><body/></html>")


def packages() -> Iterator[tuple[str, Make]]:
    """Yield packages that attack whoever unpacks them."""
    whole = word_file(REPORT)
    yield "ratio.docx", lambda: with_part("word/media/a.bin", bytes(150 * 1024 * 1024))
    yield "declared-300-mb.docx", lambda: with_part("word/a.bin", bytes(300 * 1024 * 1024))
    yield "three-thousand-parts.docx", lambda: zip_with("word/part{}.xml", b"<a/>", 3_000)
    yield "duplicate-names.docx", duplicated
    yield "overlapping.docx", overlapping
    yield "leads-out.docx", lambda: with_part("../../etc/cron.d/x", b"x")
    yield "absolute.docx", lambda: with_part("/etc/passwd", b"x")
    yield "drive.docx", lambda: with_part("C:\\Windows\\x.dll", b"x")
    yield "forged-size.docx", lambda: _forged(whole)
    yield "encrypted-entry.docx", lambda: _flagged(whole)
    yield "unknown-method.docx", lambda: _method(whole, 99)
    yield "half.docx", lambda: whole[: len(whole) // 2]
    yield "only-the-mark.docx", lambda: b"PK\x03\x04"
    yield "only-the-end.docx", lambda: b"PK\x05\x06" + bytes(18)
    yield "wrong-checksum.docx", lambda: _broken_content(whole)
    yield "no-types.docx", lambda: package({"word/document.xml": document_xml(REPORT)})
    yield "no-main-part.docx", lambda: package({"[Content_Types].xml": b"<Types/>"})
    yield "just-a-zip.docx", lambda: package({"readme.txt": b"hello"})
    yield "slides.docx", lambda: package({"[Content_Types].xml": b"", "ppt/presentation.xml": b""})
    yield "ofd.docx", lambda: package({"OFD.xml": b"<a/>", "Doc_0/Document.xml": b"<a/>"})
    yield "odf-bomb.odt", lambda: package({"mimetype": b"", "content.xml": bytes(30 * 1024 * 1024)})
    yield (
        "ods.odt",
        lambda: package(
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
        ),
    )


def _forged(data: bytes) -> bytes:
    """Return an archive whose main part says in the directory that it is small."""
    place = data.rindex(b"word/document.xml") - 46
    return data[: place + 24] + struct.pack("<I", 10) + data[place + 28 :]


def _flagged(data: bytes) -> bytes:
    place = data.rindex(b"word/document.xml") - 46
    data = data[: place + 8] + b"\x01\0" + data[place + 10 :]
    place = data.index(b"word/document.xml") - 30
    return data[: place + 6] + b"\x01\0" + data[place + 8 :]


def _method(data: bytes, method: int) -> bytes:
    for mark, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            start = place + offset
            data = data[:start] + struct.pack("<H", method) + data[start + 2 :]
    return data


def _broken_content(data: bytes) -> bytes:
    place = data.index(b"word/document.xml") + 60
    return data[:place] + bytes(b ^ 0xFF for b in data[place : place + 8]) + data[place + 8 :]


def pages() -> Iterator[tuple[str, Make]]:
    """Yield pages and texts."""
    cells = "<td rowspan=65534 colspan=1000>1</td>"
    yield "divs-200000.html", lambda: page(nested("<div>", "", 200_000))
    yield "tables-3000.html", lambda: page(nested("<table><tr><td>", "", 3_000))
    yield "spans.html", lambda: page(f"<table>{f'<tr>{cells}</tr>' * 1_000}</table>")
    yield "a-million-tags.html", lambda: page("<b>" * 1_000_000)
    yield "33-mb.html", lambda: page("x" * 33 * 1024 * 1024)
    yield "bytes.html", lambda: b"<html><table><td>" + bytes(range(256)) * 300
    yield "empty-page.html", lambda: b"<html></html>"
    yield "only-scripts.html", lambda: page("")[:6] + b"<script>while(1);</script>"
    yield (
        "xxe.html",
        lambda: b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + page("&e;"),
    )
    yield "refresh.html", lambda: b"<meta http-equiv=refresh content='0;file:///etc/passwd'>" * 9
    yield "33-mb.txt", lambda: b"0" * (33 * 1024 * 1024)
    yield "a-million-lines.txt", lambda: b"1\n" * 1_000_000
    yield "one-line-of-zeros.txt", lambda: b"0" * 1_000_000
    yield "one-line-of-bars.txt", lambda: "第二十条第（一）项|".encode() + b"|" * 1_000_000
    yield "one-line-of-spaces.txt", texts("一、", " " * 1_000_000, "总体情况")
    yield "one-line-of-dots.txt", texts("1." * 500_000)
    yield "one-line-of-headings.txt", texts("一、总体情况" * 20_000)
    yield "one-line-of-labels.txt", texts("行政复议行政诉讼" * 20_000)
    yield "many-openings.txt", texts("行政复议\n行政诉讼\n" * 20_000)
    yield "many-rules.txt", texts("|---|---|\n" * 20_000)
    yield "controls.txt", lambda: bytes(range(1, 32)) * 500
    yield "random.bin", lambda: bytes((i * 7919 + i // 3) % 256 for i in range(20_000))
    yield "utf16-half.txt", lambda: "一、总体情况".encode("utf-16")[:-1]
    deep = b"".join(
        b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i)
        for i in range(3_000)
    )
    yield "deep.mht", lambda: deep
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    yield "no-page.mht", lambda: head + b"--x\r\nContent-Type: image/png\r\n\r\nAAAA\r\n--x--\r\n"
    yield "many-parts.mht", lambda: head + b"--x\r\n\r\nA\r\n" * 200_000
    yield "rtf.rtf", lambda: b"{\\rtf1\\ansi hello}"
    yield "picture.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(40)
    yield "archive.rar", lambda: b"Rar!\x1a\x07\x01\0" + bytes(9)
    yield "program.exe", lambda: b"MZ" + bytes(300)
    yield "empty.docx", lambda: b""
    yield "blank.txt", lambda: b" \r\n\t " * 20


def compounds() -> Iterator[tuple[str, Make]]:
    """Yield OLE files."""
    yield "only-the-mark.doc", lambda: OLE
    yield "nothing-inside.doc", lambda: compound("Nothing")
    yield "encrypted.docx", lambda: compound("EncryptedPackage", "EncryptionInfo")
    yield "slides.ppt", lambda: compound("PowerPoint Document")
    yield "no-word-in-it.doc", lambda: compound("WordDocument")
    yield "no-sheet-in-it.xls", lambda: compound("Workbook")
    yield "ring-of-sectors.doc", looped_fat
    yield "zeros.doc", lambda: OLE + bytes(100_000)
    yield "ones.doc", lambda: OLE + b"\xff" * 100_000


def portables() -> Iterator[tuple[str, Make]]:
    """Yield PDF files."""
    pages_of_one = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
    yield "only-the-mark.pdf", lambda: b"%PDF-1.7"
    yield "no-pages.pdf", lambda: pdf(CATALOG, "<</Type/Pages/Kids[]/Count 0>>")
    yield "ring-of-pages.pdf", lambda: pdf(CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 1>>")
    yield (
        "a-billion-pages.pdf",
        lambda: pdf(CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 1000000000>>", ONE_PAGE, stream(b"")),
    )
    yield "empty-page.pdf", lambda: pdf(CATALOG, pages_of_one, ONE_PAGE, stream(b""))
    yield "deflated-300-mb.pdf", pdf_bomb
    yield (
        "ring-of-tables.pdf",
        lambda: (
            b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 1\n0000000000 65535 f \n"
            b"trailer\n<</Size 2/Root 1 0 R/Prev 46>>\nstartxref\n46\n%%EOF\n"
        ),
    )
    yield (
        "password.pdf",
        lambda: pdf(
            CATALOG,
            pages_of_one,
            ONE_PAGE,
            stream(b""),
            trailer="/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/P -1"
            f"/O({'x' * 32})/U({'y' * 32})>>/ID[(a)(b)]",
        ),
    )
    yield "truncated.pdf", lambda: pdf(CATALOG, pages_of_one, ONE_PAGE, stream(b"BT ET"))[:150]
    yield (
        "endless-operators.pdf",
        lambda: pdf(CATALOG, pages_of_one, ONE_PAGE, stream(b"q " * 3_000_000)),
    )
    lines = b"".join(b"%d 0 m %d 842 l S\n" % (i % 595, i % 595) for i in range(300_000))
    yield "300000-lines.pdf", lambda: pdf(CATALOG, pages_of_one, ONE_PAGE, stream(lines))


FILES: dict[str, Make] = dict([*word_files(), *packages(), *pages(), *compounds(), *portables()])

# What is odd but harmless: whether such a file is read or refused is not asked here.
MAY_BE_READ = {
    name
    for name in FILES
    if name.startswith(("span-", "one-line-", "many-", "spans.", "refresh", "xxe.html"))
} | {
    "bytes.html",
    "divs-200000.html",
    "a-million-lines.txt",
    "dtd-word-_rels-document.xml.rels.docx",
}
