"""Whatever is typed is refused at once with a sentence, or saved and read back."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.document import CellRef, ParagraphRef, fold
from core.edits import AnyEdit, Edit, ParagraphInsertion, TextEdit
from core.errors import EditError
from core.readers.docx import read_docx
from core.session import Session
from core.writers.docx import corrected_docx
from core.writers.marking import Marking, Mode
from tests.documents.word_package import cell, field, paragraph, row, run, table, word_file

RAISED = '<w:vertAlign w:val="superscript"/>'
FIELD = f"<w:p>{field(' =1+1 ', run('2'))}</w:p>"
CONTROL = (
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr>'
    f"<w:sdtContent>{paragraph('7')}</w:sdtContent></w:sdt>"
)
CELLS = (
    *("1145", cell("<w:p/>"), cell("<w:p><w:r><w:t/></w:r></w:p>"), cell(FIELD), cell(CONTROL)),
    *(cell(f"<w:p>{run('1')}{run('2', '<w:b/>')}</w:p>{paragraph('3')}"), "<w:tc/>"),
    cell(f"<w:p>{run('12')}{run('1', RAISED)}</w:p>"),
)
BODY = (
    paragraph("石桥县档案局2024年政府信息公开工作年度报告")
    + paragraph("一、总体情况")
    + f"<w:p>{run('全年受理')}{run('12', '<w:b/>')}{run('件，办结12件。')}</w:p>"
    + paragraph("（文字描述）")
    + paragraph("前一段。")
    + table(row(*CELLS))
    + paragraph("后一段。")
    + paragraph("五、存在的主要问题及改进情况")
    + paragraph("六、其他需要报告的事项")
    + paragraph("没有其他需要报告的事项。")
    + "<w:sectPr/>"
)
DATA = word_file(BODY)
SOURCE = read_docx(DATA, "年报.docx")
PROSE = [
    (ParagraphRef(section.number, index), each.text)
    for section in SOURCE.sections
    for index, each in enumerate(section.paragraphs)
]

SAID = st.sampled_from(
    [
        *(
            "二、主动公开政府信息情况",
            "（一）主动公开",
            "表1 收到申请情况",
            "单位：件",
            "注：不含撤回。",
        ),
        *(
            "（文字描述）",
            "一、总体情况",
            "2",
            "附件：统计表",
            "第二部分 正文",
            "\n",
            "\t",
            "　",
            " ",
        ),
        *(
            "2023年政府信息公开工作年度报告",
            "勾\u0085稽",
            "é\u0301",
            "\ue000",
            "\U000e0001",
            "\u202e",
        ),
        *("]]>", "&amp;", "<w:t>", "\u2028", "\ufeff", "\u200b", "=1+1", "\x0b", "\x1f", "\ufffe"),
    ]
)
TYPED = (
    st.text(max_size=12)
    | st.text(st.characters(categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Co")), max_size=6)
    | st.lists(SAID, min_size=1, max_size=3).map("".join)
)
# What a report is written with; whatever refuses this refuses too much.
PLAIN = st.text(st.sampled_from("本机关收到申请共计件，。0123456789"), min_size=1, max_size=12)
MODES = st.sampled_from(list(Mode))


def session() -> Session:
    return Session(Path("年报.docx"), DATA, SOURCE)


def saved(report: Session, mode: Mode):
    """Save and read back; the writer has compared the whole document."""
    marking = Marking(mode, "经办")
    made = corrected_docx(report.data, report.source, report.edits, marking, report.rewording)
    return read_docx(made, "年报.docx")


def is_refused(report: Session, edit: AnyEdit) -> bool:
    """Make an edit; return whether it was refused, with a sentence and without a trace."""
    before = report.revision
    try:
        report.apply(edit)
    except EditError as error:
        sentence = str(error)
    else:
        return False
    assert "没有做任何修改" in sentence
    assert report.revision == before
    return True


@given(st.integers(0, len(CELLS) - 1), TYPED, MODES)
@example(0, "\ud800", Mode.TRACKED)
def test_a_cell(column, text, mode):
    report, ref = session(), CellRef("t1", 0, column)
    if not is_refused(report, Edit(ref, report.text(ref), text)):
        assert saved(report, mode).cell(ref).text == fold(text)


@given(st.integers(0, len(CELLS) - 1), PLAIN, MODES)
def test_plain_words_and_numbers_are_taken_by_every_cell(column, text, mode):
    report, ref = session(), CellRef("t1", 0, column)
    assert not is_refused(report, Edit(ref, report.text(ref), text))
    assert saved(report, mode).cell(ref).text == text


@given(st.data(), st.sampled_from(PROSE[2:]), PLAIN, MODES)
def test_plain_words_and_numbers_are_taken_at_every_place_of_the_prose(data, place, text, mode):
    report, (ref, present) = session(), place
    at = data.draw(st.integers(0, len(present)))
    assert not is_refused(report, TextEdit(ref, at, at, "", text))
    expected = present[:at] + text + present[at:]
    assert saved(report, mode).section(ref.section).paragraphs[ref.paragraph].text == expected


@given(st.data(), st.sampled_from(PROSE), TYPED, MODES)
def test_a_place_in_a_paragraph(data, place, text, mode):
    report, (ref, present) = session(), place
    start = data.draw(st.integers(0, len(present)))
    end = data.draw(st.integers(start, len(present)))
    edit = TextEdit(ref, start, end, present[start:end], text)
    if is_refused(report, edit):
        return
    saved(report, mode)
    report.apply(edit.inverse)
    assert not report.is_changed


@given(TYPED, MODES)
def test_a_paragraph_of_an_empty_section(text, mode):
    report, ref = session(), ParagraphRef(5, 0)
    if is_refused(report, ParagraphInsertion(ref, text)):
        return
    found = saved(report, mode)
    assert [each.text for each in found.section(5).paragraphs] == ([text] if text.strip() else [])


@pytest.mark.long
@settings(max_examples=3000)
@given(st.data(), st.lists(st.sampled_from(PROSE), min_size=1, max_size=4), TYPED, MODES)
def test_many_places_at_once(data, places, text, mode):
    report = session()
    for ref, _ in places:
        present = report.paragraph(ref)
        start = data.draw(st.integers(0, len(present)))
        end = data.draw(st.integers(start, len(present)))
        is_refused(report, TextEdit(ref, start, end, present[start:end], data.draw(TYPED)))
    ref = CellRef("t1", 0, data.draw(st.integers(0, len(CELLS) - 1)))
    is_refused(report, Edit(ref, report.text(ref), text))
    saved(report, mode)
