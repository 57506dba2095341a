"""What reports of a folder, and what they show together, are called on the screen."""

from __future__ import annotations

from core import batch_totals as totals
from core.batch_row import Row
from core.batch_view import STATE_LABELS, ReportState, state_of

WAITING = "等待"
# Shape and word say the same; the colour only helps.
STATE_ICONS = {
    ReportState.UNREAD: "close",
    ReportState.ERRORS: "error",
    ReportState.WARNINGS: "warning",
    ReportState.UNSURE: "help",
    ReportState.NOTES: "note",
    ReportState.CLEAN: "check",
}
CONFIDENCES = {"exact": "明确", "aligned": "对齐得出", "uncertain": "有不确定处"}
ABOUT_CONFIDENCES = {
    "exact": "每个单元格都与法定格式对得上",
    "aligned": "部分单元格由对齐得出，请留意",
    "uncertain": "有不能确定的单元格，请对照原文",
}
EDITIONS = {"2019": "2019 年版", "2021": "2021 年版"}
KINDS = {
    totals.SAME_CONTENT: "内容相同",
    totals.TWO_VERSIONS: "多个版本",
    totals.OTHER_YEAR: "年度不同",
    totals.NO_LAST_YEAR: "缺上年年报",
    totals.LAST_YEAR_UNREADABLE: "上年年报未读取",
    totals.CHILDREN_DIFFER: "与所属单位不一致",
    totals.CHILDREN_UNCHECKED: "所属单位未能核对",
    totals.PROSE_ALIKE: "文字雷同",
    totals.AGENCY_MISSING: "没有报告",
    totals.AGENCY_UNLISTED: "名单之外",
}


def state_text(row: Row | None) -> str:
    """Return how a report stands, in words."""
    return STATE_LABELS[state_of(row)] if row else WAITING


def confidence_text(row: Row) -> str:
    """Return how sure the cells of a report are, empty for one without statutory tables."""
    return CONFIDENCES.get(row.confidence, "")


def edition_text(row: Row) -> str:
    """Return which edition of the form a report has."""
    if row.error:
        return ""
    return EDITIONS.get(row.edition, row.edition or "没有法定表格")


def file_name(file: str) -> str:
    """Return the last part of a file's name in the folder."""
    return file.rpartition("/")[2]
