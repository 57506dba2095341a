"""The report that is shown, as the panes see it: its state, and the edits that are made to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from core.document import CellRef, fold
from core.edits import AnyEdit, Edit, LabelEdit
from core.rules.model import CheckResult, Fix
from core.writable import writable
from gui import commands
from gui.causes import Cause, fits, insertion_of
from gui.edit_words import change_words
from gui.frames import Frames
from gui.highlights import Highlights
from gui.naming import cell_title
from gui.open_report import OpenReport
from gui.tally import Tally
from gui.verdict import Verdict

if TYPE_CHECKING:
    from core.session import Session

_NO_VERDICT = Verdict()


class ShownReport(QObject):
    """Stands for whichever of the open reports is shown; every change to it passes through here.

    Signals:
        session_leaving: Another report is about to be shown, or none; this one still is.
        session_shown: Another report is shown now, one that was just opened too.
        edits_applied: The edits that were made just now, in order (tuple of AnyEdit).
        session_changed: Which cells an edit touched (Changes).
        read_only_changed: Other cells may be edited than before, none of a report read-only.
        edit_refused: A sentence that says why nothing can be changed.
        checked: A result for the present revision has arrived (CheckResult).
        highlights_changed: The cells that are marked otherwise (frozenset of CellRef).
        cause_chosen: The cause whose cells are framed, or None.
        frames_changed: The cells whose frame came or went (frozenset of CellRef).
    """

    session_leaving = Signal()
    session_shown = Signal()
    edits_applied = Signal(object)
    session_changed = Signal(object)
    read_only_changed = Signal()
    edit_refused = Signal(str)
    checked = Signal(object)
    highlights_changed = Signal(object)
    cause_chosen = Signal(object)
    frames_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: OpenReport | None = None
        self._no_stack = QUndoStack(self)
        self.frames = Frames(self)
        self.frames.changed.connect(self.frames_changed)

    @property
    def shown(self) -> OpenReport | None:
        """The report that is shown, None while none is open."""
        return self._shown

    @property
    def report(self) -> OpenReport:
        """The report that is shown, for those that are only asked while there is one."""
        if self._shown is None:
            raise LookupError("no report is open")
        return self._shown

    @property
    def session(self) -> Session | None:
        """Its session."""
        return self._shown.session if self._shown else None

    @property
    def present(self) -> Session:
        """Its session, for those that are only shown while there is one."""
        return self.report.session

    @property
    def undo_stack(self) -> QUndoStack:
        """What was done to it, and can be undone."""
        return self._shown.undo_stack if self._shown else self._no_stack

    @property
    def is_read_only(self) -> bool:
        """Whether it is only shown."""
        return self._shown is not None and self._shown.is_read_only

    @property
    def labels_unlocked(self) -> bool:
        """Whether labels of its statutory tables may be corrected."""
        return self._shown is not None and self._shown.labels_unlocked

    @property
    def is_giving_way(self) -> bool:
        """Whether it is just being read anew, so that an edit would be lost."""
        return False

    @property
    def verdict(self) -> Verdict:
        """What its last check brought."""
        return self._shown.verdict if self._shown else _NO_VERDICT

    @property
    def result(self) -> CheckResult:
        """The result of its last check."""
        return self.verdict.result

    @property
    def tally(self) -> Tally:
        """The numbers of its last check."""
        return self.verdict.tally

    @property
    def highlights(self) -> Highlights:
        """The cells that its last check marks."""
        return self.verdict.highlights

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What its last check found."""
        return self.verdict.causes

    @property
    def chosen(self) -> Cause | None:
        """The cause whose cells are framed."""
        return self._shown.chosen if self._shown else None

    @property
    def framed(self) -> frozenset[CellRef]:
        """The cells that are framed now."""
        return self.frames.cells

    def set_text(self, ref: CellRef, text: str) -> bool:
        """Type a text into a cell as one undo step; return whether that changed anything."""
        return self.set_texts(
            [(ref, text)], self.tr("修改 {0}").format(cell_title(self.present, ref))
        )

    def set_texts(self, texts: Iterable[tuple[CellRef, str]], name: str) -> bool:
        """Change cells as one undo step with a name; what stays the same is left out."""
        edits = [
            (LabelEdit if self._is_open_label(ref) else Edit)(ref, before, after)
            for ref, text in texts
            if (before := self.present.text(ref)) != (after := fold(writable(text)))
        ]
        return self.make(edits, name)

    def make(self, edits: Sequence[AnyEdit], name: str) -> bool:
        """Make edits of any kind as one undo step; return whether that was possible."""
        if not edits or self.is_giving_way:
            return False
        if self.is_read_only:
            self.refuse()
            return False
        about = change_words(edits, self.present)
        self.undo_stack.push(commands.ApplyEdits(self.report, edits, name, about=about))
        return True

    def accept(self, fix: Fix) -> bool:
        """Make a proposed correction as one undo step; return whether that changed anything."""
        if (put_in := insertion_of(fix)) is not None:
            # A list that the worker has yet to renew may offer what is there already.
            return fits(put_in, self.present) and self.make(fix.edits, fix.title)
        return self.set_texts([(edit.ref, edit.after) for edit in fix.texts], fix.title)

    def refuse(self) -> None:
        """Say why a report that is only shown cannot be edited."""
        self.edit_refused.emit(self.tr("这份报告以只读方式打开，不能修改；可以另存为副本"))

    def may_edit(self, ref: CellRef) -> bool:
        """Return whether a cell can be changed now."""
        if self.is_giving_way or self.is_read_only:
            return False
        return self.present.is_editable(ref) or self._is_open_label(ref)

    def unlock_labels(self, unlocked: bool) -> None:
        """Let labels of the statutory tables be corrected, or no longer."""
        self.report.labels_unlocked = unlocked
        self.read_only_changed.emit()

    def _is_open_label(self, ref: CellRef) -> bool:
        return self.labels_unlocked and self.present.is_label(ref)
