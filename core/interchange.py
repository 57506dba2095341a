"""The JSON of the command line: reports, findings and edits, with English keys.

It is a public interface: a key once published keeps its meaning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from core.document import Cell, CellRef, Document, ParagraphRef, Table, fold, least
from core.edits import AnyEdit, Edit, ParagraphInsertion, TextEdit
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


def edit_json(edit: AnyEdit) -> Json:
    """Return an edit as `export --edits` takes it."""
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


def edits_from_json(data: bytes) -> tuple[AnyEdit, ...]:
    """Return the edits that a JSON list describes, new texts of cells folded as cells are.

    Places in the prose are those of the report as it was read; its last change comes
    first, so that each finds its place where it was.

    Raises:
        UnreadableFileError: It is no JSON list of edits.
        EditError: An edit changes the structure, or holds what no file can hold.
    """
    try:
        items = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("修改清单不是 UTF-8 编码的 JSON，没有做任何修改。") from error
    if not isinstance(items, list):
        raise UnreadableFileError("修改清单应是一个 JSON 列表，没有做任何修改。")
    edits = [_edit(item, number) for number, item in enumerate(items, start=1)]
    prose = [edit for edit in edits if isinstance(edit, TextEdit)]
    prose.sort(key=lambda edit: (edit.ref, edit.start, edit.end), reverse=True)
    return (*(edit for edit in edits if not isinstance(edit, TextEdit)), *prose)


_CELL = {"table": str, "row": int, "column": int, "before": str, "after": str}
_TEXT = {"section": int, "paragraph": int, "start": int, "end": int, "before": str, "after": str}
_PARAGRAPH = {"section": int, "paragraph": int, "insert": str}
_KEYS = {
    "table": "table、row、column、before、after",
    "section": "section、paragraph、start、end、before、after，或者 section、paragraph、insert",
}


def _edit(item: object, number: int) -> AnyEdit:
    if not isinstance(item, dict):
        raise UnreadableFileError(f"修改清单第 {number} 项不是一项修改，没有做任何修改。")
    if item.keys() & {"insert_row", "insert_cell"}:
        raise EditError(
            f"修改清单第 {number} 项要增加行或者单元格，这一版还不能做到，没有做任何修改。"
        )
    kinds = [each for each in (_CELL, _TEXT, _PARAGRAPH) if item.keys() == each.keys()]
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
    if _UNWRITABLE.search(made.text if isinstance(made, ParagraphInsertion) else made.after):
        raise EditError(f"修改清单第 {number} 项含有文件里不能有的控制字符，没有做任何修改。")
    return made


def _is_of(kind: type, value: object) -> bool:
    # A number of this kind counts from zero, and true is no number.
    return type(value) is kind and (not isinstance(value, int) or value >= 0)


def _made(item: Json) -> AnyEdit:
    """Return the edit that an item with the right keys describes."""
    if "table" in item:
        ref = CellRef(item["table"], item["row"], item["column"])
        return Edit(ref, item["before"], fold(item["after"]))
    paragraph = ParagraphRef(item["section"], item["paragraph"])
    if "insert" in item:
        return ParagraphInsertion(paragraph, item["insert"])
    return TextEdit(paragraph, item["start"], item["end"], item["before"], item["after"])
