"""What can be done about the chosen card: the corrections to choose from, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.explanations import ExplanationKind
from core.rules.model import Certainty, Fix
from gui.causes import Cause, State, insertion_of
from gui.views.flow import FlowRow

# More candidates than these are shown when asked for.
_MOST_CANDIDATES = 3


class CardButtons(QWidget):
    """Lies over the bottom of the chosen card and holds what can be done about it.

    Only a correction that is proved or mechanical can be taken with one key;
    of likely ones the user chooses from a list, each with what speaks for it.

    Signals:
        fix_chosen: The correction that the user wants.
        explanation_wanted: The user wants to explain or ignore (ExplanationKind), or to
            reword what was said.
        withdrawal_wanted: The user takes back what was said.
        take_over_wanted: A withdrawn explanation shall hold for the new numbers.
        resized: More or less is shown than before.
    """

    fix_chosen = Signal(object)
    explanation_wanted = Signal(object)
    withdrawal_wanted = Signal()
    take_over_wanted = Signal()
    resized = Signal()

    def __init__(self, cause: Cause, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card_buttons")
        self._rest: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        sure = sure_fix(cause)
        candidates = tuple(fix for fix in cause.fixes if insertion_of(fix) is None)
        if cause.is_open and sure is None and candidates:
            self._add_candidates(candidates)
        self._row = FlowRow(6, self)
        if cause.is_open:
            self._add_answers(cause, sure)
        else:
            self._add_second_thoughts(cause)
        self._column.addWidget(self._row)

    def height_for(self, width: int) -> int:
        """Return the height that everything needs at a width."""
        self._column.activate()
        return self._column.totalHeightForWidth(width)

    def _add_candidates(self, fixes: tuple[Fix, ...]) -> None:
        label = QLabel(self.tr("选择改法"))
        label.setObjectName("muted")
        self._column.addWidget(label)
        # A button for a single one would take its place.
        shown = len(fixes) if len(fixes) == _MOST_CANDIDATES + 1 else _MOST_CANDIDATES
        for number, fix in enumerate(fixes):
            candidate = Candidate(fix, self)
            candidate.clicked.connect(partial(self._choose, fix))
            self._column.addWidget(candidate)
            if number >= shown:
                candidate.hide()
                self._rest.append(candidate)
        if self._rest:
            more = QPushButton(self.tr("其余 {0} 种改法").format(len(self._rest)))
            more.setObjectName("link")
            more.clicked.connect(partial(self._show_rest, more))
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_answers(self, cause: Cause, sure: Fix | None) -> None:
        if sure is not None:
            accept = self._button(self.tr("采纳 Ctrl+Enter"), partial(self._choose, sure))
            accept.setObjectName("primary_small")
            accept.setToolTip(sure.title)
        for fix in cause.fixes:
            # What is put in is blank, so that there is nothing to weigh: its name is the verb.
            if insertion_of(fix) is not None:
                put_in = self._button(fix.title, partial(self._choose, fix))
                put_in.setObjectName("primary_small")
                put_in.setToolTip(f"{fix.reason}{self.tr('可以撤销。')}")
        if cause.withdrawn:
            take = self._button(self.tr("沿用原说明"), self.take_over_wanted.emit)
            take.setToolTip(self.tr("原来的说明对现在的数字仍然成立"))
        explain = partial(self.explanation_wanted.emit, ExplanationKind.EXPLAINED)
        ignore = partial(self.explanation_wanted.emit, ExplanationKind.IGNORED)
        self._button(self.tr("写出错说明…"), explain)
        button = self._button(self.tr("忽略…"), ignore)
        button.setToolTip(self.tr("写明理由后忽略（Delete）"))

    def _add_second_thoughts(self, cause: Cause) -> None:
        if cause.state is State.EXPLAINED:
            reword = partial(self.explanation_wanted.emit, ExplanationKind.EXPLAINED)
            self._button(self.tr("修改说明…"), reword)
            self._button(self.tr("撤回说明"), self.withdrawal_wanted.emit)
        else:
            self._button(self.tr("取消忽略"), self.withdrawal_wanted.emit)
            reword = partial(self.explanation_wanted.emit, ExplanationKind.IGNORED)
            self._button(self.tr("修改理由…"), reword)

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("small")
        # Without the argument of `clicked`, which says nothing here.
        button.clicked.connect(lambda: act())
        self._row.add(button)
        return button

    def _choose(self, fix: Fix) -> None:
        self.fix_chosen.emit(fix)

    def _show_rest(self, more: QPushButton) -> None:
        more.hide()
        for candidate in self._rest:
            candidate.show()
        self.resized.emit()


class Candidate(QPushButton):
    """One possible correction: what is changed, and below it what speaks for that."""

    def __init__(self, fix: Fix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("candidate")
        self.setAccessibleName(f"采纳：{fix.title}。{fix.reason}")
        self.setToolTip("采纳这一改法，可以撤销")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._texts = QVBoxLayout(self)
        self._texts.setContentsMargins(9, 5, 9, 5)
        self._texts.setSpacing(1)
        self._add(fix.title, "candidate_title")
        if fix.reason:
            self._add(fix.reason.rstrip("。"), "candidate_reason")

    def hasHeightForWidth(self) -> bool:
        """Return that the lines depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped texts."""
        return self._texts.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """Return the size of the texts, of which any width will do."""
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow."""
        return QSize(80, 20)

    def _add(self, text: str, name: str) -> None:
        label = QLabel(text)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._texts.addWidget(label)


def answers_to(cause: Cause) -> object:
    """Return what the buttons of a cause are made of; equal answers have the same buttons."""
    return cause.state, bool(cause.withdrawn), cause.fixes


def sure_fix(cause: Cause | None) -> Fix | None:
    """Return the one correction that needs no choice, None where a person must choose."""
    if cause is None or not cause.is_open:
        return None
    sure = [fix for fix in cause.fixes if fix.certainty is not Certainty.LIKELY]
    return sure[0] if len(sure) == 1 else None
