"""Read an XML part of an Office package as a tree, and know each element's bytes in it.

lxml gives the tree and expat the byte offsets; both see the same elements in the
same order, and that order pairs them.  A part is refused before lxml builds a
tree from it if it has a DTD or too many elements.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

from core.errors import UnreadableFileError

MAX_ELEMENTS = 400_000

_SAFE = "没有打开，原文件没有改动。"
_OTHER_PROGRAM = "请用 Office 或 WPS 打开并另存为新的 .docx 或 .xlsx 后再试。"
_DTD = f"文档内部带有 DTD 声明，这在 Office 文件里不允许，可能有害，{_SAFE}{_OTHER_PROGRAM}"
_BROKEN = f"文档内部的内容已损坏，{_SAFE}{_OTHER_PROGRAM}"
_TOO_MANY = (
    f"文档的内容太多（超过 {MAX_ELEMENTS // 10_000} 万个元素），为防止卡死{_SAFE}"
    "请只保留年度报告的内容后重新打开。"
)

# An empty element's tag, or the start tag of another one; a quoted value may hold ">".
_TAG = re.compile(r"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_DECLARED = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']"""
)


@dataclass(slots=True)
class Extent:
    """The bytes of one element: `start` of its first tag, `end` behind its last.

    `close` is where its end tag begins; None for an empty tag such as <w:t/>.
    """

    tag: str
    start: int
    end: int = -1
    close: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a package: its bytes, its tree, and the extents of the wanted elements."""

    data: bytes
    root: etree._Element
    extents: Mapping[etree._Element, Extent]
    codec: str

    def text(self, start: int, end: int) -> str:
        """Return some bytes of the part as text."""
        return self.data[start:end].decode(self.codec)

    def bytes(self, text: str) -> bytes:
        """Return markup in the part's encoding, without a byte order mark."""
        return text.encode(self.codec, "xmlcharrefreplace")

    def start_tag(self, extent: Extent) -> str:
        """Return the first tag of an element as it stands in the part."""
        stop = extent.end if extent.close is None else extent.close
        found = _TAG.match(self.text(extent.start, stop))
        if found is None:
            raise ValueError(f"no tag at byte {extent.start}")
        return found[0]


def xml_parser() -> etree.XMLParser:
    """Return a parser that fetches nothing, expands nothing and keeps libxml2's limits."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def read_part(data: bytes, wanted: Collection[str] = ()) -> Part:
    """Return a part with the extents of all elements whose lxml tag is `wanted`.

    Raises:
        UnreadableFileError: The part has a DTD, more than 400,000 elements, an
            unknown encoding, or is not well-formed.
    """
    codec = _codec(data)
    extents = _Outline(data, frozenset(wanted), codec).extents
    try:
        root = etree.fromstring(data, xml_parser())
    except (etree.LxmlError, LookupError, ValueError) as error:
        raise UnreadableFileError(_BROKEN, repr(error)) from error
    return Part(data, root, dict(_paired(root, wanted, extents)), codec)


def refuse_dtd(chunks: Iterable[bytes]) -> None:
    """Refuse a part, given in pieces, that has a DTD; stop at its first element.

    A part that nobody reads here would still go into the saved copy.  What is no
    XML at all has no DTD: whether that matters is for its reader to say.

    Raises:
        UnreadableFileError: It has a DTD.
    """
    met: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_declaration: met.append(True)
    parser.StartElementHandler = lambda *_element: met.append(False)
    with suppress(expat.ExpatError, LookupError, ValueError):
        for chunk in chunks:
            parser.Parse(chunk, False)
            if met:
                break
    if met[:1] == [True]:
        raise UnreadableFileError(_DTD)


def _paired(
    root: etree._Element, wanted: Collection[str], extents: list[Extent]
) -> Iterator[tuple[etree._Element, Extent]]:
    elements = list(root.iter(*wanted)) if wanted else []
    if [element.tag for element in elements] != [extent.tag for extent in extents]:
        # Two parsers that disagree on what the part says: neither can be trusted.
        raise UnreadableFileError(_BROKEN, "expat and libxml2 found different elements")
    return zip(elements, extents, strict=True)


def _codec(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"<\0")):
        return "utf-16-le"
    if data.startswith((b"\xfe\xff", b"\0<")):
        return "utf-16-be"
    declared = _DECLARED.match(data)
    return declared[1].decode("ascii") if declared else "utf-8"


class _Outline:
    """One pass of expat over a part: counts all elements, notes the bytes of the wanted ones."""

    def __init__(self, data: bytes, wanted: frozenset[str], codec: str) -> None:
        self.extents: list[Extent] = []
        self._data = data
        self._codec = codec
        self._wanted = {tag.removeprefix("{"): tag for tag in wanted}
        self._open: list[tuple[Extent, int]] = []
        self._count = 0
        # Separated by "}", expat's names are lxml's tags without the leading brace.
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.ordered_attributes = True
        self._parser.StartDoctypeDeclHandler = self._refuse_dtd
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:
            self._width = len(">".encode(codec))
            self._parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise UnreadableFileError(_BROKEN, repr(error)) from error

    def _refuse_dtd(self, *_declaration: object) -> None:
        raise UnreadableFileError(_DTD)

    def _start(self, name: str, _attributes: list[str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise UnreadableFileError(_TOO_MANY)
        if name in self._wanted:
            extent = Extent(self._wanted[name], self._parser.CurrentByteIndex)
            self.extents.append(extent)
            self._open.append((extent, self._count))

    def _end(self, name: str) -> None:
        if name not in self._wanted:
            return
        extent, count = self._open.pop()
        index = self._parser.CurrentByteIndex
        if count == self._count and self._is_one_tag(extent.start, index):
            extent.end = index
        else:
            extent.close = index
            extent.end = self._behind_tag(index)

    def _is_one_tag(self, start: int, end: int) -> bool:
        """Whether an element without children is a lone tag.

        Expat stands behind an empty tag when it reports its end, but in front of an end tag.
        """
        if self._data[end - 2 * self._width : end] != "/>".encode(self._codec):
            return False
        return _TAG.fullmatch(self._data[start:end].decode(self._codec)) is not None

    def _behind_tag(self, index: int) -> int:
        mark = ">".encode(self._codec)
        found = self._data.index(mark, index)
        while (found - index) % self._width:
            found = self._data.index(mark, found + 1)
        return found + self._width
