"""A report that is being corrected: source plus edits, nothing lost, nothing guessed."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Cell, CellRef, Confidence, Document, Section, Table, fold
from core.edits import Edit
from core.errors import EditError, NotAReportError, UnreadableFileError
from core.forms.loader import load_form
from core.rules.context import Context
from core.session import Session
from core.writable import UNWRITABLE

FORM = load_form("2021").tables["applications"]
TOTAL = FORM.slots["applications.received.total"]
TOTAL_REF = CellRef("t1", TOTAL.row, TOTAL.column)


def source(short_row=None):
    cells = tuple(
        Cell(c.row, c.column, "0" if c.slot else c.text, c.row_span, c.column_span)
        for c in FORM.cells
        if short_row is None or (c.row, c.column) != short_row
    )
    table = Table("t1", FORM.rows, FORM.columns, cells)
    other = Table("t2", 1, 2, (Cell(0, 0, "其他表"), Cell(0, 1, "5")))
    return Document("text", (Section(3, "三、收到和处理", (table, other)),), year=2024)


def session(document=None):
    return Session(Path("报告.txt"), b"", document or source())


def test_an_edit_changes_the_present_and_never_the_source():
    report = session()
    before = report.source
    changes = report.apply(Edit(TOTAL_REF, "0", "7"))
    assert changes.cells == {TOTAL_REF}
    assert report.text(TOTAL_REF) == "7"
    assert report.original(TOTAL_REF) == "0"
    assert report.source is before
    assert report.source.cell(TOTAL_REF).text == "0"
    assert dict(report.edits) == {TOTAL_REF: "7"}


def test_white_space_around_a_typed_number_is_no_difference():
    report = session()
    edit = Edit(TOTAL_REF, "0", "  5　")
    report.apply(edit)
    assert report.text(TOTAL_REF) == "5"
    report.apply(edit.inverse)
    assert not report.edits


def test_restoring_the_original_text_is_no_edit():
    report = session()
    edit = Edit(TOTAL_REF, "0", "7")
    report.apply(edit)
    report.apply(edit.inverse)
    assert not report.edits
    assert report.document == report.source
    assert report.revision == 2


def test_an_edit_that_does_not_fit_is_refused_and_changes_nothing():
    report = session()
    good = Edit(TOTAL_REF, "0", "7")
    bad = Edit(replace(TOTAL_REF, row=TOTAL_REF.row + 1), "9", "7")
    with pytest.raises(EditError, match="没有做任何修改"):
        report.apply_all((good, bad))
    assert not report.edits
    assert report.revision == 0


def test_a_character_that_no_file_can_hold_is_refused_unless_it_stands_there_already():
    strange = "7\u0082"
    report = session(source().with_texts({TOTAL_REF: strange}))
    report.apply(Edit(TOTAL_REF, strange, "8"))
    report.apply(Edit(TOTAL_REF, "8", strange))
    assert not report.edits
    other = replace(TOTAL_REF, row=TOTAL_REF.row + 1)
    for text in (strange, "\0", "\ud800", "\ufffe"):
        with pytest.raises(EditError, match=r"控制字符，没有做任何修改"):
            report.apply(Edit(other, "0", text))
    assert not report.edits


def test_labels_and_holes_are_not_editable_and_other_tables_are():
    report = session()
    assert report.is_editable(TOTAL_REF)
    assert report.is_editable(CellRef("t2", 0, 1))
    assert not report.is_editable(CellRef("t1", 0, 0))
    assert not report.is_editable(CellRef("t1", TOTAL.row, 0))
    assert not report.is_editable(CellRef("t1", 0, 1))
    assert not report.is_editable(CellRef("t9", 0, 0))


def test_filling_the_place_left_open_ends_the_presumption():
    document = source()
    row = TOTAL.row
    cells = tuple(
        replace(c, text="", confidence=Confidence.UNCERTAIN, readings=("",))
        if (c.row, c.column) == (row, 9)
        else c
        for c in document.tables["t1"].cells
    )
    table = replace(document.tables["t1"], cells=cells)
    report = session(replace(document, sections=(Section(3, "三、", (table,)),)))
    assert report.match.places["applications.received.business"].presumed
    edit = Edit(TOTAL_REF, "", "0")
    report.apply(edit)
    assert not report.match.places["applications.received.business"].presumed
    assert report.match.places["applications.received.total"].confidence is Confidence.EXACT
    report.apply(edit.inverse)
    assert report.match.places["applications.received.business"].presumed


def test_what_is_no_report_is_refused_with_a_sentence_that_says_what_is_missing():
    with pytest.raises(NotAReportError, match=r"法定表格.*章节标题"):
        session(Document("text", (Section(0, "", ()),)))


@given(
    st.lists(st.tuples(st.integers(3, 9), st.sampled_from(["", "0", "7", "见附件"])), max_size=6)
)
def test_a_context_kept_over_edits_reads_as_a_fresh_one(steps):
    report = session()
    for column, text in steps:
        ref = CellRef("t1", TOTAL.row, column)
        report.apply(Edit(ref, report.text(ref), text))
        kept, fresh = report.context(), Context(report.document, report.match)
        slots = fresh.slots("applications")
        assert kept.values(slots) == fresh.values(slots)
        assert kept.has_values("applications") == fresh.has_values("applications")


@given(st.lists(st.tuples(st.integers(3, 9), st.text(max_size=5)), max_size=8))
def test_any_edits_taken_back_in_turn_leave_the_source(steps):
    report = session()
    done = []
    for column, text in steps:
        ref = CellRef("t1", TOTAL.row, column)
        edit = Edit(ref, report.text(ref), text)
        if UNWRITABLE.search(fold(text)):
            with pytest.raises(EditError, match=r"控制字符，没有做任何修改"):
                report.apply(edit)
            continue
        report.apply(edit)
        done.append(edit)
    for edit in reversed(done):
        report.apply(edit.inverse)
    assert report.document == report.source
    assert not report.edits


def test_last_year_s_report_is_seen_beside_this_one_s_until_another_is_loaded():
    report, last = session(), session(replace(source(), year=2023))
    assert report.context().last_year is None
    assert report.load_last_year(last) is last
    assert report.context().last_year is last.context()
    report.load_last_year(None)
    assert report.context().last_year is None


def test_what_was_read_once_is_read_again_only_after_a_change():
    report, last = session(), session(replace(source(), year=2023))
    report.load_last_year(last)
    before = report.context()
    assert report.context() is before
    report.apply(Edit(TOTAL_REF, "0", "7"))
    after = report.context()
    assert after is not before
    assert after.last_year is before.last_year
    last.apply(Edit(TOTAL_REF, "0", "9"))
    assert report.context().last_year is not before.last_year


def test_a_report_of_last_year_that_cannot_be_read_leaves_the_one_before(tmp_path):
    report, last = session(), session(replace(source(), year=2023))
    report.load_last_year(last)
    revision = report.revision
    with pytest.raises(UnreadableFileError):
        report.load_last_year(tmp_path / "没有.docx")
    assert report.last_year is last
    assert report.revision == revision


def test_a_snapshot_stays_as_it_was():
    report = session()
    report.apply(Edit(TOTAL_REF, "0", "7"))
    before = report.snapshot()
    report.apply(Edit(TOTAL_REF, "7", "8"))
    assert (before.text(TOTAL_REF), report.text(TOTAL_REF)) == ("7", "8")
    assert dict(before.edits) == {TOTAL_REF: "7"}
    before.apply(Edit(TOTAL_REF, "7", "9"))
    assert report.text(TOTAL_REF) == "8"
