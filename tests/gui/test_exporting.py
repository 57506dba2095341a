"""Review reports, copies of workbooks, and what is said of sources that are not Word."""

import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from core.readers import apart
from core.readers.docx import read_docx
from core.readers.endings import ALL_ENDINGS, ENDINGS
from core.readers.kinds import Kind
from core.resources import SAMPLE
from core.review import TITLE
from core.review_readback import pdf_pages
from core.session import open_session
from core.writers.marking import Mode
from gui.action_spec import SAVE_MODE
from gui.saving import Output
from tests.documents.pdf_pages import report_pdf
from tests.gui.invented import change, report

MADE = Path(__file__).resolve().parents[1] / "documents" / "made_by_libreoffice"
OLD_SHEETS = Path(__file__).resolve().parents[1] / "documents" / "三张表.xls"
SLOT = "applications.received.natural_person"


@pytest.fixture
def word(tmp_path):
    path = tmp_path / "年报.docx"
    shutil.copy(SAMPLE, path)
    return path


@pytest.fixture
def workbook(tmp_path):
    """The sample's tables on sheets."""
    book = Workbook()
    book.remove(book.active)
    for table in open_session(SAMPLE).source.tables.values():
        sheet = book.create_sheet(f"表{len(book.worksheets) + 1}")
        for cell in table.cells:
            value = int(cell.text) if cell.text.isdigit() else cell.text
            sheet.cell(cell.row + 1, cell.column + 1, value)
            if cell.row_span > 1 or cell.column_span > 1:
                sheet.merge_cells(
                    start_row=cell.row + 1,
                    start_column=cell.column + 1,
                    end_row=cell.row + cell.row_span,
                    end_column=cell.column + cell.column_span,
                )
    path = tmp_path / "年报.xlsx"
    book.save(path)
    return path


@pytest.fixture
def text(tmp_path):
    rows = ["一、总体情况", "本机关做好主动公开工作。", ""]
    path = tmp_path / "年报.html"
    cells = "".join(f"<p>{row}</p>" for row in rows)
    path.write_text(f"<html><meta charset=utf-8><body>{cells}</body></html>", encoding="utf-8")
    return path


@pytest.fixture
def trigger(qtbot, window, answers):
    """Trigger an action that saves, and wait until the file is written."""

    def run(name, path):
        answers.save_paths = [path]
        with qtbot.waitSignal(window.keeping.saved, timeout=20_000) as done:
            window.actions_by_name[name].trigger()
        return done.args[0]

    return run


def test_the_review_is_exported_as_word_and_pdf_with_the_author(
    window, open_file, word, trigger, answers
):
    open_file(word)
    change(window)
    window.save_mode.set_author("张敏")
    trigger("export_review_word", word.with_name("甲.docx"))
    trigger("export_review_pdf", word.with_name("甲.pdf"))
    names = [asked[1].name for asked in answers.asked if asked[0] == "save"]
    assert names == ["年报(校核报告).docx", "年报(校核报告).pdf"]
    said = read_docx(word.with_name("甲.docx").read_bytes(), "甲.docx")
    everything = "".join(p.text for section in said.sections for p in section.paragraphs)
    assert "校核人：张敏" in everything + "".join(s.heading for s in said.sections)
    pages = "".join(pdf_pages(word.with_name("甲.pdf").read_bytes()))
    assert TITLE in pages
    assert "校核人：张敏" in pages
    assert "47" in pages
    # A review is no copy of the report.
    assert window.keeping.unsaved == 1


def test_a_pdf_is_painted_on_the_worker_while_the_window_paints(
    qtbot, window, open_file, word, trigger, monkeypatch
):
    """Five times while the window is drawn: no warning of Qt's, and the window goes on."""
    from PySide6.QtCore import QThread

    from gui import review_pdf

    threads = []
    painted = review_pdf.review_pdf

    def noted(review):
        threads.append(QThread.currentThread())
        for _ in range(5):
            data = painted(review)
        return data

    monkeypatch.setattr(review_pdf, "review_pdf", noted)
    open_file(word)
    grabs = []
    with qtbot.waitSignal(window.keeping.saved, timeout=30_000):
        window.filing.dialogs.save_paths = [word.with_name("甲.pdf")]
        window.actions_by_name["export_review_pdf"].trigger()
        while window.filing.saving.is_running and len(grabs) < 200:
            grabs.append(window.grab().isNull())
            QApplication.processEvents()
    assert threads[0] is not QApplication.instance().thread()
    assert grabs
    assert not any(grabs)
    assert TITLE in "".join(pdf_pages(word.with_name("甲.pdf").read_bytes()))


def test_a_workbooks_copy_has_the_edit_and_counts_as_saved(
    window, open_file, workbook, trigger, answers
):
    before = workbook.read_bytes()
    session = open_file(workbook)
    assert session.source.format == "xlsx"
    change(window)
    ref = session.match.places[SLOT].ref
    assert window.actions_by_name["save_workbook"].isEnabled()
    trigger("save_workbook", workbook.with_name("副本.xlsx"))
    assert answers.asked[-1][1].name == "年报(副本).xlsx"
    copied = open_session(workbook.with_name("副本.xlsx"))
    assert copied.text(ref) == "47"
    assert workbook.read_bytes() == before
    assert window.keeping.unsaved == 0
    change(window, "48")
    trigger("export_excel", workbook.with_name("核对表.xlsx"))
    assert window.keeping.unsaved == 1
    assert len(load_workbook(workbook.with_name("核对表.xlsx")).sheetnames) > 3


def test_only_a_workbook_has_a_workbooks_copy(window, open_file, word):
    open_file(word)
    assert not window.actions_by_name["save_workbook"].isEnabled()
    assert window.actions_by_name["export_excel"].isEnabled()


def test_saving_says_once_that_a_new_word_file_is_written(
    window, open_file, workbook, trigger, answers, monkeypatch
):
    open_file(workbook)
    said = []
    ask = answers.ask_save

    def ask_save(title, proposed, suffix):
        said.append((title, window.bar.sentence if window.bar.isVisible() else ""))
        return ask(title, proposed, suffix)

    monkeypatch.setattr(answers, "ask_save", ask_save)
    change(window)
    trigger("save", workbook.with_name("新.docx"))
    title, sentence = said[0]
    assert title == "保存为新的 Word 文件"
    assert sentence == "原文件是 Excel 表格，将保存为新的 Word 文件，原文件不会被修改。"
    window.bar.hide()
    trigger("save_as", workbook.with_name("又一份.docx"))
    assert said[1] == (title, "")


def test_the_ways_of_marking_changes_are_for_word_sources_alone(window, open_file, word, workbook):
    action = window.actions_by_name["mode_tracked"]
    assert action.isEnabled()
    open_file(word)
    assert action.isEnabled()
    assert "接受或拒绝" in action.toolTip()
    open_file(workbook)
    for mode in Mode:
        action = window.actions_by_name[f"mode_{mode.value}"]
        assert not action.isEnabled()
        assert "原文件是 Excel 表格" in action.toolTip()
    ways = next(menu for menu in window.menuBar().findChildren(QMenu) if menu.title() == SAVE_MODE)
    assert ways.toolTipsVisible()


def test_every_output_has_names_of_its_own():
    assert len({output.word for output in Output}) == len(Output)


_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    "<text:p>一、总体情况</text:p><text:p>本机关做好主动公开工作。</text:p>"
    "</office:text></office:body></office:document-content>"
)


@pytest.fixture
def file_of(word, workbook, text, tmp_path):
    """Return a report of a kind, by the ending of its name."""

    def made(kind):
        path = tmp_path / f"送来的年报.{kind}"
        copied = {"docx": word, "xlsx": workbook, "html": text, "doc": MADE / "report.doc"}
        copied |= {"wps": MADE / "report.doc", "xls": OLD_SHEETS, "et": OLD_SHEETS}
        copied["htm"] = text
        if kind == "pdf":
            path.write_bytes(report_pdf(report()))
        elif kind == "odt":
            with zipfile.ZipFile(path, "w") as package:
                package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
                package.writestr("content.xml", _ODT)
        elif kind in ("mht", "mhtml"):
            head = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
            path.write_bytes(f"{head}\r\n".encode() + text.read_bytes())
        elif kind in copied:
            shutil.copy(copied[kind], path)
        else:
            path.write_text("一、总体情况\n\n本机关做好主动公开工作。\n", encoding="utf-8")
        return path

    return made


@pytest.mark.parametrize("kind", ALL_ENDINGS)
def test_a_file_of_each_kind_can_be_dropped_on_the_start_page(qtbot, window, file_of, kind):
    path = file_of(kind)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    where, action = QPoint(400, 300), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(where, action, mime, left, none)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    with qtbot.waitSignal(window.controller.session_opened, timeout=20_000):
        QApplication.sendEvent(window, QDropEvent(where, action, mime, left, none))
    assert window.controller.present.path == path


def test_the_start_page_names_the_formats_that_are_read(window):
    texts = [label.text() for label in window.start_page.findChildren(QLabel)]
    named = "支持 docx、doc、wps、pdf、xlsx、xls、et、html、mht、odt、txt、md。"
    assert any(named in text for text in texts)
    assert set(ENDINGS) == set(Kind)


def test_a_slow_file_shows_progress_and_cancel_ends_its_process(
    qtbot, window, tmp_path, monkeypatch
):
    """The reading process is a real one, which never answers."""
    import multiprocessing

    path = tmp_path / "慢.pdf"
    path.write_bytes(b"%PDF-1.7 " + b"x" * 100)
    begun = []

    def slowly(data, name, progress):
        begun.append(name)
        return apart.read_apart(never, data, name, progress, still=60.0)

    monkeypatch.setattr("core.session.read_document", slowly)
    window.filing.open(path)
    qtbot.waitUntil(lambda: bool(multiprocessing.active_children()), timeout=10_000)
    cancel = next(b for b in window.status.findChildren(QPushButton) if b.text() == "取消")
    qtbot.waitUntil(cancel.isVisible, timeout=3000)
    assert begun == ["慢.pdf"]
    assert "正在读取“慢.pdf”…" in window.status.sentence
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert window.status.sentence == "已取消读取"
    qtbot.waitUntil(lambda: not multiprocessing.active_children(), timeout=10_000)
    assert window.controller.session is None


def never(_data, _name, _progress):
    import time

    while True:
        time.sleep(0.01)
