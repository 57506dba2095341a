"""The preview of what the folder window prints."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QWidget

from core.batch_overview import overview_of
from gui.folder.work import FolderWork

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog


class Printed(Enum):
    """What can be printed."""

    OVERVIEW = "概览"
    LIST = "报告一览"
    FEEDBACK = "反馈单"


def preview(what: Printed, work: FolderWork, parent: QWidget) -> QPrintPreviewDialog:
    """Return the preview, from which it can be printed."""
    # Imported here: the library of printers would delay the window.
    from PySide6.QtPrintSupport import QPrinter

    from gui.review_pdf import RESOLUTION, lay_out_pages
    from gui.views.print_preview import PrintPreview

    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(RESOLUTION)
    lay_out_pages(printer)
    printer.setDocName(f"{work.folder.name if work.folder else ''}({what.value})")
    dialog = PrintPreview(printer, what.value, parent)

    def paint_on(paper: QPrinter) -> None:
        # A printer that was chosen in the dialog may have come with its own.
        paper.setResolution(RESOLUTION)
        paint(what, work, paper)

    dialog.paintRequested.connect(paint_on)
    return dialog


def paint(what: Printed, work: FolderWork, device: QPagedPaintDevice) -> None:
    """Paint it on paper of 300 dots an inch."""
    # Imported here: what is said and drawn on paper is needed on paper only.
    from core.feedback import feedbacks
    from gui.folder.chart_print import paint_overview
    from gui.folder.list_print import list_review
    from gui.review_pdf import paint_review, paint_reviews

    rows, folder = work.reports.rows, work.folder.name if work.folder else ""
    if what is Printed.OVERVIEW:
        paint_overview(overview_of(rows), folder, device)
    elif what is Printed.LIST:
        paint_review(list_review(rows, folder), device)
    else:
        letters = feedbacks(rows, datetime.date.today(), work.office_name)
        paint_reviews([letter.review for letter in letters], device)
