"""Where something stands in a report, in words; rows, columns and paragraphs count from one."""

from __future__ import annotations

from collections.abc import Sequence

from core.document import CellRef, Document, ParagraphRef
from core.rules.model import Finding

WHOLE = "全文"


def place_of(document: Document, finding: Finding) -> str:
    """Return where a finding stands."""
    found = finding.found
    if found.span is not None:
        return paragraph_place(document, ParagraphRef(found.span.section, found.span.paragraph))
    if found.cells:
        return cells_place(document, found.cells)
    return table_place(document, found.table) if found.table else WHOLE


def paragraph_place(document: Document, ref: ParagraphRef) -> str:
    """Return where a paragraph stands."""
    return f"{_heading(document, ref.section)} 第{ref.paragraph + 1}段"


def cells_place(document: Document, cells: Sequence[CellRef]) -> str:
    """Return where some cells of one table stand."""
    return f"{table_place(document, cells[0].table)} {_range(cells)}"


def table_place(document: Document, table_id: str) -> str:
    """Return the heading over a table, and which of several tables it is."""
    number = document.section_of.get(table_id, 0)
    section = document.section(number)
    ids = [table.id for table in section.tables] if section else []
    ordinal = f"第{ids.index(table_id) + 1}个表格" if len(ids) > 1 and table_id in ids else "表格"
    return f"{_heading(document, number)} {ordinal}"


def _heading(document: Document, number: int) -> str:
    section = document.section(number)
    return section.heading if section and section.heading else "正文开头"


def _range(cells: Sequence[CellRef]) -> str:
    rows = sorted({ref.row + 1 for ref in cells})
    columns = sorted({ref.column + 1 for ref in cells})
    if len(rows) > 1 and len(columns) > 1:
        first = cells[0]
        return f"第{first.row + 1}行第{first.column + 1}列等{len(set(cells))}格"
    return f"第{_numbers(rows)}行第{_numbers(columns)}列"


def _numbers(values: Sequence[int]) -> str:
    if len(values) > 2 and values[-1] - values[0] == len(values) - 1:
        return f"{values[0]}至{values[-1]}"
    return "、".join(map(str, values))
