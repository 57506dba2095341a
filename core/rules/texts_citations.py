"""TXT: the regulation and the form that the text cites as its basis."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

import re
from collections.abc import Iterator

from core.numbers import chinese_number
from core.rules.context import FIRST_YEAR_OF_2021_EDITION, Context
from core.rules.model import Basis, Insufficient, NotApplicable, Passed, Result
from core.rules.registry import rule
from core.rules.severity import Severity
from core.rules.texts import Prose, Sentence, kept, prose_of

_IN_FORCE = 711
# The regulation of 2007, replaced on 2019-05-15.
_REPLACED = 492
_ORDER = (
    r"国(?:务院)?(?:令?（?第?|第)(?P<number{0}>[0-9]{{2,4}}|[〇零一二三四五六七八九十百]{{2,7}})号"
)
_REGULATION = r"(?<![省市县区州])政府信息公开条例"
_CITED = re.compile(
    rf"{_REGULATION}[》〉]?(?:[（，]以下[简统]?称[“《]*条例[”》]*[），]*)?"
    rf"(?:(?!条例|办法|规定)[^《。；]){{0,30}}?{_ORDER.format(1)}"
    rf"|{_ORDER.format(2)}令?[），]?(?:公布|发布|修订)?的?《?(?:中华人民共和国)?{_REGULATION}"
)
_AS_HISTORY = re.compile(r"原(?!则|因)|旧|修订前|废止|不再|曾|取代|替代|代替|2007年|2008年|相比")
_FORM_OF_2019 = re.compile(
    r"国办公开办函[〔（\[【]?2019[〕）\]】]?年?第?60号|政府信息公开工作年度报告格式（试行）"
    r"|国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知"
)
_FORM_OF_2021 = re.compile(r"国办公开办函[〔（\[【]?2021[〕）\]】]?年?第?30号")

# Codes under which no office writes; the right one is beside it.
_MISPRINTS = {
    "国发办": "国办发",
    "国办公开函": "国办公开办函",
    "国公开办函": "国办公开办函",
    "国办公办函": "国办公开办函",
    "国办公开办发": "国办公开办函",
}
_MISPRINTED = re.compile(rf"(?P<code>{'|'.join(_MISPRINTS)})(?=[〔（\[【]?20[0-9]{{2}})")


@rule(
    id="TXT011",
    severity=Severity.WARNING,
    basis=Basis("政府信息公开条例", "自2019年5月15日起施行"),
    message="现行《政府信息公开条例》是国务院令第 711 号，文中写作第 {number} 号",
)
def wrong_order_number(context: Context) -> Iterator[Result]:
    """《政府信息公开条例》的国务院令号写错。

    现行条例是国务院令第 711 号，常见的笔误是第 771 号、第 717 号。只看紧跟在《政府信息公开条例》之
    后（或之前）的国务院令号，其他法规的令号、地方政府规章的令号不算。引用 2007 年的第 492 号由
    TXT012 提示。

    没有建议值：程序不改文字。
    """
    yield from _order_numbers(prose_of(context))


@kept
def _order_numbers(prose: Prose) -> Iterator[Result]:
    cited = _orders(prose)
    if not cited:
        yield NotApplicable("文中没有写条例的国务院令号")
    for sentence, at, number in cited:
        if number in (_IN_FORCE, _REPLACED):
            yield Passed()
        else:
            yield sentence.found(at, {"number": str(number)})


@rule(
    id="TXT012",
    severity=Severity.WARNING,
    basis=Basis("政府信息公开条例", "自2019年5月15日起施行"),
    message="文中引用的国务院令第 492 号是 2007 年的条例，"
    "2019 年 5 月 15 日起施行的是国务院令第 711 号",
)
def replaced_regulation(context: Context) -> Iterator[Result]:
    """引用的是已经被修订的 2007 年条例。

    2007 年公布的《政府信息公开条例》是国务院令第 492 号，2019 年修订后是国务院令第 711 号。报告的依
    据应是现行的条例。

    句中说明是原条例、旧条例，或者讲的是修订经过的，不算。

    没有建议值：程序不改文字。
    """
    yield from _regulations(prose_of(context))


@kept
def _regulations(prose: Prose) -> Iterator[Result]:
    cited = _orders(prose)
    if not cited:
        yield NotApplicable("文中没有写条例的国务院令号")
    for sentence, at, number in cited:
        if number == _REPLACED and not _AS_HISTORY.search(sentence.text):
            yield sentence.found(at, {})
        else:
            yield Passed()


@kept
def _orders(prose: Prose) -> Iterator[tuple[Sentence, tuple[int, int], int]]:
    """Return where the order of the State Council is cited, with its number."""
    for sentence in prose.holding("政府信息公开条例"):
        for found in _CITED.finditer(sentence.text):
            name = "number1" if found["number1"] else "number2"
            number = _value(found[name])
            if number is not None:
                yield sentence, (found.start(name), found.end(name)), number


def _value(text: str) -> int | None:
    if text.isascii():
        return int(text)
    value = chinese_number(text)
    return None if value is None else int(value)


@rule(
    id="TXT013",
    severity=Severity.WARNING,
    basis=Basis(
        "格式的印发",
        "2019年印发试行格式（国办公开办函〔2019〕60号），"
        "2021年印发新格式（国办公开办函〔2021〕30号）",
    ),
    message="{year} 年度报告引用的“{cited}”是 2019 年的试行格式，"
    "2021 年起的格式是国办公开办函〔2021〕30号",
)
def superseded_form(context: Context) -> Iterator[Result]:
    """2021 年度以后的报告仍引用 2019 年的试行格式。

    年度报告格式 2019 年试行（国办公开办函〔2019〕60号），2021 年修订印发（国办公开办函〔2021〕30
    号）。2021 年度以后的报告，依据应是新格式。

    2019、2020 年度的报告引用 60号是对的。两个文号都写了的，只作提示；别的机关的 60号文、说明原格式
    已经修订的，不算。

    没有建议值：程序不改文字。
    """
    yield from _forms(prose_of(context))


@kept
def _forms(prose: Prose) -> Iterator[Result]:
    citing = list(prose.holding("国办公开办函", "年度报告格式", "年度报告有关事项"))
    # The notice's number says more than its name beside it.
    cited = ((s, list(_FORM_OF_2019.finditer(s.text))) for s in citing)
    old = [(s, found[-1]) for s, found in cited if found]
    new = any(_FORM_OF_2021.search(sentence.text) for sentence in citing)
    if not old and not new:
        yield NotApplicable("文中没有引用年度报告格式")
    elif new:
        yield Passed()
    for sentence, at in old:
        if prose.year is None:
            yield Insufficient("不知道报告年度")
        elif prose.year < FIRST_YEAR_OF_2021_EDITION or _AS_HISTORY.search(sentence.text):
            yield Passed()
        else:
            values = {"year": str(prose.year), "cited": at[0]}
            yield sentence.found(at, values, Severity.NOTE if new else None)


@rule(
    id="TXT014",
    severity=Severity.WARNING,
    basis=Basis("年度报告惯例", "国务院办公厅文件的发文字号是国办发、国办函、国办公开办函"),
    message="发文字号里的“{code}”应是“{right}”",
)
def misprinted_document_number(context: Context) -> Iterator[Result]:
    """国务院办公厅文件的发文字号写错。

    国务院办公厅的文件编“国办发”，政府信息与政务公开办公室的函编“国办公开办函”。写成“国发办
    〔2017〕47号”“国办公开函〔2021〕30号”的，是字写颠倒或者漏写了。

    只认这几种明显的写法，地方文件的字号不作判断；年份和号数是否正确，程序无从知道。

    没有建议值：程序不改文字。
    """
    yield from _misprints(prose_of(context))


@kept
def _misprints(prose: Prose) -> Iterator[Result]:
    citing = list(prose.holding("国办", "国发办", "国公开办"))
    if not citing:
        yield NotApplicable("文中没有引用国务院办公厅的文件")
        return
    found = [(one, at) for one in citing for at in _MISPRINTED.finditer(one.text)]
    for sentence, at in found:
        values = {"code": at["code"], "right": _MISPRINTS[at["code"]]}
        yield sentence.found(at.span("code"), values)
    if not found:
        yield Passed()
