"""The folder window on an invented county, checked in this process."""

import pytest

from core.checking import Office
from gui.folder.checking import Phase
from gui.folder.dialogs import FolderDialogs
from gui.folder.window import FolderWindow
from gui.views.dialogs import Existing
from tests.gui.folder.county import Serial, county


class FolderAnswers(FolderDialogs):
    """Stands in for the dialogs and remembers what was asked."""

    def __init__(self):
        self.asked = []
        self.folders = []
        self.list = None
        self.save_paths = []
        self.existing = Existing.CANCEL
        self.run_dialogs = []

    def ask_folder(self, title, present):
        self.asked.append(("folder", title, present))
        return self.folders.pop(0) if self.folders else None

    def ask_list(self, present):
        self.asked.append(("list", present))
        return self.list

    def ask_save(self, title, proposed, suffix):
        self.asked.append(("save", proposed, suffix))
        return self.save_paths.pop(0) if self.save_paths else None

    def ask_existing(self, path):
        self.asked.append(("existing", path))
        return self.existing

    def run(self, dialog):
        self.run_dialogs.append(dialog)
        return False


class Shown:
    """A folder window with answers, and the steps that every test takes."""

    def __init__(self, qtbot, engine):
        self.qtbot = qtbot
        self.window = FolderWindow(Office, engine)
        self.answers = FolderAnswers()
        self.window.dialogs = self.window.output.dialogs = self.answers
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)

    @property
    def work(self):
        return self.window.work

    @property
    def rows(self):
        return {row.file: row for row in self.work.reports.rows}

    @property
    def listed(self):
        model = self.work.reports
        return [model.file(model.index(place, 0)) for place in range(model.rowCount())]

    def wait(self, condition):
        self.qtbot.waitUntil(condition)

    def wait_for(self, phase):
        self.wait(lambda: self.work.check.phase is phase)

    def find(self, folder):
        self.window.open_folder(folder)
        self.wait_for(Phase.READY)

    def check(self, folder):
        self.find(folder)
        self.window.head.start.click()
        self.finish()

    def finish(self):
        self.wait_for(Phase.DONE)
        self.wait(lambda: self.work.together is not None)

    def act(self, name):
        action = self.window.actions_by_name[name]
        assert action.isEnabled(), name
        action.trigger()

    def close(self):
        self.window.close()
        self.window.shut_down()


@pytest.fixture
def folder_window(qtbot, own_folder):
    """Return what opens a folder window; it is closed after the test."""
    made = []

    def open_one(engine=Serial):
        shown = Shown(qtbot, engine)
        made.append(shown)
        return shown

    yield open_one
    for shown in made:
        shown.close()


@pytest.fixture(scope="session")
def whole_county(tmp_path_factory):
    """The county's folder, which no test changes."""
    return county(tmp_path_factory.mktemp("place") / "临江县2024年年报")


@pytest.fixture
def checked(folder_window, whole_county):
    """A window in which the county has been checked."""
    shown = folder_window()
    shown.check(whole_county)
    return shown
