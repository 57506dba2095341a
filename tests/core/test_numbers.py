"""Numbers as reports write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.model import SlotKind
from core.numbers import chinese_number, is_blank, number_in, parse_number, plain


@pytest.mark.parametrize("text", ["", " ", "/", "-", "—", "–", "——", "无", "　", "／", "－"])
def test_blanks_are_blank_and_no_number(text):
    assert is_blank(text)
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("12", "12"),
        ("１２", "12"),
        ("1,234", "1234"),
        ("1，234", "1234"),
        ("1 234", "1234"),
        ("12件", "12"),
        ("-3", "-3"),
        ("－3", "-3"),
        ("−3", "-3"),
        ("007", "7"),
        ("1.50", "1.5"),
        ("三十五", "35"),
        ("二〇二四", "2024"),
        ("两件", "2"),
    ],
)
def test_numbers_are_read_as_written(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "见附件",
        "1 2",
        "1,23",
        "12,3456",
        "3+4",
        "1/2",
        "∞",
        "NaN",
        "1e400",
        "9" * 5000,
        "=1",
        "1.2.3",
        "12²",
        "12①",
        "1½",
    ],
)
def test_what_is_no_number_is_none(text):
    assert parse_number(text) is None
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("251000元", "25.1"),
        ("25.1万元", "25.1"),
        ("3亿元", "30000"),
        ("80592", "80592"),
        ("0", "0"),
    ],
)
def test_amounts_are_in_ten_thousands(text, value):
    assert number_in(text, SlotKind.AMOUNT) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"), [("减4", -4), ("增4", 4), ("+4", 4), ("-4", -4), ("减少12项", -12)]
)
def test_changes_have_signs_in_words(text, value):
    assert number_in(text, SlotKind.CHANGE) == value
    assert number_in("减4", SlotKind.COUNT) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("廿一", 21), ("一百零五", 105), ("一万两千", 12000), ("十", 10), ("三亿零五", 300000005)],
)
def test_chinese_numerals(text, value):
    assert chinese_number(text) == value


@pytest.mark.parametrize("text", ["", "十十", "一二十", "百", "年"])
def test_broken_chinese_numerals_never_raise(text):
    assert chinese_number(text) in (None, Decimal(100))


@given(st.integers(-(10**20), 10**20))
def test_a_number_survives_being_written(value):
    assert parse_number(plain(Decimal(value))) == value


@given(st.decimals(-(10**9), 10**9, places=4))
def test_an_amount_survives_being_written(value):
    assert number_in(plain(value), SlotKind.AMOUNT) == value


@given(st.text(max_size=40))
def test_any_text_is_read_without_raising(text):
    for kind in SlotKind:
        number_in(text, kind)
