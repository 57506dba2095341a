"""The prose that is there now: the source and its replacements, and back again."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Document, Paragraph, ParagraphRef, Section, Table
from core.edits import ParagraphInsertion, TextEdit
from core.errors import EditError
from core.rewording import Replacement, Rewording, composed, replaced_text
from core.session import Session

FIRST = ParagraphRef(1, 0)
TEXT = "全年共受理申请12件，办结12件。"


def source() -> Document:
    return Document(
        "docx",
        (
            Section(0, "", (Paragraph("某某局2023年政府信息公开工作年度报告"),)),
            Section(1, "一、总体情况", (Paragraph(TEXT), Paragraph("（文字描述）"))),
            Section(2, "二、主动公开政府信息情况", (Table("t1", 0, 0, ()),), "table"),
            Section(6, "六、其他需要报告的事项", ()),
        ),
        title="某某局2023年政府信息公开工作年度报告",
        agency="某某局",
        year=2023,
    )


def session() -> Session:
    return Session(Path("年报.docx"), b"", source())


def edit(start, before, after, ref=FIRST):
    return TextEdit(ref, start, start + len(before), before, after)


def test_a_paragraph_is_edited_and_edited_back():
    report = session()
    first = edit(7, "12", "13")
    changes = report.apply(first)
    assert changes.paragraphs == {FIRST}
    assert report.paragraph(FIRST) == TEXT.replace("12", "13", 1)
    assert report.document.section(1).paragraphs[0].text == report.paragraph(FIRST)
    assert report.rewording.replaced == {FIRST: (Replacement(7, 9, "13"),)}
    assert report.source == source()
    report.apply(first.inverse)
    assert not report.is_changed
    assert report.document == report.source
    assert report.revision == 2


def test_edits_come_one_after_the_other():
    report = session()
    report.apply_all([edit(7, "12", "1234"), edit(15, "12", "13")])
    assert report.paragraph(FIRST) == "全年共受理申请1234件，办结13件。"
    assert report.rewording.replaced[FIRST] == (
        Replacement(7, 9, "1234"),
        Replacement(13, 15, "13"),
    )


def test_an_edit_of_the_whole_paragraph_is_what_differs_with_whole_numbers():
    found = composed(TEXT, (), edit(0, TEXT, TEXT.replace("受理申请12", "收到申请13")))
    assert found == (Replacement(3, 9, "收到申请13"),)
    assert composed("共12件", (), edit(0, "共12件", "共13件")) == (Replacement(1, 3, "13"),)


def test_a_deleted_paragraph_keeps_its_address_and_comes_back():
    report = session()
    ref = ParagraphRef(1, 1)
    gone = edit(0, "（文字描述）", "", ref)
    report.apply(gone)
    assert report.document.section(1).paragraphs[1].text == ""
    report.apply(gone.inverse)
    assert not report.is_changed


def test_a_paragraph_is_added_to_an_empty_section_and_taken_away():
    report = session()
    added = ParagraphInsertion(ParagraphRef(6, 0), "本年度没有收取信息处理费。")
    report.apply(added)
    assert [p.text for p in report.document.section(6).paragraphs] == [added.text]
    report.apply(edit(3, "没有", "未", added.ref))
    assert report.paragraph(added.ref) == "本年度未收取信息处理费。"
    report.apply(edit(3, "未", "没有", added.ref))
    report.apply(added.inverse)
    assert not report.is_changed
    report.apply(added.inverse.inverse)
    assert report.document.section(6).paragraphs[0].text == added.text


def test_a_paragraph_goes_where_all_were_deleted():
    report = session()
    report.apply_all([edit(0, TEXT, ""), edit(0, "（文字描述）", "", ParagraphRef(1, 1))])
    report.apply(ParagraphInsertion(FIRST, "新的总体情况。"))
    assert [p.text for p in report.document.section(1).paragraphs] == ["新的总体情况。", ""]


@pytest.mark.parametrize(
    "wrong",
    [
        edit(0, "别的", "文字"),
        TextEdit(FIRST, 5, 3, "", "x"),
        TextEdit(FIRST, -2, 0, "", "x"),
        TextEdit(FIRST, 99, 100, "x", "y"),
        edit(0, "", "x", ParagraphRef(1, 2)),
        edit(0, "", "x", ParagraphRef(9, 0)),
        edit(0, "", "x", ParagraphRef(2, 0)),
        edit(0, "", "x", ParagraphRef(6, 1)),
        edit(0, "全", "\x0b"),
        edit(0, "全", "\ud800"),
        edit(0, TEXT, "三、收到和处理政府信息公开申请情况"),
        ParagraphInsertion(FIRST, "再来一段"),
        ParagraphInsertion(ParagraphRef(2, 0), "表格部分"),
        ParagraphInsertion(ParagraphRef(6, 1), "第二段"),
        ParagraphInsertion(ParagraphRef(6, 0), "四、政府信息公开行政复议、行政诉讼情况"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(wrong):
    report = session()
    with pytest.raises(EditError, match="没有做任何修改"):
        report.apply_all([edit(7, "12", "13"), wrong])
    assert not report.is_changed
    assert report.revision == 0


def test_the_opening_says_the_year():
    report = session()
    report.apply(edit(3, "2023", "2024", ParagraphRef(0, 0)))
    assert report.document.year == 2024
    assert report.document.title == "某某局2024年政府信息公开工作年度报告"


@given(st.text(st.sampled_from("12，件 \n"), max_size=9), st.data())
def test_any_edits_are_composed_and_taken_back(text, data):
    present, found, done = text, (), []
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(present)))
        end = data.draw(st.integers(start, len(present)))
        after = data.draw(st.text(st.sampled_from("12件"), max_size=3))
        one = TextEdit(FIRST, start, end, present[start:end], after)
        present = present[:start] + after + present[end:]
        found = composed(text, found, one)
        done.append(one)
        assert replaced_text(text, found) == present
        assert all(a.end <= b.start for a, b in pairwise(found))
    for one in reversed(done):
        found = composed(text, found, one.inverse)
    assert found == ()


def test_nothing_reworded_is_nothing():
    assert not Rewording()
    assert Rewording().applied(source()) == source()
