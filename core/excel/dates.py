"""Days and times as a number format shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from core.excel.chinese import in_chinese, in_chinese_digits
from core.excel.tokens import Kind, Token

_DAY = 86_400
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_CHINESE_WEEKDAYS = "一二三四五六日"
_LAST_DAY = 2_958_465  # 9999-12-31
_LEAP_BUG = 60  # Excel takes 1900 for a leap year, as Lotus did


@dataclass(frozen=True, slots=True)
class _Moment:
    year: int
    month: int
    day: int
    weekday: int
    hour: int
    minute: int
    second: int
    fraction: Decimal
    seconds: int


def shown_date(
    tokens: Sequence[Token], value: Decimal, *, from_1904: bool, chinese: str = ""
) -> str | None:
    """Return a day or time in the tokens of a format, None for a number that is none."""
    places = _second_places(tokens)
    moment = _moment(value, places, from_1904)
    if moment is None:
        return None
    is_half = any(_is_half(token) for token in tokens)
    pieces: list[str] = []
    skip = 0
    for index, token in enumerate(tokens):
        if token.kind is Kind.DATE:
            pieces.append(_part(tokens, index, moment, is_half, chinese))
        elif token.kind is Kind.POINT and places:
            pieces.append(f"{moment.fraction:.{places}f}"[1:])
            skip = places
        elif token.kind is Kind.DIGIT and skip:
            skip -= 1
        elif token.kind not in (Kind.BRACKET, Kind.DIGIT):
            pieces.append(token.text)
    return "".join(pieces)


def _second_places(tokens: Sequence[Token]) -> int:
    """Return how many decimals of a second are shown."""
    for index, token in enumerate(tokens):
        if token.kind is Kind.POINT:
            digits = 0
            for later in tokens[index + 1 :]:
                if later.kind is not Kind.DIGIT:
                    break
                digits += 1
            return min(digits, 3)
    return 0


def _moment(value: Decimal, places: int, from_1904: bool) -> _Moment | None:
    if not 0 <= value <= _LAST_DAY:
        return None
    exact = (value * _DAY).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    seconds = int(exact)
    days, rest = divmod(seconds, _DAY)
    if from_1904:
        day = date(1904, 1, 1) + timedelta(days)
    elif days == _LEAP_BUG or not days:
        # A day that never was, 1900-02-29, and a time without a day.
        shown = (1900, 2, 29) if days else (1900, 1, 0)
        return _at(shown, (days + 6) % 7, rest, exact - seconds, seconds)
    else:
        day = date(1899, 12, 31) + timedelta(days - (days > _LEAP_BUG))
    return _at((day.year, day.month, day.day), day.weekday(), rest, exact - seconds, seconds)


def _at(
    day: tuple[int, int, int], weekday: int, rest: int, fraction: Decimal, seconds: int
) -> _Moment:
    return _Moment(*day, weekday, rest // 3600, rest // 60 % 60, rest % 60, fraction, seconds)


def _is_half(token: Token) -> bool:
    return token.kind is Kind.DATE and token.text.upper() in ("AM/PM", "A/P", "上午/下午")


def _part(tokens: Sequence[Token], index: int, moment: _Moment, is_half: bool, chinese: str) -> str:
    token = tokens[index]
    if _is_half(token):
        return token.text.split("/")[moment.hour >= 12]
    letters = token.text.lower()
    if letters.startswith("["):
        unit = {"h": 3600, "m": 60, "s": 1}[letters[1]]
        return f"{moment.seconds // unit:0{len(letters) - 2}}"
    if letters[0] == "m" and _is_minute(tokens, index):
        return _number(moment.minute, letters, chinese)
    if letters[0] in "ye":
        year = f"{moment.year % 100:02}" if letters in ("y", "yy") else f"{moment.year:04}"
        return in_chinese_digits(year, chinese)
    if letters[0] == "h":
        return _number((moment.hour + 11) % 12 + 1 if is_half else moment.hour, letters, chinese)
    if letters[0] == "s":
        return _number(moment.second, letters, chinese)
    if letters[0] == "a":
        day = _CHINESE_WEEKDAYS[moment.weekday]
        return f"星期{day}" if len(letters) > 3 else day
    return _named(letters, moment, chinese)


def _named(letters: str, moment: _Moment, chinese: str) -> str:
    if letters[0] == "d":
        if len(letters) > 2:
            name = _WEEKDAYS[moment.weekday]
            return name[:3] if len(letters) == 3 else name
        return _number(moment.day, letters, chinese)
    if len(letters) > 2:
        short, long = _MONTHS[moment.month - 1], _LONG_MONTHS[moment.month - 1]
        return {3: short, 5: short[0]}.get(len(letters), long)
    return _number(moment.month, letters, chinese)


def _number(value: int, letters: str, chinese: str) -> str:
    if chinese:
        # 十二月 as people say it, not 一十二月.
        return in_chinese(str(value), chinese).removeprefix("一" if 10 <= value < 20 else "")
    return f"{value:0{min(len(letters), 2)}}"


def _is_minute(tokens: Sequence[Token], index: int) -> bool:
    """An m is a minute behind an hour or before a second."""
    if len(tokens[index].text) > 2:
        return False
    before = [t for t in tokens[:index] if t.kind is Kind.DATE and not _is_half(t)]
    after = [t for t in tokens[index + 1 :] if t.kind is Kind.DATE and not _is_half(t)]
    behind_hour = bool(before) and before[-1].text.lower().strip("[]")[:1] == "h"
    before_second = bool(after) and after[0].text.lower().strip("[]")[:1] == "s"
    return behind_hour or before_second
