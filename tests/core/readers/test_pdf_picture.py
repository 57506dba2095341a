"""Pages as pictures, drawn in another process."""

import os
from functools import partial

import pytest

from core.errors import Cancelled, UnreadableFileError
from core.progress import silent
from core.readers.apart import work_apart
from core.readers.pdf_picture import _picture_of, draw_page, page_picture
from tests.documents.pdf_pages import Sheet, pdf_file


def black_corner():
    sheet = Sheet(200.0, 100.0)
    sheet.fill(0, 0, 50, 50, 0)
    sheet.text(100, 60, "报告")
    return pdf_file(sheet)


def test_a_page_is_drawn_as_it_is_shown():
    picture = page_picture(black_corner(), 0, 400)
    assert (picture.width, picture.height) == (400, 200)
    assert picture.points == (200.0, 100.0)

    def pixel(x, y):
        start = y * picture.stride + 3 * x
        return tuple(picture.pixels[start : start + 3])

    assert pixel(20, 20) == (0, 0, 0)
    assert pixel(300, 30) == (255, 255, 255)


@pytest.mark.parametrize(("data", "page"), [(black_corner(), 7), (b"%PDF-1.4 broken", 0)])
def test_what_cannot_be_drawn_is_refused_with_a_sentence(data, page):
    with pytest.raises(UnreadableFileError, match="画不出来"):
        page_picture(data, page, 400)


def test_a_huge_page_is_drawn_small_enough():
    wide = pdf_file(Sheet(14000.0, 14000.0))
    sizes = draw_page(0, 10**6, wide, "", silent)
    picture = _picture_of(sizes)
    assert picture.width * picture.height <= 12_100_000


@pytest.mark.parametrize("packed", [b"", b"x" * 20, b"\xff" * 64, b"\0" * 64])
def test_bytes_that_are_no_picture_are_refused(packed):
    with pytest.raises(UnreadableFileError, match="画不出来"):
        _picture_of(packed)


def die(_data, _name, _progress):
    os._exit(3)


def test_a_process_that_dies_while_drawing_ends_nothing_else():
    with pytest.raises(UnreadableFileError, match="意外中断"):
        work_apart(die, b"x", "", silent)


def test_drawing_can_be_stopped():
    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        work_apart(partial(draw_page, 0, 400), black_corner(), "", stop)
