"""A window with an invented report in it, and answers in place of dialogs."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent

from core.resources import SAMPLE
from core.session import Session
from gui.app import make_application
from gui.controller import SessionController
from gui.main_window import MainWindow
from gui.views.changes_dialog import Reviewed
from gui.views.dialogs import Existing, Unsaved
from tests.gui.tabs_use import copies

PATIENCE = 30_000  # milliseconds


class Answers:
    """Stands in for the dialogs and remembers what was asked."""

    def __init__(self):
        self.asked = []
        self.open_path = None
        self.settings_path = None
        self.may_lose = True
        self.save_paths = []
        self.unsaved = Unsaved.CANCEL
        self.existing = Existing.CANCEL
        self.lists = []
        self.beside = []
        self.signed = False
        self.give_up = False
        self.author = None
        self.changes = []
        self.left_out = ()
        self.may_save = True
        self.every_time = False
        self.may_clear = False
        self.run_dialogs = []
        self.on_run = lambda dialog: False
        self.new_report = None
        self.is_new = False

    def ask_open(self, folder, title=""):
        self.asked.append(("open", folder))
        return self.open_path

    def ask_settings(self, folder):
        self.asked.append(("settings", folder))
        return self.settings_path

    def ask_lost_explanations(self):
        self.asked.append(("lost",))
        return self.may_lose

    def ask_save(self, title, proposed, suffix):
        self.asked.append(("save", proposed, suffix))
        return self.save_paths.pop(0) if self.save_paths else None

    def ask_changes(self, before):
        self.changes.append(before)
        left_out = tuple(c for c in before.changes if c.new in self.left_out)
        return Reviewed(left_out, self.every_time) if self.may_save else None

    def ask_new_report(self):
        self.asked.append(("new",))
        return self.new_report

    def ask_unsaved(self, name, count, *, is_new=False):
        self.is_new = is_new
        self.asked.append(("unsaved", name, count))
        return self.unsaved

    def ask_existing(self, path):
        self.asked.append(("existing", path))
        return self.existing

    def ask_signed(self, name):
        self.asked.append(("signed", name))
        return self.signed

    def ask_give_up(self, name, count):
        self.asked.append(("give up", name, count))
        return self.give_up

    def ask_author(self, present):
        self.asked.append(("author", present))
        return self.author

    def ask_clear(self, question, more):
        self.asked.append(("clear", question, more))
        return self.may_clear

    def run(self, dialog):
        self.run_dialogs.append(dialog)
        return self.on_run(dialog)

    def show_beside(self, title, about, headers, rows):
        self.beside.append((title, about, [tuple(row) for row in rows]))

    def show_about(self):
        self.asked.append(("about",))

    def show_list(self, title, about, headers, rows):
        self.lists.append((title, about, [tuple(row) for row in rows]))


@pytest.fixture(scope="session", autouse=True)
def application(qapp):
    return make_application()


@pytest.fixture(autouse=True)
def no_window_left(application):
    """Delete what a test has put away, which Qt leaves to an event loop, and fail if any is left.

    Windows that stay alive are told of every change of the theme and make the whole run slow.
    """
    yield
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [repr(widget) for widget in application.topLevelWidgets()]
    assert not left, "a test left windows behind"


@pytest.fixture(autouse=True)
def empty_clipboard(application):
    """Leave nothing to the next test to paste.

    Without a screen Qt would also keep what was copied until Python is gone, and crash.
    """
    yield
    application.clipboard().clear()


@pytest.fixture
def qtbot(qtbot):
    """Wait longer than five seconds where nothing else is said: a shared machine may be slow."""
    for name in ("waitSignal", "waitSignals", "waitUntil"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE))
    return qtbot


@pytest.fixture(autouse=True)
def no_crash_dialog(monkeypatch):
    """Fail where the program met a fault, instead of waiting at the dialog for a person."""

    def fail(details):
        raise AssertionError(f"the program met a fault:\n{details}")

    monkeypatch.setattr("gui.crash.show_crash", fail)
    monkeypatch.setattr("gui.crash.show_crash_with_loss", fail)


@pytest.fixture
def controller(qtbot):
    made = SessionController()
    yield made
    made.shut_down()


@pytest.fixture
def adopt(controller):
    """Put an invented report into the controller, and return its session."""

    def put(document, path=Path("报告.txt")):
        session = Session(path, b"", document)
        controller.adopt(session, session.check())
        return session

    return put


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """Give a test folders of its own, so that no explanation or choice reaches the next one."""
    folder = tmp_path / "own"
    for name in (
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "WIN_PD_OVERRIDE_APPDATA",
        "WIN_PD_OVERRIDE_LOCAL_APPDATA",
    ):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture
def window(qtbot, controller, own_folder):
    made = MainWindow(controller)
    made.filing.dialogs = Answers()
    qtbot.addWidget(made, before_close_func=_allow_closing)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def open_files(qtbot, window):
    """Open files as tabs, and return all reports that are open then."""

    def opened(*paths):
        with qtbot.waitSignal(window.controller.opening_ended):
            window.filing.open_each(paths)
        return window.controller.reports

    return opened


@pytest.fixture
def source(tmp_path):
    """The sample as a Word file of the user's own."""
    path = tmp_path / "年报.docx"
    shutil.copy(SAMPLE, path)
    return path


@pytest.fixture
def open_file(qtbot, window):
    """Open a file in the window as from the menu, and return its session."""

    def opened(path):
        with qtbot.waitSignal(window.controller.session_opened):
            window.filing.open(path)
        return window.controller.present

    return opened


@pytest.fixture
def three(open_files, tmp_path):
    """Open three copies of the sample; the first is shown."""
    return open_files(*copies(tmp_path, "一.docx", "二.docx", "三.docx"))


@pytest.fixture
def opened(open_file, source):
    """The session of the sample, opened in the window from a file."""
    return open_file(source)


@pytest.fixture
def answers(window):
    return window.filing.dialogs


def _allow_closing(window):
    window.filing.dialogs.unsaved = Unsaved.DISCARD
