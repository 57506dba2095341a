"""How many relations a check decided, counted as the command line counts them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from core.rules.model import CheckResult, Outcome, Result, RuleCheck, outcome_of

FAMILY_OF_LAST_YEAR = "YOY"


@dataclass(frozen=True, slots=True)
class Count:
    """How some results ended; what does not apply to the report is not counted."""

    passed: int = 0
    found: int = 0
    left_open: int = 0

    @property
    def checked(self) -> int:
        """Those of which it is known whether they hold."""
        return self.passed + self.found


@dataclass(frozen=True, slots=True)
class Tally:
    """What a check decided: relations between cells, everything else, and last year's.

    `failed` are rules that broke, `switched_off` those that an office does not want.
    """

    relations: Count = Count()
    others: Count = Count()
    across: Count = Count()
    failed: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()

    @property
    def left_open(self) -> int:
        """How much could not be checked, of all kinds, rules that did not run among it."""
        results = self.relations.left_open + self.others.left_open + self.across.left_open
        return results + len(self.failed) + len(self.switched_off)


def is_across(check: RuleCheck) -> bool:
    """Return whether a rule compares with last year's report."""
    return check.rule.startswith(FAMILY_OF_LAST_YEAR)


def is_relation(result: Result) -> bool:
    """Return whether a result is about a relation (勾稽关系) between cells."""
    return getattr(result, "relation", None) is not None


def tally_of(result: CheckResult) -> Tally:
    """Return how a check ended, counted once, asked by many."""
    relations: list[Result] = []
    others: list[Result] = []
    across: list[Result] = []
    for check in result.checks:
        apart = across if is_across(check) else others
        for item in check.results:
            (relations if is_relation(item) and apart is others else apart).append(item)
    return Tally(
        _count(relations),
        _count(others),
        _count(across),
        tuple(check.rule for check in result.checks if check.error),
        tuple(check.rule for check in result.checks if check.switched_off),
    )


def _count(results: list[Result]) -> Count:
    count = Counter(outcome_of(result) for result in results)
    return Count(count[Outcome.PASSED], count[Outcome.FOUND], count[Outcome.INSUFFICIENT])
