"""The Excel export: numbers are numbers, text stays text, sums stand beside what is reported."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.changes_made import Change
from core.document import Cell, CellRef, Document, ParagraphRef, Section, Table
from core.edits import Edit
from core.explanations import Explanation, ExplanationKind
from core.forms.match import match
from core.forms.model import SlotKind
from core.rules.model import (
    Certainty,
    CheckResult,
    Finding,
    Fix,
    Found,
    Insufficient,
    RuleCheck,
    Span,
)
from core.rules.severity import Severity
from core.version import DISPLAY_NAME
from core.writers.contents import Number, as_number, cell_name
from core.writers.findings import findings_workbook
from core.writers.texts import clean
from core.writers.workbook import report_workbook


def written(
    document: Document, result: CheckResult | None = None, changes: Sequence[Change] = ()
) -> bytes:
    return report_workbook(document, match(document), result or CheckResult(), changes)


def opened(data: bytes, *, results: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(data), data_only=results)


def sheet_of(document: Document, name: str, *, results: bool = False) -> Worksheet:
    return opened(written(document), results=results)[name]


def other_table(*texts: str) -> Table:
    return Table("t9", 1, len(texts), tuple(Cell(0, i, text) for i, text in enumerate(texts)))


def test_statutory_tables_have_their_names_and_others_are_counted(make_report) -> None:
    document = make_report(extra=(other_table("季度", "件数"), Table("t8", 0, 0, ())))
    assert opened(written(document)).sheetnames == [
        "主动公开",
        "申请办理",
        "复议诉讼",
        "表1",
        "表2",
        "疑点",
        "修改记录",
    ]


def test_cells_stand_where_the_grid_has_them_and_are_merged_alike(make_report) -> None:
    document = make_report({"applications.received.total": "1234"})
    sheet = sheet_of(document, "申请办理")
    table = document.tables["t2"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    for cell in table.cells:
        last = cell_name(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
        if (cell.row_span, cell.column_span) != (1, 1):
            assert f"{cell_name(cell.row, cell.column)}:{last}" in merged
    assert sheet["A4"].value == "一、本年新收政府信息公开申请数量"
    assert sheet["J4"].value == 1234
    assert sheet.freeze_panes == "D4"


def test_a_wrong_total_stays_and_its_difference_shows(make_report) -> None:
    texts = {
        "applications.received.natural_person": "5",
        "applications.received.business": "2",
        "applications.received.total": "8",
    }
    document = make_report(texts)
    assert sheet_of(document, "申请办理")["J4"].value == 8
    assert sheet_of(document, "申请办理")["L4"].value == "=SUM(D4:I4)"
    results = sheet_of(document, "申请办理", results=True)
    assert (results["L4"].value, results["M4"].value) == (7, -1)
    # Received 8 and carried in 0 against handled 0 and carried out 0.
    assert results["J32"].value == 8


def test_a_difference_turns_red_when_it_is_not_zero(make_report) -> None:
    rules = sheet_of(make_report(), "申请办理").conditional_formatting
    formulas = {str(area.sqref): area.rules[0].formula[0] for area in rules}
    assert formulas["M4"] == "AND(ISNUMBER(M4),M4<>0)"
    assert formulas["D32"] == "AND(ISNUMBER(D32),D32<>0)"


def test_stocks_turn_red_only_below_zero(make_report) -> None:
    rules = sheet_of(make_report(), "主动公开").conditional_formatting
    assert {area.rules[0].formula[0] for area in rules} == {
        "AND(ISNUMBER(G3),G3<0)",
        "AND(ISNUMBER(G4),G4<0)",
    }


def test_blocks_of_the_cases_table_are_checked_below_it(make_report) -> None:
    document = make_report({"cases.later_lawsuit.upheld": "3", "cases.later_lawsuit.total": "2"})
    results = sheet_of(document, "复议诉讼", results=True)
    assert [results[name].value for name in ("E6", "J6", "O6", "E7", "J7", "O7")] == [
        0,
        0,
        3,
        0,
        0,
        1,
    ]


def test_blank_cells_stay_blank_and_nothing_is_claimed_about_them(make_report) -> None:
    document = make_report(default="")
    sheet = sheet_of(document, "申请办理", results=True)
    assert sheet["D4"].value is None
    assert not sheet["M4"].value
    assert not sheet["D32"].value


def test_a_blank_part_counts_as_zero_and_a_blank_total_leaves_the_difference_open(
    make_report,
) -> None:
    texts = {
        "applications.received.business": "",
        "applications.received.natural_person": "4",
        "applications.received.total": "4",
        "applications.carried_in.natural_person": "2",
        "applications.carried_in.total": "",
    }
    sheet = sheet_of(make_report(texts), "申请办理", results=True)
    assert sheet["M4"].value == 0
    assert sheet["L5"].value == 2
    assert not sheet["M5"].value


def test_text_among_numbers_leaves_the_difference_open(make_report) -> None:
    texts = {"applications.received.natural_person": "见附件"}
    sheet = sheet_of(make_report(texts), "申请办理", results=True)
    assert sheet["D4"].value == "见附件"
    assert not sheet["M4"].value


def test_a_missing_cell_is_named_and_not_added_up(make_report) -> None:
    document = make_report(without=frozenset({"applications.disclosed.total"}))
    sheet = sheet_of(document, "申请办理", results=True)
    assert sheet["J6"].value is None
    assert sheet["M6"].value == "缺单元格"
    assert sheet["J34"].value == "缺单元格"


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("12", "12", "0"),
        ("１２", "12", "0"),
        ("1,234", "1234", "#,##0"),
        ("-4", "-4", "0"),
        ("+4", "4", "+0;-0;0"),
        ("18.8710", "18.8710", "0.0000"),
        ("3件", "3", '0"件"'),
        ("007", "7", "000"),
    ],
)
def test_numbers_keep_their_print(text: str, value: str, shown: str) -> None:
    number = as_number(text, SlotKind.COUNT)
    assert number is not None
    assert (number.value, number.format) == (Decimal(value), shown)


@given(st.integers(0, 10**17))
def test_a_plain_number_is_one_as_far_as_a_cell_holds_its_digits(number: int) -> None:
    for kind in (None, *SlotKind):
        found = as_number(str(number), kind)
        assert (found == Number(Decimal(number))) is (number < 10**15)
        assert (found is None) is (number >= 10**15)


@pytest.mark.parametrize("text", ["007", "3件", "12345678901234567", "2024年", "1.2.3", ""])
def test_what_may_be_a_name_stays_text_outside_the_form(text: str) -> None:
    assert as_number(text, None) is None


INPUT_LIKE = (
    "=cmd|'/c calc'!A1",
    "=1+1",
    "+1+2",
    "-1+2",
    "@x",
    "@SUM(1,1)",
    "＝1+1",
    "＋1+1",
    "－1+2",
    "＠SUM(1)",
    "\t=1+1",
    "\n=1+1",
    "\r=1+1",
    " =1+1",
    'DDE("cmd";"/c calc")',
    '=HYPERLINK("http://a.example","b")',
    "{=1+1}",
    "_x003D_1+1",
    "=",
    "|a",
)


@pytest.mark.parametrize("text", INPUT_LIKE)
def test_text_never_becomes_a_formula(make_report, text: str) -> None:
    document = make_report({"applications.received.total": text}, extra=(other_table(text),))
    book = opened(written(document))
    for name, cell in (("表1", "A1"), ("申请办理", "J4")):
        found = book[name][cell]
        assert found.data_type == "s"
        assert found.value.replace("_x005F_", "_") == clean(text)
        if text[0] not in "_{D":
            assert found.quotePrefix


def test_no_formula_comes_from_a_text_anywhere(make_report) -> None:
    def finding(text: str, place: CellRef) -> Finding:
        fix = Fix(text, (Edit(place, text, "8"),), Certainty.LIKELY, reason=text)
        said = Explanation(ExplanationKind.EXPLAINED, f"{text}。", text, date(2025, 1, 1))
        found = Found({}, (place,), fixes=(fix,))
        return Finding("SUM002", "n", Severity.ERROR, text, text, found, explanation=said)

    places = {text: CellRef("t2", row, 9) for row, text in enumerate(INPUT_LIKE, 4)}
    findings = tuple(finding(text, place) for text, place in places.items())
    changes = [
        Change(place, text, text, text, datetime(2025, 1, 2), text)
        for text, place in places.items()
    ]
    clear = make_report()
    for title in ("=1+1", "＝1+1", "@x"):
        sections = tuple(replace(part, heading=title) for part in clear.sections)
        document = replace(clear, sections=sections, title=title, agency=title)
        data = written(document, CheckResult(findings), changes)
        # The formulas are those of a report in which nothing of it is said.
        assert formulas_of(data) == formulas_of(written(clear))
    comments = comments_of(data)["申请办理"]
    for text, place in places.items():
        said = comments[cell_name(place.row, place.column)].replace("_x005F_", "_")
        assert clean(text).strip() in said


def formulas_of(data: bytes) -> dict[str, list[str]]:
    """Return what stands in the formulas of every sheet's XML, of conditional formats too."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            root = etree.fromstring(archive.read(name))
            tags = ("{*}f", "{*}formula", "{*}formula1", "{*}definedName", "{*}hyperlink")
            found[name] = [each.text or "" for each in root.iter(*tags)]
    return {name: texts for name, texts in found.items() if texts}


def comments_of(data: bytes) -> dict[str, dict[str, str]]:
    return {
        sheet.title: {
            cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment
        }
        for sheet in opened(data)
    }


@pytest.mark.parametrize("title", ['&P&"x,y"&G', "＆＆&&", "&[Date]", "2024&A", "长" * 400])
def test_a_title_puts_no_code_into_the_header_of_a_page(make_report, title: str) -> None:
    document = replace(make_report(), title=title)
    for sheet in opened(written(document)):
        header = sheet.oddHeader.center.text
        assert header
        assert "&" not in header
        assert len(header) <= 255


@settings(deadline=None)
@given(st.text(st.characters(), min_size=1, max_size=20))
def test_any_text_can_be_written_and_read(text: str) -> None:
    document = Document("text", (Section(1, text, (other_table("表头", text),)),), title=text)
    found = sheet_of(document, "表1")["B1"]
    assert found.data_type != "f"
    if as_number(text, None) is None:
        assert (found.value or "").replace("_x005F_", "_") == clean(text).replace("_x005F_", "_")


def test_nobody_is_named_but_the_agency_and_the_same_report_gives_the_same_bytes(
    make_report,
) -> None:
    data = written(make_report())
    assert data == written(make_report())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert "石桥县档案局</dc:creator>" in core
        assert b"openpyxl" not in b"".join(archive.read(name) for name in archive.namelist())


def test_a_statutory_table_prints_on_one_page_the_way_that_is_larger(make_report) -> None:
    book = opened(written(make_report()))
    # The applications are higher than wide: sideways they would print at half their size.
    ways = {"主动公开": "portrait", "申请办理": "portrait", "复议诉讼": "landscape"}
    for name, way in ways.items():
        sheet = book[name]
        assert sheet.page_setup.orientation == way
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book["申请办理"].print_title_rows == "$1:$3"


def test_other_sheets_are_one_page_wide_with_their_headers_on_every_page(make_report) -> None:
    rows, columns = 300, 20
    texts = [f"第{column}季度" for column in range(columns)]
    texts += [str(number) for number in range(columns * (rows - 1))]
    cells = (Cell(index // columns, index % columns, text) for index, text in enumerate(texts))
    book = opened(written(make_report(extra=(Table("t9", rows, columns, tuple(cells)),))))
    for name in ("表1", "疑点", "修改记录"):
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.freeze_panes == "A2"
    assert (book["表1"].max_row, book["表1"].max_column) == (rows, columns)
    assert book["表1"]["T300"].value == columns * (rows - 1) - 1


def test_thousands_of_merged_cells_are_merged_alike(make_report) -> None:
    rows = 1_500
    cells = [Cell(row, column, "1", 1, 2) for row in range(rows) for column in (0, 2)]
    data = written(make_report(extra=(Table("t9", rows, 4, tuple(cells)),)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet4.xml"))
    merged = {area.get("ref") for area in root.iter("{*}mergeCell")}
    assert merged == {f"{a}{row}:{b}{row}" for row in range(1, rows + 1) for a, b in ("AB", "CD")}


def test_the_block_of_checks_has_its_name(make_report) -> None:
    book = opened(written(make_report()))
    named = {
        sheet.title: [cell.coordinate for row in sheet for cell in row if cell.value == "校核"]
        for sheet in book
    }
    assert named["主动公开"] == ["F1"]
    assert named["申请办理"] == ["L1", "A29"]
    assert named["复议诉讼"] == ["A5"]


FINDING = Finding(
    "SUM002",
    "wrong_row_total",
    Severity.ERROR,
    "=各类申请人之和 7 ≠ 总计 8",
    "表中标签：“总计”",
    Found({}, tuple(CellRef("t2", 3, column) for column in range(3, 10))),
)


def texts_of(sheet: Worksheet) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_findings_are_listed_worst_first_with_their_place(make_report) -> None:
    note = Finding("TXT001", "n", Severity.NOTE, "提示", "b", Found({}, span=Span(1, 0, 0, 1)))
    result = CheckResult(
        (note, FINDING),
        (RuleCheck("SUM002", (Insufficient("总计未填", (CellRef("t3", 3, 4),)),)),),
    )
    rows = texts_of(opened(written(make_report(), result))["疑点"])
    assert rows[0] == ("序号", "级别", "规则", "位置", "内容", "建议", "出错说明", "依据")
    assert rows[1] == (
        1,
        "强制性错误",
        "SUM002",
        "三、收到和处理政府信息公开申请情况 表格 第4行第4至10列",
        "=各类申请人之和 7 ≠ 总计 8",
        None,
        None,
        "表中标签：“总计”",
    )
    assert rows[2][:4] == (2, "提示", "TXT001", "一、总体情况 第1段")
    assert rows[4][0] == "共 2 条疑点；0 项检查通过，1 项未能检查。"


def test_what_could_not_be_checked_has_a_sheet_of_its_own(make_report) -> None:
    result = CheckResult(
        (FINDING,),
        (
            RuleCheck("SUM003", (Insufficient("总计未填", (CellRef("t3", 3, 4),)),)),
            RuleCheck("SUM004", (), "ValueError"),
        ),
    )
    book = opened(findings_workbook(make_report(), result))
    assert book.sheetnames == ["疑点", "未能检查"]
    assert texts_of(book["未能检查"])[1:] == [
        (1, "SUM003", "四、政府信息公开行政复议、行政诉讼情况 表格 第4行第5列", "总计未填"),
        (2, "SUM004", "全文", "这条规则运行出错，没有得出结果"),
    ]


def test_a_finding_stands_beside_its_cell_and_prose_has_none(make_report) -> None:
    total = CellRef("t2", 3, 9)
    fix = Fix("把总计改为 7", (Edit(total, "8", "7"),), Certainty.PROVED)
    wrong = replace(FINDING, message="合计不符", found=replace(FINDING.found, fixes=(fix,)))
    mild = Finding("NUM001", "n", Severity.WARNING, "不是数字\x00", "b", Found({}, (total,)))
    prose = Finding(
        "TXT001", "n", Severity.NOTE, "正文不一致", "b", Found({}, span=Span(1, 0, 0, 1))
    )
    ignored = replace(
        mild,
        found=Found({}, (CellRef("t2", 4, 9),)),
        explanation=Explanation(ExplanationKind.IGNORED, "无须理会", "甲", date(2025, 1, 1)),
    )
    result = CheckResult((mild, prose, wrong, ignored))
    data = written(make_report(), result)
    comments = comments_of(data)
    assert {name: set(cells) for name, cells in comments.items() if cells} == {"申请办理": {"J4"}}
    assert comments["申请办理"]["J4"] == (
        "强制性错误（SUM002）：合计不符\n建议：把总计改为 7\n\n待核实（NUM001）：不是数字"
    )
    assert "正文不一致" in [row[4] for row in texts_of(opened(data)["疑点"])]
    assert opened(data)["申请办理"]["J4"].comment.author == DISPLAY_NAME
    assert data == written(make_report(), result)


def test_a_comment_is_large_enough_for_what_it_says(make_report) -> None:
    def height(text: str) -> float:
        finding = replace(FINDING, message=text)
        data = written(make_report(), CheckResult((finding,)))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.endswith(".vml")]
            shapes = archive.read(names[0]).decode()
        found = re.search(r"height:([\d.]+)px", shapes)
        assert found
        return float(found[1])

    # 22 Chinese characters a line: 15 more lines of 17 pixels.
    assert height("错" * 22 * 16) - height("错") >= 15 * 17
    assert height("错" * 10_000) < 600


def test_a_finding_about_a_merged_cell_stands_at_its_first_position(make_report) -> None:
    found = Found({}, (CellRef("t2", 10, 0),))
    data = written(make_report(), CheckResult((replace(FINDING, found=found),)))
    assert list(comments_of(data)["申请办理"]) == ["A6"]


def test_changes_are_listed_with_time_and_reason(make_report) -> None:
    cell = Change(
        CellRef("t2", 3, 9), "表格 第4行第10列", "8", "7", datetime(2025, 1, 2, 9, 5), "不符"
    )
    prose = Change(
        ParagraphRef(1, 0),
        "一、总体情况 第1段",
        f"{'前' * 40}12件{'后' * 40}",
        f"{'前' * 40}15件{'后' * 40}",
        datetime(2025, 1, 2, 9, 6),
        "",
    )
    gone = replace(cell, old="", new="0", why="")
    rows = texts_of(opened(written(make_report(), None, [cell, prose, gone]))["修改记录"])
    assert rows == [
        ("序号", "位置", "原内容", "现内容", "时间", "原因"),
        (1, "表格 第4行第10列", "8", "7", "2025-01-02 09:05", "不符"),
        (
            2,
            "一、总体情况 第1段",
            f"…{'前' * 11}12件{'后' * 11}…",
            f"…{'前' * 11}15件{'后' * 11}…",
            "2025-01-02 09:06",
            None,
        ),
        (3, "表格 第4行第10列", "（空白）", "0", "2025-01-02 09:05", None),
    ]


def test_it_is_said_that_nothing_was_changed(make_report) -> None:
    rows = texts_of(opened(written(make_report()))["修改记录"])
    assert rows[1][0] == "没有修改：各表与读入的报告一致。"


def test_every_formula_has_its_result_in_the_file(make_report) -> None:
    data = written(make_report())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{number}.xml") for number in (1, 2, 3)]
    cells = [cell for each in sheets for cell in etree.fromstring(each).iter("{*}c")]
    formulas = [cell for cell in cells if cell.find("{*}f") is not None]
    assert len(formulas) == 25 * 2 + 7 * 5 + 3 * 2 + 2 * 2
    assert all(cell.findtext("{*}v") for cell in formulas)
