"""A whole check: fixes and causes from the diagnosis, settings and explanations of an office."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from core.checking import Office, check_report
from core.explanations import Explanation, ExplanationKind, Explanations
from core.rules.model import Certainty, Outcome
from core.rules.severity import Severity
from core.session import Session
from core.settings import Settings
from tests.core.rules.reports import Changes, context_of, report

NOT_HELD = "applications.unavailable_not_held.natural_person"


def value_of(slot):
    return context_of(Changes()).value(slot)


def one_wrong(by=3):
    right = value_of(NOT_HELD).number
    return Changes(slots={NOT_HELD: str(right + by)}), right


def errors(result):
    return [f for f in result.findings if f.severity is Severity.ERROR]


def test_a_consistent_report_needs_no_fix():
    assert not errors(check_report(context_of(Changes())))


def test_one_wrong_number_is_one_proved_cause_of_all_its_findings():
    changes, right = one_wrong()
    context = context_of(changes)
    found = errors(check_report(context))
    assert {f.rule for f in found} == {"SUM001", "SUM002"}
    assert {f.cause for f in found} == {"c1"}
    for finding in found:
        (fix,) = finding.found.fixes
        assert fix.certainty is Certainty.PROVED
        assert not fix.safe
        (edit,) = fix.edits
        assert edit.ref == context.value(NOT_HELD).ref
        assert edit.before == context.value(NOT_HELD).text
        assert edit.after == str(right)
        assert str(right) in fix.title
        assert "只改这一格" in fix.reason


def test_the_proved_fix_leaves_no_error():
    changes, _ = one_wrong()
    session = Session(Path("报告.docx"), b"", report(changes))
    fix = errors(session.check())[0].found.fixes[0]
    session.apply_all(fix.edits)
    assert not errors(session.check())


def test_a_block_of_cases_has_candidates_and_never_a_proof():
    total = value_of("cases.reconsideration.total")
    context = context_of(Changes(slots={total.slot: str(total.number + 1)}))
    (finding,) = errors(check_report(context))
    assert finding.cause is None
    assert {fix.certainty for fix in finding.found.fixes} == {Certainty.LIKELY}
    assert len(finding.found.fixes) > 1


def test_an_explained_finding_says_so_and_one_with_other_numbers_does_not():
    changes, _ = one_wrong()
    context = context_of(changes)
    finding = errors(check_report(context))[0]
    said = Explanation(
        ExplanationKind.EXPLAINED, "已核实，系系统导出所致", "张三", date(2025, 1, 9)
    )
    office = Office(explanations=Explanations().add(finding, context.document, said))
    explained = [f for f in check_report(context, office).findings if f.explanation]
    assert [(f.rule, f.explanation) for f in explained] == [(finding.rule, said)]
    other = context_of(one_wrong(by=5)[0])
    assert not [f for f in check_report(other, office).findings if f.explanation]


def test_a_rule_that_is_switched_off_is_named_and_finds_nothing():
    changes, _ = one_wrong()
    office = Office(Settings(switched_off=frozenset({"SUM002"})))
    result = check_report(context_of(changes), office)
    assert result.outcome("SUM002") is Outcome.SWITCHED_OFF
    assert {f.rule for f in errors(result)} == {"SUM001"}


def test_the_cause_does_not_depend_on_the_severity_that_an_office_gives():
    changes, _ = one_wrong()
    settings = Settings(severities={"SUM002": Severity.NOTE})
    result = check_report(context_of(changes), Office(settings))
    assert {(f.rule, f.severity, f.cause) for f in result.findings if f.cause} == {
        ("SUM001", Severity.ERROR, "c1"),
        ("SUM002", Severity.NOTE, "c1"),
    }


def test_a_session_checks_as_its_office_has_set():
    changes, _ = one_wrong()
    session = Session(Path("报告.docx"), b"", report(changes))
    before = session.revision
    session.set_office(
        replace(session.office, settings=Settings(switched_off=frozenset({"SUM001"})))
    )
    assert session.revision > before
    assert {f.rule for f in errors(session.check())} == {"SUM002"}
