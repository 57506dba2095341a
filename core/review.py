"""The review report (校核报告): what was checked, found, explained and changed, for signature.

It is plain content, the same for every format that it is written in.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.changes_made import Change, changes_made
from core.document import CellRef, Document, fold
from core.explanations import ExplanationKind
from core.places import place_of
from core.printout import summary
from core.rules.model import CheckResult, Finding
from core.session import Session
from core.writers.findings import SEVERITY_NAMES, advice, explanation
from core.writers.texts import clean

TITLE = "政府信息公开工作年度报告校核报告"
FINDINGS_TITLE = "疑点清单"

_EDITIONS = {"2019": "2019 年版（试行）", "2021": "2021 年版"}
_UNKNOWN = "未能识别"
_NOTHING, _DELETED = "（无）", "（删去）"
_UNCHECKED = "未能检查："
_SEVERITY_NUMERALS = "一二三"
# Two lines, so that they seldom come to stand on a page of their own.
_LINE = "＿" * 6
_SIGNING = (
    f"经办人：{_LINE}　　复核人：{_LINE}",
    f"负责人：{_LINE}　　日　期：＿＿＿年＿＿月＿＿日",
)

_FINDING_COLUMNS = (("序号", 7), ("位置", 18), ("疑点", 32), ("建议", 30), ("说明", 20))
_CHANGE_COLUMNS = (
    ("序号", 7),
    ("位置", 26),
    ("原内容", 16),
    ("现内容", 16),
    ("时间", 13),
    ("原因", 32),
)
_UNCHECKED_COLUMNS = (("序号", 7), ("未能检查的内容和原因", 100))


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph; `level` is 0 for prose, 1 and 2 for headings."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A table with headers; `widths` say how its columns share the width of the page."""

    headers: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """The headers and the rows."""
        return (self.headers, *self.rows)


@dataclass(frozen=True)
class Review:
    """A review report: title, passages and tables in their order, lines to sign on.

    In a letter the first passage is to whom it goes, and the signature stands at the right.
    """

    title: str
    author: str
    blocks: tuple[Passage | Listing, ...]
    signature: tuple[str, ...]
    is_letter: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that it says in its order, space folded and blanks left out."""
        return tuple(filter(None, (fold(clean(text)) for text in self._texts())))

    def _texts(self) -> Iterator[str]:
        yield self.title
        for block in self.blocks:
            if isinstance(block, Passage):
                yield block.text
            else:
                yield from (text for line in block.lines for text in line)
        yield from self.signature


def review_of(session: Session, result: CheckResult, author: str, date: datetime.date) -> Review:
    """Return the review of a session's present report, whose check brought `result`.

    `author` is who checked it, empty for nobody named; `date` is when.
    """
    blocks = (
        Passage("一、基本情况", 1),
        *_about(session, author, date),
        Passage("二、检查范围", 1),
        *_scope(session, result),
        Passage("三、疑点和说明", 1),
        *_doubts(session.document, result),
        Passage("四、修改记录", 1),
        *_changes(session),
        Passage("五、签字", 1),
    )
    return Review(TITLE, author, blocks, _SIGNING)


def findings_of(session: Session, result: CheckResult) -> Review:
    """Return the findings of a session's present report alone, as they stand in its review."""
    document = session.document
    blocks = (Passage(document.title or session.path.name), *_doubts(document, result))
    return Review(FINDINGS_TITLE, "", blocks, ())


def _about(session: Session, author: str, date: datetime.date) -> Iterator[Passage]:
    document = session.document
    year = f"{document.year}年" if document.year else _UNKNOWN
    lines = [
        ("报告名称", document.title or _UNKNOWN),
        ("编制机关", document.agency or _UNKNOWN),
        ("报告年度", year),
        ("表格格式", _EDITIONS.get(session.match.edition or "", _UNKNOWN)),
        ("报告文件", session.path.name),
        ("校核人", author or "（未填写）"),
        ("校核日期", f"{date.year}年{date.month}月{date.day}日"),
    ]
    if session.last_year is not None:
        last = session.last_year
        lines.insert(5, ("对照的上年年报", last.document.title or last.path.name))
    yield from (Passage(f"{name}：{text}") for name, text in lines)


def _scope(session: Session, result: CheckResult) -> Iterator[Passage | Listing]:
    lines = [line.strip() for line in summary(session.match, result)]
    yield from (Passage(f"{line}。") for line in lines if not line.startswith(_UNCHECKED))
    reasons = [line.removeprefix(_UNCHECKED) for line in lines if line.startswith(_UNCHECKED)]
    if reasons:
        yield Passage("下列内容没有能够检查，请人工核对：")
        yield _listing(_UNCHECKED_COLUMNS, [(reason,) for reason in reasons])


def _doubts(document: Document, result: CheckResult) -> Iterator[Passage | Listing]:
    if not result.findings:
        yield Passage("在已检查的范围内没有疑点。")
        return
    present = [severity for severity in SEVERITY_NAMES if result.of_severity(severity)]
    for numeral, severity in zip(_SEVERITY_NUMERALS, present, strict=False):
        findings = result.of_severity(severity)
        yield Passage(f"（{numeral}）{SEVERITY_NAMES[severity]}", 2)
        yield Passage(_tally(findings))
        yield _numbered(
            _FINDING_COLUMNS,
            [[_doubt(document, each) for each in group] for group in _by_cause(findings)],
        )


def _tally(findings: Sequence[Finding]) -> str:
    kinds = [finding.explanation.kind for finding in findings if finding.explanation]
    said = [f"共 {len(findings)} 条"]
    for kind, name in (
        (ExplanationKind.EXPLAINED, "已作出错说明"),
        (ExplanationKind.IGNORED, "已忽略"),
    ):
        said += [f"{name} {kinds.count(kind)} 条"] if kind in kinds else []
    together = any(len(group) > 1 for group in _by_cause(findings))
    hint = "序号前一部分相同的，由同一处引起。" if together else ""
    return f"{'，'.join(said)}。{hint}"


def _by_cause(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return the findings in groups that one cause explains, in the order of the report."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(finding.cause or number, []).append(finding)
    return list(groups.values())


def _doubt(document: Document, finding: Finding) -> tuple[str, ...]:
    message = f"{finding.message}（{finding.rule}）"
    return place_of(document, finding), message, advice(finding), explanation(finding)


def _changes(session: Session) -> Iterator[Passage | Listing]:
    changes = changes_made(session)
    if not changes:
        yield Passage("没有修改。")
        return
    yield Passage(f"共修改 {len(changes)} 处。")
    yield _listing(_CHANGE_COLUMNS, [_changed(session, change) for change in changes])


def _changed(session: Session, change: Change) -> tuple[str, ...]:
    """Return where, from what, to what, when and why."""
    place, (old, new) = change.place, change.excerpts
    slot = session.match.slot_at.get(place) if isinstance(place, CellRef) else None
    where = f"{change.where}（{session.context().label(slot)}）" if slot else change.where
    return where, old or _NOTHING, new or _DELETED, f"{change.at:%Y-%m-%d %H:%M}", change.why


def _listing(columns: Sequence[tuple[str, int]], rows: Sequence[tuple[str, ...]]) -> Listing:
    return _numbered(columns, [[row] for row in rows])


def _numbered(
    columns: Sequence[tuple[str, int]], groups: Sequence[Sequence[tuple[str, ...]]]
) -> Listing:
    """Return a table whose first column numbers groups of rows: 1, 2-1, 2-2, 3."""
    rows = [
        (f"{number}-{part}" if len(group) > 1 else str(number), *row)
        for number, group in enumerate(groups, start=1)
        for part, row in enumerate(group, start=1)
    ]
    headers, widths = zip(*columns, strict=True)
    return Listing(headers, widths, tuple(rows))
