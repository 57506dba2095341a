"""What holds for every report: computed totals are never faulted, a wrong number always is."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.loader import EDITIONS
from core.forms.match import match
from core.forms.model import Comparison
from core.rules.context import Context
from core.rules.engine import check
from core.rules.model import Outcome
from core.rules.severity import Severity
from tests.core.rules.reports import Changes, report, with_totals

COUNTS = st.integers(0, 10**6)


@cache
def base(edition):
    document = report(Changes(edition=edition))
    return document, match(document)


def context_with(edition, texts):
    document, found = base(edition)
    changed = {found.places[slot].ref: text for slot, text in texts.items()}
    return Context(document.with_texts(changed), found)


@st.composite
def computed_texts(draw, edition):
    """Return any inputs of the two tables that add up, with computed totals."""
    texts = {}
    for name in ("applications", "cases"):
        form_table = base(edition)[1].tables[name].form_table
        printed = [cell.slot for cell in form_table.cells if cell.slot]
        inputs = [slot for slot in printed if not form_table.is_total(slot)]
        numbers = draw(st.lists(COUNTS, min_size=len(inputs), max_size=len(inputs)))
        texts |= with_totals(
            form_table, {slot: str(n) for slot, n in zip(inputs, numbers, strict=True)}
        )
    return texts


@pytest.mark.parametrize("edition", EDITIONS)
@given(data=st.data())
def test_a_report_whose_totals_are_computed_has_no_error(edition, data):
    context = context_with(edition, data.draw(computed_texts(edition)))
    result = check(context)
    assert not result.of_severity(Severity.ERROR)
    assert result.count(Outcome.FAILED) == 0


@pytest.mark.parametrize("edition", EDITIONS)
@given(data=st.data())
def test_one_wrong_number_breaks_exactly_the_relations_it_takes_part_in(edition, data):
    texts = data.draw(computed_texts(edition))
    slot = data.draw(st.sampled_from(sorted(texts)))
    texts[slot] = str(int(texts[slot]) + data.draw(st.integers(1, 1000)))
    result = check(context_with(edition, texts))
    errors = result.of_severity(Severity.ERROR)
    expected = {
        relation
        for table in base(edition)[1].tables.values()
        for relation in table.relations
        if slot in relation.slots and relation.comparison is Comparison.EQUAL
    }
    assert {finding.found.relation for finding in errors} == expected
    assert len(errors) == len(expected) >= 1


@pytest.mark.parametrize("edition", EDITIONS)
@given(data=st.data())
def test_an_unreadable_number_is_never_called_an_error(edition, data):
    texts = data.draw(computed_texts(edition))
    slot = data.draw(st.sampled_from(sorted(texts)))
    result = check(context_with(edition, {**texts, slot: "见附件"}))
    assert not result.of_severity(Severity.ERROR)
    relations = [item.relation for rule in result.checks for item in rule.insufficient]
    assert all(slot in relation.slots for relation in relations if relation)
    assert any(relations)
