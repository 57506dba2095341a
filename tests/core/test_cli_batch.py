"""`batch` of the command line: its JSON, its exit statuses, its files, in any locale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from core import cli
from core.explanations import Explanation, ExplanationKind, Explanations
from core.explanations_file import dump_explanations
from core.rules.severity import Severity
from core.session import open_session
from core.settings import Settings
from core.settings_file import dump_settings
from tests.core.batch_folders import TOTAL, agency, fill
from tests.core.report_files import html_file
from tests.core.rules.reports import Changes
from tests.documents.hostile import FILES

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
sys.modules.update(dict.fromkeys(["PySide6", "shiboken6", "gui"]))
from core.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "年报"
    fill(made, 4)
    (made / "~$临时.docx").write_bytes(b"x")
    return made


@pytest.fixture
def call(capsysbinary):
    """Run a command in this process: status, standard output, standard error."""

    def called(*arguments):
        status = cli.main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return status, out.decode("utf-8"), err.decode("utf-8")

    return called


def program(*arguments: object, **options) -> subprocess.CompletedProcess[bytes]:
    """Run the program as another process would, in a locale without Chinese, without Qt."""
    environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=120,
        **options,
    )


def test_a_line_is_what_check_says_without_cells(folder, call):
    done = program("batch", folder, "--json-lines", "--jobs", "2")
    assert done.returncode == 1
    values = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [value["file"] for value in values] == [
        "000/00000.docx",
        "000/00001.html",
        "000/00002.txt",
        "000/00003.pdf",
    ]
    for value in values:
        alone = json.loads(call("check", folder / value["file"], "--json")[1])
        for table in alone["tables"]:
            del table["cells"]
        assert value == alone | {"file": value["file"]}


def test_one_value_has_the_same_files_and_what_they_come_to(folder, call):
    (folder / "坏.docx").write_bytes(b"")
    status, out, _ = call("batch", folder, "--json", "--jobs", "2")
    value = json.loads(out)
    lines = call("batch", folder, "--json-lines", "--jobs", "1")[1].splitlines()
    assert value["files"] == [json.loads(line) for line in lines]
    assert value["files"][-1] == {"file": "坏.docx", "error": value["files"][-1]["error"]}
    assert "空文件" in value["files"][-1]["error"]
    assert (status, value["skipped"]) == (3, 1)
    assert value["totals"]["files"] == 5
    assert value["totals"]["unreadable"] == 1
    assert value["totals"]["with_errors"] == 1
    assert value["totals"]["rules"]["SUM002"] == 1
    assert value["together"] == []


def test_an_empty_folder_is_one_value(tmp_path, call):
    status, out, _ = call("batch", tmp_path, "--json")
    assert (status, json.loads(out)["files"]) == (0, [])


def test_people_see_a_report_at_a_time_and_the_sum(folder, call):
    status, out, err = call("batch", folder)
    assert (status, err) == (1, "")
    assert f"{agency(1)} 2024：强制性错误 2" in out
    assert "共 4 个文件：已检查 4 个，没有读取 0 个；另有 1 个" in out


def test_without_errors_it_ends_with_0(tmp_path, call):
    html_file(tmp_path)
    assert call("batch", tmp_path)[0] == 0


def test_files_are_written_and_never_over_another(folder, tmp_path, call):
    findings, summary = tmp_path / "疑点清单.xlsx", tmp_path / "汇总.xlsx"
    outputs = ("--findings", findings, "--summary", summary)
    status, _, err = call("batch", folder, "--json-lines", *outputs)
    assert status == 1
    assert "计入汇总，但请核对：000/00001.html（有强制性错误 2 处）" in err
    written = findings.read_bytes(), summary.read_bytes()
    status, out, err = call("batch", folder, *outputs)
    assert (status, out) == (3, "")
    assert "已经存在" in err
    assert (findings.read_bytes(), summary.read_bytes()) == written


def test_a_folder_that_is_none(tmp_path, call):
    status, out, err = call("batch", tmp_path / "没有")
    assert (status, out) == (3, "")
    assert "没有检查任何文件" in err


def test_last_years_folder_stands_beside_this_years(tmp_path, call):
    (tmp_path / "2024").mkdir()
    (tmp_path / "2023").mkdir()
    html_file(tmp_path / "2024", Changes(agency="云溪市水务局", year=2024))
    html_file(tmp_path / "2023", Changes(agency="云溪市水务局", year=2023, slots={TOTAL: "9"}))
    out = call("batch", tmp_path / "2024", "--json-lines", "--last-year", tmp_path / "2023")[1]
    value = json.loads(out)
    assert value["last_year"] == "年报.html"
    across = {check["rule"]: check["outcome"] for check in value["checks"]}
    assert across["YOY001"] in ("passed", "found")


def test_a_reader_that_has_seen_enough(folder):
    command = [sys.executable, "-c", PROGRAM, "batch", str(folder), "--json-lines"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
        assert running.wait(60) in (0, 1)
    assert b"Traceback" not in said


def test_what_was_explained_is_not_open(tmp_path, call):
    (reports := tmp_path / "年报").mkdir()
    html_file(reports, Changes(agency="云溪市水务局", year=2024, slots={TOTAL: "99"}), "a.html")
    session = open_session(reports / "a.html")
    said = Explanation(ExplanationKind.EXPLAINED, "统计口径不同", "张某某", date(2025, 1, 2))
    explanations = Explanations()
    for finding in session.check().of_severity(Severity.ERROR):
        explanations = explanations.add(finding, session.document, said)
    named, settings = tmp_path / "出错说明.json", tmp_path / "设置.json"
    named.write_bytes(dump_explanations(explanations))
    settings.write_bytes(dump_settings(Settings(switched_off=frozenset({"TXT001"}))))
    assert call("batch", reports)[0] == 1
    status, out, err = call("batch", reports, "--explanations", named, "--settings", settings)
    assert status == 0
    assert "已有说明 2" in out
    assert "TXT001" in err


def test_a_list_of_agencies_and_a_year(folder, tmp_path, call):
    names = tmp_path / "名单.txt"
    names.write_text("\n".join([agency(0), agency(1), agency(2), "云溪市体育局"]), "utf-8")
    asked = ("--agencies", names, "--year", "2023")
    releases, letters = tmp_path / "公开.xlsx", tmp_path / "反馈单"
    outputs = ("--releases", releases, "--feedback", letters)
    status, out, err = call("batch", folder, "--json", *asked, *outputs)
    together = json.loads(out)["together"]
    kinds = [each["kind"] for each in together]
    assert kinds == ["other_year"] * 4 + ["agency_missing", "agency_unlisted"]
    assert "要检查的是 2023 年度的" in together[0]["message"]
    assert "云溪市体育局" in together[4]["message"]
    assert status == 1
    assert releases.exists()
    assert f"{agency(1)}反馈单.docx" in [path.name for path in letters.iterdir()]
    assert "已写出反馈单" in err


def test_prose_that_is_alike_is_told(tmp_path, call):
    said = [f"第{sign}项工作逐级落实到科室和岗位，没有发生重大失误。" for sign in "一二三四五"]
    prose = {"1": ["".join(said)], "5": ["问题不多。"], "6": ["没有。"]}
    for name in ("云溪市水务局", "云溪市民政局"):
        html_file(tmp_path, Changes(agency=name, year=2024, prose=prose), f"{name}.html")
    (found,) = json.loads(call("batch", tmp_path, "--json")[1])["together"]
    assert (found["kind"], len(found["files"])) == ("prose_alike", 2)


def test_only_overwrite_replaces_a_file_and_never_a_report(folder, tmp_path, call):
    findings = tmp_path / "疑点清单.xlsx"
    findings.write_bytes(b"x")
    status, out, err = call("batch", folder, "--findings", findings)
    assert (status, out) == (3, "")
    assert "--overwrite" in err
    assert call("batch", folder, "--findings", findings, "--overwrite")[0] == 1
    assert findings.read_bytes()[:2] == b"PK"
    report = folder / "000" / "00000.docx"
    before = report.read_bytes()
    status, out, err = call("batch", folder, "--findings", report, "--overwrite")
    assert (status, out) == (3, "")
    assert "就是要读取的文件" in err
    assert report.read_bytes() == before


def test_bad_files_cost_only_themselves(folder, call):
    (folder / "乱码.docx").write_bytes(b"\x00\x01nothing" * 40)
    (folder / "加密.docx").write_bytes(FILES["encrypted.docx"]())
    hostile = next(name for name in FILES if "bomb" in name)
    (folder / f"恶意{hostile}").write_bytes(FILES[hostile]())
    alone = call("batch", folder / "000", "--json-lines")[1].splitlines()
    status, out, _ = call("batch", folder, "--json-lines")
    values = [json.loads(line) for line in out.splitlines()]
    errors = {value["file"]: value["error"] for value in values if "error" in value}
    assert status == 3
    assert sorted(errors) == sorted(["乱码.docx", "加密.docx", f"恶意{hostile}"])
    assert "加密" in errors["加密.docx"]
    assert all(sentence.endswith("。") for sentence in errors.values())
    good = [value | {"file": value["file"][4:]} for value in values if "error" not in value]
    assert good == [json.loads(line) for line in alone]


@pytest.mark.parametrize("year", ["24", "二〇二四", "20245"])
def test_a_year_that_is_none(folder, call, year):
    assert call("batch", folder, "--year", year)[0] == 2
