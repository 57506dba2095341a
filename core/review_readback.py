"""Read a written review report back and compare it with what it was to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.document import Document, Paragraph, fold
from core.errors import SaveError
from core.readers.docx import read_docx
from core.review import Listing, Review

_DIFFERENT = "写出的校核报告读回来与应有的内容不一致，没有保存；原文件没有改动。"
_PAGE_NUMBER = re.compile(r"—\d+—")
_SPACE = re.compile(r"\s+")


def confirm_review_docx(review: Review, data: bytes) -> None:
    """Read a Word file back, text by text.

    Raises:
        SaveError: It says something else.
    """
    found = read_docx(data, "校核报告.docx")
    if tuple(filter(None, _texts(found))) != review.texts:
        raise SaveError(_DIFFERENT)


def _texts(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield fold(section.heading)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield fold(block.text)
            else:
                yield from (cell.text for cell in block.cells)


def confirm_review_pdf(review: Review, data: bytes) -> None:
    """Look for every text of the review on the pages of a PDF.

    White space is left out of account, because it says where a line breaks.

    Raises:
        SaveError: A text is not there, or the file is no PDF.
    """
    pages = pdf_pages(data)
    headers = ["".join(block.headers) for block in review.blocks if isinstance(block, Listing)]
    continued = [_without_headers(page, headers) for page in pages]
    missing = [
        text
        for text in map(_compact, review.texts)
        if not _stands(text, pages) and not _stands(text, continued)
    ]
    if missing:
        raise SaveError(_DIFFERENT, f"{len(missing)} texts are missing in the PDF")


def _without_headers(page: str, headers: Sequence[str]) -> str:
    """Return a page without the headers that a table repeats at its top."""
    return page.removeprefix(next((each for each in headers if page.startswith(each)), ""))


def pdf_pages(data: bytes) -> list[str]:
    """Return the text of each page of a PDF without white space and page numbers.

    Raises:
        SaveError: It cannot be read.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise SaveError(_DIFFERENT, str(error)) from error
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return [_PAGE_NUMBER.sub("", _compact(text)) for text in texts]


def _stands(text: str, pages: Sequence[str]) -> bool:
    """Return whether a text stands on a page, or begins on one and goes on on the next."""
    for number, page in enumerate(pages):
        if text in page:
            return True
        end = _longest_beginning(text, page)
        if end and number + 1 < len(pages) and _continues(text[:end], text, pages[number + 1 :]):
            return True
    return False


def _continues(beginning: str, text: str, pages: Sequence[str]) -> bool:
    # What the page says by chance may run on into the text, so shorter beginnings count too.
    return any(
        text[end:] in pages[0] or (len(pages) > 1 and _stands(text[end:], pages))
        for end in range(len(beginning), max(len(beginning) - 3, 0), -1)
    )


def _longest_beginning(text: str, page: str) -> int:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[:middle] in page else (low, middle - 1)
    return low


def _compact(text: str) -> str:
    return _SPACE.sub("", text)
