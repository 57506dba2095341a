"""What the prose says about the numbers of the tables: statements, tied to slots.

Pure functions: a document in, statements out, and a comparison with the tables' values.
Precision comes first: a statement is compared only when its meaning is sure.
"""

from core.prose.compare import compare
from core.prose.finder import find_statements, statements_in
from core.prose.model import (
    Certainty,
    Comparison,
    Kind,
    Outcome,
    Reading,
    Span,
    Statement,
)

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
