"""新建 and Ctrl+V on the start page: reports that stand in no file of the user's yet."""

import os
import time
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from core import untitled
from core.creation import asked_for
from core.edits import Edit
from core.readers.docx import read_docx
from core.resources import SAMPLE
from core.session import Session, open_session
from core.untitled import is_untitled, keep_untitled, sweep_untitled
from core.writers.marking import Mode
from gui.untitled import NOTHING_ON_CLIPBOARD
from gui.views.dialogs import Unsaved
from gui.views.new_report_dialog import NewReportDialog
from tests.gui.invented import change
from tests.gui.left_behind import leave_journal

SLOT = "applications.received.natural_person"


@pytest.fixture
def documents(tmp_path, monkeypatch):
    """The user's documents folder."""
    folder = tmp_path / "文档"
    folder.mkdir()
    monkeypatch.setattr(
        "gui.untitled.QStandardPaths.writableLocation", lambda _location: str(folder)
    )
    return folder


@pytest.fixture
def created(qtbot, window, answers, documents):
    answers.new_report = asked_for("石桥县档案局", "2025")
    with qtbot.waitSignal(window.controller.session_opened):
        window.actions_by_name["new_report"].trigger()
    return window.controller.present


@pytest.fixture
def paste(qtbot, window):
    """Put something on the clipboard and press Ctrl+V on the start page."""

    def pasted(signal, **flavours):
        mime = QMimeData()
        for name, content in flavours.items():
            getattr(mime, f"set{name.title()}")(content)
        QGuiApplication.clipboard().setMimeData(mime)
        with qtbot.waitSignal(signal):
            QTest.keyClick(window.start_page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    yield pasted
    QGuiApplication.clipboard().clear()


def said(window):
    labels = [*window.bar.findChildren(QLabel), *window.status.findChildren(QLabel)]
    return " ".join(label.text() for label in labels if label.isVisible())


def as_tsv(table):
    """A table as a spreadsheet puts it on the clipboard."""
    rows = []
    for row in range(table.rows):
        cells = [table.at(row, column) for column in range(table.columns)]
        rows.append(
            "\t".join(
                cell.text.replace("\n", "") if cell and (cell.row, cell.column) == (row, c) else ""
                for c, cell in enumerate(cells)
            )
        )
    return "\n".join(rows)


def as_html(document):
    parts = []
    for table in document.tables.values():
        parts.append("<table>")
        for row in range(table.rows):
            cells = "".join(
                f"<td rowspan={c.row_span} colspan={c.column_span}>{c.text}</td>"
                for c in table.starting_in(row)
            )
            parts.append(f"<tr>{cells}</tr>")
        parts.append("</table>")
    return "".join(parts)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_dialog_checks_while_one_types_and_proposes_last_year(qtbot):
    dialog = NewReportDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.year.text() == str(date.today().year - 1)
    assert not dialog.create_button.isEnabled()
    assert "请填写机关名称" in dialog.problem.text()
    # Chinese arrives from an input method.
    commit = QInputMethodEvent()
    commit.setCommitString("石桥县档案局2024年")
    QApplication.sendEvent(dialog.agency, commit)
    assert "不像机关名称" in dialog.problem.text()
    for _ in range(5):
        QTest.keyClick(dialog.agency, Qt.Key.Key_Backspace)
    assert dialog.create_button.isEnabled()
    assert "石桥县档案局" in dialog.problem.text()
    dialog.year.selectAll()
    QTest.keyClicks(dialog.year, "2019")
    assert "2021" in dialog.problem.text()
    assert not dialog.create_button.isEnabled()
    QTest.keyClick(dialog.year, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.year.selectAll()
    QTest.keyClicks(dialog.year, "2023")
    QTest.keyClick(dialog.year, Qt.Key.Key_Return)
    assert dialog.result() == NewReportDialog.DialogCode.Accepted
    assert (dialog.wanted.agency, dialog.wanted.year) == ("石桥县档案局", 2023)


def test_giving_up_in_the_dialog_opens_nothing(window, answers):
    window.actions_by_name["new_report"].trigger()
    assert answers.asked == [("new",)]
    assert window.controller.session is None


def test_ctrl_n_opens_an_empty_report_that_can_be_filled(window, created):
    assert [k.toString() for k in window.actions_by_name["new_report"].shortcuts()] == ["Ctrl+N"]
    assert created.document.agency == "石桥县档案局"
    assert created.document.year == 2025
    assert is_untitled(created.path)
    assert oct(created.path.stat().st_mode)[-3:] in ("600", "644", "664")
    assert oct(created.path.parent.stat().st_mode)[-3:] == "700"
    assert window.keeping.unsaved == 0
    change(window, "5")
    assert window.keeping.unsaved == 1


def test_it_is_saved_clean_among_the_documents_and_speaks_of_no_source(
    qtbot, window, answers, created, documents
):
    change(window)
    for mode in Mode:
        action = window.actions_by_name[f"mode_{mode.value}"]
        assert not action.isEnabled()
        assert "不留痕迹" in action.toolTip()
    target = documents / "石桥县档案局2025年政府信息公开工作年度报告.docx"
    answers.save_paths = [target]
    with qtbot.waitSignal(window.keeping.saved):
        window.actions_by_name["save"].trigger()
    assert answers.asked[-1] == ("save", target, ".docx")
    written = Session(target, b"", read_docx(target.read_bytes(), target.name))
    assert written.text(written.match.places[SLOT].ref) == "47"
    assert b"<w:ins " not in _main_part(target)
    assert "原文件" not in said(window)
    assert window.keeping.unsaved == 0
    # From now on Ctrl+S replaces it, and another one gets another name.
    change(window, "48")
    with qtbot.waitSignal(window.keeping.saved):
        window.actions_by_name["save"].trigger()
    assert window.keeping.unsaved == 0
    window.actions_by_name["save_as"].trigger()
    assert answers.asked[-1][1].name == f"{target.stem}(2).docx"


def _main_part(path):
    import zipfile

    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml")


def test_closing_asks_about_what_is_in_no_file_and_promises_nothing_about_a_source(
    window, answers, created
):
    change(window)
    answers.unsaved = Unsaved.CANCEL
    window.actions_by_name["close"].trigger()
    assert answers.asked[-1] == ("unsaved", created.path.name, 1)
    assert answers.is_new


def test_dialogs_start_in_no_private_folder(window, answers, created):
    window.actions_by_name["open"].trigger()
    assert answers.asked[-1] == ("open", None)


def test_what_was_filled_in_is_recovered_after_a_crash(qtbot, window, own_folder, answers):
    path = keep_untitled("新的.docx", asked_for("石桥县档案局", "2025").data())
    session = open_session(path)
    leave_journal(path, [[Edit(session.match.places[SLOT].ref, "", "7")]])
    with qtbot.waitSignal(window.recovering.offers_changed):
        window.recovering.load()
    (offer,) = window.recovering.offers
    with qtbot.waitSignal(window.controller.session_opened):
        window.recovering.restore(offer)
    assert window.controller.present.text(session.match.places[SLOT].ref) == "7"
    assert window.keeping.unsaved == 1


def test_the_sweep_takes_only_what_no_journal_names_and_nobody_has_open(own_folder):
    kept = [keep_untitled(f"{n}.docx", SAMPLE.read_bytes()) for n in ("一", "二", "三", "四")]
    session = open_session(kept[0])
    leave_journal(
        kept[0],
        [[Edit(session.match.places[SLOT].ref, session.text(session.match.places[SLOT].ref), "7")]],
    )
    lock = untitled.acquire(kept[1])
    old = time.time() - 3600
    for path in kept[:3]:
        os.utime(path, (old, old))
    assert sweep_untitled() == 1
    assert [path.exists() for path in kept] == [True, True, False, True]
    assert not kept[2].parent.exists()
    lock.release()
    assert sweep_untitled() == 1
    assert kept[0].exists()


def test_a_journal_that_names_no_report_keeps_them_all(own_folder):
    path = keep_untitled("一.docx", SAMPLE.read_bytes())
    os.utime(path, (0, 0))
    from core.private_folder import private_folder

    (private_folder("journals") / "坏.journal").write_bytes(b"\x00damaged\n")
    assert sweep_untitled() == 0
    assert path.exists()


def test_ctrl_v_opens_a_copied_page_by_its_html(window, paste):
    document = open_session(SAMPLE).source
    paste(window.controller.session_opened, html=as_html(document), text="别的文字")
    session = window.controller.present
    assert session.source.format == "html"
    assert is_untitled(session.path)
    there = {slot: session.text(p.ref) for slot, p in session.match.places.items()}
    sample = open_session(SAMPLE)
    assert there == {slot: sample.text(p.ref) for slot, p in sample.match.places.items()}


def test_where_the_html_holds_no_table_the_text_is_read(window, paste):
    table = open_session(SAMPLE).source.tables["t2"]
    paste(window.controller.session_opened, html="<b>只有一句话</b>", text=as_tsv(table))
    session = window.controller.present
    assert session.source.format == "text"
    assert set(session.match.tables) == {"applications"}


def test_nothing_recognised_is_one_sentence(window, paste):
    paste(window.controller.opening_failed, text="今天天气很好")
    assert "没有认出法定表格或者章节标题" in window.bar.sentence
    assert not list(untitled.private_path("untitled").glob("*/*"))
    assert window.controller.session is None


def test_an_empty_clipboard_is_said(window):
    QGuiApplication.clipboard().clear()
    window.actions_by_name["open_clipboard"].trigger()
    assert window.bar.sentence == NOTHING_ON_CLIPBOARD


def test_a_copied_file_is_opened_itself(qtbot, window, paste):
    paste(window.controller.session_opened, urls=[QUrl.fromLocalFile(str(SAMPLE))])
    assert window.controller.present.path == SAMPLE


def test_what_was_pasted_is_saved_under_the_reports_own_title(
    qtbot, window, answers, paste, documents
):
    document = open_session(SAMPLE).source
    title = "临江县某局2024年政府信息公开工作年度报告"
    html = f"<h1>{title}</h1><h2>一、总体情况</h2><p>无。</p>{as_html(document)}"
    paste(window.controller.session_opened, html=html)
    window.actions_by_name["save"].trigger()
    assert answers.asked[-1][1] == documents / f"{title}.docx"
    assert "原文件" not in window.bar.sentence


def test_in_a_report_the_keys_of_paste_do_not_leave_it(window, adopt, created):
    QGuiApplication.clipboard().setText("今天天气很好")
    QTest.keyClick(window.page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.controller.present is created
    QGuiApplication.clipboard().clear()


def test_an_editor_of_the_dialog_has_a_name(qtbot):
    dialog = NewReportDialog()
    qtbot.addWidget(dialog)
    assert all(editor.accessibleName() for editor in dialog.findChildren(QLineEdit))
