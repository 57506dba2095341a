"""A copy of a workbook: only the edited cells and what depends on them differ."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule
from openpyxl.worksheet.worksheet import Worksheet

from core.checking import check_report
from core.document import CellRef, ParagraphRef, fold
from core.edits import Edit, ParagraphInsertion, TextEdit
from core.errors import EditError, SaveError
from core.export import spreadsheet_target, write_all
from core.readers import read_document
from core.session import Session
from core.writers.xlsx_copy import corrected_xlsx
from tests.core.readers.workbooks import (
    OFFICE,
    all_on_one_sheet,
    package,
    saved,
    sheet_a_table,
    text_cell,
)
from tests.core.rules.reports import Changes

SHEET = "xl/worksheets/sheet1.xml"
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0&quot;件&quot;"/></numFmts>'
    "<cellXfs><xf/><xf numFmtId='164'/><xf numFmtId='3'/><xf numFmtId='49'/></cellXfs>"
)
ROWS = (
    '<row r="2" spans="1:4"><c r="A2" s="1"><v>7</v></c><c r="B2" s="2" cm="1" t="n"><v>8</v></c>'
    '<c r="C2" s="3" t="s"><v>0</v></c><c r="D2"><f>SUM(A2:B2)</f><v>15</v></c></row>'
    '<row r="3"><c r="B3" t="str"><f>A2&amp;"件"</f><v>7件</v></c><c r="D3"><v>1</v></c></row>'
)
BELOW = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>'
STRINGS = "<si><t>文字</t></si>"


def edited(data: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a copy in which cells, by name, say something else."""
    source = read_document(data, "年报.xlsx")
    refs = {
        cell.provenance.cell: table.ref(cell)
        for table in source.tables.values()
        for cell in table.cells
    }
    return corrected_xlsx(data, source, {refs[name]: text for name, text in texts.items()})


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed_parts(before: bytes, after: bytes) -> set[str]:
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    return {name for name in old if old[name] != new[name]}


def second_opinion(data: bytes) -> Worksheet:
    """Return the sheet as openpyxl reads it, which misses styles that nobody needs here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet: Worksheet = load_workbook(BytesIO(data))["甲"]
    return sheet


def cells_in(data: bytes, name: str = SHEET) -> dict[str, str]:
    xml = parts(data)[name].decode()
    found = re.findall(r"<c\b(?:[^>]*/>|.*?</c>)", xml, re.DOTALL)
    return {re.search(r'r="(\w+)"', each)[1]: each for each in found}  # type: ignore[index]


def without_cells(data: bytes, names: set[str]) -> str:
    xml = parts(data)[SHEET].decode()
    for name in names:
        xml = re.sub(rf'<c r="{name}"(?:[^>]*/>|.*?</c>)', "", xml, flags=re.DOTALL)
    return xml


@pytest.fixture
def book() -> bytes:
    return package(ROWS, styles=STYLES, strings=STRINGS)


def test_without_edits_the_bytes_come_back(book: bytes):
    assert edited(book, {}) is book


def test_numbers_texts_and_blanks(book: bytes):
    out = edited(book, {"A2": "13件", "B2": "12346", "C2": "99", "D3": ""})
    cells = cells_in(out)
    assert cells["A2"] == '<c r="A2" s="1"><v>13</v></c>'
    assert cells["B2"] == '<c r="B2" s="2"><v>12346</v></c>'
    assert 't="inlineStr"' in cells["C2"]
    assert 's="3"' in cells["C2"]
    assert cells["D3"] == '<c r="D3"/>'
    assert parts(out)["xl/sharedStrings.xml"] == parts(book)["xl/sharedStrings.xml"]


def test_results_that_an_edit_makes_untrue_are_taken_out(book: bytes):
    out = edited(book, {"A2": "13"})
    cells = cells_in(out)
    assert cells["D2"] == '<c r="D2"><f>SUM(A2:B2)</f></c>'
    assert cells["B3"] == '<c r="B3"><f>A2&amp;"件"</f></c>'
    assert without_cells(out, {"A2", "D2", "B3"}) == without_cells(book, {"A2", "D2", "B3"})
    assert changed_parts(book, out) == {SHEET, "xl/workbook.xml"}
    assert b'<calcPr fullCalcOnLoad="1"/>' in parts(out)["xl/workbook.xml"]


def test_results_that_stay_true_stay(book: bytes):
    out = edited(book, {"C2": "别的文字"})
    assert without_cells(out, {"C2"}) == without_cells(book, {"C2"})


def test_untold_dependence_counts_as_one():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>合计+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>B1*2</f><v>4</v></c></row>'
    )
    cells = cells_in(edited(package(rows), {"A2": "5"}))
    assert "<v>" not in cells["B1"] + cells["B2"]


def test_without_formulas_only_the_sheet_changes():
    data = package(f'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>{BELOW}')
    assert changed_parts(data, edited(data, {"B1": "3"})) == {SHEET}


@pytest.mark.parametrize(
    "text", ["=cmd|'/c calc'!A1", "＝1+1", "+1", "@x", "-1+2", "<&>\"'", "_x0041_"]
)
def test_no_text_becomes_a_formula(book: bytes, text: str):
    out = edited(book, {"C2": text, "D3": text})
    again = second_opinion(out)
    assert again["D3"].data_type in ("s", "inlineStr")
    assert "<f>" not in cells_in(out)["D3"]
    source = read_document(out, "x")
    shown = {c.provenance.cell: c.text for t in source.tables.values() for c in t.cells}
    assert shown["C2"] == shown["D3"] == text


def test_cells_and_rows_that_the_file_does_not_have():
    rows = (
        f'<row r="1">{text_cell("A1", "甲")}{text_cell("C1", "乙")}</row>'
        f'<row r="2"/><row r="5">{text_cell("B5", "丙")}{text_cell("D5", "丁")}</row>'
    )
    before = '<cols><col min="3" max="4" width="9" style="2"/></cols>'
    merges = '<mergeCells><mergeCell ref="A1:A5"/></mergeCells>'
    data = package(rows, before=before, behind=merges, styles=STYLES)
    texts = {"B1": "1", "D1": "2", "C2": "1234", "B2": "5", "B3": "x", "D4": "6", "C5": "7"}
    out = edited(data, texts)
    xml = parts(out)[SHEET].decode()
    names = re.findall(r'<c r="(\w+)"', xml)
    assert names == ["A1", "B1", "C1", "D1", "B2", "C2", "B3", "D4", "B5", "C5", "D5"]
    assert re.findall(r'<row r="(\d)"', xml) == ["1", "2", "3", "4", "5"]
    assert '<c r="C2" s="2"><v>1234</v></c>' in xml
    assert second_opinion(out)["C2"].value == 1234


CHAIN = (
    '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</calcChain>'
)
LINK = f'<Relationship Id="r9" Type="{OFFICE}/calcChain" Target="calcChain.xml"/>'


def with_chain(rows: str, entries: str) -> bytes:
    extra = {"xl/calcChain.xml": CHAIN.format(entries)}
    return package(rows, extra=extra, relations=LINK)


def test_a_formula_gives_way_to_a_value_and_leaves_the_chain():
    data = with_chain(ROWS.replace(' t="s"><v>0', "><v>0"), '<c r="D2" i="1"/><c r="B3"/>')
    out = edited(data, {"D2": "16"})
    assert cells_in(out)["D2"] == '<c r="D2"><v>16</v></c>'
    assert parts(out)["xl/calcChain.xml"].decode() == CHAIN.format('<c i="1" r="B3"/>')
    assert changed_parts(data, out) == {SHEET, "xl/workbook.xml", "xl/calcChain.xml"}


def test_a_chain_without_entries_is_not_referred_to():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row>'
    data = with_chain(rows + BELOW, '<c r="B1" i="1"/>')
    out = parts(edited(data, {"B1": "2"}))
    assert b"calcChain" not in out["xl/_rels/workbook.xml.rels"]
    assert b"calcChain" not in out["[Content_Types].xml"]
    assert out["xl/calcChain.xml"] == parts(data)["xl/calcChain.xml"]


def shared(count: int = 3) -> str:
    first = f'<f t="shared" ref="C1:C{count}" si="0">A1+$B$1&lt;B1</f>'
    formulas = [first, *['<f t="shared" si="0"/>'] * (count - 1)]
    return "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n}</v></c>'
        f'<c r="C{n}"><f>x</f><v>9</v></c></row>'.replace("<f>x</f>", formula)
        for n, formula in enumerate(formulas, start=1)
    )


def test_the_next_cell_takes_a_shared_formula_over():
    out = edited(package(shared()), {"C1": "5"})
    cells = cells_in(out)
    assert cells["C1"] == '<c r="C1"><v>5</v></c>'
    assert '<f t="shared" ref="C2:C3" si="0">A2+$B$1&lt;B2</f>' in cells["C2"]
    assert cells["C3"] == '<c r="C3"><f t="shared" si="0"/><v>9</v></c>'
    sheet = second_opinion(out)
    assert sheet["C3"].value == "=A3+$B$1<B3"


def test_a_shared_formula_with_all_its_cells_edited_goes():
    out = edited(package(shared(2)), {"C1": "5", "C2": "6"})
    assert "<f" not in parts(out)[SHEET].decode()


def test_followers_of_a_shared_formula_depend_on_what_they_look_at():
    cells = cells_in(edited(package(shared()), {"A2": "7"}))
    assert "<v>" not in cells["C2"]
    assert "<v>9</v>" in cells["C1"]
    assert "<v>9</v>" in cells["C3"]


def test_a_part_of_an_array_is_not_changed_alone():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="array" ref="B1:B2">A1:A2</f><v>1</v></c>'
        '</row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>1</v></c></row>'
    )
    for name in ("B1", "B2"):
        with pytest.raises(EditError, match="数组公式"):
            edited(package(rows), {name: "5"})
    assert "<v>" not in cells_in(edited(package(rows), {"A1": "5"}))["B2"]


def test_titles_of_excels_tables_are_left_alone():
    table = (
        '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        ' id="1" name="t" displayName="t" ref="A1:B2"/>'
    )
    link = f'<Relationship Id="r1" Type="{OFFICE}/table" Target="../tables/table1.xml"/>'
    rows = (
        f'<row r="1">{text_cell("A1", "甲")}{text_cell("B1", "乙")}</row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>1</v></c></row>'
    )
    data = package(rows, extra={"xl/tables/table1.xml": table}, sheet_relations=link)
    with pytest.raises(EditError, match="标题"):
        edited(data, {"B1": "丙"})
    assert edited(data, {"B2": "3"})


def test_other_prefixes_and_encodings():
    rows = '<row r="1"><c r="A1" t="n"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    data = package(rows + BELOW)
    sheet = parts(data)[SHEET].decode()
    sheet = re.sub(r"<(/?)(worksheet|sheetData|row|c|v)\b", r"<\1x:\2", sheet)
    sheet = '<?xml version="1.0" encoding="UTF-16"?><!-- 甲 -->' + sheet.replace(
        "xmlns=", "xmlns:x="
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts(data).items():
            archive.writestr(name, sheet.encode("utf-16") if name == SHEET else content)
    out = edited(buffer.getvalue(), {"A1": "文字", "B1": "3"})
    xml = parts(out)[SHEET].decode("utf-16")
    assert (
        '<x:c r="A1" t="inlineStr"><x:is><x:t xml:space="preserve">文字</x:t></x:is></x:c>' in xml
    )
    assert '<x:c r="B1"><x:v>3</x:v></x:c>' in xml


def test_prose_of_a_sheet_is_changed_in_its_cell():
    data = all_on_one_sheet(Changes())
    source = read_document(data, "年报.xlsx")
    session = Session(Path("年报.xlsx"), data, source)
    text = session.paragraph(ParagraphRef(5, 0))
    assert text is not None
    session.apply(TextEdit(ParagraphRef(5, 0), 0, 2, text[:2], "12"))
    out = corrected_xlsx(data, source, {}, session.rewording)
    assert changed_parts(data, out) == {SHEET}
    section = read_document(out, "x").section(5)
    assert section is not None
    assert section.paragraphs[0].text == "12" + text[2:]


def test_no_paragraph_can_be_added():
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"], sheet["A3"] = "一、总体情况", "五、存在的主要问题及改进情况", "无"
    data = saved(book)
    source = read_document(data, "x")
    session = Session(Path("x.xlsx"), data, source)
    session.apply(ParagraphInsertion(ParagraphRef(1, 0), "新的一段。"))
    with pytest.raises(EditError, match="不能添加段落"):
        corrected_xlsx(data, source, {}, session.rewording)


def test_what_is_not_the_file_that_was_read_is_refused(book: bytes):
    source = read_document(book, "x")
    other = package(ROWS.replace("<v>8</v>", "<v>9</v>"), styles=STYLES, strings=STRINGS)
    with pytest.raises(SaveError):
        corrected_xlsx(other, source, {CellRef("t1", 0, 0): "1"})


def rich_book() -> bytes:
    """Return a workbook with comments, conditional formats, data bars and a drawing part."""
    book = load_workbook(BytesIO(sheet_a_table()))
    sheet = book["Sheet2"]
    sheet["D4"].comment = Comment("核对过", "某人")
    sheet.conditional_formatting.add("D4:J28", DataBarRule("min", 0, "max", 9, color="FF638EC6"))
    sheet.conditional_formatting.add("J4:J28", CellIsRule("greaterThan", ["5"]))
    sheet["L4"] = "=SUM(D4:I4)"
    buffer = BytesIO(saved(book))
    whole = parts(buffer.getvalue())
    name = "xl/worksheets/sheet2.xml"
    sparkline = (
        b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
        b' uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups/></ext></extLst>'
    )
    whole[name] = whole[name].replace(b"</worksheet>", sparkline + b"</worksheet>")
    whole["xl/drawings/drawing9.xml"] = "<xdr>文本框</xdr>".encode()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in whole.items():
            archive.writestr(each, content)
    return out.getvalue()


def test_all_else_of_a_rich_workbook_stays_byte_for_byte():
    data = rich_book()
    session = Session(Path("年报.xlsx"), data, read_document(data, "年报.xlsx"))
    place = session.match.places["applications.received.natural_person"]
    cell = session.source.cell(place.ref)
    assert cell is not None
    session.apply(Edit(place.ref, cell.text, "4321"))
    out = corrected_xlsx(data, session.source, session.edits)
    assert changed_parts(data, out) == {"xl/worksheets/sheet2.xml"} | _workbook_part(data)
    before, after = (parts(each)["xl/worksheets/sheet2.xml"].decode() for each in (data, out))
    for name in (cell.provenance.cell, "L4"):
        pattern = rf'<c r="{name}".*?</c>'
        before, after = (re.sub(pattern, "", each) for each in (before, after))
    assert before == after
    again = read_document(out, "年报.xlsx").cell(place.ref)
    assert again is not None
    assert again.text == "4321"


def _workbook_part(data: bytes) -> set[str]:
    """Return the workbook's part if it does not yet ask for computing."""
    asks = b'fullCalcOnLoad="1"' in parts(data)["xl/workbook.xml"]
    return set() if asks else {"xl/workbook.xml"}


def test_excel_of_a_workbook_is_its_copy(tmp_path: Path):
    data = sheet_a_table()
    session = Session(tmp_path / "年报.xlsx", data, read_document(data, "年报.xlsx"))
    result = check_report(session.context())
    write_all(session, result, [spreadsheet_target(tmp_path / "新.xlsx")], overwrite=False)
    assert (tmp_path / "新.xlsx").read_bytes() == data


REPORT = all_on_one_sheet(gap=1)
SOURCE = read_document(REPORT, "年报.xlsx")
CELLS = [
    table.ref(cell)
    for table in SOURCE.tables.values()
    for cell in table.cells
    if cell.text.isdecimal() or not cell.text
]
TEXTS = st.one_of(
    st.integers(0, 10**9).map(str),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=8),
)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(CELLS), TEXTS, max_size=6))
def test_any_edits_read_back(texts: dict[CellRef, str]):
    try:
        out = corrected_xlsx(REPORT, SOURCE, texts)
    except EditError:
        # A character that no file can hold.
        return
    again = read_document(out, "年报.xlsx")
    for ref, text in texts.items():
        cell = again.cell(ref)
        assert cell is not None
        if text.isascii() and text.isdecimal():
            assert Decimal(cell.text) == Decimal(text)
        else:
            assert cell.text == fold(text)
    assert changed_parts(REPORT, out) <= {SHEET}
