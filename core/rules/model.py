"""What a rule is and what it can end in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from core.document import CellRef
from core.edits import Edit, Insertion
from core.forms.model import Relation
from core.rules.severity import Severity

if TYPE_CHECKING:
    from core.explanations import Explanation
    from core.rules.context import Context


class Outcome(StrEnum):
    """How a check ended; the members stand from worst to best."""

    FAILED = "failed"
    FOUND = "found"
    INSUFFICIENT = "insufficient"
    PASSED = "passed"
    NOT_APPLICABLE = "not_applicable"
    SWITCHED_OFF = "switched_off"


class Certainty(StrEnum):
    """How sure a fix is (see the command line's JSON)."""

    PROVED = "proved"
    LIKELY = "likely"
    MECHANICAL = "mechanical"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a rule rests on: a text of `resources/basis.toml` by key, and the place in it."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A proposed correction; only a safe one may be applied in bulk.

    `reason` says what speaks for it, in a sentence for people.  Its edits are texts of
    cells, or a row or cell that a table lacks.
    """

    title: str
    edits: tuple[Edit | Insertion, ...]
    certainty: Certainty
    safe: bool = False
    reason: str = ""

    @property
    def texts(self) -> tuple[Edit, ...]:
        """Those of its edits that change the text of a cell."""
        return tuple(edit for edit in self.edits if isinstance(edit, Edit))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a paragraph: section number, paragraph index, character offsets."""

    section: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A broken relation, as a rule yields it.

    `values` fill the rule's message and are kept on the finding.  `cells` and
    `slots` are all that take part.  `lowered` is a milder severity than the
    rule's own; a harsher one is refused.
    """

    values: Mapping[str, str]
    cells: tuple[CellRef, ...] = ()
    slots: tuple[str, ...] = ()
    table: str | None = None
    lowered: Severity | None = None
    relation: Relation | None = None
    span: Span | None = None
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """A relation that holds."""

    cells: tuple[CellRef, ...] = ()
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Insufficient:
    """A relation that could not be decided, with the reason for people."""

    reason: str
    cells: tuple[CellRef, ...] = ()
    table: str | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A relation that this report does not have."""

    reason: str = ""


Result = Found | Passed | Insufficient | NotApplicable
Check = Callable[["Context"], Iterator[Result]]


@dataclass(frozen=True)
class Rule:
    """A check with everything about it that is not logic."""

    id: str
    name: str
    severity: Severity
    basis: Basis
    message: str
    check: Check
    editions: tuple[str, ...] = ("2019", "2021")

    @property
    def title(self) -> str:
        """The first line of the help page, without its full stop."""
        return (self.check.__doc__ or "").strip().splitlines()[0].removesuffix("。")


@dataclass(frozen=True)
class Finding:
    """One mistake, as it is shown and exported: what a rule found, with id, severity, message."""

    rule: str
    name: str
    severity: Severity
    message: str
    basis: str
    found: Found
    cause: str | None = None
    explanation: Explanation | None = None

    @property
    def table(self) -> str | None:
        """The id of the table that it stands in, None for one in the prose."""
        if self.found.table:
            return self.found.table
        return self.found.cells[0].table if self.found.cells else None


@dataclass(frozen=True)
class RuleCheck:
    """How one rule ended: its results in the order in which they came.

    `error` is the exception's text if the rule itself broke.
    """

    rule: str
    results: tuple[Result, ...] = ()
    error: str = ""
    switched_off: bool = False

    def count(self, outcome: Outcome) -> int:
        """Return how many relations ended this way; a rule that is switched off counts once."""
        if outcome is Outcome.SWITCHED_OFF:
            return int(self.switched_off)
        if outcome is Outcome.FAILED:
            return 1 if self.error else 0
        return sum(outcome_of(result) is outcome for result in self.results)

    @property
    def outcome(self) -> Outcome:
        """The worst that occurred; a rule without any relation is not applicable."""
        return next((o for o in Outcome if self.count(o)), Outcome.NOT_APPLICABLE)

    @property
    def insufficient(self) -> tuple[Insufficient, ...]:
        """What could not be checked, with reasons."""
        return tuple(result for result in self.results if isinstance(result, Insufficient))


_OUTCOMES: Mapping[type, Outcome] = {
    Found: Outcome.FOUND,
    Passed: Outcome.PASSED,
    Insufficient: Outcome.INSUFFICIENT,
    NotApplicable: Outcome.NOT_APPLICABLE,
}


def outcome_of(result: Result) -> Outcome:
    """Return which outcome a single result counts as."""
    return _OUTCOMES[type(result)]


@dataclass(frozen=True)
class CheckResult:
    """Everything that a check of one report brought, findings in the order of the report."""

    findings: tuple[Finding, ...] = ()
    checks: tuple[RuleCheck, ...] = field(default=())

    def count(self, outcome: Outcome) -> int:
        """Return how many relations of all rules ended this way."""
        return sum(check.count(outcome) for check in self.checks)

    def outcome(self, rule_id: str) -> Outcome:
        """Return how one rule ended."""
        return next(check.outcome for check in self.checks if check.rule == rule_id)

    def of_severity(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity is severity)
