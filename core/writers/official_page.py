"""A new Word file on the page of GB/T 9704-2012: its body and everything around it.

The package is python-docx's; the pages are laid out as the standard says.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.version import DISPLAY_NAME
from core.writers.official_styles import WORD, style_parts
from core.writers.package import properties, repacked
from core.writers.texts import clean

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# A4 in twips.  Upright, the type area of 156 × 225 mm is 37 mm from the top and 28 mm from the
# left.  Across, the page is turned so that its top comes to the binding edge.
_SHORT, _LONG = 11906, 16838
_UPRIGHT = {"top": 2098, "right": 1474, "bottom": 1984, "left": 1587}
_ACROSS = {"top": 1587, "right": 2098, "bottom": 1474, "left": 1984}
# The dash beside the page number is 7 mm below the type area, so the middle of its line of
# 16 pt, whose lower edge is meant here.
_FOOTER, _FOOTER_ACROSS = 1427, 917

UPRIGHT_WIDTH = _SHORT - _UPRIGHT["left"] - _UPRIGHT["right"]
ACROSS_WIDTH = _LONG - _ACROSS["left"] - _ACROSS["right"]

# What python-docx's template has, and an office's report has no use for.
_UNUSED = (
    "/customXml",
    "/numbering",
    "/stylesWithEffects",
    "/theme",
    "/thumbnail",
    "/webSettings",
)


@dataclass(frozen=True)
class Piece:
    """A paragraph or table of the body as markup; `is_across` puts it on a page turned sideways."""

    markup: str
    is_across: bool = False

    @property
    def is_table(self) -> bool:
        """Whether it is a table, behind which Word asks for a paragraph."""
        return self.markup.startswith("<w:tbl>")


TABLE_END = '<w:p><w:pPr><w:pStyle w:val="TableEnd"/></w:pPr></w:p>'


def official_file(pieces: Iterable[Piece], title: str, author: str) -> bytes:
    """Return a .docx with a body; the same body gives the same bytes."""
    word = _empty_word_document(f"<w:body>{''.join(_body(list(pieces)))}</w:body>")
    # Later sections have the footers of the first one.
    for footer in (word.sections[0].footer, word.sections[0].even_page_footer):
        footer.is_linked_to_previous = False
    buffer = io.BytesIO()
    word.save(buffer)
    parts = {
        **properties(clean(title), clean(author), application=DISPLAY_NAME),
        **style_parts(),
    }
    return repacked(buffer.getvalue(), lambda name, content: parts.get(name, content))


def _empty_word_document(body: str) -> WordDocument:
    """Return python-docx's template with another body, and without what is of no use here."""
    import docx  # costs 60 ms, so only when a report is written
    from docx.oxml import parse_xml

    word = docx.Document()
    for holder in (word.part.package, word.part):
        for key, relationship in list(holder.rels.items()):
            if relationship.reltype.endswith(_UNUSED):
                del holder.rels[key]
    element = word.element
    parsed = parse_xml(f'<w:document xmlns:w="{WORD}">{body}</w:document>')
    element.replace(element.body, parsed[0])
    return word


def _body(pieces: Sequence[Piece]) -> Iterable[str]:
    """Yield the body; before a page is turned a paragraph ends its section, as Word wants it."""
    for number, piece in enumerate(pieces):
        following = pieces[number + 1] if number + 1 < len(pieces) else None
        yield piece.markup
        turns = following is not None and following.is_across != piece.is_across
        if turns:
            properties = f'<w:pStyle w:val="TableEnd"/>{_section(piece.is_across)}'
            yield f"<w:p><w:pPr>{properties}</w:pPr></w:p>"
        elif piece.is_table and (following is None or following.is_table):
            yield TABLE_END
    yield _section(bool(pieces) and pieces[-1].is_across)


def _section(is_across: bool) -> str:
    width, height = (_LONG, _SHORT) if is_across else (_SHORT, _LONG)
    turned = ' w:orient="landscape"' if is_across else ""
    sides = " ".join(
        f'w:{side}="{twips}"' for side, twips in (_ACROSS if is_across else _UPRIGHT).items()
    )
    footer = _FOOTER_ACROSS if is_across else _FOOTER
    return (
        "<w:sectPr>"
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar {sides} w:header="851" w:footer="{footer}" w:gutter="0"/>'
        '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"/></w:sectPr>'
    )
