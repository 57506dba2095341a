"""What the properties of a binary Word file say of its characters and paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from core.readers.doc_file import WordFile, incomplete, too_many
from core.readers.doc_pieces import Text
from core.readers.doc_properties import (
    Change,
    Property,
    changes,
    character_runs,
    moved,
    paragraph_runs,
)
from core.readers.doc_row import Shape, row_shape
from core.readers.doc_styles import PLACES, Shown, read_styles

# How many properties are read, each list of them once.
_MOST_PROPERTIES = 500_000
_ON, _AS_STYLE, _NOT_AS_STYLE = 0x01, 0x80, 0x81


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of characters is shown.

    `raised` is "superscript", "subscript" or empty; `symbol` is the character that
    stands in the text as "(" only, empty for plain text.
    """

    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    raised: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a paragraph stands: `depth` tables deep, and what its end ends there.

    `row` is the shape of the row that ends with it.
    """

    style: int = 0
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    row: Shape = field(default_factory=Shape)


class Looks:
    """The properties of a file, asked by position in its text; each list is read once."""

    def __init__(self, file: WordFile, text: Text) -> None:
        """Read the pages of properties and the styles.

        Raises:
            UnreadableFileError: They are broken or too many.
        """
        self._file = file
        self._text = text
        self._characters = character_runs(file)
        self._paragraphs = paragraph_runs(file)
        self._styles = read_styles(file)
        self._spent = 0
        self._looks: dict[tuple[bytes, bytes, int], Look] = {}
        self._layouts: dict[tuple[bytes, bytes, str], Layout] = {}

    def look(self, position: int, style: int) -> tuple[Look, int]:
        """Return how a character of a paragraph with a style is shown, and up to where alike."""
        piece = self._text.piece(position)
        stored, until = self._characters.at(piece.byte(position))
        key = stored or b"", piece.changes, style
        if key not in self._looks:
            self._looks[key] = self._read_look(*key)
        alike = piece.start - (piece.offset - until) // piece.width
        return self._looks[key], min(max(alike, position + 1), piece.end)

    def layout(self, position: int) -> Layout:
        """Return where the paragraph stands whose end is at a position.

        Raises:
            UnreadableFileError: A fast save has left it without properties.
        """
        piece = self._text.piece(position)
        stored, _ = self._paragraphs.at(piece.byte(position))
        if stored is None and self._file.is_fast_saved:
            raise incomplete("a paragraph without properties")
        key = stored or b"", piece.changes, self._text.content[position]
        if key not in self._layouts:
            self._layouts[key] = self._read_layout(*key)
        return self._layouts[key]

    def ends_paragraph(self, position: int) -> bool:
        """Return whether the properties of paragraphs stop behind a position."""
        piece = self._text.piece(position)
        byte = piece.byte(position)
        return self._paragraphs.at(byte)[1] == byte + piece.width

    def _read_look(self, stored: bytes, added: bytes, style: int) -> Look:
        shown = self._styles.get(style, Shown())
        base = look = Look(hidden=bool(shown.hidden), raised=shown.raised or "")
        for name, value in self._changes(stored, added):
            if name == Property.CHARACTER_STYLE:
                shown = self._styles.get(int.from_bytes(value, "little"), Shown())
                raised = base.raised if shown.raised is None else shown.raised
                base = Look(hidden=base.hidden or bool(shown.hidden), raised=raised)
                look = replace(look, hidden=base.hidden, raised=base.raised)
            elif name == Property.PLAIN:
                look = replace(look, hidden=base.hidden, raised=base.raised)
            else:
                look = _changed(look, base, name, value)
        return look

    def _read_layout(self, stored: bytes, added: bytes, end: str) -> Layout:
        told = list(self._unfolded(self._changes(stored[2:], added)))
        said: dict[int, bytes] = dict(told)
        style = int.from_bytes(said.get(Property.PARAGRAPH_STYLE, stored[:2]), "little")
        row_end, inner_row_end, inner_cell_end, in_table = (
            any(said.get(name, b""))
            for name in (
                Property.ROW_END,
                Property.INNER_ROW_END,
                Property.INNER_CELL_END,
                Property.IN_TABLE,
            )
        )
        depth = int.from_bytes(said.get(Property.DEPTH, b""), "little", signed=True)
        depth = max(depth, 1) if in_table or row_end else max(depth, 0)
        ends_row = row_end if end == "\x07" else inner_row_end and depth > 1
        ends_cell = not ends_row and (inner_cell_end and depth > 1 if end != "\x07" else depth > 0)
        return Layout(style, depth, ends_cell, ends_row, row_shape(told) if ends_row else Shape())

    def _changes(self, *lists: bytes) -> Iterator[Change]:
        for stored in lists:
            for change in changes(stored):
                self._spent += 1
                if self._spent > _MOST_PROPERTIES:
                    raise too_many("properties")
                yield change

    def _unfolded(self, told: Iterable[Change]) -> Iterator[Change]:
        """Put lists from the data stream where they are named; inside one none is named."""
        for name, value in told:
            if name in (Property.MOVED, Property.MOVED_TABLE):
                yield from self._changes(moved(self._file, value))
            else:
                yield name, value


def _changed(look: Look, base: Look, name: int, value: bytes) -> Look:
    if name == Property.HIDDEN:
        return replace(look, hidden=_toggled(value, base.hidden))
    if name == Property.DELETED:
        return replace(look, deleted=_toggled(value, False))
    if name == Property.INSERTED:
        return replace(look, inserted=_toggled(value, False))
    if name == Property.RAISED:
        return replace(look, raised=PLACES.get(value[0], ""))
    if name == Property.SYMBOL:
        return replace(look, symbol=chr(int.from_bytes(value[2:4], "little")))
    return look


def _toggled(value: bytes, style: bool) -> bool:
    """Return what a switch says, which may point at what the style says or at its contrary."""
    if value[0] == _AS_STYLE:
        return style
    return not style if value[0] == _NOT_AS_STYLE else value[0] == _ON
