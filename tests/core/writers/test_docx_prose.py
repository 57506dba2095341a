"""Edited prose: the runs outside of a change stay, in every mode."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Document, ParagraphRef
from core.edits import ParagraphInsertion, TextEdit
from core.readers.docx import read_docx
from core.session import Session
from core.writers.docx import corrected_docx
from core.writers.marking import Marking, Mode
from tests.documents.revisions import accepted, by, parts_of, rejected
from tests.documents.word_package import (
    field,
    paragraph,
    row,
    run,
    table,
    word_file,
)

MAIN = "word/document.xml"
HEADING = paragraph("一、总体情况")
LAST = paragraph("六、其他需要报告的事项")
WHEN = datetime(2025, 1, 31, 9, 30, 5)
STAMP = ' w:author="经办" w:date="2025-01-31T09:30:05Z"'
FIRST = ParagraphRef(1, 0)
BOLD = "<w:rPr><w:b/></w:rPr>"
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>'


def read(data: bytes) -> Document:
    return read_docx(data, "年报.docx")


def said(data: bytes) -> list[object]:
    return [(part.heading, [p.text for p in part.paragraphs]) for part in read(data).sections]


def edited(data: bytes, edits, mode: Mode = Mode.CLEAN) -> bytes:
    """Return the file with edits made, after accepting and rejecting them in every way."""
    session = Session(Path("年报.docx"), data, read(data))
    session.apply_all(edits)

    def made(mode: Mode) -> bytes:
        marking = Marking(mode, "经办", WHEN)
        return corrected_docx(data, session.source, session.edits, marking, session.rewording)

    tracked, clean = made(Mode.TRACKED), made(Mode.CLEAN)
    assert said(accepted(tracked)) == said(accepted(clean))
    assert said(accepted(tracked, by("经办"))) == said(clean) == said(made(Mode.HIGHLIGHTED))
    assert said(rejected(tracked)) == said(rejected(data))
    assert said(rejected(tracked, by("经办"))) == said(data)
    return made(mode)


def test_the_only_paragraph_before_the_sections_goes():
    data = word_file(paragraph("石桥县档案局年度报告") + HEADING + paragraph("正文") + LAST)
    edit = TextEdit(ParagraphRef(0, 0), 0, 10, "石桥县档案局年度报告", "")
    assert next(part[0] for part in said(edited(data, [edit]))) == "一、总体情况"


def test_a_digit_that_takes_the_place_of_a_raised_one_is_plain():
    up = '<w:vertAlign w:val="superscript"/>'
    data = word_file(HEADING + f"<w:p>{run('受理12')}{run('1', up)}{run('件。')}</w:p>" + LAST)
    edit = TextEdit(FIRST, 4, 5, "¹", "3")
    for mode in Mode:
        assert said(accepted(edited(data, [edit], mode)))[0][1] == ["受理123件。"]


def body(content: str, edits, mode: Mode = Mode.CLEAN) -> str:
    """Return the XML between the first heading and the last after edits."""
    data = word_file(HEADING + content + LAST + paragraph("无"))
    xml = parts_of(edited(data, edits, mode))[MAIN].decode().replace(STAMP, "")
    return xml[xml.index(HEADING) + len(HEADING) : xml.index(LAST)]


def edit(start: int, before: str, after: str, ref: ParagraphRef = FIRST) -> TextEdit:
    return TextEdit(ref, start, start + len(before), before, after)


RUNS = (
    f'<w:r>{BOLD}<w:t>全年受理</w:t></w:r><w:r w:rsidR="1"><w:t>12</w:t></w:r>'
    "<w:r><w:t>件。</w:t></w:r>"
)
TWELVE = edit(4, "12", "13")


def test_a_whole_run_is_replaced():
    assert body(f"<w:p>{RUNS}</w:p>", [TWELVE]) == f"<w:p>{RUNS}</w:p>".replace("12", "13")
    assert body(f"<w:p>{RUNS}</w:p>", [TWELVE], Mode.TRACKED) == (
        f"<w:p><w:r>{BOLD}<w:t>全年受理</w:t></w:r>"
        '<w:del w:id="1"><w:r w:rsidR="1"><w:delText>12</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>13</w:t></w:r></w:ins><w:r><w:t>件。</w:t></w:r></w:p>'
    )
    assert body(f"<w:p>{RUNS}</w:p>", [TWELVE], Mode.HIGHLIGHTED) == (
        f"<w:p><w:r>{BOLD}<w:t>全年受理</w:t></w:r>"
        f"<w:r><w:rPr>{SHADE}</w:rPr><w:t>13</w:t></w:r><w:r><w:t>件。</w:t></w:r></w:p>"
    )


def test_a_part_of_a_run_is_replaced():
    content = f"<w:p><w:r>{BOLD}<w:t>受理12件</w:t></w:r></w:p>"
    change = [edit(2, "12", "13")]
    assert body(content, change) == content.replace("12", "13")
    assert body(content, change, Mode.TRACKED) == (
        f"<w:p><w:r>{BOLD}<w:t>受理</w:t></w:r>"
        f'<w:del w:id="1"><w:r>{BOLD}<w:delText>12</w:delText></w:r></w:del>'
        f'<w:ins w:id="2"><w:r>{BOLD}<w:t>13</w:t></w:r></w:ins>'
        f"<w:r>{BOLD}<w:t>件</w:t></w:r></w:p>"
    )
    assert body(content, change, Mode.HIGHLIGHTED) == (
        f"<w:p><w:r>{BOLD}<w:t>受理</w:t></w:r>"
        f"<w:r><w:rPr><w:b/>{SHADE}</w:rPr><w:t>13</w:t></w:r>"
        f"<w:r>{BOLD}<w:t>件</w:t></w:r></w:p>"
    )


def test_a_change_over_several_runs_stands_in_the_first():
    change = [edit(2, "受理12件", "办结")]
    assert body(f"<w:p>{RUNS}</w:p>", change) == (
        f'<w:p><w:r>{BOLD}<w:t>全年办结</w:t></w:r><w:r w:rsidR="1"><w:t></w:t></w:r>'
        "<w:r><w:t>。</w:t></w:r></w:p>"
    )
    assert body(f"<w:p>{RUNS}</w:p>", change, Mode.TRACKED) == (
        f"<w:p><w:r>{BOLD}<w:t>全年</w:t></w:r>"
        f'<w:del w:id="1"><w:r>{BOLD}<w:delText>受理</w:delText></w:r></w:del>'
        f'<w:ins w:id="2"><w:r>{BOLD}<w:t>办结</w:t></w:r></w:ins>'
        '<w:del w:id="3"><w:r w:rsidR="1"><w:delText>12</w:delText></w:r></w:del>'
        '<w:del w:id="4"><w:r><w:delText>件</w:delText></w:r></w:del>'
        "<w:r><w:t>。</w:t></w:r></w:p>"
    )


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    "change",
    [
        edit(0, "", "本局"),
        edit(4, "", "申请"),
        edit(8, "", "\n同比\t增长  "),
        edit(0, "全年", " "),
        edit(6, "件。", ""),
        edit(1, "年受理12件", "<&>"),
    ],
)
def test_anything_is_inserted_and_deleted_anywhere(change, mode):
    data = word_file(HEADING + f"<w:p>{RUNS}</w:p>" + LAST)
    result = read(edited(data, [change], mode)).section(1).paragraphs[0].text
    text = "全年受理12件。"
    assert result == text[: change.start] + change.after + text[change.end :]


@pytest.mark.parametrize("mode", Mode)
def test_several_changes_of_one_paragraph_stand_apart(mode):
    content = paragraph("受理12件，办结12件，结转12件。")
    found = body(content, [edit(2, "12", "13"), edit(8, "12", "11")], mode)
    if mode is Mode.TRACKED:
        assert found.count("<w:del ") == found.count("<w:ins ") == 2
    assert "，办结" in found


@pytest.mark.parametrize(
    "content",
    [
        f"<w:p>{run('全年')}{field(' REF a ', run('受理') + run('12'))}{run('件。')}</w:p>",
        f'<w:p>{run("全年受")}<w:fldSimple w:instr="REF a">{run("理")}{run("12")}</w:fldSimple>'
        f"{run('件。')}</w:p>",
        f'<w:p><w:ins w:id="5" w:author="科长">{run("全年受理1")}</w:ins>{run("2件。")}</w:p>',
        f'<w:p>{run("全年受理")}<w:del w:id="5" w:author="科长"><w:r><w:delText>9</w:delText></w:r>'
        f"</w:del>{run('12件。')}</w:p>",
        f"<w:p><w:sdt><w:sdtContent>{run('全年受理12')}</w:sdtContent></w:sdt>{run('件。')}</w:p>",
        f"<w:p><w:hyperlink>{run('全年受理1')}</w:hyperlink>{run('2件。')}</w:p>",
        f"<w:p><w:pPr><w:rPr><w:del w:id='8'/></w:rPr></w:pPr>{run('全年受理1')}</w:p>"
        f"<w:p>{run('2件。')}</w:p>",
        "<w:p><w:r><w:t>全年受理1</w:t><w:footnoteReference w:id='2'/><w:t>2件。</w:t></w:r></w:p>",
    ],
)
@pytest.mark.parametrize("mode", Mode)
def test_fields_revisions_and_controls_take_changes(content, mode):
    data = word_file(HEADING + content + LAST)
    assert read(data).section(1).paragraphs[0].text == "全年受理12件。"
    result = edited(data, [TWELVE], mode)
    assert read(result).section(1).paragraphs[0].text == "全年受理13件。"
    again = edited(data, [edit(3, "理12件", "到")], mode)
    assert read(again).section(1).paragraphs[0].text == "全年受到。"


@pytest.mark.parametrize("mode", Mode)
def test_a_residue_paragraph_goes_whole(mode):
    residue = '<w:p><w:pPr><w:jc w:val="left"/></w:pPr>' + run("（文字描述）") + "</w:p>"
    content = paragraph("已有文字。") + residue
    found = body(content, [edit(0, "（文字描述）", "", ParagraphRef(1, 1))], mode)
    if mode is Mode.TRACKED:
        assert '<w:jc w:val="left"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del' in found
    else:
        assert found == paragraph("已有文字。")


@pytest.mark.parametrize("mode", Mode)
def test_a_paragraph_with_something_else_in_it_is_only_emptied(mode):
    kept = "<w:bookmarkStart w:id='3' w:name='a'/>"
    found = body(f"<w:p>{kept}{run('（文字描述）')}</w:p>", [edit(0, "（文字描述）", "")], mode)
    assert kept in found
    before_table = word_file(HEADING + paragraph("（文字描述）") + table(row("1")) + LAST)
    assert said(edited(before_table, [edit(0, "（文字描述）", "")], mode))[0] == (
        "一、总体情况",
        [],
    )


MODEL = (
    '<w:p><w:pPr><w:pStyle w:val="正文"/><w:keepNext/><w:ind w:firstLine="640"/>'
    f"<w:rPr><w:i/></w:rPr></w:pPr>{run('已有文字。', '<w:b/>')}</w:p>"
)
NEW = ParagraphInsertion(ParagraphRef(6, 0), "没有其他需要报告的事项。")


@pytest.mark.parametrize("behind", ["", "<w:sectPr/>", "<w:p/>", table(row("1", "2"))])
@pytest.mark.parametrize("mode", Mode)
def test_a_paragraph_comes_into_an_empty_section(mode, behind):
    if "tbl" in behind:
        behind = LAST.replace("六、其他需要报告的事项", "七、附件") + behind
    data = word_file(HEADING + MODEL + LAST + behind)
    result = edited(data, [NEW], mode)
    assert read(result).section(6).paragraphs[0].text == NEW.text
    xml = parts_of(result)[MAIN].decode().replace(STAMP, "")
    start = xml.index(LAST) + len(LAST)
    kept = '<w:pPr><w:pStyle w:val="正文"/><w:ind w:firstLine="640"/><w:rPr>'
    said_run = f"<w:r>{BOLD}<w:t>{NEW.text}</w:t></w:r>"
    expected = {
        Mode.CLEAN: f"<w:p>{kept}<w:b/></w:rPr></w:pPr>{said_run}</w:p>",
        Mode.TRACKED: f'<w:p>{kept}<w:ins w:id="1"/><w:b/></w:rPr></w:pPr>'
        f'<w:ins w:id="2">{said_run}</w:ins></w:p>',
        Mode.HIGHLIGHTED: f"<w:p>{kept}<w:b/></w:rPr></w:pPr>"
        f"{said_run.replace('<w:b/>', '<w:b/>' + SHADE)}</w:p>",
    }[mode]
    assert xml[start:].startswith(expected)


def test_what_is_not_edited_keeps_its_bytes():
    data = word_file(HEADING + f"<w:p>{RUNS}</w:p>" + MODEL + LAST + table(row("1")))
    before, after = parts_of(data), parts_of(edited(data, [TWELVE]))
    assert {name for name in before if before[name] != after[name]} == {MAIN}
    assert before[MAIN].replace(b">12<", b">13<") == after[MAIN]


CHARACTERS = "12，件 \t\n<&"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["plain", "ins", "del", "link", "field", "simple", "br"]),
            st.text(st.sampled_from("12，件 <&"), max_size=4),
        ),
        min_size=1,
        max_size=5,
    ),
    st.data(),
)
def test_any_paragraph_takes_any_edits(pieces, data):
    content = run("头")
    for number, (kind, text) in enumerate(pieces):
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        revision = f'w:id="{number}" w:author="科长" w:date="2025-01-01T00:00:00Z"'
        content += {
            "plain": run(text, "<w:b/>"),
            "ins": f"<w:ins {revision}>{run(text)}{run('1')}</w:ins>",
            "del": f"<w:del {revision}>{run(text).replace('w:t', 'w:delText')}</w:del>",
            "link": f"<w:hyperlink>{run(text)}</w:hyperlink>",
            "field": field(" =SUM(ABOVE) ", run(text) + run("5")),
            "simple": f'<w:fldSimple w:instr="=1">{run(text)}</w:fldSimple>',
            "br": "<w:r><w:br/></w:r>",
        }[kind]
    file = word_file(HEADING + f"<w:p>{content}</w:p>" + paragraph("后") + LAST)
    present = read(file).section(1).paragraphs[0].text
    edits = []
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(present)))
        end = data.draw(st.integers(start, len(present)))
        after = data.draw(st.text(st.sampled_from(CHARACTERS), max_size=4))
        edits.append(TextEdit(FIRST, start, end, present[start:end], after))
        present = present[:start] + after + present[end:]
    edited(file, edits)
