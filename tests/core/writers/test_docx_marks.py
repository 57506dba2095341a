"""Comments beside what was changed, and the ground of changed cells."""

import zipfile
from datetime import datetime
from io import BytesIO

import docx
import pytest
from lxml import etree

from core.document import CellRef, ParagraphRef
from core.readers.docx import read_docx
from core.writers.docx import corrected_docx
from core.writers.marking import Marking, Mode
from tests.documents.revisions import parts_of
from tests.documents.word_package import (
    STRICT,
    STRICT_OFFICE,
    TRANSITIONAL,
    cell,
    document_xml,
    package,
    paragraph,
    relations,
    row,
    run,
    table,
    word_file,
)

MAIN, COMMENTS = "word/document.xml", "word/comments.xml"
FIRST, SECOND = CellRef("t1", 0, 0), CellRef("t1", 0, 1)
WHEN = datetime(2025, 1, 31, 9, 30, 5)
STAMP = 'w:author="经办" w:date="2025-01-31T09:30:05Z"'
NAMES = {"w": TRANSITIONAL}


def marked(data, edits, mode=Mode.TRACKED, comments=None):
    marking = Marking(mode, "经办", WHEN, comments or {})
    return corrected_docx(data, read_docx(data, ""), edits, marking)


def texts(data, name=COMMENTS):
    root = etree.fromstring(parts_of(data)[name])
    return ["".join(each.itertext()) for each in root.iterfind("{*}comment")]


def test_a_comment_stands_beside_the_revisions():
    data = word_file(table(row(cell(f"<w:p>{run('前')}{run('1')}</w:p>"), "2")))
    result = marked(data, {FIRST: "5"}, comments={FIRST: "总计不符\n应为 5"})
    xml = parts_of(result)[MAIN].decode()

    start = xml.index('<w:commentRangeStart w:id="0"/><w:del')
    end = xml.index(
        '</w:del><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )
    assert start < xml.index("<w:ins") < end
    assert parts_of(result)[COMMENTS].decode() == (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:comments xmlns:w="{TRANSITIONAL}">'
        f'<w:comment w:id="0" {STAMP} w:initials="经">'
        "<w:p><w:r><w:t>总计不符</w:t></w:r></w:p><w:p><w:r><w:t>应为 5</w:t></w:r></w:p>"
        "</w:comment></w:comments>"
    )


def test_only_what_holds_comments_changes_in_the_package():
    data = word_file(table(row("1", "2")))
    result = marked(data, {FIRST: "5"}, comments={FIRST: "因"})
    before, after = parts_of(data), parts_of(result)

    new = {COMMENTS, "word/_rels/document.xml.rels"}
    assert set(after) == {*before, *new}
    assert {name for name in before if before[name] != after[name]} == {
        MAIN,
        "[Content_Types].xml",
    }
    with zipfile.ZipFile(BytesIO(result)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[: len(before)] == list(before)
    assert b'Target="comments.xml"' in after["word/_rels/document.xml.rels"]
    assert b'PartName="/word/comments.xml"' in after["[Content_Types].xml"]


def test_comments_that_are_there_stay():
    old = (
        f'<x:comments xmlns:x="{TRANSITIONAL}"><x:comment x:id="4" x:author="科长">'
        "<x:p><x:r><x:t>旧</x:t></x:r></x:p></x:comment></x:comments>"
    ).encode("utf-16")
    parts = parts_of(word_file(table(row("1", "2"))))
    parts["word/notes.xml"] = old
    parts["word/_rels/document.xml.rels"] = relations(("comments", "notes.xml"))
    data = package(parts)
    result = marked(data, {FIRST: "5"}, comments={FIRST: "因", SECOND: "另"})
    after = parts_of(result)

    assert texts(result, "word/notes.xml") == ["旧", "因", "另"]
    assert {name for name in after if parts.get(name) != after[name]} == {MAIN, "word/notes.xml"}
    assert 'x:comment x:id="5"' in after["word/notes.xml"].decode("utf-16")
    assert after["word/notes.xml"].decode("utf-16").startswith(old.decode("utf-16")[:90])
    assert b'<w:commentReference w:id="6"/>' in after[MAIN]


def test_relations_of_the_file_stay_and_the_names_are_free():
    parts = parts_of(word_file(table(row("1")), styles="<w:style/>"))
    parts[COMMENTS] = b"<other/>"
    relation = parts["word/_rels/document.xml.rels"].replace(b'Id="r0"', b'Id="rId1"')
    parts["word/_rels/document.xml.rels"] = relation
    result = parts_of(marked(package(parts), {FIRST: "5"}, comments={FIRST: "因"}))

    written = result["word/_rels/document.xml.rels"]
    assert written.startswith(relation.removesuffix(b"</Relationships>"))
    assert b'Id="rId2"' in written
    assert b'Target="comments2.xml"' in written
    assert result[COMMENTS] == b"<other/>"


def test_a_strict_file_gets_strict_comments():
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": relations(("officeDocument", "/d.xml"), office=STRICT_OFFICE),
        "d.xml": document_xml(table(row("1", "2")), STRICT),
    }
    result = parts_of(marked(package(parts), {FIRST: "5"}, comments={FIRST: "因"}))
    assert STRICT_OFFICE.encode() + b"comments" in result["_rels/d.xml.rels"]
    assert STRICT.encode() in result["comments.xml"]


@pytest.mark.parametrize(
    "content",
    ["<w:p/>", "<w:p><w:pPr/></w:p>", "<w:p></w:p>", f"<w:p>{run('1')}</w:p><w:p/>"],
)
def test_any_cell_can_be_commented_without_a_change(content):
    data = word_file(table(row(cell(content), "2")))
    result = marked(data, {}, Mode.HIGHLIGHTED, {FIRST: "请填写"})
    assert texts(result) == ["请填写"]
    xml = parts_of(result)[MAIN].decode()
    assert xml.count("commentRangeStart") == xml.count("commentReference") == 1
    assert "<w:shd" not in xml
    assert read_docx(result, "").cell(FIRST).text == read_docx(data, "").cell(FIRST).text


def test_a_merged_cell_gets_one_comment():
    data = word_file(table(row(cell("<w:p/>", '<w:gridSpan w:val="2"/>')), row("1", "2")))
    result = marked(
        data, {}, Mode.HIGHLIGHTED, {FIRST: "甲", SECOND: "乙", CellRef("t9", 0, 0): "丙"}
    )
    assert texts(result) == ["甲乙"]
    assert parts_of(result)[COMMENTS].count(b"<w:p>") == 2


def test_a_paragraph_can_be_commented():
    data = word_file(paragraph("一、总体情况") + paragraph("共受理12件") + table(row("1")))
    result = marked(data, {FIRST: "2"}, comments={ParagraphRef(1, 0): "与表二不符"})
    xml = parts_of(result)[MAIN].decode()
    assert f'<w:p><w:commentRangeStart w:id="0"/>{run("共受理12件")}<w:commentRangeEnd' in xml


def test_a_text_box_gets_no_comment():
    box = (
        f"<w:pict><v:textbox><w:txbxContent>{table(row('1'))}</w:txbxContent></v:textbox></w:pict>"
    )
    data = word_file(f"<w:p><w:r>{box}</w:r></w:p>")
    result = marked(data, {FIRST: "2"}, comments={FIRST: "因"})
    assert COMMENTS not in parts_of(result)
    assert read_docx(result, "").cell(FIRST).text == "2"


SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"<w:tcPr>{SHADE}</w:tcPr>"),
        ("<w:tcPr/>", f"<w:tcPr>{SHADE}</w:tcPr>"),
        ('<w:tcPr><w:tcW w:w="9"/></w:tcPr>', f'<w:tcPr><w:tcW w:w="9"/>{SHADE}</w:tcPr>'),
        ('<w:tcPr><w:tcW w:w="9"/><w:vAlign w:val="center"/></w:tcPr>',
         f'<w:tcPr><w:tcW w:w="9"/>{SHADE}<w:vAlign w:val="center"/></w:tcPr>'),
        ('<w:tcPr><w:shd w:fill="FF0000"/><w:vAlign/></w:tcPr>',
         f"<w:tcPr>{SHADE}<w:vAlign/></w:tcPr>"),
    ],
)  # fmt: skip
def test_changed_cells_are_shaded(before, after):
    data = word_file(table(f"<w:tr><w:tc>{before}{paragraph('1')}</w:tc>{cell('2')}</w:tr>"))
    result = marked(data, {FIRST: "5"}, Mode.HIGHLIGHTED)
    xml = parts_of(result)[MAIN].decode()
    assert f"<w:tr><w:tc>{after}{paragraph('5')}</w:tc>{cell('2')}</w:tr>" in xml
    assert xml.count("<w:shd") == 1
    assert COMMENTS not in parts_of(result)


def test_python_docx_reads_the_comments():
    made = docx.Document()
    made.add_table(1, 2).cell(0, 0).text = "1"
    buffer = BytesIO()
    made.save(buffer)
    result = marked(
        buffer.getvalue(), {FIRST: "5", SECOND: "6"}, comments={FIRST: "甲", SECOND: "乙"}
    )
    found = list(docx.Document(BytesIO(result)).comments)
    assert [(each.text, each.author) for each in found] == [("甲", "经办"), ("乙", "经办")]
    assert found[0].timestamp.replace(tzinfo=None) == WHEN
