"""Whether a Word package is signed: its signatures hold no longer once anything in it changes."""

from __future__ import annotations

from core.word.outline import read_part
from core.word.relations import Parts, relations_name

# ECMA-376 part 2, 13.2.4: the package's relationship to the origin of its signatures.
_ORIGIN = "/digital-signature/origin"


def is_signed(parts: Parts) -> bool:
    """Return whether a package has signatures, wherever in it they stand."""
    relations = relations_name("")
    if not parts.has(relations):
        return False
    return any(
        (each.get("Type") or "").lower().endswith(_ORIGIN)
        for each in read_part(parts.read(relations)).root.iter("{*}Relationship")
    )
