"""What a check left open, with the reason for each: relations first, then the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.document import CellRef
from core.rules.model import CheckResult
from gui.naming import cell_title, rule_title, table_title
from gui.tally import is_across, is_relation

if TYPE_CHECKING:
    from core.session import Session

_MOST_CELLS_NAMED = 3
_RELATION, _ACROSS, _OTHERS = ("勾稽关系", "与上年核对", "其他检查")


@dataclass(frozen=True, slots=True)
class Unchecked:
    """One thing that could not be checked; `cells` are those that stood in the way."""

    kind: str
    title: str
    place: str
    reason: str
    cells: tuple[CellRef, ...] = ()

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The columns of a list."""
        return self.kind, self.title, self.place, self.reason


def unchecked(session: Session | None, result: CheckResult) -> list[Unchecked]:
    """Return what could not be checked; nothing without a report."""
    if session is None:
        return []
    found: list[Unchecked] = []
    for check in result.checks:
        title = f"{check.rule}　{rule_title(check.rule)}"
        if check.error:
            found.append(Unchecked(_OTHERS, title, "", "检查规则没有运行成功"))
        if check.switched_off:
            found.append(Unchecked(_OTHERS, title, "", "按设置没有检查"))
        for each in check.insufficient:
            kind = _RELATION if is_relation(each) else _OTHERS
            kind = _ACROSS if is_across(check) else kind
            place = _place(session, each.cells, each.table)
            found.append(Unchecked(kind, title, place, each.reason, each.cells))
    return sorted(found, key=lambda each: (_RELATION, _ACROSS, _OTHERS).index(each.kind))


def _place(session: Session, cells: Sequence[CellRef], table: str | None) -> str:
    if cells:
        named = "；".join(cell_title(session, ref) for ref in cells[:_MOST_CELLS_NAMED])
        return named + (f" 等 {len(cells)} 格" if len(cells) > _MOST_CELLS_NAMED else "")
    if table is not None and table in session.document.tables:
        return table_title(session.document, session.match, table)
    return ""
