"""The review report as PDF: all its texts, on A4 pages with their numbers, none cut off."""

import datetime
from itertools import pairwise

import pypdfium2
import pytest
from PySide6.QtGui import QTextDocument

from core.errors import SaveError
from core.resources import SAMPLE
from core.review import Listing, Passage, Review, review_of
from core.review_readback import confirm_review_pdf, pdf_pages
from core.session import open_session
from gui.paging import Pages, Row
from gui.review_pdf import review_pdf

DAY = datetime.date(2025, 1, 21)


@pytest.fixture(scope="module")
def review() -> Review:
    session = open_session(SAMPLE)
    return review_of(session, session.check(), "李青", DAY)


@pytest.fixture
def data(qapp, review: Review) -> bytes:
    return review_pdf(review)


def test_every_text_of_the_review_stands_on_its_pages(review: Review, data: bytes) -> None:
    confirm_review_pdf(review, data)
    text = "".join(pdf_pages(data))
    session = open_session(SAMPLE)
    for finding in session.check().findings:
        assert "".join(finding.message.split()) in text


def test_a_text_that_is_not_there_is_missed(review: Review, data: bytes) -> None:
    other = Review(review.title, review.author, (*review.blocks, Passage("没有印出的一句")), ())
    with pytest.raises(SaveError, match="没有保存"):
        confirm_review_pdf(other, data)
    with pytest.raises(SaveError, match="没有保存"):
        confirm_review_pdf(review, b"%PDF-1.4 broken")


def test_pages_are_a4_and_numbered_right_and_left(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    assert len(document) > 1
    for number, page in enumerate(document, start=1):
        width, height = page.get_size()
        assert (round(width), round(height)) == (595, 842)
        assert f"— {number} —" in page.get_textpage().get_text_bounded()
        text = page.get_textpage()
        # The last character painted is the second dash.
        left = text.get_charbox(text.count_chars() - 1)[0]
        assert (left > width / 2) is (number % 2 == 1)
    document.close()


def test_everything_painted_lies_in_the_type_area(data: bytes) -> None:
    # 28, 26, 37 and 35 mm in points; the page number stands below.
    document = pypdfium2.PdfDocument(data)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if right - left < 0.1:
                continue
            assert left > 28 / 25.4 * 72 - 1
            assert right < width - 26 / 25.4 * 72 + 1
            assert top < height - 37 / 25.4 * 72 + 1
            assert bottom > (35 - 14) / 25.4 * 72
    document.close()


def test_the_lines_to_sign_on_do_not_stand_alone_on_a_page(qapp) -> None:
    last_pages = []
    for count in range(22, 32):
        rows = tuple((str(number), "甲") for number in range(1, count))
        blocks = (Listing(("序号", "文"), (1, 9), rows), Passage("五、签字", 1))
        pages = pdf_pages(review_pdf(Review("题", "", blocks, ("经办人：", "负责人："))))
        last_pages += pages[1:]
    assert len(last_pages) > 3
    assert all(page.endswith("甲五、签字经办人：负责人：") for page in last_pages)


def test_a_line_more_because_of_the_indent_is_not_cut_off(qapp) -> None:
    # 27 characters fill a line that is not indented by two.
    passages = (Passage(f"{'甲' * 26}末"), Passage("末"))
    document = pypdfium2.PdfDocument(review_pdf(Review("题", "", passages, ())))
    text = document[0].get_textpage()
    said = text.get_text_range()
    assert text.count_chars() == len(said)
    places = (said.index("末"), said.rindex("末"))
    last, following = (text.get_charbox(place)[1] for place in places)
    assert last - following == pytest.approx(28.95, abs=1)
    document.close()


def test_an_explanation_longer_than_a_page_goes_on_under_the_headers(qapp) -> None:
    long = "".join(f"第{number}点已与科室核对。" for number in range(200))
    listing = Listing(("序号", "说明"), (10, 20), (("1", long), ("2", "末行")))
    review = Review("校核报告", "", (Passage("三、疑点和说明", 1), listing), ("经办人：",))
    data = review_pdf(review)
    confirm_review_pdf(review, data)
    pages = pdf_pages(data)
    assert len(pages) > 2
    assert pages[1].startswith("序号说明")
    assert "第0点" in pages[0]
    assert "第199点" in pages[1]


def row(height: int, **kwargs) -> Row:
    """A row of lines of 20 pixels."""
    text = QTextDocument("\n".join(["甲"] * (height // 20)))
    made = Row((text,), (0.0,), (100.0,), line=20.0, **kwargs)
    made.__dict__["height"] = float(height)
    return made


@pytest.mark.parametrize(
    ("heights", "kept", "expected"),
    [
        ([40, 40], [False, False], [[0, 1]]),
        ([60, 60], [False, False], [[0], [1]]),
        ([60, 20, 40], [False, True, False], [[0], [1, 2]]),
        ([60, 20, 20], [False, True, False], [[0, 1, 2]]),
        ([250], [False], [[0], [0], [0]]),
        ([20, 250], [True, False], [[0, 1], [1], [1]]),
    ],
)
def test_rows_stay_whole_and_with_what_they_belong_to(qapp, heights, kept, expected) -> None:
    rows = [row(height, keeps=keeps) for height, keeps in zip(heights, kept, strict=True)]
    pages = Pages(100)
    for each in rows:
        pages.put(each)
    found = pages.finished()
    assert [[rows.index(placed.row) for placed in page] for page in found] == expected
    for each in rows:
        parts = [p for page in found for p in page if p.row is each]
        assert parts[0].start == 0
        assert all(part.end % each.line == 0 for part in parts[:-1])
        assert parts[-1].end == each.height
        assert all(one.end == other.start for one, other in pairwise(parts))
    assert all(p.top + p.end - p.start <= 100 for page in found for p in page)


def test_headers_come_again_on_the_next_page(qapp) -> None:
    header = row(20, keeps=True)
    rows = [header, *(row(40, header=header) for _ in range(4))]
    pages = Pages(100)
    for each in rows:
        pages.put(each)
    found = pages.finished()
    assert [[rows.index(placed.row) for placed in page] for page in found] == [[0, 1, 2], [0, 3, 4]]
