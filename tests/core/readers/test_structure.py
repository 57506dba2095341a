"""Sections, title, agency and year of invented reports."""

from __future__ import annotations

import pytest

from core.document import Document, Paragraph, Table
from core.readers.structure import build_document


def report(*texts: str, hint: str | None = None) -> Document:
    return build_document("text", [Paragraph(text) for text in texts], hint)


def outline(document: Document) -> list[tuple[int, str]]:
    return [(section.number, section.heading) for section in document.sections]


SIX = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def test_the_six_sections_with_their_kinds():
    document = report("某市某局2024年政府信息公开工作年度报告", *SIX)
    assert [section.number for section in document.sections] == [0, 1, 2, 3, 4, 5, 6]
    kinds = [section.kind for section in document.sections]
    assert kinds == ["text", "text", "table", "table", "table", "text", "text"]


@pytest.mark.parametrize(
    ("heading", "number", "kind"),
    [
        ("二、行政机关主动公开政府信息情况", 2, "table"),
        ("三、行政机关收到和处理政府信息公开申请情况", 3, "table"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4, "table"),
        ("四、因政府信息公开工作被申请行政复议和提起行政诉讼情况", 4, "table"),
        ("五、政府信息公开工作存在的主要问题及改进情况", 5, "text"),
        ("五、存在的主要问题和改进措施", 5, "text"),
        ("五、存在问题及改进措施", 5, "text"),
        ("六、其他需报告事项", 6, "text"),
        ("一、概述", 1, "text"),
        ("一 . 总体情况", 1, "text"),
        ("　一、 总 体 情 况 ", 1, "text"),
        ("五、其他需要报告的事项", 5, "text"),
    ],
)
def test_wordings_of_headings(heading: str, number: int, kind: str):
    section = report(heading, "正文。").sections[0]
    assert (section.number, section.heading, section.kind) == (number, heading.strip(), kind)


def test_a_heading_whose_numeral_word_makes():
    document = report("总体情况", "正文。", "主动公开政府信息情况")
    assert outline(document) == [(1, "总体情况"), (2, "主动公开政府信息情况")]


def test_wrong_order_and_repetition_stand_as_they_are():
    document = report(SIX[0], "甲。", SIX[3], "乙。", SIX[2], "丙。", SIX[2], "丁。")
    assert [section.number for section in document.sections] == [1, 4, 3, 3]


def test_points_of_a_list_are_no_headings():
    document = report(
        SIX[0], "一、加强领导", "二、完善制度", "三、狠抓落实", SIX[1], SIX[4], "一、存在的主要问题"
    )
    assert [section.number for section in document.sections] == [1, 2, 5]
    assert len(document.sections[0].blocks) == 3


def test_an_own_section_carries_on_the_numbering():
    document = report(*SIX, "无", "七、附件", "见后。")
    assert outline(document)[-1] == (7, "七、附件")


def test_unknown_first_section_before_known_ones():
    document = report("一、基本概况", "正文。", *SIX[1:])
    assert outline(document)[0] == (1, "一、基本概况")


def test_table_of_contents_is_prose():
    document = report("目录", *SIX, *[part for six in SIX for part in (six, "正文。")])
    assert [section.number for section in document.sections] == [0, 1, 2, 3, 4, 5, 6]
    assert len(document.sections[0].blocks) == 7


def test_without_a_known_heading_all_is_one_section():
    document = report("采购合同", "一、标的", "二、价款", "三、交付")
    assert outline(document) == [(0, "")]


def test_sentences_are_no_headings():
    document = report(SIX[0], "一、总体情况良好，全年主动公开信息若干条，没有收到申请。")
    assert [section.number for section in document.sections] == [1]


def test_tables_are_named_in_document_order():
    table = Table("", 1, 1, ())
    blocks = [Paragraph(SIX[0]), table, Paragraph(SIX[1]), table, Paragraph("注"), table]
    document = build_document("html", blocks)
    assert list(document.tables) == ["t1", "t2", "t3"]
    assert document.section_of == {"t1": 1, "t2": 2, "t3": 2}


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("甲市某某商务局2024年政府信息公开工作年度报告", None, 2024),
        ("甲市商务局2024年度政府信息公开工作年度报告", "甲市商务局", 2024),
        ("2019年甲市人民政府办公厅政府信息公开工作年度报告", "甲市人民政府办公厅", 2019),
        ("2023年度甲县政府信息公开工作年度报告", "甲县", 2023),
        ("甲县人民政府2023年政府信息公开工作年度报告", "甲县人民政府", 2023),
        ("甲县人民政府信息公开工作年度报告（2023年）", "甲县人民政府", 2023),
        ("二〇二三年甲市乙局政府信息公开年报", "甲市乙局", 2023),
        ("甲市乙局 ２０２４ 年政府信息公开工作年度报告", "甲市乙局", 2024),
        ("甲市乙局关于2024年度政府信息公开工作年度报告", "甲市乙局", 2024),
        ("××局××年政府信息公开工作年度报告", None, None),
        ("XX局2024年政府信息公开工作年度报告", None, None),
        ("政府信息公开工作年度报告格式模板", None, None),
        ("政府信息公开工作年度报告", None, None),
        ("中华人民共和国政府信息公开工作年度报告格式", None, None),
        ("甲市乙局2023年和2024年政府信息公开工作年度报告", None, None),
    ],
)
def test_title_names_agency_and_year(title: str, agency: str | None, year: int | None):
    document = report(title, *SIX)
    assert document.title
    assert (document.agency, document.year) == (agency, year)


@pytest.mark.parametrize(
    ("sentence", "agency", "year"),
    [
        ("根据有关要求，现就丙市丁局2024年度政府信息公开事项报告如下。", "丙市丁局", 2024),
        ("现将2022年度丙市丁局政府信息公开工作情况报告如下：", "丙市丁局", 2022),
        ("根据《条例》编制丙市丁局2021年政府信息公开工作年度报告。", "丙市丁局", 2021),
        ("现将我局2024年度政府信息公开工作情况报告如下。", None, None),
        ("根据《丙市丁局2024年政府信息公开工作年度报告编制办法》，报告如下。", None, None),
        ("所列数据的统计期限自2021年1月1日起至2021年12月31日止。", None, 2021),
        ("统计期限为2025 年 1 月 1 日至 12 月 31 日。", None, 2025),
        ("统计期限自2020年1月1日至2021年12月31日。", None, None),
        ("丙市丁局政务公开工作有序开展。", None, None),
    ],
)
def test_the_opening_names_what_no_title_says(sentence: str, agency: str | None, year: int | None):
    document = report(sentence, *SIX)
    assert (document.title, document.agency, document.year) == (None, agency, year)


def test_prose_below_the_first_heading_is_not_asked():
    document = report(SIX[0], "现就丙市丁局2024年度政府信息公开事项报告如下。")
    assert (document.title, document.agency, document.year) == (None, None, None)


def test_a_menu_entry_is_not_the_title():
    document = report("政府信息公开年报", "甲市乙局2024年政府信息公开工作年度报告", *SIX)
    assert document.title == "甲市乙局2024年政府信息公开工作年度报告"


def test_title_on_two_lines():
    document = report("丙市丁局", "2024年政府信息公开", "工作年度报告", *SIX)
    assert document.year == 2024
    assert document.title == "2024年政府信息公开工作年度报告"


def test_the_page_title_helps_without_its_site():
    document = report(*SIX, hint="甲市乙局2024年政府信息公开工作年度报告_年报_甲市门户网站")
    assert document.title == "甲市乙局2024年政府信息公开工作年度报告"
    assert (document.agency, document.year) == ("甲市乙局", 2024)
