"""What is put beside the corrected text: ranges of comments, and the ground of changed cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from core.word.content import Element, Sight, blocks
from core.word.names import COMPATIBILITY_TAGS, attribute, child, math_tag, name_of, word_tags
from core.word.outline import Part, read_part
from core.writers.docx_cell_format import CELL_PROPERTIES, put_in
from core.writers.docx_revision import Names, shade
from core.writers.docx_splice import Splice, appended, spliced

_REVISIONS = ("ins", "del")
_NO_COMMENTS = {"txbxContent"}
_INLINE = ("r", "hyperlink", "sdt", "smartTag", "fldSimple", "bdo", "dir", "customXml")
MARKED_TAGS = (
    word_tags("tc", "tcPr", "p", "pPr", "moveFrom", "moveTo", *_REVISIONS, *_INLINE)
    | word_tags(*CELL_PROPERTIES)
    | math_tag("oMath", "oMathPara")
    | COMPATIBILITY_TAGS
)


class Beside:
    """A main part that says what it should already, and what is still put beside it."""

    def __init__(self, content: bytes) -> None:
        self._part = read_part(content, MARKED_TAGS)
        holders = word_tags("tc", "p")
        self._starting = {
            extent.start: each
            for each, extent in self._part.extents.items()
            if extent.tag in holders
        }
        self._splices: list[Splice] = []

    @property
    def content(self) -> bytes:
        """The part with all that was put beside."""
        return spliced(self._part.data, self._splices)

    def shade(self, starts: Iterable[int]) -> None:
        """Give the cells that begin at some bytes a light ground."""
        for start in starts:
            self._splices += _shaded(self._part, self._starting[start])

    def comment(
        self, texts: Iterable[tuple[int, str]], first: int, made: Collection[str]
    ) -> Mapping[int, str]:
        """Comment the cells or paragraphs that begin at some bytes; return the comments by id.

        A comment is on the revisions with the ids that were `made`, and on all that
        stands there if there are none.
        """
        said: dict[int, str] = {}
        for start, text in texts:
            number = first + len(said)
            marks = list(_commented(self._part, self._starting.get(start), number, made))
            self._splices += marks
            if marks:
                said[number] = text
        return said


def _shaded(part: Part, cell: Element) -> list[Splice]:
    """Give a cell a light ground."""
    names = Names.at(part, cell)
    ground = shade(names)
    properties = child(cell, "tcPr")
    if properties is None:
        return [_first_in(part, cell, f"<{names.element}tcPr>{ground}</{names.element}tcPr>")]
    return put_in(part, properties, {"shd": ground})


def _commented(
    part: Part, holder: Element | None, number: int, made: Collection[str]
) -> Iterator[Splice]:
    """Return the marks of a comment on a cell or paragraph, none where Word allows none."""
    if holder is None or any(name_of(each) in _NO_COMMENTS for each in holder.iterancestors()):
        return
    own = [holder] if name_of(holder) == "p" else list(blocks(holder, Sight()))
    paragraphs = [each for each in own if name_of(each) == "p"]
    if paragraphs:
        yield from _range(part, paragraphs, number, made)


def _range(
    part: Part, paragraphs: list[Element], number: int, made: Collection[str]
) -> Iterator[Splice]:
    inline = [each for paragraph in paragraphs for each in _content(part, paragraph)]
    revised = [each for each in inline if _is_made(each, made)]
    chosen = revised or inline
    names = Names.at(part, paragraphs[0])
    start, end = _marks(names, number)
    if not chosen:
        yield _behind_format(part, paragraphs[0], start + end)
        return
    first, last = part.extents[chosen[0]], part.extents[chosen[-1]]
    yield Splice(first.start, first.start, part.bytes(start))
    yield Splice(last.end, last.end, part.bytes(end))


def _content(part: Part, paragraph: Element) -> Iterator[Element]:
    return (each for each in paragraph if name_of(each) != "pPr" and each in part.extents)


def _is_made(element: Element, made: Collection[str]) -> bool:
    found = element.iter(*word_tags(*_REVISIONS))
    return any((attribute(each, "id") or "") in made for each in found)


def _marks(names: Names, number: int) -> tuple[str, str]:
    said = f'{names.declaration} {names.attribute}id="{number}"'
    element = names.element
    reference = f"<{element}r><{element}commentReference{said}/></{element}r>"
    return (
        f"<{element}commentRangeStart{said}/>",
        f"<{element}commentRangeEnd{said}/>{reference}",
    )


def _behind_format(part: Part, paragraph: Element, markup: str) -> Splice:
    properties = child(paragraph, "pPr")
    if properties is None:
        return _first_in(part, paragraph, markup)
    place = part.extents[properties].end
    return Splice(place, place, part.bytes(markup))


def _first_in(part: Part, element: Element, markup: str) -> Splice:
    """Put markup at the begin of an element's content."""
    extent = part.extents[element]
    if extent.close is None:
        return appended(part, element, markup)
    place = extent.start + len(part.bytes(part.start_tag(extent)))
    return Splice(place, place, part.bytes(markup))
