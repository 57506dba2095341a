"""What can be recovered, in words: of which report, since when, how much, and in what state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.errors import ReportError
from core.recovery import Recoverable, pending
from gui.edit_words import described

if TYPE_CHECKING:
    from core.session import Session

HEADERS = ("位置", "原来", "改为")


@dataclass(frozen=True)
class Offer:
    """A journal that was left behind, and what has become of its report meanwhile."""

    entry: Recoverable
    is_missing: bool
    is_changed: bool

    @property
    def can_be_restored(self) -> bool:
        """Whether the edits fit the report that stands there."""
        return not (self.entry.refusal or self.is_missing or self.is_changed)

    @property
    def can_be_viewed(self) -> bool:
        """Whether the edits can be read."""
        return not self.entry.refusal

    def headline(self, now: datetime) -> str:
        """Return of how many edits and of when it is."""
        when = time_words(self.entry.at, now)
        return f"{self.entry.count} 处修改，{when}" if self.can_be_viewed else when

    @property
    def state(self) -> str:
        """Return what a person should know before choosing, "" if nothing."""
        said = []
        if self.entry.refusal:
            return self.entry.refusal
        if self.is_missing:
            said.append("原文件已不在原来的位置，放回原处后可以恢复；现在可以查看。")
        elif self.is_changed:
            said.append("原文件后来被改动过，修改不会套用上去，只能打开现在的文件对照查看。")
        if self.entry.is_damaged:
            said.append("恢复日志有损坏，能恢复损坏处之前的修改。")
        if self.entry.elsewhere:
            said.append(f"电脑“{self.entry.elsewhere}”上可能还开着这份报告。")
        return "".join(said)


def all_offers() -> tuple[Offer, ...]:
    """Return what can be recovered, the latest first; it reads journals and reports."""
    return tuple(_offer(entry) for entry in pending())


def _offer(entry: Recoverable) -> Offer:
    is_missing = not entry.refusal and entry.is_source_missing
    is_changed = not entry.refusal and not is_missing and entry.is_source_changed
    return Offer(entry, is_missing, is_changed)


def edit_rows(entry: Recoverable) -> list[tuple[str, str, str]]:
    """Return place, old and new text of every edit that no save has got; it reads the report."""
    session = _source_of(entry)
    edits = (edit for command in entry.commands[entry.saved :] for edit in command)
    return [described(edit, session) for edit in edits]


def _source_of(entry: Recoverable) -> Session | None:
    """Return the report, which knows what its cells are called; None where it is another now."""
    if entry.is_source_missing or entry.is_source_changed:
        return None
    # Imported here: what reads a report is not needed before there is one.
    from core.session import open_session

    try:
        return open_session(entry.source)
    except ReportError:
        return None


def time_words(at: datetime, now: datetime) -> str:
    """Return a time of day with its day, as people say it."""
    days = (now.date() - at.date()) // timedelta(days=1)
    if days in (0, 1):
        return f"{'昨天' if days else '今天'} {at:%H:%M}"
    day = f"{at.month}月{at.day}日 {at:%H:%M}"
    return day if at.year == now.year else f"{at.year}年{day}"
