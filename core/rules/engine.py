"""Run rules and keep their outcomes apart."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Collection, Iterable

from core.rules.basis import sentence
from core.rules.context import Context
from core.rules.model import (
    CheckResult,
    Finding,
    Found,
    NotApplicable,
    Result,
    Rule,
    RuleCheck,
)
from core.rules.registry import all_rules
from core.rules.severity import Severity

_log = logging.getLogger(__name__)
_WORST_FIRST = list(Severity)


def check(
    context: Context, rules: Iterable[Rule] | None = None, switched_off: Collection[str] = ()
) -> CheckResult:
    """Run some rules, all of the catalogue if none are named.

    A rule that breaks is `failed` and spoils no other; findings stand in the
    order of the report: section, table, row, column.
    """
    chosen = tuple(all_rules().values() if rules is None else rules)
    checks: list[RuleCheck] = []
    findings: list[Finding] = []
    for rule in chosen:
        if rule.id in switched_off:
            checks.append(RuleCheck(rule.id, switched_off=True))
            continue
        outcome, found = _run(rule, context)
        checks.append(outcome)
        findings += found
    return CheckResult(tuple(_in_order_of_report(findings, context)), tuple(checks))


def _run(rule: Rule, context: Context) -> tuple[RuleCheck, list[Finding]]:
    if context.editions and not context.editions & set(rule.editions):
        return RuleCheck(rule.id, (NotApplicable("不适用于这一版格式"),)), []
    results: list[Result] = []
    findings: list[Finding] = []
    try:
        for result in rule.check(context):
            if isinstance(result, Found):
                findings.append(_finding(rule, result, context))
            results.append(result)
    except Exception as error:  # noqa: BLE001 - one broken rule must not end the check
        _log.error("rule %s failed: %s", rule.id, where(error))
        return RuleCheck(rule.id, tuple(results), type(error).__name__), findings
    return RuleCheck(rule.id, tuple(results)), findings


def where(error: BaseException) -> str:
    """Return an exception's type and place without its text, which may quote the report."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + place


def _finding(rule: Rule, found: Found, context: Context) -> Finding:
    severity = found.lowered or rule.severity
    if _WORST_FIRST.index(severity) < _WORST_FIRST.index(rule.severity):
        raise ValueError(f"{rule.id} may be lowered, not raised")
    message = rule.message.format_map(found.values)
    basis = sentence(rule.basis, _edition(found, context))
    return Finding(rule.id, rule.name, severity, message, basis, found)


def _edition(found: Found, context: Context) -> str | None:
    """Return the edition of the table that a finding stands in, else the report's."""
    table = context.match.by_table_id.get(found.table or "")
    return table.form.edition if table else context.edition


def _in_order_of_report(findings: Iterable[Finding], context: Context) -> list[Finding]:
    """Return findings by section, prose before tables; what has no place comes first."""
    document = context.document
    section_order = {
        section.number: index for index, section in reversed(list(enumerate(document.sections)))
    }
    table_order = {table: index for index, table in enumerate(document.tables)}

    def position(finding: Finding) -> tuple[int, ...]:
        if span := finding.found.span:
            return (section_order.get(span.section, -1), 0, span.paragraph, span.start)
        if finding.table is None:
            return (-1, 0, 0, 0)
        section = section_order.get(document.section_of.get(finding.table, -1), -1)
        first = min(finding.found.cells, default=None)
        row, column = (first.row, first.column) if first else (-1, -1)
        return (section, 1, table_order.get(finding.table, -1), row, column)

    return sorted(findings, key=position)
