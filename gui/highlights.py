"""Which cells a check marks, and how: derived from its findings, never stored with the document.

A broken sum over 22 cells does not make 22 cells suspect.  A cell that several
broken relations share is the likeliest culprit, so it is marked together with
the totals that show the break; where nothing is shared, a short relation marks
all its cells and a long one its total.  All cells of a relation still say in
their tooltip that it is broken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from core.document import CellRef
from core.rules.model import CheckResult, Finding
from core.rules.severity import Severity
from gui.causes import Cause
from gui.tally import FAMILY_OF_LAST_YEAR

if TYPE_CHECKING:
    from core.forms.alignment import ReportMatch

# Up to so many cells, a relation marks them all: a block of the cases table has five.
_SHORT = 5
_WORST_FIRST = list(Severity)


@dataclass(frozen=True)
class Highlights:
    """What a check says about each cell.

    `marks` is the worst severity that marks a cell, `settled` are the cells that only
    explained or ignored findings would mark, `findings` are all findings
    that a cell takes part in, `anchors` is the cell to go to for each finding,
    by the finding's place in the result.
    """

    result: CheckResult = field(default_factory=CheckResult)
    marks: Mapping[CellRef, Severity] = field(default_factory=dict)
    settled: frozenset[CellRef] = frozenset()
    findings: Mapping[CellRef, tuple[Finding, ...]] = field(default_factory=dict)
    anchors: tuple[CellRef | None, ...] = ()

    def anchor(self, cause: Cause) -> CellRef | None:
        """Return the cell to go to for a cause, None for one in the prose."""
        if cause.proved is not None:
            return cause.proved.texts[0].ref
        for candidate, anchor in zip(self.result.findings, self.anchors, strict=True):
            if candidate is cause.lead:
                return anchor
        return cause.cells[0] if cause.cells else None

    def changed_since(self, before: Highlights) -> frozenset[CellRef]:
        """Return the cells that look otherwise than before; tooltips are asked for when shown."""
        refs = self.marks.keys() | before.marks.keys()
        changed = {ref for ref in refs if self.marks.get(ref) != before.marks.get(ref)}
        return frozenset(changed | (self.settled ^ before.settled))

    @cached_property
    def tables(self) -> frozenset[str]:
        """The ids of the tables in which anything was found that is still open."""
        open_ones = (f for f in self.result.findings if f.explanation is None)
        return frozenset(f.table for f in open_ones if f.table is not None)


def worse(first: Severity, second: Severity) -> Severity:
    """Return the worse of two severities."""
    return min(first, second, key=_WORST_FIRST.index)


def highlights_of(result: CheckResult, match: ReportMatch) -> Highlights:
    """Return which cells the findings of a check mark."""
    shared = _shared_counts(result.findings)
    marks: dict[CellRef, Severity] = {}
    settled: set[CellRef] = set()
    by_cell: dict[CellRef, list[Finding]] = {}
    anchors: list[CellRef | None] = []
    for finding in result.findings:
        marked = _marked(finding, shared, match)
        if finding.explanation is not None:
            settled.update(marked)
        for ref in marked if finding.explanation is None else ():
            marks[ref] = worse(marks.get(ref, finding.severity), finding.severity)
        for ref in finding.found.cells:
            by_cell.setdefault(ref, []).append(finding)
        anchors.append(_anchor(finding, marked, shared))
    findings = {ref: tuple(found) for ref, found in by_cell.items()}
    return Highlights(result, marks, frozenset(settled - marks.keys()), findings, tuple(anchors))


def _shared_counts(findings: Iterable[Finding]) -> Counter[CellRef]:
    """Return in how many broken relations each cell takes part."""
    return Counter(
        ref for finding in findings if finding.found.relation for ref in finding.found.cells
    )


def _marked(finding: Finding, shared: Counter[CellRef], match: ReportMatch) -> tuple[CellRef, ...]:
    cells = finding.found.cells
    relation = finding.found.relation
    if relation is None:
        # A table that is the same as last year's makes none of its cells suspect.
        is_about_all = finding.rule.startswith(FAMILY_OF_LAST_YEAR) and len(cells) > _SHORT
        return () if is_about_all else cells
    most = max((shared[ref] for ref in cells), default=0)
    totals = _total(finding, match)
    if most > 1:
        return tuple(ref for ref in cells if shared[ref] == most or ref in totals)
    return cells if len(cells) <= _SHORT or not totals else totals


def _total(finding: Finding, match: ReportMatch) -> tuple[CellRef, ...]:
    """Return the cell that a sum should give, nothing where both sides are sums."""
    relation = finding.found.relation
    if relation is None or len(relation.right) != 1:
        return ()
    place = match.places.get(relation.right[0])
    return (place.ref,) if place else ()


def _anchor(
    finding: Finding, marked: tuple[CellRef, ...], shared: Counter[CellRef]
) -> CellRef | None:
    """Return the likeliest culprit, the first cell where all are alike."""
    if finding.found.relation is None:
        return min(finding.found.cells, default=None)
    return max(marked, key=lambda ref: shared[ref], default=None)
