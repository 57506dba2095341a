"""Numbers of the disclosure table: rules and documents, decisions, charges, purchases."""

from __future__ import annotations

from core.prose.course import draft
from core.prose.cues import Cue
from core.prose.model import Kind, Reading
from core.prose.offices import office_kind
from core.prose.senses import disclosure
from core.prose.state import Draft, Role, State, Topic
from core.prose.words import Word

_OTHER_MATTERS = (Word.APPLICATION, Word.REQUEST, Word.CASE, Word.RESULT, Word.ACCEPT)
# Who else makes documents, where the noun is not repeated (县政府制定3件，各部门制定5件).
_OTHERS = frozenset({"各部门", "各单位", "各级各部门", "各级政府"})
# What a verb can mean in either edition, by column; the report's edition has only some.
_COLUMNS = {
    "make": ("issued", "made"),
    "issue": ("issued", "published", "made"),
    "publish": ("published", "made", "total_published"),
    "repeal": ("repealed",),
    "expire": ("repealed",),
    "in_force": ("in_force",),
}


def document(cue: Cue, state: State) -> Draft | None:
    """Read rules and normative documents made, repealed or in force."""
    if cue.has(*_OTHER_MATTERS, Word.DECISION):
        return None
    kinds = cue.values(Word.DOCUMENT)
    if not kinds and not (state.document and cue.has(Word.MAKE)):
        return None
    if not kinds and cue.has(Word.INFORMATION):
        return None
    kinds = kinds or state.document
    makes = cue.values(Word.MAKE)
    # 主动公开规章2件、规范性文件5件: the verb is said once.
    make = _which(makes) if makes else state.make
    if make == "revise" or "revise" in makes or {"make", "repeal"} <= set(makes):
        state.document = kinds
        made = draft(cue, Role.REVISED, [], "修改的文件", certain=False)
        made.mentioned = set(kinds)
        return made
    if not make:
        if cue.has(Word.UNKNOWN, Word.ORGAN, Word.ETC, Word.TITLE):
            return None
        state.document = kinds
        return _unsaid(cue, kinds)
    state.document, state.make = kinds, make
    others = not cue.has(Word.DOCUMENT) and any(t.value in _OTHERS for t in cue.tokens)
    certain = state.is_own_office(cue.tokens, whole=True) and not others
    if make == "issue" and state.agency and office_kind(state.agency) == "government":
        # A government's table takes in its departments' documents.
        certain = False
    return _made(cue, kinds, make, certain=certain)


def _which(makes: tuple[str, ...]) -> str:
    """制定并公开 is made; of other verbs the last one counts."""
    return "make" if set(makes) <= {"make", "issue", "publish"} and "make" in makes else makes[-1]


def _made(cue: Cue, kinds: tuple[str, ...], make: str, *, certain: bool) -> Draft:
    readings = [disclosure(kinds, column) for column in _COLUMNS[make]]
    role = Role.EXPIRED if make == "expire" else Role.DOCUMENT
    made = draft(cue, role, readings, "规章、规范性文件的件数", certain=certain)
    if make == "publish":
        # The 2021 edition asks for those made, of which others may have been published.
        made.otherwise = (disclosure(kinds, "issued"),)
    if make == "expire":
        made.doubt("失效的文件不一定计入废止")
    return made


def _unsaid(cue: Cue, kinds: tuple[str, ...]) -> Draft:
    columns = ("issued", "in_force", "published", "made")
    readings = [disclosure(kinds, column) for column in columns]
    return draft(cue, Role.DOCUMENT, readings, "没有说是制发还是现行有效", certain=False)


def decision(cue: Cue, state: State) -> Draft | None:
    """Read decisions; published items (行政处罚399条) are only a hint."""
    if not cue.has(Word.DECISION) or cue.has(*_OTHER_MATTERS):
        return None
    readings = [disclosure(cue.values(Word.DECISION), "decisions")]
    certain = cue.has(Word.DECIDED) and not cue.has(Word.MAKE, Word.UNKNOWN)
    why = "处理决定数量" if certain else "可能是公开的条数，不是处理决定数量"
    state.topic, state.counted = Topic.NONE, False
    return draft(cue, Role.OTHER, readings, why, certain=certain)


def money(cue: Cue, state: State) -> Draft | None:
    """Read amounts: charges of the year, the processing fee, purchases."""
    if not cue.quantity.is_money or cue.has(*_OTHER_MATTERS):
        return None
    # 减免 and the like turn the meaning round.
    plain = not cue.has(Word.UNKNOWN)
    if cue.has(Word.PROCESSING_FEE):
        reading = disclosure(("fees",), "amount")
        at_least = Reading(reading.slots, at_least=True, meaning=f"{reading.meaning}不少于此数")
        why = "信息处理费属于行政事业性收费"
        return draft(cue, Role.OTHER, [at_least], why, kind=Kind.FEE, certain=plain)
    if cue.has(Word.CHARGE):
        reading = disclosure(("fees",), "amount")
        why = "行政事业性收费金额"
        return draft(cue, Role.OTHER, [reading], why, kind=Kind.AMOUNT, certain=plain)
    if cue.has(Word.PURCHASE):
        reading = disclosure(("procurement",), "amount")
        return draft(cue, Role.OTHER, [reading], "采购总金额", kind=Kind.AMOUNT, certain=False)
    return None


def purchase(cue: Cue, state: State) -> Draft | None:
    """Read the number of purchases, which only the 2019 edition asks for."""
    if not cue.has(Word.PURCHASE) or cue.has(*_OTHER_MATTERS):
        return None
    reading = disclosure(("procurement",), "items")
    return draft(cue, Role.OTHER, [reading], "政府集中采购项目数", certain=False)
