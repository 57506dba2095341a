"""Find what the prose of a report says about the numbers of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from core.document import Document
from core.forms.alignment import ReportMatch
from core.prose.course import HANDLED, RECEIVED
from core.prose.model import Certainty, Kind, Reading, Statement
from core.prose.passages import Line, Passage, lines_of, passages
from core.prose.results import settle_result
from core.prose.senses import Slots, edition_of, slots_of_edition, slots_of_report
from core.prose.shares import settle_share
from core.prose.state import Draft, Role, State
from core.prose.walk import Walk

_SHORT = 40
_ZERO = Decimal(0)


def find_statements(document: Document, match: ReportMatch | None) -> tuple[Statement, ...]:
    """Return every statement about the tables' numbers in the prose of a report, in order.

    The slots are those of the report's own tables (one row or three for 其他处理), and of
    its edition where it has no such table.
    """
    rows = tuple((name, table.rows) for name, table in match.tables.items()) if match else ()
    edition = match.edition if match else None
    asked = _Asked(document.year, document.agency, match, (rows, edition))
    return _cached(lines_of(document), asked)


def statements_in(
    text: str,
    year: int | None,
    section: int = 1,
    paragraph: int = 0,
    *,
    agency: str | None = None,
) -> tuple[Statement, ...]:
    """Return the statements in one paragraph, with the slots of the edition due for a year."""
    state = State(year, section, agency)
    return tuple(
        _read((Line(section, paragraph, text),), state, slots_of_edition(edition_of(year)))
    )


def forget() -> None:
    """Forget the statements that were found, as before the first report; for measuring."""
    _cached.cache_clear()


class _Asked:
    """What a search depends on besides the text; equal for the same rows and edition."""

    def __init__(
        self, year: int | None, agency: str | None, match: ReportMatch | None, shape: object
    ) -> None:
        self.year = year
        self.agency = agency
        self._match = match
        self._key = (year, agency, shape)

    def slots(self) -> Slots:
        """Return the slots to name."""
        return slots_of_report(self._match, self.year)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=16)
def _cached(runs: tuple[tuple[Line, ...], ...], asked: _Asked) -> tuple[Statement, ...]:
    slots = asked.slots()
    return tuple(
        statement
        for run in runs
        for statement in _read(run, State(asked.year, run[0].section, asked.agency), slots)
    )


def _read(lines: Iterable[Line], state: State, slots: Slots) -> Iterator[Statement]:
    before: str | None = None
    for passage in passages(lines):
        if before is None or (len(before) > _SHORT and not passage.text.startswith("其中")):
            state.begin_item()
        yield from _statements(passage, state, slots)
        before = passage.text


def _statements(passage: Passage, state: State, slots: Slots) -> Iterator[Statement]:
    walk = Walk(state)
    sentences = list(passage.sentences())
    for _, text in sentences:
        walk.sentence(text)
    drafts = _settled(walk.drafts)
    for draft in sorted(drafts, key=lambda made: (made.sentence, made.words.start)):
        start, text = sentences[draft.sentence]
        if (statement := _statement(draft, start, text, passage, slots)) is not None:
            yield statement


def _settled(drafts: list[Draft]) -> list[Draft]:
    """Let the numbers of one sentence settle each other's meaning."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    for together in by_sentence.values():
        _settle_course(together)
        _settle_documents(together)
    for draft in drafts:
        settle_result(draft)
    for draft in drafts:
        settle_share(draft)
    carried = {d.sentence for d in drafts if d.role is Role.CARRIED_OUT and _is_some(d)}
    return [d for d in drafts if d.kind is not Kind.ALL_DONE or d.sentence not in carried]


def _is_some(draft: Draft) -> bool:
    return draft.quantity is not None and draft.quantity.value > 0


def _settle_course(together: list[Draft]) -> None:
    """受理 beside 办结 is what came in; 收到 beside a separate 上年结转 is this year's."""
    roles = {draft.role for draft in together}
    apart = any(
        d.role is Role.CARRIED_IN and not (d.included or d.depth or d.among) for d in together
    )
    for draft in together:
        if draft.role is Role.ACCEPTED and Role.RECEIVED in roles:
            _settle_accepted(draft, together)
        elif draft.role is Role.ACCEPTED and Role.FINISHED in roles:
            _keep_only(draft, [r for r in draft.readings if r != HANDLED])
        if draft.role is Role.FINISHED:
            _doubt_part(draft, together)
        if apart and draft.role in (Role.RECEIVED, Role.FINISHED):
            _keep_only(draft, [r for r in draft.readings if len(r.slots) == 1 and not r.minus])


def _settle_accepted(accepted: Draft, together: list[Draft]) -> None:
    """收到9件，受理8件 leaves one out; 新收9件，办理12件 has those carried in as well."""
    received = next(d for d in together if d.role is Role.RECEIVED)
    if accepted.quantity is None or received.quantity is None:
        return
    less = accepted.quantity.value - received.quantity.value
    if less < 0 and accepted.admitted:
        accepted.doubt("收到的申请不一定都受理了")
    elif less or not accepted.admitted:
        _keep_only(accepted, [r for r in accepted.readings if r != RECEIVED])


def _doubt_part(finished: Draft, together: list[Draft]) -> None:
    """Doubt 答复7件，不予处理4件: answered may be one of the ways of dealing with them."""
    later = [d for d in together if d.words.start > finished.words.start]
    following = next((d for d in later if d.role in (Role.RESULT, Role.OTHER)), None)
    if following is None or following.among or following.depth or following.kind is Kind.SHARE:
        return
    rows = {slot.split(".")[1] for reading in following.readings for slot in reading.slots}
    if following.role is Role.RESULT and not rows & {"disclosed", "partly_disclosed"}:
        finished.doubt("答复可能只是办理结果之一")


def _keep_only(draft: Draft, readings: list[Reading]) -> None:
    if readings:
        draft.readings = tuple(readings)
    if len(draft.readings) == 1 and draft.certainty is Certainty.TWO_READINGS:
        draft.certainty = Certainty.CERTAIN


def _settle_documents(together: list[Draft]) -> None:
    """Doubt what was made beside 修改, and what was repealed beside 失效: either may count both."""
    for draft in together:
        if draft.role is not Role.DOCUMENT:
            continue
        columns = {slot.rpartition(".")[2] for one in draft.readings for slot in one.slots}
        own = columns == {"repealed"} and not draft.depth
        beside = Role.EXPIRED if own else Role.REVISED
        others = [d for d in together if d.role is beside and _documents(d) & _documents(draft)]
        if others and columns != {"in_force"}:
            draft.doubt("同一句里还有修改或失效的，件数可能另有算法")


def _documents(draft: Draft) -> set[str]:
    return draft.mentioned | {slot.split(".")[1] for one in draft.readings for slot in one.slots}


def _existing(senses: Iterable[Reading], slots: Slots) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(r for r in map(slots.reading, senses) if r is not None))


def _statement(
    draft: Draft, start: int, text: str, passage: Passage, slots: Slots
) -> Statement | None:
    quantity, certainty = draft.quantity, draft.certainty
    readings = _existing(draft.readings, slots)
    if not readings and draft.otherwise:
        readings, certainty = _existing(draft.otherwise, slots), Certainty.HINT
    if not readings:
        return None
    if certainty is Certainty.TWO_READINGS and len(readings) == 1:
        certainty = Certainty.CERTAIN
    elif certainty is Certainty.CERTAIN and len(readings) > 1:
        certainty = Certainty.TWO_READINGS
    words = draft.words
    return Statement(
        span=passage.span(start + words.start, start + words.end),
        sentence=text,
        text=text[words.start : words.end],
        value=quantity.value if quantity else _ZERO,
        low=quantity.low if quantity else _ZERO,
        high=quantity.high if quantity else _ZERO,
        kind=draft.kind,
        certainty=certainty,
        readings=readings,
        why=draft.why,
        decimals=quantity.decimals if quantity else 0,
        amount=draft.amount.value if draft.amount else None,
    )
