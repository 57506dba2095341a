"""Find the main part of a Word package and its styles by relationship, not by their usual names."""

from __future__ import annotations

import posixpath
from typing import Protocol

from lxml import etree

from core.word.names import attribute, child, is_on, name_of
from core.word.outline import read_part

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)


class Parts(Protocol):
    """What holds the parts of a package; upper and lower case in names are the same."""

    def has(self, name: str) -> bool:
        """Return whether there is a part of that name."""

    def read(self, name: str) -> bytes:
        """Return a part's bytes."""


def main_part(parts: Parts) -> str | None:
    """Return the name of the part that the package is about, None where it names none."""
    return _target(parts, "", "officeDocument")


def related_part(parts: Parts, source: str, kind: str) -> str | None:
    """Return the part to which a part has a relationship of a kind, such as "comments"."""
    return _target(parts, source, kind)


def relation_type(kind: str, *, strict: bool) -> str:
    """Return the type of a relationship as transitional or strict files write it."""
    return _TYPES[strict] + kind


def relations_name(source: str) -> str:
    """Return the name of the part that holds a part's relationships."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def hidden_styles(parts: Parts, main: str) -> frozenset[str]:
    """Return the ids of the paragraph and character styles whose text Word does not show."""
    name = _target(parts, main, "styles")
    if name is None or not parts.has(name):
        return frozenset()
    styles = [each for each in read_part(parts.read(name)).root if name_of(each) == "style"]
    said = {attribute(style, "styleId") or "": _vanishes(style) for style in styles}
    based = {attribute(style, "styleId") or "": _base(style) for style in styles}
    return frozenset(style for style in said if _is_hidden(style, said, based))


def _vanishes(style: etree._Element) -> bool | None:
    toggle = child(style, "rPr", "vanish")
    return None if toggle is None else is_on(toggle)


def _base(style: etree._Element) -> str:
    base = child(style, "basedOn")
    return (attribute(base, "val") or "") if base is not None else ""


def _is_hidden(style: str, said: dict[str, bool | None], based: dict[str, str]) -> bool:
    seen: set[str] = set()
    while style in said and style not in seen:
        if said[style] is not None:
            return bool(said[style])
        seen.add(style)
        style = based[style]
    return False


def _target(parts: Parts, source: str, kind: str) -> str | None:
    folder = posixpath.dirname(source)
    relations = relations_name(source)
    if not parts.has(relations):
        return None
    for each in read_part(parts.read(relations)).root.iter(_RELATIONSHIP):
        wanted = each.get("Type") in {base + kind for base in _TYPES}
        if wanted and each.get("TargetMode") != "External":
            # A target that begins with a slash is counted from the package's root.
            target = posixpath.join("/", folder, each.get("Target") or "")
            return posixpath.normpath(target).lstrip("/")
    return None
