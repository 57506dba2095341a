"""What holds for every pair of years: what goes on is never faulted, what does not always is."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.loader import EDITIONS
from core.forms.match import match
from core.forms.model import column_key, row_key, slot_name
from core.rules.context import Context
from core.rules.engine import check
from core.rules.model import Outcome
from core.rules.registry import all_rules
from core.rules.severity import Severity
from core.rules.two_years import same_agency
from tests.core.rules.reports import Changes, report

RULES = [rule for rule in all_rules().values() if rule.id.startswith("YOY")]
COUNTS = st.integers(0, 10**6)
# Whatever people put into a cell.
TEXTS = st.one_of(
    st.integers(-5, 10**9).map(str),
    st.sampled_from(["", "/", "０", "1.5", "12件", "减4", "见附件", "3或4", "251000元", "9" * 40]),
    st.text(max_size=6),
)


@cache
def base(edition, year):
    document = report(Changes(edition=edition, year=year, filled="0"))
    return document, match(document)


def context_with(edition, year, texts, last=None):
    document, found = base(edition, year)
    changed = {found.places[slot].ref: text for slot, text in texts.items()}
    return Context(document.with_texts(changed), found, last)


def slots_of(edition):
    return sorted(base(edition, 2022 if edition == "2021" else 2020)[1].places)


@st.composite
def carried(draw):
    """Return any numbers for 结转下年度, by column."""
    columns = [column_key(s) for s in slots_of("2021") if row_key(s) == "carried_out"]
    return dict.fromkeys(columns, 0) | {key: draw(COUNTS) for key in columns}


def moved(numbers, row):
    return {slot_name("applications", row, key): str(n) for key, n in numbers.items()}


@pytest.mark.parametrize("edition", EDITIONS)
@given(numbers=carried())
def test_what_goes_on_is_never_faulted(edition, numbers):
    last = context_with(edition, 2020, moved(numbers, "carried_out"))
    result = check(context_with("2021", 2021, moved(numbers, "carried_in"), last), RULES)
    assert result.outcome("YOY001") is Outcome.PASSED
    assert not result.of_severity(Severity.ERROR)


@pytest.mark.parametrize("edition", EDITIONS)
@given(numbers=carried(), data=st.data())
def test_one_number_that_does_not_go_on_is_found_alone(edition, numbers, data):
    last = context_with(edition, 2020, moved(numbers, "carried_out"))
    column = data.draw(st.sampled_from(sorted(numbers)))
    wrong = {**numbers, column: numbers[column] + data.draw(st.integers(1, 1000))}
    result = check(context_with("2021", 2021, moved(wrong, "carried_in"), last), RULES)
    (error,) = result.of_severity(Severity.ERROR)
    assert error.found.slots == (slot_name("applications", "carried_in", column),)
    assert {ref.table for ref in error.found.cells} == {"t2"}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("edition_before", EDITIONS)
@given(data=st.data())
def test_whatever_the_cells_say_no_rule_breaks(edition, edition_before, data):
    def texts(of):
        return data.draw(st.dictionaries(st.sampled_from(slots_of(of)), TEXTS, max_size=12))

    last = context_with(edition_before, 2021, texts(edition_before))
    result = check(context_with(edition, 2022, texts(edition), last))
    assert result.count(Outcome.FAILED) == 0
    for finding in result.findings:
        assert all(ref.table in ("t1", "t2", "t3") for ref in finding.found.cells)


def test_the_same_report_twice_is_not_last_years():
    context = context_with("2021", 2022, {}, context_with("2021", 2022, {}))
    result = check(context, RULES)
    assert [finding.rule for finding in result.findings] == ["YOY009"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("云溪市清河区人民政府", "清河区人民政府", True),
        ("云溪市清河区人民政府", "云溪市清河区", True),
        ("云溪市人民政府办公室", "云溪市政府办公室", True),
        (" 云溪 市水务局", "云溪市水务局", True),
        ("云溪市水务局", "云溪市水利局", False),
        ("云溪市人民政府", "云溪市人民政府办公室", False),
        ("云溪市人民政府", "云溪市水务局", False),
        ("", "云溪市水务局", None),
    ],
)
def test_an_agency_is_known_with_and_without_its_province_and_city(one, other, same):
    first, second = (
        Context(document, match(document))
        for document in (report(Changes(agency=name)) for name in (one, other))
    )
    assert same_agency(first, second) is same
    assert same_agency(second, first) is same
