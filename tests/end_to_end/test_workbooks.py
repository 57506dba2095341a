"""Workbooks as LibreOffice writes, shows and computes them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from core.edits import Edit
from core.excel.formats import shown_number
from core.excel.general import decimal_of
from core.resources import SAMPLE
from core.session import open_session
from core.writers.workbook import report_workbook
from core.writers.xlsx_copy import corrected_xlsx
from tests.core.readers.workbooks import saved

Convert = Callable[[Path, str], Path]
FORMATS = (
    *("0", "0.00", "#,##0", "#,##0.00", "0.0%", "000", '0"件"', '#,##0"元"', "0.00E+00", "@"),
    *("##0.0E+0", '0;-0;"零"', "0;(0)", "0.##", "0.0,", "000-0000", "0.00_);(0.00)", "0;-0;;@"),
    *("yyyy/m/d", 'yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm", "h:mm:ss", "h:mm AM/PM", "m/d/yy"),
    *("[$¥-804]#,##0.00", "#,##0;[Red]-#,##0", "[DBNum2][$-804]General"),
)
NUMBERS = (61, 100, 1145, 12345, 45500, 45500.75, 99999.5, 10010, 100000)
PLAIN_NUMBERS = (0, 1, -1, 7, -12.5, 0.125, 1 / 3, -1234.567, 123456789, 0.0001)


def test_a_copy_is_computed_anew_by_libreoffice(tmp_path: Path, convert: Convert):
    report = open_session(SAMPLE)
    data = report_workbook(report.document, report.match, report.check())
    path = tmp_path / "源.xlsx"
    path.write_bytes(data)
    session = open_session(path)
    place = session.match.places["applications.received.natural_person"]
    session.apply(Edit(place.ref, session.text(place.ref), "5046"))
    copy = tmp_path / "副本.xlsx"
    copy.write_bytes(corrected_xlsx(data, session.source, session.edits))
    computed = load_workbook(convert(copy, "xlsx"), data_only=True)["申请办理"]
    stored = load_workbook(BytesIO(data), data_only=True)["申请办理"]
    differing = {
        cell.coordinate: (cell.value, computed[cell.coordinate].value)
        for row in stored.iter_rows()
        for cell in row
        if cell.value != computed[cell.coordinate].value
    }
    # The cell itself, its row's sum and difference, its column's sum and balance.
    assert differing == {
        "D4": (46, 5046),
        "L4": (66, 5066),
        "M4": (0, 5000),
        "D30": (49, 5049),
        "D32": (0, 5000),
    }
    assert open_session(convert(copy, "xlsx")).text(place.ref) == "5046"


def test_numbers_look_as_they_do_in_libreoffice(tmp_path: Path, convert: Convert):
    book = Workbook()
    sheet = book.worksheets[0]
    expected = []
    for row, code in enumerate(FORMATS, start=1):
        numbers = NUMBERS if "y" in code or "h" in code else (*NUMBERS, *PLAIN_NUMBERS)
        if "DBNum" in code or code == "@":
            # Points and how many digits of a fraction differ, also between programs.
            numbers = tuple(number for number in numbers if number == int(number) and number > 0)
        shown = [shown_number(decimal_of(number), code) for number in numbers]
        expected.append([(text or "").strip() for text in shown])
        for column, number in enumerate(numbers, start=1):
            sheet.cell(row, column, number).number_format = code
    path = tmp_path / "格式.xlsx"
    path.write_bytes(saved(book))
    converted = convert(path, "csv:Text - txt - csv (StarCalc):44,34,76")
    with converted.open(encoding="utf-8") as stream:
        found = [[text.strip() for text in row] for row in csv.reader(stream)]
    rows = zip(FORMATS, found, expected, strict=True)
    differing = [
        (code, mine, theirs)
        for code, row, mine_row in rows
        for mine, theirs in zip(mine_row, row, strict=False)
        if mine != theirs and not _is_rounding(mine, theirs)
    ]
    assert not differing


def _is_rounding(one: str, other: str) -> bool:
    """LibreOffice rounds the binary number, Excel its fifteen digits; minus zero is one of it."""
    return one.lstrip("-") == other.lstrip("-") and not Decimal(
        "".join(c for c in one if c.isdigit()) or "0"
    )
