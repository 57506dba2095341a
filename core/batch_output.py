"""Write what a folder has brought: lists, the roll-up, a letter for each agency.

Every file is read back before it takes its name, and none is written over unless told to.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

from core.batch_row import Row
from core.batch_totals import FolderFinding
from core.errors import SaveError
from core.feedback import feedbacks
from core.progress import Progress, silent
from core.refusals import refusal
from core.storage import Saved, free_path, replace_file
from core.summary import Summary

__all__ = ["write_feedback", "write_findings", "write_releases", "write_summary"]


def write_findings(
    path: Path, rows: Sequence[Row], together: Iterable[FolderFinding], *, overwrite: bool = False
) -> Saved:
    """Write the list of findings (疑点清单) by unit and by rule; rows need their findings.

    Raises:
        SaveError: It could not be written; what stood there still does.
    """
    from core.writers.batch_findings import batch_workbook

    return _write_workbook(path, batch_workbook(rows, together), overwrite)


def write_summary(path: Path, summary: Summary, *, overwrite: bool = False) -> Saved:
    """Write the roll-up (汇总表) with live sums over a sheet a unit.

    Raises:
        SaveError: There are no units, too many, or it could not be written.
    """
    from core.writers.summary_workbook import summary_workbook

    return _write_workbook(path, summary_workbook(summary), overwrite)


def write_releases(
    path: Path, rows: Sequence[Row], missing: Iterable[str] = (), *, overwrite: bool = False
) -> Saved:
    """Write when the reports were published (公开情况); `missing` are agencies without one.

    Raises:
        SaveError: It could not be written; what stood there still does.
    """
    from core.writers.release_list import release_workbook

    return _write_workbook(path, release_workbook(rows, missing), overwrite)


def write_feedback(
    folder: Path,
    rows: Iterable[Row],
    date: datetime.date,
    office: str = "",
    progress: Progress = silent,
) -> list[Path]:
    """Write a letter (反馈单) for each agency with open findings into a folder; return them.

    A name that is taken on the disk gets a number; no letter replaces another.

    Raises:
        SaveError: One could not be written; those before it stand.
        Cancelled: `progress` asked to stop.
    """
    from core.review_readback import confirm_review_docx
    from core.writers.review import review_document

    _make(folder)
    letters = feedbacks(rows, date, office)
    written = []
    for number, letter in enumerate(letters):
        progress(number, len(letters))
        data = review_document(letter.review)
        confirm_review_docx(letter.review, data)
        path = free_path(folder / letter.name)
        replace_file(path, data)
        written.append(path)
    progress(len(letters), len(letters))
    return written


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise SaveError(f"“{folder}”是文件，不是文件夹，没有写出反馈单；请换一个名称。") from error
    except OSError as error:
        raise refusal(error, folder, 0) from error


def _write_workbook(path: Path, data: bytes, overwrite: bool) -> Saved:
    from core.workbook_readback import confirm_workbook

    return replace_file(path, data, overwrite=overwrite, verify=confirm_workbook)
