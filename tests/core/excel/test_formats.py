"""What numbers look like in a cell: the formats that offices use, and what is stored back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.excel.built_in import BUILT_IN
from core.excel.formats import is_rounded, shown_number, shown_text
from core.excel.general import decimal_of, general
from core.excel.references import references_in
from core.excel.typed import typed_number

FORMATS = ("General", "0", "#,##0", "0.00", "#,##0.00", '0"件"', '#,##0"元"', "0.0%", "000", "0_ ")


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("1145", "General", "1145"),
        ("123456789012", "General", "123456789012"),
        ("0.1", "General", "0.1"),
        ("0.3333333333333333", "General", "0.333333333"),
        ("1E+20", "General", "1E+20"),
        ("12", "G/通用格式", "12"),
        ("0", "0", "0"),
        ("12.5", "0", "13"),
        ("-12.5", "0", "-13"),
        ("-0.2", "0", "0"),
        ("1.005", "0.00", "1.01"),
        ("7", "000", "007"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("999", "#,##0", "999"),
        ("12", '0"件"', "12件"),
        ("12", r"0\件", "12件"),
        ("0.125", "0.0%", "12.5%"),
        ("1234567", "#,##0,", "1,235"),
        ("-3", "0;(0)", "(3)"),
        ("0", '0;-0;"零"', "零"),
        ("0", "0;-0;;@", ""),
        ("-5", "#,##0;[Red]-#,##0", "-5"),
        ("200", '[>100]"多"0;0', "多200"),
        ("12", '[>100]"多"0;0', "12"),
        ("5", "0.##", "5"),
        ("5.25", "0.##", "5.25"),
        ("0.5", "#.##", ".5"),
        ("1234567", "0.00E+00", "1.23E+06"),
        ("1.25", "# ?/?", "1 1/4"),
        ("12", "@", "12"),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("45500", "yyyy/m/d", "2024/7/27"),
        ("45500", BUILT_IN[31], "2024年7月27日"),
        ("45500.75", "yyyy-mm-dd hh:mm", "2024-07-27 18:00"),
        ("45500.75", BUILT_IN[34], "下午6时00分"),
        ("61", "yyyy/m/d", "1900/3/1"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("45500", '[DBNum1]yyyy"年"m"月"d"日"', "二○二四年七月二十七日"),
        ("12345", "[DBNum1]General", "一万二千三百四十五"),
        ("10010", "[DBNum2]General", "壹万零壹拾"),
        ("45500", "[$-F800]dddd, mmmm dd, yyyy", "2024年7月27日"),
        ("45500", "aaaa", "星期六"),
    ],
)
def test_a_number_looks_as_its_format_says(value: str, code: str, shown: str):
    assert shown_number(Decimal(value), code) == shown


def test_days_may_be_counted_from_1904():
    assert shown_number(Decimal(44038), "yyyy/m/d", from_1904=True) == "2024/7/27"


@pytest.mark.parametrize("code", ["gge", "0" * 200, "x" * 300, "[h", "bbbb"])
def test_a_format_that_is_not_understood_is_said_to_be(code: str):
    assert shown_number(Decimal(45500), code) is None


@pytest.mark.parametrize("value", ["-1", "1E+300", "3000000"])
def test_what_is_no_day_is_not_shown_as_one(value: str):
    assert shown_number(Decimal(value), "yyyy/m/d") is None


def test_texts_take_what_a_format_puts_around_them():
    assert shown_text("甲", "General") == "甲"
    assert shown_text("甲", '@"件"') == "甲件"
    assert shown_text("甲", ";;;") == ""
    assert shown_text("甲", "0.00") == "甲"


def test_hidden_digits_are_noticed():
    assert is_rounded(Decimal("12.4"), "0")
    assert is_rounded(Decimal("1234.5"), "#,##0")
    assert not is_rounded(Decimal("1234"), "#,##0")
    assert not is_rounded(Decimal("0.12"), "0%")
    assert is_rounded(Decimal("0.125"), "0%")
    assert not is_rounded(Decimal("45500.5"), "yyyy/m/d")


@given(st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False))
def test_any_format_shows_any_number_or_says_that_it_cannot(code: str, value: float):
    shown = shown_number(decimal_of(value), code)
    assert shown is None or isinstance(shown, str)


PIECES = st.sampled_from([*"0#?.,%/;@_*-() ", "E+", "y", "mm", "[h]", '"件"', "General", "[>1]"])


@given(st.lists(PIECES, max_size=12), st.decimals(-(10**12), 10**12, places=3))
def test_any_pieces_of_formats_do(pieces: list[str], value: Decimal):
    shown = shown_number(value, "".join(pieces))
    assert shown is None or isinstance(shown, str)


@given(st.sampled_from(FORMATS), st.integers(0, 10**9))
def test_a_shown_number_typed_again_is_the_number(code: str, number: int):
    value = Decimal(number) / 1000 if "%" in code else Decimal(number)
    shown = shown_number(value, code)
    assert shown is not None
    typed = typed_number(shown.strip(), code)
    assert typed is not None
    assert typed.value == value
    assert shown_number(typed.value, code) == shown


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_keep_their_digits(number: int):
    assert general(Decimal(number)) == str(number)


@pytest.mark.parametrize(
    ("text", "code", "value", "shown"),
    [
        ("12", "General", "12", "12"),
        ("12346", "#,##0", "12346", "12,346"),
        ("12", "0.00", "12", "12.00"),
        ("13", '0"件"', "13", "13件"),
        ("13件", '0"件"', "13", "13件"),
        ("12%", "0%", "0.12", "12%"),
        ("(3)", "0;(0)", "-3", "(3)"),
    ],
)
def test_a_typed_number_is_stored_as_one(text: str, code: str, value: str, shown: str):
    typed = typed_number(text, code)
    assert typed is not None
    assert (typed.value, typed.shown) == (Decimal(value), shown)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12", "@"),
        ("007", "General"),
        ("+4", "General"),
        ("12件", "General"),
        ("12.345", "0.00"),
        ("１２", "General"),
        ("=1+1", "General"),
        ("1234567890123456789", "General"),
        ("见网站", "0"),
        ("0", "0;-0;;@"),
        ("", "0"),
    ],
)
def test_anything_else_stays_text(text: str, code: str):
    assert typed_number(text, code) is None


def test_what_a_formula_looks_at():
    found = references_in("SUM(D4:I4)-$J$4+'一 表'!B2+Sheet2!A:A+3:4", "甲")
    assert found is not None
    areas = [(each.sheet, each.area.top, each.area.left) for each in found]
    assert areas == [("甲", 3, 3), ("甲", 3, 9), ("一 表", 1, 1), ("Sheet2", 0, 0), ("甲", 2, 0)]


@pytest.mark.parametrize(
    "formula",
    ["INDIRECT(A1)", "合计+1", "[1]甲!A1", "表1[总计]", "SUM(一月:三月!A1)", "OFFSET(A1,1,1)"],
)
def test_a_formula_that_does_not_tell_what_it_looks_at(formula: str):
    assert references_in(formula, "甲") is None


def test_functions_and_texts_are_no_references():
    assert references_in('IF(LOG10(2)>TRUE,"A1",1E5)', "甲") == []
