"""Digits that a file raises or lowers, as the characters that look so: 12¹ is no 121."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from core.word.names import attribute, child

RAISED: Mapping[int, int] = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED: Mapping[int, int] = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# What is raised or lowered, as the formats of Office files call it.
SHAPES: Mapping[str, Mapping[int, int]] = {"superscript": RAISED, "subscript": LOWERED}


def shapes_in(run: etree._Element) -> Mapping[int, int]:
    """Return how the digits of a run look, for `str.translate`; empty for plain ones."""
    place = child(run, "rPr", "vertAlign")
    value = None if place is None else attribute(place, "val")
    return shapes_at(value or "")


def shapes_at(place: str) -> Mapping[int, int]:
    """Return how digits look that stand as "superscript" or "subscript"."""
    return SHAPES.get(place, {})
