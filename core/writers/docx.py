"""A copy of a Word file in which the edited cells say something else, byte for byte the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from core.document import Cell, CellRef, Document, fold
from core.errors import EditError, SaveError
from core.readback import confirm_docx
from core.word.content import Sight, cell_text
from core.word.outline import read_part
from core.word.relations import hidden_styles
from core.writers.docx_cell import EDITED_TAGS, cell_splices
from core.writers.docx_splice import Splice, spliced
from core.writers.docx_zip import Archive

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OTHER_FILE = (
    "要复制的 Word 文件与打开时读到的不一样，没有保存，原文件没有改动。请重新打开它，再做修改。"
)


def corrected_docx(data: bytes, source: Document, edits: Mapping[CellRef, str]) -> bytes:
    """Return the Word file `data`, read as `source`, with new texts in some cells.

    A line break in a text becomes one in the cell.  The first visible text of the
    cell takes the new one, with its format; an empty cell takes the format of its
    paragraph mark or of a neighbour.  A computed field in an edited cell becomes
    plain text, so that Word does not put the old number back.  Without edits the
    bytes come back as they are.

    Raises:
        EditError: A text has characters that no Word file can hold, or there is no such cell.
        SaveError: The result does not read back as it should.
    """
    if not edits:
        return data
    cells = {ref: _cell(source, ref) for ref in edits}
    for text in edits.values():
        _require_writable(text)
    archive = Archive(data)
    name = _part_name(cells.values())
    part = read_part(_read(archive, name), EDITED_TAGS)
    sight = Sight(hidden_styles(archive, name))
    found = {(extent.start, extent.end): each for each, extent in part.extents.items()}
    splices: list[Splice] = []
    for ref, cell in cells.items():
        element = found.get((cell.provenance.start or 0, cell.provenance.end or 0))
        if element is None or fold(cell_text(element, sight)) != cell.text:
            raise SaveError(_OTHER_FILE)
        splices += cell_splices(part, element, _lines(edits[ref]), sight)
    result = archive.with_part(name, spliced(part.data, splices))
    confirm_docx(result, source, edits)
    return result


def _cell(source: Document, ref: CellRef) -> Cell:
    cell = source.cell(ref)
    if cell is None or (cell.row, cell.column) != (ref.row, ref.column):
        place = f"第 {ref.row + 1} 行第 {ref.column + 1} 列"
        raise EditError(
            f"表格 {ref.table} 的{place}在原文件里没有单元格，没有保存。请撤销这处修改。"
        )
    return cell


def _require_writable(text: str) -> None:
    found = _NOT_IN_XML.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        raise EditError(f"单元格的新内容里有 Word 文件不能保存的控制字符（{code}），请删去后重试。")


def _part_name(cells: Iterable[Cell]) -> str:
    names = {cell.provenance.part for cell in cells}
    if len(names) != 1:
        raise SaveError(_OTHER_FILE)
    return names.pop()


def _read(archive: Archive, name: str) -> bytes:
    if not archive.has(name):
        raise SaveError(_OTHER_FILE)
    return archive.read(name)


def _lines(text: str) -> list[str]:
    return fold(text).split("\n")
