"""The bar over the grid that finds, replaces and goes to a cell; it never stands in the way."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gui import icons, theme
from gui.searching import Query


class Purpose(Enum):
    """What the bar is shown for."""

    FIND = "find"
    REPLACE = "replace"
    GO_TO = "go to"


class FindBar(QFrame):
    """Asks for a text to find, for one in its place, or for an address.

    Signals:
        next_wanted: The next cell with the text.
        replace_wanted: The text in the current cell is to be replaced.
        replace_all_wanted: The text is to be replaced wherever it stands.
        address_entered: The address that was typed.
        left: The bar was closed by Escape or its cross.
    """

    next_wanted = Signal()
    replace_wanted = Signal()
    replace_all_wanted = Signal()
    address_entered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self.setAccessibleName(self.tr("查找和定位"))
        self.purpose = Purpose.FIND
        self.find_text = _line(self.tr("查找内容"))
        self.replacement = _line(self.tr("替换为"))
        self.address = _line(self.tr("定位到"))
        self.address.setPlaceholderText(self.tr("例如：表2 第7行 D列，或者 D7"))
        self.scope = QComboBox()
        self.scope.addItems([self.tr("本表"), self.tr("所有表")])
        self.scope.setAccessibleName(self.tr("查找范围"))
        self.folds_width = QCheckBox(self.tr("全角半角不分"))
        self.folds_width.setChecked(True)
        self.whole_cell = QCheckBox(self.tr("整单元格匹配"))
        self.find_next = QPushButton(self.tr("查找下一个"))
        self.replace = QPushButton(self.tr("替换"))
        self.replace_all = QPushButton(self.tr("全部替换"))
        self.go = QPushButton(self.tr("定位"))
        self.answer = QLabel()
        self.answer.setObjectName("muted")
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setIcon(icons.icon("close", theme.current().muted))
        self._close.setToolTip(self.tr("关闭查找（Esc）"))
        self._close.setAccessibleName(self.tr("关闭查找"))
        self._labels = [QLabel(self.tr(words)) for words in ("查找内容", "替换为", "定位到")]
        self._lay_out()
        self._connect()
        self.hide()

    @property
    def query(self) -> Query:
        """What is looked for now."""
        return Query(
            self.find_text.text(), self.folds_width.isChecked(), self.whole_cell.isChecked()
        )

    @property
    def searches_all_tables(self) -> bool:
        """Whether all tables are looked through."""
        return self.scope.currentIndex() == 1

    def open_for(self, purpose: Purpose) -> None:
        """Show the bar, ready for typing."""
        self.purpose = purpose
        finds, replaces = purpose is not Purpose.GO_TO, purpose is Purpose.REPLACE
        for widget in (self._labels[0], self.find_text, self.find_next, self.scope):
            widget.setVisible(finds)
        for option in (self.folds_width, self.whole_cell):
            option.setVisible(finds)
        for widget in (self._labels[1], self.replacement, self.replace, self.replace_all):
            widget.setVisible(replaces)
        for widget in (self._labels[2], self.address, self.go):
            widget.setVisible(not finds)
        self.say("")
        self.show()
        field = self.find_text if finds else self.address
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def say(self, sentence: str) -> None:
        """Show what came of it."""
        self.answer.setText(sentence)
        self.answer.setToolTip(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the bar on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    @Slot()
    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    @Slot()
    def _on_address_entered(self) -> None:
        self.address_entered.emit(self.address.text())

    def _connect(self) -> None:
        self.find_text.returnPressed.connect(self.next_wanted)
        self.replacement.returnPressed.connect(self.replace_wanted)
        self.find_next.clicked.connect(self.next_wanted)
        self.replace.clicked.connect(self.replace_wanted)
        self.replace_all.clicked.connect(self.replace_all_wanted)
        self.address.returnPressed.connect(self._on_address_entered)
        self.go.clicked.connect(self._on_address_entered)
        self._close.clicked.connect(self._leave)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 8, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        buttons, second, options = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (buttons, second, options):
            row.setSpacing(8)
        for widget in (self.find_next, self.go, self.scope):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        for widget in (self.replace, self.replace_all):
            second.addWidget(widget)
        second.addStretch(1)
        for option in (self.folds_width, self.whole_cell):
            options.addWidget(option)
        options.addWidget(self.answer, 1)
        for number, (label, field) in enumerate(
            zip(self._labels, (self.find_text, self.replacement, self.address), strict=True)
        ):
            row_number = number % 2
            grid.addWidget(label, row_number, 0)
            grid.addWidget(field, row_number, 1)
            label.setBuddy(field)
        grid.addLayout(buttons, 0, 2)
        grid.addLayout(second, 1, 2)
        grid.addLayout(options, 2, 1, 1, 2)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setAcceptDrops(False)
    line.setClearButtonEnabled(False)
    line.setMinimumWidth(160)
    return line
