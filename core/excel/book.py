"""The parts of an .xlsx package: its sheets in order, shared texts, number formats and borders."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from core.excel.built_in import BUILT_IN, GENERAL
from core.excel.names import name_of_tag
from core.excel.texts import text_in
from core.word.outline import read_part
from core.word.relations import Parts, main_part, relations_name

_RELATION_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_SIDES = frozenset(("left", "right", "top", "bottom", "start", "end"))
_ON = frozenset(("1", "true", "on"))
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name, its part, its number for the calculation chain."""

    name: str
    part: str
    number: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Style:
    """What matters here of a cell's style: its number format, and whether it has a border."""

    code: str = GENERAL
    is_bordered: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: its id, the last word of its type, the part that it leads to."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True)
class Book:
    """A workbook's parts.  `is_from_1904` says from when days are counted."""

    part: str
    sheets: tuple[SheetPart, ...]
    texts: Sequence[str] = ()
    styles: Sequence[Style] = field(default=(Style(),))
    is_from_1904: bool = False

    def style(self, index: str | None) -> Style:
        """Return the style that a cell names; the plain one where there is no such."""
        place = whole(index, 0)
        return self.styles[place] if place < len(self.styles) else Style()


def read_book(parts: Parts) -> Book | None:
    """Return the workbook that a package is, None where it is none.

    Raises:
        UnreadableFileError: A part is broken, hostile or over the limits.
    """
    main = main_part(parts)
    if main is None or not parts.has(main):
        return None
    root = read_part(parts.read(main)).root
    if name_of_tag(root.tag) != "workbook":
        return None
    related = {each.id: each for each in relations(parts, main)}
    strings = next((r.target for r in related.values() if r.kind == "sharedStrings"), "")
    styles = next((r.target for r in related.values() if r.kind == "styles"), "")
    return Book(
        main,
        tuple(_sheets(root, parts, related)),
        _texts(parts, strings) if parts.has(strings) else (),
        tuple(_styles(read_part(parts.read(styles)).root)) if parts.has(styles) else (Style(),),
        any(is_on(each, "date1904") for each in named(root, "workbookPr")),
    )


def relations(parts: Parts, source: str) -> Iterator[Relation]:
    """Yield the relationships of a part to other parts of the package, never to other files."""
    name = relations_name(source)
    if not parts.has(name):
        return
    for each in read_part(parts.read(name)).root:
        if each.get("TargetMode") != "External":
            target = posixpath.join("/", posixpath.dirname(source), each.get("Target") or "")
            kind = (each.get("Type") or "").rpartition("/")[2]
            yield Relation(each.get("Id") or "", kind, posixpath.normpath(target).lstrip("/"))


def named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the children of an element that have a name of SpreadsheetML."""
    return (each for each in element if name_of_tag(each.tag) == name)


def is_on(element: etree._Element, name: str, default: bool = False) -> bool:
    """Return whether an attribute says yes."""
    value = element.get(name)
    return default if value is None else value.lower() in _ON


def whole(text: str | None, default: int) -> int:
    """Return a count in an attribute; `default` for none and for what is absurd."""
    text = (text or "").strip()
    fits = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if fits else default


def _sheets(
    root: etree._Element, parts: Parts, related: dict[str, Relation]
) -> Iterator[SheetPart]:
    for sheets in named(root, "sheets"):
        for each in named(sheets, "sheet"):
            key = next((each.get(name) for name in _RELATION_IDS if each.get(name)), "") or ""
            relation = related.get(key)
            # Charts have sheets of their own, and old macros.
            if relation and relation.kind == "worksheet" and parts.has(relation.target):
                is_hidden = each.get("state", "visible") != "visible"
                number = each.get("sheetId") or ""
                yield SheetPart(each.get("name") or "", relation.target, number, is_hidden)


def _texts(parts: Parts, name: str) -> tuple[str, ...]:
    return tuple(text_in(each) for each in named(read_part(parts.read(name)).root, "si"))


def _styles(root: etree._Element) -> Iterator[Style]:
    codes = dict(BUILT_IN)
    for formats in named(root, "numFmts"):
        for each in named(formats, "numFmt"):
            codes[whole(each.get("numFmtId"), -1)] = each.get("formatCode") or GENERAL
    borders = [
        any(name_of_tag(side.tag) in _SIDES and _is_drawn(side) for side in border)
        for group in named(root, "borders")
        for border in named(group, "border")
    ]
    for group in named(root, "cellXfs"):
        for each in named(group, "xf"):
            border = whole(each.get("borderId"), 0)
            is_bordered = border < len(borders) and borders[border]
            yield Style(codes.get(whole(each.get("numFmtId"), 0), GENERAL), is_bordered)


def _is_drawn(side: etree._Element) -> bool:
    return side.get("style", "none") != "none"
