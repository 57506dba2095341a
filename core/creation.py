"""A new report (新建): for which agency and year, under which name, and what it must read back as.

The name of the agency must be one that the program finds again in the title: what
it would not recognise there is refused now, in a sentence, and not later by a rule.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from core.errors import ReportError, SaveError
from core.forms.loader import load_form
from core.forms.match import match
from core.readers.docx import read_docx
from core.readers.naming import find_naming
from core.writers.empty_report import EDITION, empty_report

FIRST_YEAR, LAST_YEAR = 2021, 2099
LONGEST_AGENCY = 40

_NOTHING_MADE = "没有新建报告。"


@dataclass(frozen=True, slots=True)
class NewReport:
    """An empty report to be made; see `asked_for` for what a person typed."""

    agency: str
    year: int

    @property
    def title(self) -> str:
        """The title, which names the agency and the year."""
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"

    @property
    def file_name(self) -> str:
        """The name to propose for the file."""
        return f"{self.title}.docx"

    def data(self) -> bytes:
        """Return the report as a Word file; the same report always gives the same bytes.

        Raises:
            SaveError: It does not read back as it should.
        """
        data = empty_report(self.title, self.agency, self.year)
        self.verify(data)
        return data

    def verify(self, data: bytes) -> None:
        """Read the file back: agency, year and edition, and every cell of the form, all blank.

        Raises:
            SaveError: It says something else.
        """
        found = read_docx(data, self.file_name)
        places = match(found)
        blank = all(
            (cell := found.cell(place.ref)) is not None and not cell.text
            for place in places.places.values()
        )
        named = (found.title, _plain(found.agency or ""), found.year, places.edition)
        expected = (self.title, _plain(self.agency), self.year, EDITION)
        slots = {cell.slot for table in load_form(EDITION).tables.values() for cell in table.cells}
        if named != expected or not blank or places.places.keys() != slots - {None}:
            raise SaveError("新建的报告读回来与格式不一致，没有保存；没有改动任何文件。")


def asked_for(agency: str, year: str) -> NewReport:
    """Return the report for an agency and a year as a person typed them.

    Raises:
        ReportError: One of them cannot be; the sentence says which and why.
    """
    sentence = problem(agency, year)
    if sentence:
        raise ReportError(f"{sentence}{_NOTHING_MADE}")
    return NewReport(_folded(agency), int(_year(year)))


def problem(agency: str, year: str) -> str:
    """Return what is wrong with an agency or a year while it is typed, empty if nothing is."""
    return _problem_of_agency(_folded(agency)) or _problem_of_year(_year(year))


def _problem_of_agency(agency: str) -> str:
    if not agency:
        return "请填写机关名称，如“石桥县档案局”。"
    if len(agency) > LONGEST_AGENCY:
        return f"机关名称有 {len(agency)} 个字，最多 {LONGEST_AGENCY} 个字，请填写规范简称。"
    report = NewReport(agency, FIRST_YEAR)
    found = find_naming([report.title])
    if (found.agency, found.year) != (_plain(agency), report.year) or found.title != report.title:
        return (
            f"“{agency}”不像机关名称，请填写全称或规范简称，"
            "只用汉字，不带年份、“关于”和“报告”等字样。"
        )
    return ""


def _problem_of_year(year: str) -> str:
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return "报告年度请填写四位数字，如 2024。"
    if int(year) < FIRST_YEAR:
        return f"新建的是 {EDITION} 年版格式的报告，用于 {FIRST_YEAR} 年及以后的年度，请改填年度。"
    if int(year) > LAST_YEAR:
        return f"报告年度请填写 {FIRST_YEAR} 至 {LAST_YEAR} 之间的年份。"
    return ""


def _folded(agency: str) -> str:
    return "".join(agency.split())


def _year(year: str) -> str:
    return unicodedata.normalize("NFKC", year).strip().removesuffix("年度").removesuffix("年")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
