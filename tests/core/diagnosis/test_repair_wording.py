"""Repairs, reasons and patterns as sentences."""

from decimal import Decimal
from string import Formatter

import pytest

from core.diagnosis import (
    Change,
    Pattern,
    PatternKind,
    Reason,
    ReasonKind,
    Repair,
    because,
    describe_pattern,
    title,
)


class Names:
    """Labels of an invented table."""

    def row_label(self, slot):
        return {"a": "予以公开", "b": "部分公开"}[slot.split(".")[1]]

    def column_label(self, slot):
        return {"x": "自然人", "y": "商业企业"}[slot.split(".")[2]]

    def label(self, slot):
        return f"{self.row_label(slot)}·{self.column_label(slot)}"


FIRST = Change("t.a.x", Decimal(32), Decimal(23))
BLANK = Change("t.a.y", None, Decimal(4))


def test_a_title_says_what_to_change_into_what():
    assert title(Repair((FIRST,), ()), Names()) == "把“予以公开·自然人”由 32 改为 23"
    assert title(Repair((FIRST, BLANK), ()), Names()) == (
        "把“予以公开·自然人”由 32 改为 23，在“予以公开·商业企业”填 4"
    )


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_reason_is_a_sentence_without_gaps(kind):
    repair = Repair((FIRST, BLANK), (), (Reason(kind, (FIRST.slot, BLANK.slot)),))
    sentence = because(repair, Names())
    assert "“予以公开·自然人”" in sentence or "上年" in sentence or "推算" in sentence
    assert not [field for _, field, _, _ in Formatter().parse(sentence) if field]


def test_a_proof_says_that_nothing_else_will_do():
    repair = Repair((FIRST,), (), (Reason(ReasonKind.DIGITS_SWAPPED, (FIRST.slot,)),))
    assert because(repair, Names(), proved=True) == (
        "只改这一格，全表的勾稽关系就都成立；只改别的任何一格都不行；"
        "“予以公开·自然人”的 32 可能是 23 两位数字颠倒"
    )
    assert because(Repair((FIRST,), ()), Names()) == ""


@pytest.mark.parametrize("kind", PatternKind)
def test_a_pattern_says_what_is_known_and_what_is_not(kind):
    columns = "columns" in kind
    choices = (("t.a.x", "t.a.y"), ("t.b.x", "t.b.y")) if columns else (("t.a.x", "t.b.x"),) * 2
    sentence = describe_pattern(Pattern(kind, Decimal(3), choices), Names())
    assert "3" in sentence
    assert ("“自然人”列" in sentence) == columns
    assert ("不能确定是哪一行" if columns else "不能确定是哪一列") in sentence


def test_a_pattern_with_one_choice_leaves_nothing_open():
    pattern = Pattern(PatternKind.MOVED_BETWEEN_COLUMNS, Decimal(3), (("t.a.x", "t.a.y"),))
    assert "不能确定" not in describe_pattern(pattern, Names())
