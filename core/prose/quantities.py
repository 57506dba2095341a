"""Numbers with their units as sentences write them: 1,200余件, 2.5万宗, 三十五件, 34.2%, 400元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from core.numbers import chinese_number

_MOST_DIGITS = 15
_TEN = Decimal(10)
_WAN_YUAN = Decimal("0.0001")

# Units of what the form counts, and of what it does not; a unit that begins another
# word (2部门, 3项目, 一次性) is none.
COUNTED = frozenset({"件次", *"件条份宗封项次部例起个单笔"})
MONEY = "元"
PERCENT = "%"
_OTHERS = (
    "个百分点,‰,人次,人,名,家,场,期,篇,天,日,小时,年,月,号,届,版,类,级,岁,页,户,位,款,处,辆,台,"
    "张,组,套,批,亩,公里,平方米,倍,轮,遍,门,间,所,座,支,只,本,字,分,秒,季度,点,层,楼"
)
_NOT_UNITS = {
    "部": "[门委分署级队]",
    "项": "目",
    "起": "[草到步来]|诉(?!讼)",
    "条": "[例款目线]",
    "份": "额",
    "次": "[性要数日月年]",
    "例": "[如会外]|行(?!政)",
    "宗": "[旨教]",
    "封": "[面闭]",
    "件": "数",
    "个": "[人别]",
    "单": "[位独]",
    "元": "旦",
}
_SCALES = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "": 0}
_BEFORE = re.compile(r"(大约|约|将近|接近|近|超过|超|逾|突破|不足|不到|至少|仅|[数几第])$")


def _unit_pattern() -> str:
    units = sorted({*COUNTED, MONEY, PERCENT, *_OTHERS.split(",")}, key=len, reverse=True)
    return "|".join(
        re.escape(unit) + (f"(?!{_NOT_UNITS[unit]})" if unit in _NOT_UNITS else "")
        for unit in units
    )


# Every part but the digits may be missing, so that a match never fails once it has
# begun: no text makes the search go back over what it has read.
PATTERN = (
    r"(?P<digits>[0-9]++(?:[, ][0-9]{3})*+(?:\.[0-9]++)?|[零一二三四五六七八九〇○两十百千万亿廿]++)"
    r"(?P<more>[余多几]?)(?P<scale>(?:百万|千万|[百千万亿])?)(?P<more_after>[余多]?)"
    rf"(?P<unit>(?:{_unit_pattern()})?)(?P<about>(?:左右|以上|上下|以内)?)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit ("" for none); `low` to `high` is what a rounded one covers.

    Money is in 万元.  `decimals` are those printed.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    decimals: int = 0
    chinese: bool = False

    @property
    def is_percent(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == PERCENT

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.unit == MONEY

    @property
    def is_counted(self) -> bool:
        """Whether its unit is one in which the form's things are counted."""
        return self.unit in COUNTED


def quantity_in(found: re.Match[str], before: str, after: str) -> Quantity | None:
    """Return the number that a match of `PATTERN` is, None when it is no plain number.

    `before` is the text that leads up to it, `after` what follows.
    """
    chinese = not found["digits"].isascii()
    cue = _BEFORE.search(before)
    if cue and (cue[1] == "第" or (cue[1] in "数几" and chinese)):
        return None
    if _is_part_of_a_code(before, after) or (chinese and not found["unit"]):
        return None
    number = (_chinese if chinese else _arabic)(found["digits"])
    if number is None:
        return None
    return _quantity(found, number, cue[1] if cue else "", chinese=chinese)


def _quantity(found: re.Match[str], number: Decimal, cue: str, *, chinese: bool) -> Quantity:
    scale, unit = _SCALES[found["scale"]], found["unit"]
    decimals = len(found["digits"].partition(".")[2])
    exponent = scale - decimals
    rounded = (scale or unit == PERCENT) and number
    rounding = _TEN**exponent / 2 if rounded else Decimal(0)
    more = bool(found["more"] or found["more_after"])
    value = number.scaleb(scale)
    low, high = _range(value, exponent, rounding, more, cue, found["about"])
    factor = _WAN_YUAN if unit == MONEY else 1
    return Quantity(value * factor, low * factor, high * factor, unit, decimals, chinese)


def _range(
    value: Decimal, exponent: int, rounding: Decimal, more: bool, before: str, about: str
) -> tuple[Decimal, Decimal]:
    """Return what a number covers; an approximate one at least a tenth, or its last digit."""
    slack = max(_last_place(value, exponent), value / 10)
    if more or before in ("超过", "超", "逾", "突破", "至少") or about == "以上":
        return value, value + slack
    if before in ("将近", "接近", "近", "不足", "不到") or about == "以内":
        return value - slack, value
    if before in ("大约", "约") or about in ("左右", "上下"):
        return value - slack, value + slack
    return value - rounding, value + rounding


def _last_place(value: Decimal, exponent: int) -> Decimal:
    """Return the size of the last digit that is not a closing zero: 10 for 120."""
    digits = str(int(value.scaleb(-exponent))).rstrip("0")
    whole = str(int(value.scaleb(-exponent)))
    return _TEN ** (exponent + len(whole) - max(len(digits), 1))


def _is_part_of_a_code(before: str, after: str) -> bool:
    """Whether digits belong to a telephone number, a code, a range or a version."""
    return bool(
        re.search(r"(?:[A-Za-z\d][-—–~～./_ ]?|[-~～/_]|\d至|\d到)$", before)
        or re.match(r"(?:[-—–~～]\d|\d|[至到]\d|[A-Za-z@])", after)
    )


def _arabic(digits: str) -> Decimal | None:
    groups = re.split("[, ]", digits.partition(".")[0])
    if groups[0] != "0" and groups[0].startswith("0"):
        return None
    if len(groups) > 1 and (len(groups[0]) > 3 or groups[0] == "0"):
        return None
    plain = re.sub("[, ]", "", digits)
    return Decimal(plain) if len(plain) <= _MOST_DIGITS else None


def _chinese(digits: str) -> Decimal | None:
    if len(digits) > _MOST_DIGITS or digits[0] in "万亿" or digits in ("百", "千"):
        return None
    return chinese_number(digits)
