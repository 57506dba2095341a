"""Undo commands around core edits: redo applies them, undo applies their inverses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from core.edits import Edit


class AppliesEdits(Protocol):
    """What a command acts on."""

    def apply(self, edits: Sequence[Edit]) -> None:
        """Make all edits or none."""


class SetCellTexts(QUndoCommand):
    """One step of the user's: a typed text, a cleared range, an applied fix."""

    def __init__(self, target: AppliesEdits, edits: Sequence[Edit], text: str) -> None:
        super().__init__(text)
        self._target = target
        self._edits = tuple(edits)

    def redo(self) -> None:
        """Make the edits."""
        self._target.apply(self._edits)

    def undo(self) -> None:
        """Take them back, the last one first."""
        self._target.apply([edit.inverse for edit in reversed(self._edits)])
