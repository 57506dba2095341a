"""Show numbers as their number format does: 0.00, #,##0, units in quotes, percent, dates.

Codes are those of ECMA-376 part 1, 18.8.31.  Nothing is measured: a column too
narrow for its number does not matter here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from core.excel.chinese import in_chinese, in_chinese_digits
from core.excel.dates import shown_date
from core.excel.general import general
from core.excel.tokens import Kind, Token, tokens_of

_LONGEST_CODE = 255
_MOST_PLACES = 30
_CONDITION = re.compile(r"\[(<=|>=|<>|=|<|>)(-?\d+(?:\.\d+)?)\]")
_TEXT_SECTION = 3


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a format between semicolons."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None

    def has(self, *kinds: Kind) -> bool:
        return any(token.kind in kinds for token in self.tokens)


def shown_number(value: Decimal, code: str, *, from_1904: bool = False) -> str | None:
    """Return how a number looks in a format; None for a format that is not understood.

    `from_1904` counts days as old Macintoshes did.
    """
    sections = _sections(code)
    if sections is None:
        return None
    section, own_sign = _chosen(sections, value)
    if section is None:
        return None
    size = abs(value) if own_sign else value
    try:
        return _shown(section, size, from_1904)
    except (ArithmeticError, ValueError):
        # No day so far away, no number so large.
        return None


def shown_text(text: str, code: str) -> str:
    """Return how a text looks in a format: as it stands, if the format does not say otherwise."""
    sections = _sections(code)
    if sections is None:
        return text
    section = sections[_TEXT_SECTION] if len(sections) > _TEXT_SECTION else sections[-1]
    if section.has(Kind.TEXT):
        return "".join(text if t.kind is Kind.TEXT else t.text for t in section.tokens)
    return _literals(section) if len(sections) > _TEXT_SECTION else text


def is_rounded(value: Decimal, code: str) -> bool:
    """Return whether a format of plain placeholders hides digits that a number has."""
    sections = _sections(code)
    section = _chosen(sections, value)[0] if sections else None
    if section is None or not section.has(Kind.DIGIT):
        return False
    if section.has(Kind.DATE, Kind.EXPONENT, Kind.FRACTION, Kind.GENERAL):
        return False
    scaled, places = _scaled(section.tokens, value)
    return places <= _MOST_PLACES and _rounded(scaled, places) != scaled


def is_text_format(code: str) -> bool:
    """Return whether a format says that what is typed into its cells is text."""
    return code.strip() == "@"


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...] | None:
    if len(code) > _LONGEST_CODE:
        return None
    found = tokens_of(code)
    return None if found is None else tuple(_section(tokens) for tokens in found)


def _section(tokens: Sequence[Token]) -> _Section:
    conditions = [_CONDITION.fullmatch(t.text) for t in tokens if t.kind is Kind.BRACKET]
    found = next((each for each in conditions if each), None)
    condition = (found[1], Decimal(found[2])) if found else None
    return _Section(tuple(tokens), condition)


def _chosen(sections: Sequence[_Section], value: Decimal) -> tuple[_Section | None, bool]:
    """Return the section for a number, and whether it writes the sign itself."""
    numeric = sections[:_TEXT_SECTION]
    # A section for texts says nothing of numbers.
    if len(sections) > 1 and len(sections) <= _TEXT_SECTION and sections[-1].has(Kind.TEXT):
        numeric = sections[:-1]
    if any(section.condition for section in numeric):
        for index, section in enumerate(numeric):
            if section.condition is None:
                if index == 1 and len(numeric) > 2 and value >= 0:
                    continue
                return section, False
            if _holds(value, section.condition):
                return section, section.condition[0] in ("<", "<=") and section.condition[1] <= 0
        return None, False
    if len(numeric) == 1 or value > 0 or (value == 0 and len(numeric) < _TEXT_SECTION):
        return numeric[0], False
    return (numeric[1], True) if value < 0 else (numeric[2], False)


def _holds(value: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _shown(section: _Section, value: Decimal, from_1904: bool) -> str | None:
    chinese = next((t.text[6] for t in section.tokens if t.text.startswith("[DBNum")), "")
    if section.has(Kind.DATE):
        return shown_date(section.tokens, value, from_1904=from_1904, chinese=chinese)
    if section.has(Kind.GENERAL, Kind.TEXT):
        number = in_chinese(general(value), chinese) if chinese else general(value)
        whole = (Kind.GENERAL, Kind.TEXT)
        return "".join(number if t.kind in whole else _literal(t) for t in section.tokens)
    if not section.has(Kind.DIGIT):
        return ("-" if value < 0 and section.tokens else "") + _literals(section)
    places = sum(len(token.text) for token in section.tokens if token.kind is Kind.DIGIT)
    if places > _MOST_PLACES:
        return None
    text: str
    if section.has(Kind.FRACTION):
        text = _fraction(section.tokens, abs(value))
    elif section.has(Kind.EXPONENT):
        text = _exponential(section.tokens, abs(value))
    else:
        text = _plain(section.tokens, abs(value))
    signed = f"-{text}" if value < 0 and re.search("[1-9]", text) else text
    return in_chinese_digits(signed, chinese) if chinese else signed


def _literal(token: Token) -> str:
    return token.text if token.kind in (Kind.LITERAL, Kind.PERCENT) else ""


def _literals(section: _Section) -> str:
    return "".join(_literal(token) for token in section.tokens)


def _plain(tokens: Sequence[Token], value: Decimal) -> str:
    """Return a number in a section of placeholders, without its sign."""
    whole, fraction = _halves(tokens)
    places = [i for i, token in enumerate(whole) if token.kind is Kind.DIGIT]
    is_grouped = any(
        token.kind is Kind.COMMA and places[0] < i < places[-1]
        for i, token in enumerate(whole if places else ())
    )
    digits, _, decimals = f"{_rounded(*_scaled(tokens, value)):f}".partition(".")
    text = _filled(whole, digits.lstrip("0"), is_grouped)
    return text + (_decimals(fraction, decimals) if len(whole) < len(tokens) else "")


def _halves(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return what stands before and behind the decimal point."""
    point = next((i for i, t in enumerate(tokens) if t.kind is Kind.POINT), len(tokens))
    return tokens[:point], tokens[point + 1 :]


def _scaled(tokens: Sequence[Token], value: Decimal) -> tuple[Decimal, int]:
    """Return a number as percents and closing commas scale it, and how many decimals show."""
    whole, fraction = _halves(tokens)
    last = max((i for i, t in enumerate(whole) if t.kind is Kind.DIGIT), default=-1)
    thousands = sum(token.kind is Kind.COMMA for token in (*whole[last + 1 :], *fraction))
    percents = sum(token.kind is Kind.PERCENT for token in tokens)
    places = sum(token.kind is Kind.DIGIT for token in fraction)
    return value * 100**percents / 1000**thousands, places


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _filled(tokens: Sequence[Token], digits: str, is_grouped: bool = False) -> str:
    """Put digits into placeholders from the right; the first one takes all that are left."""
    first = next((i for i, t in enumerate(tokens) if t.kind is Kind.DIGIT), None)
    pieces: list[str] = []
    rest, count = digits, 0

    def put(digit: str) -> None:
        nonlocal count
        if is_grouped and count and count % 3 == 0:
            pieces.append(",")
        pieces.append(digit)
        count += 1

    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind is not Kind.DIGIT:
            pieces.append(_literal(token)[::-1])
        elif rest:
            put(rest[-1])
            rest = rest[:-1]
        elif token.text == "0":
            put("0")
        elif token.text == "?":
            pieces.append(" ")
        if index == first:
            for digit in reversed(rest):
                put(digit)
            rest = ""
    text = "".join(pieces)[::-1]
    return rest + text


def _decimals(tokens: Sequence[Token], decimals: str) -> str:
    kept = len(decimals.rstrip("0"))
    pieces, place = ["."], 0
    for token in tokens:
        if token.kind is not Kind.DIGIT:
            pieces.append(_literal(token))
            continue
        if place < kept or token.text == "0":
            pieces.append(decimals[place])
        elif token.text == "?":
            pieces.append(" ")
        place += 1
    text = "".join(pieces)
    # "1." for 1 is right in Excel, but nobody reads it as the number that it is.
    return text[1:] if _are_optional(tokens) and not kept else text


def _are_optional(tokens: Sequence[Token]) -> bool:
    digits = [token.text for token in tokens if token.kind is Kind.DIGIT]
    return bool(digits) and "0" not in digits


def _exponential(tokens: Sequence[Token], value: Decimal) -> str:
    mark = next(i for i, token in enumerate(tokens) if token.kind is Kind.EXPONENT)
    head, tail = tokens[:mark], tokens[mark + 1 :]
    point = next((i for i, t in enumerate(head) if t.kind is Kind.POINT), len(head))
    step = max(sum(t.kind is Kind.DIGIT for t in head[:point]), 1)
    places = sum(t.kind is Kind.DIGIT for t in head[point:])
    exponent = value.adjusted() // step * step if value else 0
    mantissa = _rounded(value.scaleb(-exponent), places)
    if mantissa >= Decimal(10) ** step:
        exponent += step
        mantissa = _rounded(value.scaleb(-exponent), places)
    sign = "-" if exponent < 0 else "+" if tokens[mark].text[1] == "+" else ""
    shown = _filled(tail, str(abs(exponent)).lstrip("0"))
    return f"{_plain(head, mantissa)}E{sign}{shown}"


def _fraction(tokens: Sequence[Token], value: Decimal) -> str:
    slash = next(i for i, token in enumerate(tokens) if token.kind is Kind.FRACTION)
    start = slash
    while start and tokens[start - 1].kind is Kind.DIGIT:
        start -= 1
    end = slash + 1
    while end < len(tokens) and tokens[end].kind is Kind.DIGIT:
        end += 1
    fixed = tokens[slash].text[1:]
    has_whole = any(token.kind is Kind.DIGIT for token in tokens[:start])
    whole = int(value) if has_whole else 0
    rest = Fraction(value) - whole
    if fixed:
        numerator, denominator = round(rest * int(fixed)), int(fixed)
    else:
        near = rest.limit_denominator(10 ** (end - slash - 1) - 1)
        numerator, denominator = near.numerator, near.denominator
    if has_whole and numerator == denominator:
        whole, numerator = whole + 1, 0
    head = _filled(tokens[:start], str(whole) if whole or not numerator else "")
    behind = "".join(_literal(token) for token in tokens[end:])
    if not numerator and has_whole:
        return f"{head.rstrip()}{behind}"
    return f"{head}{numerator}/{denominator}{behind}"
