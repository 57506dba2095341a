"""Names of WordprocessingML, in its transitional and its strict namespace, whatever the prefix."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_WORD = (_TRANSITIONAL, _STRICT)
_OTHERS = {
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}
COMPATIBILITY_TAGS = frozenset(
    {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
)
_OFF = {"0", "false", "off", "none"}


def word_tags(*names: str) -> frozenset[str]:
    """Return lxml's tags for some Word elements, in both namespaces."""
    return frozenset(f"{{{space}}}{name}" for space in _WORD for name in names)


def math_tag(*names: str) -> frozenset[str]:
    """Return lxml's tags for elements of a formula, in both namespaces."""
    spaces = [space for space, prefix in _OTHERS.items() if prefix == "m:"]
    return frozenset(f"{{{space}}}{name}" for space in spaces for name in names)


@lru_cache(maxsize=1024)
def _short(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    space = space.removeprefix("{")
    if space in _WORD:
        return name
    return _OTHERS[space] + name if space in _OTHERS else ""


def name_of(element: etree._Element) -> str:
    """Return an element's name: "tc" for Word's own, "m:t", "mc:Choice", else an empty one."""
    return _short(element.tag)


def namespace_of(element: etree._Element) -> str:
    """Return the namespace of an element."""
    return etree.QName(element).namespace or ""


def is_strict(element: etree._Element) -> bool:
    """Return whether an element is of the strict namespace."""
    return namespace_of(element) == _STRICT


def attribute(element: etree._Element, name: str) -> str | None:
    """Return one of Word's attributes of an element."""
    value = element.get(f"{{{_TRANSITIONAL}}}{name}")
    return element.get(f"{{{_STRICT}}}{name}") if value is None else value


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the element that a path of Word's names leads to, the first one at each step."""
    for name in names:
        if element is None:
            return None
        element = _first(element, name)
    return element


def _first(element: etree._Element, name: str) -> etree._Element | None:
    # A plain loop: this is most of the time that reading a large table takes.
    for each in element:
        if _short(each.tag) == name:
            return each
    return None


def is_on(element: etree._Element | None) -> bool:
    """Return whether a toggle such as w:vanish is there and not switched off."""
    return element is not None and (attribute(element, "val") or "").lower() not in _OFF


def number(element: etree._Element | None, default: int, name: str = "val") -> int:
    """Return a whole number in an attribute, `default` where there is none."""
    text = (attribute(element, name) or "").strip() if element is not None else ""
    digits = text.removeprefix("-")
    # Nine digits hold every honest value; longer ones are absurd, and int() refuses 5,000.
    return int(text) if digits.isdecimal() and len(digits) < 10 else default
