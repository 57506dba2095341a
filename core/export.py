"""Write corrected files beside the original: all that were asked for, or none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.changes_made import changes_made
from core.document import Document
from core.errors import ReportError, SaveError
from core.forms.match import match
from core.readers.docx import read_docx
from core.reasons import Style, marking
from core.replaceable import require_space
from core.review import Review
from core.review_readback import confirm_review_docx
from core.rewording import printed
from core.rules.model import CheckResult
from core.session import Session
from core.storage import FileState, Saved, replace_file, replace_own_output
from core.workbook_readback import confirm_workbook
from core.writers.docx import corrected_docx
from core.writers.findings import findings_workbook
from core.writers.report import new_report
from core.writers.review import review_document
from core.writers.workbook import report_workbook
from core.writers.xlsx_copy import corrected_xlsx

_CLEAN = Style()

Verify = Callable[[bytes], None]


@dataclass(frozen=True)
class Target:
    """A file to write: where, how its bytes are made, and how they are read back.

    With `expected`, the state that the last save has returned, the file is the
    program's own output and is replaced as long as nobody else has changed it.
    """

    path: Path
    build: Callable[[Session, CheckResult], bytes]
    verify: Callable[[Session, bytes], None]
    expected: FileState | None = None


def word_target(path: Path, style: Style = _CLEAN) -> Target:
    """Return the Word file: a copy of a Word source with its edits, else a new report."""
    return Target(path, lambda session, result: word_bytes(session, result, style), verify_word)


def excel_target(path: Path) -> Target:
    """Return the workbook with the report's tables, live sums, findings and changes."""
    return Target(path, excel_bytes, _verify_workbook)


def workbook_copy_target(path: Path) -> Target:
    """Return a copy of an .xlsx source in which the edited cells say something else.

    Everything else of it stays as it is, byte for byte; see `corrected_xlsx`, which also
    reads it back.
    """
    return Target(path, lambda session, _result: _workbook_copy(session), _confirmed_when_made)


def spreadsheet_target(path: Path) -> Target:
    """Return the Excel file: a copy of an .xlsx source with its edits, else `excel_target`'s."""
    copy, report = workbook_copy_target(path), excel_target(path)

    def chosen(session: Session) -> Target:
        return copy if session.source.format == "xlsx" else report

    return Target(
        path,
        lambda session, result: chosen(session).build(session, result),
        lambda session, data: chosen(session).verify(session, data),
    )


def findings_target(path: Path) -> Target:
    """Return the workbook that lists the findings."""
    return Target(
        path, lambda session, result: findings_workbook(session.document, result), _verify_findings
    )


def review_target(path: Path, review: Review) -> Target:
    """Return the Word file of a review report (see `core.review`)."""
    return Target(
        path,
        lambda _session, _result: review_document(review),
        lambda _session, data: confirm_review_docx(review, data),
    )


def word_bytes(session: Session, result: CheckResult, style: Style = _CLEAN) -> bytes:
    """Return the present report as a Word file; a Word source keeps everything but its edits.

    `result` is that of checking the present report; `style` is for a Word source only.
    """
    if session.source.format == "docx":
        shown = marking(session, result, style)
        return corrected_docx(
            session.data,
            session.source,
            session.edits,
            shown,
            session.rewording,
            session.restructuring,
        )
    return new_report(printed(session.document), session.match)


def excel_bytes(session: Session, result: CheckResult) -> bytes:
    """Return the present report as a workbook; `result` is that of checking it."""
    changes = changes_made(session)
    return report_workbook(session.document, session.match, result, changes)


def _workbook_copy(session: Session) -> bytes:
    if session.restructuring:
        raise SaveError(
            "补入的行或单元格不能写进 Excel 原件的副本，没有保存，原文件没有改动；"
            "请另存为 Word，或者先撤销补入的行和单元格。"
        )
    return corrected_xlsx(session.data, session.source, session.edits, session.rewording)


def refuse_clashes(inputs: Iterable[Path], targets: Sequence[Target], overwrite: bool) -> None:
    """Refuse to write over a file that was read, and over any other unless told to.

    Raises:
        SaveError: A target is one of the inputs, by whatever path, or exists.
    """
    for target in targets:
        if any(is_same_file(target.path, path) for path in inputs):
            raise SaveError(
                f"“{target.path}”就是要读取的文件，程序从不改动原文件；请换一个名称保存。"
            )
        if os.path.lexists(target.path) and not overwrite:
            raise SaveError(
                f"“{target.path}”已经存在，没有写入任何文件；请换一个名称，或者加上 --overwrite。"
            )


def is_same_file(one: Path, other: Path) -> bool:
    """Return whether two paths lead to one file: relative paths, links and hard links included."""
    try:
        return one.samefile(other)
    except OSError:
        # One of them does not exist yet.
        return _real(one) == _real(other)


def write_all(
    session: Session, result: CheckResult, targets: Sequence[Target], overwrite: bool
) -> list[Saved]:
    """Write all targets or none: everything is made before anything is written.

    What is returned says for every target what stands there now, and what to tell.

    Raises:
        ChangedOnDiskError: An own output is no longer what was saved; it is left as it is.
        ReportError: A file could not be made, written or read back; what stood there still does.
    """
    made = [(target, target.build(session, result)) for target in targets]
    _require_room(made)
    written: list[tuple[Path, bytes | None]] = []
    saved: list[Saved] = []
    for target, data in made:
        path = target.path
        try:
            earlier = path.read_bytes() if path.is_file() else None
            saved.append(_replaced(target, data, overwrite, _bound(target, session)))
        except (ReportError, OSError) as error:
            _take_back(written, error if isinstance(error, ReportError) else None)
            raise error if isinstance(error, ReportError) else _unwritable(path, error) from error
        written.append((path, earlier))
    return saved


def _replaced(target: Target, data: bytes, overwrite: bool, verify: Verify) -> Saved:
    if target.expected is not None:
        return replace_own_output(target.path, data, target.expected, verify=verify)
    return replace_file(target.path, data, overwrite=overwrite, verify=verify)


def verify_word(session: Session, data: bytes) -> None:
    """Read a new report back and compare its statutory cells with the present ones.

    A copy of a Word source was compared whole when it was made.

    Raises:
        SaveError: It says something else.
    """
    if session.source.format == "docx":
        return
    if _slot_texts(read_docx(data, session.path.name)) != _slot_texts(session.document):
        raise SaveError("写出的 Word 文件读回来与现在的内容不一致，没有保存；原文件没有改动。")


def _verify_workbook(session: Session, data: bytes) -> None:
    confirm_workbook(data, session.document)


def _confirmed_when_made(_session: Session, _data: bytes) -> None:
    pass


def _verify_findings(_session: Session, data: bytes) -> None:
    confirm_workbook(data)


def _bound(target: Target, session: Session) -> Verify:
    return lambda data: target.verify(session, data)


def _slot_texts(document: Document) -> dict[str, str]:
    """Return the texts of the statutory cells that have any; a hole and a blank look alike."""
    cells = ((slot, document.cell(place.ref)) for slot, place in match(document).places.items())
    return {slot: cell.text for slot, cell in cells if cell is not None and cell.text}


def _require_room(made: Sequence[tuple[Target, bytes]]) -> None:
    """Refuse several files that do not fit all, with what has to be kept of the earlier ones.

    Raises:
        SaveError: There is no room for them.
    """
    needed: dict[Path, int] = {}
    for target, data in made if len(made) > 1 else ():
        place = Path(os.path.realpath(target.path))
        earlier = place.stat().st_size if place.is_file() else 0
        needed[place.parent] = needed.get(place.parent, 0) + len(data) + earlier
    for folder, size in needed.items():
        require_space(folder, size)


def _take_back(written: Sequence[tuple[Path, bytes | None]], problem: ReportError | None) -> None:
    """Put back what stood where files were already written.

    Raises:
        SaveError: One of them stays, whole; the sentence says which.
    """
    stay: list[str] = []
    for path, earlier in written:
        try:
            if earlier is None:
                Path(os.path.realpath(path)).unlink(missing_ok=True)
            else:
                replace_file(path, earlier, overwrite=True, backup=False)
        except (ReportError, OSError):
            stay.append(f"“{path.name}”")
    if stay:
        raise SaveError(
            f"文件没有全部写成，{'、'.join(stay)}已经换成新内容（内容完整，原来有的在备份中），"
            "没有能换回来；其余文件没有改动。",
            problem.detail if problem else "",
        )


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _unwritable(path: Path, error: OSError) -> SaveError:
    return SaveError(f"无法写入“{path}”，没有写入任何文件；原文件没有改动。", str(error))
