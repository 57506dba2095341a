"""Take a number format apart: placeholders, letters of dates, literal text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a piece of a format is."""

    LITERAL = auto()
    BRACKET = auto()
    GENERAL = auto()
    TEXT = auto()
    DATE = auto()
    DIGIT = auto()
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    EXPONENT = auto()
    FRACTION = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a format; `text` is what a literal shows, or what the format says."""

    kind: Kind
    text: str


_PIECES = re.compile(
    r"""
      (?P<end>;)
    | "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.)
    | _(?P<space>.)
    | \*(?P<fill>.)
    | \[\$(?P<currency>[^\]-]*)(?:-(?P<locale>[^\]]*))?\]
    | (?P<bracket>\[[^\]]*\])
    | (?P<general>General|G/通用格式)
    | (?P<half>上午/下午|AM/PM|A/P)
    | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|e+|aaaa?)
    | (?P<digit>[0#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<slash>/(?P<fixed>[1-9]\d{0,4})?)
    | (?P<text>@)
    | (?P<other>[^A-Za-z\[])
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_SYSTEM_FORMATS = {"f800": 'yyyy"年"m"月"d"日"', "f400": "h:mm:ss"}
_FOR_FRACTIONS = (Kind.DIGIT,)


def tokens_of(code: str) -> list[list[Token]] | None:
    """Return the pieces of each section of a format, None for one that is not understood."""
    lowered = code.lower()
    for name, meant in _SYSTEM_FORMATS.items():
        if f"-{name}]" in lowered:
            code = meant
    sections: list[list[Token]] = [[]]
    place = 0
    while place < len(code):
        found = _PIECES.match(code, place)
        if found is None:
            return None
        place = found.end()
        if found["end"]:
            sections.append([])
        else:
            sections[-1] += _tokens(found)
    return [_resolved(section) for section in sections]


def _tokens(found: re.Match[str]) -> list[Token]:
    name = found.lastgroup or ""
    if name == "fixed":
        name = "slash"
    if found["currency"] is not None:
        return [Token(Kind.LITERAL, found["currency"])]
    if name == "space":
        return [Token(Kind.LITERAL, " ")]
    if name == "fill":
        return []
    if name == "bracket":
        elapsed = _ELAPSED.fullmatch(found[0])
        return [Token(Kind.DATE if elapsed else Kind.BRACKET, found[0].replace("dbnum", "DBNum"))]
    text = found[name] or ""
    kinds = {
        "general": Kind.GENERAL,
        "half": Kind.DATE,
        "exponent": Kind.EXPONENT,
        "date": Kind.DATE,
        "digit": Kind.DIGIT,
        "point": Kind.POINT,
        "comma": Kind.COMMA,
        "percent": Kind.PERCENT,
        "slash": Kind.FRACTION,
        "text": Kind.TEXT,
    }
    return [Token(kinds.get(name, Kind.LITERAL), text)]


def _resolved(section: list[Token]) -> list[Token]:
    """Make literals of marks that mean nothing where they stand, such as the / of a date."""
    is_date = any(token.kind is Kind.DATE for token in section)
    has_digits = any(token.kind is Kind.DIGIT for token in section)
    return [_mark(token, is_date, has_digits) for token in section]


def _mark(token: Token, is_date: bool, has_digits: bool) -> Token:
    if is_date and token.kind in (Kind.FRACTION, Kind.COMMA, Kind.PERCENT, Kind.EXPONENT):
        return Token(Kind.LITERAL, token.text)
    if not has_digits and token.kind in (Kind.FRACTION, Kind.COMMA, Kind.POINT, Kind.EXPONENT):
        return Token(Kind.LITERAL, token.text)
    return token
