"""Read a web page, also one that is named .doc or .xls: bytes in, `Document` out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from core.document import Document, Paragraph, Provenance, fold
from core.errors import UnreadableFileError
from core.progress import Progress, silent
from core.readers.encoding import decode
from core.readers.headings import is_known_heading
from core.readers.html_article import Seen, article
from core.readers.html_table import read_table
from core.readers.html_text import (
    BLOCK_TAGS,
    LineBuffer,
    Walk,
    is_hidden,
    is_silent,
    line_of,
    tag_of,
)
from core.readers.structure import build_document

# The parser drops what is deeper without a word, so a page near it is refused.
_DEEPEST = 2_000
# A parsed tag costs some hundred bytes; real reports have a few ten thousand.
_MOST_TAGS = 400_000
_PROGRESS_EVERY = 2_000

_TOO_DEEP = (
    "网页的结构嵌套太深，没有打开，原文件没有改动。请用浏览器或 Word 打开它，另存为 .docx 后再试。"
)
_TOO_MANY_TAGS = (
    f"网页太大（超过 {_MOST_TAGS // 10_000} 万个标记），没有打开，原文件没有改动。"
    "请只保留年度报告的内容后再试。"
)
_HIDDEN_TABLE = "网页里有隐藏的表格内容，浏览器里看不到，没有读取。如需要请在网页中显示后重新保存。"
_CHROME = "网页正文前后的菜单、链接、页脚等 {count} 段文字不属于年度报告，没有读取。"
_DELETED = "网页里有标记为删除的文字，没有计入。"


def read_html(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Return the prose and tables of a web page in document order.

    What a browser shows counts: white space collapsed, scripts, comments and hidden
    elements left out.  A table whose cell holds a table, or that has one cell
    only, is layout: its content is read as if it stood in the page itself.
    What surrounds the report, such as menus, is left out where its headings tell
    what that is.

    Raises:
        UnreadableFileError: It cannot be decoded, is too large or nested too deeply.
    """
    decoded = decode(data)
    root = _parse(decoded.text)
    if root is None:
        return build_document("html", (), None, decoded.notices)
    layout = _layout_tables(root)
    blocks, left_out = article(list(_blocks(root, layout, progress)))
    notices = decoded.notices + _notices(root)
    if left_out:
        notices += (_CHROME.format(count=left_out),)
    return build_document("html", blocks, _title(root), notices)


def _parse(text: str) -> etree._Element | None:
    if text.count("<") > _MOST_TAGS:
        raise UnreadableFileError(_TOO_MANY_TAGS)
    parser = etree.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8"
    )
    # A zero character would end the page for the parser.
    root = etree.fromstring(text.replace("\0", "\ufffd").encode("utf-8"), parser)
    return root if isinstance(root, etree._Element) else None


def _layout_tables(root: etree._Element) -> frozenset[etree._Element]:
    """Return the tables that only arrange the page: around another table, or of one cell."""
    layout: set[etree._Element] = set()
    open_tables: list[tuple[etree._Element, list[etree._Element]]] = []
    depth = 0
    for step in Walk(root):
        depth += 1 if step.begins else -1
        if depth > _DEEPEST:
            raise UnreadableFileError(_TOO_DEEP, f"deeper than {_DEEPEST}")
        tag = tag_of(step.element)
        if tag == "table" and step.begins:
            layout.update(table for table, _ in open_tables)
            open_tables.append((step.element, []))
        elif tag == "table":
            table, cells = open_tables.pop()
            if len(cells) <= 1:
                layout.add(table)
        elif tag in ("td", "th") and step.begins and open_tables:
            open_tables[-1][1].append(step.element)
    return frozenset(layout)


def _blocks(
    root: etree._Element, layout: frozenset[etree._Element], progress: Progress
) -> Iterator[Seen]:
    buffer = LineBuffer()
    walk = Walk(root)
    for count, step in enumerate(walk):
        if count % _PROGRESS_EVERY == 0:
            progress(0, 1)
        element, tag = step.element, tag_of(step.element)
        if tag in BLOCK_TAGS:
            yield from _paragraphs(buffer)
        if not step.begins:
            buffer.end(element)
        elif is_silent(element):
            walk.skip()
        elif tag == "table" and element not in layout:
            yield from _table(element)
            walk.skip()
        else:
            buffer.begin(element)
    yield from _paragraphs(buffer)
    progress(1, 1)


def _table(element: etree._Element) -> Iterator[Seen]:
    table, loose = read_table(element)
    # Browsers move text that stands in a table outside of its cells before the table.
    for text in loose:
        yield Seen(Paragraph(text, Provenance(line=line_of(element))), element)
    if table is not None:
        yield Seen(table, element)


def _paragraphs(buffer: LineBuffer) -> Iterator[Seen]:
    """Yield what the buffer holds; a heading or an empty line inside it divides it."""
    line = buffer.line
    lines, element = buffer.take()
    if element is None:
        return
    divided = any(is_known_heading(text) for text in lines)
    part: list[str] = []
    for text in [*lines, ""]:
        if part and (divided or not fold(text)):
            yield Seen(Paragraph("\n".join(part), Provenance(line=line)), element)
            part = []
        if fold(text):
            part.append(text)


def _title(root: etree._Element) -> str | None:
    """Return the page's title, preferably the one that the editing system gives the article."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle" and meta.get("content"):
            return meta.get("content")
    titles = ("".join(_texts(title)) for title in root.iter("title"))
    return next((title for title in titles if title.strip()), None)


def _notices(root: etree._Element) -> tuple[str, ...]:
    notices = []
    if any(is_hidden(element) and _has_cells(element) for element in root.iter("*")):
        notices.append(_HIDDEN_TABLE)
    if any("".join(_texts(element)).strip() for element in root.iter("del")):
        notices.append(_DELETED)
    return tuple(notices)


def _has_cells(element: etree._Element) -> bool:
    cells = (element,) if tag_of(element) in ("td", "th") else element.iter("td", "th")
    return any(fold("".join(_texts(cell))) for cell in cells)


def _texts(element: etree._Element) -> Iterator[str]:
    return (str(text) for text in element.itertext())
