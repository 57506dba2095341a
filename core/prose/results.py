"""Numbers of decisions on applications: disclosed, refused, not available, and why."""

from __future__ import annotations

from core.prose.course import draft
from core.prose.cues import Cue
from core.prose.model import Reading
from core.prose.senses import RESULT_ROWS, applications
from core.prose.state import Draft, Role, State, Topic
from core.prose.words import Word

_OTHER_MATTERS = (Word.DECISION, Word.DOCUMENT, Word.PAPER, Word.CHARGE, Word.PURCHASE, Word.CASE)
# Words from before the form, or of practice, that have no row of their own.
_OLD_WORDS = frozenset({"rejected_*|other*", "unavailable_not_held|other*", "unavailable_*|other*"})
UNKNOWN_RESULT = "?"
# Words that also describe an application, however it was decided.
_DESCRIBING = frozenset({"rejected_repeat", "other_not_corrected", "rejected_petition"})
NOT_DISCLOSED = RESULT_ROWS[2:]


def result(cue: Cue, state: State) -> Draft | None:
    """Read applications by what was decided."""
    if cue.has(*_OTHER_MATTERS, Word.APPLICANT):
        return None
    if not cue.has(Word.RESULT):
        return _just_disclosed(cue, state)
    if state.topic is Topic.FOREIGN and not cue.has(Word.APPLICATION):
        return None
    known = state.topic is Topic.APPLICATIONS or cue.has(Word.APPLICATION, Word.REQUEST)
    if cue.has(Word.MAKE) or (cue.has(Word.INFORMATION) and not state.counted):
        known = False
    values = tuple(row for value in cue.values(Word.RESULT) for row in value.split("|"))
    state.results.update(values)
    if _OLD_WORDS & set(cue.values(Word.RESULT)):
        known = False
        state.results.add(UNKNOWN_RESULT)
    if values[-1] in _DESCRIBING and len(values) == 1 and state.list_role is not Role.RESULT:
        known = False
    readings = _readings(cue, values)
    made = draft(cue, Role.RESULT, readings, "办理结果", certain=known)
    made.mentioned = state.results
    return made


def _just_disclosed(cue: Cue, state: State) -> Draft | None:
    """Read 公开3件 among applications; elsewhere it is about other things."""
    just = cue.values(Word.MAKE) == ("publish",) and not cue.has(Word.INFORMATION, Word.UNKNOWN)
    long = any(token.end - token.start > len("公开") for token in cue.of(Word.MAKE))
    if not just or long or not state.counted or state.topic is not Topic.APPLICATIONS:
        return None
    readings = [applications("disclosed"), applications("disclosed", "partly_disclosed")]
    return draft(cue, Role.RESULT, readings, "“公开”可能指予以公开", certain=False)


def _readings(cue: Cue, values: tuple[str, ...]) -> list[Reading]:
    last, others = values[-1], values[:-1]
    if not others:
        group = _group_of(last)
        open_ = cue.has(Word.ETC) and group != last
        return [applications(last)] + ([applications(group)] if open_ else [])
    if last == _group_of(last) and all(_group_of(value) == last for value in others):
        # 因本机关不掌握等原因无法提供 is the whole class; without 等 it may be the detail.
        single = len(others) == 1 and not cue.has(Word.ETC)
        return [applications(last)] + ([applications(others[0])] if single else [])
    if others[0] == _group_of(others[0]) and {_group_of(v) for v in values} == {others[0]}:
        return [applications(*values[1:])]
    return [applications(*values)]


def _group_of(value: str) -> str:
    """Return the class that a detail belongs to; a class is its own."""
    group = next((row for row in RESULT_ROWS if row[:4] == value[:4]), value)
    return group if "*" in group else value


def rest(cue: Cue, state: State) -> Draft | None:
    """Read the last of a list of decisions (其他3件): whatever the list has not named."""
    if not cue.has(Word.REST, Word.WITHDRAWN) or state.topic is not Topic.APPLICATIONS:
        return None
    if cue.has(*_OTHER_MATTERS, Word.APPLICANT):
        return None
    if cue.has(Word.WITHDRAWN):
        readings = [applications("other*"), applications("other_reason")]
        return draft(cue, Role.OTHER, readings, "撤回的申请一般计入其他处理", certain=False)
    if state.list_role is not Role.RESULT:
        return None
    made = draft(cue, Role.REST, [applications("other*")], "“其他”指没有列出的各项")
    made.mentioned = state.results
    return made


def settle_result(made: Draft) -> None:
    """Add what a class can mean when its list leaves the neighbouring classes out."""
    named = {_group_of(value) for value in made.mentioned}
    if made.role is Role.REST:
        left = [row for row in RESULT_ROWS if row not in named]
        _widen(made, applications(*left) if left else None, applications("other_reason"))
        if UNKNOWN_RESULT in made.mentioned:
            made.doubt("列出的项目里有不认识的")
    elif made.readings == (applications("disclosed"),) and "partly_disclosed" not in named:
        _widen(made, applications("disclosed", "partly_disclosed"))
    elif made.readings == (applications("refused_*"),) and not named & set(NOT_DISCLOSED[1:]):
        _widen(made, applications(*NOT_DISCLOSED))


def _widen(made: Draft, *more: Reading | None) -> None:
    readings = (*made.readings, *(reading for reading in more if reading is not None))
    made.readings = tuple(dict.fromkeys(readings))
    if made.certainty.value == "certain" and len(made.readings) > 1:
        made.certainty = type(made.certainty).TWO_READINGS
