"""What was not saved the last time, above the drop area: one row a report, with its verbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from gui.offers import Offer

PANEL_WIDTH = 620
_MARGIN = 16
_TEXT_WIDTH = PANEL_WIDTH - 2 * _MARGIN - 2
# The rest is shown when these have been decided about.
_MOST_ROWS = 4


class RecoveryPanel(QFrame):
    """Lists what can be recovered; without anything it takes no place.

    Signals:
        restore_requested: The edits of an offer shall be made again (Offer).
        view_requested: They shall be listed.
        give_up_requested: They shall be removed.
    """

    restore_requested = Signal(object)
    view_requested = Signal(object)
    give_up_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery_panel")
        self.setAccessibleName(self.tr("上次未保存的修改"))
        title = QLabel(self.tr("上次有未保存的修改"))
        title.setObjectName("pane_title")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addLayout(self._rows)
        self.setFixedWidth(PANEL_WIDTH)
        self.hide()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """List what can be recovered, in the order given."""
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        rows = [RecoveryRow(offer, self) for offer in offers[:_MOST_ROWS]]
        for row, offer in zip(rows, offers, strict=False):
            row.restore.clicked.connect(partial(self._on_restore, offer))
            row.view.clicked.connect(partial(self._on_view, offer))
            row.give_up.clicked.connect(partial(self._on_give_up, offer))
            self._rows.addWidget(row)
        if (rest := len(offers) - _MOST_ROWS) > 0:
            self._rows.addWidget(_plain(self.tr("另有 {0} 份，处理以上各份后显示").format(rest)))
        self.setVisible(bool(offers))
        if rows and self.isVisible():
            # One key gives the edits back.
            rows[0].restore.setFocus()

    def _on_restore(self, offer: Offer, _checked: bool = False) -> None:
        self.restore_requested.emit(offer)

    def _on_view(self, offer: Offer, _checked: bool = False) -> None:
        self.view_requested.emit(offer)

    def _on_give_up(self, offer: Offer, _checked: bool = False) -> None:
        self.give_up_requested.emit(offer)


class RecoveryRow(QWidget):
    """One report: its name, when and how much was edited, what to know, and three verbs."""

    def __init__(self, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = offer.entry.source.name or self.tr("（未知文件）")
        title = _wrapped(name)
        title.setToolTip(str(offer.entry.source))
        headline = _plain(offer.headline(datetime.now()))
        headline.setObjectName("muted")
        words = self.tr("对照查看") if offer.is_changed else self.tr("恢复修改")
        self.restore = self._button(words, name)
        self.restore.setObjectName("primary_small")
        self.restore.setVisible(offer.can_be_restored or offer.is_changed)
        self.view = self._button(self.tr("查看"), name)
        self.view.setVisible(offer.can_be_viewed)
        self.give_up = self._button(self.tr("放弃"), name)
        verbs = QHBoxLayout()
        verbs.setSpacing(8)
        verbs.addWidget(headline, 1)
        for button in (self.restore, self.view, self.give_up):
            verbs.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(title)
        layout.addLayout(verbs)
        if offer.state:
            layout.addWidget(_wrapped(offer.state))

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName("small")
        button.setAccessibleName(f"{text}：{name}")
        return button


def _plain(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _wrapped(text: str) -> QLabel:
    """Return a label as high as its lines are; nested layouts do not ask for that in time."""
    # A long name without spaces can be broken anywhere.
    label = _plain("\u200b".join(text) if text.isascii() else text)
    label.setWordWrap(True)
    label.ensurePolished()
    label.setFixedSize(_TEXT_WIDTH, label.heightForWidth(_TEXT_WIDTH))
    return label
