"""Complete, consistent tables of random numbers, and mistakes made in them on purpose.

Everything is drawn from a `Random` that the caller seeds, so a figure printed
once can be printed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from random import Random

from core.diagnosis import Reading
from core.forms.loader import load_form
from core.forms.model import FormTable, Relation, column_key, row_key, slot_name

FORMS = ("2019", "2021", "2021 with one row")
LARGEST = (1, 3, 10, 30, 100, 1000, 10000)
STOCKS = ("received", "carried_in", "handled", "carried_out")


@dataclass(frozen=True)
class Blueprint:
    """A table of the form as a report prints it: its rows, columns and relations."""

    form_table: FormTable
    rows: tuple[str, ...]

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        return self.form_table.relations(self.rows)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.form_table.columns_of[self.rows[0]])

    @cached_property
    def slots(self) -> tuple[str, ...]:
        name = self.form_table.name
        return tuple(slot_name(name, row, column) for row in self.rows for column in self.columns)

    def is_total(self, slot: str) -> bool:
        return self.form_table.is_total(slot)


@dataclass(frozen=True)
class Filled:
    """A table with numbers; None is a blank cell, a slot that is not there is unusable."""

    blueprint: Blueprint
    values: Mapping[str, int | None]

    @property
    def relations(self) -> tuple[Relation, ...]:
        return self.blueprint.relations

    @property
    def readings(self) -> dict[str, Reading]:
        return {
            slot: Reading(None if value is None else Decimal(value), self.blueprint.is_total(slot))
            for slot, value in self.values.items()
        }

    def changed(self, values: Mapping[str, int | None]) -> Filled:
        return Filled(self.blueprint, {**self.values, **values})

    def without(self, slots: Iterable[str]) -> Filled:
        gone = set(slots)
        return Filled(self.blueprint, {s: v for s, v in self.values.items() if s not in gone})


@cache
def applications(form: str) -> Blueprint:
    """Return the applications table of one of `FORMS`."""
    table = load_form(form.split()[0]).tables["applications"]
    rows = [row.key for row in table.row_specs]
    if "one row" in form:
        (alternative,) = table.alternatives
        first = rows.index(alternative.replaces[0])
        rows = [row for row in rows if row not in alternative.replaces]
        rows.insert(first, alternative.row.key)
    return Blueprint(table, tuple(rows))


@cache
def cases() -> Blueprint:
    """Return the cases table, which is the same in all editions."""
    table = load_form("2021").tables["cases"]
    return Blueprint(table, tuple(row.key for row in table.row_specs))


def filled_applications(random: Random, form: str | None = None) -> Filled:
    """Return a complete and consistent applications table of some size and density."""
    blueprint = applications(form or random.choice(FORMS))
    largest, density = random.choice(LARGEST), random.choice((0.03, 0.1, 0.3, 0.6, 1))
    values: dict[str, int] = {}
    for column in blueprint.columns[:-1]:
        for row, value in _column(random, blueprint.rows, largest, density).items():
            values[slot_name("applications", row, column)] = value
    return Filled(blueprint, _with_row_totals(blueprint, values))


def filled_cases(random: Random) -> Filled:
    """Return a complete and consistent cases table."""
    blueprint = cases()
    largest = random.choice(LARGEST)
    parts = [slot for slot in blueprint.slots if not blueprint.is_total(slot)]
    values = {slot: random.randint(0, largest) for slot in parts}
    return Filled(blueprint, _with_row_totals(blueprint, values))


def _column(random: Random, rows: Iterable[str], largest: int, density: float) -> dict[str, int]:
    def some() -> int:
        return random.randint(0, largest) if random.random() < density else 0

    column = {row: some() for row in rows if row not in STOCKS}
    column["handled"] = sum(column.values())
    column["carried_out"] = some()
    column["carried_in"] = min(some(), column["handled"] + column["carried_out"])
    column["received"] = column["handled"] + column["carried_out"] - column["carried_in"]
    return column


def _with_row_totals(blueprint: Blueprint, values: Mapping[str, int]) -> dict[str, int | None]:
    sums: dict[str, int] = {}
    for slot, value in values.items():
        sums[row_key(slot)] = sums.get(row_key(slot), 0) + value
    return {
        slot: sums[row_key(slot)] if column_key(slot) == "total" else values[slot]
        for slot in blueprint.slots
    }


def wrong_number(random: Random, right: int, largest: int = 10000) -> int:
    """Return another count: by chance, near, or by a slip of the hand."""
    while True:
        wrong = random.choice((_by_chance, _near, _by_slip))(random, right, largest)
        if wrong != right and wrong >= 0:
            return wrong


def _by_chance(random: Random, right: int, largest: int) -> int:
    return random.randint(0, largest)


def _near(random: Random, right: int, largest: int) -> int:
    return right + random.choice((-10, -2, -1, 1, 2, 10))


def _by_slip(random: Random, right: int, largest: int) -> int:
    digits = list(str(right))
    place = random.randrange(len(digits))
    slip = random.choice(("swap", "double", "lose", "mistake"))
    if slip == "swap" and place:
        digits[place - 1], digits[place] = digits[place], digits[place - 1]
    elif slip == "double":
        digits.insert(place, digits[place])
    elif slip == "lose":
        del digits[place]
    else:
        digits[place] = random.choice("0123456789")
    return int("".join(digits) or "0")
