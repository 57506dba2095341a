"""Reports with nearly the same prose: the pairs, and two of them side by side."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QSplitter, QTextEdit, QVBoxLayout, QWidget

from core.batch_likeness import AlikePair, Alikes, LikeSentence, SideBySide
from gui import theme
from gui.folder.models.lines import Line, LinesModel
from gui.folder.views.table import PlainTable

_HEADERS, _WIDTHS = ("相同", "句子", "一份报告", "另一份报告"), (6, 10, 32, 32)
_NOTHING = "没有发现文字雷同的报告（15 字以上的句子有 80% 以上一字不差）。"
_WAITING = "检查完成（或取消）以后，这里列出文字大部分逐句相同的报告。"
_CHOOSE = "选择一对报告，下面并排显示；两份都有的句子加下划线和底色。"


class AlikePage(QWidget):
    """A table of pairs over two texts that scroll together.

    Signals:
        pair_wanted: The pair that is to be shown (AlikePair).
    """

    pair_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = QLabel(_WAITING)
        self._about.setObjectName("muted")
        self._about.setWordWrap(True)
        self.model = LinesModel(_HEADERS, self)
        self.pairs = PlainTable("文字雷同的报告", self.model, _WIDTHS)
        self.one, self.other = _text("一份报告的文字"), _text("另一份报告的文字")
        self._titles = [QLabel(), QLabel()]
        self._shown: SideBySide | None = None
        self._pair: AlikePair | None = None
        self._follows = False
        self._lay_out()
        self.pairs.selectionModel().currentChanged.connect(self._on_chosen)
        for here, there in ((self.one, self.other), (self.other, self.one)):
            bar = here.verticalScrollBar()
            bar.valueChanged.connect(lambda _value, a=here, b=there: self._follow(a, b))

    def show_pairs(self, alikes: Alikes | None) -> None:
        """List pairs, None while they are not known."""
        found = alikes.pairs if alikes else ()
        self.model.show([_line(pair) for pair in found])
        if not found:
            self._about.setText(_WAITING if alikes is None else _NOTHING)
            self._pair = None
            self.show_texts(None)
        else:
            cut = "对数太多，只列出其中一部分。" if alikes and alikes.is_cut else ""
            self._about.setText(f"共 {len(found)} 对。{cut}{_CHOOSE}")

    def show_texts(self, shown: SideBySide | None) -> None:
        """Show what both say."""
        self._shown = shown
        files = (self._pair.one, self._pair.other) if self._pair else ("", "")
        for title, file in zip(self._titles, files, strict=True):
            title.setText(file)
        self._fill()

    def show_sentence(self, sentence: str) -> None:
        """Say why a pair cannot be shown."""
        self.show_texts(None)
        self._about.setText(sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme with the marks."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._fill()

    def _fill(self) -> None:
        _write(self.one, self._shown.one if self._shown else ())
        _write(self.other, self._shown.other if self._shown else ())

    def _lay_out(self) -> None:
        texts = QSplitter(Qt.Orientation.Horizontal)
        for title, text in zip(self._titles, (self.one, self.other), strict=True):
            title.setObjectName("pane_title")
            title.setTextFormat(Qt.TextFormat.PlainText)
            title.setWordWrap(True)
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(4, 0, 4, 0)
            column.addWidget(title)
            column.addWidget(text, 1)
            texts.addWidget(side)
        texts.setChildrenCollapsible(False)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.pairs)
        splitter.addWidget(texts)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._about)
        column.addWidget(splitter, 1)

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is not None:
            self._pair = line.about
            self.pair_wanted.emit(line.about)

    def _follow(self, here: QTextEdit, there: QTextEdit) -> None:
        """Scroll the other text as far along as this one is."""
        if self._follows:
            return
        self._follows = True
        source, target = here.verticalScrollBar(), there.verticalScrollBar()
        share = source.value() / max(source.maximum(), 1)
        target.setValue(round(share * target.maximum()))
        self._follows = False


def _line(pair: AlikePair) -> Line:
    count = f"{pair.same} / {pair.of} 句"
    return Line((f"{pair.share}%", count, pair.one, pair.other), about=pair)


def _text(name: str) -> QTextEdit:
    text = QTextEdit()
    text.setObjectName("page")
    text.setAccessibleName(name)
    text.setReadOnly(True)
    text.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard
        | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    text.setTabChangesFocus(True)
    text.setFont(theme.prose_font())
    return text


def _write(text: QTextEdit, sentences: Iterable[LikeSentence]) -> None:
    """Write sentences, each in its own paragraph, those that both have marked."""
    text.clear()
    cursor = QTextCursor(text.document())
    for number, sentence in enumerate(sentences):
        if number:
            cursor.insertBlock()
        cursor.insertText(f"{'＝ ' if sentence.is_same else ''}", _format(False))
        cursor.insertText(sentence.text, _format(sentence.is_same))
    text.moveCursor(QTextCursor.MoveOperation.Start)


def _format(is_same: bool) -> QTextCharFormat:
    colors = theme.current()
    shown = QTextCharFormat()
    shown.setForeground(QColor(colors.text))
    if is_same:
        shown.setFontUnderline(True)
        shown.setUnderlineColor(QColor(colors.warning.mark))
        if colors.warning.fill:
            shown.setBackground(QColor(colors.warning.fill))
    return shown
