"""A new cell of a Word file, and the format of a new row, in the format of a neighbour.

Nothing of the neighbour is copied that belongs to itself: no text, no id, no bookmark,
no content control, no revision, and no mark of a header row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.word.content import Element, Sight, blocks
from core.word.names import child, name_of, word_tags
from core.word.outline import Part
from core.writers.docx_cell_format import (
    CELL_FORMAT,
    CELL_PROPERTIES,
    CELL_REVISIONS,
    in_order,
    put_in,
)
from core.writers.docx_format import run_format, run_properties
from core.writers.docx_prose import paragraph_format
from core.writers.docx_revision import Names, Pen, Shading, Tracking, shade
from core.writers.docx_splice import Splice, appended, removed, without

# What belongs to the one cell: where it stands in a merge, and which headers it has.
_OWN_OF_CELL = {"vMerge", "headers"}
_ROW_FORMAT = (
    "cnfStyle",
    "gridBefore",
    "gridAfter",
    "wBefore",
    "wAfter",
    "cantSplit",
    "trHeight",
    "tblCellSpacing",
    "jc",
)
_ROW_REVISIONS = ("ins", "del", "trPrChange")
# How a row says that it ends before the table does.
_GAP = ("gridAfter", "wAfter")
WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo")
STRUCTURE_TAGS = word_tags(
    "tr",
    "tc",
    "trPr",
    "tcPr",
    "tblPrEx",
    *_ROW_REVISIONS,
    *CELL_PROPERTIES,
    *_ROW_FORMAT,
    *WRAPPERS,
)


class CellWriter:
    """Writes cells of a part; a pen says how it is shown that they are new."""

    def __init__(self, part: Part, pen: Pen | None, sight: Sight) -> None:
        self._part = part
        self._pen = pen
        self._sight = sight

    def cell(
        self, model: Element, width: Element, text: str, added: Mapping[str, str] | None = None
    ) -> str:
        """Return a w:tc with a text in the format of one cell and as wide as another one."""
        names = Names.at(self._part, model)
        tag = f"{names.element}tc"
        own = {**self._cell_format(model), **self._width(width), **(added or {})}
        if width is not model and "gridSpan" not in self._width(width):
            own.pop("gridSpan", None)
        if isinstance(self._pen, Shading):
            own["shd"] = shade(names)
        properties = f"<{tag}Pr>{in_order(own)}</{tag}Pr>" if own else ""
        paragraphs = "".join(self._paragraph(model, line) for line in text.split("\n"))
        return f"<{tag}>{properties}{paragraphs}</{tag}>"

    def _cell_format(self, model: Element) -> dict[str, str]:
        properties = child(model, "tcPr")
        found = [] if properties is None else list(properties)
        return {
            name_of(each): self._markup(each)
            for each in found
            if name_of(each) in CELL_FORMAT and name_of(each) not in _OWN_OF_CELL
        }

    def _width(self, model: Element) -> dict[str, str]:
        found = self._cell_format(model)
        return {name: found[name] for name in ("tcW", "gridSpan") if name in found}

    def _paragraph(self, model: Element, text: str) -> str:
        """Return a w:p like the first one of a cell, whose mark keeps the format of its text."""
        names = Names.at(self._part, model)
        paragraph = next((p for p in blocks(model, Sight()) if name_of(p) == "p"), None)
        runs = [] if paragraph is None else [r for r in paragraph.iter() if name_of(r) == "r"]
        formats = [found for run in runs if (found := run_properties(self._part, run))]
        own = formats[0] if formats else run_format(self._part, model, paragraph, self._sight)
        mark = own
        if isinstance(self._pen, Tracking):
            tag = f"{names.element}rPr"
            inner = own.removeprefix(f"<{tag}>").removesuffix(f"</{tag}>") if own else ""
            mark = f"<{tag}>{self._pen.mark('ins', names)}{inner if inner != own else ''}</{tag}>"
        kept = paragraph_format(self._part, paragraph) + mark
        properties = f"<{names.element}pPr>{kept}</{names.element}pPr>" if kept else ""
        run = ""
        if text:
            run = f"<{names.element}r>{own}{names.text(text)}</{names.element}r>"
            if isinstance(self._pen, Tracking):
                run = self._pen.inserted(names, run)
        return f"<{names.element}p>{properties}{run}</{names.element}p>"

    def row_format(self, model: Element, names: Names) -> str:
        """Return the w:tblPrEx and w:trPr of a new row like another one."""
        properties, exception = child(model, "trPr"), child(model, "tblPrEx")
        found = [] if properties is None else list(properties)
        kept = "".join(self._markup(each) for each in found if name_of(each) in _ROW_FORMAT)
        if isinstance(self._pen, Tracking):
            kept += self._pen.mark("ins", names)
        tag = f"{names.element}trPr"
        written = f"<{tag}>{kept}</{tag}>" if kept else ""
        if exception is None or child(exception, "tblPrExChange") is not None:
            return written
        return self._markup(exception) + written

    def without_gap(self, row: Element) -> Iterator[Splice]:
        """Let a row no longer say that it has no cells at its end."""
        properties = child(row, "trPr")
        gaps = [each for name in _GAP if (each := child(properties, name)) is not None]
        if not gaps or properties is None:
            return
        yield from (removed(self._part, each) for each in gaps)
        if isinstance(self._pen, Tracking) and child(properties, "trPrChange") is None:
            old = without(self._part, properties, _ROW_REVISIONS)
            change = self._pen.change("trPrChange", Names.at(self._part, properties), old)
            yield appended(self._part, properties, change)

    def merged(self, element: Element, template: str) -> list[Splice]:
        """Let a cell begin or continue a vertical merge; under revision its old format is kept."""
        names = Names.at(self._part, element)
        merge = template.format(names.element, names.declaration, names.attribute)
        properties = child(element, "tcPr")
        tag = f"{names.element}tcPr"
        added = {"vMerge": merge}
        if isinstance(self._pen, Tracking) and child(properties, "tcPrChange") is None:
            # What is not known belongs to the old format too, or would be gone once rejected.
            old = f"<{tag}/>"
            if properties is not None:
                old = without(self._part, properties, CELL_REVISIONS)
            added["tcPrChange"] = self._pen.change("tcPrChange", names, old)
        if properties is not None:
            return put_in(self._part, properties, added)
        extent = self._part.extents[element]
        place = extent.start + len(self._part.bytes(self._part.start_tag(extent)))
        written = f"<{tag}>{in_order(added)}</{tag}>"
        return [Splice(place, place, self._part.bytes(written))]

    def _markup(self, element: Element) -> str:
        extent = self._part.extents[element]
        return self._part.text(extent.start, extent.end)
