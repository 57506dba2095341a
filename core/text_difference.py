"""The least edits that make one wording of a paragraph another, whole numbers kept together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from core.document import ParagraphRef
from core.edits import TextEdit

# A number is changed as a whole, and so is a Latin word; everything else by the character.
_TOKEN = re.compile(r"\d+|[A-Za-z]+|.", re.DOTALL)
# Comparing takes the square of so many pieces; longer texts are one edit.
_MOST_COMPARED = 1500


def text_edits(ref: ParagraphRef, before: str, after: str) -> tuple[TextEdit, ...]:
    """Return edits that make `before` into `after`, to be applied one after the other.

    They go from the end of the paragraph to its begin, so that none moves another.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    edits = []
    for start, end, first, last in reversed(list(_differences(old, new))):
        place = len("".join(old[:start]))
        text = "".join(old[start:end])
        edits.append(TextEdit(ref, place, place + len(text), text, "".join(new[first:last])))
    return tuple(edits)


def _differences(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield which pieces of the old text become which of the new one."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    one, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(one) * len(other) > _MOST_COMPARED**2:
        yield head, head + len(one), head, head + len(other)
        return
    for kind, start, end, first, last in SequenceMatcher(None, one, other, False).get_opcodes():
        if kind != "equal":
            yield head + start, head + end, head + first, head + last


def _alike(one: list[str], other: list[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
