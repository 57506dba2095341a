"""The search against brute force: every set of up to three cells, solved as linear equations."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from core.diagnosis import Reading, diagnose
from core.diagnosis.equations import is_count, systems
from core.diagnosis.search import Search
from core.forms.model import Comparison, Relation
from tests.core.diagnosis.consistent import FORMS, applications, filled_applications, wrong_number

ROWS = ("received", "carried_in", "given", "refused", "handled", "carried_out")
COLUMNS = ("people", "firms", "total")


def small_table():
    """Return the relations of an applications table of six rows and three columns."""

    def slots(rows, columns):
        return tuple(f"applications.{row}.{column}" for row in rows for column in columns)

    def relation(equation, over, left, right):
        return Relation(equation, "applications", over, left, Comparison.EQUAL, right)

    relations = []
    for column in COLUMNS:
        handled = slots(["handled"], [column])
        stock = slots(["received", "carried_in"], [column])
        rest = slots(["handled", "carried_out"], [column])
        relations.append(relation("balance", column, stock, rest))
        relations.append(
            relation("results", column, slots(["given", "refused"], [column]), handled)
        )
    for row in ROWS:
        relations.append(relation("row", row, slots([row], COLUMNS[:-1]), slots([row], ["total"])))
    return tuple(relations)


def sound_numbers(random, largest):
    numbers = {}
    for column in COLUMNS[:-1]:
        given, refused = random.randint(0, largest), random.randint(0, largest)
        carried_out = random.randint(0, largest)
        carried_in = random.randint(0, given + refused + carried_out)
        received = given + refused + carried_out - carried_in
        values = (received, carried_in, given, refused, given + refused, carried_out)
        numbers |= {(row, column): value for row, value in zip(ROWS, values, strict=True)}
    for row in ROWS:
        numbers[row, "total"] = numbers[row, "people"] + numbers[row, "firms"]
    return numbers


def mistaken_readings(random):
    """Return readings with up to three wrong numbers and some unusable or blank cells."""
    numbers = sound_numbers(random, random.choice((2, 9, 500)))
    for place in random.sample(sorted(numbers), random.randint(1, 3)):
        numbers[place] = wrong_number(random, numbers[place], 500)
    readings = {}
    for (row, column), number in numbers.items():
        total = row == "handled" or column == "total"
        value = None if random.random() < 0.1 and not number else Decimal(number)
        readings[f"applications.{row}.{column}"] = Reading(value, total, random.random() > 0.08)
    return readings


def solved(columns, target):
    """Return the only solution of `columns · x = target`, None if there is none or many."""
    rows = [[Fraction(c[i]) for c in columns] + [Fraction(t)] for i, t in enumerate(target)]
    size = len(columns)
    for place in range(size):
        pivot = next((row for row in rows[place:] if row[place]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        rows.insert(place, [value / pivot[place] for value in pivot])
        for i, row in enumerate(rows):
            if i != place and row[place]:
                factor = row[place]
                rows[i] = [a - factor * b for a, b in zip(row, rows[place], strict=True)]
    return None if any(row[size] for row in rows[size:]) else [row[size] for row in rows[:size]]


def brute_force(system, size):
    """Return all sets of so many cells that mend everything, each cell being needed."""
    matrix = {}
    for slot, signature in system.signatures.items():
        column = [0] * len(system.tested)
        for i, side in signature:
            column[i] = side
        matrix[slot] = column
    target = [-residual for residual in system.residuals]
    found = set()
    for slots in combinations(matrix, size):
        differences = solved([matrix[slot] for slot in slots], target)
        if differences and all(differences):
            after = (system.known[s] + d for s, d in zip(slots, differences, strict=True))
            if all(map(is_count, after)):
                found.add(frozenset(slots))
    return found


def searched(system, size):
    search = Search(system)
    found = set()
    for solution in search.sets(size):
        ways = [frozenset()]
        for step in solution:
            ways = [way | {slot} for way in ways for slot in search.fitting(step)]
        found |= set(ways)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_the_search_finds_every_smallest_set_and_no_other(seed):
    (system,) = systems(small_table(), mistaken_readings(Random(seed)))
    for size in (1, 2, 3):
        expected = brute_force(system, size) if system.broken else set()
        if system.broken:
            assert searched(system, size) == expected
        if expected:
            break


@pytest.mark.parametrize("seed", range(100, 220))
def test_a_proof_leaves_no_other_set_of_one_or_two_cells(seed):
    readings = mistaken_readings(Random(seed))
    proof = diagnose(small_table(), readings).proved
    if proof is not None:
        (system,) = systems(small_table(), readings)
        assert brute_force(system, 1) | brute_force(system, 2) == {frozenset(proof.slots)}


@pytest.mark.parametrize("form", FORMS)
def test_no_two_cells_of_a_form_share_two_relations(form):
    shared = [set(relation.slots) for relation in applications(form).relations]
    assert all(len(a & b) <= 1 for a, b in combinations(shared, 2))


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_of_a_complete_table_can_be_proved_wrong(form):
    table = filled_applications(Random(7), form)
    for slot, right in table.values.items():
        mistaken = table.changed({slot: right + 1})
        proof = diagnose(mistaken.relations, mistaken.readings).proved
        assert proof is not None
        assert [(c.slot, c.after) for c in proof.changes] == [(slot, right)]
