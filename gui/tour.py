"""A tour of five minutes on the sample: a bar that says what to look at, and leads on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from core.resources import SAMPLE
from gui.views.card_buttons import sure_fix

if TYPE_CHECKING:
    from gui.main_window import MainWindow


@dataclass(frozen=True)
class Step:
    """What is said, and what is done before so that it can be seen."""

    sentence: str
    enter: Callable[[], None]


class TourBar(QFrame):
    """A sentence with 下一步 and a way out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("information_bar")
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.next_button = QPushButton()
        self.end_button = QPushButton()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 10, 8)
        layout.setSpacing(8)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.next_button)
        layout.addWidget(self.end_button)
        self.hide()

    def say(self, sentence: str, onward: str, out: str) -> None:
        """Show a sentence and the two verbs."""
        self.label.setText(sentence)
        self.setAccessibleName(sentence)
        self.next_button.setText(onward)
        self.end_button.setText(out)
        self.show()


class Tour(QObject):
    """Leads from opening the sample to saving; whoever leaves it is not asked again."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._step = -1
        self._is_on = False
        self.bar = TourBar(window)
        self.bar.next_button.clicked.connect(self._on_next)
        self.bar.end_button.clicked.connect(self.end)
        self._steps = self._all_steps()
        controller = window.controller
        controller.session_opened.connect(self._on_session_opened)
        controller.session_shown.connect(self._on_session_shown)
        controller.session_closed.connect(self._on_session_closed)

    @property
    def step(self) -> int:
        """The number of the step that is shown, -1 before the first."""
        return self._step

    def offer(self) -> None:
        """Ask whether to take the tour, unless that was answered once."""
        if not self._window.save_mode.preferences.is_tour_over:
            self._step = -1
            self.bar.say("第一次使用？跟着示例走一遍，大约五分钟。", "开始导览", "不再提示")

    def begin(self) -> None:
        """Open the sample and show the first step."""
        self._is_on = True
        self._step = -1
        self.bar.hide()
        filing, controller = self._window.filing, self._window.controller
        sample = controller.report_at(SAMPLE)
        if sample is None:
            filing.open_sample()
        elif sample.session.is_changed:
            filing.reload(sample)
        else:
            controller.show(sample)
            self._show(0)

    @Slot()
    def end(self) -> None:
        """Put the bar away for good."""
        self._leave()
        self._window.save_mode.end_tour()

    @Slot()
    def _on_session_opened(self) -> None:
        if self._is_on and self._window.controller.present.path == SAMPLE:
            self._show(0)
        else:
            # Whoever opens a report of their own has other things to do.
            self._leave()

    @Slot()
    def _on_session_shown(self) -> None:
        """Leave the tour with its report: each step speaks of what the sample shows."""
        if self._is_on and self._window.controller.present.path != SAMPLE:
            self._leave()

    @Slot()
    def _on_session_closed(self) -> None:
        if self._is_on:
            self._leave()

    def _leave(self) -> None:
        """Put the bar away; the tour is offered again another day."""
        self._is_on = False
        self._step = -1
        self.bar.hide()

    @Slot()
    def _on_next(self) -> None:
        if not self._is_on:
            self.begin()
        elif self._step + 1 < len(self._steps):
            self._show(self._step + 1)
        else:
            self.end()

    def _show(self, number: int) -> None:
        self._step = number
        step, last = self._steps[number], len(self._steps) - 1
        step.enter()
        place = f"第 {number + 1} 步，共 {last + 1} 步　"
        onward = "完成导览" if number == last else "下一步"
        self.bar.say(place + step.sentence, onward, "结束导览")

    def _all_steps(self) -> tuple[Step, ...]:
        return (
            Step(
                "这是示例年报。左边是报告结构，中间是表格，右边是疑点；数字是每处的疑点数。",
                self._window.restore_layout,
            ),
            Step(
                "这是第一处疑点（F8 到下一处）。有关的单元格都框了出来，合计用粗框标出。",
                self._window.walk.next,
            ),
            Step(
                "卡片里的算式写出实际的数字和差额，差在哪里一目了然；点卡片可以回到单元格。",
                self._window.findings.cards.setFocus,
            ),
            Step(
                "这一处只有一种改法能让有关的关系都成立，所以可以采纳（Ctrl+Enter）。"
                "按“下一步”采纳它。",
                self._choose_sure,
            ),
            Step(
                "改好了，而且随时可以撤销（Ctrl+Z）。核实没有错的疑点，用“写出错说明”记下原因。",
                self._accept,
            ),
            Step(
                "最后用 Ctrl+S 保存：先列出全部修改供您核对，再写成新的 Word 文件，"
                "原文件不会被修改。",
                self._window.page.grid.setFocus,
            ),
        )

    def _choose_sure(self) -> None:
        causes = self._window.controller.causes
        sure = next((cause for cause in causes if cause.is_open and sure_fix(cause)), None)
        if sure is not None:
            self._window.walk.choose(sure)

    def _accept(self) -> None:
        # The person may have done it already.
        if not self._window.controller.present.is_changed:
            self._window.accepting.accept_sure_fix()
        causes = self._window.controller.causes
        if still_open := next((cause for cause in causes if cause.is_open), None):
            self._window.walk.choose(still_open)
