"""The reports of a folder as a table for paper."""

from __future__ import annotations

from collections.abc import Sequence

from core.batch_row import Row
from core.batch_view import by_need
from core.review import Listing, Passage, Review
from gui.folder import words

TITLE = "年度报告校核一览"
_COLUMNS = (
    *(("序号", 7), ("机关", 30), ("年度", 9), ("状态", 18), ("强制性错误", 10), ("待核实", 9)),
    *(("未说明", 9), ("文件", 34)),
)


def list_review(rows: Sequence[Row], folder: str) -> Review:
    """Return a line a report, those that need most work first."""
    headers, widths = zip(*_COLUMNS, strict=True)
    lines = tuple(_line(number, row) for number, row in enumerate(by_need(rows), start=1))
    about = Passage(f"文件夹：{folder}，已检查 {len(rows)} 个文件。")
    return Review(TITLE, "", (about, Listing(headers, widths, lines)), ())


def _line(number: int, row: Row) -> tuple[str, ...]:
    name = words.file_name(row.file)
    if row.error:
        return str(number), "", "", words.state_text(row), "", "", "", f"{name}：{row.error}"
    counts = (str(row.errors), str(row.warnings), str(row.open))
    return str(number), row.agency, str(row.year or ""), words.state_text(row), *counts, name
