"""The findings of a check as Excel: what is doubtful, and what could not be checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from core.document import CellRef, Document
from core.explanations import ExplanationKind
from core.rules.model import Certainty, CheckResult, Finding, Outcome, Severity, Span
from core.writers.contents import Number

if TYPE_CHECKING:
    from core.writers.sheets import Sheet

SEVERITY_NAMES = {
    Severity.ERROR: "强制性错误",
    Severity.WARNING: "待核实",
    Severity.NOTE: "提示",
}
_FINDINGS = (
    ("序号", 6),
    ("级别", 12),
    ("规则", 10),
    ("位置", 30),
    ("内容", 64),
    ("建议", 40),
    ("出错说明", 40),
    ("依据", 40),
)
_UNCHECKED = (("序号", 6), ("规则", 10), ("位置", 34), ("原因", 64))
_MOST_ADVICE = 3
_WHOLE = "全文"
_BROKEN = "这条规则运行出错，没有得出结果"


def findings_workbook(document: Document, result: CheckResult) -> bytes:
    """Return an .xlsx with a sheet 疑点 and a sheet 未能检查."""
    from core.writers.sheets import Book

    book = Book()
    put_findings(book.add_sheet("疑点"), document, result)
    _put_rows(book.add_sheet("未能检查"), document, _UNCHECKED, list(_unchecked(document, result)))
    return book.finished(document.title or "", document.agency or "")


def put_findings(sheet: Sheet, document: Document, result: CheckResult) -> None:
    """Fill a sheet with the findings, worst first, and say below what was checked."""
    order = list(Severity)
    findings = sorted(result.findings, key=lambda finding: order.index(finding.severity))
    rows = [_finding_texts(document, finding) for finding in findings]
    _put_rows(sheet, document, _FINDINGS, rows)
    sheet.put(len(rows) + 2, 0, _summary(result), (1, len(_FINDINGS)), "label")


def place(document: Document, finding: Finding) -> str:
    """Return where a finding stands, in words; rows and columns count from one."""
    found = finding.found
    if found.span is not None:
        return _span_place(document, found.span)
    if found.cells:
        return _cells_place(document, found.cells)
    return _table_place(document, found.table) if found.table else _WHOLE


def _finding_texts(document: Document, finding: Finding) -> tuple[str, ...]:
    severity = SEVERITY_NAMES[finding.severity]
    where = place(document, finding)
    said = (finding.message, _advice(finding), _explanation(finding), finding.basis)
    return severity, finding.rule, where, *said


def _advice(finding: Finding) -> str:
    """Return the one correction that is proved, else how many there are to choose from."""
    fixes = finding.found.fixes
    proved = [fix.title for fix in fixes if fix.certainty is Certainty.PROVED]
    if proved:
        return proved[0]
    if len(fixes) > _MOST_ADVICE:
        return f"{'；或 '.join(fix.title for fix in fixes[:_MOST_ADVICE])}；等"
    return "；或 ".join(fix.title for fix in fixes)


def _explanation(finding: Finding) -> str:
    """Return what was said about a finding, with who said it and when."""
    if finding.explanation is None:
        return ""
    by = "，".join(filter(None, (finding.explanation.author, str(finding.explanation.date))))
    ignored = "已忽略：" if finding.explanation.kind is ExplanationKind.IGNORED else ""
    return f"{ignored}{finding.explanation.text}（{by}）"


def _unchecked(document: Document, result: CheckResult) -> Iterator[tuple[str, ...]]:
    for check in result.checks:
        if check.error:
            yield check.rule, _WHOLE, _BROKEN
        for item in check.insufficient:
            where = _WHOLE
            if item.cells:
                where = _cells_place(document, item.cells)
            elif item.table:
                where = _table_place(document, item.table)
            yield check.rule, where, item.reason


def _put_rows(
    sheet: Sheet,
    document: Document,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
) -> None:
    for column, (title, _) in enumerate(columns):
        sheet.put(0, column, title, look="header")
    for row, texts in enumerate(rows, start=1):
        sheet.put(row, 0, Number(Decimal(row)))
        for column, text in enumerate(texts, start=1):
            sheet.put(row, column, text, look="label")
    sheet.lay_out([float(width) for _, width in columns])
    sheet.freeze(1, 0)
    sheet.set_up_page(document.title or "")


def _summary(result: CheckResult) -> str:
    passed, insufficient, failed = (
        result.count(outcome) for outcome in (Outcome.PASSED, Outcome.INSUFFICIENT, Outcome.FAILED)
    )
    text = f"共 {len(result.findings)} 条疑点；{passed} 项检查通过，{insufficient} 项未能检查"
    return f"{text}，{failed} 条规则运行出错。" if failed else f"{text}。"


def _span_place(document: Document, span: Span) -> str:
    return f"{_heading(document, span.section)} 第{span.paragraph + 1}段"


def _cells_place(document: Document, cells: Sequence[CellRef]) -> str:
    return f"{_table_place(document, cells[0].table)} {_range(cells)}"


def _table_place(document: Document, table_id: str) -> str:
    """Return the heading over a table, and which of several tables it is."""
    number = document.section_of.get(table_id, 0)
    section = document.section(number)
    ids = [table.id for table in section.tables] if section else []
    ordinal = f"第{ids.index(table_id) + 1}个表格" if len(ids) > 1 and table_id in ids else "表格"
    return f"{_heading(document, number)} {ordinal}"


def _heading(document: Document, number: int) -> str:
    section = document.section(number)
    return section.heading if section and section.heading else "正文开头"


def _range(cells: Sequence[CellRef]) -> str:
    rows = sorted({ref.row + 1 for ref in cells})
    columns = sorted({ref.column + 1 for ref in cells})
    if len(rows) > 1 and len(columns) > 1:
        first = cells[0]
        return f"第{first.row + 1}行第{first.column + 1}列等{len(set(cells))}格"
    return f"第{_numbers(rows)}行第{_numbers(columns)}列"


def _numbers(values: Sequence[int]) -> str:
    if len(values) > 2 and values[-1] - values[0] == len(values) - 1:
        return f"{values[0]}至{values[-1]}"
    return "、".join(map(str, values))
