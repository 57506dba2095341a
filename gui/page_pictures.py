"""Pictures of the pages of a PDF, drawn off the GUI thread in another process, kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from core.errors import ReportError
from core.progress import Progress
from gui.controller import SessionController
from gui.jobs import JobRunner

if TYPE_CHECKING:
    from core.readers.pdf_picture import Picture

# Twice as fine as the points of a page: sharp on a common screen, 6 MB for a sheet of A4.
_WIDTH = 1200
_MOST_KEPT = 6


class PagePictures(QObject):
    """Draws one page at a time; a page asked for meanwhile is drawn instead.

    Signals:
        drawn: A page's number and its Picture.
        failed: A page's number and a sentence that says why there is no picture.
    """

    drawn = Signal(int, object)
    failed = Signal(int, str)

    def __init__(self, controller: SessionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._kept: OrderedDict[int, Picture] = OrderedDict()
        self._page = -1
        self._job = JobRunner(self)
        self._job.succeeded.connect(self._on_drawn)
        self._job.failed.connect(self._on_failed)
        controller.session_shown.connect(self._forget)
        controller.session_closed.connect(self._forget)

    def ask(self, page: int) -> None:
        """Have a page drawn, or hand over the picture that is kept."""
        if page in self._kept:
            self._kept.move_to_end(page)
            self.drawn.emit(page, self._kept[page])
            return
        if self._job.is_running and page == self._page:
            return
        self._page = page
        data = self._controller.present.data

        def work(progress: Progress) -> Picture:
            # Imported here: what starts other processes would delay the first window.
            from core.readers.pdf_picture import page_picture

            return page_picture(data, page, _WIDTH, progress)

        self._job.start(work)

    def shut_down(self) -> None:
        """Stop drawing and wait for it."""
        self._job.close()

    @Slot()
    def _forget(self) -> None:
        self._job.cancel()
        self._kept.clear()
        self._page = -1

    @Slot(object)
    def _on_drawn(self, picture: Picture) -> None:
        self._kept[self._page] = picture
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        self.drawn.emit(self._page, picture)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        sentence = self.tr("这一页的图像画不出来，请用 PDF 阅读器打开原文件核对。")
        self.failed.emit(self._page, str(error) if isinstance(error, ReportError) else sentence)


def image_of(picture: Picture) -> QImage:
    """Return a picture as Qt draws it, a copy of its own."""
    made = QImage(
        picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888
    )
    return made.copy()
