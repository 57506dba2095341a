"""What people are told about statutory tables that stand in a text but could not be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from core.forms.labels import label_key
from core.readers.text_form import text_form
from core.readers.text_lines import Piece

_TABLES = {
    "disclosure": "“主动公开政府信息情况”表",
    "applications": "“收到和处理政府信息公开申请情况”表",
    "cases": "“行政复议、行政诉讼情况”表",
}
_AS_PROSE = (
    "文字仍原样列在正文里，没有猜测任何数字，请改用网页或 Word 原件，或从网页重新复制后再试。"
)
_MISCOUNTED = (
    "{table}没有读出：第 {line} 行“{text}”附近的单元格个数与格式不符，"
    "可能丢失或多出了空行、竖线；" + _AS_PROSE
)
_UNDIVIDED = "{tables}没有读出：文中有表里的文字，但分不清单元格的界线；" + _AS_PROSE
_LONGEST_QUOTE = 20
# So many of a table's longer labels do not come together by chance.
_ENOUGH_LABELS = 0.6
_SHORTEST_LABEL = 4
_MOST_CHARACTERS = 500_000


def notices(
    lines: Sequence[Piece], read: Collection[str], failures: Mapping[str, Piece], edition: str
) -> tuple[str, ...]:
    """Return a sentence for each table that stands in the lines but is not among those read.

    `failures` are the pieces where a table that began did not go on as the form does.
    """
    return tuple(_notices(lines, read, failures, edition))


def _notices(
    lines: Sequence[Piece], read: Collection[str], failures: Mapping[str, Piece], edition: str
) -> Iterator[str]:
    missing = [name for name in _TABLES if name not in read]
    for name in missing:
        if piece := failures.get(name):
            quoted = piece.text.replace("\n", " ")[:_LONGEST_QUOTE]
            yield _MISCOUNTED.format(table=_TABLES[name], line=piece.line + 1, text=quoted)
    unexplained = [name for name in missing if name not in failures]
    words = _words(lines) if unexplained else ""
    undivided = [_TABLES[name] for name in unexplained if _has_labels(words, name, edition)]
    if undivided:
        yield _UNDIVIDED.format(tables="、".join(undivided))


def _words(lines: Sequence[Piece]) -> str:
    words, length = [], 0
    for line in lines:
        words.append(label_key(line.text[:_MOST_CHARACTERS]))
        length += len(words[-1])
        if length > _MOST_CHARACTERS:
            break
    return "".join(words)


def _has_labels(words: str, name: str, edition: str) -> bool:
    labels = {label_key(cell.text) for cell in text_form(edition, name).table.cells if cell.text}
    long_labels = [label for label in labels if len(label) >= _SHORTEST_LABEL]
    there = sum(label in words for label in long_labels)
    return there >= _ENOUGH_LABELS * len(long_labels)
