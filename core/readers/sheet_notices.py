"""What people should know about the sheets of a workbook as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from core.readers.sheet import Sheet

_MOST_PLACES = 3
_HIDDEN_SHEETS = "工作簿里有隐藏的工作表（{places}），其中的内容也读取了，排在最后。"
_HIDDEN_CELLS = "有隐藏的行或列（{places}），其中的内容也读取了，请核对是否应当计入。"
_UNSOLVED = (
    "有公式没有保存计算结果（{places}），程序不代为计算，这些单元格按“不能确定”处理；"
    "请用 Excel 或 WPS 打开工作簿，保存一次后重新打开。"
)
_FORMULAS = (
    "工作簿里有 {count} 个公式，显示的是文件中保存的计算结果；修改别的单元格后，"
    "这些结果要等用 Excel 或 WPS 打开才会重新计算。"
)
_ROUNDED = "有单元格显示的数字经过舍入，与实际保存的不同（{places}），按显示的读取。"
_STRANGE = "有单元格的数字格式不认识（{places}），按常规格式显示。"
_ZEROS = "有工作表设置为不显示零值（{places}），其中的 0 仍按 0 读取。"


def notices(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Return sentences about what is hidden, computed or shown otherwise than stored."""
    hidden = [sheet.name for sheet in sheets if sheet.is_hidden and _says_something(sheet)]
    zeros = [sheet.name for sheet in sheets if sheet.hides_zeros]
    count = sum(sheet.formulas for sheet in sheets)
    said = [
        *_listed(_HIDDEN_SHEETS, hidden),
        *_listed(_HIDDEN_CELLS, [each for sheet in sheets for each in _hidden(sheet)]),
        *_listed(_UNSOLVED, _placed((sheet, sheet.unsolved) for sheet in sheets)),
        *_listed(_ROUNDED, [each for sheet in sheets for each in _rounded(sheet)]),
        *_listed(_STRANGE, _placed((sheet, sheet.strange_formats) for sheet in sheets)),
        *_listed(_ZEROS, zeros),
    ]
    return (*said, _FORMULAS.format(count=count)) if count else tuple(said)


def _says_something(sheet: Sheet) -> bool:
    return any(cell.text for cell in sheet.cells.values())


def _hidden(sheet: Sheet) -> Iterator[str]:
    told = {position for position, cell in sheet.cells.items() if cell.text}
    for row in sorted({row for row, _ in told} & sheet.hidden_rows):
        yield f"{sheet.name} 第 {row + 1} 行"
    for column in sorted({column for _, column in told}):
        if sheet.is_column_hidden(column):
            yield f"{sheet.name} 第 {column + 1} 列"


def _rounded(sheet: Sheet) -> Iterator[str]:
    for name, shown, stored in sheet.rounded:
        yield f"{sheet.name} {name} 显示 {shown}，实为 {stored}"


def _placed(found: Iterable[tuple[Sheet, Sequence[str]]]) -> list[str]:
    return [f"{sheet.name} {name}" for sheet, names in found for name in names]


def _listed(sentence: str, places: Sequence[str]) -> Iterator[str]:
    if places:
        shown = "、".join(places[:_MOST_PLACES])
        more = f"等 {len(places)} 处" if len(places) > _MOST_PLACES else ""
        yield sentence.format(places=shown + more)
