"""Missing rows and cells put into the tables: only where the form has them, and back again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.document import CellRef, Paragraph, ParagraphRef
from core.edit_list import edits_from_json
from core.edit_records import edit_from
from core.edit_records import edit_json as record_json
from core.edits import (
    CellInsertion,
    CellRemoval,
    Changes,
    Edit,
    RowInsertion,
    RowRemoval,
    TextEdit,
)
from core.errors import EditError
from core.export import word_bytes
from core.forms.loader import load_form
from core.forms.model import row_key, table_name
from core.interchange import check_json
from core.readers.docx import read_docx
from core.rules.model import Certainty
from core.rules.severity import Severity
from core.session import Session, open_session
from tests.core.rules.reports import Changes as ReportChanges
from tests.core.rules.reports import report

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
SHORT = "applications.refused_internal_affairs.total"
# Rows without a like one beside them: the form prints headers above and below.
ALONE = {
    "2021": {"disclosure.permits", "disclosure.fees"},
    "2019": {"disclosure.fees", "disclosure.procurement"},
}


def session(**changes) -> Session:
    return Session(Path("年报.txt"), b"", report(ReportChanges(**changes)))


def rows_of(edition):
    tables = load_form(edition).tables
    return [
        f"{name}.{row.key}"
        for name in ("disclosure", "applications")
        for row in tables[name].row_specs
    ]


def offered(current: Session) -> list:
    """What the rule proposes to put in, in the order of the report."""
    found = [f for f in current.check().findings if f.rule == "TBL001"]
    return [edit for f in found for fix in f.found.fixes for edit in fix.edits]


def possible(current: Session) -> list:
    """The same without a whole check."""
    edits: list = []
    for name, table in current.match.tables.items():
        edits += [RowInsertion(table.table_id, f"{name}.{row}") for row in table.missing_rows]
        edits += [CellInsertion(place.ref) for place in table.places.values() if place.hole]
    return edits


def state(current: Session):
    return (
        current.document,
        dict(current.edits),
        current.restructuring,
        current.match,
        current.is_changed,
    )


@pytest.mark.parametrize(
    ("edition", "row"), [(edition, row) for edition in ALONE for row in rows_of(edition)]
)
def test_every_row_of_the_form_comes_back_to_its_place(edition, row):
    """The table is what it was before the row was lost, but for the numbers in it."""
    whole = session(edition=edition)
    current = session(edition=edition, without_rows=[row])
    edits = offered(current)
    if row in ALONE[edition]:
        assert edits == []
        with pytest.raises(EditError, match="没有做任何修改"):
            current.apply(RowInsertion("t1", row))
        return
    assert edits == [RowInsertion(whole.match.tables[table_name(f"{row}.x")].table_id, row)]
    current.apply_all(edits)
    blank = {
        place.ref: "" for slot, place in whole.match.places.items() if slot.startswith(f"{row}.")
    }
    assert current.document.tables == whole.document.with_texts(blank).tables
    assert not current.match.tables[table_name(f"{row}.x")].missing_rows
    assert offered(current) == []


@pytest.mark.parametrize(
    "slot",
    [
        SHORT,
        "applications.received.total",
        "applications.carried_out.total",
        "cases.later_lawsuit.total",
        "disclosure.normative_documents.in_force",
    ],
)
def test_a_missing_cell_comes_back_to_its_place(slot):
    whole, current = session(), session(without_cells=[slot])
    ref = whole.match.places[slot].ref
    assert not current.is_editable(ref)
    assert offered(current) == [CellInsertion(ref)]
    current.apply(CellInsertion(ref))
    assert grids(current.document) == grids(whole.document.with_texts({ref: ""}))
    assert not any(p.presumed or p.hole for p in current.match.places.values())
    assert current.is_editable(ref)
    current.apply(Edit(ref, "", "5"))
    assert current.context().value(slot).number == 5
    assert current.original(ref) == ""


def test_the_fixes_are_likely_and_never_applied_in_bulk():
    found = session(without_rows=["disclosure.regulations"]).check().findings
    (fix,) = next(f for f in found if f.rule == "TBL001").found.fixes
    assert (fix.certainty, fix.safe) == (Certainty.LIKELY, False)
    assert next(f for f in found if f.rule == "TBL001").severity is Severity.WARNING


def test_whole_runs_of_rows_come_back_in_any_order():
    rows = [f"applications.refused_{name}" for name in ("state_secret", "other_law", "process")]
    rows += ["applications.handled", "applications.carried_out", "applications.disclosed"]
    whole, current = session(), session(without_rows=rows)
    blank = {
        place.ref: ""
        for slot, place in whole.match.places.items()
        if f"applications.{row_key(slot)}" in rows
    }
    expected = whole.document.with_texts(blank).tables
    edits = offered(current)
    assert len(edits) == len(rows)
    for order in (edits, edits[::-1], edits[3:] + edits[:3]):
        other = session(without_rows=rows)
        other.apply_all(order)
        assert other.document.tables == expected


def test_texts_edited_before_go_with_their_cells():
    current = session(without_rows=["applications.disclosed"])
    above = current.match.places["applications.received.total"].ref
    below = current.match.places["applications.handled.total"].ref
    start = state(current)
    done = [
        Edit(above, current.text(above), "71"),
        Edit(below, current.text(below), "72"),
        RowInsertion("t2", "applications.disclosed"),
    ]
    changes = current.apply_all(done)
    moved = replace(below, row=below.row + 1)
    assert changes == Changes(frozenset({above, moved}), frozenset(), frozenset({"t2"}))
    assert dict(current.edits) == {above: "71", moved: "72"}
    assert current.match.places["applications.handled.total"].ref == moved
    assert current.original(moved) == done[1].before
    assert (
        current.check_source().findings
        == session(without_rows=["applications.disclosed"]).check().findings
    )
    new = current.match.places["applications.disclosed.total"].ref
    current.apply(Edit(new, "", "8"))
    with pytest.raises(EditError, match="已经填了内容"):
        current.apply(RowRemoval("t2", "applications.disclosed"))
    current.apply(Edit(new, "8", ""))
    current.apply_all([edit.inverse for edit in reversed(done)])
    assert state(current) == start


def test_a_snapshot_keeps_its_own_structure():
    current = session(without_rows=["disclosure.regulations"])
    twin = current.snapshot()
    current.apply(RowInsertion("t1", "disclosure.regulations"))
    assert twin.document.tables["t1"].rows + 1 == current.document.tables["t1"].rows
    assert not twin.is_changed
    assert current.snapshot().restructuring == current.restructuring


@pytest.mark.parametrize(
    "wrong",
    [
        RowInsertion("t1", "disclosure.normative_documents"),
        RowInsertion("t1", "applications.received"),
        RowInsertion("t1", "regulations"),
        RowInsertion("t1", "disclosure.nothing"),
        RowInsertion("t3", "cases.reconsideration"),
        RowInsertion("o0", "disclosure.regulations"),
        RowInsertion("t9", "disclosure.regulations"),
        RowRemoval("t1", "disclosure.regulations"),
        RowRemoval("t1", "disclosure.normative_documents"),
        CellInsertion(CellRef("t2", 3, 9)),
        CellInsertion(CellRef("t2", 99, 9)),
        CellInsertion(CellRef("t1", 0, 0)),
        CellInsertion(CellRef("o0", 0, 1)),
        CellRemoval(CellRef("t2", 12, 9)),
        CellRemoval(CellRef("t2", 3, 9)),
    ],
)
def test_anything_else_is_refused_and_changes_nothing(wrong):
    current = session(
        without_rows=["disclosure.regulations"],
        without_cells=[SHORT],
        others=[[["甲", "1"], ["乙"]]],
    )
    start = state(current)
    first = current.match.places["applications.received.total"].ref
    good = Edit(first, current.text(first), "70")
    fine = CellInsertion(current.match.places[SHORT].ref)
    for edits in ([wrong], [good, fine, wrong]):
        with pytest.raises(EditError, match="没有") as refusal:
            current.apply_all(edits)
        assert str(refusal.value).count("。") <= 2
        assert state(current) == start
    assert current.revision == 0


@pytest.mark.parametrize("slot", ["applications.received.business"])
def test_a_gap_between_cells_is_no_presumed_place(slot):
    current = session(without_cells=[slot])
    ref = session().match.places[slot].ref
    assert offered(current) == []
    with pytest.raises(EditError):
        current.apply(CellInsertion(ref))


def test_a_row_merged_with_others_is_no_model():
    """Where no row stands alone, a new one would have to guess where merged values end."""
    document = report(ReportChanges(without_rows=["disclosure.regulations"]))
    section = document.sections[2]
    (table,) = section.tables
    found = Session(Path("年报.txt"), b"", document).match
    value = found.places["disclosure.normative_documents.issued"].ref
    cells = tuple(
        replace(cell, row_span=2) if (cell.row, cell.column) == (value.row, value.column) else cell
        for cell in table.cells
    )
    changed = replace(section, blocks=(replace(table, cells=cells),))
    sections = (*document.sections[:2], changed, *document.sections[3:])
    current = Session(Path("年报.txt"), b"", replace(document, sections=sections))
    assert offered(current) == []


LOST = [
    "disclosure.regulations",
    "applications.disclosed",
    "applications.refused_state_secret",
    "applications.other_reason",
]
SHORT_ROWS = [SHORT, "applications.rejected_repeat.total", "cases.later_lawsuit.total"]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_edits_and_their_inverses_give_back_what_was_there(data):
    current = session(without_rows=LOST, without_cells=SHORT_ROWS)
    start = state(current)
    done, states = [], []
    for _ in range(data.draw(st.integers(1, 10))):
        edits = [
            *(edit for edit in possible(current) for _ in range(5)),
            *(RowRemoval(each.table, each.key) for each in current.restructuring.rows),
            *(
                CellRemoval(
                    CellRef(
                        each.table,
                        current.restructuring.present_row(each.table, each.row),
                        each.column,
                    )
                )
                for each in current.restructuring.cells
            ),
        ]
        refs = sorted(p.ref for p in current.match.places.values() if current.is_editable(p.ref))
        for ref in (data.draw(st.sampled_from(refs)), refs[1], refs[-1]):
            edits.append(Edit(ref, current.text(ref), data.draw(st.sampled_from(["", "7", "88"]))))
        edits.append(TextEdit(ParagraphRef(1, 0), 0, 0, "", "甲"))
        chosen = data.draw(st.sampled_from(edits))
        before = state(current)
        try:
            current.apply(chosen)
        except EditError:
            assert isinstance(chosen, RowRemoval | CellRemoval)
            assert state(current) == before
            continue
        states.append(before)
        done.append(chosen)
        assert current.document.sections[1].paragraphs  # the prose is there whatever happens
        assert all(edit_from(json.loads(json.dumps(record_json(e)))) == e for e in done)
    replayed = session(without_rows=LOST, without_cells=SHORT_ROWS)
    replayed.apply_all(done)
    assert state(replayed) == state(current)
    for edit, before in zip(reversed(done), reversed(states), strict=True):
        after = state(current)
        current.apply(edit.inverse)
        assert state(current) == before
        current.apply(edit)
        assert state(current) == after
        current.apply(edit.inverse)
    assert state(current) == start


def fixes_json(current: Session) -> list:
    value = check_json(current.document, current.match, current.check(), "年报")
    return [
        edit
        for finding in value["findings"]
        if finding["rule"] == "TBL001"
        for fix in finding["fixes"]
        for edit in fix["edits"]
    ]


def test_the_fixes_of_the_json_are_edits_of_the_list_in_any_order():
    changes = {
        "without_rows": ["disclosure.regulations", "applications.disclosed"],
        "without_cells": [SHORT],
    }
    current = session(**changes)
    hole = current.match.places[SHORT].ref
    below = current.match.places["applications.handled.total"].ref
    items = fixes_json(current)
    assert items == [
        {"table": "t1", "insert_row": "disclosure.regulations"},
        {"table": "t2", "insert_row": "applications.disclosed"},
        {"table": "t2", "insert_cell": [hole.row, hole.column]},
    ]
    place = {"table": "t2", "row": hole.row, "column": hole.column}
    items.append({**place, "before": "", "after": "9"})
    place = {"table": "t2", "row": below.row, "column": below.column}
    items.append({**place, "before": current.text(below), "after": "10"})
    for order in (items, items[::-1], items[2:] + items[:2]):
        other = session(**changes)
        other.apply_all(edits_from_json(json.dumps(order).encode()))
        assert other.context().value(SHORT).text == "9"
        assert other.context().value("applications.handled.total").text == "10"
        assert len(other.restructuring.rows) == 2


def test_a_cell_of_a_list_that_does_not_come_to_be_is_refused():
    current = session(without_cells=[SHORT])
    ref = current.match.places[SHORT].ref
    item = {"table": "t2", "row": ref.row, "column": ref.column, "before": "", "after": "9"}
    with pytest.raises(EditError):
        current.apply_all(edits_from_json(json.dumps([item]).encode()))


def test_a_new_report_has_the_row_and_the_cell():
    current = session(
        without_rows=["disclosure.regulations", "applications.refused_state_secret"],
        without_cells=[SHORT],
    )
    current.apply_all(edits_from_json(json.dumps(fixes_json(current)).encode()))
    ref = current.match.places[SHORT].ref
    current.apply(Edit(ref, "", "3"))
    written = read_docx(word_bytes(current, current.check()), "年报.docx")
    assert grids(written) == grids(current.document)


def grids(document):
    return [
        sorted((c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells)
        for table in document.tables.values()
    ]


def test_the_published_report_with_a_lost_row_and_a_lost_cell():
    path = CORPUS / "004_de53b01729c18d18.txt"
    if not path.exists():
        pytest.skip("the corpus is not here")
    current = open_session(path)
    before = {slot: current.text(place.ref) for slot, place in current.match.places.items()}
    items = fixes_json(current)
    current.apply_all(edits_from_json(json.dumps(items).encode()))
    after = {slot: current.text(place.ref) for slot, place in current.match.places.items()}
    assert len(after) == 200
    assert {slot: text for slot, text in after.items() if slot in before} == before
    new = after.keys() - before.keys()
    assert new == {f"disclosure.regulations.{c}" for c in ("issued", "repealed", "in_force")}
    assert offered(current) == []
    assert all(isinstance(b, Paragraph) for b in current.document.sections[1].blocks)
