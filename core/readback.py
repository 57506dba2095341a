"""Read a saved copy again and compare: what was edited changed, and nothing else did."""

from __future__ import annotations

from dataclasses import replace

from core.document import Block, Document, Paragraph, Provenance, fold
from core.errors import SaveError, UnreadableFileError
from core.readers.docx import REVISED, read_docx
from core.readers.workbook import read_xlsx

_DIFFERS = (
    "写出的 Word 文件读回来与应有的内容不一致，没有保存，原文件没有改动。"
    "请直接在 Word 或 WPS 中修改这几处，再重新打开核对。"
)
_WORKBOOK_DIFFERS = (
    "写出的 Excel 文件读回来与应有的内容不一致，没有保存，原文件没有改动。"
    "请直接在 Excel 或 WPS 中修改这几处，再重新打开核对。"
)


def confirm_docx(data: bytes, expected: Document, *, revised: bool = False) -> None:
    """Refuse bytes that do not read as expected, or would if all were accepted where `revised`.

    Raises:
        SaveError: A cell, paragraph, heading or notice is not what it should be.
    """
    try:
        found = read_docx(data, "")
    except UnreadableFileError as error:
        raise SaveError(_DIFFERS, f"unreadable: {error.detail}") from error
    if revised and REVISED not in expected.notices:
        found = replace(found, notices=tuple(each for each in found.notices if each != REVISED))
    if _content(found) != _content(expected):
        raise SaveError(_DIFFERS, "content differs")


def confirm_xlsx(data: bytes, expected: Document) -> None:
    """Refuse bytes whose cells do not say what is expected, each in its place of its sheet.

    How far a table goes is not compared: without lines, a cell that is blank now may
    have been its last.

    Raises:
        SaveError: A cell of a sheet is not what it should be.
    """
    try:
        found = read_xlsx(data, "")
    except UnreadableFileError as error:
        raise SaveError(_WORKBOOK_DIFFERS, f"unreadable: {error.detail}") from error
    if _placed(found) != _placed(expected):
        raise SaveError(_WORKBOOK_DIFFERS, "content differs")


def _placed(document: Document) -> list[tuple[str, str, str]]:
    """Return what each cell of each sheet says, blank ones left out."""
    said: list[tuple[Provenance, str]] = []
    for section in document.sections:
        said.append((section.heading_provenance, section.heading))
        said += [(each.provenance, each.text) for each in section.paragraphs]
        said += [(cell.provenance, cell.text) for each in section.tables for cell in each.cells]
    return sorted((where.part, where.cell, fold(text)) for where, text in said if fold(text))


def _content(document: Document) -> list[object]:
    """Return all that a document says, without where in the file it says it."""
    said: list[object] = [document.notices]
    for section in document.sections:
        blocks = [_block(block) for block in section.blocks if not _is_blank(block)]
        if blocks or section.heading:
            # An opening without a word is no section to a reader.
            said.append((section.number, section.heading, section.kind))
        said += blocks
    return said


def _is_blank(block: Block) -> bool:
    """Return whether a block is a paragraph that says nothing, which no reader sees."""
    return isinstance(block, Paragraph) and not block.text.strip()


def _block(block: Block) -> object:
    if isinstance(block, Paragraph):
        return block.text
    cells = [
        (cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in block.cells
    ]
    return (block.id, block.rows, block.columns, block.caption, block.notes, cells)
