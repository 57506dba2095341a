"""Texts as XML and columns need them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from core.document import Cell, Table
from core.writers.texts import clean, column_widths, line_count, width


@given(st.text(st.characters(), max_size=40))
def test_a_clean_text_is_legal_and_cleaning_it_again_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    element = etree.Element("a")
    element.text = cleaned
    assert etree.fromstring(etree.tostring(element)).text or cleaned == ""
    assert clean(cleaned) == cleaned


def test_a_legal_text_stays_as_it_is() -> None:
    assert clean("甲\t乙\n𠮷 1") == "甲\t乙\n𠮷 1"
    assert clean("一\x0b二\ufffe三\ud800四\r\n五") == "一二三四\n五"


def test_chinese_characters_are_twice_as_wide() -> None:
    assert width("总计 12") == 7
    assert width("商业\n社会公益") == 8


@pytest.mark.parametrize(
    ("text", "available", "lines"), [("", 8, 1), ("总计", 4, 1), ("总计数", 4, 2), ("a\nb", 4, 2)]
)
def test_lines_of_a_text(text: str, available: float, lines: int) -> None:
    assert line_count(text, available) == lines


def test_a_column_is_as_wide_as_its_number_and_no_label_takes_the_page() -> None:
    cells = (Cell(0, 0, "1.申请人无正当理由逾期不补正" * 3), Cell(0, 1, "123456789"), Cell(0, 2))
    label, number, blank = column_widths(Table("t1", 1, 3, cells))
    assert blank < number < label < 30
    assert number > 9
