"""Join lines to paragraphs, over the ends of lines and pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from core.document import Area, Paragraph, Provenance
from core.readers.headings import is_known_heading
from core.readers.pdf_layout import Item, ProseLine
from core.readers.pdf_lines import joint
from core.readers.pdf_marks import Box, Page, is_wide
from core.readers.pdf_table import PageTable

# In units of the size of the text.
_INDENT = 0.8
_SLACK = 0.9
_OTHER_SIZE = 0.12
_TITLE = 1.15
_FARTHER = 1.45
_LEAST_PITCH = 1.3
# A line that reaches so far is one of the text and no remark in the margin.
_SHARED_EDGE = 2.0


@dataclass(frozen=True, slots=True)
class _Column:
    """Where the lines of a page or frame begin and end, how far apart they are and how large."""

    left: float
    right: float
    pitch: float
    size: float


def paragraphs(pages: Sequence[Page], items: Sequence[Item]) -> Iterator[Paragraph | PageTable]:
    """Yield tables as they are and lines joined to paragraphs, in their order."""
    columns = _columns(pages, [item for item in items if isinstance(item, ProseLine)])
    lines: list[ProseLine] = []
    text = ""
    for item in items:
        if isinstance(item, ProseLine) and lines:
            key = _key(pages, item)
            if key == _key(pages, lines[-1]) and _goes_on(text, lines[-1], item, columns[key]):
                text += joint(text, item.line.text) + item.line.text
                lines.append(item)
                continue
        if lines:
            yield _paragraph(pages, text, lines)
        lines, text = ([item], item.line.text) if isinstance(item, ProseLine) else ([], "")
        if isinstance(item, PageTable):
            yield item
    if lines:
        yield _paragraph(pages, text, lines)


def _paragraph(pages: Sequence[Page], text: str, lines: Sequence[ProseLine]) -> Paragraph:
    boxes: dict[int, Box] = {}
    for line in lines:
        known = boxes.get(line.page)
        boxes[line.page] = line.box.around(known) if known else line.box
    areas: tuple[Area, ...] = tuple(pages[number].area(box) for number, box in boxes.items())
    return Paragraph(text, Provenance(areas=areas))


_Key = tuple[int, int]


def _key(pages: Sequence[Page], item: ProseLine) -> _Key:
    """Lines of pages of one width share their edges, and so do those of frames of one width."""
    if item.frame is not None:
        return round(item.frame.left), round(item.frame.right)
    return -1, round(pages[item.page].width)


def _columns(pages: Sequence[Page], lines: Iterable[ProseLine]) -> Mapping[_Key, _Column]:
    by_key: dict[_Key, list[ProseLine]] = {}
    for line in lines:
        by_key.setdefault(_key(pages, line), []).append(line)
    return {key: _column(found) for key, found in by_key.items()}


def _column(lines: Sequence[ProseLine]) -> _Column:
    lefts = Counter(round(line.box.left) for line in lines)
    most = max(lefts.values())
    # Where about as many lines are indented as not, the text begins at the outer edge.
    left = min(left for left, count in lefts.items() if count * 3 >= most)
    pitches = [
        after.box.top - before.box.top
        for before, after in pairwise(lines)
        if after.page == before.page and after.box.top > before.box.top
    ]
    size = median(line.line.size for line in lines)
    return _Column(left, _right(lines), median(pitches) if pitches else 0.0, size)


def _right(lines: Sequence[ProseLine]) -> float:
    """Return where full lines end: the farthest place that at least two lines share."""
    ends = sorted((line.box.right for line in lines), reverse=True)
    size = median(line.line.size for line in lines)
    for one, other in pairwise(ends):
        if one - other <= _SHARED_EDGE * size:
            return one
    return ends[0]


def _is_title(item: ProseLine, column: _Column) -> bool:
    """Return whether a line is large and stands in the middle of its column."""
    middle = (item.box.left + item.box.right - column.left - column.right) / 2
    return abs(middle) < item.line.size and item.line.size >= _TITLE * column.size


def _goes_on(text: str, before: ProseLine, item: ProseLine, column: _Column) -> bool:
    """Return whether a line belongs to the paragraph that reads `text` so far."""
    line = item.line
    if abs(line.size - before.line.size) > _OTHER_SIZE * before.line.size:
        return False
    if item.page == before.page:
        pitch = item.box.top - before.box.top
        if pitch > _FARTHER * max(column.pitch, before.line.size * _LEAST_PITCH):
            return False
    elif item.page != before.page + 1:
        return False
    if _is_title(before, column) and _is_title(item, column):
        return item.page == before.page
    if item.box.left - column.left > _INDENT * line.size:
        return False
    slack = _SLACK * line.size if is_wide(line.glyphs[0].text) else _SLACK * line.size / 2
    if column.right - before.box.right >= line.first_word + slack:
        return False
    if is_known_heading(text + line.text):
        return True
    return not is_known_heading(text) and not is_known_heading(line.text)
