"""Read plain text, such as a web page copied into a file: bytes in, `Document` out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.document import Block, Document, Paragraph
from core.errors import UnreadableFileError
from core.forms.loader import EDITIONS
from core.progress import Progress, silent
from core.readers.encoding import decode
from core.readers.structure import build_document
from core.readers.text_lines import Piece, is_empty, lines_of
from core.readers.text_notices import notices
from core.readers.text_tables import FoundTable, find_tables

# Each line costs some hundred bytes; a report has a few thousand.  Windows ends one twice.
_MOST_LINE_ENDS = 100_000
_TOO_MANY_LINES = (
    f"文本文件太长（超过 {_MOST_LINE_ENDS // 20_000} 万行），没有打开，原文件没有改动。"
    "请只保留年度报告的内容后再试。"
)


def read_text(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Return the prose and tables of a text file in document order.

    A line that says something is a paragraph.  The statutory tables are read where
    the text shows their cells and every count fits the form; otherwise their lines
    stay prose, and a notice says why.

    Raises:
        UnreadableFileError: It cannot be decoded or is too large.
    """
    decoded = decode(data)
    if decoded.text.count("\n") + decoded.text.count("\r") > _MOST_LINE_ENDS:
        raise UnreadableFileError(_TOO_MANY_LINES)
    lines = lines_of(decoded.text)
    search = find_tables(lines, progress)
    blocks = list(_blocks(lines, search.tables))
    unread = notices(lines, search.names, search.failures, EDITIONS[-1])
    return build_document("text", blocks, None, decoded.notices + unread)


def _blocks(lines: Sequence[Piece], tables: Sequence[FoundTable]) -> Iterator[Block]:
    by_line = {found.first: found for found in tables}
    end = 0
    for number, line in enumerate(lines):
        if found := by_line.get(number):
            end = found.end
            yield found.table
        elif number >= end and not is_empty(line) and line.text.strip("| \t"):
            yield Paragraph(line.text, line.provenance)
