"""Which agencies should have handed in a report, and which have not.

A list is a text file or a table.  A name counts as found only where it is the same
after spaces, widths and 人民政府 are evened out; what is merely like it is
proposed, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from core.batch_row import Row
from core.batch_totals import AGENCY_MISSING, AGENCY_UNLISTED, FolderFinding
from core.document import Document, Table
from core.errors import UnreadableFileError
from core.readers import read_bytes, read_document
from core.readers.encoding import decode, is_text
from core.rules.severity import Severity
from core.rules.two_years import agency_key, same_name

SHORT_NAME, SIMILAR = "像是它的简称或全称", "名称相近"

_MOST_NAMES, _MOST_PROPOSALS = 100_000, 3
_LIKE = 70  # of 100
_LONGEST = 60
_TEXT_SUFFIXES = (".txt", ".csv", ".tsv")
_HEADER = re.compile(r"(?:机关|单位|部门|主体|机构)(?:全称|名称)?|(?:应报送?|报送|填报)单位|名称")
_NUMBERING = re.compile(
    r"^\s*(?:[（(]?(?:\d{1,6}|[一二三四五六七八九十百]{1,4})[）)、.．:：\s]+|[-•·*]\s*)"
)
_HAN = re.compile(r"[\u3400-\u9fff].*[\u3400-\u9fff]")
_SEPARATOR = re.compile(r"[\t,，;；]")
_NO_NAMES = (
    "“{name}”里没有找到机关名称，没有比对，文件没有改动；"
    "请用一行写一个机关的文本文件，或者有“单位名称”一列的 Excel 表格。"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A report that may be the missing agency's, and why."""

    file: str
    agency: str
    why: str


@dataclass(frozen=True, slots=True)
class Missing:
    """An agency of the list without a report, with reports that may be its, the likeliest first."""

    name: str
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A list beside the reports of a folder.

    `matched` has the files of each name that was found, `unlisted` are reports of
    agencies that the list does not have.
    """

    matched: Mapping[str, tuple[str, ...]]
    missing: tuple[Missing, ...]
    unlisted: tuple[Row, ...]


def read_agencies(path: Path) -> tuple[str, ...]:
    """Return the names in a list: lines of a text file, else a column of the tables.

    Raises:
        UnreadableFileError: It cannot be read, or there are no names in it.
    """
    data = read_bytes(path)
    if path.suffix.lower() in _TEXT_SUFFIXES:
        text = decode(data).text
        rows = [_SEPARATOR.split(line) for line in text.splitlines()] if is_text(text) else []
        names = list(_names_in(rows))
    else:
        names = list(_names_of(read_document(data, path.name)))
    if not names:
        raise UnreadableFileError(_NO_NAMES.format(name=path.name))
    return tuple(names_once(names[:_MOST_NAMES]))


def compared(
    names: Iterable[str], rows: Iterable[Row], accepted: Mapping[str, str] | None = None
) -> Comparison:
    """Return which agencies have handed in a report.

    `accepted` has for a name of the list the file that a person said is its report.
    """
    accepted = accepted or {}
    read = [row for row in rows if not row.error]
    by_key: dict[str, list[Row]] = {}
    for row in read:
        by_key.setdefault(agency_key(row.agency), []).append(row)
    matched: dict[str, tuple[str, ...]] = {}
    for name in names_once(names):
        own = [row.file for row in by_key.get(agency_key(name), ())]
        own += [row.file for row in read if row.file == accepted.get(name) and row.file not in own]
        matched[name] = tuple(own)
    taken = {file for files in matched.values() for file in files}
    unlisted = tuple(row for row in read if row.file not in taken)
    gone = [name for name, files in matched.items() if not files]
    proposing = _Proposing(unlisted)
    missing = tuple(Missing(name, proposing.of(name)) for name in gone)
    return Comparison({n: files for n, files in matched.items() if files}, missing, unlisted)


def names_once(names: Iterable[str]) -> list[str]:
    """Return names in their order without those that are written twice."""
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(agency_key(name), name)
    return list(once.values())


def list_findings(comparison: Comparison) -> list[FolderFinding]:
    """Return what a list shows: agencies without a report, reports of agencies not on it."""
    return [
        *(_missing(each) for each in comparison.missing),
        *(
            FolderFinding(AGENCY_UNLISTED, Severity.NOTE, _unlisted(row), (row.file,))
            for row in comparison.unlisted
        ),
    ]


def _missing(each: Missing) -> FolderFinding:
    near = "、".join(f"“{p.file}”（{p.agency}，{p.why}）" for p in each.proposals)
    hint = f"；可能是 {near}，请确认" if near else ""
    files = tuple(proposal.file for proposal in each.proposals)
    message = f"名单中的“{each.name}”没有找到年度报告{hint}"
    return FolderFinding(AGENCY_MISSING, Severity.WARNING, message, files)


def _unlisted(row: Row) -> str:
    return f"“{row.file}”的机关“{row.agency or '（没有写明）'}”不在名单中"


class _Proposing:
    """Finds reports whose agency has a name like another; only those not on the list."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = [row for row in rows if row.agency]
        self._keys = [agency_key(row.agency) for row in self._rows]

    def of(self, name: str) -> tuple[Proposal, ...]:
        key = agency_key(name)
        short = [i for i, other in enumerate(self._keys) if same_name(key, other)]
        near = process.extract(
            key, self._keys, scorer=fuzz.ratio, limit=_MOST_PROPOSALS, score_cutoff=_LIKE
        )
        found = {index: SHORT_NAME for index in short}
        found |= {index: SIMILAR for _, _, index in near if index not in found}
        return tuple(self._proposal(i, why) for i, why in list(found.items())[:_MOST_PROPOSALS])

    def _proposal(self, index: int, why: str) -> Proposal:
        row = self._rows[index]
        return Proposal(row.file, row.agency, why)


def _names_of(document: Document) -> Iterator[str]:
    tables = list(document.tables.values())
    if tables:
        for table in tables:
            yield from _names_in(_rows(table))
        return
    for section in document.sections:
        lines = [line for p in section.paragraphs for line in p.text.splitlines()]
        yield from _names_in([_SEPARATOR.split(line) for line in (section.heading, *lines)])


def _rows(table: Table) -> list[list[str]]:
    grid = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    return grid


def _names_in(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the names below a header that says so, else those of the column with most of them."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if _HEADER.fullmatch("".join(text.split())):
                yield from _column(rows[number + 1 :], column)
                return
    columns = range(max(map(len, rows), default=0))
    yield from max((list(_column(rows, c)) for c in columns), key=len, default=[])


def _column(rows: Iterable[Sequence[str]], column: int) -> Iterator[str]:
    for row in rows:
        name = "".join(_NUMBERING.sub("", row[column]).split()) if column < len(row) else ""
        if _HAN.search(name) and len(name) <= _LONGEST:
            yield name
