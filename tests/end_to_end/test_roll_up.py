"""The roll-up beside a sum that knows nothing of the program, and LibreOffice beside both."""

from __future__ import annotations

import random
import re
import zipfile
from collections import Counter
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from core import cli
from core.forms.loader import load_form
from core.forms.match import match
from core.writers.report import new_report
from tests.core.batch_folders import YEAR, agency
from tests.core.rules.reports import Changes, report, with_totals
from tests.documents.libreoffice import PROGRAM, Office

SHEETS = ("主动公开", "申请办理", "复议诉讼")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
STORED = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")

Sums = Counter[tuple[str, int, int]]


def unit(number: int) -> bytes:
    """Return a report with numbers of its own, all of which add up."""
    generator = random.Random(number)
    slots: dict[str, str] = {}
    for form_table in load_form("2021").tables.values():
        inputs = [slot for slot in form_table.slots if not form_table.is_total(slot)]
        slots |= with_totals(form_table, {slot: str(generator.randrange(30)) for slot in inputs})
    slots["disclosure.fees.amount"] = (
        f"{generator.randrange(1000)}.{generator.randrange(1, 100):02}"
    )
    document = report(Changes(agency=agency(number), year=YEAR, slots=slots))
    return new_report(document, match(document))


def independent_sums(folder: Path) -> Sums:
    """Add up what stands in the same place of every Word file's three tables."""
    sums: Sums = Counter()
    for path in folder.iterdir():
        tables = docx.Document(str(path)).tables
        for sheet, table in zip(SHEETS, tables, strict=True):
            seen = set()
            for row, line in enumerate(table.rows):
                # A merged cell is given once for every place that it covers.
                for column, cell in enumerate(line.cells):
                    if cell._tc not in seen and NUMBER.fullmatch(cell.text.strip()):
                        sums[sheet, row, column] += Decimal(cell.text.strip())
                    seen.add(cell._tc)
    return sums


def numbers_in(data: bytes) -> dict[tuple[str, int, int], Decimal]:
    book = load_workbook(BytesIO(data), data_only=True)
    return {
        (name, cell.row - 1, cell.column - 1): Decimal(str(cell.value))
        for name in SHEETS
        for line in book[name].iter_rows()
        for cell in line
        if isinstance(cell.value, int | float)
    }


def without_results(data: bytes) -> bytes:
    """Return a workbook without the stored results: only computing brings any."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, STORED.sub(rb"\1", source.read(name)), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@pytest.mark.skipif(PROGRAM is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("count", [4, pytest.param(200, marks=pytest.mark.long)])
def test_units_add_up_and_libreoffice_comes_to_the_same(tmp_path, capsys, count):
    (folder := tmp_path / "units").mkdir()
    for number in range(count):
        (folder / f"{number:03}.docx").write_bytes(unit(number))
    path = tmp_path / "汇总.xlsx"
    assert cli.main(["batch", str(folder), "--summary", str(path)]) == 0
    assert "没有计入汇总" not in capsys.readouterr().err
    expected = independent_sums(folder)
    data = path.read_bytes()
    stored = numbers_in(data)
    assert {place: stored[place] for place in expected} == dict(expected)
    bare = tmp_path / "bare.xlsx"
    bare.write_bytes(without_results(data))
    assert not numbers_in(bare.read_bytes()).keys() & expected.keys()
    (office := tmp_path / "office").mkdir()
    (computed,) = Office(office).converted([bare], "xlsx")
    found = numbers_in(computed.read_bytes())
    assert {place: found[place] for place in expected} == dict(expected)
    with capsys.disabled():
        print(f"\n{count} units, {len(expected)} cells, {len(data) // 1024} KB: all the same")
