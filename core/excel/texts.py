"""Texts of cells as Excel keeps them: runs with formats, phonetic guides, escaped characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from core.excel.names import name_of_tag
from core.word.raised import SHAPES

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SURROGATES = range(0xD800, 0xE000)
# Excel takes no longer text into a cell.
LONGEST_TEXT = 32_767


def text_in(element: etree._Element) -> str:
    """Return the text of a shared or inline string, raised digits as raised, without guides."""
    return "".join(_runs(element))


def unescaped(text: str) -> str:
    """Return a text with Excel's _x000D_ and the like as the characters that they are."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(_character, text)


def escaped(text: str) -> str:
    """Return a text that Excel reads as it stands, where it might take _x0041_ for A."""
    return _ESCAPE_LIKE.sub("_x005F_", text)


def _runs(element: etree._Element) -> Iterator[str]:
    for each in element:
        name = name_of_tag(each.tag)
        if name == "t":
            yield unescaped(each.text or "")
        elif name == "r":
            shapes = SHAPES.get(_raising(each), {})
            texts = (inner for inner in each if name_of_tag(inner.tag) == "t")
            yield "".join(unescaped(inner.text or "") for inner in texts).translate(shapes)


def _raising(run: etree._Element) -> str:
    for properties in run:
        if name_of_tag(properties.tag) == "rPr":
            for each in properties:
                if name_of_tag(each.tag) == "vertAlign":
                    return each.get("val") or ""
    return ""


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if code in _SURROGATES else chr(code)
