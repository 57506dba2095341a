"""The sample report altered in memory, for the scenes of `screenshots.py`."""

from __future__ import annotations

from dataclasses import replace

from core.document import Cell, Confidence, Document, Table
from core.forms.match import match
from core.session import Session

UNCERTAIN_SLOT = "cases.direct_lawsuit.other"


def with_extra_table(document: Document) -> Document:
    """Return the report with a table that is none of the three at its end."""
    rows = (("科室", "公开条数", "备注"), ("办公室", "120", ""), ("林政科", "56", "含公示"))
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    last = document.sections[-1]
    changed = replace(last, blocks=(*last.blocks, Table("t9", 3, 3, cells)))
    return replace(document, sections=(*document.sections[:-1], changed))


def with_extra_tables(document: Document, tables: int) -> Document:
    """Return the report with so many tables in all, the further ones copies of a statutory one."""
    found = list(document.tables.values())
    largest = max(found, key=lambda table: len(table.cells))
    extra = [replace(largest, id=f"x{number}") for number in range(tables - len(found))]
    last = document.sections[-1]
    changed = replace(last, blocks=(*last.blocks, *extra))
    return replace(document, sections=(*document.sections[:-1], changed))


def as_of_last_year(session: Session) -> Document:
    """Return a report of the year before that almost fits the sample."""
    source = session.source
    numbers = [session.match.places[slot].ref for slot in session.match.places]
    texts = {ref: "0" for ref in numbers if session.text(ref).isdigit()}
    for row, total in (("carried_out", "5"), ("carried_in", "4"), ("received", "52")):
        texts[session.match.places[f"applications.{row}.total"].ref] = total
        texts[session.match.places[f"applications.{row}.natural_person"].ref] = total
    sections = tuple(replace(part, blocks=part.tables) for part in source.sections)
    title = (source.title or "").replace("2024", "2023")
    return replace(source, sections=sections, title=title, year=2023).with_texts(texts)


def with_uncertain_cell(session: Session) -> Document:
    """Return the report as if one cell could have been read in two ways."""
    ref = session.match.places[UNCERTAIN_SLOT].ref

    def read(cell: Cell) -> Cell:
        if (cell.row, cell.column) != (ref.row, ref.column):
            return cell
        return replace(cell, text="", confidence=Confidence.UNCERTAIN, readings=("1", "11"))

    def changed(block: object) -> object:
        if isinstance(block, Table) and block.id == ref.table:
            return replace(block, cells=tuple(read(cell) for cell in block.cells))
        return block

    sections = tuple(
        replace(part, blocks=tuple(changed(block) for block in part.blocks))
        for part in session.source.sections
    )
    return replace(session.source, sections=sections)


def without_row(document: Document, name: str) -> Document:
    """Return a report that lacks a row of the form in which nothing is merged."""
    place = next(p for slot, p in match(document).places.items() if slot.startswith(f"{name}."))

    def changed(block: object) -> object:
        if not isinstance(block, Table) or block.id != place.ref.table:
            return block
        row = place.ref.row
        cells = tuple(
            replace(cell, row=cell.row - (cell.row > row))
            for cell in block.cells
            if cell.row != row
        )
        return replace(block, rows=block.rows - 1, cells=cells)

    sections = tuple(
        replace(part, blocks=tuple(changed(block) for block in part.blocks))
        for part in document.sections
    )
    return replace(document, sections=sections)
