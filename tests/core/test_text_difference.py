"""The least edits between two wordings."""

from hypothesis import given
from hypothesis import strategies as st

from core.document import ParagraphRef
from core.text_difference import text_edits

REF = ParagraphRef(1, 0)
TEXTS = st.text(alphabet="收到申请件，12 \n3a", max_size=40)


def applied(text, edits):
    for edit in edits:
        assert text[edit.start : edit.end] == edit.before
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text


@given(TEXTS, TEXTS)
def test_the_edits_make_the_one_text_the_other(before, after):
    assert applied(before, text_edits(REF, before, after)) == after


@given(TEXTS)
def test_the_same_text_needs_no_edit(text):
    assert text_edits(REF, text, text) == ()


def test_each_change_is_an_edit_of_its_own_and_numbers_stay_whole():
    edits = text_edits(REF, "收到申请41件，办结42件。", "收到申请43件，办结52件。")
    assert [(edit.before, edit.after) for edit in edits] == [("42", "52"), ("41", "43")]


def test_a_long_text_is_changed_in_the_middle_only():
    filling = "甲乙" * 2000
    (edit,) = text_edits(REF, filling + "3件" + filling, filling + "4件" + filling)
    assert (edit.before, edit.after) == ("3", "4")
