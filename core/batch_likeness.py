"""雷同: reports of different agencies whose prose is the same sentence by sentence.

A long sentence counts as the same when nothing differs but the agency's name and
the year.  Every sentence is kept as a mark of eight bytes, so that a million
reports can be compared without their texts; which sentences they are, a look at
both files says (`side_by_side`).
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.batch_row import Row
from core.batch_totals import PROSE_ALIKE, FolderFinding
from core.document import Document
from core.rules.model import Span
from core.rules.sentences import sentences_in
from core.rules.severity import Severity
from core.rules.two_years import agency_key

# A sentence must be longer than this, so many in a hundred must be the same, and so many
# must there be: two bare reports that say the usual are no copies.
LONG, SHARE, FEWEST = 15, 80, 4
_MOST_PAIRS, _MOST_NAMED = 5000, 10
_SECTIONS = (1, 2, 3, 4, 5, 6)
_YEAR = re.compile(r"(?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})年?度?")
_PLACE = re.compile(r"^.{1,12}?(?:自治区|自治州|自治县|省|市|县|区|旗|州|盟)(?=.{2,})")
_ENDS = "。！？；!?;"
_AGENCY = "本机关"
_MARK = 8  # bytes


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two files of which one has most of its long sentences in common with the other.

    `same` of the `of` long sentences of the shorter one stand in both.
    """

    one: str
    other: str
    same: int
    of: int

    @property
    def share(self) -> int:
        """How many in a hundred."""
        return 100 * self.same // self.of


@dataclass(frozen=True, slots=True)
class Alikes:
    """Pairs in the order of their files; `is_cut` where there were too many to name all."""

    pairs: tuple[AlikePair, ...] = ()
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class LikeSentence:
    """A sentence of a report, where it stands, and whether the other report says it too."""

    text: str
    span: Span
    is_same: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The sentences of two reports in their order, for two columns."""

    one: tuple[LikeSentence, ...]
    other: tuple[LikeSentence, ...]


def marks_of(document: Document) -> bytes:
    """Return the marks of a report's long sentences, sorted, each once."""
    found = {_mark(key) for _, _, key in _sentences(document) if len(key) > LONG}
    return b"".join(sorted(found))


def alike(rows: Iterable[Row]) -> Alikes:
    """Return the pairs of reports that are nearly the same; rows need their `prose`.

    Reports of one agency and files of one content are not pairs: both are told
    otherwise (see `core.batch_totals`).
    """
    reports = [_Report.of(row) for row in rows if not row.error and row.prose]
    reports = [report for report in reports if len(report.marks) >= FEWEST]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for index, report in enumerate(reports):
        for mark in report.marks:
            holders[mark].append(index)
    pairs: list[AlikePair] = []
    for index, report in enumerate(reports):
        for pair in _pairs(index, report, reports, holders):
            if len(pairs) == _MOST_PAIRS:
                return Alikes(_in_order(pairs), is_cut=True)
            pairs.append(pair)
    return Alikes(_in_order(pairs))


def side_by_side(one: Document, other: Document) -> SideBySide:
    """Return what two reports say, each sentence with whether it is in both."""
    ours, theirs = list(_sentences(one)), list(_sentences(other))
    both = {key for _, _, key in ours} & {key for _, _, key in theirs}
    both = {key for key in both if len(key) > LONG}

    def marked(found: Iterable[tuple[str, Span, str]]) -> tuple[LikeSentence, ...]:
        return tuple(LikeSentence(text, span, key in both) for text, span, key in found)

    return SideBySide(marked(ours), marked(theirs))


@dataclass(frozen=True, slots=True)
class _Report:
    file: str
    agency: str
    digest: str
    marks: array[int]

    @classmethod
    def of(cls, row: Row) -> _Report:
        marks = array("Q")
        marks.frombytes(row.prose[: len(row.prose) // _MARK * _MARK])
        return cls(row.file, agency_key(row.agency) or row.file, row.digest, marks)

    def is_pair_with(self, other: _Report) -> bool:
        return self.agency != other.agency and self.digest != other.digest


def _pairs(
    index: int,
    report: _Report,
    reports: Sequence[_Report],
    holders: Mapping[int, Sequence[int]],
) -> Iterator[AlikePair]:
    """Yield the reports that hold most of a report's sentences and have no fewer themselves.

    Whoever holds 80 of 100 sentences holds one of the 21 rarest; only their
    holders are looked at, so that what everybody says costs nothing.
    """
    needed = -(-SHARE * len(report.marks) // 100)
    rarest = sorted(report.marks, key=lambda mark: (len(holders[mark]), mark))
    near = {each for mark in rarest[: len(rarest) - needed + 1] for each in holders[mark]}
    own = frozenset(report.marks)
    size = len(report.marks), index
    for each in sorted(near):
        other = reports[each]
        # Of two, the one with fewer sentences looks for the other, so that each is found once.
        if (len(other.marks), each) <= size or not report.is_pair_with(other):
            continue
        same = sum(mark in own for mark in other.marks)
        if same >= needed:
            yield AlikePair(report.file, other.file, same, len(report.marks))


def _in_order(pairs: Iterable[AlikePair]) -> tuple[AlikePair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair.share, pair.one, pair.other)))


def likeness_findings(alikes: Alikes) -> list[FolderFinding]:
    """Return what to say about reports that are nearly the same: a finding for each group."""
    return [_group_finding(group, alikes.pairs) for group in groups_of(alikes.pairs)]


def groups_of(pairs: Iterable[AlikePair]) -> list[list[str]]:
    """Return the files that hang together by pairs, the largest group first."""
    above: dict[str, str] = {}

    def top(file: str) -> str:
        while (next_one := above.setdefault(file, file)) != file:
            above[file] = above[next_one]
            file = above[file]
        return file

    for pair in pairs:
        above[top(pair.other)] = top(pair.one)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for file in above:
        groups[top(file)].append(file)
    return sorted((sorted(group) for group in groups.values()), key=lambda g: (-len(g), g))


def _group_finding(group: Sequence[str], pairs: Iterable[AlikePair]) -> FolderFinding:
    own = frozenset(group)
    shares = [pair.share for pair in pairs if pair.one in own]
    shown = "、".join(group[:_MOST_NAMED]) + ("等" if len(group) > _MOST_NAMED else "")
    message = (
        f"{len(group)} 份报告的文字大部分逐句相同（15 字以上的句子有 {min(shares)}% 以上"
        f"除机关名称和年份外一字不差）：{shown}"
    )
    return FolderFinding(PROSE_ALIKE, Severity.WARNING, message, tuple(group))


def _sentences(document: Document) -> Iterator[tuple[str, Span, str]]:
    """Yield the sentences with their places and what they are compared by."""
    names = _names(document.agency or "")
    for sentence in sentences_in(document, _SECTIONS):
        key = _YEAR.sub("", sentence.text).rstrip(_ENDS)
        for name in names:
            key = key.replace(name, _AGENCY)
        yield sentence.text, sentence.span, key


def _names(agency: str) -> list[str]:
    """Return an agency's name and its short forms without the place, the longest first."""
    name = "".join(agency.split())
    found = [name] if name else []
    while place := _PLACE.match(name):
        name = name[place.end() :]
        found.append(name)
    return [each for each in found if len(each) > 2]


def _mark(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_MARK).digest()
