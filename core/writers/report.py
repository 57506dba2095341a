"""A new Word report for a source that is no Word file, in the layout of GB/T 9704-2012.

Prose, section headings and tables stand in the order of the source, with
merged cells as in its grids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.document import Block, Document, Paragraph, Section, Table
from core.forms.alignment import ReportMatch
from core.writers.official_page import Piece, official_file
from core.writers.official_text import beside_table, paragraph, prose, title
from core.writers.report_table import table_piece

_SPACE = re.compile(r"\s")


def new_report(document: Document, match: ReportMatch) -> bytes:
    """Return a .docx with everything that a document says, in its order.

    Raises:
        SaveError: A table is too wide for Word.
    """
    pieces = _turned_with_table(list(_pieces(document, match)))
    return official_file(pieces, document.title or "", document.agency or "")


def _pieces(document: Document, match: ReportMatch) -> Iterator[Piece]:
    name = document.title or ""
    if name and not _is_printed(document, name):
        yield Piece(title(name))
    lines = [line for section in document.sections for line in _lines(section)]
    for index, (section, is_heading, block) in enumerate(lines):
        if isinstance(block, Table):
            yield from _table(block, match)
            continue
        space = _space([other for _, _, other in lines[max(index - 1, 0) : index + 2]], block)
        if is_heading:
            yield Piece(paragraph("Heading1", block.text, space))
        elif section.number == 0 and _is_part_of(name, block.text):
            yield Piece(title(block.text))
        else:
            yield Piece(prose(block.text, space))


def _lines(section: Section) -> Iterator[tuple[Section, bool, Block]]:
    """Yield a section's heading and blocks, each with whether it is the heading."""
    if section.heading:
        yield section, True, Paragraph(section.heading)
    for block in section.blocks:
        yield section, False, block


def _space(near: Sequence[Block], block: Block) -> str:
    """Return the spacing of a paragraph beside a table; nothing where there is none."""
    place = next(index for index, each in enumerate(near) if each is block)
    is_under = any(isinstance(each, Table) for each in near[:place])
    is_over = any(isinstance(each, Table) for each in near[place + 1 :])
    return beside_table(is_under=is_under, is_over=is_over)


def _table(table: Table, match: ReportMatch) -> Iterator[Piece]:
    """A table under its caption; Word allows no table without rows."""
    if table.caption:
        yield Piece(paragraph("TableText", table.caption, "<w:keepNext/>"))
    if table.cells:
        yield table_piece(table, match.by_table_id.get(table.id))


def _turned_with_table(pieces: Sequence[Piece]) -> list[Piece]:
    """Put what keeps with the next piece on its page: a heading is turned with its table."""
    turned = list(pieces)
    for index in range(len(turned) - 2, -1, -1):
        if _keeps_with_next(turned[index]):
            turned[index] = replace(turned[index], is_across=turned[index + 1].is_across)
    return turned


def _keeps_with_next(piece: Piece) -> bool:
    is_heading = '<w:pStyle w:val="Heading' in piece.markup
    return not piece.is_table and (is_heading or "<w:keepNext/>" in piece.markup)


def _is_printed(document: Document, name: str) -> bool:
    """Return whether the prose before 一、 says the title, perhaps on several lines."""
    preface = document.section(0)
    said = "".join(paragraph.text for paragraph in preface.paragraphs) if preface else ""
    return _compact(name) in _compact(said)


def _is_part_of(name: str, text: str) -> bool:
    return len(_compact(text)) > 3 and _compact(text) in _compact(name)


def _compact(text: str) -> str:
    return _SPACE.sub("", text)
