"""What rules see: four kinds of nothing, presumed columns, and names that are never ambiguous."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.document import Confidence
from core.edits import Edit
from core.forms.loader import EDITIONS, load_form
from core.forms.match import match
from core.rules import wording
from core.rules.context import Context, State
from core.rules.engine import check
from core.rules.model import Outcome
from core.session import Session
from tests.core.rules.reports import Changes, context_of, report

ROW = "applications.refused_internal_affairs"


def value(slot, **changes):
    return context_of(Changes(**changes)).value(slot)


def test_blank_zero_missing_text_and_uncertain_are_different_things():
    slot = "applications.received.business"
    assert value(slot, slots={slot: "0"}).state is State.NUMBER
    assert value(slot, slots={slot: "/"}).state is State.BLANK
    assert value(slot, slots={slot: "见附件"}).state is State.TEXT
    assert value(slot, readings={slot: ["1", "11"]}).state is State.UNCERTAIN
    absent = value(slot, without_rows=["applications.received"])
    assert absent.state is State.ABSENT
    assert absent.ref is None


def test_amounts_are_in_wan_yuan():
    slot = "disclosure.fees.amount"
    assert value(slot, slots={slot: "251000元"}).number == Decimal("25.1")


def test_totals_are_known():
    context = context_of(Changes())
    assert context.value("applications.handled.business").total
    assert context.value("applications.disclosed.total").total
    assert not context.value("applications.disclosed.business").total


def test_a_row_one_cell_short_has_a_hole_and_presumed_columns():
    context = context_of(Changes(without_cells=[f"{ROW}.total"]))
    assert context.value(f"{ROW}.total").hole
    assert context.value(f"{ROW}.total").state is State.UNCERTAIN
    assert context.value(f"{ROW}.business").presumed
    assert not context.value("applications.disclosed.business").presumed


def test_a_presumed_column_that_adds_up_passes_and_one_that_does_not_is_no_error():
    good = check(context_of(Changes(without_cells=[f"{ROW}.total"])))
    assert not [f for f in good.findings if f.rule == "SUM001"]
    bad = check(context_of(Changes(without_cells=[f"{ROW}.total"], slots={f"{ROW}.business": "9"})))
    assert bad.outcome("SUM001") is Outcome.INSUFFICIENT
    assert "该行少一格，列位是推定的" in {
        item.reason for c in bad.checks if c.rule == "SUM001" for item in c.insufficient
    }


def test_a_number_typed_into_the_hole_makes_the_row_whole():
    changes = Changes(readings={f"{ROW}.total": [""]})
    session = Session(Path("年报.txt"), b"", report(changes))
    hole = session.match.places[f"{ROW}.total"]
    assert hole.hole
    assert session.context().value(f"{ROW}.business").presumed
    session.apply(Edit(hole.ref, "", "99"))
    typed = session.context()
    assert typed.value(f"{ROW}.total").number == 99
    assert typed.value(f"{ROW}.total").confidence is Confidence.EXACT
    assert not typed.value(f"{ROW}.business").presumed
    assert check(typed).outcome("SUM002") is Outcome.FOUND


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_slot_has_a_name_of_its_own(edition):
    for form_table in load_form(edition).tables.values():
        printed = [cell.slot for cell in form_table.cells if cell.slot]
        labels = [wording.cell_label(form_table, slot) for slot in printed]
        assert len(set(labels)) == len(labels)
        assert max(map(len, labels)) <= 40


def test_the_edition_due_follows_the_year():
    assert context_of(Changes(year=2020)).due_edition == "2019"
    assert context_of(Changes(year=2021)).due_edition == "2021"
    assert context_of(Changes(year=0)).due_edition is None


def test_without_tables_the_year_says_the_edition():
    document = report(Changes(without_tables=("disclosure", "applications", "cases")))
    assert Context(document, match(document)).edition == "2021"
