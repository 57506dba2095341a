"""Every dialog and state: Chinese, named controls, whole labels, contrast, small screens."""

import itertools
import re

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QColorDialog,
    QComboBox,
    QDialog,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QSlider,
    QTabBar,
    QTabWidget,
    QTextEdit,
)

from core.changes_made import changes_made
from core.preferences import Look
from core.resources import SAMPLE
from core.session import open_session
from gui import bindings, theme
from gui.action_spec import WINDOW
from gui.actions import ACTIONS
from gui.folder.printing import Printed as FolderPrinted
from gui.folder.printing import preview
from gui.help_window import HelpWindow, help_pages
from gui.printing import Printed
from gui.start_failure import SENTENCE
from gui.views.about_dialog import AboutDialog
from gui.views.changes_dialog import BeforeSaving, ChangesDialog
from gui.views.crash_dialog import start_box
from gui.views.list_dialog import ListDialog
from tests.gui.folder.county import Serial, county, names_list
from tests.gui.tabs_use import change, copies

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")

LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
# Names of programs, formats and keys, which nobody translates; the colour dialog's own short ones.
ALLOWED = {
    *("Word", "Excel", "PDF", "WPS", "MIT", "gouji", "HTML", "Alpha"),
    *("Ctrl", "Shift", "Enter", "Tab", "Esc", "Delete", "PgUp", "PgDn", "PgDown", "Alt", "Return"),
    *("docx", "doc", "wps", "xlsx", "xls", "html", "mht", "pdf", "odt", "txt"),
}
RULE = re.compile(r"\b[A-Z]{3}\d{3}\b")
FILE = re.compile(r"[\w/\\.~:-]*[/\\][\w/\\.~:-]*|[\w-]+\.(?:md|docx|xlsx|json)\b")
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QSlider,
    QTabBar,
    QTextEdit,
)
# Qt's own parts of a control that has the name itself.
PARTS = {"qt_spinbox_lineedit", "qt_toolbar_ext_button", "ScrollLeftButton", "ScrollRightButton"}


@pytest.fixture(autouse=True)
def system_colours():
    yield
    theme.choose(Look.SYSTEM)


@pytest.fixture
def sample(window, controller):
    session = open_session(SAMPLE)
    controller.adopt(session, session.check())
    return session


def english(text):
    plain = FILE.sub("", RULE.sub("", re.sub(r"<[^>]*>", "", text)))
    return set(LATIN_WORD.findall(plain)) - ALLOWED


def texts_of(widget):
    """Everything readable of a widget and below: not what stands in documents and licences."""
    for each in (widget, *widget.findChildren(QLabel), *widget.findChildren(QAbstractButton)):
        yield each.toolTip()
        yield each.accessibleName()
        if each.isWindow():
            yield each.windowTitle()
        if isinstance(each, QLabel | QAbstractButton):
            yield each.text()
    for box in widget.findChildren(QComboBox):
        yield from (box.itemText(i) for i in range(box.count()))
    for line in widget.findChildren(QLineEdit):
        yield line.placeholderText()
    for tabs in widget.findChildren(QTabBar):
        yield from (tabs.tabText(i) for i in range(tabs.count()))
    for group in widget.findChildren(QGroupBox):
        yield group.title()
    for menu in widget.findChildren(QMenu):
        yield from (action.text() for action in menu.actions())


def nameless(widget):
    """The controls that a screen reader could say nothing about."""
    for kind in CONTROLS:
        for control in widget.findChildren(kind):
            is_part = control.objectName() in PARTS or isinstance(
                control.parent(), QComboBox | QAbstractSpinBox | QTabBar
            )
            has_text = isinstance(control, QAbstractButton) and control.text()
            is_named = bool(has_text or control.accessibleName() or is_part)
            of_tabs = isinstance(control.parent(), QTabWidget)
            if control.isVisibleTo(widget) and not is_named and not of_tabs:
                yield f"{type(control).__name__} {control.objectName()}"


def elided(widget):
    for button in widget.findChildren(QPushButton):
        if button.isVisibleTo(widget) and button.text():
            needed = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
            if button.width() < needed:
                yield button.text()


def dialogs(window, session):
    ref = session.match.places["applications.received.natural_person"].ref
    window.controller.set_text(ref, "47")
    yield start_box(SENTENCE, "", "")
    yield ChangesDialog(
        BeforeSaving(session, changes_made(session), (), "没有疑点。", "方式：修订。", False),
        window,
    )
    yield window.shell.preferring.dialog()
    yield HelpWindow(window)
    yield AboutDialog(window)
    yield ListDialog("快捷键", "说明", ("按键", "作用"), [("Ctrl+O", "打开")], window)


def check(widget):
    assert not {word for text in texts_of(widget) for word in english(text)}
    assert not list(nameless(widget))
    assert not list(elided(widget))


def test_every_dialog(qtbot, window, sample):
    for dialog in dialogs(window, sample):
        qtbot.addWidget(dialog)
        dialog.show()
        tabs = dialog.findChild(QTabWidget)
        for page in range(tabs.count() if tabs else 1):
            if tabs:
                tabs.setCurrentIndex(page)
            qtbot.wait(1)
            check(dialog)
        dialog.close()


def test_every_state_of_the_window(qtbot, window, sample):
    window.shell.tour.offer()
    window.actions_by_name["show_steps"].trigger()
    check(window)
    window.accepting.accept_sure_fix()
    window.controller.set_text(sample.match.places["applications.received.total"].ref, "1")
    window.controller.undo_stack.undo()
    check(window)
    window.walk.next()
    check(window)
    bindings.show_reasons(window)
    window.controller.use_last_year(sample.snapshot())
    window.actions_by_name["show_last_year"].trigger()
    check(window)
    window.controller.close_session()
    check(window)


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK, Look.CONTRAST])
def test_several_reports(qtbot, window, open_files, tmp_path, look):
    theme.choose(look)
    (first, *_) = open_files(*copies(tmp_path, *(f"某街道办事处{n}.docx" for n in range(30))))
    change(window)
    window.controller.set_read_only(True, first)
    check(window)
    tabs = window.tabs
    names = [tabs.accessibleTabName(place) for place in range(tabs.count())]
    crosses = [tabs.tabButton(place, QTabBar.ButtonPosition.RightSide) for place in range(30)]
    assert all(names)
    assert all(cross.accessibleName() for cross in crosses)
    assert not {word for name in names for word in english(name)}
    menu = next(a.menu() for a in window.menuBar().actions() if a.text() == WINDOW)
    menu.aboutToShow.emit()
    assert not {word for action in menu.actions() for word in english(action.text())}


@pytest.mark.parametrize("what", Printed)
def test_the_print_preview(qtbot, window, sample, what):
    dialog = window.shell.printing.preview(what)
    qtbot.addWidget(dialog)
    dialog.show()
    check(dialog)


def test_every_page_of_the_folder_window(qtbot, window, tmp_path):
    folder_window = window.shell.folder.show()
    check(folder_window)
    folder_window.work.check.engine = Serial
    folder_window.open_folder(county(tmp_path / "年报"))
    qtbot.waitUntil(lambda: folder_window.head.start.isEnabled())
    check(folder_window)
    folder_window.work.use_list(names_list(tmp_path / "名单.txt"))
    folder_window.head.start.click()
    qtbot.waitUntil(lambda: folder_window.work.together is not None)
    qtbot.waitUntil(lambda: folder_window.work.together.comparison is not None)
    for page in range(folder_window.pages.count()):
        folder_window.panes.show(page)
        qtbot.wait(1)
        check(folder_window)
        assert_mnemonics_are_unique(folder_window)
    assert_texts_are_chinese(folder_window)
    for what in FolderPrinted:
        dialog = preview(what, folder_window.work, folder_window)
        qtbot.addWidget(dialog)
        dialog.show()
        check(dialog)
        dialog.close()
    window.shell.folder.close()


def assert_mnemonics_are_unique(window):
    """Alt and a letter does one thing; inside a menu each line has a letter of its own."""
    menus = [action.menu() for action in window.menuBar().actions()]
    texts = [menu.title() for menu in menus]
    shown = window.findChildren(QAbstractButton) + window.findChildren(QLabel)
    texts += [each.text() for each in shown if each.isVisibleTo(window)]
    letters = [found[1] for text in texts if (found := re.search(r"&(\w)", text))]
    assert len(letters) == len(set(letters)), sorted(letters)
    for menu in menus:
        lines = [re.search(r"&(\w)", action.text()) for action in menu.actions() if action.text()]
        assert all(lines)
        assert len({line[1] for line in lines}) == len(lines), menu.title()


def assert_texts_are_chinese(window):
    """What stands in tables is Chinese, too; names of files and rules are what they are."""
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        rows, columns = (model.rowCount(), model.columnCount()) if model else (0, 0)
        for row, column in itertools.product(range(rows), range(columns)):
            text = str(model.index(row, column).data() or "")
            assert not english(text) - {"DTD", "Office", "zip"}, text


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600), (683, 384)])
def test_the_folder_window_on_small_screens(qtbot, window, size):
    folder_window = window.shell.folder.show()
    folder_window.resize(*size)
    qtbot.waitUntil(lambda: (folder_window.width(), folder_window.height()) == size)
    qtbot.waitUntil(lambda: folder_window.reports.list.viewport().height() >= 80)
    assert not list(elided(folder_window))
    window.shell.folder.close()


def test_the_help_is_chinese():
    for title, text in help_pages():
        assert not english(text), title


@pytest.mark.parametrize("kind", [QFileDialog, QColorDialog])
def test_qts_own_dialogs_are_chinese(qtbot, window, kind):
    dialog = kind(window)
    if kind is QFileDialog:
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setNameFilter("所有文件 (*)")
    else:
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    assert isinstance(dialog, QDialog)
    labels = [each.text() for each in dialog.findChildren(QLabel)]
    buttons = [each.text() for each in dialog.findChildren(QPushButton)]
    found = {word for text in labels + buttons for word in english(text)}
    assert not found - {"root", "Computer"}


def test_the_menu_of_a_line_edit_has_our_words(qtbot, window):
    line = QLineEdit(window)
    menu = line.createStandardContextMenu()
    texts = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert any(text.startswith("撤销") for text in texts)
    assert any(text.startswith("恢复") for text in texts)
    assert not {word for text in texts for word in english(text)}
    menu.deleteLater()


@pytest.mark.parametrize("said", ["Undo", "&Undo", "Redo", "Discard", "Don't Save"])
def test_the_words_that_qt_has_otherwise(said):
    text = QCoreApplication.translate("QPlatformTheme", said)
    assert text.partition("(")[0] in {"撤销", "恢复", "不保存"}


THEMES = {
    "light": theme.LIGHT,
    "dark": theme.DARK,
    "contrast-light": theme.CONTRAST_LIGHT,
    "contrast-dark": theme.CONTRAST_DARK,
}


@pytest.mark.parametrize("name", THEMES)
def test_every_text_colour_can_be_read_on_every_ground_it_stands_on(name):
    colors = THEMES[name]

    def ratio(one, other):
        return theme.contrast(QColor(one), QColor(other))

    grounds = (colors.window, colors.panel, colors.base, colors.header, colors.equation)
    for ground in (*grounds, colors.selection, colors.hover, colors.search):
        assert ratio(colors.text, ground) >= 4.5, ground
    for ground in (*grounds, colors.selection, colors.hover):
        assert ratio(colors.muted, ground) >= 4.5, ground
    assert ratio(colors.on_accent, colors.accent) >= 4.5
    assert ratio(colors.on_accent, colors.accent_hover) >= 4.5
    for ground in (colors.window, colors.panel, colors.base):
        assert ratio(colors.accent, ground) >= 4.5
        assert ratio(colors.good, ground) >= 3
    for tone in (colors.error, colors.warning, colors.note, colors.changed):
        assert ratio(tone.mark, tone.fill or colors.base) >= 4.5
        assert ratio(colors.text, tone.fill or colors.base) >= 4.5
    for frame in (colors.related, colors.accent):
        assert ratio(frame, colors.base) >= (2 if frame == colors.related else 3)


def test_f6_leads_through_all_panes_and_back(qtbot, window, sample):
    window.page.grid.setFocus()
    seen = []
    for _ in range(2 * 5):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert len(set(seen)) == 5
    assert seen[:5] == seen[5:]
    here = window.focusWidget()
    qtbot.keyClick(here, Qt.Key.Key_F6)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is here


def test_mnemonics_are_unique_in_menus_and_settings(window):
    for menu in (action.menu() for action in window.menuBar().actions()):
        found = [re.search(r"&(\w)", action.text()) for action in menu.actions() if action.text()]
        letters = [match[1] for match in found if match]
        assert len(letters) == len(set(letters)), menu.title()
        assert all(found), menu.title()
    tabs = window.shell.preferring.dialog().pages
    letters = [re.search(r"&(\w)", tabs.tabText(i))[1] for i in range(tabs.count())]
    assert len(letters) == len(set(letters))


def test_every_shortcut_is_in_the_list_of_shortcuts(window, answers):
    window.actions_by_name["shortcuts"].trigger()
    _, _, rows = answers.lists[-1]
    said = " ".join(keys for keys, _ in rows)
    for spec in ACTIONS:
        for keys in spec.shortcuts:
            assert keys in said
            assert QKeySequence(keys).toString()


@pytest.mark.parametrize("size", [(1366, 768), (1280, 720), (910, 512), (683, 384)])
def test_small_screens_down_to_200_per_cent_are_usable(qtbot, window, sample, size):
    """1366 × 768 at 100, 150 and 200 per cent, in logical pixels."""
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    grid = window.page.grid
    assert grid.viewport().height() >= 40
    assert grid.viewport().width() >= 60
    assert window.findings.isVisible()
