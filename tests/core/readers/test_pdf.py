"""PDF files: every number in its cell whatever pages do to tables, or a sentence."""

from __future__ import annotations

import pytest

from core.document import Confidence, Document
from core.errors import Cancelled, UnreadableFileError
from core.forms.match import match
from core.readers import pdf, pdf_glyphs, pdf_layout, pdf_page, read_here
from core.readers.pdf import read_pdf
from core.readers.pdf_marks import Box, Page, turn
from tests.core.rules.reports import Changes, report
from tests.documents.pdf_pages import A4, Book, Layout, Sheet, pdf_file, report_pdf

BIG = {"disclosure.fees.amount": "1234567.89", "applications.handled.total": "98765432"}
REPORTS = {
    "filled": Changes(),
    "big": Changes(slots=BIG),
    "blank": Changes(filled="", slots={"applications.received.total": "3"}),
    "2019": Changes(edition="2019"),
}
LAYOUTS = {
    "strokes": Layout(),
    "fills": Layout(style="fill"),
    "short pages": Layout(bottom=300),
    "rows cut": Layout(bottom=475, cut=True),
    "rows cut, fills": Layout(bottom=331, cut=True, style="fill"),
    "rows cut, not closed": Layout(bottom=286, cut=True, closed=False),
    "not closed": Layout(bottom=376, closed=False),
    "headers repeated": Layout(bottom=400, repeat=3),
    "running title": Layout(bottom=420, header="云溪市人民政府办公室编印"),
}


def slots_of(document: Document) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for slot, place in match(document).places.items():
        cell = document.cell(place.ref)
        found[slot] = cell.text if cell is not None and not place.readings else None
    return found


def texts(document: Document) -> list[str]:
    return [part.text for section in document.sections for part in section.paragraphs]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as error:
        read_here(data, "年报.pdf")
    sentence = str(error.value)
    assert sentence.endswith("。")
    assert "原文件没有改动" in sentence
    return sentence


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("changes", REPORTS.values(), ids=REPORTS)
def test_every_slot_as_it_was_laid_out(changes: Changes, layout: Layout):
    source = report(changes)
    read = read_here(report_pdf(source, layout=layout), "x")
    assert read.format == "pdf"
    assert slots_of(read) == slots_of(source)
    assert len(read.tables) == 3
    assert [part.heading for part in read.sections] == [part.heading for part in source.sections]
    assert texts(read) == texts(source)
    assert (read.title, read.agency, read.year) == (source.title, source.agency, source.year)
    assert not read.notices


def test_drawings_inside_forms_are_at_their_place():
    source = report(Changes())
    read = read_pdf(report_pdf(source, scale=3.0), "x")
    assert slots_of(read) == slots_of(source)


def test_cells_and_paragraphs_say_where_they_stand():
    read = read_pdf(report_pdf(report(Changes()), layout=Layout(bottom=300)), "x")
    table = read.tables["t2"]
    handled = next(cell for cell in table.cells if cell.text.startswith("三、本年度"))
    pages = [area.page for area in handled.provenance.areas]
    assert len(pages) > 1
    assert pages == sorted(set(pages))
    assert [area.page for area in table.provenance.areas][-1] >= pages[-1]
    for cell in table.cells:
        assert all(0 < area.left < area.right < A4[0] for area in cell.provenance.areas)
        assert all(0 < area.top < area.bottom < A4[1] for area in cell.provenance.areas)
    (title,) = read.sections[0].paragraphs[0].provenance.areas
    assert title.page == 0
    assert title.top == pytest.approx(60, abs=3)


def landscape(*texts: tuple[float, float, str]) -> Sheet:
    sheet = Sheet(842.0, 595.0)
    for x in (100, 300, 400):
        sheet.rule(x, 100, x, 140)
    for y in (100, 120, 140):
        sheet.rule(100, y, 400, y)
    for place in (
        (110, 105, "A规章"),
        (320, 105, "12"),
        (110, 125, "B许可"),
        (320, 125, "7"),
        *texts,
    ):
        sheet.text(*place)
    return sheet


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("drawn", [0, 90, 180, 270])
def test_rotated_and_landscape_pages(rotate: int, drawn: int):
    # PDFium passes over sideways text without ink, and the test font has ink for Latin only.
    sheet = landscape((100, 60, "1、总体情况"))
    width, height = sheet.width, sheet.height
    turns = {
        0: "1 0 0 1 0 0 cm",
        90: f"0 1 -1 0 {height} 0 cm",
        180: f"-1 0 0 -1 {width} {height} cm",
        270: f"0 -1 1 0 0 {width} cm",
    }
    size = (width, height) if drawn in (0, 180) else (height, width)
    page = Sheet(*size, rotate=rotate, ops=[turns[drawn], *sheet.ops])
    read = read_pdf(pdf_file(page), "x")
    (table,) = read.tables.values()
    assert [cell.text for cell in table.cells] == ["A规章", "12", "B许可", "7"]
    assert read.sections[0].heading == "1、总体情况"
    (area,) = table.cells[1].provenance.areas
    shown = size if rotate in (0, 180) else size[::-1]
    assert 0 < area.left < area.right < shown[0]
    assert 0 < area.top < area.bottom < shown[1]
    if rotate == drawn == 0:
        assert (area.left, area.top, area.right, area.bottom) == (300, 100, 400, 120)


@pytest.mark.parametrize("turns", range(5))
def test_a_place_on_a_turned_page_is_one_on_the_page_as_shown(turns: int):
    page = Page(2, 600, 800, images=[Box(10, 20, 110, 50)])
    for _ in range(turns):
        turn(page)
    area = page.area(page.images[0])
    assert (area.page, area.left, area.top, area.right, area.bottom) == (2, 10, 20, 110, 50)


def test_radicals_and_compatibility_ideographs_only_are_folded():
    sheet = Sheet()
    sheet.text(60, 60, "⼀、总体情况")
    sheet.text(60, 90, "公开⼈⺠⽬录（ＡＢ）①，共㈠件\uf9dd")
    read = read_pdf(pdf_file(sheet), "x")
    assert read.sections[0].heading == "一、总体情况"
    assert texts(read) == ["公开人⺠目录（ＡＢ）①，共㈠件利"]


def test_tables_without_rules_are_offered_as_readings():
    source = report(Changes())
    read = read_pdf(report_pdf(source, layout=Layout(ruled=False)), "x")
    wanted, found = slots_of(source), match(read).places
    assert len(found) > 150
    for slot, place in found.items():
        cell = read.cell(place.ref)
        assert cell is not None
        assert (cell.text, cell.confidence) == ("", Confidence.UNCERTAIN)
        assert cell.readings == (wanted[slot],)
    assert any("没有框线" in notice for notice in read.notices)


def test_prose_in_a_frame_is_prose():
    sheet = Sheet()
    sheet.frame(50, 50, 400, 140)
    sheet.text(80, 60, "一、总体情况", 12)
    sheet.text(84, 80, "本年度依法公开各类政府信息，按时办理申请。", 12)
    sheet.text(84, 100, "培训还不够。", 12)
    read = read_pdf(pdf_file(sheet), "x")
    assert not read.tables
    assert read.sections[0].heading == "一、总体情况"
    assert "".join(texts(read)) == "本年度依法公开各类政府信息，按时办理申请。培训还不够。"


def test_paragraphs_go_on_over_lines_and_pages():
    long = "本年度在网站主动公开各类信息依法办理申请严格审核内容组织业务培训" * 9
    book = Book(Layout(bottom=160))
    for text in ("一、总体情况", long, "第二段很短。", long):
        book.paragraph(text)
    read = read_pdf(book.data(), "x")
    assert texts(read) == [long, "第二段很短。", long]
    assert len(book.sheets) > 3
    assert len(read.sections[0].paragraphs[0].provenance.areas) > 1


def test_a_number_in_a_table_is_never_a_page_number():
    sheet = landscape()
    for y in (540, 560, 580):
        sheet.rule(300, y, 500, y)
    for x in (300, 400, 500):
        sheet.rule(x, 540, x, 580)
    sheet.text(340, 545, "甲")
    sheet.text(440, 545, "乙")
    sheet.text(340, 565, "- 1 -")
    sheet.text(440, 565, "1")
    read = read_pdf(pdf_file(sheet), "x")
    assert [cell.text for cell in read.tables["t2"].cells] == ["甲", "乙", "- 1 -", "1"]


@pytest.mark.parametrize("before", ["3 Tr", "1 g"])
def test_text_that_nobody_sees_is_left_out_and_told(before: str):
    sheet = landscape((60, 300, "看得见的字"))
    sheet.text(350, 125, "999", before=before)
    read = read_pdf(pdf_file(sheet), "x")
    assert "999" not in {cell.text for cell in read.tables["t1"].cells}
    assert [cell.text for cell in read.tables["t1"].cells][-1] == "7"
    assert any("看不见" in notice for notice in read.notices)


def test_text_enlarged_beyond_all_numbers_is_left_out():
    sheet = Sheet()
    sheet.text(60, 90, "看得见的字")
    sheet.ops.append("q " + "2 0 0 2 0 0 cm " * 300)
    sheet.text(60, 60, "看不见的字")
    assert texts(read_here(pdf_file(sheet), "x")) == ["看得见的字"]


def test_white_text_on_a_colour_is_read():
    sheet = Sheet()
    sheet.fill(50, 50, 300, 80, 0.2)
    sheet.text(60, 60, "一、总体情况", before="1 g")
    read = read_pdf(pdf_file(sheet), "x")
    assert read.sections[0].heading == "一、总体情况"
    assert not read.notices


def test_two_numbers_in_a_cell_are_no_other_number():
    sheet = landscape((350, 125, "29"))
    cells = read_pdf(pdf_file(sheet), "x").tables["t1"].cells
    assert cells[-1].text == "7 29"


@pytest.mark.parametrize(
    ("lines", "text", "readings"),
    [
        (("8059", "2"), "80592", ()),
        (("1", "2"), "", ("12", "1 2")),
        (("10", "5"), "", ("105", "10 5")),
    ],
)
def test_a_number_on_two_lines(lines: tuple[str, str], text: str, readings: tuple[str, ...]):
    sheet = Sheet()
    width = 5 * len(lines[0]) + 10
    for x in (100, 200, 200 + width):
        sheet.rule(x, 100, x, 130)
    for y in (100, 130):
        sheet.rule(100, y, 200 + width, y)
    sheet.text(110, 105, "规章")
    sheet.text(205, 103, lines[0])
    sheet.text(205, 116, lines[1])
    cell = read_pdf(pdf_file(sheet), "x").tables["t1"].cells[1]
    assert (cell.text, cell.readings) == (text, readings)


def test_a_footnote_mark_joins_no_number():
    sheet = landscape()
    sheet.text(331, 105.5, "1", 5)
    cells = read_pdf(pdf_file(sheet), "x").tables["t1"].cells
    assert cells[1].text == "12¹"


def test_a_number_cut_off_at_the_edge_of_the_paper_is_uncertain():
    sheet = Sheet()
    for y in (100, 120, 140):
        sheet.rule(100, y, 700, y)
    for x in (100, 300, 550):
        sheet.rule(x, 100, x, 140)
    for place in ((110, 105, "A规章"), (320, 105, "12"), (110, 125, "B许可"), (570, 125, "8672")):
        sheet.text(*place)
    read = read_pdf(pdf_file(sheet), "x")
    last = read.tables["t1"].at(1, 2)
    assert last is not None
    assert (last.confidence, last.readings) == (Confidence.UNCERTAIN, ("8672",))
    assert any("超出纸张" in notice for notice in read.notices)


def test_a_second_report_is_noticed_and_lends_no_table():
    first = report(Changes(without_tables=("cases",)))
    second = report(Changes(agency="安河县人民政府", filled="9"))
    read = read_pdf(report_pdf(first, second), "x")
    assert [notice for notice in read.notices if "不止一份报告" in notice]
    assert slots_of(read) == slots_of(first)
    found = match(read)
    assert "cases" not in found.tables
    assert set(found.repeated.values()) == {"disclosure", "applications"}
    assert read.agency == first.agency


def test_a_scanned_file_is_recognised():
    page = Sheet(image=(0, 0, *A4))
    assert "扫描件" in refusal(pdf_file(page, page))
    hidden = Sheet(image=(0, 0, *A4))
    hidden.text(
        60, 60, "一、总体情况本年度主动公开各类信息依法办理申请严格审核内容" * 2, before="3 Tr"
    )
    assert "扫描件" in refusal(pdf_file(hidden))
    assert "没有可以读取的文字" in refusal(pdf_file(Sheet()))


def test_a_scanned_page_among_others_is_told():
    read = read_pdf(pdf_file(landscape(), Sheet(image=(0, 0, *A4))), "x")
    assert [notice for notice in read.notices if "第 2 页是扫描的图片" in notice]


def test_locked_and_broken_files():
    data = pdf_file(landscape())
    assert "密码" in refusal(pdf_file(landscape(), password=True))
    assert "损坏" in refusal(b"%PDF-1.7\nnothing")
    assert "损坏" in refusal(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    assert "损坏" in refusal(data[: len(data) // 2])


@pytest.mark.parametrize(
    ("module", "limit", "value", "said"),
    [
        (pdf, "MAX_PAGES", 1, "页数太多"),
        (pdf, "MAX_GLYPHS", 3, "文字太多"),
        (pdf_glyphs, "MAX_GLYPHS", 3, "文字太多"),
        (pdf_page, "MAX_OBJECTS", 3, "图形太多"),
        (pdf_page, "MAX_POINTS", 3, "图形太多"),
        (pdf_layout, "MAX_RULES", 3, "线条太多"),
    ],
)
def test_limits(module, limit: str, value: int, said: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, limit, value)
    assert said in refusal(pdf_file(landscape(), landscape()))


def test_reading_can_be_stopped():
    def stop(_done: int, _total: int, /) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_pdf(pdf_file(landscape()), "x", stop)
