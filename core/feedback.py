"""反馈单: what an agency is asked to correct or explain, as a letter to be mailed back.

It is plain content like the review report (see `core.review`) and is written,
printed and read back by the same code.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.batch_row import Listed, Row
from core.review import Listing, Passage, Review
from core.rules.severity import Severity
from core.rules.two_years import agency_key
from core.settings import SEVERITY_NAMES

TITLE = "政府信息公开工作年度报告疑点反馈单"

_NUMERALS = "一二三四五六七八九十"
_COLUMNS = (("序号", 7), ("位置", 22), ("问题", 46), ("建议", 28))
_ASKED = {
    Severity.ERROR: "报告自身的数字或者结构互相矛盾，请查明原因并改正：",
    Severity.WARNING: "请逐条核实；属实的请说明原因，不属实的请改正：",
    Severity.NOTE: "请参考，确认无误的不必改动：",
}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST_NAME = 60
_SUFFIX = ".docx"


@dataclass(frozen=True, slots=True)
class Feedback:
    """The letter to one agency: to whom, under which file name, what it says.

    Among several letters no two names are the same, whatever the disk takes for the same.
    """

    agency: str
    name: str
    review: Review


def feedbacks(
    rows: Iterable[Row], date: datetime.date, office: str = "", *, without_findings: bool = False
) -> list[Feedback]:
    """Return a letter for each agency, in the order of its first report; rows need findings.

    Agencies of whose reports nothing is open get one only if asked for.  `office` is
    who writes, empty for nobody named.
    """
    names = _Names()
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(agency_key(row.agency) or row.file, []).append(row)
    letters = []
    for group in groups.values():
        if without_findings or any(row.error or _open(row) for row in group):
            agency = group[0].agency
            name = names.free(agency or group[0].file.rpartition("/")[2])
            letters.append(Feedback(agency, name, _letter(group, date, office)))
    return letters


def _letter(rows: Sequence[Row], date: datetime.date, office: str) -> Review:
    agency = rows[0].agency
    blocks: list[Passage | Listing] = [Passage(f"{agency or '报送单位'}：")]
    for number, row in enumerate(rows, start=1):
        if len(rows) > 1:
            blocks.append(Passage(f"第{number}份报告", 1))
        blocks += _of_report(row, level=2 if len(rows) > 1 else 1)
    day = f"{date.year}年{date.month}月{date.day}日"
    signature = tuple(filter(None, (office, day)))
    return Review(TITLE, office, tuple(blocks), signature, is_letter=True)


def _of_report(row: Row, level: int) -> Iterator[Passage | Listing]:
    file = row.file.rpartition("/")[2]
    if row.error:
        yield Passage(f"你单位报送的文件“{file}”没有能够读取：{row.error}")
        return
    findings = _open(row)
    by_severity = {s: [each for each in findings if each.severity == s] for s in Severity}
    present = {severity: found for severity, found in by_severity.items() if found}
    title = f"《{row.title}》" if row.title else "年度报告"
    counts = "、".join(f"{SEVERITY_NAMES[s]} {len(found)} 处" for s, found in present.items())
    said = f"有{counts}" if counts else "在已检查的范围内没有需要改正或者说明的地方"
    yield Passage(f"你单位报送的{title}（文件“{file}”）经校核，{said}。")
    if row.explained:
        yield Passage(f"另有 {row.explained} 处已经有说明，没有列出。")
    if row.unchecked:
        yield Passage(
            f"有 {row.unchecked} 项内容因缺少数字等原因没有能够检查，请对照原始数据核对。"
        )
    for number, (severity, found) in enumerate(present.items()):
        name = SEVERITY_NAMES[severity]
        numbered = (
            f"{_NUMERALS[number]}、{name}" if level == 1 else f"（{_NUMERALS[number]}）{name}"
        )
        yield Passage(numbered, level)
        yield Passage(_ASKED[severity])
        yield _listing(found)


def _listing(found: Iterable[Listed]) -> Listing:
    headers = tuple(name for name, _ in _COLUMNS)
    widths = tuple(width for _, width in _COLUMNS)
    rows = tuple(
        (str(number), each.place, f"{each.message}（依据：{each.basis}）", each.advice)
        for number, each in enumerate(found, start=1)
    )
    return Listing(headers, widths, rows)


def _open(row: Row) -> list[Listed]:
    return [each for each in row.listed if not each.explanation]


class _Names:
    """File names that every system takes, each given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, text: str) -> str:
        plain = _FORBIDDEN.sub("", text).strip(" .")[:_LONGEST_NAME] or "未写明机关"
        stem = f"{'_' if _RESERVED.match(plain) else ''}{plain}反馈单"
        number, name = 1, stem
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}({number})"
        self._taken.add(name.casefold())
        return f"{name}{_SUFFIX}"
