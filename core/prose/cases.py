"""Numbers of cases (行政复议, 行政诉讼) and how they ended."""

from __future__ import annotations

from collections.abc import Iterable

from core.prose.course import draft
from core.prose.cues import Cue
from core.prose.model import Certainty, Reading
from core.prose.senses import BLOCKS, cases
from core.prose.state import Draft, Role, State, Topic
from core.prose.words import Word

_OTHER_MATTERS = (Word.DECISION, Word.DECIDED, Word.DOCUMENT, Word.CHARGE, Word.PURCHASE, Word.MAKE)
ENDINGS = {
    "hearing": ("pending", "“正在审理”一般计入尚未审结"),
    "withdrawn": ("other", "撤回的案件一般计入其他结果"),
    "annulled": ("corrected", "撤销、确认违法等一般计入结果纠正"),
    "ended": ("other", "撤诉、终止等一般计入其他结果"),
    "dismissed": ("upheld", "驳回、终止等计入哪一栏要看结果"),
}


def blocks_of(values: Iterable[str]) -> tuple[str, ...]:
    """Return the blocks of the cases table that some words for cases mean, each once."""
    told = set(values)
    if told & {"direct_lawsuit", "later_lawsuit"}:
        # 行政诉讼未经复议直接起诉 is the narrower of the two.
        told.discard("lawsuit")
    return tuple(block for block in BLOCKS["any"] if any(block in BLOCKS[v] for v in told))


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
    if state.case is not None and not cue.has(Word.CASE):
        certain = certain and state.case.certainty is not Certainty.HINT
    groups = (
        [blocks] if cue.has(Word.CASE) or not state.last_blocks else [blocks, state.last_blocks]
    )
    readings = [cases(group, *dict.fromkeys(columns)) for group in groups]
    return draft(cue, Role.OUTCOME, readings, why, certain=certain)


def case(cue: Cue, state: State) -> Draft | None:
    """Read numbers of cases; an office that decides cases itself counts others, too."""
    if not cue.has(Word.CASE) or cue.has(*_OTHER_MATTERS):
        return None
    blocks = blocks_of(cue.values(Word.CASE))
    about = cue.has(Word.APPLICATION, Word.INFORMATION)
    told = any(value.startswith(("收", "接")) for value in cue.values(Word.RECEIVE))
    acting = cue.has(Word.ACCEPT) or (told and not about)
    certain = state.on_disclosure and not acting
    return draft(cue, Role.CASE, [_totals(blocks)], "政府信息公开的案件", certain=certain)


def _totals(blocks: tuple[str, ...]) -> Reading:
    return cases(blocks, "total")


def no_other_ending(blocks: tuple[str, ...]) -> Reading:
    """Return what must be zero when all cases of some blocks were upheld."""
    return cases(blocks, "corrected", "other", "pending")
