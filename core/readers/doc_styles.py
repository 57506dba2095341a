"""The styles of a binary Word file, as far as they hide or raise text ([MS-DOC] 2.9.271)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.readers.doc_file import Place, WordFile
from core.readers.doc_properties import Property, changes

PLACES: Mapping[int, str] = {1: "superscript", 2: "subscript"}
_PARAGRAPH, _CHARACTER = 1, 2
_NO_BASE = 0xFFF
# Word lets styles be based on each other eleven deep; a ring of them has no end.
_MOST_BASES = 64
_MOST_STYLES = 0xFFF


@dataclass(frozen=True, slots=True)
class Shown:
    """What a style says of its text; None where it leaves that to the style it is based on."""

    hidden: bool | None = None
    raised: str | None = None


@dataclass(frozen=True, slots=True)
class _Style:
    shown: Shown
    base: int


def read_styles(file: WordFile) -> Mapping[int, Shown]:
    """Return what the styles say, by number, with what they take from their bases.

    A sheet of styles that is cut off has fewer of them.
    """
    styles = dict(enumerate(_styles(file.stored(Place.STYLES))))
    return {number: _resolved(number, styles) for number in styles}


def _styles(sheet: bytes) -> Iterator[_Style]:
    head = 2 + _short(sheet, 0)
    count, base_size = _short(sheet, 2), _short(sheet, 4)
    offset = head
    for _ in range(min(count, _MOST_STYLES)):
        if offset + 2 > len(sheet):
            return
        length = _short(sheet, offset)
        yield _style(sheet[offset + 2 : offset + 2 + length], base_size)
        offset += 2 + length + length % 2


def _style(stored: bytes, base_size: int) -> _Style:
    kind, base = _short(stored, 2) & 0xF, _short(stored, 2) >> 4
    offset = base_size + 2 + 2 * _short(stored, base_size) + 2
    if kind == _PARAGRAPH:
        # The properties of paragraphs come first.
        length = _short(stored, offset)
        offset += 2 + length + length % 2
    elif kind != _CHARACTER:
        return _Style(Shown(), _NO_BASE)
    length = _short(stored, offset)
    hidden = raised = None
    for name, value in changes(stored[offset + 2 : offset + 2 + length]):
        if name == Property.HIDDEN:
            hidden = value[0] in (0x01, 0x81)
        elif name == Property.RAISED:
            raised = PLACES.get(value[0], "")
    return _Style(Shown(hidden, raised), base)


def _resolved(number: int, styles: Mapping[int, _Style]) -> Shown:
    hidden: bool | None = None
    raised: str | None = None
    for _ in range(_MOST_BASES):
        if number not in styles:
            break
        shown = styles[number].shown
        hidden = shown.hidden if hidden is None else hidden
        raised = shown.raised if raised is None else raised
        number = styles[number].base
    return Shown(hidden, raised)


def _short(stored: bytes, offset: int) -> int:
    return int.from_bytes(stored[offset : offset + 2], "little")
