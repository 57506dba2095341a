"""How large the tables are shown: the steps, and the slider over them in the status bar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

ZOOM_STEPS = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)  # per cent


class ZoomSlider(QWidget):
    """A slider over the zoom steps with the number beside it.

    Signals:
        zoom_changed: The zoom in per cent.
    """

    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel()
        self._label.setMinimumWidth(self._label.fontMetrics().horizontalAdvance("300%"))
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setFixedWidth(96)
        self._slider.setRange(0, len(ZOOM_STEPS) - 1)
        self._slider.setAccessibleName(self.tr("显示比例"))
        self._slider.setToolTip(self.tr("显示比例（Ctrl+滚轮）"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 8, 0)
        layout.setSpacing(6)
        layout.addWidget(self._label)
        layout.addWidget(self._slider)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._slider.valueChanged.connect(self._on_value_changed)
        self.reset()

    @property
    def percent(self) -> int:
        """The zoom in per cent."""
        return ZOOM_STEPS[self._slider.value()]

    @Slot(int)
    def step(self, by: int) -> None:
        """Go some steps up or down; at the ends nothing happens."""
        self._slider.setValue(self._slider.value() + by)

    def show_percent(self, percent: int) -> None:
        """Go to the step next to a zoom."""
        nearest = min(ZOOM_STEPS, key=lambda step: abs(step - percent))
        self._slider.setValue(ZOOM_STEPS.index(nearest))

    @Slot()
    def reset(self) -> None:
        """Go back to 100 %."""
        self._slider.setValue(ZOOM_STEPS.index(100))
        self._label.setText(f"{self.percent}%")

    @Slot(int)
    def _on_value_changed(self, _step: int) -> None:
        self._label.setText(f"{self.percent}%")
        self.zoom_changed.emit(self.percent)
