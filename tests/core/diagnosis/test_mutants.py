"""A smaller run of what `packaging/mutants.py` prints, with other seeds."""

from random import Random

import pytest

from tests.core.diagnosis.experiments import (
    gaps_and_two_wrong,
    number_blanked,
    run,
    untouched,
    wrong_cells,
    zeros_blanked,
)


def test_a_sound_table_has_no_diagnosis():
    figures = run("untouched", untouched(Random(1)), 60)
    assert (figures.detected, figures.proved, figures.ranks) == (0, 0, [])


def test_one_wrong_number_is_always_located_and_its_value_known():
    figures = run("one", wrong_cells(Random(2), 1), 120)
    assert figures.detected == figures.proved == figures.within(1) == figures.tables
    assert figures.wrong_proofs == 0


def test_two_wrong_numbers_are_never_mistaken_for_one():
    figures = run("two", wrong_cells(Random(3), 2), 120)
    assert figures.detected == figures.tables
    assert figures.proved == 0
    assert figures.within(3) >= 0.9 * figures.tables


def test_three_wrong_numbers_are_named():
    figures = run("three", wrong_cells(Random(4), 3), 60)
    assert figures.detected == figures.tables
    assert figures.within(3) >= 0.9 * figures.tables


@pytest.mark.parametrize("mistake", [zeros_blanked, number_blanked])
def test_blanks_do_not_mislead(mistake):
    figures = run("blank", mistake(Random(5)), 100)
    assert figures.wrong_proofs == 0
    assert figures.named == figures.tables


def test_undecided_relations_never_let_two_wrong_numbers_pass_for_one():
    figures = run("gaps", gaps_and_two_wrong(Random(6)), 200)
    assert figures.wrong_proofs == 0
