"""Undo commands around core edits: redo applies them, undo applies their inverses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtGui import QUndoCommand, QUndoStack

from core.edits import AnyEdit


class AppliesEdits(Protocol):
    """What a command acts on."""

    def apply(self, edits: Sequence[AnyEdit]) -> None:
        """Make all edits or none."""


class ApplyEdits(QUndoCommand):
    """One step of the user's: a typed text, a cleared range, an applied fix, a paragraph.

    `about` says in words what it changes, for the list of steps.
    `is_applied` is for a step that stands already, as one that was recovered does:
    the redo with which the undo stack takes it in then does nothing.
    """

    def __init__(
        self,
        target: AppliesEdits,
        edits: Sequence[AnyEdit],
        text: str,
        *,
        about: str = "",
        is_applied: bool = False,
    ) -> None:
        super().__init__(text)
        self.about = about
        self._target = target
        self._edits = tuple(edits)
        self._is_applied = is_applied

    def redo(self) -> None:
        """Make the edits."""
        if self._is_applied:
            self._is_applied = False
            return
        self._target.apply(self._edits)

    def undo(self) -> None:
        """Take them back, the last one first."""
        self._target.apply([edit.inverse for edit in reversed(self._edits)])


def take_over(
    stack: QUndoStack,
    target: AppliesEdits,
    commands: Sequence[Sequence[AnyEdit]],
    saved: int = 0,
    about: Sequence[str] = (),
) -> None:
    """Put commands that stand already on an undo stack, the first so many of them saved.

    `about` says in words what each changed.  Nobody is told of every single one.
    """
    stack.blockSignals(True)
    for number, command in enumerate(commands):
        words = about[number] if about else ""
        stack.push(ApplyEdits(target, command, "恢复的修改", about=words, is_applied=True))
        if number + 1 == saved:
            stack.setClean()
    stack.blockSignals(False)
