"""What is known of the chosen report: its findings, or why it was not read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.batch_row import Listed, Row
from core.rules.severity import Severity
from gui import naming
from gui.folder import words
from gui.folder.models.lines import Line, LinesModel
from gui.folder.views.table import PlainTable

_HEADERS = ("级别", "规则", "位置", "内容", "说明")
_ORDER = [severity.value for severity in Severity]
_WIDTHS = (9, 6, 18, 40, 10)


class ReportDetails(QFrame):
    """A headline, the findings below it, and the button that opens the report.

    Signals:
        open_wanted: The chosen report is to be opened.
    """

    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("folder_details")
        self._headline = QLabel()
        self._headline.setObjectName("pane_title")
        self._about = QLabel()
        self._about.setObjectName("muted")
        for label in (self._headline, self._about):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.model = LinesModel(_HEADERS, self)
        self.findings = PlainTable("所选报告的疑点", self.model, _WIDTHS)
        self.button = QPushButton("打开报告(&P)")
        self.button.clicked.connect(self.open_wanted)
        self.findings.setAccessibleDescription("按回车键打开报告")
        self.findings.activated.connect(lambda _index: self.open_wanted.emit())
        head = QHBoxLayout()
        head.addWidget(self._headline, 1)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._about)
        column.addWidget(self.findings, 1)
        # Takes the room of the table while there is none.
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        self.show_report("", None)

    @property
    def sentence(self) -> str:
        """What is said below the headline."""
        return self._about.text()

    def show_report(self, file: str, row: Row | None) -> None:
        """Show what became of a file; `row` is None while it waits."""
        name = (row.agency if row else "") or words.file_name(file)
        self._headline.setText(name or "没有选择报告")
        self._about.setText(_about(file, row))
        self.button.setEnabled(bool(file))
        listed = sorted(row.listed if row else (), key=lambda each: _ORDER.index(each.severity))
        self.model.show([_line(each) for each in listed])
        self.findings.setVisible(bool(listed))
        self._rest.setVisible(not listed)


def _about(file: str, row: Row | None) -> str:
    if not file:
        return "在上面的列表中选择一份报告，这里列出它的疑点；按回车键打开。"
    if row is None:
        return f"{file}：{words.WAITING}检查"
    if row.error:
        return f"{file}：{row.error}"
    said = [file, words.ABOUT_CONFIDENCES.get(row.confidence, "没有法定表格")]
    if row.unchecked:
        said.append(f"有 {row.unchecked} 项未能检查")
    if row.last_year:
        said.append(f"已与上年年报“{row.last_year}”核对")
    elif row.past_note:
        said.append(row.past_note)
    return "　".join(said)


def _line(each: Listed) -> Line:
    severity = Severity(each.severity)
    word = naming.SEVERITY_WORDS[severity]
    texts = (word, each.rule, each.place, each.message, each.explanation)
    return Line(tuple(" ".join(text.split()) for text in texts), severity)
