"""Draw the program's icon into an .ico file.

    packaging/windows/icon.py OUT.ico

Qt writes .ico files of one size only, so its drawings are put together here.
Small ones stand there as bitmaps, because older resource loaders and NSIS know
no PNG at these sizes; the large one is a PNG, as Windows itself has it.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[2] / "resources" / "icons" / "gouji.svg"
# Those that Windows asks for at scales from 100 % to 300 %.
SIDES = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)

_LARGEST_BITMAP = 128
_ICON = 1
_HEADER = struct.Struct("<HHH")
_ENTRY = struct.Struct("<BBBBHHII")
_BITMAP_HEADER = struct.Struct("<IiiHHIIiiII")


def icon_file(drawing: bytes, sides: Sequence[int] = SIDES) -> bytes:
    """Return an .ico file with an SVG drawing in several sizes."""
    pictures = [_picture(drawing, side) for side in sides]
    at = _HEADER.size + _ENTRY.size * len(sides)
    entries = []
    for side, picture in zip(sides, pictures, strict=True):
        # 0 stands for 256; then colours, a reserved byte, planes and bits.
        entries.append(_ENTRY.pack(side % 256, side % 256, 0, 0, 1, 32, len(picture), at))
        at += len(picture)
    return b"".join([_HEADER.pack(0, _ICON, len(sides)), *entries, *pictures])


def _picture(drawing: bytes, side: int) -> bytes:
    image = _drawn(drawing, side)
    return _bitmap(image) if side <= _LARGEST_BITMAP else _png(image)


def _drawn(drawing: bytes, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing)).render(painter)
    painter.end()
    return image


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _bitmap(image: QImage) -> bytes:
    """Return an image as icons have it: rows from below, and behind them a mask of their own."""
    side = image.width()
    pixels_down = bytes(image.constBits())
    rows = range(0, len(pixels_down), side * 4)
    lines = [pixels_down[at : at + side * 4] for at in reversed(rows)]
    # Nothing is masked: the colours say themselves how much of them is seen.
    mask = bytes((side + 31) // 32 * 4 * side)
    pixels = b"".join(lines)
    header = _BITMAP_HEADER.pack(
        _BITMAP_HEADER.size, side, side * 2, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0
    )
    return header + pixels + mask


def main(arguments: Sequence[str]) -> None:
    """Write the file."""
    Path(arguments[0]).write_bytes(icon_file(DRAWING.read_bytes()))


if __name__ == "__main__":
    main(sys.argv[1:])
