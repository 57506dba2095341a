"""An edition of the official form: sections, tables, slots and equations.

A slot is a cell that the form knows by name, `table.row.column`, such as
`applications.received.total`.  What adds up to what is data in
`resources/forms/*.json`; how to check it is code in `core.rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import takewhile


class SlotKind(StrEnum):
    """What a slot holds: a count (件), a signed change, or an amount of money (万元)."""

    COUNT = "count"
    CHANGE = "change"
    AMOUNT = "amount"


class Comparison(StrEnum):
    """How the two sides of an equation must stand to each other."""

    EQUAL = "="
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell of the printed form, at its top-left position in the form's grid."""

    row: int
    column: int
    row_span: int
    column_span: int
    role: str
    text: str = ""
    slot: str | None = None
    kind: SlotKind = SlotKind.COUNT

    def covers_column(self, column: int) -> bool:
        """Return whether the cell stands over a column of the form."""
        return self.column <= column < self.column + self.column_span

    def covers_row(self, row: int) -> bool:
        """Return whether the cell stands beside a row of the form."""
        return self.row <= row < self.row + self.row_span


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form that holds numbers: its key, printed label, variants and group label."""

    key: str
    label: str
    variants: tuple[str, ...] = ()
    group: str | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column that holds numbers: its key, printed label, variants and group label."""

    key: str
    label: str
    variants: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """One row that some reports print in place of several (decision 5: （六）其他处理)."""

    row: FormRow
    replaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """What must hold for every row, column or block of a table, as patterns of keys.

    `over` is "rows" or "columns": which key runs.  The terms name the other key.
    """

    id: str
    table: str
    over: str
    left: tuple[str, ...]
    comparison: Comparison
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation for one row, column or block: the slots on both sides.

    `over` is the key of the row, column or block that it speaks of.
    """

    equation: str
    table: str
    over: str
    left: tuple[str, ...]
    comparison: Comparison
    right: tuple[str, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """All slots that take part, the left side first."""
        return self.left + self.right


@dataclass(frozen=True)
class FormTable:
    """A statutory table of one edition: its grid and its rows and columns of numbers."""

    name: str
    section: int
    rows: int
    columns: int
    cells: tuple[FormCell, ...]
    row_specs: tuple[FormRow, ...]
    alternatives: tuple[AlternativeRow, ...]
    label_variants: Mapping[str, tuple[str, ...]]
    equations: tuple[Equation, ...]

    @cached_property
    def slots(self) -> Mapping[str, FormCell]:
        """The cells that hold numbers, by slot name, the alternative rows' included."""
        printed = {cell.slot: cell for cell in self.cells if cell.slot}
        for alternative in self.alternatives:
            model = alternative.replaces[0]
            for slot, cell in list(printed.items()):
                if row_key(slot) == model:
                    printed[slot_name(self.name, alternative.row.key, column_key(slot))] = cell
        return printed

    @cached_property
    def columns_of(self) -> Mapping[str, tuple[FormColumn, ...]]:
        """The columns of numbers of each row key, in printed order."""
        found: dict[str, list[FormColumn]] = {}
        for slot, cell in self.slots.items():
            found.setdefault(row_key(slot), []).append(self._column(slot, cell))
        return {key: tuple(columns) for key, columns in found.items()}

    @cached_property
    def rows_by_key(self) -> Mapping[str, FormRow]:
        """All rows by key, the alternative ones included."""
        rows = (*self.row_specs, *(alternative.row for alternative in self.alternatives))
        return {row.key: row for row in rows}

    def _column(self, slot: str, cell: FormCell) -> FormColumn:
        above = [
            other
            for other in self.cells
            if other.role == "header" and other.row < cell.row and other.covers_column(cell.column)
        ]
        # Nearest first; a new header under another one is its part, so the last two name it.
        above.sort(key=lambda other: -other.row)
        group = above[1].text if len(above) > 1 else None
        label = above[0].text
        return FormColumn(column_key(slot), label, self.label_variants.get(label, ()), group)

    def is_total(self, slot: str) -> bool:
        """Return whether a slot is a total: 总计 column, （七）总计 row, 总计 of a block."""
        return self.slots[slot].role == "total"

    def relations(self, rows: Iterable[str]) -> tuple[Relation, ...]:
        """Return the equations written out for a table that prints these row keys."""
        present = tuple(rows)
        return tuple(
            relation for equation in self.equations for relation in self._expand(equation, present)
        )

    def _expand(self, equation: Equation, rows: Sequence[str]) -> Iterable[Relation]:
        columns = {key: [c.key for c in self.columns_of[key]] for key in rows}
        if equation.over == "rows":
            keys: Iterable[str] = [key for key in rows if self._fits(equation, columns[key])]
        else:
            keys = list(dict.fromkeys(column for key in rows for column in columns[key]))
        for key in keys:
            others = columns[key] if equation.over == "rows" else rows

            def side(
                patterns: tuple[str, ...], key: str = key, others: Sequence[str] = others
            ) -> tuple[str, ...]:
                terms = [o for pattern in patterns for o in others if fnmatchcase(o, pattern)]
                if equation.over == "rows":
                    return tuple(slot_name(self.name, key, term) for term in terms)
                return tuple(slot_name(self.name, term, key) for term in terms)

            yield Relation(
                equation.id,
                self.name,
                key,
                side(equation.left),
                equation.comparison,
                side(equation.right),
            )

    @staticmethod
    def _fits(equation: Equation, columns: Sequence[str]) -> bool:
        wanted = {*equation.left, *equation.right}
        return wanted <= set(columns)


@dataclass(frozen=True, slots=True)
class FormSection:
    """A section that the form asks for: number, printed heading, variants, "text" or "table"."""

    number: int
    heading: str
    kind: str
    variants: tuple[str, ...] = ()
    table: str | None = None
    must_have: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One edition of the official form, "2019" or "2021"."""

    edition: str
    document_number: str
    document_title: str
    sections: tuple[FormSection, ...]
    tables: Mapping[str, FormTable]

    @cached_property
    def slots(self) -> Mapping[str, FormCell]:
        """All slots of all tables by name."""
        return {name: cell for table in self.tables.values() for name, cell in table.slots.items()}


def slot_name(table: str, row: str, column: str) -> str:
    """Return the name of the slot in a row and a column of a table."""
    return f"{table}.{row}.{column}"


def table_name(slot: str) -> str:
    """Return the table's name in a slot's name."""
    return slot.split(".")[0]


def row_key(slot: str) -> str:
    """Return the row's key in a slot's name; for the cases table the block's key."""
    return slot.split(".")[1]


def column_key(slot: str) -> str:
    """Return the column's key in a slot's name."""
    return slot.split(".")[2]


_NUMERAL = re.compile(
    r"^(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])\s*"
)


def short_label(label: str) -> str:
    """Return a printed label without its numeral, remark in brackets and line breaks."""
    plain = _NUMERAL.sub("", label.replace("\n", "").replace(" ", ""))
    return "".join(takewhile(lambda character: character not in "（(", plain)) or plain
