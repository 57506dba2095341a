"""Which cells a formula looks at, as far as its text says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.excel.names import MAX_COLUMNS, MAX_ROWS, Area, area_of

_STRING = re.compile(r'"(?:[^"]|"")*"')
_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[\w.]+)!)?"
_REFERENCE = re.compile(
    rf"{_SHEET}(?<![\w.])(?:"
    r"(?P<cells>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?)"
    r"|(?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})"
    r"|(?P<rows>\$?\d{1,7}:\$?\d{1,7})"
    r")(?![\w.(])"
)
_FUNCTION = re.compile(r"([A-Za-z_][\w.]*)\(")
_NUMBER = re.compile(r"(?<![\w.])\d[\d.]*(?:[Ee][+-]?\d+)?")
_WORD = re.compile(r"[^\W\d][\w.]*")
_UNTOLD = frozenset(("INDIRECT", "OFFSET"))
_PLAIN_WORDS = frozenset(("TRUE", "FALSE", "E"))


@dataclass(frozen=True, slots=True)
class Reference:
    """An area of a sheet."""

    sheet: str
    area: Area


def references_in(formula: str, sheet: str) -> Sequence[Reference] | None:
    """Return what a formula on a sheet refers to; None where its text does not tell.

    It does not where it has names, other files, columns of Excel's tables, several
    sheets at once, or functions that make references of texts.
    """
    text = _STRING.sub('""', formula)
    if "[" in text:
        return None
    found = [_reference(each, sheet) for each in _REFERENCE.finditer(text)]
    rest = _NUMBER.sub(" ", _REFERENCE.sub(" ", text))
    functions = {name.upper() for name in _FUNCTION.findall(rest)}
    rest = re.sub(r"#[A-Za-z/0!?]+", " ", _FUNCTION.sub(" ", rest))
    words = {word.upper() for word in _WORD.findall(rest)} - _PLAIN_WORDS
    if words or functions & _UNTOLD or "!" in rest:
        return None
    return [each for each in found if each is not None]


def _reference(found: re.Match[str], sheet: str) -> Reference | None:
    name = found["sheet"]
    if name is not None:
        sheet = name[1:-1].replace("''", "'") if name.startswith("'") else name
    area = _area(found)
    return Reference(sheet, area) if area else None


def _area(found: re.Match[str]) -> Area | None:
    if found["cells"]:
        return area_of(found["cells"])
    first, _, last = (found["columns"] or found["rows"]).replace("$", "").partition(":")
    if found["columns"]:
        return area_of(f"{first}1:{last}{MAX_ROWS}")
    rows = sorted((int(first), int(last)))
    return Area(max(rows[0] - 1, 0), 0, rows[1] - 1, MAX_COLUMNS - 1)
