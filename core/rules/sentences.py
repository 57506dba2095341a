"""The sentences of the prose as rules compare them: evened out, with their places in the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.document import Document
from core.prose.passages import Line, Passage, lines_of, passages
from core.rules.model import Span

# A clause that ends in a semicolon is often an item of a list, and is compared by itself.
_SENTENCE = re.compile(r"[^。！？；!?;]+[。！？；!?;]?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without white space, its punctuation in full width, and where it stands."""

    text: str
    span: Span


def sentences_in(document: Document, sections: Collection[int]) -> Iterator[Sentence]:
    """Return the sentences of some sections; lines that a page has broken are joined."""
    for lines in lines_of(document):
        if lines[0].section in sections:
            yield from _of_lines(lines)


@lru_cache(maxsize=64)
def _of_lines(lines: tuple[Line, ...]) -> tuple[Sentence, ...]:
    """Return the sentences of one run of lines; an edit of a number changes none of them."""
    return tuple(sentence for passage in passages(lines) for sentence in _of_passage(passage))


def _of_passage(passage: Passage) -> Iterator[Sentence]:
    for found in _SENTENCE.finditer(passage.text):
        span = passage.span(*found.span())
        place = Span(span.section, span.paragraph, span.start, span.end)
        yield Sentence(found[0], place)
