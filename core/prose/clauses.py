"""The clauses of a sentence: what stands between two commas, semicolons or brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from core.prose.tokens import Token
from core.prose.words import Word

_MARKS = frozenset({"“", "”"})
_BREAKS = frozenset({Word.STOP, Word.OPEN, Word.CLOSE, Word.MARK})
# What a bracket in front of a number may name without saying anything of its own.
_NAMES = frozenset({Word.RESULT, Word.CHARGE, Word.LIST, Word.AND, Word.IS, Word.FILLER})
_LONGEST_ASIDE = 8


@dataclass(frozen=True)
class Clause:
    """What stands between two commas, semicolons or brackets; `depth` counts the brackets."""

    tokens: tuple[Token, ...]
    depth: int

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Where the numbers stand."""
        return tuple(i for i, token in enumerate(self.tokens) if token.word is Word.NUMBER)

    def has(self, *wanted: Word) -> bool:
        """Return whether there is a word of any of some kinds."""
        return any(token.word in wanted for token in self.tokens)


def clauses_of(tokens: Sequence[Token]) -> Iterator[Clause]:
    """Return the clauses of a sentence; a bracket is a clause, or several, of its own."""
    depth, held = 0, list[Token]()
    for token in _joined(tokens):
        if token.word not in _BREAKS:
            if token.value not in _MARKS:
                held.append(token)
            continue
        if held:
            yield Clause(tuple(held), depth)
        held = [token] if token.word is Word.MARK else []
        depth = max(0, depth + (token.word is Word.OPEN) - (token.word is Word.CLOSE))
    if held:
        yield Clause(tuple(held), depth)


def _joined(tokens: Sequence[Token]) -> Iterator[Token]:
    """Leave out what parts a number from its words: 办结件数：12件, 不予公开（过程性信息）1件."""
    counted = False
    inside = -1
    for i, token in enumerate(tokens):
        counted = counted and token.word is not Word.STOP
        if token.word is Word.OPEN and not counted:
            inside = _end_of_aside(tokens, i)
        dropped = i == inside or (inside > i and token.word is Word.OPEN)
        if not dropped and not (not counted and _is_colon_before_number(tokens, i)):
            yield token
        counted = counted or token.word is Word.NUMBER


def _is_colon_before_number(tokens: Sequence[Token], index: int) -> bool:
    after = tokens[index + 1 : index + 2]
    named = index > 0 and tokens[index - 1].word not in (Word.AMONG, Word.APPLICATION)
    return tokens[index].value == "：" and named and any(t.word is Word.NUMBER for t in after)


def _end_of_aside(tokens: Sequence[Token], index: int) -> int:
    """Return where a bracket closes that only names what the number after it counts, or -1."""
    for at in range(index + 1, min(index + _LONGEST_ASIDE, len(tokens) - 1)):
        if tokens[at].word is Word.CLOSE:
            following = [t.word for t in tokens[at + 1 : at + 3]]
            numbered = following[0] is Word.NUMBER or following == [Word.IS, Word.NUMBER]
            words = {t.word for t in tokens[index + 1 : at]}
            return at if numbered and words & {Word.RESULT, Word.CHARGE} else -1
        if tokens[at].word not in _NAMES:
            return -1
    return -1
