"""Invented reports on the 2021 form, whose numbers add up unless a test says otherwise."""

from dataclasses import replace

from core.document import Cell, CellRef, Document, Paragraph, Section, Table
from core.forms.loader import load_form

RECEIVED = "applications.received.natural_person"
EXTRA_TABLE = Table(
    "t9", 2, 2, tuple(Cell(r, c, f"<b>{r}{c}</b>") for r in range(2) for c in range(2))
)


def form_table(name, table_id, texts):
    """Return a statutory table of the 2021 form; a slot without a text holds 0."""
    form = load_form("2021").tables[name]
    cells = tuple(
        Cell(
            cell.row,
            cell.column,
            texts.get(cell.slot, "0") if cell.slot else cell.text,
            cell.row_span,
            cell.column_span,
        )
        for cell in form.cells
    )
    return Table(table_id, form.rows, form.columns, cells)


def report(**texts):
    """Return an invented report; `texts` are those of slots, with __ for the dots."""
    named = {slot.replace("__", "."): text for slot, text in texts.items()}
    form = load_form("2021")
    sections = []
    for section in form.sections:
        # No statement about a number: the rules on prose would compare it with the tables.
        blocks = [Paragraph("本节说明依申请公开、主动公开和<i>复议</i>的做法，门牌 41 号。")]
        if section.table:
            blocks.append(form_table(section.table, f"t{section.number}", named))
        sections.append(Section(section.number, section.heading, tuple(blocks), section.kind))
    return Document("text", tuple(sections), "某某局2024年政府信息公开工作年度报告", "某某局", 2024)


def with_extra_table(document):
    """Return the report with a table that is none of the three in its last section."""
    last = document.sections[-1]
    changed = replace(last, blocks=(*last.blocks, EXTRA_TABLE))
    return replace(document, sections=(*document.sections[:-1], changed))


def place(session, slot):
    """Return the address of a slot."""
    return session.match.places[slot].ref


def reference(table_id, row, column):
    return CellRef(table_id, row, column)
