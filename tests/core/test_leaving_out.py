"""A file may be saved without some changes; the session itself keeps all of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.changes_made import changes_made
from core.document import Document, Paragraph, ParagraphRef, Section
from core.edits import Edit, ParagraphInsertion, RowInsertion, TextEdit
from core.leaving_out import dependent, without
from core.resources import SAMPLE
from core.session import Session, open_session
from tests.core.rules.reports import Changes
from tests.core.rules.reports import report as made_report

SLOTS = (
    "applications.received.natural_person",
    "applications.received.total",
    "cases.reconsideration.upheld",
)


@pytest.fixture(scope="module")
def sample():
    return open_session(SAMPLE)


def numbers(session):
    places = session.match.places
    return [places[slot].ref for slot in SLOTS if slot in places]


@given(wanted=st.lists(st.tuples(st.integers(0, 2), st.booleans()), unique_by=lambda p: p[0]))
def test_exactly_the_changes_that_are_left_out_are_gone(sample, wanted):
    session = sample.snapshot()
    refs = numbers(session)
    for number, _ in wanted:
        session.apply(Edit(refs[number], session.text(refs[number]), f"7{number}"))
    before = session.document
    out = [
        change
        for change in changes_made(session)
        if any(change.place == refs[number] and is_out for number, is_out in wanted)
    ]
    left = without(session, out)
    kept = {refs[number]: f"7{number}" for number, is_out in wanted if not is_out}
    assert dict(left.edits) == kept
    assert session.document is before
    assert left.data is session.data


def test_all_left_out_is_the_source_again(sample):
    session = sample.snapshot()
    ref = numbers(session)[0]
    prose = ParagraphRef(1, 0)
    text = session.paragraph(prose)
    session.apply_all(
        [
            Edit(ref, session.text(ref), "77"),
            TextEdit(prose, 0, len(text), text, ""),
            TextEdit(ParagraphRef(1, 1), 0, 1, session.paragraph(ParagraphRef(1, 1))[0], "另"),
        ]
    )
    left = without(session, changes_made(session))
    assert not left.is_changed
    assert left.document == session.source
    assert len(changes_made(session)) == 3


def test_what_stays_keeps_its_time(sample):
    session = sample.snapshot()
    one, other = numbers(session)[:2]
    session.apply_all([Edit(ref, session.text(ref), "77") for ref in (one, other)])
    first, second = changes_made(session)
    (kept,) = changes_made(without(session, [first]))
    assert kept == second


def test_with_a_row_goes_what_was_typed_into_it():
    document = made_report(Changes(edition="2021", without_rows=["disclosure.regulations"]))
    session = Session(Path("报告.txt"), b"", document)
    table = session.match.tables["disclosure"].table_id
    session.apply(RowInsertion(table, "disclosure.regulations"))
    slot = next(s for s in session.match.places if s.startswith("disclosure.regulations."))
    new = session.match.places[slot].ref
    session.apply(Edit(new, "", "3"))
    changes = changes_made(session)
    row = next(change for change in changes if change.insertion is not None)
    (text,) = dependent(session, [row], changes)
    assert text.place == new
    left = without(session, [row])
    assert not left.is_changed
    assert left.document == session.source
    assert session.text(new) == "3"
    only_text = without(session, [text])
    assert only_text.restructuring
    assert only_text.text(new) == ""


def test_an_added_paragraph_can_be_left_out():
    sections = (Section(1, "一、总体情况", (Paragraph("文字。"),)), Section(6, "六、其他", ()))
    session = Session(Path("报告.txt"), b"", Document("text", sections))
    session.apply(ParagraphInsertion(ParagraphRef(6, 0), "无其他事项。"))
    assert not without(session, changes_made(session)).is_changed
    assert session.is_changed
