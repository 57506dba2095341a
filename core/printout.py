"""What the command line prints for people: the report as read, findings, what was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from core.document import CellRef, Document, Table
from core.explanations import ExplanationKind
from core.forms.alignment import ReportMatch
from core.rules.model import (
    Certainty,
    CheckResult,
    Finding,
    Insufficient,
    NotApplicable,
    Outcome,
    Result,
    Rule,
    RuleCheck,
    outcome_of,
)
from core.rules.severity import Severity
from core.rules.wording import TABLE_LABELS

SEVERITY_LABELS = {
    Severity.ERROR: "强制性错误",
    Severity.WARNING: "待核实",
    Severity.NOTE: "提示",
}
_EXPLANATION_LABELS = {
    ExplanationKind.EXPLAINED: "出错说明",
    ExplanationKind.IGNORED: "已忽略",
}
CONFIDENCE_LABELS = {
    "exact": "单元格明确",
    "aligned": "单元格由对齐得出",
    "uncertain": "有不能确定的单元格，请对照原文",
}
_EDITION_LABELS = {"2019": "2019 年版（试行）", "2021": "2021 年版"}
_FAMILY_OF_LAST_YEAR = "YOY"
_MOST_PLACES = 3


def tables_text(document: Document, match: ReportMatch) -> Iterator[str]:
    """Return the lines that say what was read."""
    yield from _naming(document, match)
    for section in document.sections:
        heading = section.heading or "（标题之前）"
        yield f"{heading}：{len(section.paragraphs)} 段，{len(section.tables)} 张表"
    for table in document.tables.values():
        yield ""
        yield from _table(match, table)


def check_text(
    document: Document,
    match: ReportMatch,
    result: CheckResult,
    last_year: Document | None = None,
) -> Iterator[str]:
    """Return the lines that say what was found, what was checked and what could not be."""
    yield from _naming(document, match)
    if last_year is not None:
        yield f"上年年报：{last_year.agency or '机关不详'}　报告年度：{_year(last_year)}"
    for severity, label in SEVERITY_LABELS.items():
        findings = result.of_severity(severity)
        if findings:
            yield ""
            yield f"{label} {len(findings)} 处"
        for number, finding in enumerate(findings, start=1):
            yield f"{number:3}. [{_place(match, finding)}] {finding.message}（{finding.rule}）"
            yield from _advice(finding)
    yield ""
    yield from summary(match, result)


def _advice(finding: Finding) -> Iterator[str]:
    """Return what is to be done about a finding, as far as it is known."""
    if finding.explanation is not None:
        word = _EXPLANATION_LABELS[finding.explanation.kind]
        yield f"     {word}：{finding.explanation.text}"
    proved = (fix for fix in finding.found.fixes if fix.certainty is Certainty.PROVED)
    for fix in proved:
        yield f"     建议：{fix.title}。{fix.reason}"


def rules_text(rules: tuple[Rule, ...]) -> Iterator[str]:
    """Return one line for each rule of the catalogue."""
    for rule in rules:
        editions = "、".join(rule.editions)
        yield f"{rule.id} {SEVERITY_LABELS[rule.severity]} {rule.title}（{editions} 年版格式）"


def _naming(document: Document, match: ReportMatch) -> Iterator[str]:
    yield document.title or "（没有找到标题）"
    edition = _EDITION_LABELS.get(match.edition or "", "没有认出表格")
    yield f"机关：{document.agency or '不详'}　报告年度：{_year(document)}　表格格式：{edition}"


def _year(document: Document) -> str:
    return "不详" if document.year is None else str(document.year)


def _table(match: ReportMatch, table: Table) -> Iterator[str]:
    found = match.by_table_id.get(table.id)
    name = TABLE_LABELS[found.name] if found else "其他表"
    sure = f"，{CONFIDENCE_LABELS[found.confidence.value]}" if found else ""
    yield f"{name}（{table.id}，{table.rows} 行 {table.columns} 列{sure}）"
    for note in (*table.notes, *(found.notes if found else ())):
        yield f"  注意：{note}"
    for row in range(table.rows):
        texts = " | ".join(cell.text.replace("\n", " ") for cell in table.starting_in(row))
        yield f"  {row + 1:3}: {texts}"


def _place(match: ReportMatch, finding: Finding) -> str:
    if span := finding.found.span:
        return f"第 {span.section} 部分第 {span.paragraph + 1} 段"
    if finding.table is None:
        return "报告"
    return f"{_table_name(match, finding.table)} {_stretch(finding.found.cells)}".strip()


def _stretch(cells: Sequence[CellRef]) -> str:
    """Return the row or column that some cells share, nothing if they stand all over."""
    rows = sorted({cell.row + 1 for cell in cells})
    columns = sorted({cell.column + 1 for cell in cells})
    if len(rows) == len(columns) == 1:
        return f"第 {rows[0]} 行第 {columns[0]} 列"
    if len(rows) == 1:
        return f"第 {rows[0]} 行第 {columns[0]}—{columns[-1]} 列"
    return f"第 {columns[0]} 列" if len(columns) == 1 else ""


def _table_name(match: ReportMatch, table_id: str) -> str:
    found = match.by_table_id.get(table_id)
    return TABLE_LABELS[found.name] if found else f"表格 {table_id}"


def summary(match: ReportMatch, result: CheckResult) -> Iterator[str]:
    """Yield the lines that say what was checked before what was not found."""
    across = [item for check in result.checks if _is_across(check) for item in check.results]
    results = [item for check in result.checks if not _is_across(check) for item in check.results]
    relations = [item for item in results if _is_relation(item)]
    others = [item for item in results if not _is_relation(item)]
    yield _counts("已检查 {} 条勾稽关系：通过 {}，不一致 {}；未能检查 {} 条", relations)
    yield _counts("已检查 {} 项数字、文字、表格和章节：通过 {}，有疑点 {}；未能检查 {} 项", others)
    if any(not isinstance(item, NotApplicable) for item in across):
        yield _counts("已与上年年报核对 {} 项：通过 {}，有疑点 {}；未能核对 {} 项", across)
    yield from _reasons(match, result)
    failed = [check.rule for check in result.checks if check.error]
    if failed:
        yield f"检查规则本身出错、没有检查完：{'、'.join(failed)}"
    switched_off = [check.rule for check in result.checks if check.switched_off]
    if switched_off:
        yield f"按设置没有检查的规则：{'、'.join(switched_off)}"
    undecided = sum(
        result.count(outcome)
        for outcome in (Outcome.INSUFFICIENT, Outcome.FAILED, Outcome.SWITCHED_OFF)
    )
    if not result.findings:
        yield "已检查的部分没有疑点，其余未能检查" if undecided else "没有发现问题"


def _is_across(check: RuleCheck) -> bool:
    return check.rule.startswith(_FAMILY_OF_LAST_YEAR)


def _is_relation(result: Result) -> bool:
    return getattr(result, "relation", None) is not None


def _counts(sentence: str, results: list[Result]) -> str:
    """Return how some results ended; what does not apply to the report is not counted."""
    count = Counter(outcome_of(result) for result in results)
    passed, found = count[Outcome.PASSED], count[Outcome.FOUND]
    return sentence.format(passed + found, passed, found, count[Outcome.INSUFFICIENT])


def _reasons(match: ReportMatch, result: CheckResult) -> Iterator[str]:
    """Return why relations could not be checked, each reason once for a table."""
    places: dict[tuple[str, str], list[Insufficient]] = {}
    for check in result.checks:
        for item in check.insufficient:
            table = item.table or (item.cells[0].table if item.cells else None)
            name = _table_name(match, table) if table else "报告"
            places.setdefault((name, item.reason), []).append(item)
    for (name, reason), items in places.items():
        yield f"  未能检查：{name}，{reason}（{len(items)} 项{_where(items)}）"


def _where(items: list[Insufficient]) -> str:
    cells = list(dict.fromkeys(cell for item in items for cell in item.cells))
    if not cells:
        return ""
    shown = "、".join(f"第 {c.row + 1} 行第 {c.column + 1} 列" for c in cells[:_MOST_PLACES])
    return f"：{shown}" + ("等" if len(cells) > _MOST_PLACES else "")
