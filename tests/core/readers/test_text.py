"""Plain text: prose as it stands, tables only where every count fits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Confidence, Document, Table
from core.errors import UnreadableFileError
from core.forms.match import match
from core.readers.markdown import without_marks
from core.readers.text import read_text
from core.readers.text_lines import Piece
from tests.core.readers.printed import (
    FIGURES,
    Invented,
    as_lines,
    as_pipes,
    as_tabs,
    printed,
    slots,
    tables,
)
from tests.core.readers.tilings import shape

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
HEADINGS = {
    "disclosure": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "cases": "四、政府信息公开行政复议、行政诉讼情况",
}
SPACINGS = st.sampled_from([(1, 0), (1, 1), (1, 2), (2, 1), (0, 1), (3, 0), (0, 2)])


def read(text: str) -> Document:
    return read_text(text.encode("utf-8"), "report.txt")


def around(invented: Invented, body: str, gap: str = "\n") -> str:
    return f"{HEADINGS[invented.name]}\n{gap}{body}五、存在的主要问题及改进情况\n无。\n"


def only_table(document: Document) -> Table:
    assert document.notices == ()
    (table,) = document.tables.values()
    return table


def uncertain(table: Table) -> list[int]:
    return [cell.row for cell in table.cells if cell.confidence is Confidence.UNCERTAIN]


@given(tables())
def test_any_table_in_pipes_reads_back_the_same(invented: Invented):
    table = only_table(read(around(invented, as_pipes(invented.table), "")))
    assert shape(table) == shape(invented.table)


@given(tables(), SPACINGS)
def test_any_table_in_lines_reads_back_the_same(invented: Invented, spacing: tuple[int, int]):
    lines = as_lines(invented.table, *spacing)
    table = only_table(read(around(invented, "\n".join([*lines, ""]))))
    assert shape(table) == shape(invented.table)
    assert not uncertain(table)


@given(tables(FIGURES))
def test_lines_without_any_empty_line_are_read_if_nothing_is_blank(invented: Invented):
    lines = as_lines(invented.table, 0, 0)
    table = only_table(read(around(invented, "\n".join([*lines, ""]))))
    assert shape(table) == shape(invented.table)


@given(tables(), st.booleans())
def test_any_table_in_tabs_reads_back_the_same(invented: Invented, is_grid: bool):
    table = only_table(read(around(invented, as_tabs(invented.table, is_grid), "")))
    assert shape(table) == shape(invented.table)


@given(tables(), st.data())
def test_a_lost_or_added_empty_line_is_never_silently_wrong(
    invented: Invented, data: st.DataObject
):
    between, at_end = data.draw(st.sampled_from([(1, 0), (1, 1), (0, 1), (2, 1)]))
    lines = as_lines(invented.table, between, at_end)
    empty = [index for index, line in enumerate(lines) if not line]
    index = data.draw(st.sampled_from(empty))
    if data.draw(st.booleans()):
        del lines[index]
    else:
        lines.insert(index, "")
    document = read(around(invented, "\n".join([*lines, ""])))
    if document.tables:
        (table,) = document.tables.values()
        assert shape(table) == shape(invented.table) or (uncertain(table) and table.notes)
    else:
        assert document.notices


@given(tables(), st.data())
def test_a_lost_or_added_bar_is_never_silently_wrong(invented: Invented, data: st.DataObject):
    text = as_pipes(invented.table)
    bars = [index for index, character in enumerate(text) if character == "|"]
    index = data.draw(st.sampled_from(bars))
    added = data.draw(st.booleans())
    changed = text[:index] + ("||" if added else "") + text[index + 1 :]
    document = read(around(invented, changed, ""))
    if document.tables:
        (table,) = document.tables.values()
        assert shape(table) == shape(invented.table) or (uncertain(table) and table.notes)


def applications(figure: str = "0", **special: str) -> dict[str, str]:
    values = dict.fromkeys(slots("2021", "applications"), figure)
    return values | {
        f"applications.{key}".replace("__", "."): text for key, text in special.items()
    }


def test_a_row_without_its_total_keeps_the_place_uncertain():
    table = printed("2021", "applications", applications(refused_process__total=""))
    document = read(as_pipes(table))
    (found,) = document.tables.values()
    row = [cell for cell in found.cells if cell.row == 12 and cell.column >= 3]
    assert [cell.text for cell in row] == ["0"] * 6 + [""]
    assert {cell.confidence for cell in row[:-1]} == {Confidence.ALIGNED}
    assert row[-1].confidence is Confidence.UNCERTAIN
    assert row[-1].readings == ("",)
    assert "属于四类过程性信息" in found.notes[0]
    others = {c.confidence for c in found.cells if c.row != 12}
    assert others == {Confidence.EXACT}


def test_a_row_of_lines_without_its_last_cell():
    table = printed("2021", "applications", applications())
    lines = as_lines(table, 1, 1)
    last = next(i for i, line in enumerate(lines) if line.startswith("6.属于四类")) + 14
    assert lines[last] == "0"
    del lines[last : last + 2]
    document = read("\n".join(lines))
    (found,) = document.tables.values()
    assert uncertain(found) == [12]
    assert document.notices == ()


def test_totals_that_no_row_has_are_blank_and_not_missing():
    values = {
        slot: "" if slot.endswith(".total") else "3" for slot in slots("2021", "applications")
    }
    table = printed("2021", "applications", values)
    found = only_table(read(as_pipes(table)))
    assert shape(found) == shape(table)
    assert not uncertain(found)


def test_where_blank_lines_were_lost_nothing_is_guessed():
    values = applications("", received__natural_person="1", received__total="1")
    lines = [line for line in as_lines(printed("2021", "applications", values), 1, 1) if line]
    document = read("\n".join([HEADINGS["applications"], *lines, ""]))
    assert not document.tables
    (notice,) = document.notices
    assert "没有猜测任何数字" in notice
    assert [p.text for p in document.sections[0].paragraphs] == lines


def test_the_notice_names_the_place():
    lines = as_lines(printed("2021", "applications", applications("")), 1, 1)
    index = next(i for i, line in enumerate(lines) if line.startswith("2.重复申请"))
    del lines[index + 3]
    (notice,) = read("\n".join([*lines, "五、存在的主要问题及改进情况"])).notices
    assert f"第 {index + 1} 行" in notice or "2.重复申请" in notice


def test_labels_that_differ_by_characters_and_spaces():
    text = as_pipes(printed("2021", "applications", applications()))
    for printed_label, found in (
        ("7.属于行政执法案卷", "7.属于行政执法案件"),
        ("商业企业", "商业 企业"),
        ("（三）不予公开", "(三)不予公开"),
        ("3.其他", "3．其他情形"),
        ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", ""),
    ):
        assert printed_label in text
        text = text.replace(printed_label, found, 1)
    found = only_table(read(text))
    assert (found.rows, found.columns) == (28, 10)
    assert found.cells[0].text == ""


def test_a_note_that_is_blank_in_lines():
    table = printed("2021", "applications", applications("2"))
    lines = as_lines(table, 1, 1)
    start = lines.index("申请人情况")
    found = only_table(read("\n".join([*lines[start:], "备注：无。", ""])))
    assert shape(found)[1:] == shape(table)[1:]
    assert (found.cells[0].row_span, found.cells[0].column_span) == (3, 3)


def test_three_tables_in_one_run_of_bars():
    first = printed("2021", "disclosure", dict.fromkeys(slots("2021", "disclosure"), "1"))
    second = printed("2021", "applications", applications())
    third = printed("2021", "cases", dict.fromkeys(slots("2021", "cases"), "4"))
    document = read(as_pipes(first) + as_pipes(second) + as_pipes(third))
    assert [shape(table) for table in document.tables.values()] == list(
        map(shape, (first, second, third))
    )


def test_rows_on_one_line_each():
    table = printed("2021", "applications", applications("5"))
    lines = []
    for row in range(table.rows):
        cells = [cell.text for cell in table.starting_in(row)]
        lines.append(" | ".join([*cells, *[""] * (table.columns - len(cells))]) + " |")
    assert shape(only_table(read("\n".join(lines)))) == shape(table)


def test_a_remark_in_bars_after_the_table_stays_prose():
    table = printed("2021", "cases", dict.fromkeys(slots("2021", "cases"), "4"))
    document = read(as_pipes(table) + "备注：均为涉及政府信息公开的案件 |\n")
    assert shape(only_table(document)) == shape(table)
    assert [p.text for p in document.sections[0].paragraphs] == [
        "备注：均为涉及政府信息公开的案件 |"
    ]


def test_a_text_in_a_number_cell_stays_there():
    table = printed("2021", "applications", applications(received__business="见附件"))
    for text in (as_pipes(table), "\n".join([*as_lines(table, 1, 1), "完"])):
        assert shape(only_table(read(text))) == shape(table)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_prose_keeps_its_white_space_and_place(end: str):
    text = end.join(["　　甲  乙", "", "\t丙 ", "一、总体情况", "丁"])
    document = read(text)
    opening = document.sections[0].paragraphs
    assert [paragraph.text for paragraph in opening] == ["　　甲  乙", "\t丙 "]
    assert [paragraph.provenance.line for paragraph in opening] == [0, 2]
    for paragraph in [*opening, *document.sections[1].paragraphs]:
        place = paragraph.provenance
        assert text[place.start : place.end] == paragraph.text
    assert document.sections[1].heading_provenance.line == 3


@given(tables(), st.sampled_from(["\n", "\r\n"]))
def test_every_cell_says_where_it_stands(invented: Invented, end: str):
    for body in (as_pipes(invented.table), "\n".join([*as_lines(invented.table, 1, 1), ""])):
        text = around(invented, body).replace("\n", end)
        for cell in only_table(read(text)).cells:
            place = cell.provenance
            if cell.text:
                assert text[place.start : place.end] == cell.text
                assert text[: place.start].count("\n") == place.line


def test_prose_around_the_tables_keeps_its_order():
    table = printed("2021", "cases", dict.fromkeys(slots("2021", "cases"), "4"))
    document = read(f"前言\n{HEADINGS['cases']}\n单位：件\n{as_pipes(table)}备注：无。\n扫一扫\n")
    section = document.sections[1]
    kinds = [block.text if not isinstance(block, Table) else "[t]" for block in section.blocks]
    assert kinds == ["单位：件", "[t]", "备注：无。", "扫一扫"]


def test_text_that_is_no_report():
    document = read("会议纪要\n一、时间\n二、地点\n行政复议\n1\n2\n")
    assert not document.tables
    assert document.notices == ()


OWN_ROW = """第二十条第（一）项 |
|||
信息内容 |
本年制发件数 |
本年废止件数 |
现行有效件数 |
规章 |
1 |
0 |
3 |
其他主动公开文件 |
4 |
|
5 |
"""


def test_a_row_of_the_reports_own_stays_in_its_place():
    first, others = as_pipes(
        printed("2021", "disclosure", dict.fromkeys(slots("2021", "disclosure"), "7"))
    ).split("行政规范性文件", 1)
    assert "规章" in first
    found = only_table(read(f"{OWN_ROW}行政规范性文件{others}"))
    assert found.rows == 15
    assert [found.at(3, column).text for column in range(4)] == ["其他主动公开文件", "4", "", "5"]
    assert [found.at(4, column).text for column in range(4)] == ["行政规范性文件", "7", "7", "7"]
    document = read("\n".join([*as_lines(found, 1, 1), "五、存在的主要问题及改进情况"]))
    assert shape(only_table(document)) == shape(found)


def test_a_file_of_nothing_but_line_ends_is_refused():
    with pytest.raises(UnreadableFileError, match="5 万行"):
        read("\n" * 700_000 + "完")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("# 一 、 总体 ##", "一 、 总体"),
        ("# 总体 # #", "总体 #"),
        ("# 总体#", "总体#"),
        ("# ##", "##"),
        ("# 总体" + " " * 200_000 + "情况", "总体" + " " * 200_000 + "情况"),
    ],
)
def test_the_marks_at_the_end_of_a_heading_go_at_once(line: str, said: str):
    piece = Piece(line, 0, len(line), 1)
    rule = Piece("|---|---|", 0, 9, 2)
    assert without_marks([piece, rule])[0].text == said


def test_many_lines_that_look_like_a_beginning():
    document = read("行政复议\n" * 3_000 + "第二十条第（一）项 |\n" * 500)
    assert not document.tables


@pytest.mark.parametrize("name", ["000_ca9bb7c3f55f45e5.txt", "004_de53b01729c18d18.txt"])
def test_real_texts(name: str):
    document, expected = real(name)
    found = match(document)
    texts = {slot: document.cell(place.ref).text for slot, place in found.places.items()}
    known = {slot: text for slot, text in texts.items() if slot not in expected["unknown"]}
    assert known == expected["slots"]
    for slot in expected["unknown"]:
        assert found.places[slot].confidence is Confidence.UNCERTAIN
        assert found.places[slot].readings == ("",)
    assert (document.agency, document.year) == (expected["agency"], expected["year"])
    assert found.edition == expected["edition"]
    assert [section.number for section in document.sections] == [0, 1, 2, 3, 4, 5, 6]


def real(name: str) -> tuple[Document, dict[str, dict[str, str]]]:
    if not (CORPUS / name).exists():
        pytest.skip("the collection of real reports is not here")
    expected = json.loads((CORPUS / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    return read_text((CORPUS / name).read_bytes(), name), expected
