"""Every rule against its case file; see `case_files`."""

from typing import Any

import pytest

from core.rules.basis import sentence
from core.rules.engine import check
from core.rules.model import Outcome
from core.rules.registry import all_rules
from tests.core.rules.case_files import EXPECTED, OUTCOMES, cases_of, changes_of, load_cases
from tests.core.rules.reports import context_of

RULES = all_rules()
CASES = load_cases()
PARAMS = [
    pytest.param(rule_id, case, outcome, id=f"{rule_id}-{kind}-{name}")
    for rule_id, file in CASES.items()
    for kind, outcome in OUTCOMES.items()
    for name, case in cases_of(file, kind)
]


@pytest.mark.parametrize(("rule_id", "case", "outcome"), PARAMS)
def test_case(rule_id: str, case: dict[str, Any], outcome: Outcome) -> None:
    result = check(context_of(changes_of(case)), [RULES[rule_id]])
    assert result.outcome(rule_id) is outcome
    findings = result.findings
    assert bool(findings) is (outcome is Outcome.FOUND)
    seen = {
        "messages": [finding.message for finding in findings],
        "severity": sorted({finding.severity.value for finding in findings}),
        "slots_named": [slot for finding in findings for slot in finding.found.slots],
        "fixes": [fix.title for finding in findings for fix in finding.found.fixes],
        "reasons": sorted({item.reason for item in result.checks[0].insufficient}),
    }
    assert {key: seen[key] for key in EXPECTED if key in case} == {
        key: [case[key]] if isinstance(case[key], str) else case[key]
        for key in EXPECTED
        if key in case
    }


def test_every_rule_has_its_case_file() -> None:
    assert CASES.keys() == RULES.keys()
    assert all(cases["rule"] == rule_id for rule_id, cases in CASES.items())


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_is_explained_and_tried_both_ways(rule_id: str) -> None:
    rule = RULES[rule_id]
    title, _, page = (rule.check.__doc__ or "").partition("\n")
    assert title
    assert page.strip(), "the docstring is the help page, not only its title"
    for edition in rule.editions:
        assert sentence(rule.basis, edition)
    assert CASES[rule_id]["passes"]
    assert CASES[rule_id]["fails"]
