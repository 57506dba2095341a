"""Repairs, reasons and patterns as sentences for people."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from core.diagnosis.model import Change, Pattern, PatternKind, Reason, ReasonKind, Repair
from core.numbers import plain


class Labels(Protocol):
    """Names slots for people: the cell, its row, its column."""

    def label(self, slot: str) -> str:
        """Return the label of a cell, its row's and its column's."""

    def row_label(self, slot: str) -> str:
        """Return the label of the row that a slot stands in."""

    def column_label(self, slot: str) -> str:
        """Return the label of the column that a slot stands in."""


_SENTENCES = {
    ReasonKind.DIGITS_SWAPPED: "{cell}的 {before} 可能是 {after} 两位数字颠倒",
    ReasonKind.DIGIT_DOUBLED: "{cell}的 {before} 可能是 {after} 重复多打了一位",
    ReasonKind.DIGIT_ADDED: "{cell}的 {before} 可能是 {after} 多打了一位",
    ReasonKind.DIGIT_LOST: "{cell}的 {before} 可能是 {after} 漏打了一位",
    ReasonKind.DIGIT_MISTAKEN: "{cell}的 {before} 与 {after} 只差一位数字",
    ReasonKind.SIGN_MISTAKEN: "{cell}的 {before} 可能多了负号",
    ReasonKind.NUMBER_SPLIT: "{after} 可能被拆到了{cell}和{next}两格",
    ReasonKind.NUMBERS_JOINED: "{cell}和{next}的两个数可能并成了 {before}",
    ReasonKind.CELLS_SWAPPED: "{cell}和{next}两格可能填反了",
    ReasonKind.VALUE_SHIFTED: "{cell}和{next}相邻，可能填串了一格",
    ReasonKind.LINE_SHIFTED: "从{cell}到{last}，各数可能整体错了一格",
    ReasonKind.BLANK_FILLED: "{cell}没有填",
    ReasonKind.TOTAL_FOLLOWS: "{cell}改后等于各项之和",
    ReasonKind.PROSE_STATES: "正文写的{cell}是 {after}",
    ReasonKind.LAST_YEAR_STATES: "上年报告结转下年度的正是 {after}",
    ReasonKind.UNCHANGED_SINCE_LAST_YEAR: "{cell}的 {before} 与上年报告相同，可能没有更新",
    ReasonKind.UNFILLED_AGREE: "改后，按行和按列推算没有填或看不清的格，结果一致",
    ReasonKind.PROSE_STATES_PRESENT: "但正文写的{cell}也是 {before}",
    ReasonKind.PROSE_STATES_ANOTHER: "但正文写的{cell}是另一个数",
    ReasonKind.LAST_YEAR_STATES_PRESENT: "但上年报告结转下年度的也是 {before}",
    ReasonKind.UNFILLED_DISAGREE: "但改后，按行和按列推算没有填或看不清的格，结果仍不一致",
}
_PATTERNS = {
    PatternKind.MOVED_BETWEEN_COLUMNS: (
        "同一行里，“{first}”列多了 {amount}，“{second}”列少了 {amount}，可能填错了列；"
        "单凭勾稽关系不能确定是哪一行"
    ),
    PatternKind.MOVED_BETWEEN_ROWS: (
        "同一列里，“{first}”多了 {amount}，“{second}”少了 {amount}，可能填错了行；"
        "单凭勾稽关系不能确定是哪一列"
    ),
    PatternKind.SAME_IN_COLUMNS: (
        "同一行里，“{first}”列和“{second}”列差了同一个数 {amount}；单凭勾稽关系不能确定是哪一行"
    ),
    PatternKind.SAME_IN_ROWS: (
        "同一列里，“{first}”和“{second}”差了同一个数 {amount}；单凭勾稽关系不能确定是哪一列"
    ),
}
_PROVED = "只改这一格，全表的勾稽关系就都成立；只改别的任何一格都不行"


def title(repair: Repair, labels: Labels) -> str:
    """Return what to do, such as 把“予以公开·自然人”由 6 改为 7."""
    return "，".join(_instruction(change, labels) for change in repair.changes)


def because(repair: Repair, labels: Labels, *, proved: bool = False) -> str:
    """Return what speaks for a repair and against it; empty if nothing does."""
    sentences = [_sentence(reason, repair, labels) for reason in repair.reasons]
    return "；".join((_PROVED, *sentences) if proved else sentences)


def describe_pattern(pattern: Pattern, labels: Labels) -> str:
    """Return what is known of a two-cell mistake and what is not."""
    columns = (PatternKind.MOVED_BETWEEN_COLUMNS, PatternKind.SAME_IN_COLUMNS)
    line = labels.column_label if pattern.kind in columns else labels.row_label
    first, second = pattern.choices[0]
    text = _PATTERNS[pattern.kind]
    if len(pattern.choices) == 1:
        text = text.split("；")[0]
    return text.format(first=line(first), second=line(second), amount=plain(pattern.amount))


def _instruction(change: Change, labels: Labels) -> str:
    cell = f"“{labels.label(change.slot)}”"
    if change.before is None:
        return f"在{cell}填 {plain(change.after)}"
    return f"把{cell}由 {plain(change.before)} 改为 {plain(change.after)}"


def _sentence(reason: Reason, repair: Repair, labels: Labels) -> str:
    cells = [f"“{labels.label(slot)}”" for slot in reason.slots]
    change = _change_of(repair.changes, reason)
    return _SENTENCES[reason.kind].format(
        cell=cells[0],
        next=cells[1] if len(cells) > 1 else "",
        last=cells[-1],
        before=plain(change.before or Decimal(0)),
        after=plain(change.after),
    )


def _change_of(changes: Iterable[Change], reason: Reason) -> Change:
    """Return the change of the first cell that a reason speaks of."""
    return next(change for change in changes if change.slot == reason.slots[0])
