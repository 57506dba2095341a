"""From the broken equations of a table to the cells that explain them.

The applications table writes every number into two or three equations, so it
can locate its own mistakes: one wrong cell breaks a set of equations that no
other cell breaks.  `diagnose` looks for the fewest cells whose change makes
every equation hold again.  It calls a repair proved only where arithmetic
leaves nothing else, and otherwise names what is possible, best first.

Pure functions on slots and numbers.  Says nothing about the disclosure table,
whose relations are inequalities.
"""

from core.diagnosis.diagnose import diagnose, explained_by
from core.diagnosis.following import following_totals
from core.diagnosis.model import (
    Change,
    Diagnosis,
    Evidence,
    Pattern,
    PatternKind,
    Reading,
    Reason,
    ReasonKind,
    Repair,
)
from core.diagnosis.wording import Labels, because, describe_pattern, title

__all__ = [
    "Change",
    "Diagnosis",
    "Evidence",
    "Labels",
    "Pattern",
    "PatternKind",
    "Reading",
    "Reason",
    "ReasonKind",
    "Repair",
    "because",
    "describe_pattern",
    "diagnose",
    "explained_by",
    "following_totals",
    "title",
]
