"""The list of changes before a save: when it is due, what it says, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from core.rules.model import Severity
from core.version import DISPLAY_NAME
from gui.causes import count_by_severity
from gui.controller import SessionController
from gui.save_mode import MODE_WORDS, SaveMode

if TYPE_CHECKING:
    from core.changes_made import Change
    from gui.views.changes_dialog import BeforeSaving, Reviewed

_SEVERITIES = {Severity.ERROR: "强制性错误", Severity.WARNING: "待核实", Severity.NOTE: "提示"}


class Asking(Protocol):
    """Who shows the list."""

    def ask_changes(self, before: BeforeSaving) -> Reviewed | None:
        """Return what was decided, None if nothing is to be saved."""
        ...


class Reviewing:
    """Knows whether the changes of the open report have been looked at.

    The list comes before a report's first save, whenever it is asked for, as long as
    something is left out, and before every save if a person wants that.
    """

    def __init__(self, controller: SessionController, mode: SaveMode) -> None:
        self._controller = controller
        self._mode = mode
        self._is_done = False
        self._left_out: tuple[Change, ...] = ()

    @property
    def is_due(self) -> bool:
        """Whether the list is to be shown before the next save."""
        if self._controller.session is None or not self._controller.session.is_changed:
            return False
        every_time = self._mode.preferences.reviews_every_save
        return every_time or not self._is_done or bool(self._left_out)

    @property
    def left_out(self) -> tuple[Change, ...]:
        """The changes that files are not to have."""
        return self._left_out

    def wants_again(self) -> None:
        """Show the list before the next save."""
        self._is_done = False

    def forget(self) -> None:
        """Begin anew with another report."""
        self._is_done, self._left_out = False, ()

    def ask(self, who: Asking) -> bool:
        """Show the list; return whether to save."""
        reviewed = who.ask_changes(self._before())
        if reviewed is None:
            return False
        self._is_done, self._left_out = True, reviewed.left_out
        self._mode.review_every_save(reviewed.every_time)
        return True

    def _before(self) -> BeforeSaving:
        # Imported here, as all that the first window does not need.
        from core.changes_made import changes_made
        from gui.views.changes_dialog import BeforeSaving

        session = self._controller.present
        changes = changes_made(session)
        # A change that was made otherwise since then is another one.
        left_out = tuple(change for change in changes if change in self._left_out)
        return BeforeSaving(
            session,
            changes,
            left_out,
            self._open_findings(),
            self._how(),
            self._mode.preferences.reviews_every_save,
        )

    def _open_findings(self) -> str:
        counts = count_by_severity(self._controller.causes)
        said = [f"{_SEVERITIES[kind]} {count} 处" for kind, count in counts.items() if count]
        if not said:
            return "在已检查的范围内没有未处理的疑点。"
        return f"还有未处理的疑点：{_listed(said)}。仍然可以保存。"

    def _how(self) -> str:
        mode, author = self._mode.mode, self._mode.author or DISPLAY_NAME
        return f"Word 保存方式：{MODE_WORDS[mode]}；作者：{author}。原文件不会被修改。"


def _listed(words: Sequence[str]) -> str:
    return "，".join(words)
