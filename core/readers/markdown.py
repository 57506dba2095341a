"""The marks of Markdown in a text: tables between bars, and what makes a heading one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.readers.text_lines import Piece, is_empty, split_at, trimmed

# The line under the first row: |---|:---:|
_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\|?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_RULE_WITHIN = 3


def is_rule(line: Piece) -> bool:
    """Return whether a line is what divides the header of a table from its rows."""
    return _RULE.fullmatch(line.text.strip()) is not None


def markdown_rows(lines: Sequence[Piece]) -> list[Piece]:
    """Return the rows of the table that begins on the first line, their outer bars left out.

    None are there if this is no table of Markdown.  A table may be cut by empty lines
    and go on with another rule.
    """
    first = [line for line in lines[: 2 * _RULE_WITHIN] if not is_empty(line)][:_RULE_WITHIN]
    if not any(is_rule(line) for line in first) or not lines[0].text.strip().startswith("|"):
        return []
    rows = []
    for line in lines:
        if is_empty(line):
            continue
        if not line.text.strip().startswith("|"):
            break
        if not is_rule(line):
            rows.append(_inner(trimmed(line)))
    return rows


def _inner(line: Piece) -> Piece:
    end = len(line.text) - line.text.endswith("|")
    return Piece(line.text[1:end], line.start + 1, line.start + end, line.line)


def markdown_cells(row: Piece) -> list[Piece]:
    """Return the cells of a row, their breaks as line feeds."""
    return [
        replace(cell, text=_BREAK.sub("\n", _EMPHASIS.sub(_emphasised, cell.text)))
        for cell in split_at(row, "|")
    ]


def without_marks(lines: Sequence[Piece]) -> Sequence[Piece]:
    """Return the lines of a text, its headings and prose without the marks of Markdown.

    A text without any table of Markdown is none, and stays as it is.
    """
    if not any(is_rule(line) for line in lines):
        return lines
    return [line if "|" in line.text else _plain(line) for line in lines]


def _plain(line: Piece) -> Piece:
    heading = _HEADING.fullmatch(line.text.strip())
    text = _without_end(heading[1]) if heading else line.text
    return replace(line, text=_EMPHASIS.sub(_emphasised, text))


def _without_end(heading: str) -> str:
    """Return a heading without the marks that may close it, which stand behind a blank."""
    # No pattern: one that looks for them behind every blank takes the square of the time.
    body = heading.rstrip("#")
    return body.rstrip() if body != heading and body[-1:].isspace() else heading


def _emphasised(found: re.Match[str]) -> str:
    return found[1] or found[2]
