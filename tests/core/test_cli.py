"""The command line: exit statuses, one JSON value, and files that are all written or none."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core import cli, export
from core.errors import SaveError
from core.explanations import Explanation, ExplanationKind, Explanations
from core.explanations_file import dump_explanations
from core.rules.registry import all_rules
from core.rules.severity import Severity
from core.session import open_session
from core.settings import Settings
from core.settings_file import dump_settings
from tests.core.report_files import docx_file, html_file
from tests.core.rules.reports import Changes

ROOT = Path(__file__).resolve().parents[2]
TOTAL = "applications.received.total"
WRONG = Changes(filled="0", slots={TOTAL: "41"})


def run(*arguments, **environment):
    """Run the program as another process would, in a locale without Chinese."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from core.cli import main; sys.exit(main(sys.argv[1:]))",
        ]
        + [str(argument) for argument in arguments],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
        | environment,
        timeout=120,
    )


@pytest.fixture
def call(capsysbinary):
    """Run a command in this process: status, standard output, standard error."""

    def called(*arguments):
        status = cli.main([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return status, out.decode("utf-8"), err.decode("utf-8")

    return called


def one_sentence(text):
    return text.strip() and text.count("\n") == 1 and "Traceback" not in text


def test_json_is_one_utf_8_value_whatever_the_locale(tmp_path):
    path = docx_file(tmp_path, WRONG)
    done = run("check", path, "--json")
    assert done.returncode == 1
    value = json.loads(done.stdout.decode("utf-8"))
    assert value["file"] == "年报.docx"
    assert value["format"] == "docx"
    assert "各类申请人之和 0 ≠ 总计 41" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_text_is_utf_8_in_a_pipe(tmp_path):
    done = run("check", docx_file(tmp_path, WRONG))
    assert "强制性错误" in done.stdout.decode("utf-8")


def test_a_report_without_errors_ends_with_0(tmp_path, call):
    status, out, err = call("check", docx_file(tmp_path))
    assert (status, err) == (0, "")
    assert "没有发现问题" in out
    assert "已检查 44 条勾稽关系：通过 44，不一致 0；未能检查 0 条" in out


def test_nothing_found_is_not_said_while_something_is_undecided(tmp_path, call):
    status, out, _ = call("check", docx_file(tmp_path, Changes(slots={TOTAL: ""})))
    assert status == 0
    assert "没有发现问题" not in out
    assert "未能检查：申请办理表，总计未填" in out


def test_findings_stand_by_severity_with_table_and_place(tmp_path, call):
    status, out, _ = call("check", docx_file(tmp_path, WRONG))
    assert status == 1
    assert "强制性错误 2 处" in out
    assert "[申请办理表 第 4 行第 4—10 列] 本年新收：各类申请人之和 0 ≠ 总计 41" in out
    assert "[申请办理表 第 10 列] 总计：本年新收 41" in out


def test_check_of_a_web_page_is_the_same(tmp_path, call):
    word = json.loads(call("check", docx_file(tmp_path, WRONG), "--json")[1])
    page = json.loads(call("check", html_file(tmp_path, WRONG), "--json")[1])
    assert page["format"] == "html"
    assert page["slots"] == word["slots"]
    assert page["findings"] == word["findings"]


def test_tables_shows_what_was_read(tmp_path, call):
    path = html_file(tmp_path)
    value = json.loads(call("tables", path, "--json")[1])
    assert [table["name"] for table in value["tables"]] == ["disclosure", "applications", "cases"]
    assert "findings" not in value
    status, out, _ = call("tables", path)
    assert status == 0
    assert "申请办理表（t2，28 行 10 列，单元格明确）" in out
    assert "一、总体情况：1 段，0 张表" in out


def test_rules_prints_the_catalogue(call):
    status, out, _ = call("rules", "--json")
    catalogue = json.loads(out)
    assert status == 0
    assert [entry["id"] for entry in catalogue] == list(all_rules())
    keys = ["id", "name", "title", "severity", "basis", "editions", "help"]
    assert all(list(entry) == keys and all(entry.values()) for entry in catalogue)
    assert "BAL001 强制性错误" in call("rules")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("frobnicate",),
        ("check",),
        ("check", "a.docx", "b.docx"),
        ("check", "a.docx", "--nonsense"),
        ("check", "a.docx", "--jso"),
        ("check", "a.docx", "--json=1"),
        ("export", "a.docx"),
        ("export", "a.docx", "--word"),
        ("export", "a.docx", "--word", "b.docx", "--mode", "pretty"),
        ("export", "a.docx", "--word", "b.docx", "--word", "c.docx"),
        ("export", "a.docx", "--word", "b.docx", "--excel", "./b.docx"),
        ("batch",),
        ("batch", ".", "--json", "--json-lines"),
        ("batch", ".", "--jobs", "0"),
        ("batch", ".", "--jobs", "two"),
        ("batch", ".", "--findings", "a.xlsx", "--summary", "./a.xlsx"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_a_chinese_sentence(arguments, call):
    status, out, err = call(*arguments)
    assert (status, out) == (2, "")
    assert one_sentence(err)
    assert any("\u4e00" <= character <= "\u9fff" for character in err)
    assert not any(word in err for word in ("argument", "required", "invalid", "expected"))


def test_last_years_report_stands_beside_this_years(tmp_path, call):
    (tmp_path / "last").mkdir()
    last = docx_file(tmp_path / "last", Changes(filled="0", year=2023))
    path = docx_file(tmp_path, Changes(year=2024))
    result = json.loads(call("check", path, "--json", "--last-year", last)[1])
    outcomes = {check["rule"]: check["outcome"] for check in result["checks"]}
    assert outcomes["YOY001"] == "found"
    alone = json.loads(call("check", path, "--json")[1])
    assert {c["rule"]: c["outcome"] for c in alone["checks"]}["YOY001"] == "not_applicable"
    assert alone.keys() == result.keys()


def test_the_year_compared_is_named(tmp_path, call):
    (tmp_path / "last").mkdir()
    last = docx_file(tmp_path / "last", Changes(filled="0", year=2023))
    path = docx_file(tmp_path, Changes(filled="0", year=2024))
    status, out, _ = call("check", path, "--last-year", last)
    assert status == 0
    assert "上年年报：云溪市人民政府　报告年度：2023" in out
    assert "已与上年年报核对" in out
    assert "上年年报" not in call("check", path)[1]


def test_an_export_lists_what_does_not_go_on_from_last_year(tmp_path, call):
    (tmp_path / "last").mkdir()
    slots = {"applications.carried_out.business": "3", "applications.carried_out.total": "3"}
    last = docx_file(tmp_path / "last", Changes(filled="0", year=2023, slots=slots))
    path = docx_file(tmp_path, Changes(filled="0", year=2024))
    findings = tmp_path / "疑点.xlsx"
    assert call("export", path, "--findings", findings)[0] == 0
    assert call("export", path, "--findings", findings, "--overwrite", "--last-year", last)[0] == 1
    sheet = openpyxl.load_workbook(findings).worksheets[0]
    texts = [str(cell.value) for row in sheet for cell in row]
    assert any("上年结转 0 ≠ 上年年报的结转下年度 3" in text for text in texts)


def test_last_years_report_is_never_written_over(tmp_path, call):
    path, last = docx_file(tmp_path), docx_file(tmp_path, Changes(year=2021), "上年.docx")
    data = last.read_bytes()
    status, _, err = call("export", path, "--word", last, "--last-year", last, "--overwrite")
    assert status == 3
    assert "要读取的文件" in err
    assert last.read_bytes() == data


def test_a_report_of_last_year_that_cannot_be_read_is_named_as_such(tmp_path, call):
    path = docx_file(tmp_path)
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04")
    for arguments in (("check",), ("export", "--word", tmp_path / "新.docx")):
        command, *rest = arguments
        status, out, err = call(command, path, *rest, "--last-year", broken)
        assert (status, out) == (3, "")
        assert one_sentence(err)
        assert err.startswith("上年年报“坏.docx”没有载入")
    assert not (tmp_path / "新.docx").exists()


def test_an_explained_error_is_no_open_error(tmp_path, call):
    path = docx_file(tmp_path, WRONG)
    session = open_session(path)
    said = Explanation(ExplanationKind.EXPLAINED, "系统导出所致，已核实", "张三", date(2025, 1, 9))
    explanations = Explanations()
    for finding in session.check().of_severity(Severity.ERROR):
        explanations = explanations.add(finding, session.document, said)
    file = tmp_path / "explanations.json"
    file.write_bytes(dump_explanations(explanations))
    status, out, _ = call("check", path, "--json", "--explanations", file)
    assert status == 0
    errors = [f for f in json.loads(out)["findings"] if f["severity"] == "error"]
    assert errors
    assert {f["explanation"]["text"] for f in errors} == {said.text}
    assert "出错说明：系统导出所致" in call("check", path, "--explanations", file)[1]


def test_settings_switch_off_and_say_so(tmp_path, call):
    path = docx_file(tmp_path, WRONG)
    file = tmp_path / "settings.json"
    file.write_bytes(dump_settings(Settings(switched_off=frozenset({"SUM002", "BAL001"}))))
    status, out, err = call("check", path, "--json", "--settings", file)
    checks = {check["rule"]: check for check in json.loads(out)["checks"]}
    assert status == 0
    assert checks["SUM002"]["outcome"] == "switched_off"
    assert "SUM002" in err
    assert "没有发现问题" not in call("check", path, "--settings", file)[1]


@pytest.mark.parametrize("option", ["--last-year", "--settings", "--explanations"])
def test_a_file_beside_the_report_that_cannot_be_read_ends_with_3(option, tmp_path, call):
    path = docx_file(tmp_path, WRONG)
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x00\x01")
    for name in (broken, tmp_path / "missing"):
        status, out, err = call("check", path, option, name)
        assert (status, out) == (3, "")
        assert one_sentence(err)


def test_help_is_chinese_and_no_error(call):
    status, out, _ = call("check", "--help")
    assert status == 0
    assert out.startswith("用法：")
    assert "show this help" not in out


@pytest.mark.parametrize("command", ["tables", "check"])
def test_an_unreadable_file_ends_with_3_and_one_sentence(command, tmp_path, call):
    (tmp_path / "空.docx").write_bytes(b"")
    (tmp_path / "信.txt").write_text("各位同事：\n明天下午开会。\n", "utf-8")
    for name in ("没有.docx", "空.docx", "信.txt", "."):
        status, out, err = call(command, tmp_path / name, "--json")
        assert (status, out) == (3, "")
        assert one_sentence(err), name


def test_a_closed_pipe_is_no_error(tmp_path):
    path = docx_file(tmp_path)
    command = (
        f"{sys.executable} -c 'from core.cli import main; import sys; sys.exit(main(sys.argv[1:]))'"
    )
    done = subprocess.run(
        ["sh", "-c", f"{command} tables '{path}' --json | head -c 1"],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
    )
    assert done.stdout == b"{"
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_that_cannot_be_written_ends_with_3(tmp_path):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                "import sys; from core.cli import main; sys.exit(main(['rules']))",
            ],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
        )
    assert done.returncode == 3
    assert one_sentence(done.stderr.decode("utf-8"))


def test_a_bug_is_not_taken_for_findings(tmp_path, call, monkeypatch, log_records):
    def broken(_path):
        raise KeyError("内容")

    monkeypatch.setattr(cli, "open_session", broken)
    status, _, err = call("check", tmp_path / "年报.docx")
    assert status == 3
    assert "内容" not in err
    assert len(log_records) == 1
    log_records.clear()


def test_file_names_that_are_no_text_can_be_named(tmp_path):
    path = docx_file(tmp_path)
    odd = os.fsencode(tmp_path) + b"/\xff.docx"
    try:
        os.rename(path, odd)
    except OSError:
        pytest.skip("the file system takes only names that are text")
    done = run("check", os.fsdecode(odd), "--json", LC_ALL="C.UTF-8")
    assert done.returncode == 0
    assert json.loads(done.stdout)["file"]


# -- export


def edits_file(folder, *edits):
    path = folder / "修改.json"
    path.write_text(json.dumps(list(edits), ensure_ascii=False), "utf-8")
    return path


def edit(before="41", after="0", row=3, column=9, table="t2"):
    return {"table": table, "row": row, "column": column, "before": before, "after": after}


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("make", [docx_file, html_file])
def test_export_writes_what_was_asked_for(make, tmp_path, call):
    source = make(tmp_path, WRONG)
    before = source.read_bytes()
    word, excel, findings = (tmp_path / name for name in ("新.docx", "新.xlsx", "疑点.xlsx"))
    status, out, err = call(
        *("export", source, "--word", word, "--excel", excel, "--findings", findings),
        *("--edits", edits_file(tmp_path, edit()), "--mode", "clean"),
    )
    assert (status, err) == (0, "")
    assert all(path.name in out for path in (word, excel, findings))
    assert source.read_bytes() == before
    session = open_session(word)
    assert session.text(session.match.places[TOTAL].ref) == "0"
    assert excel.read_bytes()[:2] == findings.read_bytes()[:2] == b"PK"


def test_export_of_a_word_file_without_edits_is_the_same_file(tmp_path, call):
    source = docx_file(tmp_path)
    call("export", source, "--word", tmp_path / "新.docx")
    assert (tmp_path / "新.docx").read_bytes() == source.read_bytes()


def test_export_of_a_report_that_still_has_errors_ends_with_1(tmp_path, call):
    source = docx_file(tmp_path, WRONG)
    status, out, _ = call("export", source, "--word", tmp_path / "新.docx")
    assert status == 1
    assert "还有强制性错误 2 处" in out
    assert (tmp_path / "新.docx").exists()


@pytest.mark.parametrize(
    "edits",
    [
        [edit(), edit(before="40", row=4)],
        [edit(row=0, column=0, before="")],
        [edit(table="t9")],
        [edit(row=500)],
        [{"section": 6, "paragraph": 0, "insert": "…"}],
        "没有列表",
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(edits, tmp_path, call):
    source = docx_file(tmp_path, WRONG)
    path = edits_file(tmp_path, *edits)
    earlier = files(tmp_path)
    status, out, err = call("export", source, "--word", tmp_path / "新.docx", "--edits", path)
    assert (status, out) == (3, "")
    assert one_sentence(err)
    assert files(tmp_path) == earlier


def test_a_missing_list_of_edits_ends_with_3(tmp_path, call):
    source = docx_file(tmp_path, WRONG)
    arguments = ("export", source, "--word", tmp_path / "新.docx", "--edits", tmp_path / "无.json")
    assert call(*arguments)[0] == 3
    assert not (tmp_path / "新.docx").exists()


def test_an_existing_file_is_only_replaced_when_told_so(tmp_path, call):
    source = docx_file(tmp_path)
    there = tmp_path / "新.docx"
    there.write_bytes(b"earlier")
    arguments = ("export", source, "--excel", tmp_path / "新.xlsx", "--word", there)
    status, _, err = call(*arguments)
    assert status == 3
    assert one_sentence(err)
    assert there.read_bytes() == b"earlier"
    assert not (tmp_path / "新.xlsx").exists()
    assert call(*arguments, "--overwrite")[0] == 0
    assert there.read_bytes() == source.read_bytes()


def test_the_input_is_never_replaced_whatever_it_is_called(tmp_path, call, monkeypatch):
    source = docx_file(tmp_path)
    before = source.read_bytes()
    hard, soft = tmp_path / "硬.docx", tmp_path / "软.docx"
    hard.hardlink_to(source)
    soft.symlink_to(source)
    monkeypatch.chdir(tmp_path)
    around = tmp_path / "夹" / ".." / source.name
    (tmp_path / "夹").mkdir()
    for target in (source, hard, soft, Path(source.name), around):
        status, _, err = call("export", source, "--word", target, "--overwrite")
        assert status == 3, target
        assert one_sentence(err)
    assert call("export", soft, "--word", source, "--overwrite")[0] == 3
    edits = edits_file(tmp_path)
    assert call("export", source, "--word", edits, "--edits", edits, "--overwrite")[0] == 3
    assert source.read_bytes() == before


def test_two_outputs_that_are_one_file_are_refused(tmp_path, call):
    source = docx_file(tmp_path)
    (tmp_path / "链").symlink_to(tmp_path, target_is_directory=True)
    out = tmp_path / "新.xlsx"
    status, _, err = call(
        "export", source, "--excel", out, "--findings", tmp_path / "链" / "新.xlsx"
    )
    assert status == 2
    assert one_sentence(err)
    assert not out.exists()


def test_nothing_is_written_when_one_file_cannot_be_made(tmp_path, call, monkeypatch):
    def broken(*_):
        raise SaveError("做不出来。")

    monkeypatch.setattr(export, "findings_workbook", broken)
    source = docx_file(tmp_path)
    earlier = files(tmp_path)
    outputs = ("--word", tmp_path / "新.docx", "--findings", tmp_path / "新.xlsx")
    assert call("export", source, *outputs)[0] == 3
    assert files(tmp_path) == earlier


def test_what_was_written_is_taken_back_when_a_later_file_fails(tmp_path, call):
    source = docx_file(tmp_path)
    there = tmp_path / "旧.docx"
    there.write_bytes(b"earlier")
    earlier = files(tmp_path)
    nowhere = tmp_path / "没有这个文件夹" / "新.xlsx"
    for word in (there, tmp_path / "新.docx"):
        status, _, err = call(
            "export", source, "--word", word, "--findings", nowhere, "--overwrite"
        )
        assert status == 3
        assert one_sentence(err)
        assert files(tmp_path) == earlier


def test_selftest_says_what_it_did():
    # The sample has a Chinese name, which a file system spelled in ASCII cannot find.
    done = run("selftest", PYTHONUTF8="1")
    assert done.returncode == 0, done.stderr
    out = done.stdout.decode("utf-8")
    assert "读取样例：3 张法定表" in out
    assert out.endswith("自检完成\n")
