"""A corrected Word file differs from its source in the edited cells and nowhere else."""

import random
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from core.document import CellRef, Document, fold
from core.errors import EditError, SaveError, UnreadableFileError
from core.readers.docx import read_docx
from core.writers import docx_copy
from core.writers.docx import corrected_docx
from core.writers.docx_zip import Archive
from core.writers.marking import Marking, Mode
from tests.documents.word_package import (
    STRICT,
    STRICT_OFFICE,
    cell,
    document_xml,
    field,
    field_mark,
    package,
    paragraph,
    relations,
    row,
    run,
    streamed,
    table,
    word_file,
)

MAIN = "word/document.xml"
CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
WORD_FILES = sorted(CORPUS.glob("word/*.docx")) + sorted(CORPUS.glob("*.docx"))
FIRST = CellRef("t1", 0, 0)


def read(data: bytes) -> Document:
    return read_docx(data, "年报.docx")


def part_of(data: bytes, name: str = MAIN) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def raw_entries(data: bytes) -> dict[str, bytes]:
    """The local header and compressed bytes of every entry, by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        places = sorted((info.header_offset, info.filename) for info in archive.infolist())
        ends = [*(place for place, _ in places[1:]), archive.start_dir]
    return {name: data[place:end] for (place, name), end in zip(places, ends, strict=True)}


def edited(data: bytes, edits: Mapping[CellRef, str]) -> bytes:
    """Return the corrected file after looking at all that must not have changed."""
    source = read(data)
    result = corrected_docx(data, source, edits)
    before, after = raw_entries(data), raw_entries(result)
    assert list(after) == list(before)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {source.cell(ref).provenance.part for ref in edits}
    assert outside(data, source, edits) == outside(result, read(result), edits)
    with zipfile.ZipFile(BytesIO(data)) as one, zipfile.ZipFile(BytesIO(result)) as other:
        assert other.testzip() is None
        kept = ("filename", "date_time", "compress_type", "external_attr", "create_system")
        for old, new in zip(one.infolist(), other.infolist(), strict=True):
            assert [getattr(old, each) for each in kept] == [getattr(new, each) for each in kept]
    return result


def outside(data: bytes, document: Document, refs: Iterable[CellRef]) -> list[bytes]:
    """The bytes of the main part before, between and behind some cells."""
    found = [document.cell(ref).provenance for ref in refs]
    places = sorted((each.start, each.end) for each in found)
    part = part_of(data, found[0].part)
    starts = [0, *(end for _, end in places)]
    ends = [*(start for start, _ in places), len(part)]
    return [part[start:end] for start, end in zip(starts, ends, strict=True)]


def corrected(content: str, text: str, beside: str = "x", styles: str = "") -> str:
    """Return the XML of a cell after its text was replaced."""
    data = word_file(paragraph("前") + table(row(cell(content), beside)) + paragraph("后"), styles)
    result = edited(data, {FIRST: text})
    place = read(result).tables["t1"].cells[0]
    assert place.text == fold(text)
    return part_of(result)[place.provenance.start : place.provenance.end].decode()


MARK = '<w:rPr><w:ins/><w:b/><w:vanish/><w:sz w:val="21"/></w:rPr>'


@pytest.mark.parametrize(
    ("content", "text", "after"),
    [
        ("<w:p><w:r><w:t>1145</w:t></w:r></w:p>", "1111", "<w:p><w:r><w:t>1111</w:t></w:r></w:p>"),
        ("<w:p><w:r><w:t>12</w:t></w:r></w:p>", "", "<w:p><w:r><w:t></w:t></w:r></w:p>"),
        ("<w:p><w:r><w:t>12</w:t></w:r></w:p>", "<&>]]>",
         "<w:p><w:r><w:t>&lt;&amp;&gt;]]&gt;</w:t></w:r></w:p>"),
        ("<w:p><w:r><w:t>1</w:t></w:r></w:p>", "一\n二",
         "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>"),
        # The first text takes all, what showed something else goes.
        ("<w:p><w:r><w:t>11</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>45</w:t></w:r></w:p>", "7",
         "<w:p><w:r><w:t>7</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t></w:t></w:r></w:p>"),
        ("<w:p><w:r><w:noBreakHyphen/><w:t>4</w:t></w:r></w:p>", "5",
         "<w:p><w:r><w:t>5</w:t></w:r></w:p>"),
        ('<w:p><w:r><w:sym w:char="00FE"/></w:r></w:p>', "5",
         "<w:p><w:r><w:t>5</w:t></w:r></w:p>"),
        # Space before a number is no text of it.
        ("<w:p><w:r><w:tab/><w:t>4</w:t></w:r></w:p>", "5",
         "<w:p><w:r><w:tab/><w:t>5</w:t></w:r></w:p>"),
        # Lines stay where they are, paragraphs too.
        ("<w:p><w:r><w:t>新收</w:t></w:r></w:p><w:p><w:r><w:t>件数</w:t></w:r></w:p>",
         "新收\n件",
         "<w:p><w:r><w:t>新收</w:t></w:r></w:p><w:p><w:r><w:t>件</w:t></w:r></w:p>"),
        ("<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>", "一\n三",
         "<w:p><w:r><w:t>一</w:t><w:br/><w:t>三</w:t></w:r></w:p>"),
        ("<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>", "3",
         "<w:p><w:r><w:t>3</w:t><w:t></w:t></w:r></w:p>"),
        # Empty texts, empty paragraphs.
        ("<w:p><w:r><w:t/></w:r></w:p>", "5", "<w:p><w:r><w:t>5</w:t></w:r></w:p>"),
        ("<w:p><w:r><w:t xml:space='preserve' /></w:r></w:p>", "5",
         "<w:p><w:r><w:t xml:space='preserve'>5</w:t></w:r></w:p>"),
        ("<w:p/>", "5", "<w:p><w:r><w:t>5</w:t></w:r></w:p>"),
        ("<w:p w:rsidR='/>'/>", "5", "<w:p w:rsidR='/>'><w:r><w:t>5</w:t></w:r></w:p>"),
        ("<w:p><w:pPr/><w:r><w:rPr><w:b/></w:rPr></w:r></w:p>", "5",
         "<w:p><w:pPr/><w:r><w:rPr><w:b/></w:rPr><w:t>5</w:t></w:r></w:p>"),
        ("<w:p></w:p><w:p/>", "5", "<w:p><w:r><w:t>5</w:t></w:r></w:p><w:p/>"),
        ("<w:tcPr/>", "5", "<w:tcPr/><w:p><w:r><w:t>5</w:t></w:r></w:p>"),
        # The format of the paragraph mark, without its history.
        (f"<w:p><w:pPr>{MARK}</w:pPr></w:p>", "5",
         f"<w:p><w:pPr>{MARK}</w:pPr>"
         '<w:r><w:rPr><w:b/><w:sz w:val="21"/></w:rPr><w:t>5</w:t></w:r></w:p>'),
        # Revisions and content controls.
        ("<w:p><w:ins><w:r><w:t>5</w:t></w:r></w:ins><w:del><w:r><w:delText>2</w:delText></w:r>"
         "</w:del></w:p>", "6",
         "<w:p><w:ins><w:r><w:t>6</w:t></w:r></w:ins><w:del><w:r><w:delText>2</w:delText></w:r>"
         "</w:del></w:p>"),
        ("<w:p><w:del><w:r><w:t>9</w:t></w:r></w:del><w:r><w:t>1</w:t></w:r></w:p>", "6",
         "<w:p><w:del><w:r><w:t>9</w:t></w:r></w:del><w:r><w:t>6</w:t></w:r></w:p>"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/><w:tag/><w:dataBinding w:xpath='/a'/></w:sdtPr>"
         "<w:sdtContent><w:p><w:r><w:t>填写</w:t></w:r></w:p></w:sdtContent></w:sdt>", "6",
         "<w:sdt><w:sdtPr><w:tag/></w:sdtPr>"
         "<w:sdtContent><w:p><w:r><w:t>6</w:t></w:r></w:p></w:sdtContent></w:sdt>"),
        ("<w:p><m:oMath><m:r><m:t>12</m:t></m:r></m:oMath></w:p>", "6",
         "<w:p><m:oMath><m:r><m:t>6</m:t></m:r></m:oMath></w:p>"),
    ],
)  # fmt: skip
def test_only_the_text_of_the_cell_changes(content, text, after):
    assert corrected(content, text) == f"<w:tc>{after}</w:tc>"


def test_a_computed_field_becomes_plain_text():
    found = corrected(f"<w:p>{field(' =SUM(ABOVE) ', run('42'))}</w:p>", "43")

    assert "instrText" not in found
    assert "fldChar" not in found
    assert "43" in found
    simple = f'<w:p><w:fldSimple w:instr="=1+1">{run("2")}</w:fldSimple></w:p>'
    assert "fldSimple" not in corrected(simple, "3")
    blank = field(" =SUM(ABOVE) ", "<w:r/>")
    assert "fldChar" not in corrected(f"<w:p>{blank}</w:p>", "43")


def test_a_nested_field_goes_with_the_one_around_it():
    inner = field(" =1 ", run("1"))
    code = f"<w:r><w:instrText> IF </w:instrText></w:r>{inner}"
    outer = f"{field_mark('begin')}{code}{field_mark('separate')}{run('42')}{field_mark('end')}"
    found = corrected(f"<w:p>{outer}</w:p>", "43")

    assert "fldChar" not in found
    assert "instrText" not in found


def test_a_form_field_and_another_field_of_the_cell_stay():
    found = corrected(f"<w:p>{field(' FORMTEXT ', run('42'))}</w:p>", "43")
    assert found.count("<w:fldChar") == 3
    two = f"<w:p>{field(' =1 ', run('1'))}</w:p><w:p>{field(' =2 ', run('2'))}</w:p>"
    found = corrected(two, "1\n3")
    assert found.count("<w:fldChar") == 3
    assert "=1" in found


def test_a_box_to_tick_stays_beside_what_is_typed():
    box = f"{field_mark('begin')}<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    box += f"<w:r><w:rPr><w:b/></w:rPr></w:r>{field_mark('separate')}{field_mark('end')}"
    assert corrected(f"<w:p>{box}</w:p>", "5") == (
        f"<w:tc><w:p>{box}<w:r><w:t>5</w:t></w:r></w:p></w:tc>"
    )


def test_an_empty_cell_takes_the_format_of_a_neighbour_with_a_number():
    label = cell(f"<w:p>{run('新收', '<w:b/>')}</w:p>")
    size = '<w:sz w:val="21"/><w:rPrChange><w:rPr/></w:rPrChange>'
    digits = cell(f"<w:p>{run('12', size)}</w:p>")
    data = word_file(table(row(label, "<w:tc><w:p/></w:tc>", label, digits)))
    result = edited(data, {CellRef("t1", 0, 1): "7"})
    assert b'<w:tc><w:p><w:r><w:rPr><w:sz w:val="21"/></w:rPr><w:t>7</w:t></w:r></w:p></w:tc>' in (
        part_of(result)
    )


def test_a_cell_without_anything_gets_a_paragraph():
    result = edited(word_file(table(row("<w:tc/>", "x"))), {FIRST: "7\n8"})
    assert b"<w:tc><w:p><w:r><w:t>7</w:t><w:br/><w:t>8</w:t></w:r></w:p></w:tc>" in part_of(result)


def test_hidden_text_stays_hidden():
    hidden = run("9", '<w:rStyle w:val="z"/>')
    styles = '<w:style w:styleId="z"><w:rPr><w:vanish/></w:rPr></w:style>'
    found = corrected(f"<w:p>{hidden}{run('1')}</w:p>", "2", styles=styles)
    assert hidden in found


def test_a_neighbour_that_is_hidden_lends_no_format():
    styles = '<w:style w:styleId="z"><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden = run("9", '<w:rStyle w:val="z"/>')
    beside = cell(f"<w:p>{hidden}{run('5', '<w:b/>')}</w:p>")
    found = corrected("<w:p/>", "7", beside, styles)
    assert found == "<w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>7</w:t></w:r></w:p></w:tc>"


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("place", ["superscript", "subscript"])
def test_what_is_typed_is_not_raised(place, mode):
    up = f'<w:b/><w:vertAlign w:val="{place}"/>'
    data = word_file(
        table(
            row(cell(f"<w:p>{run('1', up)}</w:p>"), cell(f"<w:p>{run('2', up)}{run('3')}</w:p>")),
            row(cell(f"<w:p>{run('4')}{run('5', up)}</w:p>"), "<w:tc><w:p/></w:tc>"),
            row(cell(f"<w:p>{run('注', up)}</w:p>"), "x"),
        )
    )
    source = read(data)
    edits = {CellRef("t1", number // 2, number % 2): f"7{number}" for number in range(5)}
    found = read(corrected_docx(data, source, edits, Marking(mode)))
    assert {ref: found.cell(ref).text for ref in edits} == edits
    words = {CellRef("t1", 2, 0): "见注"}
    assert place in part_of(corrected_docx(data, source, words, Marking(mode))).decode()


def test_the_tables_inside_a_cell_stay():
    inner = table(row("里", "1"))
    content = f"<w:p>{run('外')}</w:p>{inner}<w:p/>"
    found = corrected(content, "新")
    assert inner in found


def test_many_cells_of_nested_tables_are_edited_at_once():
    inner = table(row("里", "1"))
    data = word_file(table(row(cell(paragraph("外") + inner + paragraph("")), "2")) + inner)
    edits = {CellRef("t2", 0, 1): "11", CellRef("t1", 0, 1): "22", CellRef("t3", 0, 0): "三"}
    source = read(data)
    found = read(corrected_docx(data, source, edits))

    assert {ref: found.cell(ref).text for ref in edits} == edits
    assert found.cell(CellRef("t1", 0, 0)).text == "外"
    both = corrected_docx(data, source, {**edits, FIRST: "变"})
    assert read(both).cell(FIRST).text == "变"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_any_encoding_is_kept(encoding):
    data = word_file(document_xml(table(row("甲", "1145")), encoding=encoding))
    result = edited(data, {CellRef("t1", 0, 1): "年报", FIRST: "乙"})

    assert [each.text for each in read(result).tables["t1"].cells] == ["乙", "年报"]
    codec = "utf-16-le" if encoding == "utf-16" else encoding
    assert 'encoding="' + encoding in part_of(result).decode(codec)


@pytest.mark.parametrize("prefix", ["x:", "文:", ""])
def test_any_prefix_is_kept(prefix):
    text = document_xml(table(row("1", "<w:tc><w:p/></w:tc>", "<w:tc/>"))).decode()
    text = text.replace("xmlns:w=", f"xmlns:{prefix[:-1]}=" if prefix else "xmlns=")
    text = text.replace("<w:", f"<{prefix}").replace("</w:", f"</{prefix}")
    data = word_file(text.replace(" w:", " ignored=").encode())
    result = edited(data, {FIRST: "a\nb", CellRef("t1", 0, 1): "c", CellRef("t1", 0, 2): "d"})

    assert b"w:" not in part_of(result).replace(b"xmlns:w", b"").replace("文:".encode(), b"")
    assert etree.fromstring(part_of(result)) is not None


def test_the_strict_format_is_kept():
    main = document_xml(table(row("1", "<w:tc><w:p/></w:tc>")), STRICT)
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": relations(("officeDocument", "/d.xml"), office=STRICT_OFFICE),
        "d.xml": main,
    }
    result = edited(package(parts), {FIRST: "2", CellRef("t1", 0, 1): "3"})
    assert [each.text for each in read(result).tables["t1"].cells] == ["2", "3"]


def test_without_edits_the_bytes_come_back():
    data = word_file(table(row("1")))
    assert corrected_docx(data, read(data), {}) is data


def test_a_text_that_xml_cannot_hold_is_refused():
    data = word_file(table(row("1")))
    for text in ("1\0", "\x0b", "\ud800", "\uffff", "a\x1fb"):
        with pytest.raises(EditError, match="控制字符"):
            corrected_docx(data, read(data), {FIRST: text})


@given(st.text())
def test_any_text_that_can_be_typed_is_saved_or_refused_with_a_sentence(text):
    data = word_file(table(row("1", "x")))
    try:
        result = corrected_docx(data, read(data), {FIRST: text})
    except EditError:
        return
    assert read(result).cell(FIRST).text == fold(text)


def test_a_cell_that_is_not_there_is_refused():
    late = row("1", properties='<w:gridBefore w:val="1"/>')
    wide = cell("宽", '<w:gridSpan w:val="2"/>')
    data = word_file(table(row(wide), late))
    for ref in (CellRef("t1", 1, 0), CellRef("t1", 0, 1), CellRef("t9", 0, 0), CellRef("t1", 9, 9)):
        with pytest.raises(EditError, match="没有单元格"):
            corrected_docx(data, read(data), {ref: "5"})


def test_another_file_than_the_one_that_was_read_is_refused():
    data, other = word_file(table(row("1", "2"))), word_file(table(row("3", "2")))
    for wrong in (other, word_file(paragraph("")), package({"a.xml": b""}), b"no zip", b""):
        with pytest.raises(SaveError, match="原文件没有改动"):
            corrected_docx(wrong, read(data), {FIRST: "5"})


def test_a_result_that_does_not_read_back_is_refused(monkeypatch):
    data = word_file(table(row("1", "2")))
    monkeypatch.setattr(docx_copy, "cell_splices", lambda *_: [])
    with pytest.raises(SaveError, match="读回来"):
        corrected_docx(data, read(data), {FIRST: "5"})
    monkeypatch.setattr(Archive, "with_part", lambda *_: data[:-9])
    with pytest.raises(SaveError, match="读回来"):
        corrected_docx(data, read(data), {FIRST: "5"})


def test_what_cannot_be_replaced_is_refused_rather_than_saved_wrong():
    fraction = (
        "<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>"
        "</m:den></m:f></m:oMath></w:p>"
    )
    data = word_file(table(row(cell(fraction), "x")))
    assert read(data).cell(FIRST).text == "1/2"
    with pytest.raises(SaveError, match="读回来"):
        corrected_docx(data, read(data), {FIRST: "3"})


def made_by_python_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("三、收到和处理政府信息公开申请情况")
    made = document.add_table(4, 4)
    made.cell(0, 0).merge(made.cell(1, 1)).text = "合并"
    for number, each in enumerate((2, 3)):
        for column in range(4):
            made.cell(each, column).text = str(number * 4 + column) if column != 2 else ""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_document_of_python_docx_keeps_every_other_byte():
    data = made_by_python_docx()
    result = edited(data, {CellRef("t1", 3, 1): "9", CellRef("t1", 2, 2): "1145"})
    before, after = part_of(data), part_of(result)

    new = b"<w:r><w:t>1145</w:t></w:r>"
    assert after.count(new) == 1
    assert after.replace(new, b"<w:r/>").replace(b">9<", b">5<") == before
    assert docx.Document(BytesIO(result)).tables[0].cell(3, 1).text == "9"


@pytest.fixture(scope="module")
def libreoffice_file(tmp_path_factory) -> bytes:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "made.docx").write_bytes(made_by_python_docx())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for kind, source in (("odt", "made.docx"), ("docx", "made.odt")):
        command = [office, profile, "--headless", "--convert-to", kind, "--outdir", ".", source]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=240)
    return (folder / "made.docx").read_bytes()


def test_a_document_of_libreoffice_keeps_every_other_byte(libreoffice_file):
    source = read(libreoffice_file)
    number = next(c for c in source.tables["t1"].cells if c.text == "5")
    ref = CellRef("t1", number.row, number.column)
    result = edited(libreoffice_file, {ref: "9"})
    before, after = part_of(libreoffice_file), part_of(result)

    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    blank = next(c for c in source.tables["t1"].cells if c.text == "")
    edited(libreoffice_file, {CellRef("t1", blank.row, blank.column): "1145"})


TEXTS = st.text(st.sampled_from("0129 新收件\n<&>\"'é😀"), max_size=6)


@given(st.data(), st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_table_goes_to_word_and_back_with_any_edits(data, texts):
    def written(text: str) -> str:
        lines = text.replace("&", "&amp;").replace("<", "&lt;").split("\n")
        return cell("".join(paragraph(line) if line else "<w:p/>" for line in lines))

    file = word_file(table(*(row(*map(written, line)) for line in texts)) + paragraph("后"))
    source = read(file)
    cells = source.tables["t1"].cells
    assert [each.text for each in cells] == [fold(text) for line in texts for text in line]
    refs = data.draw(st.lists(st.sampled_from([(c.row, c.column) for c in cells]), unique=True))
    edits = {CellRef("t1", *ref): data.draw(TEXTS) for ref in refs}
    found = read(corrected_docx(file, source, edits))

    expected = source.with_texts({ref: fold(text) for ref, text in edits.items()})
    assert [c.text for c in found.tables["t1"].cells] == [
        c.text for c in expected.tables["t1"].cells
    ]


def with_descriptors(parts: dict[str, bytes]) -> bytes:
    return streamed(parts, b"written to a pipe")


def with_zip64(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=True) as stream:
                stream.write(content)
    return buffer.getvalue()


def stored(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("make", [with_descriptors, with_zip64, stored])
def test_every_kind_of_zip_entry_is_spliced(make):
    plain = word_file(table(row("1145", "x")))
    with zipfile.ZipFile(BytesIO(plain)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    data = make(parts)
    result = edited(data, {FIRST: "7" * 5_000})

    with zipfile.ZipFile(BytesIO(data)) as one, zipfile.ZipFile(BytesIO(result)) as other:
        assert other.comment == one.comment
        assert other.namelist() == one.namelist()


def test_bytes_before_or_behind_the_zip_are_refused():
    data = word_file(table(row("1")))
    source = read(data)
    for wrong in (data + b"tail", data + struct.pack("<4s18x", b"PK\x05\x06")):
        with pytest.raises(SaveError):
            corrected_docx(wrong, source, {FIRST: "2"})


@pytest.mark.skipif(not WORD_FILES, reason="the corpus of real Word files is not here")
@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: path.name)
def test_real_files_are_corrected_or_refused_with_a_sentence(path):
    data = path.read_bytes()
    try:
        source = read(data)
    except UnreadableFileError:
        return
    assert corrected_docx(data, source, {}) == data
    refs = [table.ref(each) for table in source.tables.values() for each in table.cells]
    chosen = random.Random(7).sample(refs, min(len(refs), 5))
    for number, ref in enumerate(chosen):
        if source.cell(ref).text != str(number):
            result = corrected_docx(data, source, {ref: str(number)})
            assert read(result).cell(ref).text == str(number)
    several = {ref: f"第{index}" for index, ref in enumerate(chosen)}
    if several:
        result = corrected_docx(data, source, several)
        before, after = raw_entries(data), raw_entries(result)
        assert sum(before[name] != after[name] for name in before) == 1
