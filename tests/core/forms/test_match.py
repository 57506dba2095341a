"""Tables aligned by labels: the form itself, hybrids, misprints, missing rows and cells."""

from dataclasses import replace

import pytest

from core.document import Cell, CellRef, Confidence, Document, Section, Table
from core.forms.alignment import LabelDifference
from core.forms.loader import EDITIONS, load_form
from core.forms.match import match
from core.forms.model import row_key


def printed(form_table, table_id="t1"):
    """Return the form's own grid with a running number in each slot."""
    numbers = {slot: str(i) for i, slot in enumerate(form_table.slots)}
    cells = tuple(
        Cell(c.row, c.column, numbers[c.slot] if c.slot else c.text, c.row_span, c.column_span)
        for c in form_table.cells
    )
    return Table(table_id, form_table.rows, form_table.columns, cells)


def report(*tables, year=None):
    return Document("text", (Section(0, "", tables),), year=year)


def texts(document, found):
    return {
        slot: document.tables[place.ref.table].at(place.ref.row, place.ref.column).text
        for slot, place in found.places.items()
        if not place.hole
    }


def without_rows(table, *rows):
    """Return the table without some rows, as if they had never been printed."""
    kept = [row for row in range(table.rows) if row not in rows]
    new = {row: i for i, row in enumerate(kept)}
    cells = []
    for cell in table.cells:
        covered = [r for r in range(cell.row, cell.row + cell.row_span) if r in new]
        if covered:
            cells.append(replace(cell, row=new[covered[0]], row_span=len(covered)))
    return Table(table.id, len(kept), table.columns, tuple(cells))


def with_text(table, old, new):
    return replace(
        table, cells=tuple(replace(c, text=new) if c.text == old else c for c in table.cells)
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_printed_form_matches_itself(edition):
    form = load_form(edition)
    tables = [printed(t, f"t{i}") for i, t in enumerate(form.tables.values())]
    document = report(*tables)
    found = match(document)
    assert found.edition == edition
    expected = {
        cell.slot: document.tables[f"t{i}"].at(cell.row, cell.column).text
        for i, table in enumerate(form.tables.values())
        for cell in table.cells
        if cell.slot
    }
    assert texts(document, found) == expected
    assert all(not t.labels and not t.missing_rows for t in found.tables.values())
    assert {p.confidence for p in found.places.values()} == {Confidence.EXACT}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", ["disclosure", "applications"])
def test_any_row_may_be_missing(edition, name):
    form_table = load_form(edition).tables[name]
    numbered = {cell.row: row_key(cell.slot) for cell in form_table.cells if cell.slot}
    for row, key in numbered.items():
        document = report(without_rows(printed(form_table), row), year=int(edition))
        table = match(document).tables[name]
        assert table.missing_rows == (key,)
        left = {slot for slot in form_table.slots if row_key(slot) not in (key, "other")}
        if edition == "2019":
            left |= {s for s in form_table.slots if row_key(s) == "other" and key != "other"}
        assert set(table.places) == left


def test_a_one_row_form_in_the_2021_edition_uses_its_own_slots():
    form = load_form("2021")
    applications = form.tables["applications"]
    rows = sorted(
        {c.row for c in applications.cells if c.slot and row_key(c.slot).startswith("other_")}
    )
    table = without_rows(printed(applications), *rows[1:])
    cells = tuple(c for c in table.cells if not (c.text.startswith("1.申请人无正当理由")))
    cells = tuple(replace(c, column_span=2) if c.text == "（六）其他处理" else c for c in cells)
    document = report(printed(form.tables["disclosure"], "t0"), replace(table, cells=cells))
    found = match(document)
    assert found.edition == "2021"
    assert "other" in found.tables["applications"].rows
    assert found.tables["applications"].missing_rows == ()
    other = {s for s in found.places if s.startswith("applications.other")}
    assert other == {s for s in applications.slots if row_key(s) == "other"}


def test_a_misprint_is_told_from_a_known_variant():
    form = load_form("2021")
    table = with_text(
        printed(form.tables["applications"]), "7.属于行政执法案卷", "7.属于行政执法案件"
    )
    table = with_text(table, "四、结转下年度继续办理", "四、结转下一年度继续办理")
    labels = {m.found: m.difference for m in match(report(table)).tables["applications"].labels}
    assert labels == {
        "7.属于行政执法案件": LabelDifference.CHARACTERS,
        "四、结转下一年度继续办理": LabelDifference.VARIANT,
    }


def test_a_row_one_cell_short_is_placed_from_the_left_and_its_total_presumed():
    form_table = load_form("2021").tables["applications"]
    table = printed(form_table)
    row = form_table.slots["applications.rejected_repeat.total"].row
    short = replace(
        table, cells=tuple(c for c in table.cells if not (c.row == row and c.column == 9))
    )
    places = match(report(short)).places
    hole = places["applications.rejected_repeat.total"]
    assert (hole.confidence, hole.readings, hole.hole) == (Confidence.UNCERTAIN, ("",), True)
    assert hole.ref == CellRef("t1", row, 9)
    others = [p for s, p in places.items() if row_key(s) == "rejected_repeat" and not p.hole]
    assert {p.confidence for p in others} == {Confidence.ALIGNED}
    assert all(p.presumed for p in others)
    assert not places["applications.received.total"].presumed


def test_columns_are_placed_by_their_headers_not_by_their_position():
    form_table = load_form("2021").tables["applications"]
    table = with_text(printed(form_table), "商业企业", "?")
    table = with_text(table, "科研机构", "商业企业")
    table = with_text(table, "?", "科研机构")
    document = report(table)
    found = texts(document, match(document))
    numbers = {slot: str(i) for i, slot in enumerate(form_table.slots)}
    assert found["applications.received.business"] == numbers["applications.received.research"]
    assert found["applications.received.research"] == numbers["applications.received.business"]
    assert found["applications.received.total"] == numbers["applications.received.total"]


def test_a_sliver_column_does_not_shift_the_numbers():
    form_table = load_form("2021").tables["cases"]
    table = printed(form_table)
    wider = tuple(
        replace(c, column=c.column + 1)
        if c.column > 6
        else replace(c, column_span=c.column_span + 1)
        if c.column <= 6 < c.column + c.column_span and c.row < 2
        else c
        for c in table.cells
    )
    document = report(Table("t1", table.rows, table.columns + 1, wider))
    found = texts(document, match(document))
    assert list(found.values()) == [str(i) for i in range(15)]


def test_a_table_that_is_none_of_the_three_is_left_alone():
    cells = tuple(Cell(r, c, f"第{r}行{c}列") for r in range(4) for c in range(4))
    found = match(report(Table("t1", 4, 4, cells)))
    assert found.edition is None
    assert not found.tables


def test_a_second_table_of_the_same_name_is_told_and_not_mixed_in():
    form = load_form("2021")
    document = report(printed(form.tables["cases"], "t1"), printed(form.tables["cases"], "t2"))
    found = match(document)
    assert found.tables["cases"].table_id == "t1"
    assert found.repeated == {"t2": "cases"}
