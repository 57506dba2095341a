"""Chinese throughout, every control named, every colour readable, every action reachable."""

import re

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QSlider,
    QTextEdit,
)

from gui import theme
from gui.actions import ACTIONS, MENUS
from tests.gui.invented import report

LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
# Names of programs, formats and keys, which nobody translates.
NOT_TRANSLATED = {"Word", "Excel", "WPS", "PDF", "Shift", "Ctrl"}
NOT_TRANSLATED |= {"docx", "doc", "wps", "pdf", "xlsx", "xls", "html", "mht", "odt", "txt"}
RULE_ID = re.compile(r"^[A-Z]{3}\d{3}$")


def luminance(color):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    parts = (QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF())
    return sum(w * linear(p) for w, p in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_can_be_read_on_its_ground(colors):
    for ground in (colors.window, colors.panel, colors.base, colors.header, colors.equation):
        assert contrast(colors.text, ground) >= 4.5
        assert contrast(colors.muted, ground) >= 4.5
    for tone in (colors.error, colors.warning, colors.changed):
        assert contrast(tone.mark, tone.fill) >= 4.5
        assert contrast(colors.text, tone.fill) >= 4.5
    assert contrast(colors.note.mark, colors.base) >= 4.5
    assert contrast(colors.accent, colors.base) >= 3
    assert contrast(colors.on_accent, colors.accent) >= 4.5
    assert contrast(colors.accent, colors.selection) >= 3


def test_the_style_sheet_names_only_colours_that_exist():
    for colors in (theme.LIGHT, theme.DARK):
        assert "@" not in theme.style_sheet(colors).partition("*/")[2]


def test_names_and_shortcuts_of_actions_are_unique():
    names = [spec.name for spec in ACTIONS]
    keys = [QKeySequence(key).toString() for spec in ACTIONS for key in spec.shortcuts]
    assert len(names) == len(set(names))
    assert len(keys) == len(set(keys))
    assert all(keys)


def test_every_menu_and_every_line_in_it_has_a_mnemonic_of_its_own():
    for menu in MENUS:
        letters = [re.search(r"&(\w)", spec.text)[1] for spec in ACTIONS if spec.menu == menu]
        assert len(letters) == len(set(letters)), menu
    assert len({re.search(r"&(\w)", menu)[1] for menu in MENUS}) == len(MENUS)


def test_every_action_does_something(window):
    for name, action in window.actions_by_name.items():
        connected = action.receivers("2triggered(bool)") + action.receivers("2toggled(bool)")
        assert connected > 0, name


def test_every_control_has_a_name(window, adopt):
    adopt(report(cases__reconsideration__upheld="2"))
    kinds = (QAbstractButton, QAbstractItemView, QLineEdit, QProgressBar, QSlider, QTextEdit)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.isVisibleTo(window)
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert not nameless


def test_no_english_is_visible(window, adopt):
    adopt(report(cases__reconsideration__upheld="2"))
    texts = [label.text() for label in window.findChildren(QLabel)]
    texts += [button.text() for button in window.findChildren(QAbstractButton)]
    texts += [text for spec in ACTIONS for text in (spec.text, spec.tip)]
    texts += [action.toolTip() for action in window.actions_by_name.values()]
    for text in texts:
        plain = re.sub(r"<[^>]*>", "", text)
        words = set(LATIN_WORD.findall(plain)) - NOT_TRANSLATED
        assert not {word for word in words if not RULE_ID.match(word)}, text


@pytest.mark.parametrize(
    ("context", "source", "said"),
    [
        ("QWidgetTextControl", "&Undo", "撤销(&U)"),
        ("QWidgetTextControl", "&Redo", "恢复(&R)"),
        ("QPlatformTheme", "Discard", "不保存"),
        ("QAbstractFileIconProvider", "Folder", "文件夹"),
        ("QPlatformTheme", "Cancel", "取消"),
    ],
)
def test_qts_own_words_are_ours(context, source, said):
    assert QCoreApplication.translate(context, source) == said


def test_what_has_no_translation_stays_as_it_is():
    assert QCoreApplication.translate("MainWindow", "勾稽") == "勾稽"


def test_the_dark_theme_can_be_chosen_and_left(window, adopt):
    adopt(report(cases__reconsideration__upheld="2"))
    try:
        window.actions_by_name["theme_dark"].trigger()
        assert theme.current() is theme.DARK
        assert window.palette().window().color() == QColor(theme.DARK.window)
    finally:
        window.actions_by_name["theme_light"].trigger()
    assert theme.current() is theme.LIGHT
    theme.choose_dark(None)
