"""Edits in words: where they are, what stood there and what stands there then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from core.document import CellRef, ParagraphRef
from core.edits import AnyEdit, CellInsertion, CellRemoval, Edit, RowInsertion, RowRemoval
from core.forms.model import row_key
from core.rules.wording import row_label
from gui.naming import cell_title, table_title

if TYPE_CHECKING:
    from core.session import Session

_BLANK = "（空白）"
_LONGEST = 24
_OF_CELLS = (Edit, CellInsertion, CellRemoval)
_STRUCTURE_WORDS: dict[type, tuple[str, str]] = {
    RowInsertion: ("（没有这一行）", "补入的空白行"),
    RowRemoval: ("补入的空白行", "（没有这一行）"),
    CellInsertion: ("（没有这一格）", "补入的空白单元格"),
    CellRemoval: ("补入的空白单元格", "（没有这一格）"),
}


def change_words(edits: Sequence[AnyEdit], session: Session) -> str:
    """Return what a step is about to change: of one place the texts, of more how many."""
    if len(edits) != 1:
        return f"{len(edits)} 处"
    place, before, after = described(edits[0], session)
    return f"{place}：{_cut(before)} → {_cut(after)}"


def described(edit: AnyEdit, session: Session | None) -> tuple[str, str, str]:
    """Return place, old and new text; without the report, places by their numbers."""
    if (words := _STRUCTURE_WORDS.get(type(edit))) is not None:
        return _place(edit, getattr(edit, "ref", None), session), *words
    values: dict[str, Any] = {field.name: getattr(edit, field.name) for field in fields(edit)}
    before = str(values.get("before", ""))
    after = str(values.get("after", values.get("text", "")))
    return _place(edit, values.get("ref"), session), before or _BLANK, after or _BLANK


def _place(edit: AnyEdit, ref: object, session: Session | None) -> str:
    if isinstance(ref, ParagraphRef):
        heading = ""
        if session is not None and (section := session.document.section(ref.section)):
            heading = section.heading
        return f"{heading or '正文'} · 第 {ref.paragraph + 1} 段"
    if isinstance(ref, CellRef):
        is_cell = isinstance(edit, _OF_CELLS)
        if is_cell and session is not None and ref.table in session.document.tables:
            return cell_title(session, ref)
        return f"表格 {ref.table} · 第 {ref.row + 1} 行第 {ref.column + 1} 列"
    if isinstance(edit, RowInsertion | RowRemoval) and session is not None:
        found = session.match.by_table_id.get(edit.table)
        if found is not None and (key := row_key(edit.row)) in found.form_table.rows_by_key:
            table = table_title(session.document, session.match, edit.table)
            return f"{table} · {row_label(found.form_table, key)}"
    return "表格结构"


def _cut(text: str) -> str:
    """Return a text in one line that is not too long for a list."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
