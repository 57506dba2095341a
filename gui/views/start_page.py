"""What is shown before a report is open: where to drop one, and what is promised."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.readers.endings import NAMED_ENDINGS
from gui import icons, theme
from gui.views.recent_list import RecentList
from gui.views.recovery_panel import RecoveryPanel

_RADIUS = 12
_WIDTH = 620


class StartPage(QWidget):
    """A large drop area with two verbs, and above it what was not saved the last time.

    Signals:
        open_requested: The user wants to choose a file.
        sample_requested: The user wants to see the bundled sample.
        new_requested: The user wants an empty report.
        paste_requested: The user wants to open what is on the clipboard.
    """

    open_requested = Signal()
    sample_requested = Signal()
    new_requested = Signal()
    paste_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start_page")
        self.recovery = RecoveryPanel(self)
        self.recent = RecentList(self)
        area = DropArea(self)
        self.recent.setFixedWidth(_WIDTH)
        self._open = area.open_button
        area.open_button.clicked.connect(self.open_requested)
        area.sample_button.clicked.connect(self.sample_requested)
        area.new_button.clicked.connect(self.new_requested)
        # Only while this page is shown: in a report the same keys belong to the grid.
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.activated.connect(self.paste_requested)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self.recovery, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(area, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(self.recent, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(20)
        column.addLayout(self._promises())
        column.addStretch(3)

    def _promises(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(28)
        row.addStretch(1)
        self._promise_icons: list[tuple[QLabel, str]] = []
        for name, words in (
            ("shield", self.tr("原文件不会被修改")),
            ("offline", self.tr("全程离线，不联网")),
            ("undo", self.tr("每一步都可以撤销")),
        ):
            picture = QLabel()
            self._promise_icons.append((picture, name))
            label = QLabel(words)
            label.setObjectName("muted")
            pair = QHBoxLayout()
            pair.setSpacing(6)
            pair.addWidget(picture)
            pair.addWidget(label)
            row.addLayout(pair)
        row.addStretch(1)
        self._dress()
        return row

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        scale = self.devicePixelRatioF()
        for label, name in getattr(self, "_promise_icons", ()):
            label.setPixmap(icons.pixmap(name, theme.current().muted, 18, scale))


class DropArea(QFrame):
    """The dashed area that a file is dropped on; the window takes the drop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self.open_button = QPushButton(self.tr("打开年度报告…"))
        self.open_button.setObjectName("primary")
        self.open_button.setDefault(True)
        self.new_button = QPushButton(self.tr("新建…"))
        self.new_button.setToolTip(self.tr("新建一份空白的年度报告（Ctrl+N）"))
        self.sample_button = QPushButton(self.tr("看看示例"))
        self._picture = QLabel()
        self._picture.setPixmap(icons.application_icon().pixmap(64, 64))
        title = QLabel(self.tr("勾稽 · 年报校核"))
        title.setObjectName("start_title")
        hint = QLabel(self.tr("将年度报告拖到这里，或点击“打开”。"))
        hint.setObjectName("start_hint")
        formats = QLabel(
            self.tr(
                "也可以复制网页、表格或文字，在这里按 Ctrl+V 粘贴。\n"
                "支持 {0}。\n"
                "打开后自动核对三张法定表格的勾稽关系，标出不一致的单元格。"
            ).format("、".join(NAMED_ENDINGS))
        )
        formats.setObjectName("muted")
        formats.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.new_button)
        buttons.addWidget(self.sample_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 40, 32, 40)
        layout.setSpacing(10)
        for widget in (self._picture, title, hint, formats):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(14)
        layout.addLayout(buttons)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dashed border."""
        super().paintEvent(event)
        colors = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(colors.base))
        painter.setPen(QPen(QColor(colors.related), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        painter.end()
