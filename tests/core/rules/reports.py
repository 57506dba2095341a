"""Invented reports for tests: the printed form filled in consistently, then changed as asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.document import Cell, Confidence, Document, Paragraph, Section, Table
from core.forms.loader import load_form
from core.forms.match import match
from core.forms.model import FormTable, column_key, row_key, slot_name
from core.rules.context import Context

NAMES = ("disclosure", "applications", "cases")
# May make rules, and its purchases may be large: what a rule says of small organs is not said.
AGENCY = "云溪市人民政府"
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
PROSE = {
    1: ["本年度在网站主动公开各类信息，依法办理申请，严格审核内容，组织业务培训。"],
    5: ["培训还不够，下一年继续改进。"],
    6: ["本年度依法发出了收费通知，没有收取信息处理费。"],
}


@dataclass(frozen=True)
class Changes:
    """How a report differs from the consistent one; the keys of a case in a TOML file.

    `year` 0 is no year.  `filled` stands in every cell instead of invented
    numbers.  `labels` and `readings` replace what stands in cells, by the
    printed label and by slot.  `sections` lists the numbers of the headings in
    their order, `prose` the paragraphs of a section ("0" is the opening).  `others` are tables that
    are none of the three, row by row, in the sixth section.  `last_year` is
    what last year's report has in place of this one's, key by key, None where
    none is loaded.
    """

    edition: str = "2021"
    year: int | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    without_tables: Collection[str] = ()
    without_rows: Collection[str] = ()
    without_cells: Collection[str] = ()
    tables_of_2019: Collection[str] = ()
    extra_rows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    repeated: Collection[str] = ()
    sections: Sequence[int] = (1, 2, 3, 4, 5, 6)
    prose: Mapping[str, Sequence[str]] = field(default_factory=dict)
    filled: str | None = None
    agency: str = AGENCY
    others: Sequence[Sequence[Sequence[str]]] = ()
    last_year: Mapping[str, Any] | None = None

    @property
    def report_year(self) -> int | None:
        return int(self.edition) + 1 if self.year is None else self.year or None


def context_of(changes: Changes) -> Context:
    document = report(changes)
    return Context(document, match(document), _last_year(changes))


def _last_year(changes: Changes) -> Context | None:
    if changes.last_year is None:
        return None
    year = (changes.report_year or 1) - 1
    as_before = {**vars(changes), "year": year, "last_year": None}
    return context_of(Changes(**{**as_before, **changes.last_year}))


def report(changes: Changes) -> Document:
    year = changes.report_year
    tables = {name: _table(name, changes) for name in NAMES if name not in changes.without_tables}
    title = f"{changes.agency}{year or ''}年政府信息公开工作年度报告"
    opening = [Paragraph(text) for text in (title, *changes.prose.get("0", ()))]
    sections = [Section(0, "", tuple(opening))]
    for number in changes.sections:
        texts = changes.prose.get(str(number), PROSE.get(number, []))
        blocks = [Paragraph(text) for text in texts]
        blocks += [t for name, t in tables.items() if _section(name) == number]
        blocks += [
            replace(tables[name], id=f"{tables[name].id}x")
            for name in changes.repeated
            if _section(name) == number
        ]
        if number == changes.sections[-1]:
            blocks += [_other(f"o{i}", rows) for i, rows in enumerate(changes.others)]
        kind = "table" if number in (2, 3, 4) else "text"
        sections.append(Section(number, HEADINGS[number - 1], tuple(blocks), kind))
    return Document("text", tuple(sections), title, changes.agency or None, year)


def consistent(form_table: FormTable) -> dict[str, str]:
    """Return invented small numbers for every slot of a table that fit together."""
    inputs = [slot for slot in form_table.slots if not form_table.is_total(slot)]
    numbers = {slot: str((3 * i + i // 7) % 4) for i, slot in enumerate(inputs)}
    if form_table.name == "disclosure":
        for slot in inputs:
            if column_key(slot) in ("in_force", "total_published"):
                numbers[slot] = "20"
            if column_key(slot) == "published":
                numbers[slot] = "0"
    return with_totals(form_table, numbers)


def with_totals(form_table: FormTable, inputs: Mapping[str, str]) -> dict[str, str]:
    """Return inputs with all totals computed from them; 新收 is what makes the columns balance."""
    numbers = {slot: int(text) for slot, text in inputs.items()}
    rows = [row.key for row in form_table.row_specs]
    if form_table.name == "cases":
        for relation in form_table.relations(rows):
            numbers[relation.right[0]] = sum(numbers[slot] for slot in relation.left)
    if form_table.name == "applications":
        results = [r for r in rows if r not in ("received", "carried_in", "handled", "carried_out")]
        columns = [c.key for c in form_table.columns_of["received"]]
        for key in columns[:-1]:
            at = {row: slot_name("applications", row, key) for row in rows}
            numbers[at["handled"]] = sum(numbers[at[row]] for row in results)
            out = numbers[at["handled"]] + numbers[at["carried_out"]]
            numbers[at["carried_in"]] = min(numbers[at["carried_in"]], out)
            numbers[at["received"]] = out - numbers[at["carried_in"]]
        for row in rows:
            parts = [slot_name("applications", row, key) for key in columns[:-1]]
            numbers[slot_name("applications", row, columns[-1])] = sum(numbers[p] for p in parts)
    return {slot: str(number) for slot, number in numbers.items()}


def _other(table_id: str, rows: Sequence[Sequence[str]]) -> Table:
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return Table(table_id, len(rows), max(map(len, rows)), tuple(cells))


def _section(name: str) -> int:
    return NAMES.index(name) + 2


def _table(name: str, changes: Changes) -> Table:
    edition = "2019" if name in changes.tables_of_2019 else changes.edition
    form_table = load_form(edition).tables[name]
    if changes.filled is None:
        texts = consistent(replace(form_table, alternatives=()))
    else:
        texts = dict.fromkeys(form_table.slots, changes.filled)
    texts |= changes.slots
    cells = [
        _cell(cell, texts, changes)
        for cell in form_table.cells
        if cell.slot is None or cell.slot not in changes.without_cells
    ]
    table = Table(f"t{NAMES.index(name) + 1}", form_table.rows, form_table.columns, tuple(cells))
    gone = {
        cell.row
        for cell in form_table.cells
        if cell.slot and f"{name}.{row_key(cell.slot)}" in changes.without_rows
    }
    table = without_rows(table, gone) if gone else table
    if name in changes.extra_rows:
        table = _with_row(table, changes.extra_rows[name])
    return table


def _cell(cell, texts, changes: Changes) -> Cell:
    if cell.slot in changes.readings:
        readings = tuple(changes.readings[cell.slot])
        blank = Cell(cell.row, cell.column, "", cell.row_span, cell.column_span)
        return replace(blank, confidence=Confidence.UNCERTAIN, readings=readings)
    text = texts[cell.slot] if cell.slot else changes.labels.get(cell.text, cell.text)
    return Cell(cell.row, cell.column, text, cell.row_span, cell.column_span)


def without_rows(table: Table, rows: Collection[int]) -> Table:
    """Return a table without some grid rows, as if they had never been printed."""
    kept = [row for row in range(table.rows) if row not in rows]
    new = {row: index for index, row in enumerate(kept)}
    cells = []
    for cell in table.cells:
        covered = [row for row in range(cell.row, cell.row + cell.row_span) if row in new]
        if covered:
            cells.append(replace(cell, row=new[covered[0]], row_span=len(covered)))
    return replace(table, rows=len(kept), cells=tuple(cells))


def _with_row(table: Table, texts: Sequence[str]) -> Table:
    new = tuple(Cell(table.rows, column, text) for column, text in enumerate(texts))
    return replace(table, rows=table.rows + 1, cells=(*table.cells, *new))
