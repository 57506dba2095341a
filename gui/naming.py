"""What tables, cells and findings are called on the screen."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from core.document import CellRef, Document
from core.explanations import Explanation, ExplanationKind
from core.forms.model import row_key
from core.rules import wording
from core.rules.model import Finding
from core.rules.registry import all_rules
from core.rules.severity import Severity

if TYPE_CHECKING:
    from core.forms.alignment import ReportMatch
    from core.session import Session

SEVERITY_WORDS = {
    Severity.ERROR: "强制性错误",
    Severity.WARNING: "待核实",
    Severity.NOTE: "提示",
}
EXPLANATION_WORDS = {ExplanationKind.EXPLAINED: "已说明", ExplanationKind.IGNORED: "已忽略"}
UNCERTAIN = "识别把握较低，请对照原文"
_LONGEST_CAPTION = 16


def table_title(document: Document, match: ReportMatch, table_id: str) -> str:
    """Return what a table is called: its statutory name, its caption, or its number."""
    if found := match.by_table_id.get(table_id):
        return wording.TABLE_LABELS[found.name]
    caption = document.tables[table_id].caption.strip()
    if 0 < len(caption) <= _LONGEST_CAPTION:
        return caption
    number = list(document.tables).index(table_id) + 1
    return f"表{number}（未识别）"


def cell_title(session: Session, ref: CellRef) -> str:
    """Return what a cell is called: table, row and column, by their labels where it has any."""
    table = table_title(session.document, session.match, ref.table)
    if slot := session.match.slot_at.get(ref):
        form_table = session.match.by_table_id[ref.table].form_table
        label = wording.cell_label(form_table, slot).replace("·", " · ")
        return f"{table} · {label}"
    return f"{table} · 第 {ref.row + 1} 行第 {ref.column + 1} 列"


def column_letters(column: int) -> str:
    """Return what spreadsheets call a column, counted from zero: A, B, … Z, AA."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def table_number(document: Document, table_id: str) -> int:
    """Return a table's number in its document, counted from one."""
    return list(document.tables).index(table_id) + 1


def address(document: Document, ref: CellRef) -> str:
    """Return where a cell is, such as 表3 第7行 D列."""
    number = table_number(document, ref.table)
    return f"表{number} 第{ref.row + 1}行 {column_letters(ref.column)}列"


def spoken_place(session: Session, ref: CellRef) -> str:
    """Return a cell's place as a screen reader says it, with the labels of its row and column."""
    table, row, column = address(session.document, ref).split(" ")
    if slot := session.match.slot_at.get(ref):
        form_table = session.match.by_table_id[ref.table].form_table
        row += f" {wording.row_label(form_table, row_key(slot))}"
        column += f" {wording.column_label(form_table, slot)}"
    return f"{table}，{row}，{column}"


def finding_title(finding: Finding) -> str:
    """Return a finding's title: what is wrong, and where in the table."""
    found = finding.found.values
    subject = found.get("column") or found.get("row") or ""
    title = rule_title(finding.rule)
    return f"{title}：{subject}" if subject else title


def state_word(explanation: Explanation | None) -> str:
    """Return what has become of a finding, empty while it is open."""
    return EXPLANATION_WORDS[explanation.kind] if explanation else ""


def rule_title(rule_id: str) -> str:
    """Return a rule's title; the id of a rule that is not in the catalogue."""
    rule = all_rules().get(rule_id)
    return rule.title if rule else rule_id


def rule_explanation(rule_id: str) -> str:
    """Return the first paragraph of a rule's help page, in one line; empty without one."""
    rule = all_rules().get(rule_id)
    page = (inspect.getdoc(rule.check) or "") if rule else ""
    paragraphs = page.split("\n\n")
    return paragraphs[1].replace("\n", "") if len(paragraphs) > 1 else ""
