"""What the window saves by default is accepted and rejected in LibreOffice as it should be."""

import shutil

import pytest

from core.readers.docx import read_docx
from core.resources import SAMPLE
from core.session import open_session
from gui.controller import SessionController
from gui.main_window import MainWindow
from tests.documents.libreoffice import ACCEPT, REJECT
from tests.gui.conftest import Answers

pytestmark = pytest.mark.long

SLOTS = ("applications.received.natural_person", "applications.carried_in.natural_person")


def cells(document):
    return [cell.text for table in document.tables.values() for cell in table.cells]


def test_the_tracked_file_of_the_window(qtbot, tmp_path, monkeypatch, decide):
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    source, target = tmp_path / "年报.docx", tmp_path / "年报(校对版).docx"
    shutil.copy(SAMPLE, source)
    controller = SessionController()
    window = MainWindow(controller)
    answers = window.filing.dialogs = Answers()
    window.save_mode.set_author("张敏")
    with qtbot.waitSignal(controller.session_opened):
        window.filing.open(source)
    session = controller.present
    for number, slot in enumerate(SLOTS):
        controller.set_text(session.match.places[slot].ref, str(70 + number))
    answers.save_paths = [target]
    with qtbot.waitSignal(window.keeping.saved):
        window.filing.save()
    data = target.read_bytes()
    assert cells(read_docx(decide(data, ACCEPT), "")) == cells(session.document)
    assert cells(read_docx(decide(data, REJECT), "")) == cells(open_session(source).document)
    assert window.close()
