"""Make a table of the rows that were read from text, with the spans that the form prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.document import Confidence, Provenance, Table
from core.forms.model import FormCell, short_label
from core.readers.grid import Grid
from core.readers.text_lines import Piece
from core.readers.text_walk import Reading, ReadRow

_SHORT_NOTE = (
    "“{label}”一行只有 {count} 个数，比其他行少 1 个：各数从左依次对应，末尾的“总计”按缺填处理，"
    "请与原文核对这一行。"
)
_GLUED_NOTE = (
    "本表的数字之间没有分隔，按格式的格数切开：只在仅有一种切法时采用，假定没有空白单元格；"
    "有几种切法的单元格没有取值，请对照原文逐一选定。"
)
_LINES_NOTE = "本表由逐行文字还原，空单元格按多出的空行推定，请与原文核对。"
# A total that most rows leave out is blank there; only one that stands alone is missing.
_USUALLY_FILLED = 0.5


@dataclass(frozen=True, slots=True)
class _Filled:
    """A row with a piece for each cell that the form has in it, None for a missing one."""

    read: ReadRow
    pieces: tuple[Piece | None, ...]

    @property
    def values(self) -> tuple[Piece | None, ...]:
        cells = zip(self.read.line.cells, self.pieces, strict=True)
        return tuple(piece for cell, piece in cells if cell.slot)

    @property
    def is_short(self) -> bool:
        return self.pieces[-1] is None

    def readings(self, index: int) -> tuple[str, ...]:
        """What a cell can be where the text leaves a choice, nothing where it does not."""
        found = self.read.row.readings
        return found[index] if index < len(found) and len(found[index]) > 1 else ()

    @property
    def label(self) -> str:
        cells = zip(self.read.line.cells, self.pieces, strict=True)
        names = [piece.text for cell, piece in cells if not cell.slot and piece]
        return names[-1] if names else ""


def make_table(reading: Reading, is_marked: bool, notes: tuple[str, ...] = ()) -> Table | None:
    """Return the table that was read, None if rows without a total make it doubtful.

    Values are exact where the text marks its cells, aligned where the form had to
    tell which cell is blank.  A row that lacks its total only, which the other rows
    have, keeps the place of it as an uncertain blank.  `notes` come before its own.
    """
    rows = _shortened([_filled(read) for read in reading.rows], is_marked)
    if rows is None:
        return None
    grid = Grid(_extent(rows))
    for row in rows:
        grid.start_row()
        for cell in row.read.line.unseen:
            grid.place("", cell.column_span, _height(cell, rows))
        for index, (cell, piece) in enumerate(zip(row.read.line.cells, row.pieces, strict=True)):
            confidence = _confidence(row, index, is_marked)
            readings = ("",) if piece is None else row.readings(index)
            place = piece.provenance if piece else Provenance(line=_last_line(row))
            text = piece.text if piece and not readings else ""
            height = _height(cell, rows)
            grid.place(text, cell.column_span, height, place, confidence, readings)
    return grid.table(notes=(*notes, *_notes(rows, is_marked)))


def _filled(read: ReadRow) -> _Filled:
    missing = len(read.line.cells) - len(read.row.pieces)
    return _Filled(read, (*read.row.pieces, *[None] * missing))


def _shortened(rows: list[_Filled], is_marked: bool) -> list[_Filled] | None:
    """Find the rows that lack their total alone; None if that cannot be told from blanks."""
    judged = [row for row in rows if row.read.line.ends_in_its_total]
    whole = [row for row in judged if not _lacks_only_its_total(row)]
    filled = [row for row in whole if row.values[-1] and row.values[-1].text]
    if is_marked:
        if len(filled) < _USUALLY_FILLED * len(judged):
            return [row if not row.is_short else _as_blank(row) for row in rows]
        return [_without_total(row) if row in judged and row not in whole else row for row in rows]
    short = any(row.is_short for row in rows)
    if short and len(filled) < len(whole):
        return None
    return [
        _without_total(row) if short and row in judged and row not in whole else row for row in rows
    ]


def _lacks_only_its_total(row: _Filled) -> bool:
    *parts, total = row.values
    return all(piece and piece.text for piece in parts) and not (total and total.text)


def _without_total(row: _Filled) -> _Filled:
    return _Filled(row.read, (*row.pieces[:-1], None))


def _as_blank(row: _Filled) -> _Filled:
    end = row.read.row.pieces[-1]
    return _Filled(row.read, (*row.pieces[:-1], Piece("", end.end, end.end, end.line)))


def _confidence(row: _Filled, index: int, is_marked: bool) -> Confidence:
    piece = row.pieces[index]
    if piece is None or row.readings(index):
        return Confidence.UNCERTAIN
    if not row.read.line.cells[index].slot:
        return Confidence.EXACT
    if row.is_short or not is_marked:
        return Confidence.ALIGNED
    is_tail = not any(later and later.text for later in row.pieces[index:])
    return Confidence.ALIGNED if row.read.row.padded and is_tail else Confidence.EXACT


def _height(cell: FormCell, rows: Sequence[_Filled]) -> int:
    """Return over how many of the rows that are there a cell of the form reaches."""
    last = cell.row + cell.row_span - 1
    covered = sum(cell.row <= row.read.line.first and row.read.line.last <= last for row in rows)
    return max(covered, 1)


def _extent(rows: Sequence[_Filled]) -> Provenance:
    first, last = rows[0].read.row.pieces[0], rows[-1].read.row.pieces[-1]
    return Provenance("", first.start, last.end, first.line)


def _last_line(row: _Filled) -> int:
    return row.read.row.pieces[-1].line


def _notes(rows: Sequence[_Filled], is_marked: bool) -> tuple[str, ...]:
    notes = [
        _SHORT_NOTE.format(label=short_label(row.label), count=len(row.values) - 1)
        for row in rows
        if row.is_short
    ]
    has_blanks = any(piece and not piece.text for row in rows for piece in row.values)
    if not is_marked and has_blanks:
        notes.insert(0, _LINES_NOTE)
    if any(row.read.row.glued for row in rows):
        notes.insert(0, _GLUED_NOTE)
    return tuple(notes)
