"""What a folder comes to, as numbers to be drawn: reports by state, findings by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.batch_row import Row
from core.batch_view import STATE_LABELS, ReportState, state_of
from core.rules.registry import all_rules


@dataclass(frozen=True, slots=True)
class StateBar:
    """How many reports stand in one way."""

    state: ReportState
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class RuleBar:
    """How many findings a rule has brought, explained ones included, in how many reports."""

    rule: str
    title: str
    findings: int
    reports: int


@dataclass(frozen=True)
class Overview:
    """`states` has every state, the worst first, `rules` those with findings, most first."""

    reports: int
    states: tuple[StateBar, ...]
    rules: tuple[RuleBar, ...]


def overview_of(rows: Sequence[Row]) -> Overview:
    """Return the numbers of a folder."""
    states = Counter(map(state_of, rows))
    bars = (StateBar(state, label, states[state]) for state, label in STATE_LABELS.items())
    return Overview(len(rows), tuple(bars), _rules(rows))


def _rules(rows: Iterable[Row]) -> tuple[RuleBar, ...]:
    findings: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    for row in rows:
        findings.update(row.rules)
        reports.update(row.rules.keys())
    titles = {rule.id: rule.title for rule in all_rules().values()}
    bars = (RuleBar(r, titles.get(r, ""), n, reports[r]) for r, n in findings.items())
    return tuple(sorted(bars, key=lambda bar: (-bar.findings, bar.rule)))
