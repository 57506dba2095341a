"""The JSON of the command line: reports, findings and edits, with English keys.

It is a public interface: a key once published keeps its meaning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from core.document import Cell, CellRef, Document, ParagraphRef, Table, fold, least
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
from core.explanations import Explanation
from core.forms.alignment import ReportMatch
from core.numbers import plain
from core.rules.context import Context, State, Value
from core.rules.model import CheckResult, Finding, Fix, Insufficient, Outcome, RuleCheck, Span

Json = dict[str, Any]

# What no cell of a Word file can hold: XML 1.0 has no such characters.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tables_json(document: Document, match: ReportMatch, file: str) -> Json:
    """Return what was read: sections, tables with all cells, statutory cells by slot."""
    context = Context(document, match)
    return {
        "file": file,
        "format": document.format,
        "title": document.title,
        "agency": document.agency,
        "year": document.year,
        "edition": match.edition,
        "sections": [
            {
                "number": section.number,
                "heading": section.heading,
                "kind": section.kind,
                "paragraphs": [paragraph.text for paragraph in section.paragraphs],
            }
            for section in document.sections
        ],
        "tables": [_table(context, table) for table in document.tables.values()],
        "slots": {
            value.slot: _slot(value)
            for name in match.tables
            for value in context.values(context.slots(name))
            if value.state is not State.ABSENT
        },
    }


def check_json(document: Document, match: ReportMatch, result: CheckResult, file: str) -> Json:
    """Return what was read and what checking it brought."""
    return {
        **tables_json(document, match, file),
        "findings": [_finding(finding) for finding in result.findings],
        "checks": [_rule_check(check) for check in result.checks],
    }


def _table(context: Context, table: Table) -> Json:
    found = context.match.by_table_id.get(table.id)
    values = context.values(context.slots(found.name)) if found else ()
    read = (value.confidence for value in values if value.state is not State.ABSENT)
    return {
        "id": table.id,
        "name": found.name if found else None,
        "section": context.document.section_of[table.id],
        "caption": table.caption,
        "rows": table.rows,
        "columns": table.columns,
        "confidence": least(read if found else (cell.confidence for cell in table.cells)).value,
        "notes": [*table.notes, *(found.notes if found else ())],
        "cells": [_cell(context, table, cell) for cell in table.cells],
    }


def _cell(context: Context, table: Table, cell: Cell) -> Json:
    ref = table.ref(cell)
    found = context.match.by_table_id.get(table.id)
    described: Json = {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": cell.text,
        "header": found is not None and ref in found.label_cells,
    }
    if slot := context.match.slot_at.get(ref):
        described["slot"] = slot
    return described


def _slot(value: Value) -> Json:
    assert value.ref is not None, "only an absent slot has no place"
    uncertain = value.state is State.UNCERTAIN
    return {
        "table": value.ref.table,
        "row": value.ref.row,
        "column": value.ref.column,
        "text": None if uncertain else value.text,
        "value": None if value.number is None else plain(value.number),
        "confidence": value.confidence.value,
        "readings": list(value.readings or ("",)) if uncertain else None,
    }


def _finding(finding: Finding) -> Json:
    found = finding.found
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "cause": finding.cause,
        "table": finding.table,
        "cells": _positions(found.cells),
        "slots": list(found.slots),
        "span": _span(found.span),
        "message": finding.message,
        "basis": finding.basis,
        "values": dict(found.values),
        "explanation": _explanation(finding.explanation),
        "fixes": [_fix(fix) for fix in found.fixes],
    }


def _explanation(explanation: Explanation | None) -> Json | None:
    if explanation is None:
        return None
    return {
        "kind": explanation.kind.value,
        "text": explanation.text,
        "author": explanation.author,
        "date": explanation.date.isoformat(),
    }


def _positions(cells: Sequence[CellRef]) -> list[list[int]]:
    return [[cell.row, cell.column] for cell in cells]


def _span(span: Span | None) -> Json | None:
    if span is None:
        return None
    return {
        "section": span.section,
        "paragraph": span.paragraph,
        "start": span.start,
        "end": span.end,
    }


def _fix(fix: Fix) -> Json:
    return {
        "title": fix.title,
        "safe": fix.safe,
        "certainty": fix.certainty.value,
        "edits": [edit_json(edit) for edit in fix.edits],
    }


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


def _rule_check(check: RuleCheck) -> Json:
    counted = (
        Outcome.PASSED,
        Outcome.FOUND,
        Outcome.INSUFFICIENT,
        Outcome.NOT_APPLICABLE,
        Outcome.FAILED,
    )
    reasons = [_reason(item) for item in check.insufficient]
    if check.error:
        reasons.append({"table": None, "cells": [], "reason": "检查规则本身出错，没有检查完"})
    return {
        "rule": check.rule,
        "outcome": check.outcome.value,
        **{outcome.value: check.count(outcome) for outcome in counted},
        "reasons": reasons,
    }


def _reason(item: Insufficient) -> Json:
    table = item.table or (item.cells[0].table if item.cells else None)
    return {"table": table, "cells": _positions(item.cells), "reason": item.reason}


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
