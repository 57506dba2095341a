"""What holds for every test: no screen, no user's settings, no unread warnings."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A shared machine is slow now and then, which is no failure.  Where a change is judged, the
# same examples are tried each time; at home every run tries others.
settings.register_profile("home", deadline=None)
settings.register_profile("judged", deadline=None, derandomize=True, database=None)
settings.load_profile("judged" if os.environ.get("CI") else "home")

# Before anything imports Qt; a set variable wins, so that one run can use Xvfb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

OWN_LOGGERS = {"core", "gui", "main", "gouji"}
# Those of Windows are platformdirs' own: it asks the system, and no variable of the user's.
USER_FOLDERS = (
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "WIN_PD_OVERRIDE_APPDATA",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA",
)


class _Warnings(logging.Handler):
    """Collects what the program itself logs at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] in OWN_LOGGERS:
            self.records.append(record)


@pytest.fixture(scope="session", autouse=True)
def _user_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep tests away from the settings and journals of whoever runs them.

    The cache folder stays: fontconfig would scan all fonts again.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in USER_FOLDERS:
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a test journals and backups of its own."""
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def log_records() -> Iterator[list[logging.LogRecord]]:
    """The program's warnings and errors; any left at the end fail the test.

    A test that provokes one asks for this fixture, looks at the record and
    clears the list.
    """
    handler = _Warnings()
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler.records
    root.removeHandler(handler)
    unread = [f"{record.name}: {record.getMessage()}" for record in handler.records]
    assert not unread, "the program logged a warning that no test expected"


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return Path(__file__).resolve().parent.parent
