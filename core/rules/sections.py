"""DOC: the parts of the report and their order."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from core.document import Document, Section
from core.forms.loader import load_form
from core.forms.model import FormSection
from core.rules.context import Context
from core.rules.model import Basis, Found, Passed, Result, Span
from core.rules.registry import rule
from core.rules.severity import Severity

# What the blank form prints where prose belongs: （文字描述），（文字描述，收取信息处理费…）.
_INSTRUCTION = re.compile(r"\((?:文字描述|收取信息处理费|该部分|此部分)[^()]*\)")
# For this year the form was only encouraged.
_FIRST_YEAR = 2019


@rule(
    id="DOC001",
    severity=Severity.WARNING,
    basis=Basis("年度报告格式", "所印的六个部分"),
    message="{section}{problem}",
)
def incomplete_sections(context: Context) -> Iterator[Result]:
    """六个部分有缺少、重复、顺序不对或者没有内容。

    报告应有格式所印的六个部分，依次各一。标题按意思识别，各地通行的写法（如“行政机关主动公开政府
    信息情况”）不算疑点。文字部分一段文字也没有，或者只有格式原来的提示“（文字描述）”的，算没有内容；
    表格部分缺表由 TBL001 提示。

    2019 年度只是鼓励使用统一格式，部分的缺少、重复和顺序只作提示；有标题而没有内容的，仍请核实。
    """
    lowered = Severity.NOTE if context.year == _FIRST_YEAR else None
    expected = load_form(context.edition or "2021").sections
    problems = tuple(_problems(context.document, expected, lowered))
    yield from problems or (Passed(),)


def _problems(
    document: Document, expected: tuple[FormSection, ...], lowered: Severity | None
) -> Iterator[Found]:
    numbers = [section.number for section in document.sections if section.number]
    if not numbers:
        yield _found("报告", "中没有找到格式规定的六个部分的标题", lowered)
        return
    for form_section in expected:
        name, number = f"“{form_section.heading}”", form_section.number
        if number not in numbers:
            yield _found(name, "没有找到", lowered)
            continue
        if numbers.count(number) > 1:
            yield _found(name, f"出现了 {numbers.count(number)} 次", lowered)
        first = numbers.index(number)
        if first and numbers[first - 1] > number:
            yield _found(name, "的顺序不对", lowered)
        if form_section.kind == "text":
            yield from _empty(document, name, number)


def _empty(document: Document, name: str, number: int) -> Iterator[Found]:
    parts = [section for section in document.sections if section.number == number]
    if any(section.tables or _has_prose(section) for section in parts):
        return
    for section in parts:
        for index, paragraph in enumerate(section.paragraphs):
            if paragraph.text.strip():
                span = Span(number, index, 0, len(paragraph.text))
                yield _found(name, "只有格式原来的提示，没有内容", span=span)
                return
    yield _found(name, "没有内容")


def _has_prose(section: Section) -> bool:
    return any(
        text and not _INSTRUCTION.fullmatch(text)
        for paragraph in section.paragraphs
        if (text := unicodedata.normalize("NFKC", paragraph.text).strip()) is not None
    )


def _found(
    section: str, problem: str, lowered: Severity | None = None, span: Span | None = None
) -> Found:
    return Found({"section": section, "problem": problem}, lowered=lowered, span=span)
