"""Running rules: one broken rule ends nothing, and no outcome is taken for another."""

from collections.abc import Iterator

import pytest

from core.rules.engine import check
from core.rules.model import (
    Basis,
    Found,
    NotApplicable,
    Outcome,
    Passed,
    Rule,
    RuleCheck,
    Span,
)
from core.rules.registry import all_rules
from core.rules.severity import Severity
from tests.core.rules.reports import Changes, context_of

BASIS = Basis("算术", "件数是不小于 0 的整数")


def a_rule(check_function, severity=Severity.WARNING, message="{text}", editions=("2021",)):
    return Rule("XXX001", "a_rule", severity, BASIS, message, check_function, editions)


def found(text="说明", **changes):
    return Found({"text": text}, **changes)


def yielding(*results):
    def check_function(_context) -> Iterator:
        yield from results

    return check_function


@pytest.fixture(scope="module")
def context():
    return context_of(Changes())


def test_a_rule_that_raises_has_failed_and_spoils_no_other(context, log_records):
    def breaks(_context):
        yield found()
        raise LookupError("某局的内容")

    result = check(context, [a_rule(breaks), all_rules()["SUM003"]])
    assert result.outcome("XXX001") is Outcome.FAILED
    assert result.outcome("SUM003") is Outcome.PASSED
    assert len(result.findings) == 1
    assert result.checks[0].error == "LookupError"
    (record,) = log_records
    assert "某局" not in record.getMessage()
    assert "XXX001" in record.getMessage()
    log_records.clear()


def test_a_severity_may_be_lowered_and_not_raised(context, log_records):
    milder = a_rule(yielding(found(lowered=Severity.NOTE)))
    assert check(context, [milder]).findings[0].severity is Severity.NOTE
    harsher = a_rule(yielding(found(lowered=Severity.ERROR)))
    assert check(context, [harsher]).outcome("XXX001") is Outcome.FAILED
    log_records.clear()


def test_a_message_that_lacks_its_values_is_a_failure_of_the_rule(context, log_records):
    result = check(context, [a_rule(yielding(found()), message="{missing}")])
    assert result.outcome("XXX001") is Outcome.FAILED
    log_records.clear()


def test_braces_in_a_report_are_only_text(context):
    result = check(context, [a_rule(yielding(found("{values} {0}")))])
    assert result.findings[0].message == "{values} {0}"


def test_a_rule_of_another_edition_does_not_apply(context):
    result = check(context, [a_rule(yielding(found()), editions=("2019",))])
    assert result.outcome("XXX001") is Outcome.NOT_APPLICABLE
    assert result.count(Outcome.NOT_APPLICABLE) == 1


def test_findings_stand_in_the_order_of_the_report(context):
    places = context.match.places
    cell = [places[f"cases.later_lawsuit.{key}"].ref for key in ("upheld", "total")]
    late = found("later", cells=(cell[1],))
    early = found("earlier", cells=(cell[0], cell[1]))
    prose = found("prose", span=Span(5, 0, 0, 1))
    first = found("prose first", span=Span(1, 0, 2, 3))
    nowhere = found("report")
    table = found("table", table="t2")
    rule = a_rule(yielding(prose, late, early, table, first, nowhere))
    texts = [finding.message for finding in check(context, [rule]).findings]
    assert texts == ["report", "prose first", "table", "earlier", "later", "prose"]


def test_the_outcome_of_a_rule_is_its_worst():
    results = (Passed(), found(), NotApplicable())
    assert RuleCheck("X", results).outcome is Outcome.FOUND
    assert RuleCheck("X", ()).outcome is Outcome.NOT_APPLICABLE
    assert RuleCheck("X", results, "KeyError").outcome is Outcome.FAILED


def test_the_basis_names_the_document_of_the_edition_in_use():
    old = check(context_of(Changes(edition="2019", sections=(1, 2, 3, 4, 5))))
    new = check(context_of(Changes(sections=(1, 2, 3, 4, 5))))
    assert "〔2019〕60号" in old.findings[0].basis
    assert "〔2021〕30号" in new.findings[0].basis


def test_nothing_passes_in_a_blank_form():
    blank = Changes(
        filled="",
        year=0,
        prose={str(number): ["（文字描述）"] for number in (1, 5, 6)},
    )
    result = check(context_of(blank))
    assert result.count(Outcome.PASSED) == 0
    assert result.count(Outcome.FAILED) == 0
    assert not result.of_severity(Severity.ERROR)
    decided = {f.rule for f in result.findings}
    assert decided == {"DOC001", "NUM002"}
