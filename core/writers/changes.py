"""The changes made in a report as a worksheet: 修改记录."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.changes_made import Change
from core.writers.findings import put_rows

if TYPE_CHECKING:
    from core.writers.sheets import Sheet

_COLUMNS = (("序号", 5), ("位置", 34), ("原内容", 32), ("现内容", 32), ("时间", 17), ("原因", 48))
_BLANK = "（空白）"
_NONE = "没有修改：各表与读入的报告一致。"


def put_changes(sheet: Sheet, title: str, changes: Sequence[Change]) -> None:
    """Fill a sheet with changes, in their order, and say so where there are none."""
    put_rows(sheet, title, _COLUMNS, [_texts(change) for change in changes])
    if not changes:
        sheet.put(1, 0, _NONE, (1, len(_COLUMNS)), "label")


def _texts(change: Change) -> tuple[str, ...]:
    old, new = change.excerpts
    at = change.at.strftime("%Y-%m-%d %H:%M")
    return change.where, old or _BLANK, new or _BLANK, at, change.why
