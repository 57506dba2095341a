"""What the window shows of a folder that has been checked, and how it is walked through."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from core.batch_totals import AGENCY_MISSING, OTHER_YEAR, PROSE_ALIKE, SAME_CONTENT, TWO_VERSIONS
from core.batch_view import STATE_LABELS
from core.preferences import Look
from core.rules.severity import Severity
from gui import theme
from gui.folder import panes
from gui.folder.checking import Phase
from gui.help_window import HelpWindow
from tests.gui.folder.county import agency, county, names_list, put

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")
WRONG = {"临江县林业局.docx", "临江县水务局.html", "临江县财政局（修改稿）.html"}


def drop(window, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def kinds(shown):
    return {found.kind for found in shown.work.together.findings}


def test_a_dropped_folder_is_listed_and_a_dropped_list_is_used(
    folder_window, whole_county, tmp_path
):
    shown = folder_window()
    drop(shown.window, whole_county)
    shown.wait_for(Phase.READY)
    assert shown.work.folder == whole_county
    drop(shown.window, names_list(tmp_path / "名单.txt"))
    shown.wait(lambda: agency("林业局") in shown.work.names)


def test_of_two_dropped_folders_the_earlier_name_is_last_years(folder_window, tmp_path):
    for year in (2024, 2023):
        put(tmp_path / f"{year}年年报", "林业局", year=year)
    shown = folder_window()
    drop(shown.window, tmp_path / "2024年年报", tmp_path / "2023年年报")
    shown.wait_for(Phase.READY)
    assert (shown.work.folder.name, shown.work.last_year.name) == ("2024年年报", "2023年年报")


def test_the_worst_stand_first(checked):
    assert {file for file in checked.listed if checked.rows[file].open_errors} == WRONG
    unread = [file for file in checked.listed if checked.rows[file].error]
    assert checked.listed[:3] == unread
    assert set(checked.listed[3:6]) == WRONG


def test_filter_by_severity_rule_and_text(checked, qtbot):
    filters = checked.window.reports.filters
    filters.severity.setCurrentIndex(filters.severity.findData(Severity.ERROR))
    assert set(checked.listed) == WRONG
    filters.reset()
    filters.rule.setCurrentIndex(filters.rule.findData("SUM002"))
    assert set(checked.listed) == WRONG
    qtbot.keyClick(filters.text, Qt.Key.Key_Escape)
    assert len(checked.listed) == checked.work.reports.count
    filters.text.setText("水务")
    assert len(checked.listed) > 1  # it waits until the word is typed through
    checked.wait(lambda: checked.listed == ["临江县水务局.html"])
    assert filters.clear.isEnabled()
    filters.clear.click()
    assert len(checked.listed) == checked.work.reports.count


def test_the_findings_of_the_chosen_report_are_shown(checked):
    details = checked.window.reports.details
    checked.window.reports.list.choose("临江县林业局.docx")
    rules = {line.texts[1] for line in details.model.lines}
    assert {"SUM002", "BAL001"} <= rules
    assert details.model.lines[0].texts[0] in {"强制性错误", "待核实", "提示"}


def test_enter_and_double_click_open_a_report(checked, qtbot, whole_county):
    table = checked.window.reports.list
    table.choose("临江县林业局.docx")
    table.setFocus()
    with qtbot.waitSignal(checked.window.report_wanted) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [whole_county / "临江县林业局.docx", None]
    place = table.visualRect(table.currentIndex()).center()
    with qtbot.waitSignal(checked.window.report_wanted):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(checked.window.report_wanted):
        checked.window.reports.details.button.click()


def test_last_years_report_is_opened_beside_this_one(folder_window, tmp_path):
    this, past = tmp_path / "2024", tmp_path / "2023"
    put(this, "林业局")
    before = put(past, "林业局", year=2023)
    shown = folder_window()
    shown.work.last_year = past
    shown.check(this)
    with shown.qtbot.waitSignal(shown.window.report_wanted) as opened:
        shown.window.open_report("临江县林业局.html")
    assert opened.args[1] == before


def test_what_several_show_together_is_listed(checked):
    assert {SAME_CONTENT, TWO_VERSIONS, OTHER_YEAR, PROSE_ALIKE} <= kinds(checked)
    lines = checked.window.together.model.lines
    assert len(lines) == len(checked.work.together.findings)
    severities = [line.severity for line in lines]
    assert severities == sorted(severities, key=list(Severity).index)
    assert str(len(lines)) in checked.window.pages.tabText(panes.TOGETHER)


def test_a_finding_leads_to_its_report_whatever_is_filtered(checked, qtbot):
    window = checked.window
    window.reports.filters.rule.setCurrentIndex(window.reports.filters.rule.findData("SUM002"))
    window.panes.show(panes.TOGETHER)
    found = next(
        place for place, line in enumerate(window.together.model.lines) if "审计局" in line.texts[2]
    )
    window.together.table.selectRow(found)
    qtbot.keyClick(window.together.table, Qt.Key.Key_Return)
    assert window.pages.currentIndex() == panes.REPORTS
    assert window.reports.list.current_file == "临江县审计局.html"


def test_another_year_is_asked_for(checked):
    checked.window.head.year.setValue(2023)
    checked.wait(
        lambda: sum(found.kind == OTHER_YEAR for found in checked.work.together.findings) > 5
    )
    checked.window.head.year.setValue(checked.window.head.year.minimum())
    checked.wait(
        lambda: sum(found.kind == OTHER_YEAR for found in checked.work.together.findings) == 1
    )


def test_missing_agencies_and_a_proposal_that_a_person_confirms(checked, tmp_path):
    window, page = checked.window, checked.window.together
    checked.answers.list = names_list(tmp_path / "名单.txt")
    checked.act("choose_list")
    checked.wait(lambda: checked.work.together.comparison is not None)
    assert checked.work.together.missing == (
        agency("交通运输局"),
        agency("卫生健康委员会"),
        "临江县住建局",
    )
    window.panes.show(panes.TOGETHER)
    page.agencies.selectRow(0)
    assert not page.confirm.isEnabled()
    page.agencies.selectRow(2)
    page.confirm.click()
    checked.wait(lambda: "临江县住建局" not in checked.work.together.missing)
    assert page.withdraw.isVisible()
    page.withdraw.click()
    checked.wait(lambda: "临江县住建局" in checked.work.together.missing)
    checked.act("forget_list")
    checked.wait(lambda: checked.work.together.comparison is None)
    assert AGENCY_MISSING not in kinds(checked)


def test_a_list_without_names_is_refused_with_a_sentence(checked, tmp_path):
    checked.answers.list = tmp_path / "名单.txt"
    checked.answers.list.write_text("1\n2\n", "utf-8")
    checked.act("choose_list")
    checked.wait(lambda: "没有找到机关名称" in checked.window.bar.sentence)
    assert checked.work.list is None


def test_like_texts_stand_side_by_side_and_scroll_together(checked):
    window, page = checked.window, checked.window.alike
    window.panes.show(panes.ALIKE)
    page.pairs.selectRow(0)
    checked.wait(lambda: bool(page.one.toPlainText()))
    marked = [line for line in page.one.toPlainText().splitlines() if line.startswith("＝")]
    assert len(marked) >= 5
    formats = {
        fragment.fragment().charFormat().fontUnderline()
        for fragment in page.one.document().firstBlock()
    }
    assert formats == {True, False}
    window.resize(640, 420)
    page.one.setFixedHeight(60)
    page.other.setFixedHeight(60)
    checked.wait(lambda: page.one.verticalScrollBar().maximum() > 0)
    page.one.verticalScrollBar().setValue(page.one.verticalScrollBar().maximum())
    assert page.other.verticalScrollBar().value() == page.other.verticalScrollBar().maximum()


def test_a_like_report_that_is_gone_is_said(folder_window, tmp_path):
    folder = county(tmp_path / "年报")
    shown = folder_window()
    shown.check(folder)
    (folder / "临江县民政局.docx").unlink()
    shown.window.panes.show(panes.ALIKE)
    shown.window.alike.pairs.selectRow(0)
    shown.wait(lambda: "民政局" in shown.window.alike._about.text())
    assert not shown.window.alike.one.toPlainText()


def test_the_overview_says_the_same_as_chart_and_as_table(checked, qtbot):
    window, page = checked.window, checked.window.overview
    window.panes.show(panes.OVERVIEW)
    table = {line.texts[0]: int(line.texts[1]) for line in page.state_model.lines}
    assert table == {bar.label: bar.count for bar in page.states.bars}
    assert set(table) == set(STATE_LABELS.values())
    assert sum(table.values()) == checked.work.reports.count
    assert "有强制性错误 3" in page.states.accessibleDescription()
    place = next(i for i, line in enumerate(page.rule_model.lines) if line.about == "SUM002")
    page.rule_table.selectRow(place)
    qtbot.keyClick(page.rule_table, Qt.Key.Key_Return)
    assert window.pages.currentIndex() == panes.REPORTS
    assert set(checked.listed) == WRONG


@pytest.mark.parametrize("look", list(Look))
def test_charts_are_drawn_in_every_theme(checked, look):
    page = checked.window.overview
    checked.window.panes.show(panes.OVERVIEW)
    try:
        theme.choose(look)
        image = page.states.grab().toImage()
    finally:
        theme.choose(Look.SYSTEM)
    colours = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 2)
    }
    assert len(colours) > 3


def test_f6_leads_from_pane_to_pane_and_back(checked, qtbot):
    window = checked.window
    window.reports.list.selectRow(4)
    window.reports.list.setFocus()
    seen = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert len(set(seen)) == 5
    assert seen[-1] is window.reports.list
    qtbot.keyClick(seen[-1], Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is seen[-2]


def test_every_page_is_reached_by_key_and_escape_leads_back(checked, qtbot):
    for place, key in enumerate("12345"):
        qtbot.keyClick(checked.window, key, Qt.KeyboardModifier.ControlModifier)
        assert checked.window.pages.currentIndex() == place
    qtbot.keyClick(checked.window, Qt.Key.Key_Escape)
    assert checked.window.pages.currentIndex() == panes.REPORTS
    qtbot.keyClick(checked.window, "F", Qt.KeyboardModifier.ControlModifier)
    assert checked.window.reports.filters.text.hasFocus()


def test_a_file_that_cannot_be_opened_says_so(checked, monkeypatch):
    batch = checked.work.batch
    name = checked.listed[0]
    monkeypatch.setitem(batch._files, name, replace(batch.file_of(checked.rows[name]), error="x。"))
    checked.window.open_report(name)
    assert "没有打开" in checked.window.bar.sentence


def test_the_keyboard_is_led_from_the_verb_to_the_list(folder_window, whole_county, qtbot):
    shown = folder_window()
    shown.find(whole_county)
    assert shown.window.head.start.hasFocus()
    qtbot.keyClick(shown.window.head.start, Qt.Key.Key_Space)
    shown.finish()
    assert shown.window.reports.list.hasFocus()
    qtbot.keyClick(shown.window.reports.list, Qt.Key.Key_Down)
    assert shown.window.reports.list.current_file


def test_the_help_opens_at_the_page_about_folders(qtbot, folder_window):
    shown = folder_window()
    # Keys of the menus hold in the active window only.
    with qtbot.waitActive(shown.window):
        shown.window.activateWindow()
    qtbot.keyClick(shown.window, Qt.Key.Key_F1)
    help_window = shown.window.findChild(HelpWindow)
    assert help_window.isVisible()
    assert help_window.text.toPlainText().startswith("批量校核")
    help_window.pages.setCurrentRow(0)
    shown.act("help")
    assert shown.window.findChildren(HelpWindow) == [help_window]
    assert help_window.text.toPlainText().startswith("批量校核")
