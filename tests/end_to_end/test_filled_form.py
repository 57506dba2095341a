"""The official form as Word made it, filled in, read, edited and saved."""

from collections.abc import Mapping

import pytest

from core.edits import Edit
from core.forms.loader import load_form
from core.forms.model import column_key, row_key
from core.readers.docx import read_docx
from core.rules.model import Outcome
from core.rules.severity import Severity
from core.storage import replace_file
from core.writers.docx import corrected_docx

ONE_ROW, THIRD_ROW = "applications.other.", "applications.other_reason."


def thousand_applications() -> Mapping[str, str]:
    """An invented report with 1,000 applications whose totals all hold."""
    table = load_form("2021").tables["applications"]
    totals = ("received", "carried_in", "handled", "carried_out")
    details = [row.key for row in table.row_specs if row.key not in totals]
    columns = [column.key for column in table.columns_of["received"] if column.key != "total"]
    shares = (500, 250, 100, 80, 50, 20)
    grid = {row: dict.fromkeys(columns, 0) for row in (*totals, *details)}
    for column, received in zip(columns, shares, strict=True):
        rest = received + 7
        for row in reversed(details[1:]):
            grid[row][column] = rest // 9
            rest -= rest // 9
        grid["carried_in"][column], grid["carried_out"][column] = 7, 3
        grid[details[0]][column] = rest - 3
        grid["received"][column], grid["handled"][column] = received, received + 4
    return {
        f"applications.{row}.{column}": str(number)
        for row, numbers in grid.items()
        for column, number in {**numbers, "total": sum(numbers.values())}.items()
    }


@pytest.fixture(params=["004_de53b01729c18d18.txt", "huaian_hongze_2023.pdf", "1000"])
def numbers(request, expected_slots) -> Mapping[str, str]:
    if request.param == "1000":
        return thousand_applications()
    slots = expected_slots(request.param)
    # The form has three rows where that report has one.
    return {slot.replace(ONE_ROW, THIRD_ROW): text for slot, text in slots.items()}


def test_the_filled_form_is_read_edited_and_saved(
    numbers, filled_form, session_on, slots_of, tmp_path
) -> None:
    session = session_on(filled_form(numbers), "年报.docx")
    expected = {**dict.fromkeys(load_form("2021").slots, ""), **numbers}
    expected = {slot: text for slot, text in expected.items() if not slot.startswith(ONE_ROW)}
    assert slots_of(session.document) == expected

    slot = "applications.disclosed.total"
    ref = session.match.places[slot].ref
    session.apply(Edit(ref, session.text(ref), "4321"))
    saved = tmp_path / "年报(校对版).docx"
    replace_file(saved, corrected_docx(session.data, session.source, session.edits))
    assert slots_of(read_docx(saved.read_bytes(), saved.name)) == {**expected, slot: "4321"}


def test_a_thousand_applications_add_up(filled_form, session_on) -> None:
    numbers = thousand_applications()
    assert numbers["applications.received.total"] == "1000"
    assert {row_key(slot) for slot in numbers} >= {"received", "handled"}
    assert {column_key(slot) for slot in numbers} >= {"natural_person", "total"}
    result = session_on(filled_form(numbers), "年报.docx").check()
    assert result.of_severity(Severity.ERROR) == ()
    assert result.outcome("BAL001") is Outcome.PASSED
    assert result.outcome("SUM001") is Outcome.PASSED
    assert result.outcome("SUM002") is Outcome.PASSED
