"""A folder is found, checked, stopped, gone on with, and checked anew."""

import shutil

import pytest

from core.batch_row import Row
from core.batch_totals import AGENCY_MISSING, CHILDREN_DIFFER
from gui.folder.checking import Phase, own_workers
from tests.gui.folder.county import Gated, Serial, broken, names_list, put

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")
NAMES = ("林业局", "水务局", "教育局", "民政局", "财政局", "审计局")


@pytest.fixture
def small(tmp_path):
    folder = tmp_path / "年报"
    for name in NAMES:
        put(folder, name)
    return folder


def texts_of_bar(window):
    return window.bar.sentence if window.bar.isVisible() else ""


def test_files_are_listed_before_anything_is_read(folder_window, small):
    (small / "照片.jpg").write_bytes(b"x")
    shown = folder_window()
    shown.find(small)
    assert len(shown.listed) == len(NAMES)
    assert not shown.rows
    assert "找到 6 个文件，另有 1 个不是报告的文件没有列入" in shown.window.status.sentence
    assert shown.window.head.start.isEnabled()


def test_results_come_while_it_runs_and_it_can_be_cancelled(folder_window, small):
    shown = folder_window(lambda: Gated(2))
    shown.find(small)
    shown.window.head.start.click()
    shown.wait(lambda: len(shown.rows) == 2)
    shown.wait(lambda: "已完成 2/6" in shown.window.status.sentence)
    assert not shown.window.head.start.isEnabled()
    assert shown.window.reports.list.isEnabled()
    shown.window.head.cancel.click()
    assert shown.work.check.phase is Phase.STOPPED
    assert "已取消，已完成 2/6，可以继续" in shown.window.status.sentence
    assert shown.window.head.start.text().startswith("继续")


def test_a_check_that_was_cancelled_goes_on_where_it_was(folder_window, small):
    shown = folder_window(lambda: Gated(2))
    shown.find(small)
    shown.window.head.start.click()
    shown.wait(lambda: len(shown.rows) == 2)
    shown.window.head.cancel.click()
    # The first one still has its engine, and ends it before the second begins.
    shown.work.check.engine = Serial
    shown.window.head.start.click()
    shown.finish()
    assert len(shown.rows) == len(NAMES)
    assert shown.work.batch.resumed == 2


def left_unfinished(folder_window, folder):
    """Leave a check as a program leaves it that was closed in the middle."""
    shown = folder_window(lambda: Gated(2))
    shown.find(folder)
    shown.window.head.start.click()
    shown.wait(lambda: len(shown.rows) == 2)
    shown.window.close()
    shown.window.shut_down()


def test_closing_asks_nothing_and_the_next_window_offers_to_go_on(folder_window, small):
    left_unfinished(folder_window, small)
    shown = folder_window()
    shown.find(small)
    assert "没有做完，已有 2 个文件的结果" in texts_of_bar(shown.window)
    assert shown.window.head.start.text().startswith("继续")
    shown.window.head.start.click()
    shown.finish()
    assert shown.work.batch.resumed == 2
    assert len(shown.rows) == len(NAMES)


def test_what_was_left_can_be_forgotten(folder_window, small):
    left_unfinished(folder_window, small)
    shown = folder_window()
    shown.find(small)
    shown.act("recheck")
    shown.finish()
    assert shown.work.batch.resumed == 0
    assert len(shown.rows) == len(NAMES)


def test_a_check_that_is_done_is_done_again_with_the_files_of_now(folder_window, small):
    shown = folder_window()
    shown.check(small)
    put(small, "统计局", wrong=1)
    shown.window.head.start.click()
    shown.wait(lambda: len(shown.listed) == len(NAMES) + 1)
    shown.finish()
    assert shown.listed[0] == "临江县统计局.html"


def test_files_that_cannot_be_read_are_listed_with_their_sentence(folder_window, small):
    broken(small)
    shown = folder_window()
    shown.check(small)
    errors = {file: row.error for file, row in shown.rows.items() if row.error}
    assert len(errors) == 3
    assert len(shown.rows) == len(NAMES) + 3
    assert "没有读取 3 个" in shown.window.status.sentence
    encrypted = "临江县信访局（加密）.docx"
    assert "加密" in errors[encrypted]
    shown.window.reports.list.choose(encrypted)
    assert errors[encrypted] in shown.window.reports.details.sentence


def test_last_years_folder_is_compared_by_agency(folder_window, small, tmp_path):
    past = tmp_path / "上年"
    put(past, "林业局", file="林业", year=2023)
    shown = folder_window()
    shown.answers.folders = [small, past]
    shown.act("choose_folder")
    shown.wait_for(Phase.READY)
    shown.act("choose_last_year")
    shown.wait_for(Phase.READY)
    shown.window.head.start.click()
    shown.finish()
    assert shown.window.status.total == len(NAMES) + 1
    assert shown.rows["临江县林业局.html"].last_year == "林业.html"
    assert "上年：上年" in shown.window.head.last_year.text()
    shown.act("forget_last_year")
    shown.wait_for(Phase.READY)
    assert shown.work.batch.past is None


def test_a_folder_that_is_gone_is_said(folder_window, small):
    shown = folder_window()
    shutil.rmtree(small)
    shown.window.open_folder(small)
    shown.wait(lambda: "不存在" in texts_of_bar(shown.window))
    assert not shown.window.head.start.isEnabled()


def test_a_folder_without_reports_is_said(folder_window, tmp_path):
    (tmp_path / "空").mkdir()
    shown = folder_window()
    shown.find(tmp_path / "空")
    assert "没有可以检查的报告" in texts_of_bar(shown.window)


def test_another_folder_takes_the_place_of_the_first(folder_window, small, tmp_path):
    put(tmp_path / "别处", "统计局")
    shown = folder_window()
    shown.check(small)
    shown.check(tmp_path / "别处")
    assert list(shown.rows) == ["临江县统计局.html"]


def test_a_fault_of_the_engine_is_told_and_what_was_checked_stays(
    folder_window, small, monkeypatch
):
    told = []
    monkeypatch.setattr("gui.crash.report", told.append)

    class Faulty(Serial):
        def submit(self, fn, /, *args, **kwargs):
            raise RuntimeError("no more")

    shown = folder_window(Faulty)
    shown.find(small)
    shown.window.head.start.click()
    shown.wait(lambda: bool(told))
    assert shown.work.check.phase is Phase.STOPPED


def test_nothing_can_be_asked_of_a_file_that_is_not_there(folder_window, small):
    shown = folder_window()
    assert shown.work.file_of("x") is None
    shown.find(small)
    assert shown.work.file_of("x") is None
    assert shown.work.batch.file_of(Row(shown.listed[0])).path.exists()


def test_of_a_check_that_was_stopped_nothing_is_said_that_the_rest_could_refute(
    folder_window, tmp_path
):
    folder = tmp_path / "年报"
    put(folder, "人民政府")
    for name in NAMES:
        put(folder, name)
    shown = folder_window(lambda: Gated(3))
    shown.work.use_list(names_list(tmp_path / "名单.txt"))
    shown.find(folder)
    shown.wait(lambda: bool(shown.work.names))
    shown.window.head.start.click()
    shown.wait(lambda: len(shown.rows) == 3)
    shown.window.head.cancel.click()
    shown.wait(lambda: shown.work.together is not None)
    assert not {CHILDREN_DIFFER, AGENCY_MISSING} & kinds(shown)
    assert "没有做完" in shown.window.together._about.text()
    shown.answers.save_paths = [tmp_path / "清单.xlsx"]
    shown.act("export_findings")
    shown.wait(lambda: "还有 4 个文件没有检查，不在其中" in shown.window.bar.sentence)
    shown.act("show_summary")
    shown.wait(lambda: "还有 4 个文件没有检查" in shown.window.summary._left_out.text())
    shown.work.check.engine = Serial
    shown.window.head.start.click()
    shown.finish()
    assert {CHILDREN_DIFFER, AGENCY_MISSING} <= kinds(shown)


def kinds(shown):
    return {found.kind for found in shown.work.together.findings}


def test_the_programs_own_processes_check_a_folder(folder_window, small):
    shown = folder_window(own_workers)
    broken(small)
    shown.check(small)
    assert len(shown.rows) == len(NAMES) + 3
    assert sum(bool(row.error) for row in shown.rows.values()) == 3
