"""Undo commands around core edits: redo applies them, undo applies their inverses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from PySide6.QtGui import QUndoCommand, QUndoStack

from core.edits import AnyEdit


class AppliesEdits(Protocol):
    """What a command acts on."""

    def apply(self, edits: Sequence[AnyEdit]) -> None:
        """Make all edits or none."""


class ApplyEdits(QUndoCommand):
    """One step of the user's: a typed text, a cleared range, an applied fix, a paragraph.

    `is_applied` is for a step that stands already, as one that was recovered does:
    the redo with which the undo stack takes it in then does nothing.
    """

    def __init__(
        self,
        target: AppliesEdits,
        edits: Sequence[AnyEdit],
        text: str,
        *,
        is_applied: bool = False,
    ) -> None:
        super().__init__(text)
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
    stack: QUndoStack, target: AppliesEdits, commands: Iterable[Sequence[AnyEdit]]
) -> None:
    """Put commands that stand already on an undo stack; nobody is told of every single one."""
    stack.blockSignals(True)
    for command in commands:
        stack.push(ApplyEdits(target, command, "恢复的修改", is_applied=True))
    stack.blockSignals(False)
