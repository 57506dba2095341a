"""Accept or reject the revisions of a Word file, as its users do, by their meaning in the XML."""

import zipfile
from collections.abc import Callable
from io import BytesIO

from lxml import etree

from core.word.names import attribute, child, name_of
from tests.documents.word_package import package

Element = etree._Element
Chosen = Callable[[Element], bool]
_NAMES = {"delText": "t", "delInstrText": "instrText"}
_KINDS = {"ins": "in", "moveTo": "in", "del": "out", "moveFrom": "out"}
_CELL_KINDS = {"cellIns": "in", "cellDel": "out"}
_FORMATS = {"tcPrChange", "trPrChange"}


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everyone(_revision: Element) -> bool:
    """Choose all revisions."""
    return True


def by(author: str) -> Chosen:
    """Choose the revisions of one author."""
    return lambda revision: attribute(revision, "author") == author


def accepted(data: bytes, chosen: Chosen = everyone, main: str = "word/document.xml") -> bytes:
    """Return a file after its revisions were accepted."""
    return _decided(data, "out", chosen, main)


def rejected(data: bytes, chosen: Chosen = everyone, main: str = "word/document.xml") -> bytes:
    """Return a file after its revisions were rejected."""
    return _decided(data, "in", chosen, main)


def _decided(data: bytes, gone: str, chosen: Chosen, main: str) -> bytes:
    parts = parts_of(data)
    root = etree.fromstring(parts[main])
    _decide(root, gone, chosen)
    parts[main] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package(parts)


def _decide(root: Element, gone: str, chosen: Chosen) -> None:
    _decide_structure(root, gone, chosen)
    found = [each for each in root.iter("*") if name_of(each) in _KINDS and chosen(each)]
    ended = []
    for each in found:
        parent = each.getparent()
        if parent is None:
            continue
        if name_of(parent) == "rPr":
            paragraph = parent.getparent().getparent()
            if _KINDS[name_of(each)] == gone and name_of(paragraph) == "p":
                ended.append(paragraph)
            parent.remove(each)
        elif name_of(parent) not in {"trPr", "tcPr"}:
            _take_out(each) if _KINDS[name_of(each)] == gone else _unwrap(each)
    for paragraph in ended:
        _join(paragraph)


def _decide_structure(root: Element, gone: str, chosen: Chosen) -> None:
    """Let whole rows and cells stay or go, and their formats be the new or the old ones."""
    for each in [each for each in root.iter("*") if chosen(each)]:
        name, properties = name_of(each), each.getparent()
        if properties is None:
            continue
        if name in _FORMATS:
            holder = properties.getparent()
            if gone == "in" and holder is not None:
                holder.replace(properties, each[0])
            else:
                properties.remove(each)
        elif name in _CELL_KINDS or (name in _KINDS and name_of(properties) == "trPr"):
            if {**_KINDS, **_CELL_KINDS}[name] == gone:
                _take_out(properties.getparent())
            else:
                properties.remove(each)


def _take_out(element: Element) -> None:
    element.getparent().remove(element)


def _unwrap(element: Element) -> None:
    """Leave the content; what was deleted text is text again."""
    for each in element.iter("*"):
        if name_of(each) in _NAMES and not _still_deleted(each, element):
            each.tag = each.tag.replace(name_of(each), _NAMES[name_of(each)])
    parent = element.getparent()
    place = parent.index(element)
    for each in reversed(list(element)):
        parent.insert(place, each)
    parent.remove(element)


def _still_deleted(text: Element, decided: Element) -> bool:
    around = (each for each in text.iterancestors() if each is not decided)
    return name_of(decided) != "del" or any(name_of(each) == "del" for each in around)


def _join(paragraph: Element) -> None:
    """End a paragraph no longer: what it holds stands before the content of the next.

    The last one before a table, or of all, stays as an empty line.
    """
    following = paragraph.getnext()
    if following is None or name_of(following) != "p":
        return
    place = 1 if child(following, "pPr") is not None else 0
    for each in reversed([each for each in paragraph if name_of(each) != "pPr"]):
        following.insert(place, each)
    paragraph.getparent().remove(paragraph)
