"""Candidates: which sets of cells, in which order, for which reason."""

from decimal import Decimal

import pytest

from core.diagnosis import Evidence, PatternKind, Reading, ReasonKind, diagnose
from core.forms.loader import load_form
from tests.core.diagnosis.consistent import STOCKS, Filled, applications, cases

NOBODY = dict.fromkeys(applications("2021").slots, 0)


def table_of(**rows):
    """Return a sound table: parts by row, the totals, 办理 and 新收 computed."""
    blueprint = applications("2021")
    columns = blueprint.columns[:-1]
    grid = {row: list(rows.get(row, [0] * 6)) for row in blueprint.rows}
    details = [row for row in blueprint.rows if row not in STOCKS]
    grid["handled"] = [sum(grid[row][i] for row in details) for i in range(6)]
    grid["received"] = [
        grid["handled"][i] + grid["carried_out"][i] - grid["carried_in"][i] for i in range(6)
    ]
    values = dict(NOBODY)
    for row, numbers in grid.items():
        values |= {cell(row, c): n for c, n in zip(columns, numbers, strict=True)}
        values[cell(row, "total")] = sum(numbers)
    return Filled(blueprint, values)


def cell(row, column):
    return f"applications.{row}.{column}"


def diagnosis_of(table, evidence=None):
    return diagnose(table.relations, table.readings, evidence)


def changes(repair):
    return {change.slot: change.after for change in repair.changes}


def kinds(repair):
    return {reason.kind for reason in repair.reasons}


SOUND = table_of(
    disclosed=[23, 4, 0, 0, 0, 1],
    partly_disclosed=[12, 3, 1, 0, 0, 0],
    refused_process=[7, 0, 0, 0, 2, 0],
    refused_inquiry=[17, 0, 0, 0, 0, 0],
    rejected_petition=[20, 0, 0, 0, 0, 0],
    carried_in=[5, 1, 0, 0, 0, 0],
    carried_out=[6, 2, 0, 0, 0, 0],
)


def mistaken(**values):
    """Return the sound table with other values, named row__column."""
    return SOUND.changed({cell(*name.split("__")): value for name, value in values.items()})


@pytest.mark.parametrize(
    ("wrong", "right", "kind"),
    [
        (32, 23, ReasonKind.DIGITS_SWAPPED),
        (233, 23, ReasonKind.DIGIT_DOUBLED),
        (123, 23, ReasonKind.DIGIT_ADDED),
        (2, 23, ReasonKind.DIGIT_LOST),
        (28, 23, ReasonKind.DIGIT_MISTAKEN),
        (-23, 23, ReasonKind.SIGN_MISTAKEN),
        (None, 23, ReasonKind.BLANK_FILLED),
    ],
)
def test_a_proof_says_how_the_slip_happened(wrong, right, kind):
    diagnosis = diagnosis_of(mistaken(disclosed__natural_person=wrong))
    assert changes(diagnosis.proved) == {cell("disclosed", "natural_person"): right}
    assert kinds(diagnosis.proved) == {kind}


def test_one_digit_for_another_says_nothing():
    diagnosis = diagnosis_of(mistaken(refused_process__natural_person=4))
    assert diagnosis.proved.reasons == ()


def test_a_number_split_over_two_cells_is_recognised():
    diagnosis = diagnosis_of(mistaken(rejected_petition__natural_person=2))
    assert kinds(diagnosis.proved) == {ReasonKind.NUMBER_SPLIT}
    table = mistaken(refused_inquiry__natural_person=1, refused_inquiry__business=7)
    best = diagnosis_of(table).candidates[0]
    assert changes(best) == {
        cell("refused_inquiry", "natural_person"): 17,
        cell("refused_inquiry", "business"): 0,
    }
    assert kinds(best) == {ReasonKind.NUMBER_SPLIT}


def test_two_numbers_joined_in_one_cell_are_recognised():
    table = mistaken(disclosed__natural_person=234, disclosed__business=0)
    best = diagnosis_of(table).candidates[0]
    assert changes(best) == {
        cell("disclosed", "natural_person"): 23,
        cell("disclosed", "business"): 4,
    }
    assert kinds(best) == {ReasonKind.NUMBERS_JOINED}


def test_two_cells_that_were_exchanged_are_named_first():
    table = mistaken(disclosed__natural_person=4, disclosed__business=23)
    diagnosis = diagnosis_of(table)
    assert diagnosis.proved is None
    assert changes(diagnosis.candidates[0]) == {
        cell("disclosed", "natural_person"): 23,
        cell("disclosed", "business"): 4,
    }
    assert ReasonKind.CELLS_SWAPPED in kinds(diagnosis.candidates[0])


def test_a_number_in_the_next_column_is_named_first():
    table = mistaken(rejected_petition__natural_person=0, rejected_petition__business=20)
    best = diagnosis_of(table).candidates[0]
    assert changes(best) == {
        cell("rejected_petition", "natural_person"): 20,
        cell("rejected_petition", "business"): 0,
    }
    assert ReasonKind.VALUE_SHIFTED in kinds(best)


def test_a_row_that_slipped_by_one_cell_is_one_mistake():
    sound = table_of(disclosed=[9, 8, 7, 6, 5, 0], unavailable_not_held=[40] * 6)
    numbers = [0, 9, 8, 7, 6, 5]
    columns = sound.blueprint.columns[:-1]
    table = sound.changed({cell("disclosed", c): n for c, n in zip(columns, numbers, strict=True)})
    best = diagnosis_of(table).candidates[0]
    assert kinds(best) == {ReasonKind.LINE_SHIFTED}
    assert [int(change.after) for change in best.changes] == [9, 8, 7, 6, 5, 0]


def test_an_amount_in_the_wrong_column_is_named_as_moved():
    table = mistaken(disclosed__natural_person=20, disclosed__business=7)
    diagnosis = diagnosis_of(table)
    assert diagnosis.proved is None
    assert diagnosis.pattern.kind is PatternKind.MOVED_BETWEEN_COLUMNS
    assert diagnosis.pattern.amount == 3
    firsts, seconds = zip(*diagnosis.pattern.choices, strict=True)
    # The column that has too much comes first; the row is not known.
    assert {slot.split(".")[2] for slot in firsts} == {"business"}
    assert {slot.split(".")[2] for slot in seconds} == {"natural_person"}
    assert (cell("disclosed", "business"), cell("disclosed", "natural_person")) in (
        diagnosis.pattern.choices
    )
    assert len(diagnosis.pattern.choices) > 1


def test_an_amount_in_the_wrong_row_is_named_as_moved():
    table = mistaken(disclosed__natural_person=21, partly_disclosed__natural_person=14)
    pattern = diagnosis_of(table).pattern
    assert pattern.kind is PatternKind.MOVED_BETWEEN_ROWS
    assert pattern.amount == 2
    assert {a.split(".")[1] for a, _ in pattern.choices} == {"partly_disclosed"}
    assert {a.split(".")[2] for a, _ in pattern.choices} >= {"natural_person", "business"}


def test_a_part_and_its_total_off_by_the_same_amount_are_named_as_such():
    table = mistaken(disclosed__natural_person=24, disclosed__total=29)
    pattern = diagnosis_of(table).pattern
    assert pattern.kind is PatternKind.SAME_IN_COLUMNS
    assert pattern.amount == 1


def test_two_mistakes_that_have_nothing_in_common_come_as_one_set():
    table = mistaken(disclosed__natural_person=32, carried_out__business=12)
    (repair,) = diagnosis_of(table).candidates
    assert changes(repair) == {
        cell("disclosed", "natural_person"): 23,
        cell("carried_out", "business"): 2,
    }
    assert len(repair.relations) == 4


def test_the_prose_ranks_candidates():
    table = mistaken(disclosed__natural_person=20, disclosed__business=7)
    slots = (cell("partly_disclosed", "natural_person"), cell("partly_disclosed", "business"))
    assert diagnosis_of(table).candidates[0].slots != slots
    evidence = Evidence({slots[0]: frozenset({Decimal(15)})})
    best = diagnosis_of(table, evidence).candidates[0]
    assert best.slots == slots
    assert ReasonKind.PROSE_STATES in kinds(best)


def test_the_prose_supports_a_proof_but_is_not_needed():
    table = mistaken(disclosed__total=82)
    stated = Evidence({cell("disclosed", "total"): frozenset({Decimal(28)})})
    assert diagnosis_of(table).proved is not None
    assert kinds(diagnosis_of(table, stated).proved) >= {ReasonKind.PROSE_STATES}


def test_nothing_is_proved_against_the_prose():
    table = mistaken(disclosed__total=82)
    diagnosis = diagnosis_of(table, Evidence({cell("disclosed", "total"): frozenset({82})}))
    assert diagnosis.proved is None
    (candidate,) = diagnosis.candidates
    assert changes(candidate) == {cell("disclosed", "total"): 28}
    assert ReasonKind.PROSE_STATES_PRESENT in kinds(candidate)


def test_nothing_is_proved_against_what_last_year_carried_over():
    table = mistaken(carried_in__natural_person=8)
    last_year = {cell("carried_out", "natural_person"): Decimal(8)}
    assert diagnosis_of(table).proved is not None
    assert diagnosis_of(table, Evidence(last_year=last_year)).proved is None
    confirming = Evidence(last_year={cell("carried_out", "natural_person"): Decimal(5)})
    assert ReasonKind.LAST_YEAR_STATES in kinds(diagnosis_of(table, confirming).proved)


def test_a_number_left_from_last_year_is_remarked():
    table = mistaken(disclosed__business=9)
    evidence = Evidence(last_year={cell("disclosed", "business"): Decimal(9)})
    assert kinds(diagnosis_of(table, evidence).proved) == {ReasonKind.UNCHANGED_SINCE_LAST_YEAR}


def test_a_cell_with_an_undecided_relation_is_never_proved():
    table = mistaken(disclosed__natural_person=32, disclosed__total=None)
    diagnosis = diagnosis_of(table)
    assert diagnosis.proved is None
    assert changes(diagnosis.candidates[0]) == {cell("disclosed", "natural_person"): 23}
    assert ReasonKind.UNFILLED_AGREE in kinds(diagnosis.candidates[0])


def test_a_gap_through_which_two_wrong_cells_look_like_one_forbids_a_proof():
    table = mistaken(disclosed__natural_person=24, rejected_petition__total=None)
    diagnosis = diagnosis_of(table)
    assert diagnosis.proved is None
    assert changes(diagnosis.candidates[0]) == {cell("disclosed", "natural_person"): 23}
    assert {len(repair.changes) for repair in diagnosis.candidates[1:]} == {2}


def test_an_impossible_number_elsewhere_forbids_a_proof():
    blueprint = SOUND.blueprint
    readings = SOUND.readings
    wrong = {
        cell("disclosed", "natural_person"): 32,
        cell("rejected_petition", "business"): -1,
        cell("rejected_petition", "legal_service"): 1,
        cell("refused_process", "business"): 1,
        cell("refused_process", "legal_service"): 1,
    }
    readings |= {slot: Reading(Decimal(value)) for slot, value in wrong.items()}
    assert diagnose(blueprint.relations, readings).proved is None


def test_fractions_and_very_long_numbers_are_exact():
    slot = cell("disclosed", "natural_person")
    for number in ("23.5", "9" * 30):
        readings = SOUND.readings | {slot: Reading(Decimal(number))}
        assert changes(diagnose(SOUND.relations, readings).proved) == {slot: 23}


def test_where_no_relation_is_decided_two_ways_to_a_blank_total_must_still_agree():
    table = mistaken(
        disclosed__natural_person=32, disclosed__total=None, handled__natural_person=None
    )
    diagnosis = diagnosis_of(table)
    assert diagnosis.proved is None
    assert changes(diagnosis.candidates[0]) == {cell("disclosed", "natural_person"): 23}
    assert diagnosis.candidates[0].relations == ()


def test_a_block_of_the_cases_table_has_candidates_and_no_proof():
    blueprint = cases()
    values = dict.fromkeys(blueprint.slots, 0)
    values |= {
        "cases.reconsideration.upheld": 10,
        "cases.reconsideration.corrected": 2,
        "cases.reconsideration.total": 21,
        "cases.later_lawsuit.pending": 3,
    }
    table = Filled(blueprint, values)
    diagnosis = diagnosis_of(table)
    assert diagnosis.proved is None
    assert changes(diagnosis.candidates[0]) == {"cases.reconsideration.total": 12}
    by_block = {repair.relations[0].over for repair in diagnosis.candidates}
    assert by_block == {"reconsideration", "later_lawsuit"}
    assert all(len(repair.relations) == 1 for repair in diagnosis.candidates)
    blocks = [c.slots[0].split(".")[1] for c in diagnosis.candidates]
    assert blocks.count("reconsideration") == 5


def test_one_possible_value_in_a_block_is_still_no_proof():
    blueprint = cases()
    values = dict.fromkeys(blueprint.slots, 0) | {"cases.reconsideration.upheld": 1}
    readings = Filled(blueprint, values).readings
    readings |= {
        slot: Reading(usable=False)
        for slot in ("cases.direct_lawsuit.total", "cases.later_lawsuit.total")
    }
    diagnosis = diagnose(blueprint.relations, readings)
    assert diagnosis.candidates
    assert diagnosis.proved is None


def test_inequalities_get_no_diagnosis():
    form_table = load_form("2021").tables["disclosure"]
    relations = form_table.relations([row.key for row in form_table.row_specs])
    readings = {slot: Reading(Decimal(0)) for slot in form_table.slots}
    readings["disclosure.regulations.issued"] = Reading(Decimal(9))
    diagnosis = diagnose(relations, readings)
    assert (diagnosis.proved, diagnosis.candidates) == (None, ())


def test_tables_are_diagnosed_one_at_a_time():
    with pytest.raises(ValueError, match="one table at a time"):
        diagnose((*SOUND.relations, *cases().relations), SOUND.readings)
