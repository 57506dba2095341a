"""An empty annual report in the layout of GB/T 9704-2012: the form's headings and blank tables.

Nothing of the form's own instructions is in it, so that none is left over.
"""

from __future__ import annotations

from core.document import Block, Cell, Document, Paragraph, Section, Table
from core.forms.loader import load_form
from core.forms.match import match
from core.forms.model import FormSection, FormTable
from core.writers.report import new_report

# The edition for reports of 2021 and later.
EDITION = "2021"


def empty_report(title: str, agency: str, year: int) -> bytes:
    """Return a .docx with a title, two opening sentences, six headings and three blank tables.

    A section of prose has no paragraph: one can be put into it.
    """
    form = load_form(EDITION)
    opening = Section(0, "", (Paragraph(title), Paragraph(_opening(form.document_number, year))))
    sections, number = [opening], 0
    for part in form.sections:
        table = form.tables[part.table] if part.table else None
        number += table is not None
        sections.append(_section(part, table, f"t{number}"))
    document = Document("docx", tuple(sections), title, agency, year)
    return new_report(document, match(document))


def _opening(form: str, year: int) -> str:
    return (
        "本报告依据《中华人民共和国政府信息公开条例》和国家统一规定的年度报告格式"
        f"（{form}）编制。所列数据的统计期限为{year}年1月1日至12月31日。"
    )


def _section(part: FormSection, table: FormTable | None, table_id: str) -> Section:
    blocks: tuple[Block, ...] = () if table is None else (_blank(table, table_id),)
    return Section(part.number, part.heading, blocks, part.kind)


def _blank(table: FormTable, table_id: str) -> Table:
    cells = (
        Cell(cell.row, cell.column, "" if cell.slot else cell.text, cell.row_span, cell.column_span)
        for cell in table.cells
    )
    return Table(table_id, table.rows, table.columns, tuple(cells))
