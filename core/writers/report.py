"""A new Word report for a source that is no Word file.

Prose, section headings and tables stand in the order of the source, with
merged cells as in its grids.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from lxml import etree

from core.document import Document, Paragraph, Table
from core.forms.alignment import ReportMatch
from core.version import DISPLAY_NAME
from core.writers.package import properties, repacked
from core.writers.report_table import WORD, run, table_element
from core.writers.texts import clean

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# A4 with the margins of GB/T 9704-2012, in twips.
_PAGE = {"w": 11906, "h": 16838}
_MARGINS = {"top": 2098, "right": 1474, "bottom": 1984, "left": 1587, "header": 851, "footer": 992}
_TEXT_WIDTH = _PAGE["w"] - _MARGINS["left"] - _MARGINS["right"]

_TITLE_FONT, _HEADING_FONT, _TEXT_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
_LATIN_FONT = "Times New Roman"

_SPACE = re.compile(r"\s")


def new_report(document: Document, match: ReportMatch) -> bytes:
    """Return a .docx with everything that a document says, in its order.

    Raises:
        SaveError: A table is too wide for Word.
    """
    word = _empty_word_document()
    body = word.element.body
    for element in _elements(document, match):
        body.insert(len(body) - 1, element)
    buffer = io.BytesIO()
    word.save(buffer)
    parts = properties(
        clean(document.title or ""), clean(document.agency or ""), application=DISPLAY_NAME
    )
    return repacked(buffer.getvalue(), lambda name, content: parts.get(name, content))


def _elements(document: Document, match: ReportMatch) -> Iterator[etree._Element]:
    title = document.title or ""
    if title and not _is_printed(document, title):
        yield _paragraph("Title", title)
    for section in document.sections:
        if section.heading:
            yield _paragraph("Heading1", section.heading)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                is_title = section.number == 0 and _is_part_of(title, block.text)
                yield _paragraph("Title" if is_title else "Normal", block.text)
            else:
                yield from _table(block, match)


def _table(table: Table, match: ReportMatch) -> Iterator[etree._Element]:
    """A table and an empty paragraph: Word makes one table of two that touch.

    Word allows no table without rows.
    """
    if table.caption:
        yield _paragraph("TableText", table.caption)
    if not table.cells:
        return
    yield table_element(table, match.by_table_id.get(table.id), _TEXT_WIDTH)
    yield _paragraph("TableText", "")


def _is_printed(document: Document, title: str) -> bool:
    """Return whether the prose before 一、 says the title, perhaps on several lines."""
    preface = document.section(0)
    said = "".join(paragraph.text for paragraph in preface.paragraphs) if preface else ""
    return _compact(title) in _compact(said)


def _is_part_of(title: str, text: str) -> bool:
    return len(_compact(text)) > 3 and _compact(text) in _compact(title)


def _compact(text: str) -> str:
    return _SPACE.sub("", text)


def _paragraph(style: str, text: str) -> etree._Element:
    own_indent = text[:1].isspace()
    indent = '<w:ind w:firstLine="0" w:firstLineChars="0"/>' if own_indent else ""
    return etree.fromstring(
        f'<w:p xmlns:w="{WORD}"><w:pPr><w:pStyle w:val="{style}"/>{indent}</w:pPr>{run(text)}</w:p>'
    )


def _empty_word_document() -> WordDocument:
    """Return python-docx's template without what an office's report has no use for."""
    import docx  # costs 60 ms, so only when a report is written

    word = docx.Document()
    _drop_unused_parts(word)
    _set_styles(cast("etree._Element", word.styles.element))
    section = word.element.body.sectPr
    assert section is not None
    section.getparent().replace(section, _page_setup())
    return word


def _drop_unused_parts(word: WordDocument) -> None:
    """Leave out a preview picture, an empty bibliography and styles for an older Word."""
    unused = ("/thumbnail", "/customXml", "/stylesWithEffects", "/numbering", "/webSettings")
    for holder in (word.part.package, word.part):
        for key, relationship in list(holder.rels.items()):
            if relationship.reltype.endswith(unused):
                del holder.rels[key]


def _page_setup() -> etree._Element:
    size = " ".join(f'w:{name}="{value}"' for name, value in _PAGE.items())
    margins = " ".join(f'w:{name}="{value}"' for name, value in _MARGINS.items())
    return etree.fromstring(
        f'<w:sectPr xmlns:w="{WORD}"><w:pgSz {size}/><w:pgMar {margins} w:gutter="0"/></w:sectPr>'
    )


def _set_styles(styles: etree._Element) -> None:
    """Replace the template's styles (over a hundred, for English letters) by those used here."""
    for element in list(styles):
        styles.remove(element)
    for element in etree.fromstring(f'<w:styles xmlns:w="{WORD}">{_STYLES}</w:styles>'):
        styles.append(element)


def _style(
    identifier: str, name: str, font: str, half_points: int, paragraph: str, following: str = ""
) -> str:
    default = ' w:default="1"' if identifier == "Normal" else ""
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    following = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"{based}{following}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{_fonts(font)}"
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
    )


def _fonts(font: str) -> str:
    return (
        f'<w:rFonts w:ascii="{_LATIN_FONT}" w:hAnsi="{_LATIN_FONT}" w:cs="{_LATIN_FONT}"'
        f' w:eastAsia="{font}"/>'
    )


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(_TEXT_FONT)}"
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
    + _style(
        "Normal",
        "Normal",
        _TEXT_FONT,
        32,
        '<w:spacing w:line="560" w:lineRule="exact"/>'
        '<w:ind w:firstLine="640" w:firstLineChars="200"/><w:jc w:val="both"/>',
    )
    + _style(
        "Title",
        "Title",
        _TITLE_FONT,
        44,
        '<w:spacing w:before="120" w:after="360" w:line="640" w:lineRule="exact"/>'
        '<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>',
        "Normal",
    )
    + _style(
        "Heading1",
        "heading 1",
        _HEADING_FONT,
        32,
        '<w:keepNext/><w:spacing w:before="120" w:after="120"/><w:outlineLvl w:val="0"/>',
        "Normal",
    )
    + _style(
        "TableText",
        "Table Text",
        _TEXT_FONT,
        21,
        '<w:spacing w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0" w:firstLineChars="0"/>'
        '<w:jc w:val="center"/>',
    )
    + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/>'
    '<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
    "</w:style>"
)
