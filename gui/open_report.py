"""One of the reports that are open: everything that belongs to it and not to the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from core.checking import Office
from core.edits import AnyEdit
from core.file_names import written_out
from core.recovery import Recoverable
from core.rules.model import CheckResult
from gui import commands
from gui.causes import Cause
from gui.edit_words import change_words
from gui.frames import NOTHING_FRAMED
from gui.kept import Kept
from gui.place import Place
from gui.verdict import Verdict
from gui.views.explanation_editor import Draft
from gui.views.information_bar import Message

if TYPE_CHECKING:
    from gui.opening import Opened


class OpenReport(QObject):
    """A session with its undo stack, its last check, its place on the screen and its saving.

    It is what undo commands act on, so that none ever reaches another report.

    Signals:
        edits_applied: The edits that were made just now, in order (tuple of AnyEdit).
        changed: Which cells they touched (Changes).
    """

    edits_applied = Signal(object)
    changed = Signal(object)

    def __init__(self, opened: Opened, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = opened.session
        self.recovered = opened.recovered
        self.remarks = opened.remarks
        # The file that was to be read beside it and could not be.
        self.problem = opened.problem
        self.identity = opened.identity
        self.is_read_only = False
        # Labels of the form are only corrected after a person has said so.
        self.labels_unlocked = False
        self.undo_stack = QUndoStack(self)
        self.kept = Kept.of(opened.session, opened.recovered)
        self.place = Place()
        self.chosen: Cause | None = None
        self.framed = NOTHING_FRAMED
        self.draft: Draft | None = None
        # What the bar over the report said when another one was shown; None before the first.
        self.message: Message | None = None
        self.slow_checks = 0
        self.take(opened.result)
        if opened.recovered is not None:
            self._take_over(opened.recovered.entry)

    def _take_over(self, entry: Recoverable) -> None:
        # Where rows came in, the places of earlier edits have other names now.
        is_as_read = not self.session.restructuring
        about = [change_words(each, self.session) for each in entry.commands] if is_as_read else ()
        commands.take_over(self.undo_stack, self, entry.commands, entry.saved, about)

    @property
    def path(self) -> Path:
        """The file that was opened."""
        return self.session.path

    @property
    def unsaved(self) -> int:
        """How many places differ from what was last saved."""
        return self.kept.state.changes_in(self.session)

    @property
    def is_checked(self) -> bool:
        """Whether the verdict is about the present state."""
        return self._checked == self.session.revision

    def apply(self, edits: Sequence[AnyEdit]) -> None:
        """Make edits.  Only undo commands call this."""
        changes = self.session.apply_all(edits)
        self.edits_applied.emit(tuple(edits))
        self.changed.emit(changes)

    def take(self, result: CheckResult) -> None:
        """Keep what a check of the present state brought."""
        self.verdict = Verdict.of(self.session, result)
        self._checked = self.session.revision

    def keep_chosen(self) -> None:
        """Choose the same cause in the present verdict; one that is mended is chosen no more."""
        wanted = self.chosen.identity if self.chosen else frozenset()
        same = (cause for cause in self.verdict.causes if cause.identity & wanted)
        self.chosen = next(same, None)

    def use_office(self, office: Office) -> None:
        """Check by other settings or explanations from the next check on."""
        if self.session.office is not office:
            self.session.set_office(office)

    def is_at(self, path: Path) -> bool:
        """Return whether it was opened under a path, however that is written."""
        return written_out(self.path) == written_out(path)
