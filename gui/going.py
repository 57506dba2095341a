"""Addresses of cells as people type them: 表3 第7行 D列, 3表D7, D7, 申请办理表 第7行."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from core.document import CellRef
from gui import naming

if TYPE_CHECKING:
    from core.session import Session

_TABLE = re.compile(r"表\s*(\d+)|(\d+)\s*表")
_ROW = re.compile(r"第?\s*(\d+)\s*行")
_COLUMN = re.compile(r"第?\s*([A-Z]{1,2}|\d+)\s*列")
_SHORT = re.compile(r"\b([A-Z]{1,2})(\d+)\b")


class NoSuchCellError(LookupError):
    """There is no such cell; the argument is a sentence for people."""


def cell_at(session: Session, words: str, table_shown: str) -> CellRef:
    """Return the cell that an address names; what it leaves out is the first, the table the shown.

    Raises:
        NoSuchCellError: It is no address, or there is no such cell.
    """
    said = unicodedata.normalize("NFKC", words).strip().upper()
    table_id = _table(session, said, table_shown)
    rest = _TABLE.sub(" ", said)
    row, column = _ROW.search(rest), _COLUMN.search(rest)
    short = None if row or column else _SHORT.search(rest)
    is_named = table_id != table_shown or _TABLE.search(said) is not None
    if not (row or column or short or is_named):
        raise NoSuchCellError(
            f"看不懂“{words.strip()}”。可以写“表2 第7行 D列”“D7”，或者只写“表3”。"
        )
    number = int(row[1]) if row else int(short[2]) if short else 1
    letters = column[1] if column else short[1] if short else "A"
    place = (number - 1, int(letters) - 1 if letters.isdigit() else _column(letters))
    cell = session.document.tables[table_id].at(*place)
    if cell is None:
        name = f"表{naming.table_number(session.document, table_id)}"
        table = session.document.tables[table_id]
        last = naming.column_letters(table.columns - 1)
        raise NoSuchCellError(f"{name}里没有这个单元格；它有 {table.rows} 行，列到 {last} 列为止。")
    return CellRef(table_id, cell.row, cell.column)


def _table(session: Session, said: str, shown: str) -> str:
    tables = list(session.document.tables)
    if found := _TABLE.search(said):
        number = int(found[1] or found[2])
        if not 1 <= number <= len(tables):
            raise NoSuchCellError(f"没有表{number}；这份报告有 {len(tables)} 张表。")
        return tables[number - 1]
    titles = {
        naming.table_title(session.document, session.match, table_id): table_id
        for table_id in tables
    }
    named = next((table_id for title, table_id in titles.items() if title in said), shown)
    if named not in tables:
        raise NoSuchCellError("请先写出是哪一张表，例如“表2 第7行 D列”。")
    return named


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
