"""The markup of changes: revisions with author, date and ids of their own, or a coloured ground."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

from core.word.content import Element
from core.word.names import attribute, name_of, namespace_of
from core.word.outline import Part
from core.writers.docx_splice import prefix_of
from core.writers.marking import Marking

_MOST = 2**31 - 1
_ID = re.compile(r"""(\s[^\s=<>"']+:id\s*=\s*)(?:"[^"]*"|'[^']*')""")
_FILL = "FFF2CC"
_BREAKS = re.compile(r"([\n\t])")
_BREAK_NAMES = {"\n": "br", "\t": "tab"}


@dataclass(frozen=True, slots=True)
class Names:
    """How Word's elements and attributes are written in some place of a part.

    Both prefixes have their colon; attributes always need one, so where the file
    has only a default namespace, each of our elements declares a prefix.
    """

    element: str
    attribute: str
    declaration: str = ""

    @classmethod
    def at(cls, part: Part, element: Element) -> Names:
        """Return the names that hold at one of Word's own elements."""
        space = namespace_of(element)
        bound = [prefix for prefix, uri in element.nsmap.items() if prefix and uri == space]
        written = prefix_of(part, element)
        if bound:
            preferred = written[:-1] if written[:-1] in bound else bound[0]
            return cls(written, f"{preferred}:")
        return cls(written, "w:", f' xmlns:w="{space}"')

    def text(self, text: str) -> str:
        """Return the content of a run that says a text: w:t, and w:br and w:tab for breaks."""
        pieces = (piece for piece in _BREAKS.split(text) if piece)
        return "".join(self._break(each) or self.stretch("t", each) for each in pieces)

    def stretch(self, name: str, text: str) -> str:
        """Return a w:t, w:delText or w:delInstrText that keeps its spaces."""
        tag = f"{self.element}{name}"
        space = ' xml:space="preserve"' if text != text.strip() or "  " in text else ""
        return f"<{tag}{space}>{escape(text)}</{tag}>"

    def _break(self, text: str) -> str:
        return f"<{self.element}{_BREAK_NAMES[text]}/>" if text in _BREAK_NAMES else ""


def free_ids(part: Part) -> Iterator[int]:
    """Yield numbers that no element of the part has as its w:id."""
    used = {attribute(each, "id") or "" for each in part.root.iter("*")}
    numbers = [int(each) for each in used if each.lstrip("-").isascii() and each.isdecimal()]
    start = max([number for number in numbers if number <= _MOST], default=0) + 1
    # Some programs number from the top; then the gaps below are taken.
    start = start if start < _MOST // 2 else 1
    return (number for number in range(start, _MOST) if str(number) not in used)


class Pen(Protocol):
    """Writes what was deleted from and inserted into a paragraph."""

    def deleted(self, names: Names, runs: str) -> str:
        """Return the markup that stands in the place of deleted runs."""

    def inserted(self, names: Names, runs: str) -> str:
        """Return the markup that stands around inserted runs."""

    def fresh(self, markup: str) -> str:
        """Return a copy of markup whose ids are new."""


class Tracking:
    """Writes revisions that a reader accepts or rejects; `made` are their ids."""

    def __init__(self, marking: Marking, ids: Iterable[int]) -> None:
        self._author = quoteattr(marking.signature)
        self._date = quoteattr(marking.timestamp)
        self._ids = iter(ids)
        self.made: set[str] = set()

    def deleted(self, names: Names, runs: str) -> str:
        """Return deleted runs as a revision."""
        return self._around("del", names, runs)

    def inserted(self, names: Names, runs: str) -> str:
        """Return inserted runs as a revision."""
        return self._around("ins", names, runs)

    def mark(self, kind: str, names: Names) -> str:
        """Return a w:ins or w:del for a paragraph's mark or a row, or a w:cellIns."""
        return f"<{self._tag(kind, names)}/>"

    def change(self, kind: str, names: Names, old: str) -> str:
        """Return the revision of a format, such as a w:tcPrChange, around what it was."""
        return self._around(kind, names, old)

    def fresh(self, markup: str) -> str:
        """Return a copy of markup whose ids are new."""
        return _with_new_ids(markup, self._ids)

    def _around(self, kind: str, names: Names, runs: str) -> str:
        return f"<{self._tag(kind, names)}>{runs}</{names.element}{kind}>"

    def _tag(self, kind: str, names: Names) -> str:
        number = str(next(self._ids))
        self.made.add(number)
        before = names.attribute
        return (
            f"{names.element}{kind}{names.declaration} {before}id={quoteattr(number)}"
            f" {before}author={self._author} {before}date={self._date}"
        )


class Shading:
    """Leaves out what was deleted and gives what was inserted a light ground."""

    def __init__(self, ids: Iterable[int]) -> None:
        self._ids = iter(ids)

    def deleted(self, _names: Names, _runs: str) -> str:
        """Return nothing."""
        return ""

    def inserted(self, names: Names, runs: str) -> str:
        """Return a run with a ground; one of a formula stays without."""
        opening, properties = f"<{names.element}r>", f"{names.element}rPr>"
        if not runs.startswith(opening):
            return runs
        if not runs.startswith(f"{opening}<{properties}"):
            own = f"<{properties}{shade(names)}</{properties}"
            return opening + own + runs.removeprefix(opening)
        return runs.replace(f"</{properties}", f"{shade(names)}</{properties}", 1)

    def fresh(self, markup: str) -> str:
        """Return a copy of markup whose ids are new."""
        return _with_new_ids(markup, self._ids)


def shade(names: Names) -> str:
    """Return the markup of a light ground, for a cell or a run."""
    said = {"val": "clear", "color": "auto", "fill": _FILL}
    values = "".join(f' {names.attribute}{key}="{value}"' for key, value in said.items())
    return f"<{names.element}shd{names.declaration}{values}/>"


def _with_new_ids(markup: str, ids: Iterator[int]) -> str:
    return _ID.sub(lambda found: f'{found[1]}"{next(ids)}"', markup)


def word_ancestor(element: Element) -> Element:
    """Return the paragraph in which an element stands."""
    return next(each for each in element.iterancestors() if name_of(each) == "p")
