"""What a reader has in mind on the way through a passage: the subject, the year, the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum, auto

from core.prose.clauses import clauses_of
from core.prose.model import Certainty, Kind, Reading
from core.prose.offices import office_kind
from core.prose.quantities import Quantity
from core.prose.tokens import Token
from core.prose.words import Word

_APPLICATIONS_SECTION = 3
_CASES_SECTION = 4
_INFORMING = (Word.INFORMATION, Word.APPLICATION)


class Topic(StrEnum):
    """What is being talked about; `FOREIGN` is anything that the form does not count."""

    NONE = auto()
    APPLICATIONS = auto()
    CASES = auto()
    FOREIGN = auto()


class Role(StrEnum):
    """What a number is in the course of things, where a later one can settle its meaning."""

    RECEIVED = auto()
    ACCEPTED = auto()
    FINISHED = auto()
    CARRIED_IN = auto()
    CARRIED_OUT = auto()
    SUM = auto()
    RESULT = auto()
    REST = auto()
    APPLICANT = auto()
    CASE = auto()
    OUTCOME = auto()
    DOCUMENT = auto()
    EXPIRED = auto()
    REVISED = auto()
    OTHER = auto()


@dataclass(slots=True)
class Draft:
    """A statement in the making; its meaning may still be settled by what follows.

    `words` is the token that carries the number.  `depth` counts the brackets around it,
    `included` says that it stands after 含, `among` that it is in a list of parts (其中),
    `mentioned` are the decisions of its list.
    `admitted` says that the verb is 受理 or 登记, which may leave some out.
    A share is `part` of one of `wholes`, `amount` the count beside it.  `otherwise` is
    what is hinted at where the edition has none of the readings.
    """

    words: Token
    kind: Kind
    role: Role
    readings: tuple[Reading, ...]
    certainty: Certainty
    why: str
    quantity: Quantity | None = None
    depth: int = 0
    included: bool = False
    among: bool = False
    amount: Quantity | None = None
    sentence: int = 0
    mentioned: set[str] = field(default_factory=set)
    part: Draft | None = None
    wholes: tuple[Reading, ...] = ()
    otherwise: tuple[Reading, ...] = ()
    admitted: bool = False

    def doubt(self, why: str) -> None:
        """Make it a hint."""
        self.certainty, self.why = Certainty.HINT, why


@dataclass(slots=True)
class State:
    """Where the reader is.

    `agency` is who reports.  `other_time` says that this sentence speaks of another time,
    `long_time` that it counts several years, `year_unknown` that it names a year which may
    or may not be the report's.  `counted` says that the topic was set by a
    number, not only by a mention; `informed` that the text speaks of the disclosure of
    information, so that 行政复议 means cases about it, `informed_here` that this sentence
    does.  `restricted` says that only a part is counted, `among` that a list of parts goes
    on (其中).  `head` are the readings that these parts belong to, `last` is the number just
    read, None if it was not read; `results` are the decisions that the list has named.
    `by_channel` says that applications were counted by the way they came in.
    `blocks` are the kinds of cases spoken of, `last_blocks` and `case` those of the last
    number; `at_large` says that only some of this sentence's cases are about information.
    `case_list` says that their list goes on.
    """

    year: int | None
    section: int
    agency: str | None = None
    topic: Topic = Topic.NONE
    counted: bool = False
    informed: bool = False
    informed_here: bool = False
    at_large: bool = False
    other_time: bool = False
    long_time: bool = False
    year_unknown: bool = False
    restricted: bool = False
    among: bool = False
    by_channel: bool = False
    head: Draft | None = None
    last: Draft | None = None
    list_role: Role | None = None
    results: set[str] = field(default_factory=set)
    blocks: tuple[str, ...] = ()
    case: Draft | None = None
    last_blocks: tuple[str, ...] = ()
    case_list: bool = False
    document: tuple[str, ...] = ()
    make: str = ""
    sentence: int = 0
    mentioned_at: int = -9

    @property
    def on_applications(self) -> bool:
        """Whether a verb without an object means applications: they were just spoken of."""
        near = self.counted or self.sentence - self.mentioned_at <= 1
        return self.topic is Topic.APPLICATIONS and near

    def begin_sentence(self) -> None:
        """Forget what holds for one sentence only."""
        self.other_time = self.long_time = self.restricted = self.year_unknown = False
        self.among = self.by_channel = self.informed_here = False
        self.last = self.list_role = None
        self.case_list = False
        self.document, self.make = (), ""
        self.sentence += 1
        if self.topic is Topic.FOREIGN:
            self.topic = Topic.NONE

    def begin_item(self) -> None:
        """Forget the subject: a new item of a list (一是, （二）) begins."""
        self.topic, self.counted, self.head, self.blocks = Topic.NONE, False, None, ()
        self.case, self.last_blocks = None, ()
        self.informed = self.section == _CASES_SECTION
        self.results = set()
        self.begin_sentence()
        if self.section == _APPLICATIONS_SECTION:
            self.topic, self.mentioned_at = Topic.APPLICATIONS, self.sentence

    def copy(self) -> State:
        """Return a state that a bracket can change without changing this one."""
        return replace(self)

    def turn_to(self, topic: Topic) -> None:
        """Change the subject by a number."""
        if topic is not self.topic and topic is not Topic.CASES:
            self.head, self.results = None, set()
        self.topic, self.counted = topic, topic is not Topic.NONE

    def mention(self, tokens: Iterable[Token]) -> None:
        """Take in what a clause without a number speaks of."""
        found = tuple(tokens)
        words = {token.word for token in found}
        if Word.FOREIGN in words:
            return
        if Word.APPLICATION in words:
            self.mentioned_at = self.sentence
            if self.topic is not Topic.APPLICATIONS:
                self.topic, self.counted, self.head = Topic.APPLICATIONS, False, None
        if Word.CASE in words and Word.INFORMATION in words:
            self.informed = True
        if documents := tuple(token.value for token in found if token.word is Word.DOCUMENT):
            self.document = documents

    def inform(self, tokens: Sequence[Token]) -> None:
        """Take in whether the text speaks of the disclosure of information."""
        words = {token.word for token in tokens}
        answered = Word.FINISH in words and any(token.value == "不服" for token in tokens)
        self.at_large = _is_at_large(tokens)
        if self.at_large:
            return
        self.informed = self.informed or Word.APPLICATION in words or answered
        self.informed_here = self.informed_here or Word.INFORMATION in words

    @property
    def on_disclosure(self) -> bool:
        """Whether cases spoken of here are about the disclosure of information."""
        return (self.informed or self.informed_here) and not self.at_large

    def is_own_office(self, tokens: Iterable[Token], *, whole: bool = False) -> bool:
        """Return whether the offices named are the one that reports, or none is named.

        A government's tables take in its departments: a number of its office alone is
        not theirs, and with `whole` neither is one of the government alone.
        """
        kinds = {office_kind(token.text) for token in tokens if token.word is Word.ORGAN}
        kinds.discard("")
        if not kinds:
            return True
        own = office_kind(self.agency) if self.agency else ""
        if whole and own != "bureau":
            return not own and kinds == {"bureau"}
        return not own or own in kinds

    def is_this_year(self, value: str) -> bool:
        """Return whether a year as written is the report's; any is when that is not known."""
        return self.year is None or year_in(value) == self.year

    def time_of(self, tokens: Sequence[Token]) -> bool:
        """Take in the words about time of some tokens; return whether they mean another time.

        A year that something is compared with (较2023年) counts for these tokens only.
        """
        compared, before = False, None
        for token in tokens:
            if token.word is Word.COMPARED:
                compared = True
            elif token.word is Word.THIS_YEAR:
                self.other_time = self.long_time = False
            elif token.word is Word.SINCE:
                self.long_time = not self._begins_this_year(before)
            elif token.word in (Word.YEAR, Word.OTHER_TIME, Word.DATE) and not compared:
                self._take_time(token)
            before = token
        return self.other_time or compared

    def _begins_this_year(self, token: Token | None) -> bool:
        if token is None:
            return False
        this = token.word is Word.YEAR and self.is_this_year(token.value)
        return this or token.word is Word.THIS_YEAR

    def _take_time(self, token: Token) -> None:
        if token.word is Word.YEAR:
            self.year_unknown = self.year is None
            self.other_time = not self.is_this_year(token.value)
        elif token.word is Word.OTHER_TIME or not is_year_end(token.value):
            self.other_time = True


def _is_at_large(tokens: Sequence[Token]) -> bool:
    """Whether only a part of the cases is about information (复议12件，其中政府信息公开类2件)."""
    if all(token.word is not Word.CASE for token in tokens):
        return False
    clauses = list(clauses_of(tokens))
    told = {i for i, clause in enumerate(clauses) if clause.has(*_INFORMING)}
    parts = {i for i, clause in enumerate(clauses) if clause.has(Word.AMONG, Word.INCLUDING)}
    parts |= {i + 1 for i in parts if len(clauses[i].tokens) == 1}
    counted = any(
        clause.numbers and clause.has(Word.CASE)
        for i, clause in enumerate(clauses)
        if i not in told
    )
    return bool(told) and told <= parts and counted


def year_in(value: str) -> int:
    """Return the year that the first four characters of a token name."""
    digits = {
        "〇": "0",
        "○": "0",
        "零": "0",
        **{c: str(i) for i, c in enumerate("一二三四五六七八九", 1)},
    }
    return int("".join(digits.get(character, character) for character in value[:4]))


def is_year_end(value: str) -> bool:
    """Return whether a date is the beginning or the end of the period reported."""
    return value in ("1月1日", "01月01日", "12月31日", "12月底", "12月末")
