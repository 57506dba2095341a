"""What is said beside the cells of a workbook: the findings, each at the cell to look at first."""

from __future__ import annotations

from collections.abc import Mapping

from core.document import CellRef, Document
from core.explanations import ExplanationKind
from core.reasons import place_to_correct
from core.rules.model import CheckResult, Finding
from core.writers.findings import SEVERITY_NAMES, advice, by_severity, explanation


def cell_notes(document: Document, result: CheckResult) -> Mapping[CellRef, str]:
    """Return what is said at each cell, worst first.

    A finding in prose has no cell, and neither has one about a whole table.  One
    that a person has ignored is only listed.
    """
    said: dict[CellRef, list[str]] = {}
    for finding in by_severity(result.findings):
        place = place_to_correct(finding)
        if isinstance(place, CellRef) and not _is_ignored(finding):
            said.setdefault(_first(document, place), []).append(_note(finding))
    return {ref: "\n\n".join(notes) for ref, notes in said.items()}


def _first(document: Document, ref: CellRef) -> CellRef:
    """Return the position that holds a merged cell's text; a hole is its own."""
    table, cell = document.tables[ref.table], document.cell(ref)
    return table.ref(cell) if cell else ref


def _is_ignored(finding: Finding) -> bool:
    said = finding.explanation
    return said is not None and said.kind is ExplanationKind.IGNORED


def _note(finding: Finding) -> str:
    parts = (
        (f"{SEVERITY_NAMES[finding.severity]}（{finding.rule}）：", finding.message),
        ("建议：", advice(finding)),
        ("出错说明：", explanation(finding)),
    )
    return "\n".join(title + text for title, text in parts if text)
