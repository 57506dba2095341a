"""The roll-up: a tick for each unit, and what to do with their sum."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.folder.models.units import UnitsModel
from gui.folder.summing import Units
from gui.folder.views.table import PlainTable

_WIDTHS = (24, 6, 26, 30)
_WAITING = "检查完成（或取消）以后，这里列出可以汇总的单位。"
_NO_UNITS = "没有可以汇总的报告。"
_MOST_NAMED = 6


class SummaryPage(QWidget):
    """A table of units over the verbs.

    Signals:
        open_wanted: The sum of the chosen units is to be opened.
        save_wanted: It is to be saved as a workbook.
    """

    open_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about, self._left_out = QLabel(_WAITING), QLabel()
        self._about.setWordWrap(True)
        self._left_out.setWordWrap(True)
        self._left_out.setObjectName("muted")
        self.model = UnitsModel(self)
        self.table = PlainTable("计入汇总的单位", self.model, _WIDTHS)
        self.table.setAccessibleDescription("按空格键选择计入或者不计入")
        self.unmarked = QCheckBox("不计入有强制性错误或者数字不确定的单位(&Q)")
        self.unmarked.setObjectName("leave_out")
        self.everything = QPushButton("全部计入(&A)")
        self.open = QPushButton("打开汇总(&B)")
        self.save = QPushButton("保存汇总表(&J)…")
        self._lay_out()
        self.model.chosen_changed.connect(self._say_chosen)
        self.unmarked.toggled.connect(self._on_unmarked)
        self.everything.clicked.connect(self._on_everything)
        self.open.clicked.connect(self.open_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.show_units(None)

    @property
    def chosen(self) -> frozenset[str]:
        """The files of the units that are added."""
        return self.model.chosen

    def show_units(self, units: Units | None, remaining: int = 0) -> None:
        """List units, None while they are not known; `remaining` files were not checked."""
        self.model.show(units.lines if units else ())
        left_out = units.left_out if units else ()
        named = "；".join(f"{name}（{why}）" for name, why in left_out[:_MOST_NAMED])
        more = f"等 {len(left_out)} 份" if len(left_out) > _MOST_NAMED else ""
        said = [f"没有列入：{named}{more}。"] if left_out else []
        said += [f"还有 {remaining} 个文件没有检查，没有列入。"] if units and remaining else []
        self._left_out.setText("".join(said))
        self._left_out.setVisible(bool(said))
        if units is None:
            self._about.setText(_WAITING)
        elif not units.lines:
            self._about.setText(_NO_UNITS)
        if self.unmarked.isChecked():
            self._on_unmarked(True)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._about, 1)
        head.addWidget(self.unmarked)
        buttons = QHBoxLayout()
        buttons.addWidget(self._left_out, 1)
        for button in (self.everything, self.save, self.open):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)

    @Slot()
    def _say_chosen(self) -> None:
        count, marked = len(self.chosen), sum(bool(unit.remark) for unit in self.model.units)
        if self.model.units:
            said = f"计入 {count} / {len(self.model.units)} 个单位，每格相加。"
            hint = f"其中 {marked} 个单位请留意。" if marked else ""
            self._about.setText(said + hint)
        self.unmarked.setEnabled(marked > 0 or self.unmarked.isChecked())
        self.everything.setEnabled(count < len(self.model.units))
        self.open.setEnabled(count > 0)
        self.save.setEnabled(count > 0)

    @Slot(bool)
    def _on_unmarked(self, leaves_out: bool) -> None:
        units = self.model.units
        self.model.choose(u.file for u in units if not (leaves_out and u.remark))

    @Slot()
    def _on_everything(self) -> None:
        self.unmarked.setChecked(False)
        self.model.choose(unit.file for unit in self.model.units)
