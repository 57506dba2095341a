"""Take what a person wrote into a cell for a number, where the cell's format shows it so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from core.document import fold
from core.excel.formats import is_text_format, shown_number
from core.excel.general import decimal_of
from core.numbers import parse_number

_PLAIN = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?")
_NUMERAL = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Typed:
    """A number to store, and what the cell shows then."""

    value: Decimal
    shown: str


def typed_number(text: str, code: str, *, from_1904: bool = False) -> Typed | None:
    """Return the number that a text is in a cell with a format, None where it stays text.

    Either the format shows a number exactly as the text reads (12件, 3.50, 12%), or
    the text is a plain number and what the format shows is the same one (1234 for
    1,234).  Leading zeros, signs in front and digits that a double cannot hold stay text.
    """
    if is_text_format(code) or len(text) > _LONGEST or not re.search("[0-9]", text):
        return None
    for value in _candidates(text):
        shown = shown_number(value, code, from_1904=from_1904)
        if shown is not None and fold(shown) == text:
            return Typed(value, text)
    if not _PLAIN.fullmatch(text):
        return None
    number = _held(text.replace(",", ""))
    shown = None if number is None else shown_number(number, code, from_1904=from_1904)
    if number is None or shown is None or parse_number(fold(shown)) != number:
        return None
    return Typed(number, fold(shown))


def _candidates(text: str) -> Iterator[Decimal]:
    numerals = _NUMERAL.findall(text)
    number = _held(numerals[0].replace(",", "")) if len(numerals) == 1 else None
    if number is None:
        return
    yield number
    if "%" in text:
        yield number / 100
    if "(" in text:
        yield -number


def _held(text: str) -> Decimal | None:
    """Return a number that a double holds exactly enough, None for any other."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if decimal_of(float(number)) == number else None
