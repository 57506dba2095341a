"""Values that follow for totals left blank."""

from decimal import Decimal
from random import Random

import pytest

from core.diagnosis import following_totals
from tests.core.diagnosis.consistent import FORMS, filled_applications, filled_cases


def following(table):
    return {c.slot: c.after for c in following_totals(table.relations, table.readings)}


@pytest.mark.parametrize("form", FORMS)
def test_all_totals_follow_where_every_part_is_filled(form):
    table = filled_applications(Random(3), form)
    totals = [slot for slot in table.values if table.blueprint.is_total(slot)]
    found = following(table.changed(dict.fromkeys(totals)))
    printed = {slot: value for slot, value in table.values.items() if slot in totals}
    assert found == printed


def test_a_table_that_is_all_blank_says_nothing():
    table = filled_applications(Random(3))
    assert following(table.changed(dict.fromkeys(table.values))) == {}


def test_blank_parts_count_as_zero():
    table = filled_cases(Random(3))
    blank = "cases.reconsideration.upheld"
    total = "cases.reconsideration.total"
    rest = table.values[total] - table.values[blank]
    assert following(table.changed({blank: None, total: None})) == {total: rest}


def test_a_total_on_which_row_and_column_disagree_does_not_follow():
    table = filled_applications(Random(3))
    total, part = "applications.disclosed.total", "applications.disclosed.business"
    assert total in following(table.changed({total: None}))
    wrong = table.changed({total: None, part: table.values[part] + 1})
    assert total not in following(wrong)


def test_a_cell_that_is_missing_or_unreadable_is_not_filled():
    table = filled_applications(Random(3)).without(["applications.disclosed.total"])
    assert following(table) == {}


def test_a_total_is_a_count():
    table = filled_cases(Random(3)).changed(
        {"cases.reconsideration.upheld": -(10**6), "cases.reconsideration.total": None}
    )
    assert following(table) == {}
    assert all(isinstance(v, Decimal) for v in following(filled_cases(Random(4))).values())
