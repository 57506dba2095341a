"""Invented reports for writers: the form's own tables with numbers put into them."""

from collections.abc import Callable, Mapping

import pytest

from core.document import Cell, Document, Paragraph, Section, Table
from core.forms.loader import load_form

MakeReport = Callable[..., Document]


def _table(name: str, texts: Mapping[str, str], default: str, without: frozenset[str]) -> Table:
    form_table = load_form("2021").tables[name]
    cells = tuple(
        Cell(
            cell.row,
            cell.column,
            texts.get(cell.slot, default) if cell.slot else cell.text,
            cell.row_span,
            cell.column_span,
        )
        for cell in form_table.cells
        if cell.slot not in without
    )
    return Table("", form_table.rows, form_table.columns, cells)


@pytest.fixture(scope="session")
def make_report() -> MakeReport:
    """A function from slot texts to a report of six sections, all other slots alike."""

    def make(
        texts: Mapping[str, str] | None = None,
        default: str = "0",
        without: frozenset[str] = frozenset(),
        extra: tuple[Table, ...] = (),
    ) -> Document:
        form = load_form("2021")
        title = "石桥县档案局2024年政府信息公开工作年度报告"
        sections = [Section(0, "", (Paragraph(title), Paragraph("现公布本局年度报告。")))]
        for section in form.sections:
            blocks: tuple[Paragraph | Table, ...] = (Paragraph(f"第{section.number}部分的文字。"),)
            if section.table:
                number = len([s for s in sections if s.tables]) + 1
                table = _table(section.table, texts or {}, default, without)
                table = Table(f"t{number}", table.rows, table.columns, table.cells)
                blocks = (table,)
            if section.number == 6:
                blocks += extra
            sections.append(Section(section.number, section.heading, blocks, section.kind))
        return Document("text", tuple(sections), title, "石桥县档案局", 2024)

    return make
