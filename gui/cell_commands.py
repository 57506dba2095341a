"""What is done to a whole selection at once: cut, paste, fill, clear; each one undo step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from core.document import Cell, CellRef, Table, fold
from core.errors import ReportError
from core.writable import writable
from gui.cell_range import CellRange, cells_in
from gui.clipboard import pasted_table
from gui.controller import SessionController
from gui.views.grid import GridView

_NOTHING = "表格没有改动"


class CellCommands(QObject):
    """Changes the selected cells of a grid, all of them or none.

    Signals:
        refused: A sentence that says why nothing was changed.
        said: A sentence that says what was.
    """

    refused = Signal(str)
    said = Signal(str)

    def __init__(
        self, controller: SessionController, grid: GridView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._grid = grid
        grid.cut_requested.connect(self.cut)
        grid.paste_requested.connect(self.paste)
        grid.clear_requested.connect(self.clear)

    def clear(self) -> None:
        """Empty the selected cells; labels among them stay."""
        may = self._controller.may_edit
        refs = [ref for ref in self._grid.selected_refs() if may(ref)]
        self._controller.set_texts([(ref, "") for ref in refs], self.tr("清除内容"))

    def cut(self) -> None:
        """Put the selected cells on the clipboard, then empty them."""
        if self._refuse_read_only() or not self._grid.copy():
            return
        may = self._controller.may_edit
        refs = [ref for ref in self._grid.selected_refs() if may(ref)]
        self._controller.set_texts([(ref, "") for ref in refs], self.tr("剪切"))

    def paste(self) -> None:
        """Put what is on the clipboard into the cells from the top left of the selection on."""
        table, area = self._target()
        if table is None or area is None or self._refuse_read_only():
            return
        try:
            pasted = pasted_table(QGuiApplication.clipboard().mimeData())
        except ReportError as error:
            self.refused.emit(str(error))
            return
        if pasted is None:
            self.refused.emit(self.tr("剪贴板里没有可以粘贴的文字。"))
            return
        if self._is_one_value(pasted):
            texts = {
                (cell.row, cell.column): pasted.cells[0].text for cell in cells_in(table, area)
            }
        else:
            area = CellRange(
                area.top, area.left, area.top + pasted.rows - 1, area.left + pasted.columns - 1
            )
            if not self._fits(table, area, pasted):
                return
            texts = dict(_moved(pasted, area))
        if self._put(table, texts, self.tr("粘贴")) and not self._is_one_value(pasted):
            self._grid.ways.go((area.top, area.left))
            self._grid.ways.stretch_to((area.bottom, area.right))

    def fill_down(self) -> None:
        """Give all selected cells what stands in the first row, of one row what is above it."""
        self._fill(rows=1, columns=0, name=self.tr("向下填充"))

    def fill_right(self) -> None:
        """Give all selected cells what stands in the first column, of one what is left of it."""
        self._fill(rows=0, columns=1, name=self.tr("向右填充"))

    def _fill(self, rows: int, columns: int, name: str) -> None:
        table, area = self._target()
        if table is None or area is None or self._refuse_read_only():
            return
        first = table.at(area.top, area.left)
        if first is None:
            return
        # A merged cell counts as one row, and as one column.
        is_single = area.rows == first.row_span if rows else area.columns == first.column_span
        source = (area.top - 1 if rows else area.top, area.left - 1 if columns else area.left)
        if not is_single:
            source = (area.top, area.left)
        if min(source) < 0:
            self.refused.emit(self.tr("前面没有可以用来填充的单元格，{0}。").format(_NOTHING))
            return
        texts: dict[tuple[int, int], str] = {}
        for cell in cells_in(table, area):
            given = table.at(source[0] if rows else cell.row, source[1] if columns else cell.column)
            is_source = given is cell
            if given is not None and not is_source:
                texts[cell.row, cell.column] = self._text(table, given)
        self._put(table, texts, name)

    def _target(self) -> tuple[Table | None, CellRange | None]:
        """Return the table and the one range that is selected in it, None where there is none."""
        model, area = self._grid.table_model, self._grid.ways.area
        if model is None or self._controller.session is None:
            return None, None
        if area is None and self._grid.selected_positions():
            self.refused.emit(
                self.tr("选中的不是一个连续区域，{0}。请只选一个区域。").format(_NOTHING)
            )
        return model.table, area

    def _refuse_read_only(self) -> bool:
        if self._controller.is_read_only:
            self.refused.emit(self.tr("这份报告以只读方式打开，不能修改；可以另存为副本。"))
        return self._controller.is_read_only or self._controller.is_giving_way

    def _is_one_value(self, pasted: Table) -> bool:
        return len(pasted.cells) == 1

    def _fits(self, table: Table, area: CellRange, pasted: Table) -> bool:
        if area.bottom >= table.rows or area.right >= table.columns:
            sentence = self.tr(
                "要粘贴的内容有 {0} 行 {1} 列，从这里开始放不下，{2}。请换一个起点或者少复制一些。"
            )
            self.refused.emit(sentence.format(pasted.rows, pasted.columns, _NOTHING))
            return False
        return True

    def _put(self, table: Table, texts: Mapping[tuple[int, int], str], name: str) -> bool:
        """Change cells by position, all or none; return whether that was possible."""
        changes: list[tuple[CellRef, str]] = []
        for (row, column), text in texts.items():
            cell = table.at(row, column)
            if cell is not None and (cell.row, cell.column) != (row, column):
                if not text:
                    continue
                self.refused.emit(
                    self.tr("合并单元格的位置不一致，{0}。请逐格输入，或者分开粘贴。").format(
                        _NOTHING
                    )
                )
                return False
            ref = CellRef(table.id, row, column)
            if fold(writable(text)) == self._controller.present.text(ref):
                continue
            if cell is None or not self._controller.may_edit(ref):
                self.refused.emit(
                    self.tr("这个区域里有不能修改的表头、标签或空缺，{0}。").format(_NOTHING)
                )
                return False
            changes.append((ref, text))
        if self._controller.set_texts(changes, name):
            self.said.emit(self.tr("{0}：改动 {1} 个单元格。可以撤销。").format(name, len(changes)))
        return True

    def _text(self, table: Table, cell: Cell) -> str:
        return self._controller.present.text(table.ref(cell))


def _moved(pasted: Table, area: CellRange) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield what each cell of a copied table says, at its place in the area."""
    for cell in pasted.cells:
        yield (area.top + cell.row, area.left + cell.column), cell.text
