"""Printing with a preview: the review report, the tables, the findings."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPagedPaintDevice

from gui import naming

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    from core.session import Session
    from gui import table_print
    from gui.main_window import MainWindow


class Printed(Enum):
    """What can be printed."""

    REVIEW = "校核报告"
    TABLES = "表格"
    FINDINGS = "疑点清单"


class Printing(QObject):
    """Shows what would be printed; nothing leaves the window before a person says so."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def show(self, what: Printed) -> None:
        """Show the preview, from which it can be printed."""
        self._window.filing.dialogs.run(self.preview(what))

    def preview(self, what: Printed) -> QPrintPreviewDialog:
        """Return the preview of the open report."""
        # Imported here: the library of printers would delay the first window.
        from PySide6.QtPrintSupport import QPrinter

        from gui.review_pdf import RESOLUTION
        from gui.views.print_preview import PrintPreview

        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setResolution(RESOLUTION)
        self._lay_out(what, printer)
        session = self._window.controller.present
        printer.setDocName(f"{session.path.stem}({what.value})")
        dialog = PrintPreview(printer, what.value, self._window)
        dialog.paintRequested.connect(lambda paper: self._paint_on_printer(what, paper))
        return dialog

    def paint(self, what: Printed, device: QPagedPaintDevice) -> None:
        """Paint the open report's present state on paper of 300 dots an inch."""
        # Imported here: what is said and drawn on paper is needed on paper only.
        from core.review import findings_of, review_of
        from gui import review_pdf, table_print

        controller, session = self._window.controller, self._window.controller.present
        if what is Printed.TABLES:
            table_print.paint_tables(self._sheets(session), device)
            return
        author = self._window.save_mode.author
        if what is Printed.REVIEW:
            review = review_of(session, controller.result, author, datetime.date.today())
        else:
            review = findings_of(session, controller.result)
        review_pdf.paint_review(review, device)

    def _paint_on_printer(self, what: Printed, printer: QPrinter) -> None:
        from gui.review_pdf import RESOLUTION

        # A printer that was chosen in the dialog may have come with its own.
        printer.setResolution(RESOLUTION)
        self.paint(what, printer)

    def _lay_out(self, what: Printed, device: QPagedPaintDevice) -> None:
        from gui import review_pdf, table_print

        layer = table_print if what is Printed.TABLES else review_pdf
        layer.lay_out_pages(device)

    def _sheets(self, session: Session) -> list[table_print.Sheet]:
        from gui import table_print

        marks = self._window.controller.highlights.marks
        return [
            table_print.Sheet(
                naming.table_title(session.document, session.match, table_id), table, marks
            )
            for table_id, table in session.document.tables.items()
        ]
