"""Finding, replacing and going to cells from the bar over the grid."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from gui import naming
from gui.controller import SessionController
from gui.going import NoSuchCellError, cell_at
from gui.searching import cells_with, next_after
from gui.views.find_bar import FindBar, Purpose
from gui.views.report_page import ReportPage


class FindingText(QObject):
    """Does what the bar asks for.

    Signals:
        said: A sentence for the status bar.
    """

    said = Signal(str)

    def __init__(
        self,
        controller: SessionController,
        page: ReportPage,
        bar: FindBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._page = page
        self._bar = bar
        bar.next_wanted.connect(self.find_next)
        bar.replace_wanted.connect(self.replace)
        bar.replace_all_wanted.connect(self.replace_all)
        bar.address_entered.connect(self.go_to)
        bar.left.connect(page.grid.setFocus)
        controller.session_closed.connect(bar.hide)

    def open(self, purpose: Purpose) -> None:
        """Show the bar over the grid."""
        if self._controller.session is None:
            return
        if not self._page.table_id and (tables := list(self._controller.present.document.tables)):
            self._page.show_table(self._page.last_table_id or tables[0])
        self._bar.open_for(purpose)

    @Slot()
    def find_next(self) -> None:
        """Go to the next cell with the text; the bar keeps the keyboard."""
        tables = self._tables()
        if not self._asks() or not tables:
            return
        session = self._controller.present
        found = list(cells_with(session, self._bar.query, tables))
        led = next_after(found, list(session.document.tables), self._page.current_ref)
        if led is None:
            self._bar.say(self.tr("没有找到“{0}”").format(self._bar.query.text))
            return
        ref, is_wrapped = led
        self._page.show_cell(ref)
        place = naming.address(session.document, ref)
        count = self.tr("共 {0} 个单元格，现在是{1}").format(len(found), place)
        self._bar.say(self.tr("已从头查找；") + count if is_wrapped else count)

    @Slot()
    def replace(self) -> None:
        """Replace in the current cell where the text stands there, then go to the next."""
        if not self._asks():
            return
        query, ref = self._bar.query, self._page.current_ref
        if ref is not None and query.is_in(text := self._controller.present.text(ref)):
            if not self._controller.may_edit(ref):
                self._bar.say(self.tr("这个单元格不能修改，没有替换"))
                self._find_quietly()
                return
            new = query.replaced(text, self._bar.replacement.text())
            self._controller.set_texts([(ref, new)], self.tr("替换"))
        self.find_next()

    @Slot()
    def replace_all(self) -> None:
        """Replace wherever the text stands, as one undo step, and say how often that was."""
        if not self._asks():
            return
        session, query = self._controller.present, self._bar.query
        by = self._bar.replacement.text()
        texts, places, left = [], 0, 0
        for ref in cells_with(session, query, self._tables()):
            if self._controller.may_edit(ref):
                text = session.text(ref)
                places += len(query.places(text))
                texts.append((ref, query.replaced(text, by)))
            else:
                left += 1
        if not texts and not left:
            self._bar.say(self.tr("没有找到“{0}”").format(query.text))
            return
        self._controller.set_texts(texts, self.tr("全部替换"))
        words = self.tr("已在 {0} 个单元格里替换 {1} 处").format(len(texts), places)
        if left:
            words += self.tr("；另有 {0} 个单元格不能修改，没有替换").format(left)
        self._bar.say(words + self.tr("。可以撤销。") if texts else words)
        self.said.emit(words)

    @Slot(str)
    def go_to(self, words: str) -> None:
        """Go to the cell of an address, and close the bar."""
        session = self._controller.session
        if session is None:
            return
        try:
            ref = cell_at(session, words, self._page.table_id)
        except NoSuchCellError as error:
            self._bar.say(str(error))
            return
        self._bar.hide()
        self._page.show_cell(ref)
        self._page.grid.setFocus()
        self.said.emit(self.tr("已转到{0}").format(naming.address(session.document, ref)))

    def _find_quietly(self) -> None:
        sentence = self._bar.answer.text()
        self.find_next()
        self._bar.say(f"{sentence}；{self._bar.answer.text()}")

    def _asks(self) -> bool:
        if self._controller.session is None:
            return False
        if not self._bar.find_text.text():
            self._bar.say(self.tr("请先写出要查找的内容"))
            return False
        return True

    def _tables(self) -> list[str]:
        if self._bar.searches_all_tables:
            return list(self._controller.present.document.tables)
        return [self._page.table_id] if self._page.table_id else []
