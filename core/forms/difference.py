"""How a label of the report differs from the printed one (decision 4)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from core.document import CellRef
from core.forms.alignment import LabelDifference, LabelMatch
from core.forms.labels import label_key

# Converted files lose the numerals of automatic numbering, so they do not count.
_SPACE = re.compile(r"\s")
_NUMERAL = re.compile(r"^(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\d+[.、])")


def bare(label: str) -> str:
    """Return the key of a label without its numeral."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", label))
    return label_key(_NUMERAL.sub("", text))


def difference(
    ref: CellRef, found: str, expected: str, variants: Sequence[str]
) -> LabelMatch | None:
    """Return how a label that matched differs, None if it says the same.

    A known variant is another wording.  One of the same length is a misprint
    all the same: 行政执法案件 for 行政执法案卷 has another meaning.
    """
    if bare(found) == bare(expected) or label_key(found) == label_key(expected):
        return None
    known = bare(found) in {bare(variant) for variant in variants}
    if known and not _is_misprint(bare(found), bare(expected)):
        return LabelMatch(ref, expected, found, LabelDifference.VARIANT)
    return LabelMatch(ref, expected, found, LabelDifference.CHARACTERS)


def _is_misprint(found: str, expected: str) -> bool:
    """Return whether a few characters of an equally long label were exchanged."""
    if len(found) != len(expected):
        return False
    wrong = sum(one != other for one, other in zip(found, expected, strict=True))
    return wrong * 3 <= len(expected)
