"""What is known of the saving of one open report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.file_state import FileState
from gui.saved_state import SavedState
from gui.saving import Output

if TYPE_CHECKING:
    from core.changes_made import Change
    from core.session import Session
    from gui.opening import Recovered


@dataclass(frozen=True)
class OwnOutput:
    """The Word file that we wrote last, and what it then held."""

    path: Path
    state: FileState


@dataclass
class Kept:
    """What the last saved file holds, where it is, and what a person has answered.

    `left_out` are the changes that files are not to have; `is_reviewed` says that the
    list of changes has been looked at, `wants_again` that a save waits for the present one.
    """

    state: SavedState
    own: OwnOutput | None = None
    is_reviewed: bool = False
    left_out: tuple[Change, ...] = ()
    wants_again: bool = False
    is_signature_settled: bool = False
    is_source_settled: bool = False
    new_word_is_told: bool = False

    @classmethod
    def of(cls, session: Session, recovered: Recovered | None) -> Kept:
        """Return what is known of a report that was just opened."""
        if recovered is None:
            return cls(SavedState.source(session))
        path, state = recovered.entry.output, recovered.entry.output_state
        # A copy of a workbook is no place for a Word file.
        is_word = path is not None and path.suffix == Output.WORD.suffix
        if recovered.entry.saved and path is not None and state is not None and is_word:
            return cls(recovered.saved, OwnOutput(path, state))
        return cls(recovered.saved)
