"""A new Word file on the page of GB/T 9704-2012: its body and everything around it.

Nothing but what is needed: no template, no preview picture, no empty parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.version import DISPLAY_NAME
from core.writers.official_styles import WORD, style_parts
from core.writers.package import packed, properties
from core.writers.texts import clean

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

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Part, its content type behind the office's prefix, relationship, id.
_PARTS = (
    ("styles", "styles", "styles", "rId1"),
    ("settings", "settings", "settings", "rId2"),
    ("fontTable", "fontTable", "fontTable", "rId3"),
    ("footer1", "footer", "footer", "rId4"),
    ("footer2", "footer", "footer", "rId5"),
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
    body = "".join(_body(list(pieces)))
    document = f'<w:document xmlns:w="{WORD}" xmlns:r="{_RELATIONS}"><w:body>{body}</w:body>'
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (
                ("rId1", f"{_RELATIONS}/officeDocument", "word/document.xml"),
                (
                    "rId2",
                    f"{_PACKAGE}/relationships/metadata/core-properties",
                    "docProps/core.xml",
                ),
                ("rId3", f"{_RELATIONS}/extended-properties", "docProps/app.xml"),
            )
        ),
        **properties(clean(title), clean(author), application=DISPLAY_NAME),
        "word/document.xml": f"{_XML}{document}</w:document>".encode(),
        "word/_rels/document.xml.rels": _relationships(
            tuple(
                (identifier, f"{_RELATIONS}/{kind}", f"{part}.xml")
                for part, _, kind, identifier in _PARTS
            )
        ),
        **style_parts(),
    }
    return packed(parts)


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
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
        '<w:footerReference w:type="even" r:id="rId5"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar {sides} w:header="851" w:footer="{footer}" w:gutter="0"/>'
        '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"/></w:sectPr>'
    )


def _content_types() -> bytes:
    main = f"{_OFFICE}.wordprocessingml"
    overrides = [
        ("/word/document.xml", f"{main}.document.main+xml"),
        *((f"/word/{part}.xml", f"{main}.{kind}+xml") for part, kind, _, _ in _PARTS),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", f"{_OFFICE}.extended-properties+xml"),
    ]
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    ).encode()


def _relationships(entries: Iterable[tuple[str, str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"/>'
        for identifier, kind, target in entries
    )
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
    ).encode()
