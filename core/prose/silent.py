"""Statements without a number of their own: 全部办结, 均维持, 均为自然人, 已审结, 均予以公开."""

from __future__ import annotations

from collections.abc import Sequence

from core.prose.cases import ENDINGS, blocks_of, no_other_ending
from core.prose.clauses import Clause
from core.prose.course import direction_of
from core.prose.model import Certainty, Kind, Reading
from core.prose.senses import applications, cases, in_column
from core.prose.state import Draft, Role, State, Topic
from core.prose.tokens import Token
from core.prose.words import Word

_HEADS = (Role.RECEIVED, Role.ACCEPTED, Role.SUM)
_PLAINLY = frozenset({"已", "已经", "了", "予以", "给予", "得到", "作出", "目前", "申请人"})
_MOSTLY = frozenset({"主要", "多", "大多", "多数", "大部分", "绝大多数", "绝大部分", "基本"})
_GUARDS = (Word.NOT, Word.GUARD, Word.COMPARED, Word.FOREIGN)


def silent(clause: Clause, tail: Sequence[Token], state: State) -> list[Draft]:
    """Return what the words after the last number of a clause say of all that was counted."""
    words = {token.word for token in tail}
    if words & set(_GUARDS) or state.other_time or state.restricted:
        return []
    for read in (_all_done, _all_natural, _endings, _closed, _one_result):
        if found := read(tail, words, state):
            return [found]
    return []


def _said(token: Token, kind: Kind, role: Role, reading: Reading, why: str) -> Draft:
    return Draft(token, kind, role, (reading,), Certainty.CERTAIN, why)


def _all_done(tail: Sequence[Token], words: set[Word], state: State) -> Draft | None:
    head = state.head
    if Word.FINISH not in words or state.topic is not Topic.APPLICATIONS or head is None:
        return None
    if head.role not in _HEADS or words & {Word.CASE, Word.CARRY, Word.ONGOING, Word.INCLUDING}:
        return None
    token = next(token for token in tail if token.word is Word.FINISH)
    made = _said(
        token, Kind.ALL_DONE, Role.OTHER, applications("carried_out"), "全部办结，没有结转下年度"
    )
    if Word.ALL not in words or not _says_just_done(tail):
        made.doubt("按要求、按时办结的不一定是全部申请")
    says_done = Word.ALL in words or any(token.value in ("已", "并", "已经") for token in tail)
    return made if says_done or Word.TIMELY in words else None


def _says_just_done(tail: Sequence[Token]) -> bool:
    """Whether nothing qualifies it: 均按规定答复 is a phrase, 均已办结 a fact."""
    return all(
        token.word in (Word.ALL, Word.FINISH, Word.THIS_YEAR, Word.AND) or token.value in _PLAINLY
        for token in tail
    )


def done_by_rate(token: Token, state: State) -> Draft | None:
    """Read 办结率100%."""
    if state.topic is not Topic.APPLICATIONS or state.head is None or state.restricted:
        return None
    return _said(
        token, Kind.ALL_DONE, Role.OTHER, applications("carried_out"), "办结率100%，没有结转下年度"
    )


def _all_natural(tail: Sequence[Token], words: set[Word], state: State) -> Draft | None:
    values = {token.value for token in tail if token.word is Word.APPLICANT}
    head = state.head
    if values != {"natural_person"} or state.topic is not Topic.APPLICATIONS or head is None:
        return None
    if not words & {Word.ALL, Word.IS} or words & {
        Word.UNKNOWN,
        Word.CHANNEL,
        Word.NUMBER,
        Word.REST,
    }:
        return None
    if any(token.value in _MOSTLY for token in tail):
        return None
    token = next(token for token in tail if token.word is Word.APPLICANT)
    readings = tuple(
        in_column(reading, "@corporate") for reading in head.readings if not reading.minus
    )
    certainty = Certainty.CERTAIN if len(readings) == 1 else Certainty.TWO_READINGS
    why = "均为自然人，法人或其他组织各栏为0"
    return Draft(token, Kind.ALL_NATURAL, Role.OTHER, readings, certainty, why)


def _endings(tail: Sequence[Token], words: set[Word], state: State) -> Draft | None:
    values = [token.value for token in tail if token.word is Word.OUTCOME]
    named = blocks_of(token.value for token in tail if token.word is Word.CASE)
    blocks = named or (state.blocks if state.topic is Topic.CASES else ())
    if not values or not blocks or not state.on_disclosure or Word.UNKNOWN in words:
        return None
    token = next(token for token in tail if token.word is Word.OUTCOME)
    if values == ["upheld"] and Word.ALL in words:
        why = "均维持，其他各栏为0"
        return _said(token, Kind.ALL_UPHELD, Role.OUTCOME, no_other_ending(blocks), why)
    return _ending_of_last(token, values, state)


def _ending_of_last(token: Token, values: list[str], state: State) -> Draft | None:
    """行政复议1件，尚未审结: the number just given is the number of that ending."""
    last = state.last
    if last is None or last.role is not Role.CASE or len(values) != 1:
        return None
    column = ENDINGS.get(values[0], (values[0], ""))[0]
    blocks = tuple(slot.split(".")[1] for slot in last.readings[0].slots)
    made = _said(token, Kind.COUNT, Role.OUTCOME, cases(blocks, column), "前面说的案件都是这一结果")
    made.quantity, made.certainty = last.quantity, last.certainty
    if values[0] in ENDINGS:
        made.doubt("这一结果计入哪一栏要看表")
    return made


def _closed(tail: Sequence[Token], words: set[Word], state: State) -> Draft | None:
    last = state.last
    if Word.CLOSED not in words or last is None or last.role is not Role.CASE:
        return None
    token = next(token for token in tail if token.word is Word.CLOSED)
    blocks = tuple(slot.split(".")[1] for slot in last.readings[0].slots)
    made = _said(token, Kind.ZERO, Role.OUTCOME, cases(blocks, "pending"), "已审结，没有尚未审结的")
    made.certainty = last.certainty
    if Word.UNKNOWN in words:
        made.doubt("前后有不认识的词")
    return made


def _one_result(tail: Sequence[Token], words: set[Word], state: State) -> Draft | None:
    """收到申请1件，为本机关不掌握的信息; 收到申请3件，均予以公开."""
    last = state.last
    tokens = [token for token in tail if token.word is Word.RESULT]
    values = tuple(row for token in tokens for row in token.value.split("|"))
    if last is None or last.role not in (*_HEADS, Role.FINISHED) or not values:
        return None
    starts = tail[0].word in (Word.ALL, Word.IS, Word.RESULT)
    if not starts or words & {Word.UNKNOWN, Word.CHANNEL, Word.MAKE, Word.PAPER}:
        return None
    token = tokens[0]
    reading = applications(*dict.fromkeys(values))
    made = _said(token, Kind.COUNT, Role.OTHER, reading, "前面说的申请都是这样办理的")
    made.quantity = last.quantity
    if not words & {Word.ALL, Word.IS}:
        made.doubt("不一定是全部申请")
    return made


def includes_carried_in(tail: Sequence[Token], state: State) -> bool:
    """Return whether a clause says that last year's are among those counted (含上年结转)."""
    words = {token.word for token in tail}
    ways = {direction_of(t.value, state.year) for t in tail if t.word is Word.CARRY}
    return Word.INCLUDING in words and ways == {"in"}
