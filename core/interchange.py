"""The JSON of the command line: reports and findings, with English keys.

It is a public interface: a key once published keeps its meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.document import Cell, CellRef, Document, Table, least
from core.edit_list import edit_json
from core.explanations import Explanation
from core.forms.alignment import ReportMatch
from core.numbers import plain
from core.rules.context import Context, State, Value
from core.rules.model import CheckResult, Finding, Fix, Insufficient, Outcome, RuleCheck, Span

Json = dict[str, Any]


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
