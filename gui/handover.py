"""One window for each user and display: a second start hands its files to the first and ends.

Who comes first binds an address that no two processes can have, and that the system
takes back when its process dies, however it dies.  Both sides prove to each other that
they can read a key in the user's private folder.  Qt is not needed here, so that a
second start is over before it would have loaded it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from threading import Event, Lock, Thread

from core.errors import SaveError
from core.private_folder import private_folder
from core.refusals import code
from core.storage import create_file, replace_file
from core.version import NAME

_KEY_FILE, _KEY_LENGTH = "handover.key", 32
_WINDOWS = sys.platform == "win32"
_FAMILY = "AF_PIPE" if _WINDOWS else "AF_UNIX"
# Where there is no screen, each start is for itself: tests, pictures, measurements.
_UNSEEN = ("offscreen", "minimal", "minimalegl", "vnc")
_LONGEST = 1024 * 1024
_WAITING = 16
# Seconds: the window is given a little less than whoever waits for its answer.
_PATIENCE, _WINDOW_PATIENCE = 2.0, 1.5
_TAKEN, _NOT_TAKEN = b"taken", b"not taken"
# What may go wrong between two processes: nobody there, a stranger, one that ended in between.
_FAILURES = (OSError, EOFError, ValueError, AuthenticationError)

_log = logging.getLogger(__name__)


class Request:
    """The files of a second start, until the window takes them or it gives up waiting."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = tuple(files)
        self._lock = Lock()
        self._taken = Event()
        self._is_withdrawn = False

    def take(self) -> bool:
        """Answer for the files from now on; return False if the other start does so itself."""
        with self._lock:
            if not self._is_withdrawn:
                self._taken.set()
            return not self._is_withdrawn

    def wait(self, seconds: float) -> bool:
        """Return whether the files were taken in time; if not they never will be."""
        self._taken.wait(seconds)
        with self._lock:
            self._is_withdrawn = not self._taken.is_set()
            return not self._is_withdrawn


class Door:
    """Where second starts knock; bound at once, answered as soon as there is a window."""

    def __init__(self, listener: Listener, address: str) -> None:
        self._listener, self._address = listener, address
        self._is_closed = False
        self._thread: Thread | None = None

    def open(self, take: Callable[[Request], object]) -> None:
        """Pass every request to `take`, on a thread of its own."""
        self._thread = Thread(target=self._answer_all, args=(take,), name="handover", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Answer nobody any more."""
        self._is_closed = True
        if self._thread is not None:
            # Only a knock ends the wait for one.
            _tried(lambda: Client(self._address, _FAMILY).close())
            self._thread.join(_PATIENCE)
        _tried(self._listener.close)

    def _answer_all(self, take: Callable[[Request], object]) -> None:
        while not self._is_closed:
            _tried(lambda: self._answer_one(take))

    def _answer_one(self, take: Callable[[Request], object]) -> None:
        with self._listener.accept() as connection:
            # Who connects and says nothing keeps nobody out for long.
            if self._is_closed or not connection.poll(_PATIENCE):
                return
            request = Request(_files_from(connection.recv_bytes(_LONGEST)))
            take(request)
            is_taken = request.wait(_WINDOW_PATIENCE)
            connection.send_bytes(_TAKEN if is_taken else _NOT_TAKEN)


def first_door() -> Door | None:
    """Return the door of this user and display, None if another process has it or none can be."""
    address = _address()
    if address is None:
        return None
    try:
        return Door(Listener(address, _FAMILY, _WAITING, _key()), address)
    except (OSError, SaveError) as error:
        _log.info("no door: %s", type(error).__name__)
        return None


def hand_over(files: Sequence[str]) -> bool:
    """Let the open window take the files; return whether it does.

    It does not if there is none, or if it does not answer: then this start is on its own.
    """
    address = _address()
    if address is None:
        return False
    # Relative names mean something else where the other was started.
    message = json.dumps({"files": [os.path.abspath(name) for name in files]}).encode("ascii")
    answers: list[bool] = []
    # Nothing bounds the time of a handshake with a process that has stopped.
    asking = Thread(
        target=lambda: _tried(lambda: answers.append(_asked(address, message))), daemon=True
    )
    asking.start()
    asking.join(_PATIENCE)
    return bool(answers and answers[0])


def _asked(address: str, message: bytes) -> bool:
    _let_come_to_front()
    connection: Connection
    with Client(address, _FAMILY, _key()) as connection:
        connection.send_bytes(message)
        return connection.poll(_PATIENCE) and connection.recv_bytes(_LONGEST) == _TAKEN


def _files_from(message: bytes) -> list[Path]:
    """Return the files of a message; from another version it may be of another form."""
    content = json.loads(message)
    files = content.get("files") if isinstance(content, dict) else None
    if not isinstance(files, list) or not all(isinstance(name, str) for name in files):
        raise ValueError("no files")
    return [Path(name) for name in files]


def _tried(act: Callable[[], object]) -> None:
    try:
        act()
    except _FAILURES as error:
        _log.info("handing over failed: %s", type(error).__name__)


def _address() -> str | None:
    """Return the address of this user on this display."""
    display = _display()
    if display is None or not (_WINDOWS or sys.platform == "linux"):
        return None
    try:
        own = f"{private_folder()}\n{display}"
    except OSError as error:
        _log.info("no address: %s", code(error))
        return None
    name = f"{NAME}-{hashlib.sha256(own.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}"
    # On Linux a name without a file: none is left behind, and none is too long.
    return rf"\\.\pipe\{name}" if _WINDOWS else f"\0{name}"


def _display() -> str | None:
    """Return what tells the displays of one user apart, None where nobody sees any."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _UNSEEN:
        return None
    if _WINDOWS:
        return os.environ.get("SESSIONNAME", "")
    return os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")


def _key() -> bytes:
    """Return the key of this user, made if there is none or what is there was cut short.

    Raises:
        OSError: It can be neither read nor written.
        SaveError: What is there cannot be replaced.
    """
    path = private_folder() / _KEY_FILE
    if not path.exists():
        create_file(path, secrets.token_bytes(_KEY_LENGTH))
    key = path.read_bytes()
    if len(key) != _KEY_LENGTH:
        key = secrets.token_bytes(_KEY_LENGTH)
        replace_file(path, key, overwrite=True, backup=False)
    return key


def _let_come_to_front() -> None:
    """Let the other process show its window: Windows allows that to whom the user has started."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)
