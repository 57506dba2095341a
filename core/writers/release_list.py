"""公开情况: which agency has published its report, and when, where the report says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.batch_row import Row
from core.rules.two_years import agency_key
from core.writers.findings import put_rows

_TITLE = "年度报告公开情况"
_COLUMNS = (
    *(("序号", 6), ("机关", 28), ("年度", 8), ("标题", 46), ("发布日期", 13), ("出处", 11)),
    *(("落款日期", 13), ("文件", 36), ("备注", 30)),
)
_NO_REPORT = "没有找到年度报告"


def release_workbook(rows: Sequence[Row], missing: Iterable[str] = ()) -> bytes:
    """Return an .xlsx with a line a report, by agency; `missing` are agencies without one.

    A day that the report does not say stays blank.
    """
    from core.writers.sheets import Book

    book = Book()
    ordered = sorted(rows, key=lambda row: (not row.agency, agency_key(row.agency), row.file))
    lines = [_line(row) for row in ordered]
    lines += [(name, "", "", "", "", "", "", _NO_REPORT) for name in missing]
    put_rows(book.add_sheet("公开情况"), _TITLE, _COLUMNS, lines)
    return book.finished(_TITLE, "")


def _line(row: Row) -> tuple[str, ...]:
    year = str(row.year or "")
    dates = (row.released, row.released_by, row.signed)
    remark = f"没有读取：{row.error}" if row.error else ""
    return row.agency, year, row.title, *dates, row.file, remark
