"""Write runs anew so that each change inside them stands apart: kept, deleted, inserted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from core.word.content import Element
from core.word.names import name_of
from core.word.outline import Part
from core.writers.docx_format import run_properties
from core.writers.docx_revision import Names, Pen, word_ancestor
from core.writers.docx_splice import Splice, qualified_name

_RUNS = {"r", "m:r"}
_PROPERTIES = {"rPr", "m:rPr"}
# Inside these, what we insert would look as if their author had written it.
_INSERTIONS = {"ins", "moveTo"}
_DELETED_NAMES = {"t": "delText", "instrText": "delInstrText"}
_HISTORY = re.compile(r"<[^\s<>]*rPrChange\s[^<>]*>")
_TAGS = re.compile("<[^>]*>")


class Kind(Enum):
    """What becomes of a stretch of a run."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


class Segment(NamedTuple):
    """A stretch of a run's element, in order; without a text it is the element as it stands."""

    kind: Kind
    text: str | None = None


WHOLE = Segment(Kind.DELETED)
Changes = Mapping[Element, Sequence[Segment]]


def run_splices(part: Part, changes: Changes, pen: Pen) -> Iterator[Splice]:
    """Write every run anew in which an element changes.

    An element inside alternative content changes with the whole of it.
    """
    runs: dict[Element, dict[Element, list[Segment]]] = {}
    for element, segments in changes.items():
        unit = element
        while (run := unit.getparent()) is not None and name_of(run) not in _RUNS:
            unit = run
        if run is None:
            raise ValueError("a text outside of any run")
        units = runs.setdefault(run, {})
        if unit is not element:
            later = [each for each in segments if each.kind is Kind.INSERTED]
            units.setdefault(unit, [WHOLE]).extend(later)
        else:
            units[unit] = list(segments)
    for run, units in runs.items():
        yield from _Rewriting(part, run, pen).splices(units)


def _text_in(markup: str) -> str:
    return _TAGS.sub("", markup)


class _Rewriting:
    """One run, taken apart."""

    def __init__(self, part: Part, run: Element, pen: Pen) -> None:
        self._part = part
        self._run = run
        self._pen = pen
        self._extent = part.extents[run]
        self._names = Names.at(part, run if name_of(run) == "r" else word_ancestor(run))
        self._opening = part.start_tag(self._extent)
        self._begin = self._extent.start + len(part.bytes(self._opening))
        own = [part.extents[each] for each in run if name_of(each) in _PROPERTIES]
        self._content = max((each.end for each in own), default=self._begin)
        self._closing = f"</{qualified_name(part, run)}>"

    def splices(self, units: Mapping[Element, Sequence[Segment]]) -> Iterator[Splice]:
        """Return the run's new bytes, and those that go behind a revision around it."""
        shown = (each for each in self._stretches(units) if each[1].strip())
        written = [
            (kind, "".join(text for _, text in group))
            for kind, group in groupby(shown, key=lambda stretch: stretch[0])
        ]
        around = list(self._insertions())
        behind = ""
        if around and written and written[-1][0] is Kind.INSERTED and self._is_last_in(around):
            behind = self._inserted(written.pop()[1])
        markup = "".join(self._emitted(written, around))
        yield Splice(self._extent.start, self._extent.end, self._part.bytes(markup))
        if behind:
            place = self._part.extents[around[-1]].end
            yield Splice(place, place, self._part.bytes(behind))

    def _stretches(self, units: Mapping[Element, Sequence[Segment]]) -> Iterator[tuple[Kind, str]]:
        part, place = self._part, self._content
        ordered = sorted(units, key=lambda unit: part.extents[unit].start)
        for unit in ordered:
            extent = part.extents[unit]
            yield Kind.KEPT, part.text(place, extent.start)
            for segment in units[unit]:
                yield segment.kind, self._markup(unit, segment)
            place = extent.end
        yield Kind.KEPT, part.text(place, self._extent.close or place)

    def _markup(self, unit: Element, segment: Segment) -> str:
        kind, text = segment
        if text is None:
            own = self._part.text(self._part.extents[unit].start, self._part.extents[unit].end)
            return self._as_deleted(own) if kind is Kind.DELETED else own
        if name_of(self._run) != "r":
            # A formula keeps its own kind of text, deleted or not.
            return Names(qualified_name(self._part, unit)[:-1], "").stretch("t", text)
        return (
            self._as_deleted(self._names.text(text))
            if kind is Kind.DELETED
            else (self._names.text(text))
        )

    def _as_deleted(self, markup: str) -> str:
        prefix = self._names.element
        for name, deleted in _DELETED_NAMES.items():
            markup = re.sub(
                rf"(</?{re.escape(prefix)}){name}(?=[\s/>])", rf"\g<1>{deleted}", markup
            )
        return markup

    def _emitted(
        self, written: Sequence[tuple[Kind, str]], around: Sequence[Element]
    ) -> Iterator[str]:
        copies = 0
        for kind, content in written:
            if kind is Kind.INSERTED:
                yield self._outside(around, self._inserted(content))
                continue
            properties = self._part.text(self._begin, self._content)
            if copies:
                # Two elements of one id are one revision to some programs.
                properties = _HISTORY.sub(lambda found: self._pen.fresh(found[0]), properties)
            copies += 1
            run = f"{self._opening}{properties}{content}{self._closing}"
            yield self._pen.deleted(self._names, run) if kind is Kind.DELETED else run

    def _inserted(self, content: str) -> str:
        if name_of(self._run) != "r":
            properties = self._part.text(self._begin, self._content)
            run = f"{self._opening}{properties}{content}{self._closing}"
        else:
            run_tag = f"{self._names.element}r"
            properties = run_properties(self._part, self._run, _text_in(content))
            run = f"<{run_tag}>{properties}{content}</{run_tag}>"
        return self._pen.inserted(self._names, run)

    def _insertions(self) -> Iterator[Element]:
        """Yield the insertions of others that stand directly around the run, inmost first."""
        for each in self._run.iterancestors():
            if name_of(each) not in _INSERTIONS:
                return
            yield each

    def _is_last_in(self, around: Sequence[Element]) -> bool:
        return all(each.getnext() is None for each in (self._run, *around[:-1]))

    def _outside(self, around: Sequence[Element], markup: str) -> str:
        """End the insertions of others before ours, and begin them again behind it."""
        closing = "".join(f"</{qualified_name(self._part, each)}>" for each in around)
        tags = [self._part.start_tag(self._part.extents[each]) for each in reversed(around)]
        return closing + markup + "".join(self._pen.fresh(tag) for tag in tags)
