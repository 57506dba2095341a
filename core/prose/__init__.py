"""What the prose says about the numbers of the tables: statements, tied to slots.

Pure functions: a document in, statements out, and a comparison with the tables' values.
Precision comes first: a statement is compared only when its meaning is sure.
"""

from typing import TYPE_CHECKING, Any

from core.prose.compare import compare
from core.prose.model import (
    Certainty,
    Comparison,
    Kind,
    Outcome,
    Reading,
    Span,
    Statement,
)

if TYPE_CHECKING:
    from core.prose.finder import find_statements, statements_in

__all__ = [
    "Certainty",
    "Comparison",
    "Kind",
    "Outcome",
    "Reading",
    "Span",
    "Statement",
    "compare",
    "find_statements",
    "statements_in",
]


def __getattr__(name: str) -> Any:
    """Return what finds statements: its words cost 40 ms, which no window shall wait for."""
    if name in ("find_statements", "statements_in"):
        from core.prose import finder

        return getattr(finder, name)
    raise AttributeError(name)
