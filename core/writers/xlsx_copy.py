"""A copy of an .xlsx workbook in which what was edited says something else, all else byte for byte.

Each edited cell is spliced into its sheet's XML.  More changes only if the workbook
has formulas: this program computes none, so the stored results that depend on an
edited cell are taken out (a number that is no longer true would stay in previews
and in LibreOffice), the workbook's own part asks for all formulas to be computed on
opening, and the chain of calculation must not name a cell whose formula gave way
to a value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from core.document import Block, Cell, CellRef, Document, Paragraph, fold
from core.errors import EditError, SaveError
from core.excel.book import Book, SheetPart, read_book, relations, whole
from core.excel.names import Area, area_of, cell_at, cell_name
from core.excel.texts import LONGEST_TEXT
from core.excel.typed import typed_number
from core.numbers import plain
from core.readback import confirm_xlsx
from core.rewording import Rewording, replaced_text
from core.word.outline import read_part
from core.writable import UNWRITABLE
from core.writers.docx_splice import spliced
from core.writers.docx_zip import Archive
from core.writers.xlsx_calc import recalculated, without_in_chain
from core.writers.xlsx_cells import SHEET_TAGS, NewContent, SheetCells
from core.writers.xlsx_stale import stale_places

_AS_READ = Rewording()
_SAFE = "没有保存，原文件没有改动。"
_OTHER_FILE = f"要复制的 Excel 文件与打开时读到的不一样，{_SAFE}请重新打开它，再做修改。"
_NO_ADDING = f"Excel 工作簿的副本里不能添加段落，{_SAFE}请撤销添加的段落，或者另存为 Word 文件。"
_DIVIDED = (
    "这段文字与别的段落在同一个单元格里（{name}），不能单独修改，"
    f"{_SAFE}请在 Excel 或 WPS 中修改它，再重新打开核对。"
)
_NO_CELL = (
    f"表格 {{table}} 的第 {{row}} 行第 {{column}} 列在原文件里没有单元格，{_SAFE}请撤销这处修改。"
)
_TITLE = (
    "单元格 {name} 是 Excel 表格（套用表格格式）的标题，不能单独修改，"
    f"{_SAFE}请在 Excel 或 WPS 中修改它，再重新打开核对。"
)
_UNWRITABLE = f"单元格的新内容里有 Excel 文件不能保存的字符，或者太长，{_SAFE}请改短后重试。"

_Place = tuple[int, int]


@dataclass
class _Changes:
    """What is to be written into a sheet, and which of it is prose, which is never a number."""

    texts: dict[_Place, str] = field(default_factory=dict)
    prose: set[_Place] = field(default_factory=set)


def corrected_xlsx(
    data: bytes,
    source: Document,
    edits: Mapping[CellRef, str],
    rewording: Rewording = _AS_READ,
) -> bytes:
    """Return the workbook `data`, read as `source`, with new texts in some cells and its prose.

    A text that is a number in the cell's format is stored as one, any other as a
    text that no program takes for a formula; the cell keeps its style.  A formula
    in an edited cell gives way to the value.  Without edits the bytes come back.

    Raises:
        EditError: A cell cannot be changed alone, or a text cannot be written.
        SaveError: The result does not read back as it should.
    """
    if not edits and not rewording:
        return data
    changes = _by_sheet(source, edits, rewording)
    copy = _Copy(data)
    shown = {part: copy.change(part, each) for part, each in changes.items()}
    result = copy.written()
    expected = _expected(source, edits, rewording, shown)
    confirm_xlsx(result, _without(expected, copy.forgotten))
    return result


def _by_sheet(
    source: Document, edits: Mapping[CellRef, str], rewording: Rewording
) -> dict[str, _Changes]:
    """Return the new texts by sheet and place.

    Raises:
        EditError: One has no cell of its own in the file.
    """
    if rewording.added:
        raise EditError(_NO_ADDING)
    changes: dict[str, _Changes] = {}
    for ref, text in edits.items():
        place = _place(_cell(source, ref))
        _require_writable(text)
        changes.setdefault(place[0], _Changes()).texts[place[1]] = fold(text)
    for paragraph, text in _reworded(source, rewording):
        place = _place(paragraph)
        _require_writable(text)
        changes.setdefault(place[0], _Changes()).texts[place[1]] = text
        changes[place[0]].prose.add(place[1])
    return changes


def _cell(source: Document, ref: CellRef) -> Cell:
    cell = source.cell(ref)
    if cell is None or (cell.row, cell.column) != (ref.row, ref.column):
        said = {"table": ref.table, "row": ref.row + 1, "column": ref.column + 1}
        raise EditError(_NO_CELL.format(**said))
    return cell


def _reworded(source: Document, rewording: Rewording) -> Iterator[tuple[Paragraph, str]]:
    everything = [p for section in source.sections for p in section.paragraphs]
    headings = [section.heading_provenance for section in source.sections]
    places = [*(paragraph.provenance for paragraph in everything), *headings]
    for ref, replacements in rewording.replaced.items():
        section = source.section(ref.section)
        if section is None or ref.paragraph >= len(section.paragraphs):
            raise SaveError(_OTHER_FILE)
        paragraph = section.paragraphs[ref.paragraph]
        if places.count(paragraph.provenance) > 1:
            raise EditError(_DIVIDED.format(name=paragraph.provenance.cell))
        yield paragraph, replaced_text(paragraph.text, replacements)


def _place(found: Cell | Paragraph) -> tuple[str, _Place]:
    place = cell_at(found.provenance.cell)
    if place is None:
        raise SaveError(_OTHER_FILE)
    return found.provenance.part, place


def _require_writable(text: str) -> None:
    if UNWRITABLE.search(text) or len(text) > LONGEST_TEXT:
        raise EditError(_UNWRITABLE)


def _expected(
    source: Document,
    edits: Mapping[CellRef, str],
    rewording: Rewording,
    shown: Mapping[str, Mapping[_Place, str]],
) -> Document:
    """Return what the copy should read as: a number may be shown with separators and a unit."""
    texts = {}
    for ref in edits:
        part, place = _place(_cell(source, ref))
        texts[ref] = shown[part][place]
    return rewording.applied(source.with_texts(texts))


def _without(document: Document, forgotten: Mapping[str, Collection[_Place]]) -> Document:
    """Return a document in which some cells of the file show nothing."""

    def is_forgotten(found: Cell | Paragraph) -> bool:
        return cell_at(found.provenance.cell) in forgotten.get(found.provenance.part, ())

    def block(found: Block) -> Block:
        if isinstance(found, Paragraph):
            return replace(found, text="") if is_forgotten(found) else found
        cells = (replace(each, text="") if is_forgotten(each) else each for each in found.cells)
        return replace(found, cells=tuple(cells))

    sections = (
        replace(section, blocks=tuple(map(block, section.blocks))) for section in document.sections
    )
    return replace(document, sections=tuple(sections)) if forgotten else document


class _Copy:
    """A workbook on the way: its package, and the parts that change."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        book = read_book(self._archive)
        if book is None:
            raise SaveError(_OTHER_FILE)
        self._book: Book = book
        self._changed: dict[str, dict[_Place, NewContent]] = {}
        self.forgotten: dict[str, set[_Place]] = {}

    def change(self, part: str, changes: _Changes) -> dict[_Place, str]:
        """Write into a sheet; return what its cells show then."""
        sheet = next((s for s in self._book.sheets if s.part.lower() == part.lower()), None)
        if sheet is None:
            raise SaveError(_OTHER_FILE)
        self._refuse_titles(sheet, changes)
        cells = self._sheets[sheet]
        shown: dict[_Place, str] = {}
        contents: dict[_Place, NewContent] = {}
        for place, text in changes.texts.items():
            code = self._book.style(cells.style(place)).code
            typed = None
            if place not in changes.prose:
                typed = typed_number(text, code, from_1904=self._book.is_from_1904)
            shown[place] = typed.shown if typed else text
            contents[place] = NewContent(plain(typed.value), True) if typed else NewContent(text)
        self._changed[sheet.name] = contents
        return shown

    def written(self) -> bytes:
        """Return the package with all changes made."""
        workbook, parts = self._book.part, self._changed_sheets()
        if any(cells.formulas for cells in self._sheets.values()):
            if changed := recalculated(self._archive, workbook):
                parts[workbook] = changed
            parts |= without_in_chain(self._archive, workbook, self._gone())
        return self._archive.with_parts(parts)

    @cached_property
    def _sheets(self) -> dict[SheetPart, SheetCells]:
        return {
            sheet: SheetCells(read_part(self._archive.read(sheet.part), SHEET_TAGS))
            for sheet in self._book.sheets
        }

    def _changed_sheets(self) -> dict[str, bytes]:
        formulas = {sheet.name: cells.formulas for sheet, cells in self._sheets.items()}
        stale = stale_places(formulas, self._changed)
        parts: dict[str, bytes] = {}
        for sheet, cells in self._sheets.items():
            contents, forgotten = self._changed.get(sheet.name, {}), stale.get(sheet.name, set())
            if contents or forgotten:
                splices = [*cells.splices(contents), *cells.forget(forgotten)]
                parts[sheet.part] = spliced(cells.data, splices)
                self.forgotten[sheet.part] = forgotten
        return parts

    def _gone(self) -> set[tuple[str, str]]:
        """Return the cells that have formulas no more, by their sheets' numbers."""
        return {
            (sheet.number, cell_name(*place))
            for sheet, cells in self._sheets.items()
            for place in self._changed.get(sheet.name, {})
            if place in cells.formulas
        }

    def _refuse_titles(self, sheet: SheetPart, changes: _Changes) -> None:
        """Refuse to change a title of a table of Excel's own, which names its column as well."""
        for relation in relations(self._archive, sheet.part):
            if relation.kind != "table" or not self._archive.has(relation.target):
                continue
            root = read_part(self._archive.read(relation.target)).root
            area, titles = area_of(root.get("ref") or ""), whole(root.get("headerRowCount"), 1)
            if area is None:
                continue
            last = area.top + titles - 1
            header = Area(area.top, area.left, last, area.right)
            for place in changes.texts:
                if header.has(*place):
                    raise EditError(_TITLE.format(name=cell_name(*place)))
