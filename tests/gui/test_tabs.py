"""Several reports in tabs: each as it was left, each with what is its own."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar

from core.creation import asked_for
from core.explanations import ExplanationKind
from core.rules.severity import Severity
from gui import opening
from gui.finding_filter import EVERYTHING
from gui.views.dialogs import Unsaved
from tests.gui.tabs_use import OTHER_SLOT, change, copies, ref_of, text_of

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CROSS = QTabBar.ButtonPosition.RightSide


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def click_tab(qtbot, window, place, button=LEFT):
    qtbot.mouseClick(window.tabs, button, pos=window.tabs.tabRect(place).center())


def drag_tab(qtbot, window, start, end):
    """Pull a tab behind another one with the mouse."""
    tabs = window.tabs
    first, last = tabs.tabRect(start), tabs.tabRect(end)
    qtbot.mousePress(tabs, LEFT, pos=first.center())
    for part in range(1, 11):
        way = last.right() - first.center().x()
        step = QPoint(first.center().x() + way * part // 10, first.center().y())
        qtbot.mouseMove(tabs, step)
    qtbot.mouseRelease(tabs, LEFT, pos=QPoint(last.right(), first.center().y()))


def test_a_second_file_opens_beside_the_first_and_asks_nothing(
    qtbot, window, answers, open_files, tmp_path
):
    first, second = copies(tmp_path, "一.docx", "二.docx")
    open_files(first)
    assert not window.tabs.isVisible()
    change(window)
    answers.open_path = second
    with qtbot.waitSignal(window.controller.session_opened):
        qtbot.keyClick(window, Qt.Key.Key_O, CONTROL)
    assert [asked[0] for asked in answers.asked] == ["open"]
    assert window.tabs.isVisible()
    assert [report.path for report in window.controller.reports] == [first, second]
    assert window.controller.present.path == second
    assert "二.docx" in window.windowTitle()
    assert not window.isWindowModified()
    assert text_of(window.controller.reports[0]) == "47"


def test_sample_new_and_clipboard_open_tabs_too_and_ask_nothing(
    qtbot, window, answers, open_files, tmp_path
):
    first, copied = copies(tmp_path, "一.docx", "复制.docx")
    open_files(first)
    answers.new_report = asked_for("石桥县档案局", "2025")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(copied))])
    QGuiApplication.clipboard().setMimeData(data)
    for number, name in enumerate(("open_sample", "new_report", "open_clipboard"), start=2):
        change(window)
        with qtbot.waitSignal(window.controller.session_opened):
            window.actions_by_name[name].trigger()
        assert len(window.controller.reports) == number
    assert not [asked for asked in answers.asked if asked[0] == "unsaved"]
    assert [report.unsaved for report in window.controller.reports] == [1, 1, 1, 0]
    window.actions_by_name["open_sample"].trigger()
    assert window.controller.shown is window.controller.reports[1]


def test_a_file_that_is_open_is_shown_under_whatever_name_it_is_opened(
    qtbot, window, open_files, three, tmp_path
):
    window.filing.open(three[1].path)
    assert window.controller.shown is three[1]
    window.filing.open(tmp_path / "下级" / ".." / "三.docx")
    assert window.controller.shown is three[2]
    link = tmp_path / "另一个名字.docx"
    link.symlink_to(three[0].path)
    assert open_files(link) == three
    assert window.controller.shown is three[0]
    assert not window.controller.is_read_only


def test_two_dropped_files_are_a_pair_and_three_are_tabs(qtbot, window, tmp_path):
    paths = copies(tmp_path, "一.docx", "二.docx", "三.docx")
    with qtbot.waitSignal(window.controller.opening_ended):
        drop(window, *paths[:2])
    (report,) = window.controller.reports
    assert report.session.last_year is not None
    window.filing.close_all()
    with qtbot.waitSignal(window.controller.opening_ended):
        drop(window, *paths)
    assert [report.path for report in window.controller.reports] == paths
    # Whoever waits for the last may begin with the first.
    assert window.controller.present.path == paths[0]


def test_of_several_files_those_that_fail_are_all_named_and_the_others_open(
    qtbot, window, open_files, tmp_path
):
    good, last = copies(tmp_path, "好.docx", "末.docx")
    broken = [tmp_path / "坏.docx", tmp_path / "空.docx"]
    for path in broken:
        path.write_bytes(b"")
    reports = open_files(broken[0], good, broken[1], last)
    assert [report.path for report in reports] == [good, last]
    assert window.controller.present.path == good
    for path in broken:
        assert path.name in window.bar.sentence
    retry = next(b for b in window.bar.findChildren(QPushButton) if b.text() == "重试")
    for path in broken:
        path.write_bytes(good.read_bytes())
    with qtbot.waitSignal(window.controller.opening_ended):
        retry.click()
    assert len(window.controller.reports) == 4


def test_reading_several_files_can_be_stopped_and_keeps_what_is_there(
    qtbot, window, open_files, three, monkeypatch, tmp_path
):
    def read_forever(_path, progress):
        while True:
            progress(1, 10)

    monkeypatch.setattr(opening, "open_session", read_forever)
    with qtbot.waitSignal(window.controller.opening_progressed):
        window.filing.open_each([tmp_path / f"大{n}.docx" for n in range(3)])
    assert "后面还有 2 份" in window.status.sentence
    cancel = next(b for b in window.status.findChildren(QPushButton) if b.text() == "取消")
    qtbot.waitUntil(cancel.isVisible)
    with qtbot.waitSignal(window.controller.opening_ended):
        qtbot.mouseClick(cancel, LEFT)
    assert window.controller.reports == three
    assert not window.controller.is_opening
    assert "取消" in window.status.sentence


def test_tabs_say_name_path_and_state_to_eye_and_ear(qtbot, window, open_files, tmp_path):
    paths = copies(tmp_path, "科技 R&D.docx", "甲/年报.docx", "乙/年报.docx")
    open_files(*paths)
    tabs = window.tabs
    assert [tabs.tabText(n) for n in range(3)] == [
        "科技 R&&D.docx",
        "年报.docx（甲）",
        "年报.docx（乙）",
    ]
    click_tab(qtbot, window, 1)
    change(window)
    assert tabs.tabText(1).startswith("*")
    assert tabs.accessibleTabName(1) == "年报.docx（甲），有未保存的修改"
    assert tabs.tabToolTip(1).startswith(str(paths[1]))
    assert tabs.tabButton(1, CROSS).accessibleName() == "关闭“年报.docx（甲）”"
    assert tabs.tabText(2) == "年报.docx（乙）"
    window.controller.undo_stack.undo()
    assert tabs.tabText(1) == "年报.docx（甲）"


def test_a_long_name_loses_its_middle_and_no_tab_grows_too_wide(window, open_files, tmp_path):
    name = "某市某区人民政府办公室二〇二四年政府信息公开工作年度报告第三次修改稿.docx"
    open_files(*copies(tmp_path, name, *(f"街道{n}.docx" for n in range(30))))
    tabs = window.tabs
    assert tabs.elideMode() is Qt.TextElideMode.ElideMiddle
    assert tabs.tabRect(0).width() < tabs.width() // 3
    wide = tabs.fontMetrics().horizontalAdvance("街道12.docx")
    assert tabs.tabRect(12).width() > wide
    assert tabs.width() <= window.width()


def test_the_mouse_shows_moves_and_closes(qtbot, window, three):
    click_tab(qtbot, window, 2)
    assert window.controller.shown is three[2]
    drag_tab(qtbot, window, 0, 2)
    window.controller.show(three[2])
    assert window.controller.reports == (three[1], three[2], three[0])
    assert window.controller.shown is three[2]
    click_tab(qtbot, window, 0, MIDDLE)
    assert window.controller.reports == (three[2], three[0])
    qtbot.mouseClick(window.tabs.tabButton(0, CROSS), LEFT)
    assert window.controller.reports == (three[0],)
    assert window.controller.shown is three[0]
    assert not window.tabs.isVisible()


def test_the_keys_go_round_and_close(qtbot, window, three):
    grid = window.page.grid
    grid.setFocus()
    for key, modifiers, expected in (
        (Qt.Key.Key_Tab, CONTROL, 1),
        (Qt.Key.Key_PageDown, CONTROL | SHIFT, 2),
        (Qt.Key.Key_Tab, CONTROL, 0),
        (Qt.Key.Key_PageUp, CONTROL | SHIFT, 2),
        (Qt.Key.Key_Backtab, CONTROL | SHIFT, 1),
    ):
        qtbot.keyClick(grid, key, modifiers)
        assert window.controller.shown is three[expected]
        assert grid.hasFocus()
    qtbot.keyClick(grid, Qt.Key.Key_W, CONTROL)
    assert window.controller.reports == (three[0], three[2])
    assert window.controller.shown is three[2]
    qtbot.keyClick(grid, Qt.Key.Key_F4, CONTROL)
    assert window.controller.reports == (three[0],)


def test_the_tabs_are_a_pane_where_arrows_step(qtbot, window, three):
    window.findings.cards.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.tabs.hasFocus()
    qtbot.keyClick(window.tabs, Qt.Key.Key_Right)
    assert window.controller.shown is three[1]
    assert window.tabs.hasFocus()
    qtbot.keyClick(window.tabs, Qt.Key.Key_Right)
    assert window.controller.shown is three[2]


def test_the_window_menu_lists_the_reports(window, three):
    window.controller.show(three[1])
    change(window)
    menu = next(m.menu() for m in window.menuBar().actions() if m.text() == "窗口(&W)")
    menu.aboutToShow.emit()
    lines = menu.actions()[-3:]
    assert [line.text() for line in lines] == ["&1 一.docx", "&2 *二.docx", "&3 三.docx"]
    assert [line.isChecked() for line in lines] == [False, True, False]
    lines[2].trigger()
    assert window.controller.shown is three[2]
    menu.aboutToShow.emit()
    assert len([line for line in menu.actions() if "docx" in line.text()]) == 3


def test_every_report_is_found_as_it_was_left(qtbot, window, three):
    page, grid = window.page, window.page.grid
    window.resize(900, 520)
    page.show_table(ref_of(three[0]).table)
    cause = next(c for c in window.controller.causes if ref_of(three[0]).table == c.table)
    window.walk.choose(cause)
    page.show_cell(ref_of(three[0], OTHER_SLOT))
    qtbot.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    bar = grid.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum() // 2)
    left = (grid.current_ref, grid.selected_refs(), bar.value(), window.controller.framed)
    assert len(left[1]) > 1
    qtbot.keyClick(grid, Qt.Key.Key_Tab, CONTROL)
    assert window.controller.chosen is None
    assert not window.controller.framed
    section = window.controller.present.document.sections
    page.show_section(next(n for n, part in enumerate(section) if not part.tables))
    shown = page.section_shown_now
    qtbot.keyClick(window, Qt.Key.Key_Tab, CONTROL | SHIFT)
    assert (
        grid.current_ref,
        grid.selected_refs(),
        bar.value(),
        window.controller.framed,
    ) == left
    assert window.controller.chosen is cause
    assert window.findings.cards.currentIndex() == window.findings.model.index_of(cause)
    qtbot.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    assert len(grid.selected_refs()) > len(left[1])
    qtbot.keyClick(grid, Qt.Key.Key_Tab, CONTROL)
    assert page.section_shown_now == shown


def test_the_list_of_findings_keeps_its_filter_and_its_place(qtbot, window, three):
    panel = window.findings
    chip = next(b for b in panel.findChildren(QPushButton) if b.text().startswith("强制性"))
    qtbot.mouseClick(chip, LEFT)
    left = panel.model.rowCount()
    click_tab(qtbot, window, 1)
    assert panel.model.rowCount() > left
    assert panel.model.filter == EVERYTHING
    assert not chip.isChecked()
    bar = panel.cards.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    click_tab(qtbot, window, 0)
    assert panel.model.rowCount() == left
    assert chip.isChecked()
    click_tab(qtbot, window, 1)
    assert bar.value() == place


def test_undo_is_that_of_the_report_that_is_shown(qtbot, window, three):
    grid = window.page.grid
    change(window)
    qtbot.keyClick(grid, Qt.Key.Key_Tab, CONTROL)
    assert not window.actions_by_name["undo"].isEnabled()
    change(window, "48")
    change(window, "49")
    qtbot.keyClick(grid, Qt.Key.Key_Tab, CONTROL | SHIFT)
    qtbot.keyClick(grid, Qt.Key.Key_Z, CONTROL)
    assert not three[0].session.is_changed
    assert text_of(three[1]) == "49"
    qtbot.keyClick(grid, Qt.Key.Key_Y, CONTROL)
    assert text_of(three[0]) == "47"
    assert not window.actions_by_name["redo"].isEnabled()
    qtbot.keyClick(grid, Qt.Key.Key_Tab, CONTROL)
    qtbot.keyClick(grid, Qt.Key.Key_Z, CONTROL)
    assert text_of(three[1]) == "48"


def test_a_cell_that_is_being_typed_is_taken_over_before_the_next_report(qtbot, window, three):
    grid = window.page.grid
    window.page.show_cell(ref_of(three[0]))
    qtbot.keyClick(grid, Qt.Key.Key_4)
    qtbot.keyClicks(grid.cell_editor, "7")
    click_tab(qtbot, window, 1)
    assert text_of(three[0]) == "47"
    assert grid.cell_editor is None
    assert not three[1].session.is_changed
    window.page.show_cell(ref_of(three[1]))
    editor = window.page.edit_bar.editor
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "48")
    click_tab(qtbot, window, 0)
    assert text_of(three[1]) == "48"
    assert text_of(three[0]) == "47"


def test_a_paragraph_that_is_being_typed_is_taken_over_too(qtbot, window, three):
    pane = window.page.prose
    qtbot.waitUntil(lambda: bool(pane.page.shown.passages))
    passage = next(p for p in pane.page.shown.passages if p.paragraph is not None)
    pane.page.edit_wanted.emit(passage)
    qtbot.keyClicks(pane.page.editor, "7")
    click_tab(qtbot, window, 1)
    assert three[0].session.rewording
    assert not three[1].session.is_changed
    assert pane.page.editor is None


def test_an_explanation_that_is_being_written_waits_for_its_report(qtbot, window, three):
    cause = window.controller.causes[0]
    window.walk.choose(cause)
    editor = window.findings.editor
    window.findings.explain_chosen(ExplanationKind.EXPLAINED)
    editor.text.insertPlainText("当年机构合并")
    click_tab(qtbot, window, 1)
    assert editor.isHidden()
    click_tab(qtbot, window, 0)
    assert not editor.isHidden()
    assert editor.text.toPlainText() == "当年机构合并"
    click_tab(qtbot, window, 1)
    editor.save()
    click_tab(qtbot, window, 0)
    qtbot.mouseClick(editor.save_button, LEFT)
    assert window.controller.report is three[0]
    assert any(c.explanation for c in window.controller.causes)


def test_who_is_typing_is_not_carried_off_to_a_report_that_has_just_been_read(
    qtbot, window, open_files, tmp_path
):
    first, second = copies(tmp_path, "一.docx", "二.docx")
    (report,) = open_files(first)
    window.page.show_cell(ref_of(report))
    grid = window.page.grid
    with qtbot.waitSignal(window.controller.opening_ended):
        window.filing.open(second)
        qtbot.keyClick(grid, Qt.Key.Key_4)
    assert window.controller.shown is report
    assert len(window.controller.reports) == 2
    qtbot.keyClicks(grid.cell_editor, "7\r")
    qtbot.waitUntil(lambda: text_of(report) == "47")


def test_unlocked_labels_and_read_only_belong_to_one_report(qtbot, window, three):
    window.actions_by_name["unlock_labels"].trigger()
    window.controller.set_read_only(True, three[1])
    assert not window.controller.is_read_only
    click_tab(qtbot, window, 1)
    assert "只读" in window.windowTitle()
    assert not window.actions_by_name["unlock_labels"].isChecked()
    assert not window.controller.labels_unlocked
    click_tab(qtbot, window, 0)
    assert "只读" not in window.windowTitle()
    assert window.actions_by_name["unlock_labels"].isChecked()
    assert window.controller.labels_unlocked


def test_what_the_bar_says_goes_and_comes_with_its_report(qtbot, window, answers, three, tmp_path):
    answers.save_paths = [tmp_path / "没有" / "改.docx"]
    change(window)
    with qtbot.waitSignal(window.keeping.failed):
        window.filing.save()
    said = window.bar.sentence
    click_tab(qtbot, window, 1)
    assert not window.bar.isVisible()
    click_tab(qtbot, window, 0)
    assert window.bar.isVisible()
    assert window.bar.sentence == said
    (tmp_path / "没有").mkdir()
    click_tab(qtbot, window, 1)
    click_tab(qtbot, window, 0)
    retry = next(b for b in window.bar.findChildren(QPushButton) if b.text() == "重试")
    with qtbot.waitSignal(window.keeping.saved):
        qtbot.mouseClick(retry, LEFT)
    assert (tmp_path / "没有" / "改.docx").exists()
    assert not three[0].unsaved


def test_settings_reach_reports_that_are_not_shown_once_they_are(qtbot, window, three):
    before = len(three[1].verdict.causes)
    cause = next(c for c in window.controller.causes if c.severity is Severity.ERROR)
    window.settings.switch_off(cause.lead.rule)
    assert len(three[1].verdict.causes) == before
    click_tab(qtbot, window, 1)
    assert window.controller.office.settings.switched_off
    assert all(cause.lead.rule not in c.rule_ids for c in window.controller.causes)
    assert three[1].is_checked


def test_structure_status_and_page_pictures_follow(qtbot, window, three):
    window.page.source.pictures._kept[0] = object()
    change(window)
    click_tab(qtbot, window, 1)
    assert not window.page.source.pictures._kept
    assert not [label for label in window.status.findChildren(QLabel) if "未保存" in label.text()]
    structure = window.structure.structure
    assert structure.badge(structure.index_of_table(window.page.table_id)).count


def test_closing_the_last_tab_leads_to_the_start_page(qtbot, window, three):
    for _ in three:
        qtbot.keyClick(window, Qt.Key.Key_W, CONTROL)
    assert window.start_page.isVisible()
    assert window.controller.reports == ()
    assert not window.actions_by_name["close_all"].isEnabled()
    assert window.tabs.count() == 0


def test_switching_is_quick_and_keeps_the_cell_in_view(window, three):
    grid = window.page.grid
    for report in (*three, *three):
        window.controller.show(report)
        assert grid.visualRect(grid.currentIndex()).intersects(grid.viewport().rect())


def test_closing_with_the_cross_asks_only_about_that_report(qtbot, window, answers, three):
    change(window)
    window.controller.show(three[1])
    change(window, "48")
    answers.unsaved = Unsaved.CANCEL
    qtbot.mouseClick(window.tabs.tabButton(0, CROSS), LEFT)
    assert answers.asked == [("unsaved", "一.docx", 1)]
    assert window.controller.shown is three[0]
    assert window.controller.reports == three
    answers.unsaved = Unsaved.DISCARD
    qtbot.mouseClick(window.tabs.tabButton(0, CROSS), LEFT)
    assert window.controller.reports == three[1:]
    assert text_of(three[1]) == "48"
    qtbot.mouseClick(window.tabs.tabButton(1, CROSS), LEFT)
    assert len(answers.asked) == 2
