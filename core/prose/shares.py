"""Percentages: what they are a part of, and of which whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from core.prose.course import BOTH, HANDLED, RECEIVED
from core.prose.cues import OBJECTS, Cue
from core.prose.model import Certainty, Kind, Reading
from core.prose.senses import as_share, cases
from core.prose.silent import done_by_rate
from core.prose.state import Draft, Role, State
from core.prose.words import Word

Interpret = Callable[[Cue, State], Draft | None]

_HUNDRED = Decimal(100)
_OF_APPLICATIONS = frozenset(
    {Role.RESULT, Role.REST, Role.APPLICANT, Role.CARRIED_OUT, Role.FINISHED}
)


def share(cue: Cue, state: State, interpret: Interpret, *, in_bracket: bool) -> Draft | None:
    """Read a percentage as a share of what was just counted, or of what it names itself."""
    if cue.has(Word.RATE):
        whole = cue.quantity.value == _HUNDRED
        finished = any(value.startswith("办结率") for value in cue.values(Word.RATE))
        plain = not cue.has(Word.FOREIGN, Word.UNKNOWN, Word.OTHER_TIME, Word.DECISION)
        return done_by_rate(cue.number, state) if whole and finished and plain else None
    if cue.has(Word.COMPARED, Word.CHANNEL, Word.FOREIGN, Word.NOT):
        return None
    part, beside = _part(cue, state, interpret, in_bracket=in_bracket)
    if part is None or not (wholes := _wholes(part)):
        return None
    made = Draft(cue.number, Kind.SHARE, Role.OTHER, (), part.certainty, "占比", cue.quantity)
    made.part, made.wholes = part, wholes
    made.amount = part.quantity if beside else None
    if cue.has(Word.UNKNOWN):
        made.doubt("占比前有不认识的词")
    return made


def _part(
    cue: Cue, state: State, interpret: Interpret, *, in_bracket: bool
) -> tuple[Draft | None, bool]:
    bare = not cue.has(*OBJECTS - {Word.APPLICATION, Word.REQUEST})
    if bare and (cue.has(Word.SHARE) or (in_bracket and not cue.tokens)):
        return state.last, True
    if not cue.has(Word.SHARE):
        return None, False
    return interpret(replace(cue), state), False


def _wholes(part: Draft) -> tuple[Reading, ...]:
    if part.role in _OF_APPLICATIONS:
        return HANDLED, RECEIVED, BOTH
    if part.role is Role.OUTCOME:
        blocks = tuple(dict.fromkeys(slot.split(".")[1] for slot in part.readings[0].slots))
        return (cases(blocks, "total"),)
    return ()


def settle_share(made: Draft) -> None:
    """Put part and whole together, once it is settled what the part can mean."""
    if made.part is None:
        return
    made.readings = tuple(
        as_share(reading, whole) for reading in made.part.readings for whole in made.wholes
    )
    if made.certainty is not Certainty.HINT:
        single = len(made.readings) == 1
        made.certainty = Certainty.CERTAIN if single else Certainty.TWO_READINGS
    if made.part.certainty is Certainty.HINT:
        made.certainty = Certainty.HINT
