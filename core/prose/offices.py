"""Offices named in a sentence: which kind they are, and whether they count for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.prose.clauses import Clause
from core.prose.tokens import Token
from core.prose.words import Word

_OWN_TOWNS = ("我镇", "我乡", "我街", "我街道", "本镇", "本街道")
_LEVELS = ("市级部门", "县级部门", "区级部门", "省级部门", "市直部门", "区直部门", "县直部门")
_JOINS = (Word.LIST, Word.AND)


def office_kind(name: str) -> str:
    """Return "government", its "office", a "bureau", or "" for 部门, 乡镇 and the like."""
    if name.endswith(("办公室", "办公厅", "政府办", "我办", "本办")):
        return "office"
    if name.endswith(("政府", "办事处", "管委会", "管理委员会", *_OWN_TOWNS)):
        return "government"
    return "bureau" if name.endswith(("局", "委", "厅", "委员会", "中心", "队", "院")) else ""


def names_an_office(clause: Clause) -> bool:
    """Return whether a clause names an office, other than the one that reports, before a number."""
    return bool(_offices_of(clause))


def _offices_of(clause: Clause) -> tuple[str, ...]:
    return tuple(
        token.text
        for token in _before_number(clause.tokens)
        if token.word is Word.ORGAN and not token.text.startswith(("我", "本"))
    )


def count_offices(clauses: Iterable[Clause]) -> int:
    """Return how many offices have numbers of applications of their own (甲局收到3件，乙局2件)."""
    counting = (c for c in clauses if c.numbers and not c.has(Word.CASE, Word.OUTCOME))
    return len({names[0] for clause in counting if (names := _offices_of(clause))})


def _before_number(tokens: Sequence[Token]) -> Iterable[Token]:
    for token in tokens:
        if token.word is Word.NUMBER:
            return
        yield token


def names_a_level(clause: Clause) -> bool:
    """Return whether offices of one level alone are counted: 市级部门收到…, not 市级部门、各县."""
    joined = any(token.word in _JOINS for token in _before_number(clause.tokens))
    return (
        bool(clause.numbers)
        and not joined
        and any(name.endswith(_LEVELS) for name in _offices_of(clause))
    )
