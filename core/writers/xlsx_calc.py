"""What a workbook remembers of its formulas: the order of computing, and when to compute anew."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from core.excel.book import is_on, named, relations, whole
from core.excel.names import name_of_tag, sheet_tags
from core.word.content import Element
from core.word.outline import Part, read_part
from core.word.relations import Parts, relations_name
from core.writers.docx_splice import Splice, prefix_of, removed, spliced

_CONTENT_TYPES = "[Content_Types].xml"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# What stands before calcPr in a workbook (ECMA-376 part 1, 18.2.27).
_BEFORE = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews"),
    *("sheets", "functionGroups", "externalReferences", "definedNames"),
)
_WORKBOOK_TAGS = sheet_tags("calcPr", *_BEFORE)
_FULL = re.compile(r"""\sfullCalcOnLoad\s*=\s*(?:"[^"]*"|'[^']*')""")


def recalculated(parts: Parts, workbook: str) -> bytes | None:
    """Return the workbook's part with the wish to compute all formulas on opening.

    None where it has that wish already.
    """
    part = read_part(parts.read(workbook), _WORKBOOK_TAGS)
    present = next(named(part.root, "calcPr"), None)
    if present is not None and is_on(present, "fullCalcOnLoad"):
        return None
    if present is not None:
        extent = part.extents[present]
        tag = part.start_tag(extent)
        name = f"<{prefix_of(part, present)}calcPr"
        changed = f'{name} fullCalcOnLoad="1"{_FULL.sub("", tag)[len(name) :]}'
        end = extent.start + len(part.bytes(tag))
        return spliced(part.data, [Splice(extent.start, end, part.bytes(changed))])
    before = [each for each in part.root if name_of_tag(each.tag) in _BEFORE][-1]
    end = part.extents[before].end
    markup = f'<{prefix_of(part, before)}calcPr fullCalcOnLoad="1"/>'
    return spliced(part.data, [Splice(end, end, part.bytes(markup))])


def without_in_chain(
    parts: Parts, workbook: str, gone: Collection[tuple[str, str]]
) -> dict[str, bytes]:
    """Return the parts that change when cells have formulas no more.

    `gone` are the numbers of sheets and names of cells.  A chain that would be
    empty is not referred to any more: Excel takes one without entries for damage.
    """
    chain = next((r for r in relations(parts, workbook) if r.kind == "calcChain"), None)
    if chain is None or not gone or not parts.has(chain.target):
        return {}
    part = read_part(parts.read(chain.target), sheet_tags("c"))
    entries = list(_entries(part.root))
    if not any(entry[1:] in gone for entry in entries):
        return {}
    if all(entry[1:] in gone for entry in entries):
        return dict(_unlinked(parts, workbook, chain.id, chain.target))
    return {chain.target: spliced(part.data, _removed(part, entries, gone))}


def _entries(root: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield each entry with its sheet, which it takes from the one before where it says none."""
    sheet = ""
    for each in named(root, "c"):
        sheet = each.get("i") or sheet
        yield each, sheet, each.get("r") or ""


def _removed(
    part: Part, entries: list[tuple[Element, str, str]], gone: Collection[tuple[str, str]]
) -> Iterator[Splice]:
    said = ""
    for element, sheet, name in entries:
        if (sheet, name) in gone:
            yield removed(part, element)
            continue
        if element.get("i") is None and said != sheet:
            # The entry that named its sheet is gone.
            start = part.extents[element].start + len(part.bytes(f"<{prefix_of(part, element)}c"))
            yield Splice(start, start, part.bytes(f' i="{whole(sheet, 1)}"'))
        said = sheet


def _unlinked(
    parts: Parts, workbook: str, relation: str, target: str
) -> Iterator[tuple[str, bytes]]:
    name = relations_name(workbook)
    links = read_part(parts.read(name), {_RELATION})
    chosen = [each for each in links.root if each.get("Id") == relation]
    yield name, spliced(links.data, [removed(links, each) for each in chosen])
    types = read_part(parts.read(_CONTENT_TYPES), {_OVERRIDE})
    named_so = [
        each
        for each in types.root.iter(_OVERRIDE)
        if (each.get("PartName") or "").lstrip("/").lower() == target.lower()
    ]
    yield _CONTENT_TYPES, spliced(types.data, [removed(types, each) for each in named_so])
