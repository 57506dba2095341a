"""Numbers in the characters that the formats [DBNum1] to [DBNum3] ask for."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

_DIGITS: Mapping[str, str] = {
    "1": "○一二三四五六七八九",
    "2": "零壹贰叁肆伍陆柒捌玖",
    "3": "０１２３４５６７８９",
}
_UNITS: Mapping[str, str] = {"1": " 十百千", "2": " 拾佰仟", "3": " 十百千"}
_MYRIADS = ("", "万", "亿", "万亿")


def in_chinese_digits(text: str, style: str) -> str:
    """Return a text with each digit replaced: 2024 is 二○二四."""
    digits = _DIGITS.get(style, "")
    return text.translate(str.maketrans("0123456789", digits)) if digits else text


def in_chinese(text: str, style: str) -> str:
    """Return a number in words: 123 is 一百二十三; one with decimals or too long, by digits."""
    if style not in _DIGITS or not text.isdecimal() or len(text) > 4 * len(_MYRIADS):
        return in_chinese_digits(text, style)
    digits = _DIGITS[style]
    pieces: list[str] = []
    for place, digit in enumerate(reversed(text)):
        myriad, unit = divmod(place, 4)
        if unit == 0:
            pieces.append(_MYRIADS[myriad])
        if digit != "0":
            pieces += [_UNITS[style][unit].strip(), digits[int(digit)]]
        else:
            pieces.append(digits[0])
    spoken = "".join(pieces[::-1])
    zero = digits[0]
    joined = "".join(zero if key == zero else "".join(group) for key, group in groupby(spoken))
    for name in ("万", "亿"):
        joined = joined.replace(f"{zero}{name}", f"{name}{zero}").replace(zero * 2, zero)
    return joined.rstrip(zero) or zero
