"""汇总: the tables of a superior's report as the sum of all units, slot by slot.

A blank part counts as zero.  A total left blank, text, an uncertain and a missing
cell make the sum of that slot uncertain: it is shown with what could be added, and
marked.  Nothing is counted twice: see `core.superiors`, copies and two versions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from core.batch_row import Row
from core.batch_totals import (
    CHILDREN_DIFFER,
    CHILDREN_UNCHECKED,
    FolderFinding,
    main_year,
    versions,
    without_copies,
)
from core.document import Cell, Document, Section, Table
from core.forms.loader import load_form
from core.forms.model import Form, FormTable, table_name
from core.numbers import plain
from core.rules.severity import Severity
from core.rules.wording import TABLE_LABELS, cell_label
from core.session import Session
from core.superiors import hierarchy_of

_SURE = ("number", "blank")
_MOST_NAMED = 3
_UNSURE_NOTE = "有 {count} 个单元格至少一个单位没有确定的数字，和数可能不全，请与各单位核对。"


@dataclass(frozen=True)
class Unit:
    """A report that is added: whose it is, its numbers by slot, and what to know about it.

    `unsure` are the slots of the form that it has no certain number for.
    """

    row: Row
    numbers: Mapping[str, Decimal]
    unsure: frozenset[str]
    marks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The agency, the file where it names none."""
        return self.row.agency or self.row.file


@dataclass(frozen=True)
class Summary:
    """Several reports added up.

    `left_out` are reports that were not added, with the reason.  `unsure` are the
    slots of which at least one unit has no certain number.
    """

    form: Form
    year: int | None
    units: tuple[Unit, ...]
    left_out: tuple[tuple[Row, str], ...]
    sums: Mapping[str, Decimal]
    unsure: frozenset[str]


def summary_of(
    rows: Sequence[Row], chosen: Collection[str] | None = None, *, without_marked: bool = False
) -> Summary:
    """Return the sum of the reports of a folder; rows need their `slots`.

    `chosen` are the files that a person wants added, None for all of them; what must
    not be added is left out all the same.  `without_marked` leaves out units with
    errors, uncertain cells or other marks.
    """
    left_out: dict[str, tuple[Row, str]] = {}
    files = frozenset(row.file for row in rows) if chosen is None else frozenset(chosen)
    wanted = [row for row in rows if row.file in files]
    read = [row for row in wanted if not row.error]
    year, edition = main_year(read), _main_edition(read)
    kept = list(_of_one_kind(_one_each(read, left_out), year, edition, left_out))
    found = hierarchy_of(kept)
    units = {row.file for row in found.units}
    for row in kept:
        if row.file not in units:
            is_superior = found.superior is not None and row.file == found.superior.file
            why = "是上级政府的报告" if is_superior else "已包含在上级政府的报告中"
            left_out[row.file] = row, why
    left_out |= {row.file: (row, "没有读取") for row in wanted if row.error}
    left_out |= {row.file: (row, "没有选择") for row in rows if row.file not in files}
    form = load_form(edition or "2021")
    marked = _with_versions(read)
    summed = [unit_of(row, form, marked.get(row.file, ())) for row in found.units]
    if without_marked:
        left_out |= {u.row.file: (u.row, "；".join(u.marks)) for u in summed if u.marks}
        summed = [unit for unit in summed if not unit.marks]
    order = [left_out[row.file] for row in rows if row.file in left_out]
    return added(form, year, summed, order)


def added(
    form: Form,
    year: int | None,
    units: Iterable[Unit],
    left_out: Iterable[tuple[Row, str]] = (),
) -> Summary:
    """Return the sum of chosen units."""
    units = tuple(units)
    sums = {
        slot: sum((unit.numbers.get(slot, Decimal(0)) for unit in units), Decimal(0))
        for slot in printed_slots(form)
    }
    unsure = frozenset(slot for unit in units for slot in unit.unsure)
    return Summary(form, year, units, tuple(left_out), sums, unsure)


def unit_of(row: Row, form: Form, marks: Iterable[str] = ()) -> Unit:
    """Return a report's numbers by the slots of a form, marked if it has errors or open cells."""
    slots, found = printed_slots(form), row.slots
    numbers = {slot: Decimal(text) for slot in slots if (text := found.get(slot, (None, ""))[0])}
    unsure = {slot for slot in slots if found.get(slot, (None, "absent"))[1] not in _SURE}
    said = [*marks]
    if row.errors:
        said.append(f"有强制性错误 {row.errors} 处")
    if unsure:
        said.append(f"有 {len(unsure)} 个单元格没有确定的数字")
    elsewhere = [slot for slot in found if slot not in slots and found[slot][0]]
    if elsewhere:
        said.append(f"有 {len(elsewhere)} 个数字在这一版格式中没有位置，没有计入")
    return Unit(row, numbers, frozenset(unsure), tuple(said))


def printed_slots(form: Form) -> tuple[str, ...]:
    """Return the slots that the form prints, without the rows that some reports print instead."""
    cells = (cell for table in form.tables.values() for cell in table.cells)
    return tuple(cell.slot for cell in cells if cell.slot)


def summary_document(summary: Summary) -> Document:
    """Return the sums as a report in the official form, to be shown like any other."""
    sections = []
    for section in summary.form.sections:
        if section.table:
            table = summary_table(summary, summary.form.tables[section.table])
            sections.append(Section(section.number, section.heading, (table,), "table"))
    title = (
        f"{summary.year or ''}{'年度' if summary.year else ''}汇总（{len(summary.units)} 个单位）"
    )
    return Document("text", tuple(sections), title, None, summary.year)


def summary_session(summary: Summary) -> Session:
    """Return the sums as an open report for the grid; it stands in no file."""
    document = summary_document(summary)
    return Session(Path(f"{document.title}.xlsx"), b"", document)


def summary_table(summary: Summary, form_table: FormTable) -> Table:
    """Return one table of the form with the sums in it."""
    cells = (
        Cell(
            cell.row,
            cell.column,
            plain(summary.sums[cell.slot]) if cell.slot else cell.text,
            cell.row_span,
            cell.column_span,
        )
        for cell in form_table.cells
    )
    unsure = sum(cell.slot in summary.unsure for cell in form_table.cells)
    notes = (_UNSURE_NOTE.format(count=unsure),) if unsure else ()
    return Table(form_table.name, form_table.rows, form_table.columns, tuple(cells), notes=notes)


def superior_findings(rows: Sequence[Row]) -> list[FolderFinding]:
    """Return where a superior's report in the folder is not the sum of the units below it."""
    read = [row for row in rows if not row.error]
    year, edition = main_year(read), _main_edition(rows)
    kept = list(_of_one_kind(_one_each(read, {}), year, edition, {}))
    above = {row.file: row for row in kept}
    form = load_form(edition or "2021")
    findings: list[FolderFinding] = []
    for file, children in hierarchy_of(kept).children.items():
        total = added(form, year, [unit_of(child, form) for child in children])
        findings += _compared(unit_of(above[file], form), total)
    return findings


def _compared(superior: Unit, total: Summary) -> Iterator[FolderFinding]:
    files = (superior.row.file, *(unit.row.file for unit in total.units))
    whose = f"{superior.name}的报告与所属 {len(total.units)} 个单位之和"
    unknown = total.unsure | superior.unsure
    for name, label in TABLE_LABELS.items():
        slots = [slot for slot in total.sums if table_name(slot) == name]
        pairs = {slot: superior.numbers.get(slot, Decimal(0)) for slot in slots}
        wrong = [s for s in slots if s not in unknown and pairs[s] != total.sums[s]]
        if wrong:
            named = "；".join(_said(s, pairs[s], total) for s in wrong[:_MOST_NAMED])
            more = f"等 {len(wrong)} 处" if len(wrong) > _MOST_NAMED else ""
            cells = tuple((s, plain(total.sums[s]), plain(pairs[s])) for s in wrong)
            message = f"{label}：{whose}不一致：{named}{more}"
            yield FolderFinding(CHILDREN_DIFFER, Severity.WARNING, message, files, cells)
        if count := sum(slot in unknown for slot in slots):
            message = f"{label}：{whose}有 {count} 个单元格不能核对，因为其中有报告没有确定的数字"
            yield FolderFinding(CHILDREN_UNCHECKED, Severity.NOTE, message, files)


def _said(slot: str, own: Decimal, total: Summary) -> str:
    label = cell_label(total.form.tables[table_name(slot)], slot)
    return f"{label} {plain(own)} ≠ {plain(total.sums[slot])}"


def _main_edition(rows: Iterable[Row]) -> str | None:
    editions = Counter(row.edition for row in rows if row.edition)
    return editions.most_common(1)[0][0] if editions else None


def _one_each(rows: Sequence[Row], left_out: dict[str, tuple[Row, str]]) -> list[Row]:
    """Return one report for each agency and year; the first of several in name order."""
    kept = without_copies(rows)
    files = {row.file for row in kept}
    later = {row.file for group in versions(rows) for row in group[1:]}
    for row in rows:
        if row.file in later:
            left_out[row.file] = row, "同一机关有几份报告，只计入文件名在前的一份"
        elif row.file not in files:
            left_out[row.file] = row, "与另一个文件内容完全相同"
    return [row for row in kept if row.file not in later]


def _of_one_kind(
    rows: Iterable[Row],
    year: int | None,
    edition: str | None,
    left_out: dict[str, tuple[Row, str]],
) -> Iterator[Row]:
    """Yield the reports that may be added: of one year, one edition, with a table at all."""
    for row in rows:
        if year is not None and row.year is not None and row.year != year:
            left_out[row.file] = row, f"是 {row.year} 年度的报告"
        elif not row.edition:
            left_out[row.file] = row, "没有法定表格"
        elif row.edition != edition:
            left_out[row.file] = row, f"表格是 {row.edition} 年版格式"
        else:
            yield row


def _with_versions(rows: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    read = [row for row in rows if not row.error]
    return {
        group[0].file: (f"这个机关有 {len(group)} 份内容不同的报告，计入的是文件名在前的一份",)
        for group in versions(read)
    }
