"""What is shown and counted as one: the findings that one wrong cell explains, else one finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from core.document import CellRef
from core.edits import CellInsertion, Edit, Insertion
from core.explanations import Explanation, ExplanationKind, Withdrawn
from core.rules import wording
from core.rules.model import Certainty, CheckResult, Finding, Fix, Span
from core.rules.severity import Severity
from gui import naming

if TYPE_CHECKING:
    from core.session import Session

_WORST_FIRST = list(Severity)


class State(Enum):
    """What has become of a cause: nothing yet, it was explained, or it was ignored."""

    OPEN = "open"
    EXPLAINED = "explained"
    IGNORED = "ignored"


@dataclass(frozen=True)
class Cause:
    """Findings with one proved cause, or a finding on its own.

    They are told apart by being themselves: two checks never share a cause.
    `withdrawn` are explanations that were given for these findings with other numbers.
    """

    findings: tuple[Finding, ...]
    withdrawn: tuple[Withdrawn, ...] = ()

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

    @cached_property
    def rule_ids(self) -> tuple[str, ...]:
        """The ids of the rules, each once."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings))

    @property
    def rules(self) -> str:
        """The ids of the rules as they are shown."""
        return " ".join(self.rule_ids)

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
        """The proposed corrections, best first: of cells, or of a table's structure."""
        return tuple(fix for fix in self.lead.found.fixes if fix.edits)

    @cached_property
    def proved(self) -> Fix | None:
        """The only correction that repairs everything, None where that is not proved."""
        return next((fix for fix in self.fixes if fix.certainty is Certainty.PROVED), None)

    @cached_property
    def explanation(self) -> Explanation | None:
        """What was said about it, None unless all its findings are answered."""
        said = [f.explanation for f in self.findings if f.explanation is not None]
        if len(said) < len(self.findings):
            return None
        return next((e for e in said if e.kind is ExplanationKind.EXPLAINED), said[0])

    @property
    def state(self) -> State:
        """What has become of it."""
        if self.explanation is None:
            return State.OPEN
        is_ignored = self.explanation.kind is ExplanationKind.IGNORED
        return State.IGNORED if is_ignored else State.EXPLAINED

    @property
    def is_open(self) -> bool:
        """Whether it still asks for something to be done."""
        return self.explanation is None

    @cached_property
    def identity(self) -> frozenset[object]:
        """What stays the same when the numbers change."""
        return frozenset(_identity(finding) for finding in self.findings)


def causes_in(session: Session, result: CheckResult) -> tuple[Cause, ...]:
    """Return what a check of a session's present state found, with what was said about it."""
    not_run = [check.rule for check in result.checks if check.switched_off or check.error]
    said, document = session.office.explanations, session.document
    # Nothing was ever said about most reports.
    if not said.of_report(document):
        return causes_of(result)
    return causes_of(result, said.withdrawn(result.findings, document, not_run))


def causes_of(result: CheckResult, withdrawn: Sequence[Withdrawn] = ()) -> tuple[Cause, ...]:
    """Return what a check found, grouped by proved cause, in the order of the result."""
    groups: dict[object, list[Finding]] = {}
    for finding in result.findings:
        groups.setdefault(finding.cause or id(finding), []).append(finding)
    return tuple(
        Cause(tuple(group), tuple(w for w in withdrawn if any(w.now is f for f in group)))
        for group in groups.values()
    )


def count_by_severity(causes: Iterable[Cause]) -> dict[Severity, int]:
    """Return how many open causes there are of each severity, none left out."""
    counts = dict.fromkeys(Severity, 0)
    for cause in causes:
        if cause.is_open:
            counts[cause.severity] += 1
    return counts


def count_by_state(causes: Iterable[Cause]) -> dict[State, int]:
    """Return how many causes there are in each state, none left out."""
    counts = dict.fromkeys(State, 0)
    for cause in causes:
        counts[cause.state] += 1
    return counts


def title(cause: Cause, session: Session) -> str:
    """Return a card's title: the wrong cell where it is proved, else what the finding says."""
    if cause.proved is None:
        return naming.finding_title(cause.lead)
    refs = [edit.ref for edit in cause.proved.texts]
    slot = session.match.slot_at.get(refs[0]) if len(refs) == 1 else None
    if slot is None:
        return naming.finding_title(cause.lead)
    form_table = session.match.by_table_id[refs[0].table].form_table
    return f"1 个数字填错：{wording.cell_label(form_table, slot)}"


def insertion_of(fix: Fix) -> Insertion | None:
    """Return the row or cell that a correction puts in, None where it only changes texts."""
    return next((edit for edit in fix.edits if not isinstance(edit, Edit)), None)


def table_of(put_in: Insertion) -> str:
    """Return the id of the table that gets a row or cell."""
    return put_in.ref.table if isinstance(put_in, CellInsertion) else put_in.table


def fits(put_in: Insertion, session: Session) -> bool:
    """Return whether a row or cell is still lacking, and could be put in now."""
    # Imported here: what knows the form's rows is not needed before a report is.
    from core.insertions import can_be_made

    found = session.match.by_table_id.get(table_of(put_in))
    return found is not None and can_be_made(session.document, found, put_in)


def _identity(finding: Finding) -> tuple[object, ...]:
    found = finding.found
    return (finding.rule, found.table, found.slots or found.cells, found.relation, found.span)
