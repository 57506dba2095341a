"""What the rules about the text read: sentences by section, and the way back to the file.

These rules ask nothing of the tables, so what they found is kept as long as the
text stays the same: an edit of a number costs them nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TypeVar
from weakref import WeakKeyDictionary

from core.prose.passages import Line, Passage, Piece, lines_of, passages
from core.rules.context import Context
from core.rules.model import Found, NotApplicable, Span
from core.rules.severity import Severity

# Reports whose text is remembered: those open, last year's, and a few more.
_KEPT = 8
# A web page copied as one line has its headings inside the text; where 二、 follows at
# once, the opening only lists them.
_FIRST_HEADING = re.compile(
    r"一、(?:政府信息公开工作)?(?:总体情况|基本情况|工作概况|概述)(?![；，、。]?二、)"
)
# Nobody introduces a report with more; a page without headings is all opening.
_LONGEST_OPENING = 200
# Some reports say it after 一、.
_FIRST_OF_OVERVIEW = 4
_INTRODUCES = re.compile(
    r"本(?:年度)?报告|本年报|报告(?:全文|内容|包括|由|分|共)|全文(?:包括|由|共|分)|统计(?:数据)?的?[期时]"
)
_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9]{3}(?![0-9]))")
# What the blank form prints where prose belongs.
INSTRUCTION = re.compile(r"（(?:文字描述|收取信息处理费|该部分|此部分)[^（）]*）")
NO_TEXT = NotApplicable("报告中没有文字")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its section and its place in the passage that it stands in.

    Widths are evened out and spaces gone, as passages have them.
    """

    section: int
    passage: Passage
    start: int
    text: str

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of the sentence stands in the file."""
        first, last = self.start + start, self.start + end
        pieces = self.passage.pieces
        at = self._piece(first)
        begin = pieces[at]
        # A stretch that runs on into the next paragraph is marked to the end of this one.
        while (
            at + 1 < len(pieces) and pieces[at + 1].at < last and _together(begin, pieces[at + 1])
        ):
            at += 1
        if at + 1 < len(pieces):
            last = min(last, pieces[at + 1].at)
        until = pieces[at].start + last - pieces[at].at
        return Span(begin.section, begin.paragraph, begin.start + first - begin.at, until)

    def line(self, at: int) -> str:
        """Return what of the sentence stands in the same paragraph as one of its places."""
        pieces = self.passage.pieces
        first = last = self._piece(self.start + at)
        while first and _together(pieces[first - 1], pieces[first]):
            first -= 1
        while last + 1 < len(pieces) and _together(pieces[last], pieces[last + 1]):
            last += 1
        end = pieces[last + 1].at if last + 1 < len(pieces) else len(self.passage.text)
        return self.text[max(0, pieces[first].at - self.start) : end - self.start]

    def _piece(self, at: int) -> int:
        return bisect_right(self.passage.pieces, at, key=lambda piece: piece.at) - 1

    def found(
        self,
        at: re.Match[str] | tuple[int, int],
        values: Mapping[str, str],
        lowered: Severity | None = None,
    ) -> Found:
        """Return a finding that marks a stretch of the sentence."""
        start, end = at if isinstance(at, tuple) else at.span()
        return Found(values, span=self.span(start, end), lowered=lowered)


@dataclass(frozen=True, eq=False)
class Prose:
    """The text of a report, and what else the rules about it ask; equal to itself only.

    `headings` are the sections' numbers and headings in their order, without
    what stands before the first.  `edition` is that of the tables or the year's.
    """

    lines: tuple[tuple[Line, ...], ...]
    headings: tuple[tuple[int, str], ...]
    year: int | None
    agency: str | None
    edition: str | None

    @cached_property
    def passages(self) -> tuple[Sentence, ...]:
        """What was written in one go, each as if it were one sentence; none in a blank form."""
        found = tuple(
            Sentence(run[0].section, passage, 0, passage.text)
            for run in self.lines
            for passage in map(_with_commas, passages(run))
        )
        written = (one for one in found if not INSTRUCTION.fullmatch(one.text))
        if self.headings and not any(one.section or "。" in one.text for one in written):
            return ()
        return found

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in their order."""
        return tuple(
            Sentence(one.section, one.passage, start, text)
            for one in self.passages
            for start, text in one.passage.sentences()
        )

    def section(self, number: int) -> tuple[Sentence, ...]:
        """Return the sentences of a section, of the first one with this number."""
        return tuple(sentence for sentence in self.sentences if sentence.section == number)

    def holding(self, *words: str) -> Iterator[Sentence]:
        """Return the sentences with one of some words: most texts hold none, and cost nothing."""
        return (one for one in self.sentences if any(word in one.text for word in words))

    @cached_property
    def opening(self) -> tuple[Sentence, ...]:
        """The sentences before 一、, even where the heading stands inside the text."""
        return tuple(_before_heading(self.section(0)[:_LONGEST_OPENING]))

    @cached_property
    def introduction(self) -> tuple[Sentence, ...]:
        """The opening, and where the first section begins with what belongs there."""
        first = self.section(1)[:_FIRST_OF_OVERVIEW]
        return (*self.opening, *(one for one in first if _INTRODUCES.search(one.text)))


def _with_commas(passage: Passage) -> Passage:
    """Return a passage with full-width commas, but for those inside a number."""
    if "," not in passage.text:
        return passage
    return replace(passage, text=_COMMA.sub("，", passage.text))


def _together(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand in the same paragraph."""
    return (one.section, one.paragraph) == (other.section, other.paragraph)


def _before_heading(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    for one in sentences:
        if heading := _FIRST_HEADING.search(one.text):
            yield Sentence(one.section, one.passage, one.start, one.text[: heading.start()])
            return
        yield one


_by_context: WeakKeyDictionary[Context, Prose] = WeakKeyDictionary()


def prose_of(context: Context) -> Prose:
    """Return the text of a report, the same object as long as the text is the same."""
    if (prose := _by_context.get(context)) is None:
        document = context.document
        headings = tuple((part.number, part.heading) for part in document.sections if part.number)
        prose = _prose(
            lines_of(document), headings, document.year, document.agency, context.edition
        )
        _by_context[context] = prose
    return prose


@lru_cache(maxsize=_KEPT)
def _prose(
    lines: tuple[tuple[Line, ...], ...],
    headings: tuple[tuple[int, str], ...],
    year: int | None,
    agency: str | None,
    edition: str | None,
) -> Prose:
    return Prose(lines, headings, year, agency, edition)


T = TypeVar("T")


def kept(look: Callable[[Prose], Iterable[T]]) -> Callable[[Prose], tuple[T, ...]]:
    """Remember what a look at a text brought, as long as the text is the same."""

    @lru_cache(maxsize=_KEPT)
    def once(prose: Prose) -> tuple[T, ...]:
        return tuple(look(prose))

    return once
