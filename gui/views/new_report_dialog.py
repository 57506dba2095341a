"""新建: for which agency and which year, checked while one types."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.creation import NewReport, asked_for, problem

_WIDTH = 460


class NewReportDialog(QDialog):
    """Asks for the two things that make an empty report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new_report")
        self.setWindowTitle("新建年度报告")
        about = QLabel(
            "按 2021 年版格式新建一份空白报告，在表格里填数，边填边核对；保存时再选位置。"
        )
        about.setWordWrap(True)
        self.agency = QLineEdit()
        self.agency.setAccessibleName("机关名称")
        self.agency.setPlaceholderText("如：石桥县档案局")
        self.year = QLineEdit(str(date.today().year - 1))
        self.year.setAccessibleName("报告年度")
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.addRow(_label("机关名称(&A)", self.agency), self.agency)
        form.addRow(_label("报告年度(&Y)", self.year), self.year)
        self.problem = QLabel()
        self.problem.setObjectName("muted")
        self.problem.setWordWrap(True)
        # Two lines, so that nothing moves while one types.
        self.problem.setMinimumHeight(2 * self.problem.fontMetrics().lineSpacing())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(12)
        layout.addWidget(about)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addLayout(self._buttons())
        for editor in (self.agency, self.year):
            editor.textChanged.connect(self._on_typed)
        self._on_typed()
        self.resize(_WIDTH, self.sizeHint().height())

    @property
    def wanted(self) -> NewReport:
        """The report that was asked for; to be read once the dialog was accepted."""
        return asked_for(self.agency.text(), self.year.text())

    def _buttons(self) -> QHBoxLayout:
        self.create_button = QPushButton("新建")
        self.create_button.setObjectName("primary")
        self.create_button.setDefault(True)
        self.create_button.clicked.connect(self.accept)
        cancel = QPushButton("取消")
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.create_button)
        row.addWidget(cancel)
        return row

    @Slot()
    def _on_typed(self) -> None:
        sentence = problem(self.agency.text(), self.year.text())
        self.create_button.setEnabled(not sentence)
        named = "" if sentence else f"文件名：{self.wanted.file_name}"
        self.problem.setText(sentence or named)


def _label(text: str, editor: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(editor)
    return label
