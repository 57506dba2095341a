"""A Word file is read as Word shows it, and every cell knows its bytes."""

import re
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Document, Paragraph, Table
from core.errors import Cancelled, UnreadableFileError
from core.readers.docx import read_blocks, read_docx
from core.readers.guard import open_package
from tests.documents.word_package import (
    STRICT,
    STRICT_OFFICE,
    TRANSITIONAL,
    cell,
    document_xml,
    field_mark,
    package,
    paragraph,
    relations,
    row,
    run,
    table,
    word_file,
)

CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
WORD_FILES = sorted(CORPUS.glob("word/*.docx")) + sorted(CORPUS.glob("*.docx"))


def read(body: str | bytes, styles: str = "") -> Document:
    return read_docx(word_file(body, styles), "年报.docx")


def grid(found: Table) -> list[list[str | None]]:
    cells = [
        [found.at(row, column) for column in range(found.columns)] for row in range(found.rows)
    ]
    return [[each.text if each else None for each in line] for line in cells]


def grids(body: str) -> list[list[list[str | None]]]:
    return [grid(each) for each in read(body).tables.values()]


def cell_text(content: str, styles: str = "") -> str:
    """Return what is read of a cell with such paragraphs, beside a plain one."""
    found = read(table(row(cell(content), "x")), styles).tables["t1"]
    assert grid(found)[0][1] == "x"
    return found.cells[0].text


def prose(body: str) -> list[str]:
    return [each.text for part in read(body).sections for each in part.paragraphs]


def test_spans_are_laid_out_and_cells_entered_once():
    wide = cell("宽", '<w:gridSpan w:val="2"/>')
    start = cell("高", '<w:vMerge w:val="restart"/>')
    more, rest = cell("", "<w:vMerge/>"), cell("", '<w:vMerge w:val="continue"/>')
    found = read(
        table(row(start, wide), row(more, "1", "2"), row(rest, "3", "4"), row("5", wide))
    ).tables["t1"]

    assert grid(found) == [
        ["高", "宽", "宽"],
        ["高", "1", "2"],
        ["高", "3", "4"],
        ["5", "宽", "宽"],
    ]
    assert len(found.cells) == 8
    assert (found.cells[0].row_span, found.cells[1].column_span) == (3, 2)


def test_a_continuation_below_a_cell_of_another_width_is_a_cell():
    body = table(
        row(cell("宽", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')),
        row(cell("1", "<w:vMerge/>"), "2"),
    )
    assert grids(body) == [[["宽", "宽"], ["1", "2"]]]


def test_legacy_horizontal_merges_are_one_cell():
    start, more = cell("合", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>")
    assert grids(table(row(start, more, "1"), row("2", "3", "4"))) == [
        [["合", "合", "1"], ["2", "3", "4"]]
    ]


def test_columns_before_and_after_a_row_are_holes():
    late = row("1", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    assert grids(table(row("a", "b", "c"), late)) == [[["a", "b", "c"], [None, "1", None]]]


@pytest.mark.parametrize("span", ["0", "-3", "abc", "", "1.5", "9" * 5_000, "１"])
def test_a_span_that_is_no_span_is_one_column(span):
    wide = cell("a", f'<w:gridSpan w:val="{span}"/>')
    found = grids(table(row(wide, "b"), row("c", "d")))
    assert found == [[["a", "b"], ["c", "d"]]]


def test_an_absurd_span_ends_with_the_table():
    wide = cell("a", '<w:gridSpan w:val="5000000"/>')
    assert grids(table(row(wide), row("b", "c"))) == [[["a", "a"], ["b", "c"]]]


def test_a_sliver_column_is_no_column():
    narrow = cell("2", '<w:gridSpan w:val="2"/>')
    body = table(
        row("a", "b", cell("c", '<w:gridSpan w:val="2"/>')),
        row("1", narrow, "3"),
        widths=(1000, 1000, 1, 999),
    )
    assert grids(body) == [[["a", "b", "c"], ["1", "2", "3"]]]


def test_a_narrow_column_with_cells_of_its_own_stays():
    body = table(row("a", "b", "c"), row("1", "2", "3"), widths=(1000, 5, 0))
    assert grids(body) == [[["a", "b", "c"], ["1", "2", "3"]]]


def test_rows_without_grid_and_spans_are_placed_by_their_widths():
    def wide(text: str, width: int) -> str:
        return cell(text, f'<w:tcW w:w="{width}" w:type="dxa"/>')

    body = table(row(wide("a", 3000)), row(wide("1", 995), wide("2", 1000), wide("3", 1000)))
    assert grids(body) == [[["a", "a", "a"], ["1", "2", "3"]]]


SHOWN = '<w:vanish w:val="0"/>'


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (paragraph("1145"), "1145"),
        ("<w:p>" + run("11") + run("45") + "</w:p>", "1145"),
        (paragraph("新收") + paragraph("件数"), "新收\n件数"),
        (f"<w:p>{run('1')}<w:del>{run('2')}</w:del><w:ins>{run('5')}</w:ins></w:p>", "15"),
        (f"<w:p><w:moveFrom>{run('9')}</w:moveFrom><w:moveTo>{run('8')}</w:moveTo></w:p>", "8"),
        ("<w:p><w:r><w:delText>7</w:delText></w:r></w:p>", ""),
        (f"<w:p><w:sdt><w:sdtContent>{run('3')}</w:sdtContent></w:sdt></w:p>", "3"),
        (f"<w:sdt><w:sdtContent>{paragraph('4')}</w:sdtContent></w:sdt>", "4"),
        (f"<w:p><w:hyperlink>{run('5')}</w:hyperlink></w:p>", "5"),
        (f"<w:p><w:smartTag>{run('5')}</w:smartTag></w:p>", "5"),
        ("<w:p><w:r><w:t>1</w:t><w:br/><w:t>2</w:t><w:cr/><w:t>3</w:t></w:r></w:p>", "1\n2\n3"),
        ("<w:p><w:r><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r></w:p>", "1 2"),
        ("<w:p><w:r><w:noBreakHyphen/><w:t>4</w:t></w:r></w:p>", "-4"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="00FE"/></w:r></w:p>', "þ"),
        ('<w:p><w:r><w:sym w:char="nonsense"/><w:t>1</w:t></w:r></w:p>', "1"),
        ("<w:p><w:r><w:t> 1 </w:t><w:t>2\n</w:t></w:r></w:p>", "12"),
        ("<w:p><w:r><w:t>1<!-- remark -->2<![CDATA[3]]></w:t></w:r></w:p>", "123"),
        ('<w:p><w:r><w:t>1</w:t><w:footnoteReference w:id="1"/></w:r></w:p>', "1"),
        (f"<w:p>{run('9', '<w:vanish/>')}{run('1')}</w:p>", "1"),
        (f"<w:p>{run('9', SHOWN)}{run('1')}</w:p>", "91"),
        ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>a</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t>"
         "</w:r></w:rubyBase></w:ruby></w:r></w:p>", "字"),
        ("<w:p><m:oMath><m:r><m:t>12</m:t></m:r></m:oMath></w:p>", "12"),
        ("<w:p><m:oMath><m:f><m:fPr/><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2"
         "</m:t></m:r></m:den></m:f></m:oMath></w:p>", "1/2"),
        (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('1')}</w:p>{paragraph('2')}", "12"),
        (f"<w:p><mc:AlternateContent><mc:Choice>{run('1')}</mc:Choice><mc:Fallback>{run('2')}"
         "</mc:Fallback></mc:AlternateContent></w:p>", "1"),
        (f"<w:p><mc:AlternateContent><mc:Fallback>{run('2')}</mc:Fallback></mc:AlternateContent>"
         "</w:p>", "2"),
        ("<w:p/>", ""),
    ],
)  # fmt: skip
def test_a_cell_reads_as_word_shows_it(content, text):
    assert cell_text(content) == text


BEGIN, SEPARATE, END = (field_mark(kind) for kind in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText> =SUM(ABOVE) </w:instrText></w:r>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (BEGIN + CODE + SEPARATE + run("42") + END, "42"),
        (BEGIN + CODE + END + run("7"), "7"),
        (
            BEGIN + CODE + BEGIN + CODE + SEPARATE + run("1") + END + SEPARATE + run("2") + END,
            "2",
        ),
        (BEGIN + CODE + run("5"), "5"),
        (END + SEPARATE + run("5"), "5"),
        (f'<w:fldSimple w:instr="=1+1">{run("2")}</w:fldSimple>', "2"),
    ],
)  # fmt: skip
def test_of_a_field_only_the_result_is_read(content, text):
    assert cell_text(f"<w:p>{content}</w:p>") == text


HIDDEN_STYLES = (
    '<w:style w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="heir"><w:basedOn w:val="base"/></w:style>'
    '<w:style w:styleId="shown"><w:basedOn w:val="base"/><w:rPr><w:vanish w:val="0"/></w:rPr>'
    '</w:style><w:style w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
)


@pytest.mark.parametrize(
    ("style", "text"), [("base", "1"), ("heir", "1"), ("shown", "91"), ("loop", "91"), ("?", "91")]
)
def test_text_in_a_hidden_style_is_left_out(style, text):
    named = run("9", f'<w:rStyle w:val="{style}"/>')
    assert cell_text(f"<w:p>{named}{run('1')}</w:p>", HIDDEN_STYLES) == text


def test_hidden_text_is_noted():
    styled = f'<w:p><w:pPr><w:pStyle w:val="base"/></w:pPr>{run("窗体顶端")}</w:p>'
    found = read(styled + paragraph("正文"), HIDDEN_STYLES)

    assert [each.text for each in found.sections[0].paragraphs] == ["正文"]
    assert any("隐藏" in notice for notice in found.notices)
    assert not read(paragraph("正文"), HIDDEN_STYLES).notices


def test_deleted_and_hidden_rows_and_deleted_cells_are_left_out():
    body = table(
        row("1", "2"),
        row("3", "4", properties="<w:del/>"),
        row("5", "6", properties="<w:hidden/>"),
        row("7", "8", properties="<w:ins/>"),
        row("9", cell("x", "<w:cellDel/>"), "10"),
    )
    found = read(body)

    assert grid(found.tables["t1"]) == [["1", "2"], ["7", "8"], ["9", "10"]]
    assert len(found.notices) == 2


def test_content_controls_at_every_level_are_entered():
    def control(content: str) -> str:
        properties = "<w:sdtPr><w:alias w:val='控件'/></w:sdtPr>"
        return f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>"

    inner = row("1", control(cell("2")), cell(control(paragraph("3"))))
    body = control(table(control(inner), row("4", "5", cell(f"<w:p>{control(run('6'))}</w:p>"))))
    assert grids(body + control(paragraph("文"))) == [[["1", "2", "3"], ["4", "5", "6"]]]


def test_a_nested_table_follows_the_one_it_stands_in():
    inner = table(row("里"))
    outer = table(row(cell(paragraph("外") + inner + paragraph("后")), "1"))
    assert grids(outer + table(row("末"))) == [[["外\n后", "1"]], [["里"]], [["末"]]]


def test_tables_nested_too_deep_are_refused():
    body = table(row("里"))
    for _ in range(7):
        body = table(row(cell(body + paragraph("层"))))
    assert len(read(body).tables) == 8
    with pytest.raises(UnreadableFileError, match="套得太深"):
        read(table(row(cell(body + paragraph("层")))))


def test_a_text_box_is_read_once_and_stands_after_its_paragraph():
    content = f"<w:txbxContent>{paragraph('框')}{table(row('1', '2'))}</w:txbxContent>"
    choice = f"<w:drawing><wps:txbx>{content}</wps:txbx></w:drawing>"
    fallback = f"<w:pict><v:textbox>{content}</v:textbox></w:pict>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice>{choice}</mc:Choice>"
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    in_prose = f"<w:p>{run('前')}{box}</w:p>" + paragraph("后")
    assert prose(in_prose) == ["前", "框", "后"]
    assert grids(in_prose) == [[["1", "2"]]]
    in_cell = table(row(cell(f"<w:p>{run('格')}{box}</w:p>")))
    assert grids(in_cell) == [[["格"]], [["1", "2"]]]


def test_prose_keeps_tabs_and_breaks_and_blank_paragraphs_are_left_out():
    body = "<w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r></w:p><w:p/>"
    assert prose(body + paragraph(" ") + paragraph("末")) == ["一\t二\n三", "末"]


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next():
    open_end = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前')}</w:p>"
    assert prose(open_end + paragraph("后") + paragraph("另") + open_end) == ["前后", "另", "前"]


def test_revisions_and_embedded_files_are_noted():
    found = read(f"<w:p><w:ins>{run('1')}</w:ins></w:p><w:altChunk/>")

    assert [("修订" in notice, "嵌入" in notice) for notice in found.notices] == [
        (True, False),
        (False, True),
    ]


def test_the_main_part_is_found_by_its_relationship():
    for target in ("正文/main.xml", "/正文/main.xml", "./正文/../正文/MAIN.xml"):
        data = package(
            {
                "[Content_Types].xml": b"<Types/>",
                "_rels/.rels": relations(("officeDocument", target)),
                "正文/main.xml": document_xml(table(row("1"))),
                "word/document.xml": document_xml(table(row("2"))),
            }
        )
        found = read_docx(data, "a.docx").tables["t1"]
        assert found.cells[0].text == "1"
        assert found.cells[0].provenance.part == "正文/main.xml"


def test_the_strict_format_is_read():
    data = package(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": relations(("officeDocument", "word/document.xml"), office=STRICT_OFFICE),
            "word/document.xml": document_xml(
                table(row(cell("a", '<w:gridSpan w:val="2"/>')), row("1", "2")), STRICT
            ),
        }
    )
    assert grid(read_docx(data, "a.docx").tables["t1"]) == [["a", "a"], ["1", "2"]]


@pytest.mark.parametrize("prefix", ["x:", "", "文:"])
def test_any_prefix_is_understood(prefix):
    body = document_xml(table(row("1", cell("2", '<w:vMerge w:val="restart"/>'))))
    text = body.decode().replace("xmlns:w=", f"xmlns:{prefix[:-1]}=" if prefix else "xmlns=")
    text = text.replace("<w:", f"<{prefix}").replace("</w:", f"</{prefix}")
    text = text.replace(" w:", f" {prefix or 'again:'}")
    text = text.replace("<document ", f'<document xmlns:again="{TRANSITIONAL}" ')
    assert grid(read(text.encode()).tables["t1"]) == [["1", "2"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_every_cell_and_paragraph_knows_its_bytes(encoding):
    part = document_xml(
        paragraph("前言") + table(row("甲", "1145"), row("<w:tc/>")), encoding=encoding
    )
    found = read(part)
    lead = found.sections[0].paragraphs[0].provenance
    places = [each.provenance for each in found.tables["t1"].cells]
    codec = encoding + "-le" if encoding == "utf-16" else encoding

    written = [part[place.start : place.end].decode(codec) for place in [lead, *places]]
    assert [text[:5] for text in written] == ["<w:p>", "<w:tc", "<w:tc", "<w:tc"]
    assert [text[-6:] for text in written] == ["</w:p>", "/w:tc>", "/w:tc>", "w:tc/>"]
    assert "1145" in written[2]
    assert {place.part for place in places} == {"word/document.xml"}


STEPS = st.sampled_from(["{}", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "choice"])


@st.composite
def nested_bodies(draw, depth=0):
    """A body with tables in cells, content controls and alternative content, cells numbered."""
    blocks = []
    for _ in range(draw(st.integers(0 if depth else 1, 2))):
        width = draw(st.integers(1, 2))
        cells = []
        for _ in range(width):
            inner = draw(nested_bodies(depth + 1)) if depth < 2 and draw(st.booleans()) else ""
            cells.append(cell(f"<w:p>{run('#')}</w:p>{inner}<w:p/>"))
        block = table(row(*cells))
        step = draw(STEPS)
        if step == "choice":
            other = table(row("<w:tc><w:p/></w:tc>", "不读"))
            block = (
                f"<mc:AlternateContent><mc:Choice>{block}</mc:Choice>"
                f"<mc:Fallback>{other}</mc:Fallback></mc:AlternateContent>"
            )
        blocks.append(block if step == "choice" else step.format(block))
    return "".join(blocks)


@given(nested_bodies())
def test_bytes_and_cells_stay_paired_in_any_nesting(body):
    number = 0
    while "#" in body:
        number += 1
        body = body.replace("#", f"第{number}格", 1)
    part = document_xml(body)
    tables = read(part).tables.values()

    assert sum(len(each.cells) for each in tables) == number
    for each in (each for found in tables for each in found.cells):
        place = each.provenance
        own = part[place.start : place.end].decode()
        assert own.startswith("<w:tc>")
        assert own.endswith("</w:tc>")
        assert own.count("<w:tc>") == own.count("</w:tc>")
        # Its own text comes first, before those of tables inside it.
        assert re.search("第[0-9]+格", own)[0] == each.text


def test_a_document_of_python_docx_is_read():
    document = docx.Document()
    document.add_paragraph("二、主动公开政府信息情况")
    made = document.add_table(3, 3)
    made.cell(0, 0).merge(made.cell(1, 1)).text = "合并"
    made.cell(2, 2).text = "1145"
    buffer = BytesIO()
    document.save(buffer)
    found = read_docx(buffer.getvalue(), "a.docx")

    assert found.format == "docx"
    assert found.section(2) is not None
    assert grid(found.tables["t1"]) == [["合并", "合并", ""]] * 2 + [["", "", "1145"]]


def test_a_table_of_forty_thousand_cells_is_read_whole():
    body = table(
        *(row(*(str(line * 20 + column) for column in range(20))) for line in range(2_000))
    )
    found = read(body).tables["t1"]

    assert (found.rows, found.columns, len(found.cells)) == (2_000, 20, 40_000)
    assert found.cells[-1].text == "39999"


@pytest.mark.parametrize("name", ["[Content_Types].xml", "customXml/item1.xml", "word/x.xml.rels"])
def test_a_dtd_in_a_part_that_is_not_read_is_refused_too(name):
    with zipfile.ZipFile(BytesIO(word_file("<w:p/>"))) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    comment = b"<!--" + b" " * 9000 + b"-->"
    parts[name] = comment + b"<!DOCTYPE a []><a/>"
    with pytest.raises(UnreadableFileError, match="DTD"):
        read_docx(package(parts), "")


def test_a_part_that_is_no_xml_and_not_read_hinders_nobody():
    with zipfile.ZipFile(BytesIO(word_file("<w:p><w:r><w:t>文</w:t></w:r></w:p>"))) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts["customXml/item1.xml"] = b"no XML <!DOCTYPE a>"
    assert read_docx(package(parts), "").sections[0].paragraphs[0].text == "文"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (package({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "Excel"),
        (package({"a.txt": b""}), "压缩包"),
        (package({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "没有 Word 正文"),
        (word_file(b"<a/>"), "没有 Word 正文"),
        (word_file(document_xml("").replace(b"body", b"nobody")), "没有 Word 正文"),
        (word_file(b"<!DOCTYPE a []><a/>"), "DTD"),
        (word_file(document_xml("<w:p>")), "已损坏"),
        (package({"[Content_Types].xml": b"", "_rels/.rels": relations(("officeDocument", "x"))}),
         "缺少"),
        (b"", "已损坏"),
        (b"text", "已损坏"),
    ],
)  # fmt: skip
def test_what_is_no_word_document_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(UnreadableFileError, match=sentence) as refusal:
        read_docx(data, "a.docx")
    assert "原文件没有改动" in str(refusal.value)


def test_reading_can_be_stopped():
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_docx(word_file(paragraph("文")), "a.docx", stop)


@given(st.data())
def test_a_mutated_document_is_read_or_refused_and_nothing_else(data):
    part = bytearray(document_xml(paragraph("前") + table(row("1", "2"), row("3", "4"))))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(part) - 1))
        if data.draw(st.booleans()):
            part[place] = data.draw(st.integers(0, 255))
        else:
            del part[place : place + data.draw(st.integers(1, 40))]
    with suppress(UnreadableFileError):
        read(bytes(part))


def test_blocks_keep_the_order_of_the_file():
    body = paragraph("一") + table(row("1")) + paragraph("二")
    found, notices = read_blocks(open_package(word_file(body)))

    assert [type(block) for block in found] == [Paragraph, Table, Paragraph]
    assert notices == ()


@pytest.mark.skipif(not WORD_FILES, reason="the corpus of real Word files is not here")
@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: path.name)
def test_a_real_file_is_read_or_refused_with_a_sentence(path):
    try:
        found = read_docx(path.read_bytes(), path.name)
    except UnreadableFileError:
        return
    with zipfile.ZipFile(path) as archive:
        for each in (each for found in found.tables.values() for each in found.cells):
            part = archive.read(each.provenance.part)
            assert part[each.provenance.start :].startswith(b"<w:tc")
