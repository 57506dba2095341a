"""The list of changes before a save: when it is due, what it says, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from core.rules.severity import Severity
from core.version import DISPLAY_NAME
from gui.causes import count_by_severity
from gui.open_report import OpenReport
from gui.save_mode import MODE_WORDS, SaveMode

if TYPE_CHECKING:
    from gui.views.changes_dialog import BeforeSaving, Reviewed

_SEVERITIES = {Severity.ERROR: "强制性错误", Severity.WARNING: "待核实", Severity.NOTE: "提示"}


class Asking(Protocol):
    """Who shows the list."""

    def ask_changes(self, before: BeforeSaving) -> Reviewed | None:
        """Return what was decided, None if nothing is to be saved."""
        ...


class Reviewing:
    """Knows whether the changes of a report have been looked at.

    The list comes before a report's first save, whenever it is asked for, as long as
    something is left out, and before every save if a person wants that.
    """

    def __init__(self, mode: SaveMode) -> None:
        self._mode = mode

    def is_due(self, report: OpenReport) -> bool:
        """Return whether the list is to be shown before the next save."""
        if not report.session.is_changed:
            return False
        every_time = self._mode.preferences.reviews_every_save
        return every_time or not report.kept.is_reviewed or bool(report.kept.left_out)

    def ask(self, report: OpenReport, who: Asking) -> bool:
        """Show the list; return whether to save."""
        reviewed = who.ask_changes(self._before(report))
        if reviewed is None:
            return False
        report.kept.is_reviewed, report.kept.left_out = True, reviewed.left_out
        self._mode.review_every_save(reviewed.every_time)
        return True

    def _before(self, report: OpenReport) -> BeforeSaving:
        # Imported here, as all that the first window does not need.
        from core.changes_made import changes_made
        from gui.views.changes_dialog import BeforeSaving

        changes = changes_made(report.session)
        # A change that was made otherwise since then is another one.
        left_out = tuple(change for change in changes if change in report.kept.left_out)
        return BeforeSaving(
            report.session,
            changes,
            left_out,
            _open_findings(report),
            self._how(),
            self._mode.preferences.reviews_every_save,
        )

    def _how(self) -> str:
        mode, author = self._mode.mode, self._mode.author or DISPLAY_NAME
        return f"Word 保存方式：{MODE_WORDS[mode]}；作者：{author}。原文件不会被修改。"


def _open_findings(report: OpenReport) -> str:
    counts = count_by_severity(report.verdict.causes)
    said = [f"{_SEVERITIES[kind]} {count} 处" for kind, count in counts.items() if count]
    if not said:
        return "在已检查的范围内没有未处理的疑点。"
    return f"还有未处理的疑点：{_listed(said)}。仍然可以保存。"


def _listed(words: Sequence[str]) -> str:
    return "，".join(words)
