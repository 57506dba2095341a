"""Invented reports on the 2021 form, whose numbers add up unless a test says otherwise."""

from dataclasses import replace

from core.document import Cell, CellRef, Document, Paragraph, Section, Table
from core.forms.loader import load_form

RECEIVED = "applications.received.natural_person"
EXTRA_TABLE = Table(
    "t9", 2, 2, tuple(Cell(r, c, f"<b>{r}{c}</b>") for r in range(2) for c in range(2))
)

# Nothing that a rule on prose would doubt: no statement about a number, and no aspect left out.
PROSE = {
    1: "本机关做好主动公开、依申请公开、政府信息管理、政府信息公开平台建设和监督保障工作，"
    "规范<i>复议</i>答复，门牌 41 号。",
    3: "依申请公开和<i>复议</i>的做法见本机关门户网站，门牌 41 号。",
    5: "存在的主要问题是公开内容不够具体。改进情况：已细化公开事项，下一步加强培训。",
    6: "本年度没有收取信息处理费，没有其他需要报告的事项。",
}


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
        blocks = [Paragraph(PROSE.get(section.number, "本节说明<i>复议</i>的做法，门牌 41 号。"))]
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


def change(window, text="47", slot=RECEIVED):
    """Put another number into a cell of the open report."""
    window.controller.set_text(place(window.controller.present, slot), text)


def reference(table_id, row, column):
    return CellRef(table_id, row, column)
