"""How a corrected Word file shows what was changed, and what is said beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.document import CellRef, ParagraphRef
from core.version import DISPLAY_NAME

Place = CellRef | ParagraphRef

# Before 1980 no Word file was written; a mode without dates never shows it.
_NO_DATE = datetime(1980, 1, 1)


class Mode(StrEnum):
    """How changes are shown: as revisions to accept or reject, not at all, or by a coloured ground.

    In every mode the file says the same once all revisions are accepted.
    """

    TRACKED = "tracked"
    CLEAN = "clean"
    HIGHLIGHTED = "highlighted"


@dataclass(frozen=True)
class Marking:
    """The mode, who made the changes and when, and a comment for each place that has one.

    Word shows `date` as it stands, so it is the time on the wall.  A paragraph is
    named as in the present document.  An empty author is the program.
    """

    mode: Mode = Mode.CLEAN
    author: str = ""
    date: datetime = _NO_DATE
    comments: Mapping[Place, str] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """The author that stands beside revisions and comments."""
        return self.author.strip() or DISPLAY_NAME

    @property
    def timestamp(self) -> str:
        """The date as Word writes it, to the second."""
        return self.date.strftime("%Y-%m-%dT%H:%M:%SZ")
