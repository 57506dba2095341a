"""The end of the user's session at the computer: nobody is asked, and nothing is lost."""

import shutil

import pytest
from PySide6.QtCore import QCoreApplication

from core.journal_contents import contents_of
from core.resources import SAMPLE
from gui.ending import Ending

SLOT = "applications.received.natural_person"


@pytest.fixture
def edited(qtbot, window, tmp_path):
    path = tmp_path / "年报.docx"
    shutil.copy(SAMPLE, path)
    with qtbot.waitSignal(window.controller.session_opened):
        window.filing.open(path)
    session = window.controller.present
    window.controller.set_text(session.match.places[SLOT].ref, "47")
    return session


@pytest.fixture
def watched(qapp, window):
    made = Ending(qapp, window.journaling.is_safe, window.journaling.leave)
    window.closing.ending = made
    yield made
    qapp.commitDataRequest.disconnect(made.on_commit)
    made.deleteLater()


def journals(own_folder):
    return sorted((own_folder / "gouji" / "journals").glob("*.journal"))


def test_at_a_shutdown_the_window_closes_unasked_and_leaves_the_journal(
    window, answers, edited, watched, own_folder
):
    watched.on_commit(None)
    assert len(journals(own_folder)) == 1
    assert window.close()
    assert ("unsaved", "年报.docx", 1) not in answers.asked
    (left,) = journals(own_folder)
    assert len(contents_of(left.read_bytes()).commands) == 1


def test_should_the_session_go_on_closing_asks_again(window, answers, edited, watched):
    watched.on_commit(None)
    QCoreApplication.processEvents()
    assert not window.close()
    assert ("unsaved", "年报.docx", 1) in answers.asked
