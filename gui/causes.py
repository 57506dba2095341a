"""What is shown and counted as one: the findings that one wrong cell explains, else one finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from core.document import CellRef
from core.edits import Edit
from core.rules import wording
from core.rules.model import Certainty, CheckResult, Finding, Fix, Severity, Span
from core.session import Session
from gui import naming

_WORST_FIRST = list(Severity)


@dataclass(frozen=True)
class Cause:
    """Findings with one proved cause, or a finding on its own.

    They are told apart by being themselves: two checks never share a cause.
    """

    findings: tuple[Finding, ...]

    @property
    def lead(self) -> Finding:
        """The finding that stands for all."""
        return self.findings[0]

    @cached_property
    def severity(self) -> Severity:
        """The worst severity among them."""
        return min((f.severity for f in self.findings), key=_WORST_FIRST.index)

    @cached_property
    def cells(self) -> tuple[CellRef, ...]:
        """All cells that take part, each once."""
        return tuple(dict.fromkeys(ref for f in self.findings for ref in f.found.cells))

    @property
    def rules(self) -> str:
        """The ids of the rules, each once."""
        return " ".join(dict.fromkeys(finding.rule for finding in self.findings))

    @property
    def table(self) -> str | None:
        """The id of the table, None for one in the prose."""
        return self.lead.table

    @property
    def span(self) -> Span | None:
        """The stretch of prose, None for one in a table."""
        return self.lead.found.span

    @cached_property
    def fixes(self) -> tuple[Fix, ...]:
        """The proposed corrections that only change cells, best first."""
        return tuple(
            fix
            for fix in self.lead.found.fixes
            if fix.edits and all(isinstance(edit, Edit) for edit in fix.edits)
        )

    @cached_property
    def proved(self) -> Fix | None:
        """The only correction that repairs everything, None where that is not proved."""
        return next((fix for fix in self.fixes if fix.certainty is Certainty.PROVED), None)

    @cached_property
    def identity(self) -> frozenset[object]:
        """What stays the same when the numbers change."""
        return frozenset(_identity(finding) for finding in self.findings)


def causes_of(result: CheckResult) -> tuple[Cause, ...]:
    """Return what a check found, grouped by proved cause, in the order of the result."""
    groups: dict[object, list[Finding]] = {}
    for finding in result.findings:
        groups.setdefault(finding.cause or id(finding), []).append(finding)
    return tuple(Cause(tuple(findings)) for findings in groups.values())


def count_by_severity(causes: Iterable[Cause]) -> dict[Severity, int]:
    """Return how many causes there are of each severity, none left out."""
    counts = dict.fromkeys(Severity, 0)
    for cause in causes:
        counts[cause.severity] += 1
    return counts


def title(cause: Cause, session: Session) -> str:
    """Return a card's title: the wrong cell where it is proved, else what the finding says."""
    if cause.proved is None:
        return naming.finding_title(cause.lead)
    refs = [edit.ref for edit in cause.proved.edits]
    slot = session.match.slot_at.get(refs[0]) if len(refs) == 1 else None
    if slot is None:
        return naming.finding_title(cause.lead)
    form_table = session.match.by_table_id[refs[0].table].form_table
    return f"1 个数字填错：{wording.cell_label(form_table, slot)}"


def _identity(finding: Finding) -> tuple[object, ...]:
    found = finding.found
    return (finding.rule, found.table, found.slots or found.cells, found.relation, found.span)
