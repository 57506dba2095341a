"""Numbers as reports write them: full width, separators, signs, units, Chinese numerals, blanks.

Decimals, never floats.  Blank and zero differ here; which blank counts as zero
is a decision of the rules.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from core.forms.model import SlotKind

# Digits beyond this are no count of anything; the bound also keeps arithmetic cheap.
_MOST_DIGITS = 30

_BLANKS = frozenset(("", "/", "\\", "-", "--", "—", "——", "–", "－", "―", "─", "无"))
_DASHES = str.maketrans({"−": "-", "﹣": "-", "－": "-", "–": "-", "—": "-", "‐": "-", "‑": "-"})
# How Unicode says that a character is another one raised, lowered, circled or divided.
_MARKS = ("<super>", "<sub>", "<circle>", "<fraction>")
_UNITS = r"(?:件|项|条|个|份|宗|起|次|部|例|封|人|家|处)?"
_PLAIN = re.compile(rf"([+-]?)(\d+|\d{{1,3}}(?:[, ]\d{{3}})+)(\.\d+)?\s*{_UNITS}")
_SIGNED = re.compile(rf"(增加?|减少?|负)\s*(\d[\d, ]*)\s*{_UNITS}")
_MONEY = re.compile(r"(.+?)\s*(亿元?|万元?|元)")
_MONEY_IN_WAN = {"亿": Decimal(10000), "万": Decimal(1), "元": Decimal("0.0001")}

_CHINESE_DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **{"〇": 0, "○": 0, "两": 2},
}
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000}
_CHINESE = re.compile(rf"([零一二三四五六七八九〇○两十百千万亿廿]+)\s*{_UNITS}")


def is_blank(text: str) -> bool:
    """Return whether a cell says nothing: empty, ``/``, a dash or 无 (decision 1)."""
    return unicodedata.normalize("NFKC", text).strip() in _BLANKS or text.strip() in _BLANKS


def parse_number(text: str) -> Decimal | None:
    """Return the number that a text is, None when it is blank or no number."""
    return number_in(text, SlotKind.COUNT)


@lru_cache(maxsize=4096)
def number_in(text: str, kind: SlotKind) -> Decimal | None:
    """Return the number in a cell of a kind, None when it is blank or no number.

    An amount is in 万元 whatever unit the cell prints; a change may be written
    增4, 减4, +4 or -4.
    """
    if is_blank(text) or _has_marks(text):
        return None
    plain_text = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    if kind is SlotKind.AMOUNT and (money := _MONEY.fullmatch(plain_text)):
        amount = _written(money[1].strip())
        return None if amount is None else amount * _MONEY_IN_WAN[money[2][0]]
    if kind is SlotKind.CHANGE and (signed := _SIGNED.fullmatch(plain_text)):
        size = _written(signed[2].strip())
        return -size if size is not None and signed[1][0] in "减负" else size
    return _written(plain_text)


def _has_marks(text: str) -> bool:
    """Return whether a text has a footnote's mark or a fraction in it: 12¹ and 12① are no 121."""
    return not text.isascii() and any(
        unicodedata.decomposition(character).startswith(_MARKS) for character in text
    )


def _written(text: str) -> Decimal | None:
    if found := _PLAIN.fullmatch(text):
        sign, whole, fraction = found[1], re.sub(r"[, ]", "", found[2]), found[3] or ""
        if len(whole) + len(fraction) > _MOST_DIGITS:
            return None
        return Decimal(f"{sign}{whole}{fraction}")
    if found := _CHINESE.fullmatch(text):
        return chinese_number(found[1])
    return None


def chinese_number(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral such as 三十五 or 二〇二四, None if it is none."""
    text = text.replace("廿", "二十")
    if not text or len(text) > _MOST_DIGITS:
        return None
    if all(character in _CHINESE_DIGITS for character in text):
        return Decimal("".join(str(_CHINESE_DIGITS[character]) for character in text))
    for scale, factor in (("亿", 10**8), ("万", 10**4)):
        if scale in text:
            head, _, tail = text.rpartition(scale)
            return _scaled(head, tail, factor)
    return _below_ten_thousand(text)


def _scaled(head: str, tail: str, factor: int) -> Decimal | None:
    high = chinese_number(head)
    low = chinese_number(tail.removeprefix("零") or "零")
    return None if high is None or low is None or low >= factor else high * factor + low


def _below_ten_thousand(text: str) -> Decimal | None:
    total, digit, last_scale = 0, None, 10**4
    for character in text:
        if character in _CHINESE_DIGITS:
            if digit not in (None, 0):
                return None
            digit = _CHINESE_DIGITS[character]
        elif (scale := _CHINESE_SCALES.get(character, 0)) and scale < last_scale:
            total += (1 if digit is None else digit) * scale
            digit, last_scale = None, scale
        else:
            return None
    return Decimal(total + (digit or 0))


def plain(value: Decimal) -> str:
    """Return a number as plain digits, without exponent and without trailing zeros."""
    if value == value.to_integral_value():
        return f"{value.quantize(Decimal(1)):f}" if abs(value) < 10**27 else f"{value:f}"
    return f"{value.normalize():f}"
