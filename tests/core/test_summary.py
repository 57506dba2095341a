"""Several reports added up: every slot once, nothing twice, and what is unsure marked."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.batch_files import list_files
from core.batch_report import Task, check_file
from core.batch_row import Row, unpacked
from core.errors import SaveError
from core.forms.loader import load_form
from core.forms.match import match
from core.summary import summary_document, summary_of, summary_session, superior_findings
from core.superiors import hierarchy_of, is_government
from core.writers.batch_findings import batch_workbook
from core.writers.summary_workbook import summary_workbook
from tests.core.batch_folders import fill_quickly
from tests.core.report_files import html_file
from tests.core.rules.reports import Changes, consistent

TOTAL = "applications.received.total"
FORM = load_form("2021")
ONE = {slot: text for table in FORM.tables.values() for slot, text in consistent(table).items()}


def rows_of(folder: Path) -> list[Row]:
    tasks = (Task(file, findings=True, slots=True) for file in list_files(folder).files)
    return [unpacked(check_file(task)).row for task in tasks]


def unit(folder: Path, agency: str, **changes) -> None:
    html_file(folder, Changes(agency=agency, year=2024, **changes), f"{agency}.html")


def named(agency: str) -> Row:
    return Row(f"{agency}.docx", agency=agency, digest=agency)


def test_the_sum_of_units_is_an_independent_sum(tmp_path):
    expected: Counter[str] = Counter()
    for number, agency in enumerate(("云溪市水务局", "云溪市民政局", "云溪市司法局")):
        own = ONE | {TOTAL: str(100 + number), "disclosure.fees.amount": "0.5"}
        unit(tmp_path, agency, slots={k: v for k, v in own.items() if k in ONE})
        expected.update({slot: Decimal(own[slot]) for slot in ONE})
    total = summary_of(rows_of(tmp_path))
    printed = {s for s in expected if s in total.sums}
    assert len(printed) > 190
    assert {slot: total.sums[slot] for slot in printed} == {s: expected[s] for s in printed}
    assert total.sums[TOTAL] == 303
    assert [unit.marks for unit in total.units] == [("有强制性错误 2 处",)] * 3
    assert not total.unsure
    document = summary_document(total)
    place = match(document).places[TOTAL]
    cell = document.cell(place.ref)
    assert cell is not None
    assert cell.text == "303"


def test_what_is_unsure_is_marked(tmp_path):
    unit(tmp_path, "云溪市水务局", slots={TOTAL: ""})
    unit(tmp_path, "云溪市民政局", slots={"applications.received.natural_person": "若干"})
    total = summary_of(rows_of(tmp_path))
    assert total.unsure == {TOTAL, "applications.received.natural_person"}
    assert all("没有确定的数字" in unit.marks[-1] for unit in total.units)


def test_nothing_is_counted_twice_and_no_other_year(tmp_path):
    unit(tmp_path, "云溪市水务局")
    shutil.copy(tmp_path / "云溪市水务局.html", tmp_path / "副本.html")
    html_file(tmp_path, Changes(agency="云溪市水务局", year=2024, slots={TOTAL: "9"}), "终稿.html")
    unit(tmp_path, "云溪市民政局")
    unit(tmp_path, "云溪市人民政府")
    html_file(tmp_path, Changes(agency="云溪市司法局", year=2023), "旧.html")
    (tmp_path / "坏.html").write_bytes(b"")
    total = summary_of(rows_of(tmp_path))
    assert [unit.row.file for unit in total.units] == ["云溪市民政局.html", "云溪市水务局.html"]
    assert total.sums[TOTAL] == 2 * int(ONE[TOTAL])
    left_out = {row.file: why for row, why in total.left_out}
    assert left_out == {
        "云溪市人民政府.html": "是上级政府的报告",
        "副本.html": "与另一个文件内容完全相同",
        "坏.html": "没有读取",
        "旧.html": "是 2023 年度的报告",
        "终稿.html": "同一机关有几份报告，只计入文件名在前的一份",
    }
    assert "2 份内容不同的报告" in total.units[1].marks[0]


def test_a_superiors_report_is_compared_with_the_units_below_it(tmp_path):
    unit(tmp_path, "云溪市水务局")
    unit(tmp_path, "云溪市民政局")
    doubled = {slot: str(2 * int(text)) for slot, text in ONE.items()}
    unit(tmp_path, "云溪市人民政府", slots=doubled)
    assert superior_findings(rows_of(tmp_path)) == []
    unit(tmp_path, "云溪市人民政府", slots=doubled | {TOTAL: "1000"})
    (found,) = superior_findings(rows_of(tmp_path))
    assert (found.kind, found.severity.value) == ("children_differ", "warning")
    assert found.cells == ((TOTAL, doubled[TOTAL], "1000"),)
    assert "所属 2 个单位之和不一致" in found.message
    unit(tmp_path, "云溪市水务局", slots={TOTAL: ""})
    (found,) = superior_findings(rows_of(tmp_path))
    assert found.kind == "children_unchecked"


def test_whose_report_stands_under_whose():
    names = ("云溪市人民政府", "云溪市水务局", "云溪市清河区人民政府", "云溪市清河区水务局")
    rows = [named(name) for name in (*names, "云溪市人民政府办公室")]
    found = hierarchy_of(rows)
    below = {file: [row.agency for row in each] for file, each in found.children.items()}
    assert below == {
        "云溪市人民政府.docx": [names[1], names[2], "云溪市人民政府办公室"],
        "云溪市清河区人民政府.docx": [names[3]],
    }
    assert [row.agency for row in found.units] == below["云溪市人民政府.docx"]
    assert not is_government("云溪市人民政府办公室")


def test_without_a_superior_all_that_stand_alone_are_units():
    rows = [
        named(name) for name in ("云溪市水务局", "白水市水务局", "清河区人民政府", "清河区水务局")
    ]
    assert [row.agency for row in hierarchy_of(rows).units] == [row.agency for row in rows[:3]]


def test_the_workbook_has_live_sums_with_their_results(tmp_path):
    unit(tmp_path, "云溪市水务局")
    unit(tmp_path, "云溪市[民政]局", slots={TOTAL: ""})
    total = summary_of(rows_of(tmp_path))
    data = summary_workbook(total)
    live = load_workbook(BytesIO(data))
    stored = load_workbook(BytesIO(data), data_only=True)
    assert live.sheetnames[:4] == ["主动公开", "申请办理", "复议诉讼", "单位"]
    assert len(live.sheetnames) == 8
    place = match(summary_document(total)).places[TOTAL].ref
    at = place.row + 1, place.column + 1
    assert str(live["申请办理"].cell(*at).value).startswith("=SUM(单位起:单位止!")
    assert stored["申请办理"].cell(*at).value == int(ONE[TOTAL])
    assert live["申请办理"].cell(*at).comment is not None
    assert summary_workbook(total) == data


def test_only_what_was_chosen_is_added(tmp_path):
    unit(tmp_path, "云溪市水务局")
    unit(tmp_path, "云溪市民政局", slots={TOTAL: "99"})
    unit(tmp_path, "云溪市司法局", slots={TOTAL: ""})
    rows = rows_of(tmp_path)
    chosen = summary_of(rows, {"云溪市水务局.html", "云溪市民政局.html"})
    assert chosen.sums[TOTAL] == int(ONE[TOTAL]) + 99
    assert [(row.file, why) for row, why in chosen.left_out] == [("云溪市司法局.html", "没有选择")]
    certain = summary_of(rows, without_marked=True)
    assert [each.name for each in certain.units] == ["云溪市水务局"]
    assert {row.file: why for row, why in certain.left_out} == {
        "云溪市民政局.html": "有强制性错误 2 处",
        "云溪市司法局.html": "有 1 个单元格没有确定的数字",
    }
    assert summary_of(rows, []).units == ()


def test_the_sums_are_a_report_in_the_grid(tmp_path):
    unit(tmp_path, "云溪市水务局", slots={TOTAL: ""})
    unit(tmp_path, "云溪市民政局")
    total = summary_of(rows_of(tmp_path))
    session = summary_session(total)
    place = session.match.places["applications.carried_in.total"].ref
    assert session.text(place) == str(total.sums["applications.carried_in.total"])
    assert "2 个单位" in session.path.name
    assert "1 个单元格" in session.document.tables["applications"].notes[0]
    assert session.check().checks


def test_nothing_to_add_up_is_said(tmp_path):
    with pytest.raises(SaveError, match="没有可以汇总的年度报告"):
        summary_workbook(summary_of(rows_of(tmp_path)))


def test_the_list_of_findings_by_unit_and_by_rule(tmp_path):
    unit(tmp_path, "云溪市水务局", slots={TOTAL: "99"})
    unit(tmp_path, "云溪市民政局", slots={TOTAL: "98"})
    (tmp_path / "坏.html").write_bytes(b"")
    rows = rows_of(tmp_path)
    book = load_workbook(BytesIO(batch_workbook(rows, ())))
    assert book.sheetnames == ["单位一览", "按单位", "按规则", "整体"]
    by_unit = list(book["按单位"].iter_rows(min_row=2, values_only=True))
    by_rule = list(book["按规则"].iter_rows(min_row=2, values_only=True))
    assert len(by_unit) == len(by_rule) == sum(len(row.listed) for row in rows)
    assert [line[1] for line in by_rule] == sorted(line[1] for line in by_rule)
    assert any("总计 99" in line[6] for line in by_unit)
    units = list(book["单位一览"].iter_rows(min_row=2, values_only=True))
    assert "空文件" in units[-1][12]
    assert [line[10] for line in units[:2]] == ["单元格明确"] * 2
    assert units[0][9] == str(rows[0].open)


@pytest.mark.parametrize("count", [5, pytest.param(200, marks=pytest.mark.long)])
def test_libreoffice_comes_to_the_same_sums(tmp_path, count):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    fill_quickly(tmp_path / "units", count)
    total = summary_of(rows_of(tmp_path / "units"))
    assert len(total.units) == count
    path = tmp_path / "汇总.xlsx"
    data = summary_workbook(total)
    # Without the stored results there is nothing but the formulas to compute from.
    live = load_workbook(BytesIO(data))
    live.save(path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    target = ["--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run([office, profile, "--headless", *target], check=True, capture_output=True)
    computed = load_workbook(tmp_path / "out" / "汇总.xlsx", data_only=True)
    names = {"disclosure": "主动公开", "applications": "申请办理", "cases": "复议诉讼"}
    for slot, place in match(summary_document(total)).places.items():
        cell = computed[names[slot.split(".")[0]]].cell(place.ref.row + 1, place.ref.column + 1)
        assert Decimal(str(cell.value)) == total.sums[slot], slot
    print(f"{count} units, {len(total.sums)} slots, {len(data) // 1024} KB")
