"""What people are told about a PDF as a whole, and which PDFs have nothing to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.document import Document
from core.errors import UnreadableFileError
from core.readers.pdf_marks import Page
from core.readers.pdf_table import PageTable

# A page that is one picture, but for a stamp or a page number.
_COVERED = 0.4
_FEW_GLYPHS = 30
_MOST_PAGES_NAMED = 10

_SAFE = "没有打开，原文件没有改动。"
_SCANNED = (
    f"这是扫描件，每页都是图片，没有可以读取的文字，{_SAFE}"
    "程序不猜测图片里的数字，请打开它的 Word、网页或可复制文字的 PDF 版本。"
)
_NO_TEXT = (
    f"这个 PDF 里没有可以读取的文字（文字可能已转成图形），{_SAFE}"
    "请打开它的 Word、网页或可复制文字的 PDF 版本。"
)
_SCANNED_PAGES = "第 {pages} 页是扫描的图片，没有读取其中的内容，请对照原件核对。"
_UNSEEN = "PDF 中有看不见的文字（没有颜色、与底色相同或在页面之外），没有读取。"
_SLANTED = "PDF 中有倾斜的文字（如水印），没有读取。"
_ALIGNED = "PDF 中有没有框线的表格，按文字的对齐读出，哪个数字属于哪一栏不能确定，请逐个核对。"
_CUT_OFF = "第 {pages} 页的表格超出纸张，边上的数字可能不完整，请对照原文核对。"
_TWO_REPORTS = (
    "这个文件里不止一份报告：第 {page} 页又从“{heading}”开始。只核对前一份的表格，"
    "请把各份报告拆成单独的文件，分别打开。"
)
_UNNAMED = "PDF 中有些字没有文字编码，显示为“�”，请对照原文核对。"


def refuse_without_text(pages: Sequence[Page]) -> None:
    """Refuse a file whose pages are pictures only.

    Raises:
        UnreadableFileError: No page has text of its own.
    """
    if any(_inked(page) and not _is_scanned(page) for page in pages):
        return
    scanned = any(_is_scanned(page) for page in pages)
    raise UnreadableFileError(_SCANNED if scanned else _NO_TEXT, f"{len(pages)} pages")


def notices(pages: Sequence[Page], tables: Iterable[PageTable]) -> tuple[str, ...]:
    """Return sentences about what was left out or is not sure."""
    return (*_of_pages(pages), *_of_tables(tables))


def second_report(document: Document) -> tuple[str, ...]:
    """Return the sentence about a second report in the file, nothing where there is none."""
    if document.second_report is None:
        return ()
    section = document.sections[document.second_report]
    areas = section.heading_provenance.areas
    page = areas[0].page + 1 if areas else 1
    return (_TWO_REPORTS.format(page=page, heading=section.heading),)


def _of_tables(tables: Iterable[PageTable]) -> Iterator[str]:
    listed = list(tables)
    if any(not table.ruled for table in listed):
        yield _ALIGNED
    cut = {
        str(area.page + 1)
        for table in listed
        if table.ruled
        for cell in table.cells
        if cell.uncertain and not cell.readings
        for area in cell.areas
    }
    if cut:
        yield _CUT_OFF.format(pages=_named(sorted(cut, key=int)))


def _named(pages: Sequence[str]) -> str:
    more = "等" if len(pages) > _MOST_PAGES_NAMED else ""
    return "、".join(pages[:_MOST_PAGES_NAMED]) + more


def _of_pages(pages: Sequence[Page]) -> Iterator[str]:
    scanned = [str(page.number + 1) for page in pages if _is_scanned(page)]
    if scanned:
        yield _SCANNED_PAGES.format(pages=_named(scanned))
    if any(page.unseen for page in pages):
        yield _UNSEEN
    if any(page.slanted for page in pages):
        yield _SLANTED
    if any(page.unnamed for page in pages):
        yield _UNNAMED


def _is_scanned(page: Page) -> bool:
    covered = sum(max(box.width, 0) * max(box.height, 0) for box in page.images)
    return covered >= _COVERED * page.width * page.height and _inked(page) < _FEW_GLYPHS


def _inked(page: Page) -> int:
    return sum(glyph.text != " " for glyph in page.glyphs)
