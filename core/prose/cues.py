"""The words around a number that say what is counted: before it, or after it (2件结转下年)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from core.prose.clauses import Clause
from core.prose.quantities import Quantity
from core.prose.tokens import Token
from core.prose.words import Word

# What a number can be a number of.
OBJECTS = frozenset(
    {
        Word.APPLICATION,
        Word.REQUEST,
        Word.CARRY,
        Word.ONGOING,
        Word.RESULT,
        Word.REST,
        Word.WITHDRAWN,
        Word.APPLICANT,
        Word.CASE,
        Word.OUTCOME,
        Word.DOCUMENT,
        Word.DECISION,
        Word.CHARGE,
        Word.PROCESSING_FEE,
        Word.PURCHASE,
    }
)
VERBS = frozenset({Word.RECEIVE, Word.ACCEPT, Word.FINISH, Word.MAKE})
# Nouns that may stand after a number whose verb stands before it (收到8份…申请).
_NOUNS = frozenset(
    {Word.APPLICATION, Word.REQUEST, Word.CASE, Word.DOCUMENT, Word.DECISION, Word.INFORMATION}
)
_JOINS = frozenset({Word.LIST, Word.AND})
_EACH = frozenset({Word.RESPECTIVELY, Word.EACH, Word.ALL, Word.IS})
_LONGEST_SUBJECT = 8
_PETITIONS = frozenset({"信访", "投诉", "举报", "投诉举报", "举报投诉", "咨询"})


@dataclass(frozen=True)
class Cue:
    """The words that say what a number is a number of, with the number itself."""

    tokens: tuple[Token, ...]
    number: Token
    quantity: Quantity

    @cached_property
    def words(self) -> frozenset[Word]:
        """Which kinds of words there are."""
        return frozenset(token.word for token in self.tokens)

    def has(self, *wanted: Word) -> bool:
        """Return whether there is a word of any of some kinds."""
        return not self.words.isdisjoint(wanted)

    def values(self, word: Word) -> tuple[str, ...]:
        """Return which words of a kind there are, each once, in their order."""
        return tuple(dict.fromkeys(t.value for t in self.tokens if t.word is word))

    def of(self, word: Word) -> tuple[Token, ...]:
        """Return the words of a kind."""
        return tuple(token for token in self.tokens if token.word is word)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said about the number here."""
        return not self.has(*OBJECTS, *VERBS, Word.TOTAL, Word.UNKNOWN, Word.FOREIGN)

    @cached_property
    def is_strange(self) -> bool:
        """Whether something unknown stands where it can change what is counted."""
        known = [i for i, t in enumerate(self.tokens) if t.word in OBJECTS | VERBS]
        foreign = any(
            not self._explains(i) for i, t in enumerate(self.tokens) if t in self._foreign
        )
        if not known or foreign:
            return foreign or self.has(Word.UNKNOWN)
        return any(
            (i > known[0] and not self._trails(i, known[-1])) or self._joined(i)
            for i, token in enumerate(self.tokens)
            if token.word is Word.UNKNOWN
        )

    @cached_property
    def has_odd_subject(self) -> bool:
        """Whether the unknown words are more than the name of who did it."""
        unknown = self.of(Word.UNKNOWN)
        if any(token.start > self.number.start for token in unknown):
            return True
        said_of = any(self._next_is_of(i) for i, t in enumerate(self.tokens) if t in unknown)
        return said_of or sum(t.end - t.start for t in unknown) > _LONGEST_SUBJECT

    @property
    def _foreign(self) -> tuple[Token, ...]:
        return self.of(Word.FOREIGN)

    def _explains(self, index: int) -> bool:
        """Whether something foreign only says why applications were refused (属信访…不予处理)."""
        following = self.tokens[index + 1 :]
        return self.tokens[index].value in _PETITIONS and any(
            token.word is Word.RESULT for token in following
        )

    def _trails(self, index: int, last: int) -> bool:
        return index > last and self.tokens[index].start > self.number.start

    def _joined(self, index: int) -> bool:
        following = self.tokens[index + 1 : index + 2]
        return any(token.word in _JOINS for token in following)

    def _next_is_of(self, index: int) -> bool:
        return any(token.value == "的" for token in self.tokens[index + 1 : index + 2])


def cues_of(clause: Clause) -> Iterator[Cue]:
    """Return the cue of each number of a clause, a list (A、B分别为1件、2件) told apart."""
    numbers = clause.numbers
    done = 0
    taken = 0
    while done < len(numbers):
        at = numbers[done]
        left = _trimmed(clause.tokens[taken:at])
        if (items := _items(left)) is not None:
            together = _numbers_in_a_row(clause, done)
            yield from _distributed(items, [clause.tokens[i] for i in together], left)
            done += len(together)
            taken = together[-1] + 1
            continue
        right, taken = _right(clause, done, left)
        yield _cue((*left, *right), clause.tokens[at])
        done += 1


def _cue(tokens: tuple[Token, ...], number: Token) -> Cue:
    assert number.quantity is not None
    return Cue(tokens, number, number.quantity)


def _trimmed(tokens: Sequence[Token]) -> tuple[Token, ...]:
    start = 0
    while start < len(tokens) and tokens[start].word in _JOINS:
        start += 1
    return tuple(tokens[start:])


def _right(clause: Clause, index: int, left: Sequence[Token]) -> tuple[tuple[Token, ...], int]:
    """Return the words after a number that belong to it, and where the next cue begins."""
    at = clause.numbers[index]
    last = index + 1 == len(clause.numbers)
    end = len(clause.tokens) if last else clause.numbers[index + 1]
    after = clause.tokens[at + 1 : end]
    if not last:
        joins = [i for i, token in enumerate(after) if token.word in _JOINS]
        after = after[: joins[0]] if joins else after
    words = {token.word for token in left}
    quantity = clause.tokens[at].quantity
    if not last and quantity is not None and not _is_of_the_form(quantity):
        # 向3名申请人收取信息处理费200元: what follows belongs to the next number.
        return (), at + 1
    after = _until_all(after)
    # 未办结3件转入下年度 says of the number what 未办结 leaves open.
    carried = after[:1] and after[0].word is Word.CARRY and words & OBJECTS == {Word.ONGOING}
    if (words & OBJECTS and not carried) or not after:
        return (), at + 1
    first = next((token.word for token in after if token.word is not Word.FILLER), None)
    if not words & VERBS or first in _NOUNS:
        return tuple(after), at + 1 + len(after)
    return (), at + 1


def _is_of_the_form(quantity: Quantity) -> bool:
    return not quantity.unit or quantity.is_counted or quantity.is_money or quantity.is_percent


def _until_all(after: tuple[Token, ...]) -> tuple[Token, ...]:
    """Cut off what is said of all that was counted (3件申请均为自然人申请)."""
    ends = [
        i
        for i, token in enumerate(after)
        if token.word in (Word.ALL, Word.NOT) or (i and token.word is Word.IS)
    ]
    return after[: ends[0]] if ends else after


def _numbers_in_a_row(clause: Clause, index: int) -> list[int]:
    row = [clause.numbers[index]]
    for at in clause.numbers[index + 1 :]:
        between = clause.tokens[row[-1] + 1 : at]
        if not between or any(token.word not in _JOINS for token in between):
            break
        row.append(at)
    return row


def _items(left: Sequence[Token]) -> list[list[Token]] | None:
    """Return what a list of numbers is about, None where no list is announced."""
    said = _ends_with_each(left) or any(token.word is Word.RESPECTIVELY for token in left)
    if not said:
        return None
    items: list[list[Token]] = [[]]
    for token in left:
        if token.word in _JOINS:
            items.append([])
        elif token.word not in _EACH:
            items[-1].append(token)
    return [item for item in items if item]


def _ends_with_each(left: Sequence[Token]) -> bool:
    """Whether every item of a list has the same number: A、B各1件, A、B均为1件."""
    if not left or left[-1].word is Word.EACH:
        return bool(left)
    all_are = left[-1].word is Word.IS and len(left) > 1 and left[-2].word is Word.ALL
    return all_are and any(token.word in _JOINS for token in left)


def _distributed(
    items: list[list[Token]], numbers: list[Token], left: Sequence[Token]
) -> Iterator[Cue]:
    """Give each item its number, or one number to all (各1件); nothing where they do not match."""
    if _ends_with_each(left) and len(numbers) == 1:
        numbers = numbers * len(items)
    if len(numbers) != len(items):
        yield from (_cue((replace(n, word=Word.UNKNOWN),), n) for n in numbers)
        return
    shared = _shared(items)
    for item, number in zip(items, numbers, strict=True):
        yield _cue(tuple(sorted({*item, *shared}, key=lambda token: token.start)), number)


def _shared(items: list[list[Token]]) -> list[Token]:
    """Return what is said once and holds for every item (决定数量 of 许可、处罚决定数量)."""
    kinds = [{token.word for token in item} & (OBJECTS | VERBS) for item in items]
    heads = set[Word].intersection(*kinds) if kinds else set()
    if not heads:
        return []
    return [token for item in items for token in item if token.word not in heads]
