"""Turn a diagnosis into fixes on the findings, and group findings by their proved cause.

The rules say that a relation is broken; which cell breaks it is asked once a
table, for all of its broken relations together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core.diagnosis import Diagnosis, Evidence, Reading, Repair, because, diagnose, title
from core.edits import Edit
from core.forms.model import Comparison, Relation
from core.numbers import plain
from core.rules.context import Context, State
from core.rules.model import Certainty, CheckResult, Finding, Fix

# The disclosure table has only inequalities, which point at no cell.
_DIAGNOSED = ("applications", "cases")


@dataclass(frozen=True, slots=True)
class _Explained:
    fixes: tuple[Fix, ...]
    cause: str | None


def with_repairs(
    result: CheckResult, context: Context, prose: Mapping[str, frozenset[Decimal]]
) -> CheckResult:
    """Return the result with fixes and causes on the findings that a diagnosis explains.

    `prose` holds the values that the text states for slots; they rank candidates.
    """
    explained = dict(_explained(result, context, prose))
    findings = tuple(_with(finding, explained) for finding in result.findings)
    return replace(result, findings=findings)


def _explained(
    result: CheckResult, context: Context, prose: Mapping[str, frozenset[Decimal]]
) -> Iterator[tuple[Relation, _Explained]]:
    causes = 0
    for name in _DIAGNOSED:
        broken = [relation for f in result.findings if (relation := _broken(f, name))]
        if not broken:
            continue
        diagnosis = diagnose(
            context.tables[name].relations, _readings(context, name), _evidence(context, prose)
        )
        causes += diagnosis.proved is not None
        for relation in broken:
            yield relation, _of_relation(relation, diagnosis, context, f"c{causes}")


def _broken(finding: Finding, table: str) -> Relation | None:
    """Return the equation that a finding says is broken, None if it is no diagnosed one."""
    relation = finding.found.relation
    if relation is None or relation.table != table or relation.comparison is not Comparison.EQUAL:
        return None
    # An office's own relation is no part of the form, and none of its cells is proved by it.
    return relation


def _readings(context: Context, name: str) -> Mapping[str, Reading]:
    return {
        value.slot: Reading(
            value.number,
            value.total,
            value.state in (State.NUMBER, State.BLANK) and not value.presumed,
        )
        for value in context.values(context.slots(name))
    }


def _evidence(context: Context, prose: Mapping[str, frozenset[Decimal]]) -> Evidence:
    last_year = context.last_year
    if last_year is None:
        return Evidence(prose=prose)
    values = (last_year.value(slot) for slot in last_year.match.places)
    return Evidence(prose, {v.slot: v.number for v in values if v.number is not None})


def _of_relation(
    relation: Relation, diagnosis: Diagnosis, context: Context, cause: str
) -> _Explained:
    if diagnosis.proved is not None and relation in diagnosis.proved.relations:
        return _Explained((_fix(diagnosis.proved, context, Certainty.PROVED),), cause)
    repairs = [repair for repair in diagnosis.candidates if relation in repair.relations]
    return _Explained(tuple(_fix(r, context, Certainty.LIKELY) for r in repairs), None)


def _fix(repair: Repair, context: Context, certainty: Certainty) -> Fix:
    edits = tuple(
        Edit(ref, value.text, plain(change.after))
        for change in repair.changes
        for value in [context.value(change.slot)]
        if (ref := value.ref) is not None
    )
    proved = certainty is Certainty.PROVED
    reason = because(repair, context, proved=proved)
    return Fix(title(repair, context), edits, certainty, reason=reason)


def _with(finding: Finding, explained: Mapping[Relation, _Explained]) -> Finding:
    relation = finding.found.relation
    if relation is None or relation not in explained:
        return finding
    found = replace(finding.found, fixes=finding.found.fixes + explained[relation].fixes)
    return replace(finding, found=found, cause=explained[relation].cause)
