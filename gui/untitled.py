"""Opening what stands in no file: a new report, and what is on the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QStandardPaths

from core.checking import Office
from core.errors import NotAReportError
from core.progress import Progress
from core.untitled import discard_untitled, is_untitled, keep_untitled

if TYPE_CHECKING:
    from core.creation import NewReport
    from gui.opening import Opened

Make = Callable[[Office, Progress], "Opened"]

PASTED = "粘贴的内容"
NOTHING_ON_CLIPBOARD = "剪贴板里没有文字或表格，没有打开；请先复制年度报告的内容，再按 Ctrl+V。"
_NOT_RECOGNISED = (
    "剪贴板里的内容没有认出法定表格或者章节标题，没有打开；"
    "请在网页或文档中全选并复制整份报告，再按 Ctrl+V。"
)
_NO_NAME = "未命名年报"


@dataclass(frozen=True)
class Flavour:
    """One way in which the clipboard says its content."""

    suffix: str
    data: bytes

    @property
    def name(self) -> str:
        """The name under which it is opened."""
        return PASTED + self.suffix


def flavours_of(mime: QMimeData) -> tuple[Flavour, ...]:
    """Return what a clipboard holds, the flavour that says most about tables first."""
    found = []
    if mime.hasHtml():
        html = mime.html()
        whole = html if "<html" in html.lower() else f"<html><body>{html}</body></html>"
        found.append(Flavour(".html", whole.encode("utf-8-sig", "replace")))
    if mime.hasFormat(_TSV):
        found.append(Flavour(".txt", bytes(mime.data(_TSV).data())))
    if mime.hasText():
        # A spreadsheet's cells, divided by tabs, are text, too; the reader tells them apart.
        found.append(Flavour(".txt", mime.text().encode("utf-8-sig", "replace")))
    return tuple(flavour for flavour in found if flavour.data.strip(b"\xef\xbb\xbf \r\n\t"))


_TSV = "text/tab-separated-values"


def opening_new(report: NewReport) -> Make:
    """Return what makes and opens an empty report."""

    def make(office: Office, progress: Progress) -> Opened:
        return _opened(report.file_name, report.data(), office, progress)

    return make


def opening_pasted(flavours: Sequence[Flavour]) -> Make:
    """Return what opens the first flavour that has a statutory table, else the first report."""

    def make(office: Office, progress: Progress) -> Opened:
        found: list[Opened] = []
        for flavour in flavours:
            try:
                opened = _opened(flavour.name, flavour.data, office, progress)
            except NotAReportError:
                continue
            found.append(opened)
            if opened.session.match.tables:
                break
        if not found:
            raise NotAReportError(_NOT_RECOGNISED)
        best = found[-1] if found[-1].session.match.tables else found[0]
        for other in found:
            if other is not best:
                discard_untitled(other.session.path)
        return best

    return make


def opening_content(name: str, read: Callable[[], bytes], remark: str) -> Make:
    """Return what opens a report that is part of another file; `remark` says of which."""

    def make(office: Office, progress: Progress) -> Opened:
        opened = _opened(name, read(), office, progress)
        return replace(opened, remarks=(remark, *opened.remarks))

    return make


def _opened(name: str, data: bytes, office: Office, progress: Progress) -> Opened:
    # Imported here, on the worker: what reads reports would delay the first window.
    from gui.opening import open_and_check

    path = keep_untitled(name, data)
    try:
        return open_and_check(path, office, progress)
    except BaseException:
        # Also when it was cancelled.
        discard_untitled(path)
        raise


def proposed_for(path: Path, title: str | None) -> Path:
    """Return where a report without a file of its own might be saved: among the documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(place) if place and Path(place).is_dir() else Path.home()
    is_pasted = path.stem.startswith(PASTED)
    return folder / f"{(title or _NO_NAME) if is_pasted else path.stem}.docx"


def folder_of(path: Path) -> Path | None:
    """Return the folder of a report for a dialog, None for one that is in no file."""
    return None if is_untitled(path) else path.parent
