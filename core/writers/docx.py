"""A copy of a Word file in which what was edited says something else, byte for byte the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.document import CellRef, Document, fold
from core.errors import EditError
from core.readback import confirm_docx
from core.restructuring import Restructuring
from core.rewording import Rewording
from core.writers.docx_copy import Copy
from core.writers.marking import Marking, Mode

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLEAN = Marking()
_AS_READ = Rewording()
_SAME_TABLES = Restructuring()


def corrected_docx(
    data: bytes,
    source: Document,
    edits: Mapping[CellRef, str],
    marking: Marking = _CLEAN,
    rewording: Rewording = _AS_READ,
    restructuring: Restructuring = _SAME_TABLES,
) -> bytes:
    """Return the Word file `data`, read as `source`, with new texts in some cells and its prose.

    `restructuring` are the rows and cells that were put in; `edits` has the present
    addresses of cells, theirs among them.

    A line break in a text becomes one in the cell.  The first visible text of the
    cell takes the new one, with its format; an empty cell takes the format of its
    paragraph mark or of a neighbour.  A paragraph keeps the runs in which nothing
    changes.  A computed field that is changed becomes plain text, so that Word does
    not put the old number back.  `marking` says how changes are shown and what is
    said beside them.  Without any of them the bytes come back as they are.

    Raises:
        EditError: A text has characters that no Word file can hold, or there is no such cell.
        SaveError: The result does not read back as it should.
    """
    if not edits and not rewording and not restructuring and not marking.comments:
        return data
    present = restructuring.applied(source)
    for ref in edits:
        _require_cell(present, ref)
    for text in edits.values():
        _require_writable(text)
    copy = Copy(data, source, marking, restructuring)
    copy.edit_cells(edits)
    for paragraph, replacements in rewording.replaced.items():
        copy.reword(paragraph, replacements)
    for number, text in rewording.added.items():
        copy.add(number, text)
    result = copy.written()
    expected = rewording.applied(present.with_texts({r: fold(text) for r, text in edits.items()}))
    confirm_docx(result, expected, revised=marking.mode is Mode.TRACKED)
    return result


def _require_cell(present: Document, ref: CellRef) -> None:
    cell = present.cell(ref)
    if cell is None or (cell.row, cell.column) != (ref.row, ref.column):
        place = f"第 {ref.row + 1} 行第 {ref.column + 1} 列"
        raise EditError(
            f"表格 {ref.table} 的{place}在原文件里没有单元格，没有保存。请撤销这处修改。"
        )


def _require_writable(text: str) -> None:
    found = _NOT_IN_XML.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        raise EditError(f"单元格的新内容里有 Word 文件不能保存的控制字符（{code}），请删去后重试。")
