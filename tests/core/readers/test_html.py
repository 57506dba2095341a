"""Web pages read as a browser shows them."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Confidence, Document, Table
from core.errors import UnreadableFileError
from core.forms.match import match
from core.readers.html import read_html
from tests.core.readers.tilings import shape, tilings

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"


def read(page: str) -> Document:
    return read_html(page.encode("utf-8"), "page.html")


def texts(document: Document) -> list[str]:
    return [
        block.text if not isinstance(block, Table) else f"[{block.id}]"
        for section in document.sections
        for block in section.blocks
    ]


def only_table(page: str) -> Table:
    (table,) = read(page).tables.values()
    return table


def markup(table: Table) -> str:
    """Return a table as HTML, every cell with its spans."""
    rows = []
    for row in range(table.rows):
        cells = "".join(
            f"<td rowspan={cell.row_span} colspan={cell.column_span}>{escape(cell.text)}</td>"
            for cell in table.starting_in(row)
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(rows)}</table>"


@given(tilings())
def test_any_spans_and_texts_read_back_the_same(table: Table):
    read_back = only_table(markup(table))
    assert shape(read_back) == shape(table)
    assert (read_back.rows, read_back.columns) == (table.rows, table.columns)


@given(tilings(), st.sampled_from(["utf-8", "gb18030"]), st.sampled_from(["utf-8", "gb2312"]))
def test_any_table_in_any_charset_under_any_name(table: Table, real: str, declared: str):
    page = f"<meta charset={declared}><p>政府信息公开</p>{markup(table)}"
    (read_back,) = read_html(page.encode(real), "page.html").tables.values()
    assert shape(read_back) == shape(table)


def test_prose_is_collapsed_as_in_a_browser_but_not_further():
    page = "<p>  共收到\n   申请&nbsp;&nbsp;12 <b>件</b>。</p><div>　　第二段</div>末段"
    assert texts(read(page)) == ["共收到 申请\xa0\xa012 件。", "　　第二段", "末段"]


def test_scripts_comments_and_hidden_elements_are_left_out():
    page = """<p>见<!-- 无 --><script>x</script><span style="DISPLAY : none">藏</span>此</p>
        <div hidden>藏</div><style>p{}</style><noscript>无</noscript><p style="visibility:hidden">藏
        </p><textarea hidden>藏</textarea><p>末</p>"""
    assert texts(read(page)) == ["见此", "末"]


def test_hidden_cells_take_no_place():
    table = only_table("<table><tr><td>a<td style='display:none'>x<td>b<tr hidden><td>y</table>")
    assert shape(table) == [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b")]


def test_a_page_that_is_hidden_until_its_script_runs_is_read():
    assert texts(read("<body style='display:none'><p>正文</p></body>")) == ["正文"]


def test_hidden_tables_and_deleted_text_are_said():
    document = read("<div hidden><table><tr><td>1<td>2</table></div><p>共<del>12</del>15件</p>")
    assert texts(document) == ["共15件"]
    assert len(document.notices) == 2


def test_breaks_inside_a_paragraph_stay_in_it():
    assert texts(read("<p>甲<br>乙<br/>丙</p>")) == ["甲\n乙\n丙"]


def test_an_empty_line_and_a_heading_divide_a_paragraph():
    page = "甲<br>乙<br><br>丙<p>丁<br>一、总体情况<br>戊</p>"
    document = read(page)
    assert texts(document) == ["甲\n乙", "丙", "丁", "戊"]
    assert document.sections[1].heading == "一、总体情况"


def test_preformatted_text_keeps_its_lines():
    assert texts(read("<pre>甲  乙\n丙</pre>")) == ["甲 乙\n丙"]


def test_cell_text_keeps_breaks_and_loses_padding():
    page = "<table><tr><td><p>商业</p>\n &nbsp; <p> 企业 &nbsp;</p><td>１２<br>\n3</table>"
    assert [cell.text for cell in only_table(page).cells] == ["商业\n企业", "１２\n3"]


def test_white_space_around_a_number_is_no_part_of_it():
    page = "<table><tr><td>\u200b 7 \ufeff</td><td><o:p>&nbsp;</o:p></td></tr></table>"
    assert [cell.text for cell in only_table(page).cells] == ["7", ""]


def test_a_form_field_shows_its_value():
    page = "<table><tr><td>收到</td><td><input value='12'><input type=hidden value=9></td></table>"
    assert [cell.text for cell in only_table(page).cells] == ["收到", "12"]


@pytest.mark.parametrize(
    "page",
    [
        "<table><td>a<td>b<tr><td>c<td>d</table>",
        "<table><tr><td>a<td>b<tr><td>c<td>d",
        "<table><form><tr><td>a<td>b</tr></form><div><tr><td>c<td>d</div></table>",
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody><tr><th>c<th>d</table>",
        "<table><tfoot><tr><td>c<td>d</tfoot><tbody><tr><td>a<td>b</tbody></table>",
        "<table><tbody><tr><td>c<td>d</tbody><thead><tr><td>a<td>b</thead></table>",
        "<table><colgroup><col><col></colgroup><tr><td>a<td>b<tr><td>c<td>d</table>",
        "<table><tr><td>a<td>b<tr><td>c<td>d<tr height=0><td></td><td> </td></tr></table>",
        "<TABLE><TR><TD colspan='x'>a<TD rowspan='-2'>b<TR><TD colspan=0>c<TD>d</TABLE>",
        "<?xml version='1.0' encoding='gb2312'?><table><tr><td>a<td>b<tr><td>c<td>d</table>",
    ],
)
def test_sloppy_markup(page: str):
    cells = [(0, 0, "a"), (0, 1, "b"), (1, 0, "c"), (1, 1, "d")]
    assert [(cell.row, cell.column, cell.text) for cell in only_table(page).cells] == cells


def test_a_row_span_ends_with_its_group_and_zero_fills_it():
    page = """<table><tbody><tr><td rowspan=9>a<td rowspan=0>b<td>c<tr><td>d</tbody>
        <tbody><tr><td>e<td>f<td>g</tbody></table>"""
    spans = {cell.text: (cell.row, cell.column, cell.row_span) for cell in only_table(page).cells}
    assert spans["a"] == (0, 0, 2)
    assert spans["b"] == (0, 1, 2)
    assert spans["e"] == (2, 0, 1)


def test_absurd_spans_are_clamped_to_the_table():
    page = "<table><tr><td colspan=1000 rowspan=65534>a<tr><td>b<tr><td>c<td>d</table>"
    table = only_table(page)
    assert table.rows == 3
    assert table.columns <= 200
    assert [cell.text for cell in table.cells] == ["a", "b", "c", "d"]


def test_text_between_cells_is_prose_before_the_table():
    assert texts(read("<table>单位：件<tr><td>a<td>b</table>")) == ["单位：件", "[t1]"]


def test_layout_tables_are_dissolved():
    page = """<table><tr><td>菜单</td><td><p>甲</p>
        <table><caption>表 一</caption><tr><td>a<td>b</table><p>乙</p></td></tr></table>
        <table><tr><td><p>丙</p></td></tr></table>"""
    document = read(page)
    assert texts(document) == ["菜单", "甲", "[t1]", "乙", "丙"]
    assert document.tables["t1"].caption == "表 一"


def test_a_table_without_any_text_is_a_spacer():
    assert not read("<table><tr><td>&nbsp;<td></table>").tables


def test_provenance_is_the_line_of_the_file():
    document = read("<p>甲\n乙</p>\n<table>\n<tr>\n<td>a</td>\n<td>b</td></tr></table>\n<p>丙</p>")
    section = document.sections[0]
    assert [block.provenance.line for block in section.blocks] == [0, 2, 6]
    assert [cell.provenance.line for cell in section.tables[0].cells] == [4, 5]


def test_cells_are_exact():
    assert {cell.confidence for cell in only_table("<table><tr><td>1<td>2</table>").cells} == {
        Confidence.EXACT
    }


def test_the_articles_own_title_goes_before_the_sites():
    page = """<title>甲市门户</title><meta name="ArticleTitle"
        content="甲市乙局2024年政府信息公开工作年度报告"><p>一、总体情况</p>"""
    document = read(page)
    assert (document.agency, document.year) == ("甲市乙局", 2024)


def test_a_page_without_anything():
    assert read("<!-- -->").sections == ()
    assert read("").sections == ()


@pytest.mark.parametrize("page", ["<div>" * 60_000 + "x", "<b>" * 1_100_000])
def test_what_the_parser_would_lose_is_refused(page: str):
    with pytest.raises(UnreadableFileError, match="原文件没有改动"):
        read(page)


def test_deep_but_honest_nesting_is_read():
    assert texts(read("<div>" * 1_500 + "底")) == ["底"]


def test_two_thousand_empty_layout_levels_do_not_recurse():
    assert texts(read("<table><tr><td>" * 400 + "底")) == ["底"]


@pytest.mark.parametrize("name", ["shanghai_office_2019.html", "pingtan_2024.html"])
def test_real_pages(name: str):
    if not (CORPUS / name).exists():
        pytest.skip("the collection of real reports is not here")
    document = read_html((CORPUS / name).read_bytes(), name)
    expected = json.loads((CORPUS / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    found = match(document)
    slots = {slot: document.cell(place.ref).text for slot, place in found.places.items()}
    assert slots == expected["slots"]
    assert (document.agency, document.year) == (expected["agency"], expected["year"])
    assert found.edition == expected["edition"]
    assert [section.number for section in document.sections] == [0, 1, 2, 3, 4, 5, 6]


def test_a_table_of_too_many_cells_is_refused_before_all_of_them_are_read(monkeypatch):
    monkeypatch.setattr("core.readers.html_table.MAX_CELLS", 10)
    page = b"<table><tr>" + b"<td>1" * 11 + b"</table>"
    with pytest.raises(UnreadableFileError, match="表格太大"):
        read_html(page, "")


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("12<sup>1</sup>", "12¹"),
        ("12<sub>10</sub>件", "12₁₀件"),
        ("12<SUP><a href='#n'>[3]</a></SUP>", "12[³]"),
        ("<sup>2</sup>12", "²12"),
        ("12<span style='VERTICAL-ALIGN: super'>1</span>", "12¹"),
        ("12<span style='vertical-align:sub;color:red'>1</span>", "12₁"),
        ("12<span style='vertical-align:middle'>1</span>", "121"),
        ("12<sup></sup>1", "121"),
        ("12<sup>注</sup>", "12注"),
    ],
)
def test_a_raised_or_lowered_digit_is_no_part_of_a_number(markup: str, shown: str):
    page = f"<p>共{markup}</p><table><tr><td style='vertical-align:super'>1<td>{markup}</table>"
    assert texts(read(page))[0] == f"共{shown}"
    cells = only_table(page).cells
    assert [each.text for each in cells] == ["1", shown]


MENU = "<div id=nav><ul><li>首页</li><li>政务公开</li><li>互动交流</li></ul></div>"
FOOT = "<div class=foot><p>主办单位 备案号 12345678</p><p>关闭</p></div>"
REPORT = (
    "<p>本报告所列数据统计期限为2024年1月1日至12月31日。</p>"
    ""
    "<p>一、总体情况</p><p>共收到申请 3 件。</p>"
    "<p>二、主动公开政府信息情况</p><table><tr><td>规章</td><td>0</td></tr></table>"
    "<h3>五、存在的主要问题及改进情况</h3><p>有不足。</p>"
    "<div>六、其他需要报告的事项</div><p>无。</p>"
)
TITLE = "望川市林业局2024年政府信息公开工作年度报告"


def page(before: str, body: str, behind: str) -> bytes:
    return f"<html><head><title>{TITLE}</title></head><body>{before}{body}{behind}".encode()


def every_text(document: Document) -> list[str]:
    return [p.text for section in document.sections for p in section.paragraphs]


@pytest.mark.parametrize(
    "body",
    [
        f"<div><h1>{TITLE}</h1><div class=content>{REPORT}</div></div>",
        f"<h1>{TITLE}</h1><div class=content>{REPORT}</div>",
        f"<table><tr><td><h1>{TITLE}</h1><div>{REPORT}</div></td></tr></table>",
    ],
)
def test_a_report_is_found_among_menus_and_foot(body: str):
    document = read_html(page(MENU, body, FOOT), "a.html")
    said = every_text(document)
    assert said[0] == TITLE
    assert said[1].startswith("本报告所列数据")
    assert document.sections[-1].paragraphs[-1].text == "无。"
    assert not any("备案号" in text or "互动交流" in text for text in said)
    assert document.agency == "望川市林业局"
    assert any("没有读取" in notice and "5 段" in notice for notice in document.notices)


def test_text_right_behind_the_report_does_not_belong_to_it():
    body = f"<h1>{TITLE}</h1><div class=content>{REPORT}</div>上一篇：无"
    assert "上一篇：无" not in every_text(read_html(page("", body, ""), "a.html"))


def test_a_page_that_is_all_report_keeps_everything():
    document = read_html(page("", f"<h1>{TITLE}</h1>{REPORT}", "<p>（附件略）</p>"), "a.html")
    assert every_text(document)[-1] == "（附件略）"
    assert not document.notices


def test_nothing_is_left_out_where_a_table_would_be():
    table = "<table><tr><td>行政许可</td><td>3</td></tr></table>"
    document = read_html(page(MENU, f"<div>{REPORT}</div>", f"<div>{table}</div>"), "a.html")
    assert len(document.tables) == 2
    assert "首页" in every_text(document)


def test_nothing_is_left_out_where_headings_do_not_tell():
    body = "<div><p>一、总体情况</p><p>收到 3 件。</p></div>"
    assert "首页" in every_text(read_html(page(MENU, body, ""), "a.html"))
