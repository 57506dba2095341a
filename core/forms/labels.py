"""Labels compared as people read them (decision 4): without width, white space and punctuation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """Return a label after NFKC, without white space, punctuation and symbols."""
    return "".join(
        character
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character)[0] in "LN"
    )


@lru_cache(maxsize=65536)
def similarity(one: str, other: str) -> float:
    """Return how alike two labels are, from 0 to 1; two empty ones are not alike."""
    first, second = label_key(one), label_key(other)
    if not first or not second:
        return 0.0
    return 1.0 if first == second else fuzz.ratio(first, second) / 100


def best_similarity(text: str, wordings: Iterable[str]) -> float:
    """Return how alike a label is to the nearest of some wordings."""
    return max((similarity(text, wording) for wording in wordings), default=0.0)
