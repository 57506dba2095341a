"""A window with the sample in it, and a folder for its pictures."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from core.document import CellRef
from core.session import Session
from gui import theme
from gui.causes import Cause
from gui.controller import SessionController
from gui.main_window import MainWindow

SIZE = (1440, 900)
_PATIENCE = 10.0


class Studio:
    """A window with the sample in it, and a folder for its pictures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.controller = SessionController()
        self.window = MainWindow(self.controller)
        self.window.resize(*SIZE)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Let everything that was asked for be drawn, the delayed prose and source too.

        A loop of its own, because `QTest.qWait` holds the interpreter: no other
        thread would get on until it is over.
        """
        loop = QEventLoop()
        QTimer.singleShot(250, loop.quit)
        loop.exec()

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Draw a widget, the whole window by default."""
        self.settle()
        path = self.folder / f"{name}.png"
        picture = with_few_colours((widget or self.window).grab().toImage())
        # The quality of a PNG is how much time its compression may take: 0 is most.
        picture.save(str(path), "PNG", 0)
        print(path)

    def open(self, session: Session) -> Session:
        """Show a session alone, with nothing chosen."""
        self.controller.close_all()
        self.controller.adopt(session, session.check())
        self.window.bar.hide()
        self.settle()
        return session

    def cause_of(self, rule: str) -> Cause:
        """Return what a rule has found."""
        return next(cause for cause in self.controller.causes if rule in cause.rules)

    def slot(self, name: str) -> CellRef:
        """Return the address of a slot."""
        return self.controller.present.match.places[name].ref

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Handle events until something has come about.

        Raises:
            TimeoutError: It has not.
        """
        deadline = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError
            QApplication.processEvents()


def with_few_colours(picture: QImage) -> QImage:
    """Return a picture in the theme's own colours and the most frequent others, 256 in all."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    own = [QColor(c).rgb() for c in theme.current().tokens().values() if isinstance(c, str)]
    counts = Counter(memoryview(plain.constBits()).cast("I"))
    frequent = [colour for colour, _ in counts.most_common(256)]
    colours = list(dict.fromkeys(own + frequent))[:256]
    flags = Qt.ImageConversionFlag.AvoidDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, colours, flags)
