"""Walk through a passage clause by clause and draft what it says about numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.prose.cases import blocks_of, case, outcome
from core.prose.clauses import Clause, clauses_of
from core.prose.course import BOTH, HANDLED, RECEIVED, by_applicant, carried, course
from core.prose.cues import OBJECTS, VERBS, Cue, cues_of
from core.prose.disclosure import decision, document, money, purchase
from core.prose.offices import count_offices, names_a_level, names_an_office
from core.prose.results import UNKNOWN_RESULT, rest, result
from core.prose.shares import share
from core.prose.silent import includes_carried_in, silent
from core.prose.state import Draft, Role, State, Topic
from core.prose.tokens import Token, tokens_of
from core.prose.words import Word
from core.prose.zeros import zeros

_ORDER = (
    money,
    carried,
    outcome,
    case,
    decision,
    document,
    purchase,
    result,
    by_applicant,
    rest,
    course,
)
_HEADS = (Role.RECEIVED, Role.ACCEPTED, Role.FINISHED, Role.SUM)
_OTHER_ROLES = (Role.DOCUMENT, Role.EXPIRED, Role.REVISED, Role.OTHER)
_OF_APPLICATIONS = (Word.APPLICATION, Word.REQUEST, Word.ONGOING, Word.WITHDRAWN)
_LISTS = (Role.RESULT, Role.REST, Role.OUTCOME, Role.APPLICANT)
_THINGS = (Word.INFORMATION, Word.DOCUMENT, Word.DECISION, Word.PAPER, Word.CHARGE, Word.PURCHASE)
_PASSING_UNITS = frozenset({"天", "日", "小时", "年", "月", "分", "秒", "号", "点"})
_SPEAKING = OBJECTS | VERBS | {Word.INFORMATION, Word.NOT, Word.FOREIGN, Word.TOTAL}
_CHINESE = re.compile("[\u4e00-\u9fff]")
_SHORT = 40
# 由66件减少到52件 begins with last year's; 超过30件的申请人 counts nobody's applications.
_FROM = re.compile("(?:[由从]|超过|达到|满)$")
_TO = re.compile("的申请人|[减增升降下上提回]|到|至")
_UNTIL = frozenset({"截至", "截止", "截至目前", "截止目前", "截"})
_IGNORED = (Word.NOT, Word.GUARD)
_STRANGERS = (OBJECTS | VERBS) - {Word.REQUEST}
# What happens to applications before they are answered.
_ON_THE_WAY = frozenset({"补正", "补正告知", "延期", "延期答复"})


class Walk:
    """Reads the sentences of one passage in their order.

    Attributes:
        drafts: What was found, with the start of its sentence in the passage.
    """

    def __init__(self, state: State) -> None:
        self.drafts: list[Draft] = []
        self._state = state
        self._outer: list[State] = []
        self._sentence = -1
        self._text = ""
        self._tokens: list[Token] = []
        self._several = False

    def sentence(self, text: str) -> None:
        """Read the next sentence."""
        self._sentence += 1
        self._text = text
        self._state.begin_sentence()
        # Numbers without a word (a table's, pasted) are none of the form's: the first will do.
        tokens = self._tokens = tokens_of(text if _CHINESE.search(text) else text[:_SHORT])
        self._state.inform(tokens)
        if not any(token.word in _SPEAKING for token in tokens):
            self._pass_over(tokens)
            return
        clauses = list(clauses_of(tokens))
        self._several = count_offices(clauses) > 1
        for clause in clauses:
            self._enter(clause.depth)
            self._clause(clause, first=clause.tokens[0] is tokens[0])
        self._enter(0)

    def _pass_over(self, tokens: Sequence[Token]) -> None:
        """Take in a sentence that has none of the form's words; its numbers are of others."""
        if tokens and tokens[0].word is Word.MARK:
            self._state.begin_item()
        if any(token.word is Word.NUMBER for token in tokens):
            self._state.turn_to(Topic.FOREIGN)

    def _enter(self, depth: int) -> None:
        """Keep what was being said when a bracket opens, take it up when it closes."""
        while len(self._outer) < depth:
            self._outer.append(self._state.copy())
        while len(self._outer) > depth:
            self._state = self._outer.pop()

    def _clause(self, clause: Clause, *, first: bool) -> None:
        state = self._state
        if clause.tokens[0].word is Word.MARK and (first or not _is_arabic(clause.tokens[0])):
            state.begin_item()
            state.inform(self._tokens)
        if clause.has(Word.AMONG):
            state.among = True
        apart = state.among or self._several
        if clause.has(Word.PART) or names_a_level(clause) or (apart and names_an_office(clause)):
            state.restricted = True
        for cue in cues_of(clause):
            self._number(cue, clause)
        self._rest_of(clause)

    def _rest_of(self, clause: Clause) -> None:
        state, numbers = self._state, clause.numbers
        tail = clause.tokens[numbers[-1] + 1 :] if numbers else clause.tokens
        if not numbers:
            state.time_of(clause.tokens)
        if includes_carried_in(tail, state):
            _include(state.head)
        found = zeros(clause, state)
        if not found and tail and not clause.has(Word.NOT):
            found = silent(clause, tail, state)
        for made in found:
            self._doubt(made, clause.tokens)
            self._keep(made, clause.depth)
            # What comes after the end of a case is about other cases.
            state.case_list = state.case_list and made.role is not Role.OUTCOME
        if not numbers:
            state.mention(clause.tokens)

    def _number(self, cue: Cue, clause: Clause) -> None:
        state = self._state
        other_time = state.time_of(cue.tokens)
        if cue.quantity.is_percent:
            made = share(cue, state, self._interpret, in_bracket=clause.depth > 0)
            if made and not other_time and not state.restricted:
                self._keep(made, clause.depth)
            return
        made = None
        if other_time:
            state.mention(cue.tokens)
        elif not self._is_no_count(cue, clause):
            made = self._interpret(cue, state)
            if made is None and (cue.is_strange or not cue.is_empty):
                self._meet_a_stranger(cue)
        state.last = made
        if made is not None:
            self._doubt(made, cue.tokens)
            self._keep(made, clause.depth)
            self._take_in(made, cue)

    def _doubt(self, made: Draft, tokens: Sequence[Token]) -> None:
        if not self._state.is_own_office(tokens):
            made.doubt("说的可能只是其中一个机关")
        if _is_until_now(self._tokens, tokens):
            made.doubt("截至年底的累计数，可能不只是本年的")
        if self._state.year_unknown:
            made.doubt("不知道这是不是报告的年度")

    def _meet_a_stranger(self, cue: Cue) -> None:
        """Something else was counted: an unknown item of a list, or another subject."""
        state = self._state
        if not cue.has(Word.FOREIGN, Word.UNKNOWN, *_STRANGERS) or _is_on_the_way(cue, state):
            return
        if state.list_role in _LISTS and not cue.has(Word.FOREIGN, *VERBS, *_THINGS):
            state.results.add(UNKNOWN_RESULT)
        else:
            state.turn_to(Topic.FOREIGN)

    def _interpret(self, cue: Cue, state: State) -> Draft | None:
        if cue.is_strange:
            return None
        for read in _ORDER:
            if (made := read(cue, state)) is not None:
                return made
        return None

    def _is_no_count(self, cue: Cue, clause: Clause) -> bool:
        """Whether a number is none of the form's, whatever it is of; may end the subject."""
        state, unit = self._state, cue.quantity.unit
        if cue.has(Word.GUARD):
            state.turn_to(Topic.FOREIGN)
        if cue.has(*_IGNORED) or state.restricted or state.long_time:
            return True
        start, end = cue.number.start, cue.number.end
        before, after = self._text[max(0, start - 2) : start], self._text[end : end + 4]
        if _FROM.search(before) and _TO.match(after):
            return True
        if not unit:
            bare = state.list_role is None and cue.quantity.value != 0
            return bare or not _stands_alone(cue, clause, self._text)
        if not (cue.quantity.is_counted or cue.quantity.is_money):
            if cue.is_strange and unit not in _PASSING_UNITS:
                state.turn_to(Topic.FOREIGN)
            return True
        if cue.has(Word.CHANNEL) and _is_by_channel(cue, state):
            state.list_role, state.by_channel = None, True
            state.mention(cue.tokens)
            return True
        return False

    def _keep(self, made: Draft, depth: int) -> None:
        made.depth, made.sentence, made.among = depth, self._sentence, self._state.among
        self.drafts.append(made)

    def _take_in(self, made: Draft, cue: Cue) -> None:
        """Let a number change what is being talked about."""
        state = self._state
        state.list_role = made.role
        if made.role in _HEADS:
            state.turn_to(Topic.APPLICATIONS)
            state.head, state.results = made, set()
        elif made.role is Role.CARRIED_IN:
            first = state.among and not made.depth and cue.has(Word.AMONG)
            made.included = made.included or first
            inside = state.among or _is_inside(made, state.head)
            _include(state.head, perhaps=not made.included, inside=inside)
            state.turn_to(Topic.APPLICATIONS)
        elif made.role is Role.CARRIED_OUT:
            state.turn_to(Topic.APPLICATIONS)
        elif made.role in (Role.CASE, Role.OUTCOME):
            self._take_in_cases(made, cue)
        elif made.role in _OTHER_ROLES and not cue.has(*_OF_APPLICATIONS):
            state.turn_to(Topic.FOREIGN)

    def _take_in_cases(self, made: Draft, cue: Cue) -> None:
        state = self._state
        state.turn_to(Topic.CASES)
        if made.role is Role.CASE:
            blocks = blocks_of(cue.values(Word.CASE))
            going_on = state.case_list and not state.among
            state.blocks = tuple(dict.fromkeys((*(state.blocks if going_on else ()), *blocks)))
            state.last_blocks, state.case = blocks, made
        state.case_list = made.role is Role.CASE


def _is_until_now(sentence: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether a number was added up until a day (截至年底累计), and not said to be the year's."""
    total = any(token.value == "累计" for token in tokens)
    until = any(token.value in _UNTIL for token in sentence)
    return total and until and all(token.word is not Word.THIS_YEAR for token in sentence)


def _is_on_the_way(cue: Cue, state: State) -> bool:
    foreign = set(cue.values(Word.FOREIGN))
    plain = state.topic is Topic.APPLICATIONS and not cue.has(Word.CASE, Word.DOCUMENT)
    return plain and bool(foreign) and foreign <= _ON_THE_WAY


def _is_inside(made: Draft, head: Draft | None) -> bool:
    return head is not None and made.depth > head.depth


def _include(head: Draft | None, *, perhaps: bool = False, inside: bool = True) -> None:
    """Settle a number that is said to include those carried in from last year.

    A bracket without 含 (上年结转16件) says so only perhaps.
    """
    if head is None or (perhaps and not inside):
        return
    if head.role is Role.FINISHED:
        head.readings = (HANDLED,)
    elif head.role is Role.RECEIVED and RECEIVED in head.readings:
        head.readings = (RECEIVED, BOTH) if perhaps else (BOTH,)
    elif head.role is Role.ACCEPTED and not perhaps:
        head.readings = (BOTH, HANDLED)


def _is_by_channel(cue: Cue, state: State) -> bool:
    """Whether only those are counted that came in one way; 通过信函、网络等方式 is every way."""
    if cue.has(Word.DOCUMENT):
        return False
    several = len(cue.of(Word.CHANNEL)) > 1 or cue.has(Word.ETC)
    verb = cue.has(Word.RECEIVE, Word.ACCEPT) and not cue.has(Word.EACH, Word.RESPECTIVELY)
    return not (several and verb and not state.among)


def _stands_alone(cue: Cue, clause: Clause, text: str) -> bool:
    """Whether a number without a unit is the end of what is said (部分公开67，占4.61%)."""
    following = text[cue.number.end : cue.number.end + 1]
    at = next((i for i, token in enumerate(clause.tokens) if token is cue.number), 0)
    before = clause.tokens[at - 1].word
    plain = before not in (Word.NUMBER, Word.UNKNOWN) and not cue.is_strange
    return at > 0 and plain and (not following or following in "，,；。、）占（")


def _is_arabic(token: Token) -> bool:
    return any(character.isdigit() and character.isascii() for character in token.value)
