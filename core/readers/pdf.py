"""Read a PDF that has text: its tables by an own grid of rules and characters, and its prose.

Nothing is recognised in pictures: a scanned file is refused, a scanned page is told.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as c

from core.document import Block, Document, Paragraph
from core.errors import UnreadableFileError
from core.progress import Progress, silent
from core.readers.pdf_join import join
from core.readers.pdf_layout import Item, lay_out
from core.readers.pdf_margins import without_margins
from core.readers.pdf_marks import Page
from core.readers.pdf_notices import notices, refuse_without_text, second_report
from core.readers.pdf_page import read_page
from core.readers.pdf_prose import paragraphs
from core.readers.pdf_table import PageTable
from core.readers.structure import build_document

MAX_PAGES = 500
MAX_GLYPHS = 300_000

_SAFE = "没有打开，原文件没有改动。"
_PASSWORD = f"这个 PDF 有打开密码，{_SAFE}请先在 PDF 阅读器中输入密码，另存为没有密码的文件后再试。"
_ENCRYPTED = f"这个 PDF 的加密方式不能读取，{_SAFE}请另存为没有加密的 PDF 或 .docx 后再试。"
_BROKEN = f"PDF 文件不完整或已损坏，{_SAFE}请重新下载，或向发件人重新索取。"
_TOO_LONG = f"PDF 的页数太多（超过 {MAX_PAGES} 页），{_SAFE}请只保留年度报告的各页，另存后再试。"
_TOO_MUCH_TEXT = (
    f"PDF 的文字太多（超过 {MAX_GLYPHS // 10_000} 万字），{_SAFE}"
    "请只保留年度报告的各页，另存后再试。"
)
_REFUSALS = {c.FPDF_ERR_PASSWORD: _PASSWORD, c.FPDF_ERR_SECURITY: _ENCRYPTED}

# PDFium must not be called by two threads at a time.
_ONE_AT_A_TIME = threading.Lock()


def read_pdf(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Return the prose and tables of a PDF as its pages show them, in reading order.

    Tables that page ends have cut are whole again, running titles and page numbers
    are left out.  Each cell and paragraph says where on which pages it stands.

    Raises:
        UnreadableFileError: It is scanned, encrypted, broken or too large.
        Cancelled: `progress` asked to stop.
    """
    with _ONE_AT_A_TIME:
        pages = _pages(data, progress)
    refuse_without_text(pages)
    laid_out = without_margins(pages, [lay_out(page) for page in pages])
    items = _joined(laid_out)
    blocks = list(_blocks(pages, items))
    tables = (item for item in items if isinstance(item, PageTable))
    document = build_document("pdf", blocks, notices=notices(pages, tables))
    return replace(document, notices=document.notices + second_report(document))


def _pages(data: bytes, progress: Progress) -> list[Page]:
    try:
        with closing(pdfium.PdfDocument(data)) as document:
            count = len(document)
            if count > MAX_PAGES:
                raise UnreadableFileError(_TOO_LONG, f"{count} pages")
            pages: list[Page] = []
            glyphs = 0
            for number in range(count):
                progress(number, count)
                pages.append(read_page(document, number))
                glyphs += len(pages[-1].glyphs)
                if glyphs > MAX_GLYPHS:
                    raise UnreadableFileError(_TOO_MUCH_TEXT, f"{glyphs} glyphs")
            return pages
    except pdfium.PdfiumError as error:
        sentence = _REFUSALS.get(error.err_code, _BROKEN)
        raise UnreadableFileError(sentence, str(error)) from error


def _blocks(pages: Sequence[Page], items: Sequence[Item]) -> Iterator[Block]:
    for block in paragraphs(pages, items):
        yield block if isinstance(block, Paragraph) else block.table()


def _joined(laid_out: Sequence[list[Item]]) -> list[Item]:
    """Return the items of all pages, with tables that page ends have cut made whole.

    A grid without any text is a drawing, unless it is the blank end of a table.
    """
    items: list[Item] = []
    for page in laid_out:
        first = page[0] if page else None
        last = items[-1] if items else None
        goes_on = isinstance(first, PageTable) and isinstance(last, PageTable) and join(last, first)
        items += page[1:] if goes_on else page
    return [item for item in items if not isinstance(item, PageTable) or item.has_text]
