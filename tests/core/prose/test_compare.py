"""A statement beside the tables: readings, rounding, shares, and what cannot be said."""

from decimal import Decimal

import pytest

from core.prose import Certainty, Kind, Outcome, compare, statements_in

RECEIVED, CARRIED_IN = "applications.received.total", "applications.carried_in.total"
HANDLED, CARRIED_OUT = "applications.handled.total", "applications.carried_out.total"
PERMITS, FEES = "disclosure.permits.decisions", "disclosure.fees.amount"


def only(text, year=2023):
    (statement,) = statements_in(text, year)
    return statement


def against(statement, **numbers):
    """Compare with slots given by short names; any other slot is zero."""
    names = {"received": RECEIVED, "carried_in": CARRIED_IN, "handled": HANDLED}
    names |= {"carried_out": CARRIED_OUT, "permits": PERMITS, "fees": FEES}
    values = {names.get(name, f"applications.{name}.total"): n for name, n in numbers.items()}

    def value_of(slot):
        number = values.get(slot, 0)
        return None if number is None else Decimal(str(number))

    return compare(statement, value_of)


def test_one_reading_agrees_or_differs():
    statement = only("收到政府信息公开申请12件。")
    assert against(statement, received=12).outcome is Outcome.AGREES
    differs = against(statement, received=11)
    assert differs.outcome is Outcome.DIFFERS
    assert differs.reading.slots == (RECEIVED,)
    assert differs.table == 11


def test_either_reading_will_do_and_the_one_that_holds_is_named():
    statement = only("共收到政府信息公开申请12件。")
    assert statement.certainty is Certainty.TWO_READINGS
    assert against(statement, received=12).reading.slots == (RECEIVED,)
    both = against(statement, received=10, carried_in=2)
    assert both.outcome is Outcome.AGREES
    assert both.reading.slots == (RECEIVED, CARRIED_IN)
    assert against(statement, received=10, carried_in=1).outcome is Outcome.DIFFERS


def test_nothing_is_said_while_a_reading_has_no_number():
    statement = only("共收到政府信息公开申请12件。")
    assert against(statement, received=10, carried_in=None).outcome is Outcome.CANNOT_SAY
    assert against(statement, received=12, carried_in=None).outcome is Outcome.AGREES


def test_a_hint_may_agree_and_never_differs():
    statement = only("公示行政许可120条。")
    assert statement.certainty is Certainty.HINT
    assert against(statement, permits=120).outcome is Outcome.AGREES
    assert against(statement, permits=300).outcome is Outcome.CANNOT_SAY


def test_one_number_can_be_less_another():
    statement = only("政府信息公开申请当年办结9件。")
    assert against(statement, handled=11, carried_in=2).outcome is Outcome.AGREES
    assert against(statement, handled=9, carried_in=2).outcome is Outcome.AGREES
    assert against(statement, handled=10, carried_in=2).outcome is Outcome.DIFFERS


@pytest.mark.parametrize(
    ("words", "fits", "misses"),
    [
        ("120件", [120], [119, 121]),
        ("2.5万宗", [24500, 25000, 25500], [24499, 25501]),
        ("约120件", [110, 120, 132], [100, 140]),
        ("近120件", [112, 120], [100, 121]),
        ("120余件", [120, 131], [119, 140]),
        ("超过120件", [120, 131], [119, 140]),
        ("一百二十件", [120], [121]),
        ("十余件", [10, 19], [9, 25]),
    ],
)
def test_a_rounded_number_stands_for_a_range(words, fits, misses):
    statement = only(f"行政许可处理决定数量{words}。")
    assert [n for n in fits if against(statement, permits=n).outcome is not Outcome.AGREES] == []
    assert [n for n in misses if against(statement, permits=n).outcome is Outcome.AGREES] == []


@pytest.mark.parametrize(
    ("words", "fits", "misses"),
    [
        ("3.5万元", ["3.5", "3.46", "3.5499"], ["3.44", "3.6"]),
        ("1.2亿元", ["12000", "12400"], ["11000"]),
        ("251000元", ["25.1"], ["25.2", "251000"]),
        ("0元", ["0"], ["0.1"]),
    ],
)
def test_money_is_compared_in_ten_thousands(words, fits, misses):
    statement = only(f"行政事业性收费金额{words}。")
    assert statement.kind is Kind.AMOUNT
    assert all(against(statement, fees=n).outcome is Outcome.AGREES for n in fits)
    assert all(against(statement, fees=n).outcome is Outcome.DIFFERS for n in misses)


def test_the_processing_fee_is_part_of_the_charges():
    statement = only("全年收取信息处理费共计400元。")
    assert statement.kind is Kind.FEE
    assert against(statement, fees="0.04").outcome is Outcome.AGREES
    assert against(statement, fees="12").outcome is Outcome.AGREES
    assert against(statement, fees="0").outcome is Outcome.DIFFERS


def shares(text):
    return [one for one in statements_in(text, 2023) if one.kind is Kind.SHARE]


def test_a_share_is_tried_with_every_whole():
    (share,) = shares("收到政府信息公开申请50件，其中予以公开占42.0%，部分公开另计。")
    of_handled = against(share, handled=50, disclosed=21)
    assert of_handled.outcome is Outcome.AGREES
    assert of_handled.reading.of == (HANDLED,)
    of_received = against(share, received=50, handled=40, disclosed=21)
    assert of_received.reading.of == (RECEIVED,)
    assert against(share, received=50, handled=50, disclosed=30).outcome is Outcome.DIFFERS


def test_a_share_of_nothing_cannot_be_said():
    (share,) = shares("收到政府信息公开申请0件，其中予以公开占0%。")
    assert against(share).outcome is Outcome.CANNOT_SAY


def test_a_share_cut_off_agrees_and_says_so():
    (share,) = shares("答复申请805件。政府信息公开申请不予公开35件，占4.34%；无法提供9件。")
    found = against(share, handled=805, refused_process=35)
    assert found.outcome is Outcome.AGREES
    assert found.truncated


def test_a_share_of_the_count_beside_it_repeats_that_count_only():
    text = "答复政府信息公开申请100件，其中无法提供26件，占26%；不予处理2件。"
    (share,) = shares(text)
    assert share.amount == 26
    # The table has 30: the count is wrong, the share follows from it.
    assert against(share, handled=100, unavailable_not_held=30).outcome is Outcome.AGREES
    assert against(share, handled=90, unavailable_not_held=30).outcome is Outcome.DIFFERS


def test_statements_about_nothing_are_zeros():
    statement = only("全年未收到政府信息公开申请。")
    assert statement.kind is Kind.ZERO
    assert against(statement, received=0).outcome is Outcome.AGREES
    assert against(statement, received=1).outcome is Outcome.DIFFERS
    assert against(statement, received=None).outcome is Outcome.CANNOT_SAY
