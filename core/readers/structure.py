"""Put what a reader saw in order: sections by heading, tables with ids, title, agency and year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from core.document import Block, Document, Paragraph, Provenance, Section, Table
from core.readers.headings import Heading, find_headings
from core.readers.naming import find_naming
from core.readers.pieces import join_pieces


def build_document(
    format: str,
    blocks: Sequence[Block],
    title_hint: str | None = None,
    notices: tuple[str, ...] = (),
) -> Document:
    """Return the report that some paragraphs and tables are, in their order.

    Sections stand as the file has them: in a wrong order, repeated or missing.
    What stands before the first heading is section 0.  Tables are named t1, t2, …
    `title_hint` is a title that is not in the text, such as a page's <title>.  A
    statutory table that stands there in pieces becomes one (see `core.readers.pieces`).
    """
    blocks = list(join_pieces(blocks))
    texts = [block.text if isinstance(block, Paragraph) else None for block in blocks]
    headings = find_headings(texts)
    named = list(_with_ids(blocks))
    starts = sorted(headings)
    preface = named[: starts[0]] if starts else named
    sections = [Section(0, "", tuple(preface))] if preface else []
    for start, end in pairwise([*starts, len(named)]):
        sections.append(_section(named[start], headings[start], named[start + 1 : end]))
    opening = [block.text for block in preface if isinstance(block, Paragraph)]
    naming = find_naming(opening, title_hint)
    return Document(
        format, tuple(sections), naming.title, naming.agency, naming.year, tuple(notices)
    )


def _section(start: Block, heading: Heading, blocks: Sequence[Block]) -> Section:
    text = start.text.strip() if isinstance(start, Paragraph) else ""
    provenance = start.provenance if isinstance(start, Paragraph) else Provenance()
    return Section(heading.number, text, tuple(blocks), heading.kind, provenance)


def _with_ids(blocks: Sequence[Block]) -> Iterator[Block]:
    number = 0
    for block in blocks:
        if isinstance(block, Table):
            number += 1
            yield replace(block, id=f"t{number}")
        else:
            yield block
