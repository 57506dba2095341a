"""`batch` of the command line: its JSON, its exit statuses, its files, in any locale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core import cli
from tests.core.batch_folders import TOTAL, agency, fill
from tests.core.report_files import html_file
from tests.core.rules.reports import Changes

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
