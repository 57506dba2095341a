"""From the main window to the folder window and back, with a report of the folder."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from core.untitled import is_untitled
from gui.folder.checking import Phase
from tests.gui.folder.county import Serial, county, put

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")


@pytest.fixture
def opened(window, qtbot):
    """Open the folder window by the main window's action, checked in this process."""
    window.actions_by_name["check_folder"].trigger()
    folder = window.shell.folder.window
    folder.work.check.engine = Serial
    yield folder
    window.shell.folder.close()


def check(qtbot, folder_window, folder):
    folder_window.open_folder(folder)
    qtbot.waitUntil(lambda: folder_window.work.check.phase is Phase.READY)
    folder_window.head.start.click()
    qtbot.waitUntil(lambda: folder_window.work.check.phase is Phase.DONE)


def test_the_same_window_is_shown_again(window, opened):
    opened.close()
    window.actions_by_name["check_folder"].trigger()
    assert window.shell.folder.window is opened
    assert opened.isVisible()


def test_a_folder_dropped_on_the_main_window_is_listed(window, qtbot, tmp_path):
    put(tmp_path / "年报", "林业局")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "年报"))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    folder_window = window.shell.folder.window
    qtbot.waitUntil(lambda: folder_window.work.check.phase is Phase.READY)
    assert folder_window.work.reports.count == 1
    window.shell.folder.close()


def test_a_report_of_the_list_is_opened_in_the_main_window(window, opened, qtbot, tmp_path):
    put(tmp_path / "年报", "林业局", wrong=1)
    check(qtbot, opened, tmp_path / "年报")
    opened.reports.list.selectRow(0)
    opened.actions_by_name["open_report"].trigger()
    qtbot.waitUntil(lambda: window.controller.session is not None)
    session = window.controller.session
    assert session.path == tmp_path / "年报" / "临江县林业局.html"
    rules = {finding.rule for finding in window.controller.result.findings}
    assert rules == set(opened.work.reports.rows[0].rules)


def test_a_report_in_an_archive_is_opened_as_a_copy_and_said_so(window, opened, qtbot, tmp_path):
    folder = county(tmp_path / "年报")
    archive = folder / "乡镇年报.zip"
    before = archive.read_bytes()
    check(qtbot, opened, folder)
    opened.open_report("乡镇年报.zip/临江县青山镇人民政府.docx")
    qtbot.waitUntil(lambda: window.controller.session is not None)
    session = window.controller.session
    assert session.document.agency == "临江县青山镇人民政府"
    assert is_untitled(session.path)
    assert "压缩包“乡镇年报.zip”" in window.bar.sentence
    assert archive.read_bytes() == before


def test_the_sum_is_opened_in_the_main_window(window, opened, qtbot, tmp_path):
    for name in ("林业局", "水务局"):
        put(tmp_path / "年报", name)
    check(qtbot, opened, tmp_path / "年报")
    opened.actions_by_name["show_summary"].trigger()
    qtbot.waitUntil(lambda: bool(opened.summary.model.units))
    opened.summary.open.click()
    qtbot.waitUntil(lambda: window.controller.session is not None)
    assert window.controller.session.document.title == "2024年度汇总（2 个单位）"
    assert "2 个单位的汇总" in window.bar.sentence


def test_the_main_window_takes_the_folder_window_with_it(window, opened, qtbot):
    window.close()
    assert window.shell.folder.window is None
