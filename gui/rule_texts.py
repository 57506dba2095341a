"""Which equation gives each checked cell, as 显示算式 shows it in the grid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.document import CellRef
from core.forms.model import Comparison, FormTable, Relation, row_key
from core.rules import wording
from core.rules.model import CheckResult, Found, Insufficient, Passed

if TYPE_CHECKING:
    from core.forms.alignment import ReportMatch

# More terms than these are told by the first, the last, and how many there are.
_MOST_TERMS = 6


def rule_texts(result: CheckResult, match: ReportMatch) -> Mapping[CellRef, str]:
    """Return the equations of every cell that a checked relation gives, a line for each."""
    texts: dict[CellRef, list[str]] = {}
    for check in result.checks:
        for ended in check.results:
            relation = ended.relation if isinstance(ended, Found | Passed | Insufficient) else None
            if relation is None or len(relation.right) != 1:
                continue
            place = match.places.get(relation.right[0])
            if place is not None:
                lines = texts.setdefault(place.ref, [])
                line = _line(relation, match.tables[relation.table].form_table)
                lines += [] if line in lines else [line]
    return {ref: "\n".join(lines) for ref, lines in texts.items()}


def _line(relation: Relation, form_table: FormTable) -> str:
    in_one_row = len({row_key(slot) for slot in relation.slots}) == 1
    labels = [
        wording.column_label(form_table, slot)
        if in_one_row
        else wording.row_label(form_table, row_key(slot))
        for slot in relation.left
    ]
    sign = "=" if relation.comparison is Comparison.EQUAL else "≤"
    if len(labels) > _MOST_TERMS:
        return f"{sign} {labels[0]} + … + {labels[-1]}（{len(labels)} 项）"
    return f"{sign} {' + '.join(labels)}"
