"""The findings of a check as Excel: what is doubtful, and what could not be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from core.document import Document
from core.explanations import ExplanationKind
from core.places import WHOLE, cells_place, place_of, table_place
from core.rules.model import Certainty, CheckResult, Finding, Outcome
from core.rules.severity import Severity
from core.writers.contents import Number

if TYPE_CHECKING:
    from core.writers.sheets import Sheet

SEVERITY_NAMES = {
    Severity.ERROR: "强制性错误",
    Severity.WARNING: "待核实",
    Severity.NOTE: "提示",
}
_FINDINGS = (
    ("序号", 5),
    ("级别", 11),
    ("规则", 9),
    ("位置", 24),
    ("内容", 46),
    ("建议", 28),
    ("出错说明", 24),
    ("依据", 34),
)
_UNCHECKED = (("序号", 6), ("规则", 10), ("位置", 34), ("原因", 64))
_MOST_ADVICE = 3
_BROKEN = "这条规则运行出错，没有得出结果"


def findings_workbook(document: Document, result: CheckResult) -> bytes:
    """Return an .xlsx with a sheet 疑点 and a sheet 未能检查."""
    from core.writers.sheets import Book

    book = Book()
    put_findings(book.add_sheet("疑点"), document, result)
    unchecked = list(_unchecked(document, result))
    put_rows(book.add_sheet("未能检查"), document.title or "", _UNCHECKED, unchecked)
    return book.finished(document.title or "", document.agency or "")


def put_findings(sheet: Sheet, document: Document, result: CheckResult) -> None:
    """Fill a sheet with the findings, worst first, and say below what was checked."""
    rows = [_finding_texts(document, finding) for finding in by_severity(result.findings)]
    put_rows(sheet, document.title or "", _FINDINGS, rows)
    sheet.put(len(rows) + 2, 0, _summary(result), (1, len(_FINDINGS)), "label")


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings worst first, else in their order."""
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def put_rows(
    sheet: Sheet,
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
) -> None:
    """Fill a sheet with numbered rows of texts under headers, whose widths are given."""
    for column, (name, _) in enumerate(columns):
        sheet.put(0, column, name, look="header")
    for row, texts in enumerate(rows, start=1):
        sheet.put(row, 0, Number(Decimal(row)))
        for column, text in enumerate(texts, start=1):
            sheet.put(row, column, text, look="label")
    sheet.lay_out([float(width) for _, width in columns])
    sheet.freeze(1, 0)
    sheet.set_up_page(title)


def advice(finding: Finding) -> str:
    """Return the one correction that is proved, else how many there are to choose from."""
    fixes = finding.found.fixes
    proved = [fix.title for fix in fixes if fix.certainty is Certainty.PROVED]
    if proved:
        return proved[0]
    if len(fixes) > _MOST_ADVICE:
        return f"{'；或 '.join(fix.title for fix in fixes[:_MOST_ADVICE])}；等"
    return "；或 ".join(fix.title for fix in fixes)


def explanation(finding: Finding) -> str:
    """Return what was said about a finding, with who said it and when."""
    if finding.explanation is None:
        return ""
    by = "，".join(filter(None, (finding.explanation.author, str(finding.explanation.date))))
    ignored = "已忽略：" if finding.explanation.kind is ExplanationKind.IGNORED else ""
    return f"{ignored}{finding.explanation.text}（{by}）"


def _finding_texts(document: Document, finding: Finding) -> tuple[str, ...]:
    severity = SEVERITY_NAMES[finding.severity]
    where = place_of(document, finding)
    said = (finding.message, advice(finding), explanation(finding), finding.basis)
    return severity, finding.rule, where, *said


def _unchecked(document: Document, result: CheckResult) -> Iterator[tuple[str, ...]]:
    for check in result.checks:
        if check.error:
            yield check.rule, WHOLE, _BROKEN
        for item in check.insufficient:
            where = WHOLE
            if item.cells:
                where = cells_place(document, item.cells)
            elif item.table:
                where = table_place(document, item.table)
            yield check.rule, where, item.reason


def _summary(result: CheckResult) -> str:
    passed, insufficient, failed = (
        result.count(outcome) for outcome in (Outcome.PASSED, Outcome.INSUFFICIENT, Outcome.FAILED)
    )
    text = f"共 {len(result.findings)} 条疑点；{passed} 项检查通过，{insufficient} 项未能检查"
    return f"{text}，{failed} 条规则运行出错。" if failed else f"{text}。"
