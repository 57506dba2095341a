"""Read plain text, such as a web page copied into a file: bytes in, `Document` out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.document import Block, Document, Paragraph
from core.errors import UnreadableFileError
from core.forms.loader import EDITIONS
from core.progress import Progress, silent
from core.readers.encoding import decode
from core.readers.markdown import without_marks
from core.readers.structure import build_document
from core.readers.text_flow import Flow, read_flow
from core.readers.text_form import NAMES
from core.readers.text_lines import Piece, is_empty, lines_of
from core.readers.text_loose import find_loose
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
    lines = without_marks(lines_of(decoded.text))
    flows = {number: flow for number, line in enumerate(lines) if (flow := read_flow(line))}
    search = find_tables(_without(flows, lines), progress)
    names = search.names.union(*(flow.names for flow in flows.values()))
    loose = find_loose(lines, [name for name in NAMES if name not in names])
    instead = {number: flow.blocks for number, flow in flows.items()}
    for each in loose:
        instead |= {number: [] for number in each.lines} | {each.lines[0]: [each.table]}
    blocks = list(_blocks(lines, search.tables, instead))
    names |= {each.name for each in loose}
    failures = dict(search.failures)
    for flow in flows.values():
        failures |= flow.failures
    unread = notices(lines, names, failures, EDITIONS[-1])
    return build_document("text", blocks, None, decoded.notices + unread)


def _without(flows: Mapping[int, Flow], lines: Sequence[Piece]) -> list[Piece]:
    """Return the lines, those that run on as blank ones."""
    return [
        Piece("", line.start, line.start, line.line) if number in flows else line
        for number, line in enumerate(lines)
    ]


def _blocks(
    lines: Sequence[Piece], tables: Sequence[FoundTable], instead: Mapping[int, Sequence[Block]]
) -> Iterator[Block]:
    """Yield prose and tables in order; `instead` of some lines stand other blocks."""
    by_line = {found.first: found for found in tables}
    end = 0
    for number, line in enumerate(lines):
        if number in instead:
            yield from instead[number]
        elif found := by_line.get(number):
            end = found.end
            yield found.table
        elif number >= end and not is_empty(line) and line.text.strip("| \t"):
            yield Paragraph(line.text, line.provenance)
