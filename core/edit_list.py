"""A list of edits as JSON, as the check proposes them and `export --edits` takes them.

It is a public interface: a key once published keeps its meaning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from core.document import CellRef, ParagraphRef, fold
from core.edits import (
    CellInsertion,
    Edit,
    Insertion,
    ParagraphInsertion,
    Proposal,
    RowInsertion,
    TextEdit,
)
from core.errors import EditError, UnreadableFileError

Json = dict[str, Any]

# What no cell of a Word file can hold: XML 1.0 has no such characters.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def edit_json(edit: Proposal) -> Json:
    """Return an edit as `export --edits` takes it."""
    if isinstance(edit, RowInsertion):
        return {"table": edit.table, "insert_row": edit.row}
    if isinstance(edit, CellInsertion):
        return {"table": edit.ref.table, "insert_cell": [edit.ref.row, edit.ref.column]}
    if isinstance(edit, Edit):
        place: Json = {"table": edit.ref.table, "row": edit.ref.row, "column": edit.ref.column}
        return {**place, "before": edit.before, "after": edit.after}
    place = {"section": edit.ref.section, "paragraph": edit.ref.paragraph}
    if isinstance(edit, ParagraphInsertion):
        return {**place, "insert": edit.text}
    span: Json = {"start": edit.start, "end": edit.end}
    return {**place, **span, "before": edit.before, "after": edit.after}


def edits_from_json(data: bytes) -> tuple[Proposal, ...]:
    """Return the edits that a JSON list describes, new texts of cells folded as cells are.

    Places are those of the report as it was read, whatever the order of the list.  So
    the last change of the prose comes first, and what moves cells comes last: first
    the texts of cells and the prose, then the missing cells, the texts that go into
    those, and at the end the missing rows, which are known by name.  A cell of such a
    row has no place in the report as it was read and cannot be filled by the same list.

    Raises:
        UnreadableFileError: It is no JSON list of edits.
        EditError: An edit holds what no file can hold.
    """
    try:
        items = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("修改清单不是 UTF-8 编码的 JSON，没有做任何修改。") from error
    if not isinstance(items, list):
        raise UnreadableFileError("修改清单应是一个 JSON 列表，没有做任何修改。")
    return _in_order([_edit(item, number) for number, item in enumerate(items, start=1)])


def _in_order(edits: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Return edits so that each finds its place where it was in the report as it was read."""
    rows = [edit for edit in edits if isinstance(edit, RowInsertion)]
    cells = [edit for edit in edits if isinstance(edit, CellInsertion)]
    new = {edit.ref for edit in cells}
    into = [edit for edit in edits if isinstance(edit, Edit) and edit.ref in new]
    prose = [edit for edit in edits if isinstance(edit, TextEdit)]
    prose.sort(key=lambda edit: (edit.ref, edit.start, edit.end), reverse=True)
    others = [edit for edit in edits if isinstance(edit, Edit | ParagraphInsertion)]
    first = [edit for edit in others if edit not in into]
    return (*first, *prose, *cells, *into, *rows)


_CELL: dict[str, type] = {"table": str, "row": int, "column": int, "before": str, "after": str}
_TEXT: dict[str, type] = {
    "section": int,
    "paragraph": int,
    "start": int,
    "end": int,
    "before": str,
    "after": str,
}
_PARAGRAPH: dict[str, type] = {"section": int, "paragraph": int, "insert": str}
_ROW: dict[str, type] = {"table": str, "insert_row": str}
_HOLE: dict[str, type] = {"table": str, "insert_cell": list}
_KINDS = (_CELL, _TEXT, _PARAGRAPH, _ROW, _HOLE)
_KEYS = {
    "table": "table、row、column、before、after，或者 table、insert_row，或者 table、insert_cell",
    "section": "section、paragraph、start、end、before、after，或者 section、paragraph、insert",
}


def _edit(item: object, number: int) -> Proposal:
    if not isinstance(item, dict):
        raise UnreadableFileError(f"修改清单第 {number} 项不是一项修改，没有做任何修改。")
    kinds = [each for each in _KINDS if item.keys() == each.keys()]
    if not kinds:
        wanted = "section" if item.keys() & {"section", "paragraph"} else "table"
        raise UnreadableFileError(
            f"修改清单第 {number} 项应恰好有 {_KEYS[wanted]}，没有做任何修改。"
        )
    if not all(_is_of(kind, item[key]) for key, kind in kinds[0].items()):
        raise UnreadableFileError(
            f"修改清单第 {number} 项中，位置应是从 0 起的整数，其余应是文字；没有做任何修改。"
        )
    made = _made(item)
    if _UNWRITABLE.search(_said(made)):
        raise EditError(f"修改清单第 {number} 项含有文件里不能有的控制字符，没有做任何修改。")
    return made


def _said(edit: Proposal) -> str:
    """Return the text that an edit puts in."""
    if isinstance(edit, Insertion):
        return ""
    return edit.text if isinstance(edit, ParagraphInsertion) else edit.after


def _is_of(kind: type, value: object) -> bool:
    if kind is list:
        pair = value if isinstance(value, list) else []
        return len(pair) == 2 and all(_is_of(int, each) for each in pair)
    # A number of this kind counts from zero, and true is no number.
    return type(value) is kind and (not isinstance(value, int) or value >= 0)


def _made(item: Json) -> Proposal:
    """Return the edit that an item with the right keys describes."""
    if "insert_row" in item:
        return RowInsertion(item["table"], item["insert_row"])
    if "insert_cell" in item:
        return CellInsertion(CellRef(item["table"], *item["insert_cell"]))
    if "table" in item:
        ref = CellRef(item["table"], item["row"], item["column"])
        return Edit(ref, item["before"], fold(item["after"]))
    paragraph = ParagraphRef(item["section"], item["paragraph"])
    if "insert" in item:
        return ParagraphInsertion(paragraph, item["insert"])
    return TextEdit(paragraph, item["start"], item["end"], item["before"], item["after"])
