"""Revisions: accepting all gives the clean correction, rejecting all what stood there before."""

import contextlib
import random
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from core.document import CellRef, Document, ParagraphRef, Section, fold
from core.edits import TextEdit
from core.errors import EditError, UnreadableFileError
from core.readers.docx import read_docx
from core.session import Session
from core.writers.docx import corrected_docx
from core.writers.marking import Marking, Mode
from tests.documents.revisions import accepted, by, parts_of, rejected
from tests.documents.word_package import (
    cell,
    document_xml,
    field,
    paragraph,
    row,
    run,
    table,
    word_file,
)

MAIN = "word/document.xml"
FIRST = CellRef("t1", 0, 0)
CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
WORD_FILES = sorted(CORPUS.glob("word/*.docx"))
# A session wants something of a report in the file.
HEADED = Section(9, "九、附", ())
TRACKED = Marking(Mode.TRACKED, "经办", datetime(2025, 1, 31, 9, 30, 5))
STAMP = 'w:author="经办" w:date="2025-01-31T09:30:05Z"'


def read(data: bytes) -> Document:
    return read_docx(data, "年报.docx")


def said(data: bytes) -> list[object]:
    """All that a file shows, without empty lines at the end of a cell."""
    document = read(data)
    return [
        [part.heading, [p.text for p in part.paragraphs]]
        + [[(c.row, c.column, c.text) for c in made.cells] for made in part.tables]
        for part in document.sections
    ]


def tracked(data: bytes, edits: dict[CellRef, str]) -> bytes:
    """Return a correction under revision after accepting and rejecting it in every way."""
    source = read(data)
    result = corrected_docx(data, source, edits, TRACKED)
    clean = corrected_docx(data, source, edits)
    assert said(accepted(result)) == said(accepted(clean))
    assert said(accepted(result, by("经办"))) == said(clean)
    assert said(rejected(result)) == said(rejected(data))
    assert said(rejected(result, by("经办"))) == said(data)
    ids = [
        each.get(f"{{{each.nsmap['w']}}}id")
        for each in etree.fromstring(parts_of(result)[MAIN]).iter("{*}ins", "{*}del")
        if each.get(f"{{{each.nsmap['w']}}}id") is not None
    ]
    assert len(ids) == len(set(ids))
    return result


def marked(content: str, text: str, beside: str = "x") -> str:
    """Return the XML of a cell after its text was replaced under revision."""
    data = word_file(paragraph("前") + table(row(cell(content), beside)) + paragraph("后"))
    result = tracked(data, {FIRST: text})
    place = read(result).tables["t1"].cells[0]
    assert place.text == fold(text)
    xml = parts_of(result)[MAIN][place.provenance.start : place.provenance.end].decode()
    return xml.replace(f" {STAMP}", "")


def deleted(number: int, text: str, properties: str = "") -> str:
    return f'<w:del w:id="{number}"><w:r>{properties}<w:delText>{text}</w:delText></w:r></w:del>'


def inserted(number: int, text: str, properties: str = "") -> str:
    return f'<w:ins w:id="{number}"><w:r>{properties}<w:t>{text}</w:t></w:r></w:ins>'


BOLD = '<w:rPr><w:b/><w:sz w:val="21"/></w:rPr>'
OTHERS = 'w:id="7" w:author="科长" w:date="2025-01-01T00:00:00Z"'


@pytest.mark.parametrize(
    ("content", "text", "after"),
    [
        ("<w:p><w:r><w:t>1145</w:t></w:r></w:p>", "1111",
         f"<w:p>{deleted(1, '1145')}{inserted(2, '1111')}</w:p>"),
        (f"<w:p w:rsidR='0'><w:pPr/><w:r w:rsidR='1'>{BOLD}<w:t>12</w:t></w:r></w:p>", "13",
         f"<w:p w:rsidR='0'><w:pPr/>{deleted(1, '12', BOLD)}{inserted(2, '13', BOLD)}</w:p>"
         .replace('<w:del w:id="1"><w:r>', '<w:del w:id="1"><w:r w:rsidR=\'1\'>')),
        # Spaces stand as they stood.
        ('<w:p><w:r><w:t xml:space="preserve"> 12 </w:t></w:r></w:p>', "",
         '<w:p><w:del w:id="1"><w:r><w:delText xml:space="preserve"> 12 </w:delText></w:r>'
         "</w:del></w:p>"),
        # A blank cell gets an insertion only.
        ("<w:p/>", "5", f"<w:p>{inserted(1, '5')}</w:p>"),
        ("<w:p><w:r><w:t/></w:r></w:p>", "5",
         f"<w:p><w:r><w:t/></w:r>{inserted(1, '5')}</w:p>"),
        (f"<w:p><w:r>{BOLD}</w:r></w:p>", "5",
         f"<w:p><w:r>{BOLD}</w:r>{inserted(1, '5', BOLD)}</w:p>"),
        ("<w:p/>", "一\n二",
         '<w:p><w:ins w:id="1"><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:ins></w:p>'),
        # Several runs, several paragraphs.
        (f"<w:p><w:r><w:t>11</w:t></w:r><w:r>{BOLD}<w:t>45</w:t></w:r></w:p>", "7",
         f"<w:p>{deleted(1, '11')}{inserted(2, '7')}{deleted(3, '45', BOLD)}</w:p>"),
        ("<w:p><w:r><w:t>新收</w:t></w:r></w:p><w:p><w:r><w:t>件数</w:t></w:r></w:p>",
         "新收\n件",
         "<w:p><w:r><w:t>新收</w:t></w:r></w:p>"
         f"<w:p>{deleted(1, '件数')}{inserted(2, '件')}</w:p>"),
        ("<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>", "3",
         '<w:p><w:del w:id="1"><w:r><w:delText>一</w:delText></w:r></w:del>'
         '<w:ins w:id="2"><w:r><w:t>3</w:t></w:r></w:ins>'
         '<w:del w:id="3"><w:r><w:br/><w:delText>二</w:delText></w:r></w:del></w:p>'),
        # What stands beside the text in its run stays outside of the revision.
        ("<w:p><w:r><w:tab/><w:t>4</w:t><w:footnoteReference w:id='2'/></w:r></w:p>", "5",
         "<w:p><w:r><w:tab/></w:r>"
         '<w:del w:id="3"><w:r><w:delText>4</w:delText></w:r></w:del>'
         '<w:ins w:id="4"><w:r><w:t>5</w:t></w:r></w:ins>'
         "<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"),
        # Revisions of others: their insertion keeps our deletion, ours stands behind it.
        (f"<w:p><w:ins {OTHERS}><w:r><w:t>5</w:t></w:r></w:ins>"
         f"<w:del {OTHERS.replace('7', '8')}>"
         "<w:r><w:delText>2</w:delText></w:r></w:del></w:p>", "6",
         f"<w:p><w:ins {OTHERS}>{deleted(10, '5')}</w:ins>{inserted(9, '6')}"
         f"<w:del {OTHERS.replace('7', '8')}><w:r><w:delText>2</w:delText></w:r></w:del></w:p>"),
        (f"<w:p><w:ins {OTHERS}><w:r><w:t>5</w:t></w:r><w:r><w:t>1</w:t></w:r></w:ins></w:p>",
         "6",
         f"<w:p><w:ins {OTHERS}>{deleted(8, '5')}</w:ins>{inserted(9, '6')}"
         f"<w:ins {OTHERS.replace('7', '10')}>{deleted(11, '1')}</w:ins></w:p>"),
        # Content controls, links and formulas.
        ("<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>1</w:t></w:r></w:p>"
         "</w:sdtContent></w:sdt>", "6",
         f"<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent><w:p>{deleted(1, '1')}"
         f"{inserted(2, '6')}</w:p></w:sdtContent></w:sdt>"),
        ("<w:p><w:hyperlink><w:r><w:t>1</w:t></w:r></w:hyperlink></w:p>", "6",
         f"<w:p><w:hyperlink>{deleted(1, '1')}{inserted(2, '6')}</w:hyperlink></w:p>"),
        ("<w:p><m:oMath><m:r><m:rPr/><m:t>12</m:t></m:r></m:oMath></w:p>", "6",
         '<w:p><m:oMath><w:del w:id="1"><m:r><m:rPr/><m:t>12</m:t></m:r></w:del>'
         '<w:ins w:id="2"><m:r><m:rPr/><m:t>6</m:t></m:r></w:ins></m:oMath></w:p>'),
    ],
)  # fmt: skip
def test_the_old_text_is_deleted_and_the_new_one_inserted(content, text, after):
    assert marked(content, text) == f"<w:tc>{after}</w:tc>"


def test_a_computed_field_is_deleted_whole_and_comes_back_whole():
    content = f"<w:p>{field(' =SUM(ABOVE) ', run('42') + run('0'))}{run('件')}</w:p>"
    data = word_file(table(row(cell(content), "x")))
    result = tracked(data, {FIRST: "43件"})
    xml = parts_of(result)[MAIN].decode()

    assert "<w:delInstrText> =SUM(ABOVE) </w:delInstrText>" in xml
    assert xml.index("43件") > xml.rindex("fldChar")
    back = parts_of(rejected(result))[MAIN].decode()
    assert back.count("fldChar ") == 3
    assert "<w:instrText> =SUM(ABOVE) </w:instrText>" in back
    assert "fldChar" not in parts_of(accepted(result))[MAIN].decode()


def test_nested_fields_are_deleted_with_the_one_around_them():
    inner = field(" =1 ", run("1"))
    outer = field(" IF ", f"{run('4')}{inner}")
    data = word_file(table(row(cell(f"<w:p>{outer}</w:p>"), "x")))
    result = tracked(data, {FIRST: "43"})
    assert "fldChar" not in parts_of(accepted(result))[MAIN].decode()


def test_an_empty_field_gives_way_to_a_text():
    data = word_file(table(row(cell(f"<w:p>{field(' =SUM(ABOVE) ', '<w:r/>')}</w:p>"), "x")))
    result = tracked(data, {FIRST: "43"})
    assert "fldChar" not in parts_of(accepted(result))[MAIN].decode()


def test_a_simple_field_becomes_one_of_runs_that_is_deleted():
    content = f'<w:p><w:fldSimple w:instr="=1+1">{run("2", "<w:b/>")}</w:fldSimple></w:p>'
    result = tracked(word_file(table(row(cell(content), "x"))), {FIRST: "3"})
    xml = parts_of(result)[MAIN].decode()
    assert "fldSimple" not in xml
    assert "<w:delInstrText>=1+1</w:delInstrText>" in xml
    assert xml.index("<w:t>3</w:t>") > xml.rindex("fldChar")


def test_a_form_field_keeps_what_is_changed_in_it():
    data = word_file(table(row(cell(f"<w:p>{field(' FORMTEXT ', run('42'))}</w:p>"), "x")))
    result = tracked(data, {FIRST: "43"})
    assert parts_of(accepted(result))[MAIN].count(b"fldChar ") == 3


def test_a_number_of_revisions_is_free_of_those_that_are_there():
    top = '<w:bookmarkStart w:id="2147483646" w:name="a"/>'
    content = f'<w:p>{top}<w:bookmarkStart w:id="2" w:name="b"/>{run("1")}</w:p>'
    result = tracked(word_file(table(row(cell(content), "x"))), {FIRST: "3"})
    xml = parts_of(result)[MAIN].decode()
    assert '<w:del w:id="1"' in xml
    assert '<w:ins w:id="3"' in xml


def test_a_run_with_a_change_of_format_keeps_its_history_once():
    history = f"<w:rPr><w:b/><w:rPrChange {OTHERS}><w:rPr/></w:rPrChange></w:rPr>"
    content = f"<w:p><w:r>{history}<w:tab/><w:t>1</w:t></w:r></w:p>"
    result = tracked(word_file(table(row(cell(content), "x"))), {FIRST: "3"})
    xml = parts_of(result)[MAIN].decode()
    assert xml.count("<w:rPrChange") == 2
    assert xml.count('w:id="7"') == 1
    assert "<w:rPr><w:b/></w:rPr><w:t>3</w:t>" in xml


@pytest.mark.parametrize("prefix", ["x", "文", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_any_prefix_and_encoding_is_kept(prefix, encoding):
    text = document_xml(table(row("1", "<w:tc><w:p/></w:tc>", "<w:tc/>"))).decode()
    text = text.replace("utf-8", encoding).replace(
        "xmlns:w=", f"xmlns:{prefix}=" if prefix else "xmlns="
    )
    before = f"{prefix}:" if prefix else ""
    text = text.replace("<w:", f"<{before}").replace("</w:", f"</{before}")
    data = word_file(text.encode(encoding))
    edits = {FIRST: "a\nb", CellRef("t1", 0, 1): "c", CellRef("t1", 0, 2): "d"}
    source = read(data)
    result = corrected_docx(data, source, edits, TRACKED)
    assert said(rejected(result)) == said(data)
    assert said(accepted(result)) == said(corrected_docx(data, source, edits))
    assert all(
        etree.QName(name).namespace
        for each in etree.fromstring(parts_of(result)[MAIN]).iter("{*}ins")
        for name in each.attrib
    )


TEXTS = st.text(st.sampled_from("0129 新收件\n<&>\"'é😀"), max_size=6)
PIECES = st.lists(
    st.tuples(st.sampled_from(["plain", "ins", "del", "sdt", "link", "field", "br"]), TEXTS),
    max_size=4,
)


def written(pieces: list[tuple[str, str]], ids) -> str:
    content = ""
    for kind, text in pieces:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "")
        revision = f'w:id="{next(ids)}" w:author="科长" w:date="2025-01-01T00:00:00Z"'
        content += {
            "plain": run(text, "<w:b/>"),
            "ins": f"<w:ins {revision}>{run(text)}{run('1')}</w:ins>",
            "del": f"<w:del {revision}>{run(text).replace('w:t', 'w:delText')}</w:del>",
            "sdt": f"<w:sdt><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>",
            "link": f"<w:hyperlink>{run(text)}</w:hyperlink>",
            "field": field(" =SUM(ABOVE) ", run(text)),
            "br": "<w:r><w:br/></w:r>",
        }[kind]
    return f"<w:p>{content}</w:p>"


@given(st.lists(st.lists(PIECES, min_size=1, max_size=3), min_size=1, max_size=3), st.data())
def test_any_cell_is_accepted_and_rejected(cells, data):
    ids = iter(range(1, 99))
    contents = ["".join(written(pieces, ids) for pieces in made) for made in cells]
    file = word_file(table(row(*map(cell, contents))) + paragraph("后"))
    edits = {CellRef("t1", 0, index): data.draw(TEXTS) for index in range(len(cells))}
    tracked(file, edits)


@pytest.mark.skipif(not WORD_FILES, reason="the corpus of real Word files is not here")
@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: path.name)
def test_real_files_are_revised_and_everything_can_be_taken_back(path):
    data = path.read_bytes()
    try:
        source = read(data)
    except UnreadableFileError:
        return
    refs = [made.ref(each) for made in source.tables.values() for each in made.cells]
    chosen = random.Random(11).sample(refs, min(len(refs), 4))
    edits = {ref: f"第{index}" for index, ref in enumerate(chosen)}
    prose = [
        (ParagraphRef(part.number, index), block.text)
        for part in source.sections
        if source.section(part.number) is part
        for index, block in enumerate(part.paragraphs)
    ]
    session = Session(path, data, replace(source, sections=(*source.sections, HEADED)))
    session.source = source
    for ref, text in random.Random(12).sample(prose, min(len(prose), 4)):
        start = random.Random(len(text)).randrange(len(text))
        with contextlib.suppress(EditError):
            session.apply(TextEdit(ref, start, start + 1, text[start], "改 写"))
    comments = {**dict.fromkeys(edits, "因"), **dict.fromkeys(session.rewording.replaced, "由")}
    main = next(iter({c.provenance.part for t in source.tables.values() for c in t.cells}), MAIN)

    def made(mode: Mode) -> bytes:
        marking = Marking(mode, "经办", TRACKED.date, comments)
        return corrected_docx(data, source, edits, marking, session.rewording)

    clean, result = made(Mode.CLEAN), made(Mode.TRACKED)
    assert said(accepted(result, by("经办"), main)) == said(clean) == said(made(Mode.HIGHLIGHTED))
    assert said(rejected(result, by("经办"), main)) == said(data)
    assert said(accepted(result, main=main)) == said(accepted(clean, main=main))
    assert said(rejected(result, main=main)) == said(rejected(data, main=main))
    before, after = parts_of(data), parts_of(result)
    beside = ("comments", ".rels", "[Content_Types]")
    for name in before:
        assert before[name] == after[name] or name == main or any(each in name for each in beside)
