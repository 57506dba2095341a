"""How rows, columns and cells of the form are called in messages: short, and never ambiguous."""

from __future__ import annotations

from core.forms.model import FormTable, column_key, row_key, short_label

TABLE_LABELS = {
    "disclosure": "主动公开表",
    "applications": "申请办理表",
    "cases": "复议诉讼表",
}
# What every row of the applications table repeats and what only 总计 the row lacks.
_REPEATED = "政府信息公开申请数量"
_TOTAL_ROW = {"总计": "办理结果总计"}
_LONGEST = 20


def row_label(form_table: FormTable, key: str) -> str:
    """Return the short label of a row; of a block in the cases table."""
    row = form_table.rows_by_key[key]
    if "/" in row.label:
        outer, inner = row.label.split("/")
        return f"{outer}（{inner}）"
    label = short_label(row.label)
    label = label.removesuffix(_REPEATED) or label
    if len(label) > _LONGEST:
        label = label.split("、")[0]
    if label == "其他" and row.group:
        return f"{short_label(row.group)}·{label}"
    return _TOTAL_ROW.get(label, label)


def column_label(form_table: FormTable, slot: str) -> str:
    """Return the short label of the column that a slot stands in."""
    key = column_key(slot)
    column = next(c for c in form_table.columns_of[row_key(slot)] if c.key == key)
    label = short_label(column.label)
    return f"{column.group}·{label}" if label == "其他" and column.group else label


def cell_label(form_table: FormTable, slot: str) -> str:
    """Return the row's and the column's label of a slot."""
    return f"{row_label(form_table, row_key(slot))}·{column_label(form_table, slot)}"
