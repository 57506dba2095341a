"""Make a report of a workbook's sheets: visible ones first, the program's own lists left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.document import Block, Document, Paragraph, Provenance, Table
from core.readers.headings import is_known_heading
from core.readers.naming import find_naming
from core.readers.sheet import Sheet
from core.readers.sheet_blocks import sheet_blocks
from core.readers.sheet_notices import notices
from core.readers.structure import build_document

# The first row of the lists that this program puts beside the tables.
_OWN_LISTS = {
    "疑点": ("序号", "级别", "规则"),
    "未能检查": ("序号", "规则", "位置"),
    "修改记录": (),
}
_OWN = "这是本程序写出的核对表，其中的校核公式、疑点和修改记录没有读取。"
_NO_NAMES = ("sheet", "工作表", "表")


def workbook_document(format: str, sheets: Sequence[Sheet], title: str | None) -> Document:
    """Return the report in some sheets; `title` is that of the file's properties."""
    ordered = sorted(sheets, key=lambda sheet: sheet.is_hidden)
    is_own = any(_is_own_list(sheet) for sheet in ordered if _OWN_LISTS.get(sheet.name))
    if is_own:
        ordered = [sheet for sheet in ordered if sheet.name not in _OWN_LISTS]
    blocks = [block for sheet in ordered for block in _blocks(sheet, is_own)]
    hint = title if title and find_naming((title,)).title else None
    said = notices([sheet for sheet in ordered if not is_own or not sheet.formulas])
    return build_document(format, blocks, hint, (_OWN, *said) if is_own else said)


def _is_own_list(sheet: Sheet) -> bool:
    wanted = _OWN_LISTS[sheet.name]
    cells = (sheet.cells.get((0, column)) for column in range(len(wanted)))
    return tuple(cell.text if cell else "" for cell in cells) == wanted


def _blocks(sheet: Sheet, is_own: bool) -> Iterator[Block]:
    """Yield what stands on a sheet, under the sheet's name where that says something."""
    blocks: Sequence[Block] = sheet_blocks(sheet)
    if is_own:
        blocks = [block for block in blocks if isinstance(block, Table)][:1]
    prose = [block.text for block in blocks if isinstance(block, Paragraph)]
    if is_known_heading(sheet.name) and blocks and not any(map(is_known_heading, prose)):
        yield Paragraph(sheet.name, Provenance(sheet.part))
    elif not prose and not sheet.name.strip().lower().startswith(_NO_NAMES):
        blocks = [
            replace(block, caption=sheet.name) if isinstance(block, Table) else block
            for block in blocks
        ]
    yield from blocks
