"""Numbers of cases (行政复议, 行政诉讼) and how they ended."""

from __future__ import annotations

from collections.abc import Iterable

from core.prose.course import draft
from core.prose.cues import Cue
from core.prose.model import Reading
from core.prose.senses import BLOCKS, cases
from core.prose.state import Draft, Role, State, Topic
from core.prose.words import Word

_OTHER_MATTERS = (Word.DECISION, Word.DECIDED, Word.DOCUMENT, Word.CHARGE, Word.PURCHASE, Word.MAKE)
ENDINGS = {
    "hearing": ("pending", "“正在审理”一般计入尚未审结"),
    "withdrawn": ("other", "撤回的案件一般计入其他结果"),
    "annulled": ("corrected", "撤销、确认违法等一般计入结果纠正"),
    "dismissed": ("upheld", "驳回、终止等计入哪一栏要看结果"),
}


def blocks_of(values: Iterable[str]) -> tuple[str, ...]:
    """Return the blocks of the cases table that some words for cases mean, each once."""
    return tuple(dict.fromkeys(block for value in values for block in BLOCKS[value]))


def outcome(cue: Cue, state: State) -> Draft | None:
    """Read cases by how they ended."""
    if not cue.has(Word.OUTCOME, Word.WITHDRAWN) or cue.has(*_OTHER_MATTERS):
        return None
    blocks = blocks_of(cue.values(Word.CASE))
    if not blocks:
        blocks = state.blocks if state.topic is Topic.CASES else ()
    if not blocks:
        return None
    columns, why = [], "案件结果"
    for value in cue.values(Word.OUTCOME) or ("withdrawn",):
        column, remark = ENDINGS.get(value, (value, why))
        columns.append(column)
        why = remark if remark != "案件结果" else why
    certain = why == "案件结果" and state.on_disclosure
    return draft(cue, Role.OUTCOME, [cases(blocks, *dict.fromkeys(columns))], why, certain=certain)


def case(cue: Cue, state: State) -> Draft | None:
    """Read numbers of cases; an office that decides cases itself counts others, too."""
    if not cue.has(Word.CASE) or cue.has(*_OTHER_MATTERS):
        return None
    blocks = blocks_of(cue.values(Word.CASE))
    about = cue.has(Word.APPLICATION, Word.INFORMATION)
    acting = cue.has(Word.ACCEPT) or any(
        value.startswith(("收", "接")) for value in cue.values(Word.RECEIVE)
    )
    certain = state.on_disclosure and (about or not acting)
    return draft(cue, Role.CASE, [_totals(blocks)], "政府信息公开的案件", certain=certain)


def _totals(blocks: tuple[str, ...]) -> Reading:
    return cases(blocks, "total")


def no_other_ending(blocks: tuple[str, ...]) -> Reading:
    """Return what must be zero when all cases of some blocks were upheld."""
    return cases(blocks, "corrected", "other", "pending")
