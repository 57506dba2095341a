"""What was changed in a report: where, from what to what, when and why; kept over a recovery."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.changes_made import Change, changes_made
from core.document import Document, Paragraph, ParagraphRef, Section
from core.edits import Edit, ParagraphInsertion, RowInsertion, TextEdit
from core.errors import EditError
from core.journal import Journal
from core.recovery import pending
from core.resources import SAMPLE
from core.session import Session, open_session
from tests.core.report_files import docx_file
from tests.core.rules.reports import Changes

FIRST = datetime(2025, 1, 2, 9, 5)
PROSE = ParagraphRef(1, 0)


@pytest.fixture(scope="module")
def sample() -> Session:
    return open_session(SAMPLE)


@pytest.fixture
def report(sample) -> Session:
    return sample.snapshot()


def at(minutes: int) -> datetime:
    return FIRST + timedelta(minutes=minutes)


def proved(report: Session):
    """A finding of the sample with its proved correction of one cell."""
    return next(
        (finding, fix.edits[0])
        for finding in report.check().findings
        for fix in finding.found.fixes
        if fix.certainty == "proved"
    )


def test_changes_stand_in_the_order_of_the_report_with_time_and_reason(report) -> None:
    finding, edit = proved(report)
    word = report.source.section(1).paragraphs[0].text[:2]
    report.apply_dated([(edit, at(1)), (TextEdit(PROSE, 0, 2, word, "现将"), at(2))])
    prose, cell = changes_made(report)
    assert (cell.place, cell.old, cell.new) == (edit.ref, edit.before, edit.after)
    assert cell.at == at(1)
    assert finding.message in cell.why
    assert f"第{edit.ref.row + 1}行第{edit.ref.column + 1}列" in cell.where
    assert (prose.place, prose.at, prose.why) == (PROSE, at(2), "")
    assert prose.where == f"{report.source.section(1).heading} 第1段"
    assert prose.old == report.source.section(1).paragraphs[0].text
    assert prose.new == report.paragraph(PROSE)


def test_a_report_as_it_was_read_has_no_changes(report) -> None:
    assert changes_made(report) == ()


def test_an_added_paragraph_was_nothing_before() -> None:
    sections = (Section(1, "一、总体情况", (Paragraph("文字。"),)), Section(6, "六、其他", ()))
    report = Session(Path("报告.txt"), b"", Document("text", sections))
    report.apply(ParagraphInsertion(ParagraphRef(6, 0), "无其他事项。"))
    (change,) = changes_made(report)
    assert (change.where, change.old, change.new) == ("六、其他 第1段", "", "无其他事项。")
    assert change.excerpts == ("", "无其他事项。")


def test_an_edit_that_is_taken_back_has_no_time_any_more(report) -> None:
    _, edit = proved(report)
    before = datetime.now()
    report.apply(edit)
    assert before <= report.changed_at[edit.ref] <= datetime.now()
    report.apply(edit.inverse)
    assert not report.changed_at


def test_a_copy_keeps_its_own_times(report) -> None:
    _, edit = proved(report)
    report.apply_dated([(edit, at(1))])
    twin = report.snapshot()
    report.apply_dated([(Edit(edit.ref, edit.after, "99"), at(2))])
    assert (twin.changed_at[edit.ref], report.changed_at[edit.ref]) == (at(1), at(2))


def test_edits_that_are_refused_leave_no_time(report) -> None:
    _, edit = proved(report)
    with pytest.raises(EditError):
        report.apply_dated([(edit, at(1)), (Edit(edit.ref, "没有", "1"), at(2))])
    assert not report.changed_at


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", "1", "2"])), max_size=12))
def test_what_differs_has_the_time_of_its_last_edit(typed) -> None:
    report = _opened().snapshot()
    refs = sorted(place.ref for place in report.match.places.values())[:4]
    last: dict[object, datetime] = {}
    for minutes, (number, text) in enumerate(typed):
        ref = refs[number]
        report.apply_dated([(Edit(ref, report.text(ref), text), at(minutes))])
        last[ref] = at(minutes)
    assert report.changed_at == {ref: last[ref] for ref in report.edits}


_KEPT: list[Session] = []


def _opened() -> Session:
    if not _KEPT:
        _KEPT.append(open_session(SAMPLE))
    return _KEPT[0]


def test_a_recovered_edit_keeps_its_time(tmp_path, monkeypatch) -> None:
    path = tmp_path / "示例.docx"
    path.write_bytes(SAMPLE.read_bytes())
    session = open_session(path)
    _, edit = proved(session)
    word = session.source.section(1).paragraphs[0].text[:2]
    commands = (edit,), (TextEdit(PROSE, 0, 2, word, "现将"),), (Edit(edit.ref, edit.after, "99"),)
    work = Journal.open_for(path, hashlib.sha256(session.data).hexdigest())
    for minutes, command in enumerate(commands):
        monkeypatch.setattr("core.journal.datetime", _clock_at(at(minutes)))
        work.record(command)
    work.close()
    monkeypatch.setattr("core.processes.Writer.may_run", False)
    (found,) = pending(path)
    assert (found.at, found.times) == (at(2), (at(0), at(1), at(2)))
    found.replay(session)
    assert session.changed_at == {edit.ref: at(2), PROSE: at(1)}


def _clock_at(now: datetime) -> type[datetime]:
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None) -> datetime:
            return now

    return Clock


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("共 12 件。", "共 15 件。", ("共 12 件。", "共 15 件。")),
        (
            f"{'前' * 20}2024年共办理申请1200件，{'后' * 20}",
            f"{'前' * 20}2024年共办理申请1300件，{'后' * 20}",
            (
                "…前2024年共办理申请1200件，后后后后后后后后…",
                "…前2024年共办理申请1300件，后后后后后后后后…",
            ),
        ),
        ("要删去的一段", "", ("要删去的一段", "")),
        ("一" * 30, "一" * 31, ("…" + "一" * 12, "…" + "一" * 13)),
    ],
)
def test_of_prose_only_what_differs_is_shown(old, new, shown) -> None:
    assert Change(PROSE, "", old, new, FIRST, "").excerpts == shown


@given(st.text("12年", max_size=40), st.text("12年", max_size=40))
def test_what_is_shown_of_prose_differs_as_the_whole_does(old, new) -> None:
    shown_old, shown_new = (
        each.strip("…") for each in Change(PROSE, "", old, new, FIRST, "").excerpts
    )
    assert shown_old in old
    assert shown_new in new
    assert len(old) - len(shown_old) == len(new) - len(shown_new)
    assert (shown_old == shown_new) is (old == new)


def test_rows_and_cells_that_were_put_in_are_changes_with_their_time(tmp_path: Path):
    path = docx_file(tmp_path, Changes(without_rows=("disclosure.regulations",)))
    session = open_session(path)
    (table,) = [t for t in session.match.tables.values() if t.name == "disclosure"]
    row = RowInsertion(table.table_id, "disclosure.regulations")
    session.apply_dated([(row, FIRST)])
    (change,) = changes_made(session)
    assert (change.old, change.new, change.at) == ("（没有这一行）", "补入“规章”一行", FIRST)
    assert "缺少" in change.why
    session.apply(row.inverse)
    assert not changes_made(session)
