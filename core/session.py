"""One open report: the source as read, the edits, and the present state they make.

The source never changes.  The present document is the source with the edited
texts in it, and an edit that restores the original text is no edit any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from core.checking import Office, check_report
from core.document import CellRef, Confidence, Document, ParagraphRef, fold
from core.edits import (
    AnyEdit,
    CellInsertion,
    CellRemoval,
    Changes,
    Edit,
    Insertion,
    LabelEdit,
    StructureEdit,
)
from core.errors import EditError, NotAReportError
from core.forms.alignment import Place, ReportMatch, TableMatch
from core.progress import Progress, silent
from core.readers import read_bytes, read_document
from core.restructuring import Restructuring
from core.rewording import Rewording
from core.rules.context import Context
from core.rules.model import CheckResult
from core.structure import Structure
from core.writable import has_unwritable


class Session:
    """A report that is being checked and corrected.

    `data` is the file as it was read, because saving a correction copies it;
    `revision` grows with every change, so that a stale check can be dropped.
    `last_year` is the report of the year before, None when none was loaded.
    """

    def __init__(self, path: Path, data: bytes, source: Document) -> None:
        self.path = path
        self.data = data
        self.source = source
        self._as_read = Structure.of(source)
        # The tables with the rows and cells that were put in, before texts are edited.
        self._structure = self._as_read
        self.match: ReportMatch = self._as_read.match
        self.document = source
        self.revision = 0
        self.last_year: Session | None = None
        self.office = Office()
        self._context: tuple[tuple[int, Context | None], Context] | None = None
        # The cells that have changed since the last context was made.
        self._touched: set[CellRef] = set()
        self._edits: dict[CellRef, str] = {}
        self._rewording = Rewording()
        self._changed_at: dict[CellRef | ParagraphRef, datetime] = {}
        self._inserted_at: dict[Insertion, datetime] = {}
        _refuse_what_is_no_report(source, self.match)

    @property
    def edits(self) -> Mapping[CellRef, str]:
        """The present text of every cell that differs from the source."""
        return MappingProxyType(self._edits)

    @property
    def rewording(self) -> Rewording:
        """What became of the prose of the source."""
        return self._rewording

    @property
    def restructuring(self) -> Restructuring:
        """Which rows and cells were put into the tables of the source."""
        return self._structure.changes

    @property
    def is_changed(self) -> bool:
        """Whether a cell, a table's structure or the prose differs from the source."""
        return bool(self._edits or self._rewording or self.restructuring)

    @property
    def changed_at(self) -> Mapping[CellRef | ParagraphRef, datetime]:
        """The local time of the last edit of every cell and paragraph that differs."""
        return MappingProxyType(self._changed_at)

    @property
    def inserted_at(self) -> Mapping[Insertion, datetime]:
        """The local time at which each row and cell was put in, cells by source address."""
        return MappingProxyType(self._inserted_at)

    def paragraph(self, ref: ParagraphRef) -> str | None:
        """Return what a paragraph says now, None where there is none and none can be added."""
        return self._rewording.text(self.source, ref)

    def snapshot(self) -> Session:
        """Return a session of its own in the present state, for work off the window's thread.

        Neither sees what happens to the other later.
        """
        twin = copy(self)
        twin._edits = dict(self._edits)
        twin._changed_at = dict(self._changed_at)
        twin._touched = set(self._touched)
        return twin

    def text(self, ref: CellRef) -> str:
        """Return what stands in a cell now; a hole and an uncertain cell say nothing."""
        cell = self.document.cell(ref)
        return cell.text if cell else ""

    def original(self, ref: CellRef) -> str:
        """Return what the source says in a cell; one that was put in said nothing."""
        cell = self._structure.document.cell(ref)
        return cell.text if cell else ""

    def readings(self, ref: CellRef) -> tuple[str, ...]:
        """Return in which ways a cell could be read, also after one of them was chosen."""
        cell = self._structure.document.cell(ref)
        return cell.readings if cell else ()

    def is_editable(self, ref: CellRef) -> bool:
        """Return whether a cell holds a value, of a slot or of a table that is none of the three.

        Labels are the form's own, and a hole has no cell in the file to put a text into.
        """
        return self._has_cell(ref) and not self.is_label(ref)

    def is_label(self, ref: CellRef) -> bool:
        """Return whether a cell is a label of a statutory table; only a `LabelEdit` changes one."""
        table = self.match.by_table_id.get(ref.table)
        return table is not None and ref in table.label_cells and self._has_cell(ref)

    def apply(self, edit: AnyEdit) -> Changes:
        """Make an edit; see `apply_all`."""
        return self.apply_all((edit,))

    def apply_all(self, edits: Iterable[AnyEdit]) -> Changes:
        """Make all edits or none, one after the other and all of them now; see `apply_dated`."""
        now = datetime.now()
        return self.apply_dated((edit, now) for edit in edits)

    def apply_dated(self, edits: Iterable[tuple[AnyEdit, datetime]]) -> Changes:
        """Make all edits or none, one after the other, each at its local time.

        Raises:
            EditError: A cell is no value, there is no such text, `before` is not
                what stands there, or a table cannot get or lose a row or cell so.
        """
        edits = tuple(edits)
        if any(isinstance(edit, StructureEdit) for edit, _ in edits):
            return self._apply_each(edits)
        texts: dict[CellRef, str] = {}
        rewording, paragraphs = self._rewording, set()
        times: dict[CellRef | ParagraphRef, datetime] = {}
        for edit, at in edits:
            if isinstance(edit, StructureEdit):
                continue
            times[edit.ref] = at
            if isinstance(edit, Edit):
                self._require(edit, texts)
                # A cell of a file cannot say more than its folded text, and neither can an edit.
                texts[edit.ref] = fold(edit.after)
            else:
                rewording = rewording.edited(self.source, edit)
                paragraphs.add(edit.ref)
        if texts or paragraphs:
            self._replace(texts, rewording)
            self._date(times)
        return Changes(frozenset(texts), frozenset(paragraphs))

    def load_last_year(
        self, report: Session | Path | None, progress: Progress = silent
    ) -> Session | None:
        """Take a report as last year's, or none at all; return it.

        Any report will do: whether it is of the year before and of the same
        agency is for a rule to ask.

        Raises:
            UnreadableFileError: The file is missing, broken, encrypted, too large
                or of no known kind; the report loaded before stays.
            NotAReportError: It holds neither a statutory table nor a section heading.
        """
        self.last_year = open_session(report, progress) if isinstance(report, Path) else report
        self.revision += 1
        return self.last_year

    def set_office(self, office: Office) -> None:
        """Check by an office's settings and explanations from now on."""
        self.office = office
        self.revision += 1

    def context(self) -> Context:
        """Return what the rules may see of the present state, last year's report beside it.

        As long as nothing changes it is the same context: what was read once for
        last year's report is not read again after every edit of this year's.
        """
        last = self.last_year.context() if self.last_year else None
        state = (self.revision, last)
        if self._context is None or self._context[0] != state:
            limits = self.office.settings.all_thresholds
            context = Context(self.document, self.match, last, limits)
            if self._context is not None and self._context[1].match is self.match:
                context.keep(self._context[1], self._touched)
            self._touched = set()
            self._context = (state, context)
        return self._context[1]

    def check(self) -> CheckResult:
        """Check the present state as the office has set it."""
        return check_report(self.context(), self.office)

    def check_source(self) -> CheckResult:
        """Check the report as it was read, before any edit, by the same settings."""
        if not self.is_changed:
            return self.check()
        last = self.last_year.context() if self.last_year else None
        limits = self.office.settings.all_thresholds
        context = Context(self.source, self._as_read.match, last, limits)
        return check_report(context, self.office)

    def _has_cell(self, ref: CellRef) -> bool:
        cell = self._structure.document.cell(ref)
        return cell is not None and (cell.row, cell.column) == (ref.row, ref.column)

    def _require(self, edit: Edit, pending: Mapping[CellRef, str]) -> None:
        place = f"表格 {edit.ref.table} 第 {edit.ref.row + 1} 行第 {edit.ref.column + 1} 列"
        is_meant = isinstance(edit, LabelEdit) and self.is_label(edit.ref)
        if not is_meant and not self.is_editable(edit.ref):
            raise EditError(f"{place}不是可以修改的单元格，没有做任何修改。")
        present = pending.get(edit.ref, self.text(edit.ref))
        if present != fold(edit.before):
            raise EditError(
                f"{place}现在是“{present}”，不是修改所依据的“{edit.before}”，没有做任何修改。"
            )
        if has_unwritable(fold(edit.after), self.original(edit.ref)):
            raise EditError(f"{place}的新内容里有文件不能保存的控制字符，没有做任何修改。")

    def _replace(self, texts: Mapping[CellRef, str], rewording: Rewording) -> None:
        for ref, text in texts.items():
            if text == self.original(ref):
                self._edits.pop(ref, None)
            else:
                self._edits[ref] = text
        self._rewording = rewording
        self._touched |= texts.keys()
        self._make_present()

    def _make_present(self) -> None:
        """Make the present state: the source, its structure, the texts, the prose."""
        base = self._structure
        self.document = self._rewording.applied(base.document.with_texts(self._edits))
        self.match = _answered(base.match, self._edits)
        self.revision += 1

    def _date(self, times: Mapping[CellRef | ParagraphRef, datetime]) -> None:
        """Note when places were edited; one that says again what the source says has no time."""
        self._changed_at |= times
        added = {ParagraphRef(number, 0) for number in self._rewording.added}
        changed = self._edits.keys() | self._rewording.replaced.keys() | added
        self._changed_at = {ref: at for ref, at in self._changed_at.items() if ref in changed}

    def _apply_each(self, edits: Iterable[tuple[AnyEdit, datetime]]) -> Changes:
        """Make edits of which some change the structure; a copy that fails is thrown away."""
        twin, changes = self.snapshot(), Changes()
        for is_text, group in groupby(edits, lambda dated: not isinstance(dated[0], StructureEdit)):
            if is_text:
                changes = changes.joined(twin.apply_dated(group))
                continue
            for edit, at in group:
                assert isinstance(edit, StructureEdit), "grouped so"
                changes = twin._restructure(edit, at, changes)
        twin.revision = self.revision + 1
        vars(self).update(vars(twin))
        return changes

    def _restructure(self, edit: StructureEdit, at: datetime, before: Changes) -> Changes:
        """Put in or take away one row or cell; texts edited before go with their cells."""
        self._structure, moved = self._structure.edited(
            edit, self.document, self.match, self._edits
        )
        self._edits = {
            new: text for ref, text in self._edits.items() if (new := moved(ref)) is not None
        }
        self._changed_at = {
            place: time
            for ref, time in self._changed_at.items()
            if (place := _moved_place(ref, moved)) is not None
        }
        inserted = [each for _, each in self.restructuring.insertions]
        self._inserted_at = {each: self._inserted_at.get(each, at) for each in inserted}
        self._make_present()
        cells = frozenset(new for ref in before.cells if (new := moved(ref)) is not None)
        table = edit.ref.table if isinstance(edit, CellInsertion | CellRemoval) else edit.table
        return replace(before, cells=cells, tables=before.tables | {table})


def _moved_place(
    place: CellRef | ParagraphRef, moved: Callable[[CellRef], CellRef | None]
) -> CellRef | ParagraphRef | None:
    return moved(place) if isinstance(place, CellRef) else place


def open_session(path: Path, progress: Progress = silent) -> Session:
    """Read a report file and match it with the form.

    Raises:
        UnreadableFileError: The file is missing, broken, encrypted, too large or of no known kind.
        NotAReportError: It holds neither a statutory table nor a section heading.
    """
    data = read_bytes(path)
    return Session(path, data, read_document(data, path.name, progress))


def _answered(found: ReportMatch, edits: Mapping[CellRef, str]) -> ReportMatch:
    """Return the match after a person has filled in cells that the reading left open.

    With its last cell filled, a row that was one short is no longer presumed.
    """
    tables = {name: _answered_table(table, edits) for name, table in found.tables.items()}
    is_same = all(tables[name] is table for name, table in found.tables.items())
    return found if is_same else replace(found, tables=tables)


def _answered_table(table: TableMatch, edits: Mapping[CellRef, str]) -> TableMatch:
    answered = {
        place.ref
        for place in table.places.values()
        if place.confidence is Confidence.UNCERTAIN and place.ref in edits
    }
    if not answered:
        return table
    rows = {p.ref.row for p in table.places.values() if p.hole and p.ref in answered}

    def present(place: Place) -> Place:
        if place.ref in answered:
            place = replace(place, confidence=Confidence.EXACT, readings=(), hole=False)
        return replace(place, presumed=False) if place.ref.row in rows else place

    return replace(table, places={slot: present(p) for slot, p in table.places.items()})


def _refuse_what_is_no_report(document: Document, found: ReportMatch) -> None:
    has_heading = any(section.number for section in document.sections)
    if not found.tables and not has_heading:
        raise NotAReportError(
            "这个文件里没有找到年度报告的三张法定表格，也没有找到“一、总体情况”等章节标题，"
            "不像政府信息公开工作年度报告；文件没有被改动，请确认是否选错了文件。"
        )
