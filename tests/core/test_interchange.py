"""The JSON of the command line, key for key."""

import json

import pytest

from core.document import CellRef, ParagraphRef
from core.edit_list import edit_json, edits_from_json
from core.edits import Edit, ParagraphInsertion, TextEdit
from core.errors import EditError, UnreadableFileError
from core.forms.match import match
from core.interchange import check_json, tables_json
from core.rules.context import Context
from core.rules.engine import check
from tests.core.rules.reports import Changes, report

RECEIVED = "applications.received"


def read(**changes):
    document = report(Changes(**changes))
    return tables_json(document, match(document), "年报.docx")


def checked(**changes):
    document = report(Changes(**changes))
    found = match(document)
    return check_json(document, found, check(Context(document, found)), "年报.docx")


def test_the_object_has_the_published_keys():
    value = checked(slots={f"{RECEIVED}.total": "999"})
    assert list(value) == [
        *("file", "format", "title", "agency", "year", "edition"),
        *("sections", "tables", "slots", "findings", "checks"),
    ]
    assert value["sections"][2]["number"] == 2
    assert list(value["sections"][0]) == ["number", "heading", "kind", "paragraphs"]
    assert list(value["tables"][0]) == [
        *("id", "name", "section", "caption", "rows", "columns", "confidence", "notes", "cells"),
    ]
    assert list(value["slots"][f"{RECEIVED}.total"]) == [
        *("table", "row", "column", "text", "value", "confidence", "readings"),
    ]
    assert list(value["findings"][0]) == [
        *("rule", "name", "severity", "cause", "table", "cells", "slots", "span", "message"),
        *("basis", "values", "explanation", "fixes"),
    ]
    assert list(value["checks"][0]) == [
        *("rule", "outcome", "passed", "found", "insufficient", "not_applicable", "failed"),
        "reasons",
    ]
    assert json.loads(json.dumps(value)) == value


def test_cells_stand_in_reading_order_with_headers_and_slots():
    table = read()["tables"][1]
    positions = [(cell["row"], cell["column"]) for cell in table["cells"]]
    assert positions == sorted(positions)
    assert table["name"] == "applications"
    first = next(cell for cell in table["cells"] if (cell["row"], cell["column"]) == (3, 3))
    assert first["slot"] == f"{RECEIVED}.natural_person"
    assert first["header"] is False
    label = next(cell for cell in table["cells"] if (cell["row"], cell["column"]) == (3, 0))
    assert label["header"] is True
    assert "slot" not in label
    assert label["column_span"] == 3


def test_a_value_is_a_decimal_string_and_an_amount_is_in_wan_yuan():
    slots = read(
        slots={
            "disclosure.fees.amount": "251000元",
            f"{RECEIVED}.business": "/",
            f"{RECEIVED}.research": "１２",
            f"{RECEIVED}.total": "约 3 件",
        }
    )["slots"]
    assert slots["disclosure.fees.amount"]["text"] == "251000元"
    assert slots["disclosure.fees.amount"]["value"] == "25.1"
    assert slots[f"{RECEIVED}.business"]["value"] is None
    assert slots[f"{RECEIVED}.business"]["text"] == "/"
    assert slots[f"{RECEIVED}.research"]["value"] == "12"
    assert slots[f"{RECEIVED}.total"]["value"] is None


def test_a_hole_is_listed_without_text_and_an_absent_slot_is_not_invented():
    value = read(
        without_cells=["applications.refused_process.total"],
        without_rows=["disclosure.regulations"],
    )
    hole = value["slots"]["applications.refused_process.total"]
    assert (hole["text"], hole["value"], hole["readings"]) == (None, None, [""])
    assert hole["confidence"] == "uncertain"
    assert value["slots"]["applications.refused_process.business"]["confidence"] == "aligned"
    assert "disclosure.regulations.issued" not in value["slots"]
    table = value["tables"][1]
    assert table["confidence"] == "uncertain"
    assert table["notes"]
    assert value["tables"][0]["confidence"] == "exact"


def test_an_uncertain_cell_lists_its_readings():
    slot = read(readings={f"{RECEIVED}.business": ["1", "11"]})["slots"][f"{RECEIVED}.business"]
    assert slot["text"] is None
    assert slot["readings"] == ["1", "11"]


def test_a_finding_says_what_where_and_with_which_numbers():
    value = checked(
        filled="0", slots={f"{RECEIVED}.natural_person": "40", f"{RECEIVED}.total": "41"}
    )
    finding = next(f for f in value["findings"] if f["rule"] == "SUM002")
    assert finding["values"]["parts"] == "40"
    assert finding["values"]["total"] == "41"
    assert finding["name"] == "wrong_row_total"
    assert finding["severity"] == "error"
    assert finding["table"] == "t2"
    assert finding["cells"] == [[3, column] for column in range(3, 10)]
    assert finding["slots"][-1] == f"{RECEIVED}.total"
    assert (finding["span"], finding["cause"], finding["explanation"]) == (None, None, None)


def test_a_fix_lists_edits_that_can_be_applied_again():
    value = checked(filled="", slots={"cases.reconsideration.upheld": "2"})
    fix = next(f for f in value["findings"] if f["rule"] == "NUM003")["fixes"][0]
    assert (fix["safe"], fix["certainty"]) == (False, "likely")
    edits = edits_from_json(json.dumps(fix["edits"]).encode())
    assert edits == (Edit(CellRef("t3", 3, 4), "", "2"),)


def test_a_finding_in_the_prose_has_a_span():
    value = checked(prose={"6": ["（文字描述）"]})
    finding = next(f for f in value["findings"] if f["rule"] == "DOC001")
    assert finding["span"] == {"section": 6, "paragraph": 0, "start": 0, "end": 6}
    assert finding["table"] is None
    assert finding["cells"] == []


def test_checks_count_relations_and_give_reasons():
    value = checked(slots={f"{RECEIVED}.total": ""})
    by_rule = {entry["rule"]: entry for entry in value["checks"]}
    row = by_rule["SUM002"]
    assert row["outcome"] == "insufficient"
    assert (row["passed"], row["insufficient"], row["found"]) == (24, 1, 0)
    assert row["reasons"] == [{"table": "t2", "cells": [[3, 9]], "reason": "总计未填"}]


def edit(**changes):
    return {"table": "t2", "row": 3, "column": 3, "before": "0", "after": "7"} | changes


def words(**changes):
    item = {"section": 1, "paragraph": 2, "start": 3, "end": 5, "before": "12", "after": " 13"}
    return item | changes


def as_json(value):
    return json.dumps(value, ensure_ascii=False).encode()


def test_edits_are_read_and_folded():
    data = b"\xef\xbb\xbf" + as_json([edit(after="  1  2 ")])
    assert edits_from_json(data) == (Edit(CellRef("t2", 3, 3), "0", "1 2"),)
    assert edits_from_json(b"[]") == ()


def test_edits_of_the_prose_are_read_last_place_first():
    new = {"section": 6, "paragraph": 0, "insert": " 没有。"}
    later = words(start=9, end=11)
    made = edits_from_json(as_json([words(), new, later, edit()]))
    ref = ParagraphRef(1, 2)
    assert made == (
        ParagraphInsertion(ParagraphRef(6, 0), " 没有。"),
        Edit(CellRef("t2", 3, 3), "0", "7"),
        TextEdit(ref, 9, 11, "12", " 13"),
        TextEdit(ref, 3, 5, "12", " 13"),
    )
    assert [edit_json(each) for each in made] == [new, edit(), later, words()]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"{}",
        b"[1]",
        b"[" * 100000,
        as_json([{"table": "t2"}]),
        as_json([edit(row="3")]),
        as_json([edit(row=True)]),
        as_json([edit(column=-1)]),
        as_json([edit(after=7)]),
        as_json([edit(extra=1)]),
        as_json([{"section": 6, "paragraph": 0}]),
        as_json([{"section": 6, "paragraph": 0, "insert": 7}]),
        as_json([{"section": 6, "paragraph": 0, "insert": "a", "start": 0}]),
        as_json([words(start=-1)]),
        as_json([words(end="1")]),
        as_json([{"table": "t1", "insert_row": 2}]),
        as_json([{"table": "t1", "insert_row": "disclosure.regulations", "row": 2}]),
        as_json([{"table": "t2", "insert_cell": [8]}]),
        as_json([{"table": "t2", "insert_cell": [8, -1]}]),
        as_json([{"table": "t2", "insert_cell": [8, True]}]),
        as_json([{"table": "t2", "insert_cell": "8,9"}]),
    ],
)
def test_what_is_no_list_of_edits_is_refused(data):
    with pytest.raises(UnreadableFileError):
        edits_from_json(data)


@pytest.mark.parametrize(
    "item",
    [
        {"section": 6, "paragraph": 0, "insert": "\x0b"},
        edit(after="\x00"),
        edit(after="\ud800"),
    ],
)
def test_what_cannot_be_done_is_refused(item):
    with pytest.raises(EditError):
        edits_from_json(json.dumps([item]).encode())
