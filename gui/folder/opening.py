"""How a report of a folder is opened in the main window: its file, or a copy out of a zip."""

from __future__ import annotations

from core.batch import Batch
from core.batch_files import BatchFile, content_of
from core.batch_row import Row
from gui.folder import words
from gui.untitled import Make, opening_content

_FROM_ARCHIVE = (
    "这份报告在压缩包“{0}”里，打开的是其中内容的副本，压缩包不会被修改；修改后请另存为新的文件。"
)


def opening_member(file: BatchFile) -> tuple[str, Make]:
    """Return what a report in an archive is called, and what opens it."""
    name = words.file_name(file.name)
    remark = _FROM_ARCHIVE.format(file.path.name)
    return name, opening_content(name, lambda: content_of(file), remark)


def past_of(batch: Batch, row: Row | None) -> BatchFile | None:
    """Return last year's report of the same agency, None without one on the disk by itself."""
    if row is None or not row.last_year or batch.past is None:
        return None
    found = next((each for each in batch.past.files if each.name == row.last_year), None)
    return found if found is not None and not found.member else None
