"""Numbers of applications: received, carried in, finished, carried on, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.prose.cues import Cue
from core.prose.model import Certainty, Kind, Reading
from core.prose.senses import applications, in_column
from core.prose.state import Draft, Role, State, Topic, year_in
from core.prose.words import Word

RECEIVED = applications("received")
BOTH = applications("received", "carried_in")
HANDLED = applications("handled")
OWN_HANDLED = applications("handled", minus=("carried_in",))
# One kind of organisation in the form, in prose often all of them.
_VAGUE = {"@enterprise": "business", "@others": "other_organization"}
_ADMITTING = frozenset({"受理", "登记", "登记受理", "承办"})
_NOT_APPLICATIONS = (
    Word.MAKE,
    Word.DECISION,
    Word.DOCUMENT,
    Word.CASE,
    Word.CHARGE,
    Word.PAPER,
    Word.PROCESSING_FEE,
    Word.PURCHASE,
)


def draft(
    cue: Cue,
    role: Role,
    readings: Sequence[Reading],
    why: str,
    *,
    kind: Kind = Kind.COUNT,
    certain: bool = True,
) -> Draft:
    """Return a draft for a cue's number: sure, open between its readings, or a hint."""
    readings = tuple(dict.fromkeys(readings))
    certainty = Certainty.CERTAIN if len(readings) == 1 else Certainty.TWO_READINGS
    made = Draft(cue.number, kind, role, readings, certainty, why, cue.quantity)
    made.included = cue.has(Word.INCLUDING)
    if not certain:
        made.certainty = Certainty.HINT
    if cue.has_odd_subject:
        made.doubt("前面有不认识的词，可能只是其中一部分")
    return made


def carried(cue: Cue, state: State) -> Draft | None:
    """Read applications carried in from last year or carried on to the next."""
    if not cue.has(Word.CARRY, Word.ONGOING) or cue.has(*_NOT_APPLICATIONS):
        return None
    if _goes_on_after_carry(cue):
        return None
    known = state.topic is Topic.APPLICATIONS or cue.has(Word.APPLICATION, Word.REQUEST)
    if state.topic in (Topic.CASES, Topic.FOREIGN) and not cue.has(Word.APPLICATION):
        return None
    directions = {direction_of(value, state.year, cue) for value in cue.values(Word.CARRY)}
    if directions == {"in"}:
        open_ = _verb_before_carry(cue)
        why = "上年结转的申请"
        return draft(
            cue, Role.CARRIED_IN, [applications("carried_in")], why, certain=known and not open_
        )
    if directions == {"out"}:
        why = "结转下年度继续办理的申请"
        return draft(cue, Role.CARRIED_OUT, [applications("carried_out")], why, certain=known)
    readings = [applications("carried_out")]
    if directions:
        readings.append(applications("carried_in"))
    # 收到9件，办结8件，结转1件 is one of two things.
    told = bool(directions) and known and state.head is not None and not state.among
    return draft(cue, Role.OTHER, readings, "可能是结转的申请", certain=told)


def _goes_on_after_carry(cue: Cue) -> bool:
    """Whether another verb follows before the number: 结转上年后新收到47件."""
    carries = cue.of(Word.CARRY)
    verbs = (*cue.of(Word.RECEIVE), *cue.of(Word.ACCEPT), *cue.of(Word.FINISH))
    return bool(carries) and any(
        carries[-1].start < verb.start < cue.number.start for verb in verbs
    )


def _verb_before_carry(cue: Cue) -> bool:
    """Whether those carried in were dealt with: 办结上年结转申请3件 may leave some open."""
    carry = next(token.start for token in cue.tokens if token.word is Word.CARRY)
    verbs = (*cue.of(Word.FINISH), *cue.of(Word.ACCEPT))
    return any(token.start < carry for token in verbs)


def direction_of(value: str, year: int | None, cue: Cue | None = None) -> str:
    """Return "in", "out" or "unknown" for words that say carried over."""
    if value in ("in", "out", "unknown", "none_in"):
        return "in" if value == "none_in" else value
    if not (found := re.search(r"(?:19|20)\d\d|二[〇○零一二三四五六七八九]{3}", value)):
        return "out"
    if year is not None:
        return {-1: "in", 1: "out"}.get(year_in(found[0]) - year, "unknown")
    including = cue is not None and cue.has(Word.INCLUDING)
    return "in" if including or found.start() == 0 else "out"


def by_applicant(cue: Cue, state: State) -> Draft | None:
    """Read applications of one kind of applicant, as part of those spoken of."""
    if not cue.has(Word.APPLICANT) or cue.has(*_NOT_APPLICATIONS, Word.RESULT):
        return None
    if state.topic is not Topic.APPLICATIONS and not cue.has(Word.APPLICATION):
        return None
    wholes, certain = _wholes(cue, state)
    columns = cue.values(Word.APPLICANT)
    if columns == ("natural_person",) and cue.has(Word.APPLICATION) and not state.among:
        # 收到公民信息公开申请5件 may be said of all.
        readings = [*(in_column(whole, columns[0]) for whole in wholes), *wholes]
        return draft(cue, Role.APPLICANT, readings, "可能泛指全部申请人", certain=certain)
    vague = next((column for column in columns if column in _VAGUE), "")
    kinds = [_VAGUE[vague], "@corporate"] if vague else [""]
    readings = [
        _in_columns(whole, [kind if column == vague else column for column in columns])
        for whole in wholes
        for kind in kinds
    ]
    return draft(cue, Role.APPLICANT, readings, "按申请人情况分列的申请", certain=certain)


def _wholes(cue: Cue, state: State) -> tuple[tuple[Reading, ...], bool]:
    if cue.has(Word.RECEIVE, Word.ACCEPT, Word.FINISH):
        return _by_verb(cue)[1], True
    if state.head is not None:
        return tuple(r for r in state.head.readings if "total" in r.slots[0]), True
    return (RECEIVED, HANDLED, BOTH), state.on_applications


def _in_columns(whole: Reading, columns: Iterable[str]) -> Reading:
    parts = [in_column(whole, column) for column in columns]
    return Reading(
        tuple(slot for part in parts for slot in part.slots),
        tuple(slot for part in parts for slot in part.minus),
        meaning="、".join(part.meaning for part in parts),
    )


def course(cue: Cue, state: State) -> Draft | None:
    """Read applications received, accepted or finished."""
    named = cue.has(Word.APPLICATION) or (
        cue.has(Word.INFORMATION) and cue.has(Word.RECEIVE, Word.ACCEPT, Word.FINISH)
    )
    if cue.has(*_NOT_APPLICATIONS) or not (named or state.on_applications):
        return None
    if cue.has(Word.CARRY) and not _is_new(cue):
        return None
    if cue.has(Word.RECEIVE, Word.ACCEPT, Word.FINISH):
        role, readings, why = _by_verb(cue)
        # After 网上申请9件 alone, 办结9件 is perhaps of these only.
        one_way = state.by_channel and state.head is None and role is Role.FINISHED
        certain = not (one_way or _is_a_part(role, state))
        made = draft(cue, role, readings, why, certain=certain)
        made.admitted = bool(_ADMITTING & {token.text for token in cue.of(Word.ACCEPT)})
        return made
    if cue.has(Word.APPLICATION, Word.REQUEST):
        return _without_verb(cue, state)
    if cue.has(Word.TOTAL) and state.head is not None:
        return draft(cue, Role.SUM, (BOTH, RECEIVED, HANDLED), "合计数，可含上年结转")
    if cue.has(Word.TOTAL) and state.by_channel:
        return draft(cue, Role.RECEIVED, (RECEIVED, BOTH), "各种渠道的申请合计")
    return None


def _is_a_part(role: Role, state: State) -> bool:
    """Whether a list of parts goes on (办结9件，其中7件当年收到); 其中已办结 is a whole again."""
    if not state.among or state.head is None:
        return False
    return role is not Role.FINISHED or state.head.role is Role.FINISHED


def _without_verb(cue: Cue, state: State) -> Draft | None:
    """Read 依申请公开12件: received or finished is not said; among other matters it is neither."""
    if state.among and cue.has(Word.THIS_YEAR) and state.topic is Topic.APPLICATIONS:
        return draft(cue, Role.OTHER, [RECEIVED], "本年度的申请")
    if state.topic is Topic.FOREIGN or state.among:
        return None
    named = cue.has(Word.REQUEST, Word.TOTAL) or any(
        "申请" in value[-3:] for value in cue.values(Word.APPLICATION)
    )
    why = "没有说是收到还是办理"
    return draft(cue, Role.ACCEPTED, (RECEIVED, HANDLED, BOTH), why, certain=named)


def _is_new(cue: Cue) -> bool:
    verbs = (*cue.values(Word.RECEIVE), *cue.values(Word.ACCEPT))
    return cue.has(Word.NEW) or any(value.startswith("新") for value in verbs)


def _by_verb(cue: Cue) -> tuple[Role, tuple[Reading, ...], str]:
    verbs = {word for word in (Word.RECEIVE, Word.ACCEPT, Word.FINISH) if cue.has(word)}
    new = _is_new(cue)
    if verbs == {Word.FINISH}:
        return Role.FINISHED, (HANDLED, OWN_HANDLED), "办结或答复的申请，可不含上年结转"
    if new and Word.FINISH not in verbs:
        return Role.RECEIVED, (RECEIVED,), "本年新收的申请"
    if verbs == {Word.RECEIVE}:
        if cue.has(Word.TOTAL):
            return Role.RECEIVED, (RECEIVED, BOTH), "“共收到”可指新收，也可含上年结转"
        return Role.RECEIVED, (RECEIVED,), "收到的申请"
    return Role.ACCEPTED, (RECEIVED, HANDLED, BOTH), "受理或办理可指新收、办结或含上年结转"
