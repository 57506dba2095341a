"""What stands in the cells of a spreadsheet: text, numbers as they are printed, formulas."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from core.excel.names import cell_name as cell_name
from core.forms.model import SlotKind
from core.numbers import number_in

_WRITTEN = re.compile(r"([+-]?)(\d[\d,]*)(?:\.(\d+))?\s*([^\d.,\"\s]{0,3})")
_PLAIN = re.compile(r"0|[1-9][0-9]{0,14}")
# A double holds no more.
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the format that shows it as the report prints it."""

    value: Decimal
    format: str = "0"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its equals sign, and what it comes to: an empty text where None."""

    text: str
    result: Decimal | None


Content = str | Number | Formula


def as_number(text: str, kind: SlotKind | None) -> Number | None:
    """Return the number that a cell becomes, None where its text stays text.

    `kind` is None outside the form's slots.  There a numeral with a unit or
    leading zeros may be a name, so it stays text.  A format keeps what is
    printed: decimals, separators, leading zeros and a unit.
    """
    if _PLAIN.fullmatch(text):
        # Most are, and a large table has many.
        return Number(Decimal(text))
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).replace("−", "-").strip())
    if found is None:
        return None
    sign, whole, fraction, unit = found[1], found[2], found[3] or "", found[4]
    digits = whole.replace(",", "")
    value = Decimal(f"{sign}{digits}.{fraction or '0'}")
    if kind is None and (unit or _has_leading_zero(digits)):
        return None
    if len(digits + fraction) > _MOST_DIGITS or number_in(text, kind or SlotKind.COUNT) != value:
        return None
    return Number(value, _format(sign, whole, fraction, unit))


def _has_leading_zero(digits: str) -> bool:
    return len(digits) > 1 and digits.startswith("0")


def _format(sign: str, whole: str, fraction: str, unit: str) -> str:
    shown = "0" * len(whole) if _has_leading_zero(whole) else "0"
    shown = "#,##0" if "," in whole else shown
    shown += f".{'0' * len(fraction)}" if fraction else ""
    shown += f'"{unit}"' if unit else ""
    return f"+{shown};-{shown};{shown}" if sign == "+" else shown
