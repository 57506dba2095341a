"""疑点清单 of a folder: its reports, their findings by unit and by rule, what was not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.batch_row import Row
from core.batch_totals import FolderFinding
from core.printout import CONFIDENCE_LABELS
from core.rules.registry import all_rules
from core.rules.severity import Severity
from core.writers.findings import SEVERITY_NAMES, put_rows

_TITLE = "疑点清单"
_REPORTS = (
    *(("序号", 6), ("机关", 26), ("年度", 8), ("文件", 34), ("格式", 8), ("强制性错误", 11)),
    *(("待核实", 9), ("提示", 7), ("未能检查", 10), ("尚未说明", 10), ("识别", 24)),
    *(("上年年报", 26), ("没有读取的原因", 46)),
)
_BY_UNIT = (
    *(("序号", 6), ("机关", 22), ("文件", 26), ("级别", 11), ("规则", 9), ("位置", 22)),
    *(("内容", 46), ("建议", 28), ("依据", 30), ("出错说明", 24)),
)
_BY_RULE = (
    *(("序号", 6), ("规则", 9), ("名称", 26), ("级别", 11), ("机关", 22), ("文件", 26)),
    *(("位置", 22), ("内容", 46), ("建议", 28)),
)
_TOGETHER = (("序号", 6), ("级别", 11), ("内容", 80), ("文件", 50))
_NO_TABLES = "没有法定表格"
_ORDER = [severity.value for severity in Severity]


def batch_workbook(rows: Sequence[Row], together: Iterable[FolderFinding]) -> bytes:
    """Return an .xlsx with the sheets 单位一览, 按单位, 按规则 and 整体; rows need `listed`."""
    from core.writers.sheets import Book

    book = Book()
    put_rows(book.add_sheet("单位一览"), _TITLE, _REPORTS, [_report(row) for row in rows])
    put_rows(book.add_sheet("按单位"), _TITLE, _BY_UNIT, list(_by_unit(rows)))
    put_rows(book.add_sheet("按规则"), _TITLE, _BY_RULE, list(_by_rule(rows)))
    whole = [
        (SEVERITY_NAMES[each.severity], each.message, "\n".join(each.files)) for each in together
    ]
    put_rows(book.add_sheet("整体"), _TITLE, _TOGETHER, whole)
    return book.finished(_TITLE, "")


def _report(row: Row) -> tuple[str, ...]:
    if row.error:
        return "", "", row.file, *[""] * 8, row.error
    counts = map(str, (row.errors, row.warnings, row.notes, row.unchecked, row.open))
    sure = CONFIDENCE_LABELS.get(row.confidence, "") if row.edition else _NO_TABLES
    year = str(row.year or "")
    return row.agency, year, row.file, row.edition, *counts, sure, row.last_year, ""


def _by_unit(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        for severity, *texts in sorted(row.listed, key=lambda said: _ORDER.index(said[0])):
            yield row.agency, row.file, SEVERITY_NAMES[Severity(severity)], *texts


def _by_rule(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    titles = {rule.id: rule.title for rule in all_rules().values()}
    found = [(row, texts) for row in rows for texts in row.listed]
    # Sorting keeps the order of the files inside one rule.
    for row, texts in sorted(found, key=lambda one: (one[1][1], _ORDER.index(one[1][0]))):
        severity, rule, place, message, advice, *_ = texts
        name = SEVERITY_NAMES[Severity(severity)]
        yield rule, titles.get(rule, ""), name, row.agency, row.file, place, message, advice
