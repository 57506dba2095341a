"""A page of a PDF as a picture, drawn in a process of its own."""

from __future__ import annotations

import struct
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from core.errors import UnreadableFileError
from core.progress import Progress, silent
from core.readers.apart import work_apart

# A page is drawn for a screen: more pixels would cost memory and show nothing more.
MAX_PIXELS = 12_000_000
MAX_WIDTH = 4000
_HEAD = struct.Struct("<IIIdd")
_COLOURS = 3

_SAFE = "数字和文字不受影响，原文件没有改动。"
_NO_PICTURE = f"这一页的图像画不出来，{_SAFE}请用 PDF 阅读器打开原文件核对。"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as red, green and blue bytes, row by row, each row `stride` bytes long.

    `width` and `height` are in pixels, `points` the width and height of the page in
    points as it is shown.
    """

    width: int
    height: int
    stride: int
    points: tuple[float, float]
    pixels: bytes


def page_picture(data: bytes, page: int, width: int, progress: Progress = silent) -> Picture:
    """Return page number `page`, counted from zero, drawn about `width` pixels wide.

    A PDF that nobody knows is drawn in a process of its own, with the deadline and
    the bound on memory under which it was read.

    Raises:
        UnreadableFileError: There is no such page, or it cannot be drawn.
        Cancelled: `progress` asked to stop.
    """
    return _picture_of(work_apart(partial(draw_page, page, width), data, "", progress))


def draw_page(page: int, width: int, data: bytes, _name: str, _progress: Progress) -> bytes:
    """Return a page as bytes: sizes first, then the pixels.  Runs in the other process.

    Raises:
        UnreadableFileError: There is no such page, or it cannot be drawn.
    """
    # Imported here, in the other process: the window never loads a parser of PDF.
    import pypdfium2 as pdfium

    try:
        with closing(pdfium.PdfDocument(data)) as document:
            if not 0 <= page < len(document):
                raise UnreadableFileError(_NO_PICTURE, f"no page {page}")
            with closing(document[page]) as shown:
                points = shown.get_size()
                bitmap = shown.render(scale=_scale(points, width), rev_byteorder=True)
                size = (bitmap.width, bitmap.height, bitmap.stride)
                if bitmap.n_channels != _COLOURS:
                    raise UnreadableFileError(_NO_PICTURE, f"{bitmap.n_channels} channels")
                return _HEAD.pack(*size, *points) + bytes(bitmap.buffer)
    except pdfium.PdfiumError as error:
        raise UnreadableFileError(_NO_PICTURE, str(error)) from error


def _scale(points: tuple[float, float], width: int) -> float:
    wide, high = points
    if wide <= 0 or high <= 0:
        raise UnreadableFileError(_NO_PICTURE, "no extent")
    wanted = min(max(width, 1), MAX_WIDTH) / wide
    return min(wanted, float((MAX_PIXELS / (wide * high)) ** 0.5))


def _picture_of(packed: bytes) -> Picture:
    """Return the picture that some bytes are, whoever made them.

    Raises:
        UnreadableFileError: They are none.
    """
    if len(packed) < _HEAD.size:
        raise UnreadableFileError(_NO_PICTURE, "no picture")
    width, height, stride, *points = _HEAD.unpack_from(packed)
    pixels = packed[_HEAD.size :]
    fits = stride >= width * _COLOURS and len(pixels) >= stride * height
    if not (0 < width * height <= 2 * MAX_PIXELS and fits and all(p > 0 for p in points)):
        raise UnreadableFileError(_NO_PICTURE, "no picture")
    return Picture(width, height, stride, (points[0], points[1]), pixels)
