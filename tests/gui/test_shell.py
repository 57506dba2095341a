"""Around the report: settings, recent files, help, tour, printing, the window as it was left."""

import json
import re

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMargins, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QPalette, QPdfWriter
from PySide6.QtWidgets import QLabel, QPushButton

from core import backups, traces
from core.preferences import Look
from core.recent_files import load_recent, recent_path
from core.resources import SAMPLE
from core.version import VERSION
from core.window_state import WindowState, load_window_state, window_state_path
from gui import review_pdf, table_print, theme, window_memory
from gui.help_window import ClosedBrowser, HelpBrowser, HelpWindow, help_pages
from gui.printing import Printed
from gui.save_mode import SaveMode
from gui.views.about_dialog import AboutDialog

# The offscreen platform says so of every dialog that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")


@pytest.fixture(autouse=True)
def light_again():
    yield
    theme.choose(Look.SYSTEM)
    backups.keep_backups(backups.KEPT)


# Settings


def test_what_is_set_holds_at_once_and_is_remembered(window, answers):
    def set_all(dialog):
        dialog.author.setText(" 张敏 ")
        dialog.points.setValue(14)
        dialog.look.setCurrentIndex(dialog.look.findData(Look.DARK))
        dialog.kept.setValue(2)
        dialog.every_save.setChecked(True)
        return True

    answers.on_run = set_all
    window.actions_by_name["preferences"].trigger()
    assert window.page.grid.font().pointSizeF() == 14
    assert theme.current() is theme.DARK
    assert window.actions_by_name["theme_dark"].isChecked()
    found = SaveMode(window.bar, parent=window).preferences
    assert (found.author, found.grid_points, found.look) == ("张敏", 14, Look.DARK)
    assert (found.backups_kept, found.reviews_every_save) == (2, True)


def test_cancelled_settings_change_nothing(window, answers):
    before = window.save_mode.preferences

    def set_and_cancel(dialog):
        dialog.points.setValue(20)
        return False

    answers.on_run = set_and_cancel
    window.actions_by_name["preferences"].trigger()
    assert window.save_mode.preferences == before


def test_fewer_backups_are_kept_if_that_is_wanted(tmp_path, own_folder):
    from core.storage import replace_file

    backups.keep_backups(2)
    for text in (b"1", b"2", b"3", b"4"):
        replace_file(tmp_path / "a.docx", text, overwrite=True)
    assert len(backups.backups_of(tmp_path / "a.docx")) == 2


@pytest.mark.parametrize("may", [True, False])
def test_traces_go_only_when_a_person_says_so(qtbot, window, open_file, answers, source, may):
    open_file(source)
    assert load_recent(recent_path())
    answers.may_clear = may
    dialog = window.shell.preferring.dialog()
    qtbot.addWidget(dialog)
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "清除使用痕迹…")
    dialog.pages.setCurrentIndex(3)
    dialog.show()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    _, question, more = answers.asked[-1]
    assert "使用痕迹" in question
    assert "最近文件：1 条" in more
    assert bool(load_recent(recent_path())) is not may
    assert source.exists()


def test_clearing_traces_leaves_what_is_needed(window, open_file, source):
    open_file(source)
    session = window.controller.present
    ref = session.match.places["applications.received.natural_person"].ref
    window.controller.set_text(ref, "47")
    assert window.journaling.is_safe()
    journals = sorted(traces.private_path("journals").glob("*.journal"))
    assert journals
    assert traces.clear_traces() == ()
    assert sorted(traces.private_path("journals").glob("*.journal")) == journals


# Recent files


def test_recent_files_are_listed_and_opened_by_key(qtbot, window, open_file, source):
    open_file(source)
    window.filing.close_report()
    recent = window.start_page.recent
    qtbot.waitUntil(recent.isVisible)
    item = recent.rows.topLevelItem(0)
    assert item.text(0) == source.name
    assert item.text(1) == str(source.parent)
    assert item.text(2).startswith("20")
    recent.rows.setCurrentItem(item)
    recent.rows.setFocus()
    with qtbot.waitSignal(window.controller.session_opened):
        qtbot.keyClick(recent.rows, Qt.Key.Key_Return)


def test_a_missing_one_is_grey_and_can_be_removed(qtbot, window, open_file, source):
    open_file(source)
    source.unlink()
    with qtbot.waitSignal(window.shell.recents.missing_found):
        window.filing.close_report()
    rows = window.start_page.recent.rows
    item = rows.topLevelItem(0)
    assert "找不到" in item.text(0)
    assert item.foreground(0).color() == QColor(theme.current().muted)
    rows.setCurrentItem(item)
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert load_recent(recent_path()) == ()
    assert not window.start_page.recent.isVisible()


def test_nothing_is_remembered_if_that_is_not_wanted(window, open_file, answers, source):
    def forget(dialog):
        dialog.no_recent.setChecked(True)
        return True

    answers.on_run = forget
    window.actions_by_name["preferences"].trigger()
    open_file(source)
    assert load_recent(recent_path()) == ()


def test_the_sample_is_nobodys_recent_file(open_file):
    open_file(SAMPLE)
    assert load_recent(recent_path()) == ()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"format": "gouji-recent", "version": 1}'])
def test_a_damaged_list_is_an_empty_one(own_folder, damage):
    recent_path().parent.mkdir(parents=True)
    recent_path().write_bytes(damage)
    assert load_recent(recent_path()) == ()


# The window as it was left


def come_back(window):
    """Let a window be as the last one was left."""
    state = load_window_state(window_state_path())
    window_memory.put_back(window, state)
    window_memory.arrange(window, state)


def test_the_window_comes_back_as_it_was_left(window, open_file, source):
    open_file(source)
    window.setGeometry(40, 30, 700, 500)
    window.actions_by_name["show_findings"].setChecked(False)
    window.actions_by_name["show_steps"].setChecked(True)
    window.status.zoom.show_percent(150)
    left = window_memory.state_of(window)
    window_memory.keep(window)
    window.actions_by_name["show_findings"].setChecked(True)
    window.actions_by_name["show_steps"].setChecked(False)
    window.status.zoom.reset()
    window.resize(800, 600)
    come_back(window)
    assert window_memory.state_of(window) == left
    assert not window.findings.isVisible()
    assert window.undo_pane.isVisible()
    window.actions_by_name["restore_layout"].trigger()
    assert window.findings.isVisible()
    assert window.status.zoom.percent == 100


def test_a_window_that_is_larger_than_the_screen_begins_maximized(window):
    window.resize(window.screen().availableSize().grownBy(QMargins(0, 0, 1, 0)))
    come_back(window)
    assert window.isMaximized()


def test_a_window_that_fits_begins_as_it_is(window):
    window.resize(700, 500)
    come_back(window)
    assert (window.width(), window.height()) == (700, 500)
    assert not window.isMaximized()


SCREEN = QRect(0, 0, 1366, 768)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((10, 20, 900, 600), QRect(10, 20, 900, 600)),
        ((3000, 20, 900, 600), None),
        ((-880, 20, 900, 600), None),
        ((10, -590, 900, 600), None),
        ((0, 0, 4000, 3000), QRect(0, 0, 1366, 768)),
        (None, None),
    ],
)
def test_a_place_on_no_screen_is_not_taken(place, expected):
    assert window_memory.fitting(WindowState(place), [SCREEN]) == expected


@pytest.mark.parametrize("wrong", [None, "x", [], [1], [1, 2, 3, True], [0, 0, 0, 5], {}, -1])
def test_wrong_values_of_the_layout_are_passed_over(own_folder, wrong):
    window_state_path().parent.mkdir(parents=True)
    names = ("place", "widths", "heights", "hidden", "zoom", "is_maximized", "shown")
    content = dict.fromkeys(names, wrong) | {"format": "gouji-window", "version": 1}
    window_state_path().write_text(json.dumps(content), encoding="utf-8")
    assert load_window_state(window_state_path()) == WindowState()


# Help


def test_the_help_has_every_page_and_fetches_nothing(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    help_window = window.findChild(HelpWindow)
    assert help_window.isVisible()
    titles = [title for title, _ in help_pages()]
    first = ["打开", "核对", "修改", "保存", "出错说明", "恢复", "快捷键", "常见问题"]
    assert titles == [*first, "批量校核"]
    help_window.pages.setFocus()
    for title in titles:
        assert help_window.text.toPlainText().startswith(title)
        qtbot.keyClick(help_window.pages, Qt.Key.Key_Down)
    help_window.close()


def test_a_page_that_names_a_file_or_address_loads_nothing(qtbot, tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"x")
    view = ClosedBrowser()
    qtbot.addWidget(view)
    for url in (QUrl.fromLocalFile(str(picture)), QUrl("http://example.com/a.png")):
        assert view.loadResource(2, url) is None
    assert not view.openLinks()


def test_the_help_shows_its_own_pictures_and_no_others(qtbot, tmp_path):
    names = {name for _, text in help_pages() for name in re.findall(r"\]\((.+?)\)", text)}
    view = HelpBrowser()
    qtbot.addWidget(view)
    assert names
    for name in names:
        assert not view.loadResource(2, QUrl(name)).isNull(), name
    stray = tmp_path / "start-page.png"
    stray.write_bytes(b"x")
    for url in (
        QUrl.fromLocalFile(str(stray)),
        QUrl("images/../1-打开.md"),
        QUrl("http://a.cn/a.png"),
    ):
        assert view.loadResource(2, url) is None


def test_no_picture_of_the_help_is_wider_than_its_page(qtbot):
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show()
    for width in (900, 600, 1300):
        window.resize(width, 600)
        for row in range(window.pages.count()):
            window.pages.setCurrentRow(row)
            qtbot.waitUntil(lambda: not window.text.horizontalScrollBar().maximum())


def test_about_says_the_version_and_shows_the_licences(qtbot):
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    assert any(VERSION in label.text() for label in dialog.findChildren(QLabel))
    texts = [view.toPlainText() for view in dialog.findChildren(ClosedBrowser)]
    assert any("MIT License" in text for text in texts)
    assert any("PySide6-Essentials" in text and "LGPL" in text for text in texts)


# Tour


def test_the_tour_leads_from_the_sample_to_saving(qtbot, window):
    tour = window.shell.tour
    with qtbot.waitSignal(window.controller.session_opened):
        window.actions_by_name["tour"].trigger()
    steps = []
    while tour.bar.isVisible():
        steps.append((tour.step, tour.bar.label.text()))
        if tour.step == 1:
            assert window.controller.chosen is not None
        if tour.step == 3:
            assert window.controller.chosen.proved is not None
            assert not window.controller.present.is_changed
        if tour.step == 4:
            assert window.controller.present.is_changed
        qtbot.mouseClick(tour.bar.next_button, Qt.MouseButton.LeftButton)
    assert [number for number, _ in steps] == list(range(6))
    assert "原文件不会被修改" in steps[-1][1]
    assert window.save_mode.preferences.is_tour_over


@pytest.mark.parametrize("leaves_for_another", [False, True])
def test_the_tour_ends_with_the_report_that_it_speaks_of(
    qtbot, window, open_file, source, leaves_for_another
):
    if leaves_for_another:
        open_file(source)
    tour = window.shell.tour
    with qtbot.waitSignal(window.controller.session_opened):
        window.actions_by_name["tour"].trigger()
    qtbot.mouseClick(tour.bar.next_button, Qt.MouseButton.LeftButton)
    assert tour.step == 1
    window.actions_by_name["next_report" if leaves_for_another else "close"].trigger()
    assert not tour.bar.isVisible()
    assert tour.step == -1
    # It was left, not refused.
    assert not window.save_mode.preferences.is_tour_over


def test_a_tour_that_is_not_wanted_is_never_offered_again(qtbot, window):
    tour = window.shell.tour
    tour.offer()
    assert tour.bar.isVisible()
    qtbot.mouseClick(tour.bar.end_button, Qt.MouseButton.LeftButton)
    assert not tour.bar.isVisible()
    tour.offer()
    assert not tour.bar.isVisible()
    assert SaveMode(window.bar, parent=window).preferences.is_tour_over


def test_the_tour_is_offered_to_those_who_have_opened_nothing_yet(window, open_file, source):
    window.shell.begin_later()
    assert window.shell.tour.bar.isVisible()
    open_file(source)
    window.controller.close_session()
    window.shell.begin_later()
    assert not window.shell.tour.bar.isVisible()


# Printing


def pdf(window, what):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(review_pdf.RESOLUTION)
    (table_print if what is Printed.TABLES else review_pdf).lay_out_pages(writer)
    window.shell.printing.paint(what, writer)
    return pypdfium2.PdfDocument(bytes(buffer.data().data()))


@pytest.mark.parametrize("what", Printed)
def test_everything_is_on_the_paper(window, open_file, what):
    open_file(SAMPLE)
    document = pdf(window, what)
    sizes = {tuple(map(round, page.get_size())) for page in document}
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    plain = "".join(text.split())
    if what is Printed.TABLES:
        assert sizes == {(842, 595)}
        session = window.controller.present
        cells = [c.text for t in session.document.tables.values() for c in t.cells]
        assert all("".join(cell.split()) in plain for cell in cells)
    else:
        assert sizes == {(595, 842)}
        for finding in window.controller.result.findings:
            assert "".join(finding.message.split()) in plain


@pytest.mark.parametrize("what", Printed)
def test_in_the_dark_the_paper_is_printed_black(window, open_file, what):
    open_file(SAMPLE)
    theme.choose(Look.LIGHT)
    light = black_points(pdf(window, what))
    theme.choose(Look.DARK)
    assert black_points(pdf(window, what)) == light
    assert light > 500


def black_points(document):
    bitmap = document[0].render(scale=1, grayscale=True)
    count = sum(value < 90 for value in bytes(bitmap.buffer))
    document.close()
    return count


def test_the_preview_opens_by_key(qtbot, window, open_file, answers):
    open_file(SAMPLE)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = answers.run_dialogs
    assert dialog.windowTitle() == "打印预览 — 校核报告"


# High contrast


def colours(window, base, text):
    made = QPalette()
    made.setColor(QPalette.ColorRole.Window, QColor(window))
    made.setColor(QPalette.ColorRole.Base, QColor(base))
    made.setColor(QPalette.ColorRole.WindowText, QColor(text))
    return made


def test_high_contrast_is_followed_and_can_be_chosen(window):
    assert theme.is_high_contrast(colours("#000000", "#000000", "#ffffff"))
    assert not theme.is_high_contrast(colours("#efefef", "#ffffff", "#000000"))
    theme.follow_system(colours("#000000", "#000000", "#ffffff"))
    theme.choose(Look.SYSTEM)
    assert theme.current().is_contrast
    theme.follow_system(colours("#efefef", "#ffffff", "#000000"))
    theme.choose(Look.SYSTEM)
    assert not theme.current().is_contrast
    window.actions_by_name["theme_contrast"].trigger()
    assert theme.current().is_contrast
    tones = (theme.current().error, theme.current().warning, theme.current().changed)
    assert all(tone.fill is None for tone in tones)
