"""出处: where the current cell stands in the file, for each kind of file."""

from dataclasses import replace

import pytest

from core.document import CellRef, Confidence, Table
from core.readers import read_document
from core.resources import SAMPLE
from core.session import Session, open_session
from gui.frames import Frames
from gui.page_pictures import PagePictures
from tests.documents.pdf_pages import report_pdf
from tests.gui.invented import RECEIVED, place, report


@pytest.fixture
def source(window):
    return window.page.source


def show(qtbot, window, session, ref):
    window.controller.adopt(session, session.check())
    window.page.show_cell(ref)
    qtbot.waitUntil(lambda: window.page.source.excerpt is not None, timeout=10_000)


def test_a_word_file_shows_the_row_with_the_cell_marked(qtbot, window, source):
    session = open_session(SAMPLE)
    ref = place(session, RECEIVED)
    show(qtbot, window, session, ref)
    assert f"▶{session.text(ref)}◀" in source.text.toPlainText()
    assert f"第 {ref.row + 1} 行" in source.place.text()


def test_it_follows_the_current_cell_and_shows_the_file_not_the_edit(qtbot, window, source):
    session = open_session(SAMPLE)
    ref = place(session, RECEIVED)
    original = session.text(ref)
    show(qtbot, window, session, ref)
    window.controller.set_text(ref, "987")
    other = place(session, "applications.carried_in.natural_person")
    window.page.show_cell(other)
    qtbot.waitUntil(lambda: f"第 {other.row + 1} 行" in source.place.text())
    assert "987" not in source.text.toPlainText()
    assert original in source.text.toPlainText()


def test_a_pdf_shows_its_page_with_the_cell_framed(qtbot, window, source):
    data = report_pdf(report(applications__received__natural_person="41"))
    session = Session(SAMPLE.with_name("报告.pdf"), data, read_document(data, "报告.pdf"))
    ref = place(session, RECEIVED)
    show(qtbot, window, session, ref)
    sheet = source.page.sheet
    qtbot.waitUntil(lambda: bool(sheet.areas), timeout=10_000)
    assert source.page.isVisible()
    assert "页" in source.place.text()
    frame = sheet.frames()[0]
    assert sheet.rect().contains(frame.toAlignedRect())
    picture = sheet.grab(frame.toAlignedRect()).toImage()
    colours = {
        picture.pixelColor(x, y).lightness()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    # Digits are drawn in it, not paper alone.
    assert min(colours) < 100
    visible = (
        source.page.viewport()
        .rect()
        .translated(
            source.page.horizontalScrollBar().value(), source.page.verticalScrollBar().value()
        )
    )
    assert visible.contains(frame.center().toPoint())


def test_a_page_is_drawn_once(qtbot, window, monkeypatch, source):
    data = report_pdf(report())
    session = Session(SAMPLE.with_name("报告.pdf"), data, read_document(data, "报告.pdf"))
    window.controller.adopt(session, session.check())
    pictures = PagePictures(window.controller)
    with qtbot.waitSignal(pictures.drawn, timeout=10_000):
        pictures.ask(0)
    monkeypatch.setattr("core.readers.pdf_picture.page_picture", None)
    with qtbot.waitSignal(pictures.drawn):
        pictures.ask(0)
    pictures.shut_down()


def test_a_page_that_cannot_be_drawn_is_said(qtbot, window, source):
    data = report_pdf(report())
    session = Session(SAMPLE.with_name("报告.pdf"), b"%PDF-1.4", read_document(data, "报告.pdf"))
    show(qtbot, window, session, place(session, RECEIVED))
    qtbot.waitUntil(lambda: "画不出来" in source.text.toPlainText(), timeout=10_000)


def test_an_uncertain_cell_asks_for_a_look(qtbot, window, source):
    document = report()
    cell = document.cell(place(Session(SAMPLE, b"", document), RECEIVED))
    doubtful = replace(cell, text="", confidence=Confidence.UNCERTAIN, readings=("1", "11"))

    def read(block):
        if not isinstance(block, Table) or cell not in block.cells:
            return block
        return replace(block, cells=tuple(doubtful if c is cell else c for c in block.cells))

    sections = [replace(s, blocks=tuple(map(read, s.blocks))) for s in document.sections]
    session = Session(SAMPLE, b"", replace(document, format="doc", sections=tuple(sections)))
    ref = place(session, RECEIVED)
    show(qtbot, window, session, ref)
    assert source.doubt.isVisible()
    assert source.doubt.text() == "识别把握较低，请对照原文"
    assert window.page.grid.table_model.look(ref.row, ref.column).uncertain
    window.controller.set_text(ref, "11")
    assert not source.doubt.isVisible()


def test_frames_tell_only_what_changed(qtbot):
    frames = Frames()
    seen = []
    frames.changed.connect(seen.append)
    one, two = CellRef("t1", 0, 0), CellRef("t1", 0, 1)
    frames.show((one,))
    frames.show((one,))
    frames.show((one, two))
    frames.point_at(two)
    frames.point_at(two)
    assert seen == [{one}, {two}, {two}]


def test_the_last_cell_of_a_wide_row_is_brought_into_view(qtbot, window, source):
    session = open_session(SAMPLE)
    ref = place(session, "applications.received.total")
    show(qtbot, window, session, ref)
    qtbot.waitUntil(lambda: "◀" in source.text.toPlainText())
    assert source.text.viewport().rect().intersects(source.text.cursorRect())
