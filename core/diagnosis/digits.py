"""How one number can have become another by a slip of the hand."""

from __future__ import annotations

from core.diagnosis.equations import Exact
from core.diagnosis.model import ReasonKind


def slip(before: Exact, after: Exact) -> ReasonKind | None:
    """Return which slip of the hand turns the right number `after` into `before`.

    None where the digits say nothing: a zero has none to compare, and any
    one-digit number becomes any other by one digit.
    """
    if before == -after:
        return ReasonKind.SIGN_MISTAKEN if before else None
    if before <= 0 or after <= 0 or before != int(before):
        return None
    wrong, right = str(before), str(after)
    if len(wrong) == len(right):
        return _of_same_length(wrong, right)
    if len(wrong) == len(right) + 1:
        return _of_added_digit(wrong, right)
    if len(right) == len(wrong) + 1 and _places_to_drop(right, wrong):
        return ReasonKind.DIGIT_LOST
    return None


def _of_same_length(wrong: str, right: str) -> ReasonKind | None:
    places = [i for i, (one, other) in enumerate(zip(wrong, right, strict=True)) if one != other]
    if len(places) == 1 and len(wrong) > 1:
        return ReasonKind.DIGIT_MISTAKEN
    if len(places) == 2 and places[1] == places[0] + 1:
        first, second = places
        if wrong[first] == right[second] and wrong[second] == right[first]:
            return ReasonKind.DIGITS_SWAPPED
    return None


def _of_added_digit(wrong: str, right: str) -> ReasonKind | None:
    places = _places_to_drop(wrong, right)
    if not places:
        return None
    # Several places mean a run of equal digits.
    return ReasonKind.DIGIT_DOUBLED if len(places) > 1 else ReasonKind.DIGIT_ADDED


def _places_to_drop(longer: str, shorter: str) -> list[int]:
    """Return the places of single digits whose loss turns one number into the other."""
    return [i for i in range(len(longer)) if longer[:i] + longer[i + 1 :] == shorter]
