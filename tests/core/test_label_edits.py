"""Labels of the form are changed only by an edit that says that a label is meant."""

import shutil
from datetime import datetime

import pytest

from core.document import CellRef
from core.edit_records import edit_from, edit_json
from core.edits import Edit, LabelEdit
from core.errors import EditError
from core.export import excel_target, word_target, write_all
from core.pasting import table_of_html, table_of_text
from core.resources import SAMPLE
from core.session import open_session


@pytest.fixture
def session(tmp_path):
    path = tmp_path / "示例.docx"
    shutil.copy(SAMPLE, path)
    return open_session(path)


def label_of(session):
    table = session.match.tables["applications"]
    return min(ref for ref in table.label_cells if session.text(ref))


def test_an_ordinary_edit_leaves_labels_alone(session):
    ref = label_of(session)
    with pytest.raises(EditError):
        session.apply(Edit(ref, session.text(ref), "别的"))
    assert not session.is_changed


def test_a_label_edit_changes_a_label_and_can_be_taken_back(session):
    ref = label_of(session)
    before, slots = session.text(ref), dict(session.match.places)
    edit = LabelEdit(ref, before, "别的")
    session.apply(edit)
    assert session.text(ref) == "别的"
    assert dict(session.match.places) == slots
    session.apply(edit.inverse)
    assert not session.is_changed


def test_a_label_edit_of_no_cell_is_refused(session):
    with pytest.raises(EditError):
        session.apply(LabelEdit(CellRef(label_of(session).table, 500, 0), "", "x"))


def test_a_label_edit_is_made_again_from_a_journal(session):
    ref = label_of(session)
    edit = LabelEdit(ref, session.text(ref), "别的")
    again = edit_from(edit_json(edit))
    assert type(again) is LabelEdit
    assert type(again.inverse) is LabelEdit
    session.apply_dated([(again, datetime(2024, 1, 1))])
    assert session.text(ref) == "别的"


@pytest.mark.parametrize("text", ["", "a", "a\tb\n", '"a\n""b"""\tc', '"open\tb', "\0"])
def test_any_text_is_a_table(text):
    table = table_of_text(text)
    assert table.rows >= 1
    assert len(table.cells) == table.rows * table.columns


@pytest.mark.parametrize("html", ["", " ", "<p>x</p>", "\0", "<table></table>"])
def test_html_without_cells_is_no_table(html):
    assert table_of_html(html) is None


def test_a_corrected_label_is_saved_in_word_and_excel(session, tmp_path):
    ref = label_of(session)
    session.apply(LabelEdit(ref, session.text(ref), session.text(ref) + "甲"))
    targets = [word_target(tmp_path / "新.docx"), excel_target(tmp_path / "新.xlsx")]
    write_all(session, session.check(), targets, overwrite=False)
    again = open_session(tmp_path / "新.docx")
    assert again.text(ref) == session.text(ref)
    assert len(again.match.places) == len(session.match.places)
