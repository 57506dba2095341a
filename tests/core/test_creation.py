"""新建: an empty report of the form, in which every cell and section can be filled."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.creation import NewReport, asked_for, problem
from core.document import ParagraphRef
from core.edits import Edit, ParagraphInsertion
from core.errors import ReportError, SaveError
from core.readers.docx import read_docx
from core.rules.model import Outcome
from core.rules.severity import Severity
from core.session import Session
from core.writers.docx import corrected_docx
from core.writers.marking import Marking, Mode

AGENCY, YEAR = "石桥县档案局", 2024
REPORT = NewReport(AGENCY, YEAR)


@pytest.fixture(scope="module")
def data() -> bytes:
    return REPORT.data()


@pytest.fixture
def session(data: bytes) -> Session:
    return Session(Path(REPORT.file_name), data, read_docx(data, REPORT.file_name))


def test_it_reads_as_the_form_of_2021_with_all_its_slots_blank(session: Session) -> None:
    document = session.document
    assert (document.title, document.agency, document.year) == (REPORT.title, AGENCY, YEAR)
    assert session.match.edition == "2021"
    assert len(session.match.places) == 200
    assert not any(place.hole or place.readings for place in session.match.places.values())
    assert {session.text(place.ref) for place in session.match.places.values()} == {""}
    assert not any(table.labels or table.extra_rows for table in session.match.tables.values())
    assert [section.number for section in document.sections] == [0, 1, 2, 3, 4, 5, 6]
    assert document.notices == ()


def test_nothing_in_it_is_called_an_error_or_left_over(session: Session) -> None:
    result = session.check()
    assert result.of_severity(Severity.ERROR) == ()
    assert result.count(Outcome.FAILED) == 0
    # What is missing is the prose and the numbers, and nothing else is doubtful.
    assert [each.rule for each in result.findings].count("NUM002") == 3
    assert {(each.rule, each.message) for each in result.findings if each.rule != "NUM002"} == {
        ("DOC001", "“一、总体情况”没有内容"),
        ("DOC001", "“五、存在的主要问题及改进情况”没有内容"),
        ("DOC001", "“六、其他需要报告的事项”没有内容"),
    }


PROSE = {1: "全年公开信息1条。", 5: "问题与改进。", 6: "没有其他需要报告的事项。"}


@pytest.mark.parametrize("mode", [Mode.CLEAN, Mode.TRACKED, Mode.HIGHLIGHTED])
def test_every_cell_can_be_filled_and_prose_be_added(session: Session, mode: Mode) -> None:
    places = session.match.places.values()
    session.apply_all(Edit(place.ref, "", str(n)) for n, place in enumerate(places))
    session.apply_all(ParagraphInsertion(ParagraphRef(n, 0), t) for n, t in PROSE.items())
    made = corrected_docx(
        session.data, session.source, session.edits, Marking(mode), session.rewording
    )
    found = read_docx(made, "年报.docx")
    assert [found.cell(place.ref).text for place in places] == [str(n) for n in range(200)]
    for number, text in PROSE.items():
        assert [block.text for block in found.section(number).blocks] == [text]
    # The new paragraphs are prose as the file's default style sets it, no titles.
    with zipfile.ZipFile(BytesIO(made)) as archive:
        written = archive.read("word/document.xml").decode()
    assert written.count('<w:pStyle w:val="Title"/>') == 1
    assert written.count('<w:pStyle w:val="Heading1"/>') == 6


def test_the_same_report_gives_the_same_bytes(data: bytes) -> None:
    assert REPORT.data() == data


def test_a_file_that_says_something_else_is_no_new_report(data: bytes) -> None:
    NewReport(AGENCY, YEAR).verify(data)
    for other in (NewReport(AGENCY, 2025), NewReport("清河县档案局", YEAR)):
        with pytest.raises(SaveError, match="没有保存"):
            other.verify(data)


@pytest.mark.parametrize(
    ("agency", "year", "said"),
    [
        ("", "2024", "请填写机关名称"),
        ("　 ", "2024", "请填写机关名称"),
        ("石" * 41, "2024", "41 个字"),
        ("石桥县2023年", "2024", "不像机关名称"),
        ("××县档案局", "2024", "不像机关名称"),
        ("本机关", "2024", "不像机关名称"),
        ("关于石桥县", "2024", "不像机关名称"),
        ("a/b", "2024", "不像机关名称"),
        (AGENCY, "", "四位数字"),
        (AGENCY, "24", "四位数字"),
        (AGENCY, "二〇二四", "四位数字"),
        (AGENCY, "2020", "2021 年版格式"),
        (AGENCY, "2100", "2099"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(agency: str, year: str, said: str) -> None:
    assert said in problem(agency, year)
    with pytest.raises(ReportError, match="没有新建报告"):
        asked_for(agency, year)


@pytest.mark.parametrize(
    ("agency", "year", "expected"),
    [
        (" 石桥县 档案局", "2024年", REPORT),
        (AGENCY, "２０２４年度", REPORT),
        ("石桥（国际）开发区管理委员会", "2021", None),
        ("石桥县人民政府", "2099", None),
    ],
)
def test_what_a_person_types_is_taken_as_it_is_meant(
    agency: str, year: str, expected: NewReport | None
) -> None:
    report = asked_for(agency, year)
    report.data()
    assert expected in (None, report)
    assert report.file_name == f"{report.agency}{report.year}年政府信息公开工作年度报告.docx"


@settings(max_examples=40, deadline=None)
@given(
    st.text(
        "石桥县市区档案局委办公室人民政府年度报告关于（）本信息公开、工作", min_size=1, max_size=12
    ),
    st.integers(2021, 2099).map(str),
)
def test_whatever_is_accepted_reads_back(agency: str, year: str) -> None:
    if not problem(agency, year):
        asked_for(agency, year).data()
