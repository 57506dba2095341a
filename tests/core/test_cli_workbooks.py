"""Workbooks on the command line: checked like any report, and copied with their edits."""

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.cli import main
from core.readers import read_document
from tests.core.readers.workbooks import sheet_a_table, slots


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "年报.xlsx"
    path.write_bytes(sheet_a_table())
    return path


def test_excel_of_a_workbook_is_a_copy_with_the_edits(tmp_path, workbook):
    before = slots(read_document(workbook.read_bytes(), ""))["applications.received.total"][0]
    edits = tmp_path / "修改.json"
    edit = {"table": "t2", "row": 3, "column": 9, "before": before, "after": "9999"}
    edits.write_text(json.dumps([edit]), encoding="utf-8")
    excel, word = tmp_path / "新.xlsx", tmp_path / "新.docx"
    outputs = ["--excel", str(excel), "--word", str(word)]
    status = main(["export", str(workbook), *outputs, "--edits", str(edits)])

    # The edit has made the total wrong.
    assert status == 1
    for path in (excel, word):
        found = slots(read_document(path.read_bytes(), ""))
        assert found["applications.received.total"][0] == "9999"
    copy, source = (load_workbook(BytesIO(path.read_bytes())) for path in (excel, workbook))
    assert copy.sheetnames == source.sheetnames == ["Sheet1", "Sheet2", "Sheet3"]


def test_excel_of_an_old_workbook_is_the_reports_workbook(tmp_path, root):
    source, excel = root / "tests" / "documents" / "三张表.xls", tmp_path / "新.xlsx"
    assert main(["export", str(source), "--excel", str(excel)]) == 0
    assert "疑点" in load_workbook(excel).sheetnames
    assert slots(read_document(excel.read_bytes(), "")) == slots(
        read_document(source.read_bytes(), "")
    )


def test_an_edit_is_written_only_into_cells_that_can_take_it(tmp_path, workbook, capsys):
    edits = tmp_path / "修改.json"
    edit = {"table": "t2", "row": 3, "column": 9, "before": "不对", "after": "1"}
    edits.write_text(json.dumps([edit]), encoding="utf-8")
    excel = tmp_path / "新.xlsx"
    assert main(["export", str(workbook), "--excel", str(excel), "--edits", str(edits)]) == 3
    assert not excel.exists()
    assert "没有做任何修改" in capsys.readouterr().err
