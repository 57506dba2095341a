"""Workbooks: tables found among prose, cells as they look, hostile files without harm."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from core.checking import check_report
from core.document import Confidence, Document
from core.edits import Edit
from core.errors import NotAReportError, UnreadableFileError
from core.forms.match import match
from core.readers import read_here
from core.readers.workbook_xls import read_xls
from core.rules.severity import Severity
from core.session import Session
from core.writers.workbook import report_workbook
from tests.core.readers.workbooks import (
    BORDER,
    all_on_one_sheet,
    package,
    saved,
    sheet_a_table,
    slots,
    text_cell,
)
from tests.core.rules.reports import Changes, context_of, report

DOCUMENTS = Path(__file__).resolve().parents[2] / "documents"
REPORTS = {
    "consistent": Changes(),
    "blank": Changes(filled=""),
    "2019": Changes(edition="2019"),
    "large": Changes(filled="1234567"),
}


def read(data: bytes) -> Document:
    return read_here(data, "年报.xlsx")


def texts(document: Document) -> list[list[str]]:
    """Return the texts of the first table, row by row."""
    table = next(iter(document.tables.values()))
    return [[cell.text for cell in table.starting_in(row)] for row in range(table.rows)]


def prose(document: Document) -> list[str]:
    return [p.text for section in document.sections for p in section.paragraphs]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("is_drawn", [True, False])
def test_a_sheet_a_table(name: str, is_drawn: bool):
    document = read(sheet_a_table(REPORTS[name], is_drawn))
    expected = slots(report(REPORTS[name]))
    if name == "blank" and not is_drawn:
        # Without lines nobody sees that the last row, all blank, is a row of the table.
        expected = {slot: text for slot, text in expected.items() if not slot.startswith("cases")}
    assert slots(document) == expected
    assert len(document.tables) == 3


@pytest.mark.parametrize("name", ["consistent", "2019", "large"])
@pytest.mark.parametrize("is_drawn", [True, False])
@pytest.mark.parametrize("gap", [0, 1])
def test_all_on_one_sheet(name: str, is_drawn: bool, gap: int):
    expected = report(REPORTS[name])
    document = read(all_on_one_sheet(REPORTS[name], is_drawn, gap, left=3))
    assert slots(document) == slots(expected)
    assert [(s.number, s.heading) for s in document.sections] == [
        (s.number, s.heading) for s in expected.sections
    ]
    assert prose(document) == prose(expected)
    assert (document.agency, document.year) == (expected.agency, expected.year)


def test_three_tables_alone_are_a_report():
    data = sheet_a_table()
    session = Session(Path("年报.xlsx"), data, read(data))
    assert len(session.match.tables) == 3
    assert not session.check().of_severity(Severity.ERROR)


def test_a_workbook_of_something_else_is_no_report():
    book = Workbook()
    book.worksheets[0].append(["姓名", "电话"])
    book.worksheets[0].append(["张三", 123])
    data = saved(book)
    with pytest.raises(NotAReportError):
        Session(Path("x.xlsx"), data, read(data))


@pytest.mark.parametrize("name", REPORTS)
def test_the_programs_own_workbook_reads_back(name: str):
    context = context_of(REPORTS[name])
    data = report_workbook(context.document, context.match, check_report(context))
    document = read(data)
    assert slots(document) == slots(context.document)
    assert len(document.tables) == 3
    assert document.agency == context.document.agency
    assert "校核" in document.notices[0]


def test_cells_know_where_they_stand():
    document = read(all_on_one_sheet(left=2, gap=1))
    place = match(document).places["applications.received.total"]
    cell = document.cell(place.ref)
    assert cell is not None
    assert cell.provenance.part == "xl/worksheets/sheet1.xml"
    assert cell.provenance.cell.startswith("K")


def test_a_title_and_lines_beside_a_drawn_table_are_prose():
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "附表"
    sheet["A1"], sheet["A2"], sheet["D2"] = "某表", "填报单位：甲局", "单位：件"
    for row in (3, 4):
        for column in range(1, 5):
            sheet.cell(row, column, f"{row}{column}").border = BORDER
    sheet["A5"] = "注：数据截至年底。"
    document = read(saved(book))
    assert prose(document) == ["某表", "填报单位：甲局", "单位：件", "注：数据截至年底。"]
    assert texts(document) == [["31", "32", "33", "34"], ["41", "42", "43", "44"]]


def test_tables_side_by_side_and_their_sheets_name():
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "收费情况"
    for column in (1, 2, 4, 5):
        for row in (1, 2):
            sheet.cell(row, column, row * 10 + column)
    document = read(saved(book))
    assert [table.columns for table in document.tables.values()] == [2, 2]
    assert {table.caption for table in document.tables.values()} == {"收费情况"}


def test_a_sheet_named_as_a_heading_is_that_section():
    data = sheet_a_table()
    book = Workbook()
    book.worksheets[0].title = "一、总体情况"
    book.worksheets[0]["A1"] = "本年度公开信息 3 条。"
    document = read(saved(book))
    assert [(s.number, s.heading) for s in document.sections] == [(1, "一、总体情况")]
    assert len(read(data).tables) == 3


def test_headings_inside_one_cell():
    book = Workbook()
    book.worksheets[0]["A1"] = (
        "一、总体情况\n本年度公开信息 3 条。\n五、存在的主要问题及改进情况\n无"
    )
    document = read(saved(book))
    assert [s.number for s in document.sections] == [1, 5]
    assert prose(document) == ["本年度公开信息 3 条。", "无"]


def test_what_cells_show():
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="0&quot;件&quot;"/></numFmts>'
        "<cellXfs><xf/><xf numFmtId='164'/><xf numFmtId='4'/><xf numFmtId='14'/><xf numFmtId='9'/>"
        "</cellXfs>"
    )
    strings = (
        "<si><t>甲_x000a_乙</t></si><si><r><t>12</t></r>"
        "<r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>"
        "<rPh sb='0' eb='1'><t>yi</t></rPh></si>"
    )
    rows = (
        '<row r="1"><c r="A1" s="1"><v>12</v></c><c r="B1" s="2"><v>1234.5</v></c>'
        '<c r="C1" s="3"><v>45500</v></c><c r="D1" s="4"><v>0.5</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>'
        '<c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row><c><v>0.1</v></c><c t="str"><f>A1</f><v>文</v></c><c t="str"><f>A1</f><v/></c>'
        '<c t="d"><v>2024-07-27</v></c></row>'
    )
    document = read(package(rows, styles=styles, strings=strings))
    assert texts(document) == [
        ["12件", "1,234.50", "2024/7/27", "50%"],
        ["甲\n乙", "12¹", "TRUE", "#DIV/0!"],
        ["0.1", "文", "", "45500"],
    ]
    assert any("3 个公式" in notice for notice in document.notices)


def test_a_formula_without_a_result_is_uncertain_and_told():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f></c></row>' + (
        f'<row r="2">{text_cell("A2", "甲")}<c r="B2"><f>A1</f><v></v></c></row>'
    )
    document = read(package(rows))
    table = document.tables["t1"]
    assert [cell.confidence for cell in table.cells] == [
        Confidence.EXACT,
        Confidence.UNCERTAIN,
        Confidence.EXACT,
        Confidence.UNCERTAIN,
    ]
    assert any("甲 B1、甲 B2" in notice for notice in document.notices)


def test_a_person_can_answer_for_a_formula_without_a_result():
    changed = sheet_a_table()
    data = _with_formula(changed)
    session = Session(Path("年报.xlsx"), data, read(data))
    slot = "applications.received.total"
    place = session.match.places[slot]
    assert session.context().value(slot).number is None
    session.apply(Edit(place.ref, "", "40"))
    assert str(session.context().value(slot).number) == "40"


def _with_formula(data: bytes) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data))
    document = read(data)
    cell = document.cell(match(document).places["applications.received.total"].ref)
    assert cell is not None
    book["Sheet2"][cell.provenance.cell] = "=SUM(D4:I4)"
    return saved(book)


def test_what_is_hidden_is_read_and_told():
    book = Workbook()
    shown, hidden = book.worksheets[0], book.create_sheet("底稿", 0)
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = "隐藏的话"
    for row in (1, 2, 3):
        shown.append([f"甲{row}", row, row])
    shown.row_dimensions[2].hidden = True
    shown.column_dimensions["B"].hidden = True
    book.active = 1
    document = read(saved(book))
    assert texts(document)[1] == ["甲2", "2", "2"]
    assert prose(document) == ["隐藏的话"]
    said = "".join(document.notices)
    for told in ("底稿", "Sheet 第 2 行", "Sheet 第 2 列"):
        assert told in said


def test_rounded_numbers_and_strange_formats_and_hidden_zeros_are_told():
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="gge"/></numFmts>'
        "<cellXfs><xf/><xf numFmtId='1'/><xf numFmtId='170'/></cellXfs>"
    )
    rows = (
        '<row r="1"><c r="A1" s="1"><v>12.4</v></c><c r="B1" s="2"><v>7</v></c></row>'
        '<row r="2"><c r="A2"><v>0</v></c><c r="B2"><v>0.30000000000000004</v></c></row>'
    )
    views = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'
    document = read(package(rows, styles=styles, before=views))
    assert texts(document) == [["12", "7"], ["0", "0.3"]]
    said = "".join(document.notices)
    for told in ("甲 A1 显示 12，实为 12.4", "甲 B1", "不显示零值"):
        assert told in said


def test_rich_text_comments_and_links_of_a_real_writer():
    book = Workbook()
    sheet = book.worksheets[0]
    raised = TextBlock(InlineFont(vertAlign="superscript"), "2")
    sheet["A1"] = CellRichText("共 12", raised)
    sheet["A1"].comment = Comment("看这里", "某人")
    sheet["B1"] = '=HYPERLINK("https://example.org", 1)'
    document = read(saved(book))
    assert prose(document)[0] == "共 12²"


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
GIANT = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'


@pytest.mark.parametrize(
    ("rows", "behind"),
    [
        (f'<row r="1">{text_cell("A1", "甲")}</row>' + FAR, ""),
        (f'<row r="1">{text_cell("A1", "甲")}</row>', GIANT),
        (f'<row r="1">{text_cell("A1", "甲")}</row>' + FAR, GIANT),
        ('<row r="99999999"><c r="A1"><v>1</v></c></row>', ""),
        ('<row r="0"><c r="A0"><v>1</v></c></row>', ""),
        ('<row r="1"><c r="ZZZ1"><v>1</v></c><c r="??"><v>1</v></c></row>', ""),
        (
            '<row r="1"><c t="s"><v>99</v></c><c t="s"><v>-1</v></c>'
            '<c s="999"><v>1e999</v></c></row>',
            "",
        ),
        (
            "".join(
                f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>1</v></c></row>'
                for n in range(1, 6002)
            ),
            "",
        ),
        (
            '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
            "<mergeCells>" + '<mergeCell ref="A1:B9"/>' * 9 + '<mergeCell ref="x"/></mergeCells>',
        ),
    ],
)
def test_far_cells_and_giant_merges_do_no_harm(rows: str, behind: str):
    begin = time.perf_counter()
    sentence = ""
    try:
        read(package(rows, behind=behind))
    except UnreadableFileError as error:
        sentence = str(error)
    assert not sentence or sentence.endswith("。")
    assert "意外错误" not in sentence
    assert time.perf_counter() - begin < 10


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/theme/theme1.xml"])
def test_a_dtd_is_refused_wherever_it_stands(part: str):
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    with pytest.raises(UnreadableFileError, match="DTD"):
        read(package("", extra={part: bomb}))


def test_packages_without_a_workbook_are_refused():
    binary = package("", extra={"_rels/.rels": f'<Relationships xmlns="{"x"}"/>'})
    with pytest.raises(UnreadableFileError, match="Excel"):
        read(binary)


@pytest.mark.parametrize("name", ["三张表.xls", "三张表.et"])
def test_an_old_workbook(name: str):
    data = (DOCUMENTS / "三张表.xls").read_bytes()
    document = read_here(data, name)
    assert document.format == "xls"
    assert slots(document) == slots(report(Changes()))
    assert document.year == 2022


def test_what_cells_of_an_old_workbook_show():
    document = read_here((DOCUMENTS / "显示.xls").read_bytes(), "显示.xls")
    assert texts(document) == [
        ["12件", "1,234.50", "2024/7/27", "50%"],
        ["007", "TRUE", "#DIV/0!", "12"],
        ["文字", "0", "3", "甲\n乙"],
    ]
    assert any("第 3 行" in notice for notice in document.notices)


@pytest.mark.parametrize("cut", [600, 2000, 5000])
def test_a_broken_old_workbook_is_one_sentence(cut: int):
    data = (DOCUMENTS / "三张表.xls").read_bytes()[:cut]
    with pytest.raises(UnreadableFileError, match="没有改动"):
        read_here(data, "x.xls")


def test_an_encrypted_old_workbook_is_refused(monkeypatch: pytest.MonkeyPatch):
    import xlrd

    def encrypted(**_: object) -> None:
        raise xlrd.XLRDError("Workbook is encrypted")

    monkeypatch.setattr(xlrd, "open_workbook", encrypted)
    with pytest.raises(UnreadableFileError, match="加密"):
        read_xls(b"x", "x.xls")


def test_a_workbook_of_excel_4_is_for_the_same_reader():
    record = b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00" + b"\x0a\x00\x00\x00"
    document = read_here(record, "old.xls")
    assert document.format == "xls"
    assert not document.tables


def test_parts_that_do_not_inflate_are_refused():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", "<a>" + " " * 30_000_000 + "</a>")
    with pytest.raises(UnreadableFileError):
        read(buffer.getvalue())
