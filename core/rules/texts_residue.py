"""TXT: what was left over in the text: instructions of a template, parts of a web page, gaps."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from core.rules.context import Context
from core.rules.model import Basis, Passed, Result
from core.rules.registry import rule
from core.rules.severity import Severity
from core.rules.texts import INSTRUCTION, NO_TEXT, Prose, Sentence, kept, prose_of

_INSTRUCTION = re.compile(
    r"（文字描述[^（）]{0,40}）|收取信息处理费情况在此处报告|[该此本]部分以?表格(?:的)?形式报告"
    r"|(?:单击|点击|请)?(?:或点击)?(?:在)?此处(?:输入|填写|插入)(?:文字|内容)?"
    r"|请(?:在此)?(?:输入|填写)(?:文字|内容)|（[^（）]{0,20}根据[^（）]{0,6}实际[^（）]{0,10}(?:填写|填报|增减|删减)[^（）]{0,20}）"
    r"|（(?:填报|填写|编写|撰写)说明[^（）]{0,60}）|（(?:选填|必填|如有请填写?|没有则填无)）"
)
# Each is what a page prints around an article, never what a report says of itself.
_STRONG = (
    r"扫一扫，?(?:[在用]?手机[上端]?)(?:打开|查看|浏览|访问)?(?:当前|本)?(?:页面|网页|页)?|打印(?:本|此|当前)页面?"
    r"|关闭(?:本|此|当前)?(?:窗口|页面)|分享(?:到|至)[：:]?|(?:您|你)?(?:现在|当前|目前)?(?:所在)?的?(?:当前)?位置[：:]"
    r"|(?:浏览|点击|阅读|访问)(?:次数|量|数)[：:]?[0-9]{0,9}|字[体号][：:]?[【\[（]?(?:特大|超大|大|小|默认)"
    r"|[上下]一[篇条][：:]|(?:返回|回到)顶部|加入收藏|收藏本[页文]|责任编辑[：:]|版权所有|网站标识码|ICP备|QQ空间"
    r"|微信扫一扫"
)
# One of these stands in every instruction, placeholder and gap.
_OF_INSTRUCTIONS = (
    "文字描述",
    "此处",
    "部分以",
    "填写",
    "实际",
    "说明",
    "例）",
    "板）",
    "填）",
    "输入",
)
_OPEN = "X x × _ * 【】 《》 （） 〕号 某某 月日 待补 待填 （待 （请 【待 【请 [待 [请"
_OF_PLACEHOLDERS = tuple(_OPEN.split())
_OF_GAPS = ("%", "共", "计", "费元")
_PAGE = re.compile(_STRONG)
_WHOLE_LINE = re.compile(
    rf"(?:[【\[（]?(?:{_STRONG}|打印|关闭|分享|收藏|返回|我要纠错|纠错|附件下载|相关链接|相关附件|无障碍(?:阅读)?|字[体号][：:]?"
    r"|新浪微博|微信|微博|[上下]一[篇条])[】\]）]?[|、，]?)+"
)
_SENTENCE_END = "。"
_SIGN = re.compile(r"[，。；：、,;:！？]")
_SHOWN = 6

_X = r"(?:[Xx]{2,}|×{2,})"
_PLACEHOLDER = re.compile(
    rf"(?<![A-Za-z.@/_])(?<![0-9]{{3}}){_X}(?![A-Za-z.@/_])"
    r"|(?<![A-Za-z0-9.+）×])[×Xx](?=[年月日件条份宗篇次](?![形码光]))"
    r"|(?<![A-Za-z0-9@./_])_{2,}(?![A-Za-z0-9@./_])|(?<![0-9*])\*{2,}(?=[年月日件条份宗局县市区])"
    r"|【】|《》|（）(?=[年月日件条份宗项次])|〔(?:20[0-9]{2})?〕号"
    r"|[（【\[](?:待|请)(?:补充|填写?|定|补|更新|确认|核实)[）】\]]|(?<![有仍亟尚还])待(?:补充|填写)(?=[。，；）]|$)"
    r"|某某(?:局|委|县|市|区|镇|乡|街道|单位|部门)|(?<![^。；，：])(?:20[0-9]{0,2})?年月日(?![^。，；])"
)
# 申请人×××, 王××诉: a person whose name is kept back; “XX码”: a name that has such letters.
_PERSON = re.compile(
    r"(?:申请人|原告|被告|当事人|第三人|举报人|投诉人|村民|居民|市民|网民|业主)[\u3400-\u9fff]?$"
    r"|[王李张刘陈杨黄赵吴周徐孙马朱胡郭林罗梁宋郑谢韩唐冯董曹袁邓许]$"
)
_SHORT_NAME = 8

_UNIT = r"[件条份宗篇次个场期]"
_TOTAL = r"(?:总共|共计|合计|总计|累计|共)"
_DONE = (
    r"(?:主动)?(?:公开|发布|收到|受理|办理|答复|办结|制发|解读|回复|新增|更新|推送|召开|举办|开展)"
    "了?"
)
_OBJECT = r"(?:各类)?(?:政府|政务)?(?:信息公开申请|公开申请|申请|信息|文件|稿件)?"
_MISSING = re.compile(
    rf"{_TOTAL}{_DONE}{_OBJECT}{_UNIT}(?=[，。；）])|(?<=[\u3400-\u9fff])(?<![零〇一二三四五六七八九十百几两])%"
    r"|处理费(?:共计|合计|共|计)?元"
)


@rule(
    id="TXT031",
    severity=Severity.WARNING,
    basis=Basis("年度报告惯例", "格式和模板里的填写提示不属于报告的内容"),
    message="模板的填写提示“{words}”留在了文中",
)
def left_over_instruction(context: Context) -> Iterator[Result]:
    """模板的填写提示没有删掉。

    格式和各地下发的模板里，有“（文字描述）”“该部分以表格形式报告”“收取信息处理费情况在此处报告”一类
    的话，是写给填报人看的，定稿时应当删去。

    一个部分只有提示、没有内容的，由 DOC001 提示，这里不再重复。正文里说到“表格”“填写”的普通句子不
    算。

    没有建议值：程序不删改文字。
    """
    yield from _instructions(prose_of(context))


@kept
def _instructions(prose: Prose) -> Iterator[Result]:
    by_section = Counter(one.section for one in prose.passages)
    looked = [
        one
        for one in prose.passages
        if by_section[one.section] > 1 or not INSTRUCTION.fullmatch(one.text)
    ]
    yield from _each(looked, _INSTRUCTION, _OF_INSTRUCTIONS)


def _each(
    sentences: Sequence[Sentence],
    pattern: re.Pattern[str],
    words: tuple[str, ...],
    *,
    gaps: bool = False,
) -> Iterator[Result]:
    """Return a finding for each place that a pattern fits, or that all sentences passed.

    Only sentences with one of some words are looked at.  For `gaps` the message
    shows what stands around the place.
    """
    holding = (one for one in sentences if any(word in one.text for word in words))
    found = [(one, at) for one in holding for at in pattern.finditer(one.text)]
    for sentence, at in found:
        yield sentence.found(at, {"words": _phrase(sentence.text, at) if gaps else at[0]})
    if not found:
        yield Passed() if sentences else NO_TEXT


def _phrase(text: str, at: re.Match[str]) -> str:
    """Return a place with a few characters around it, up to the next sign."""
    before = _SIGN.split(text[max(0, at.start() - _SHOWN) : at.start()])[-1]
    after = _SIGN.split(text[at.end() : at.end() + _SHOWN])[0]
    return before + at[0] + after


@rule(
    id="TXT032",
    severity=Severity.NOTE,
    basis=Basis("年度报告惯例", "网页上正文以外的文字不属于报告的内容"),
    message="{where}夹有网页上的文字：{words}",
)
def web_residue(context: Context) -> Iterator[Result]:
    """报告首尾夹有网页上的文字。

    从网页复制的报告，首尾常带着“扫一扫在手机上查看当前页面”“打印本页”“关闭窗口”“上一篇”“浏览次数”之
    类的文字。它们不属于报告，另存、上报前应当删去。

    只看“一、”之前和全文最后，每处提示一次；正文里介绍网站功能的话不算，发布日期和来源也不算。

    没有建议值：程序不删改文字。
    """
    yield from _web(prose_of(context))


@kept
def _web(prose: Prose) -> Iterator[Result]:
    if not prose.sentences:
        yield NO_TEXT
        return
    found = False
    last = max((one.section for one in prose.sentences), default=0)
    for where, stretches in (
        ("报告开头", list(_at_start(prose))),
        ("报告末尾", list(_at_end(prose.section(last)))),
    ):
        if stretches:
            found = True
            words = "、".join(dict.fromkeys(f"“{s.text[a:b]}”" for s, (a, b) in stretches))
            sentence, at = stretches[0]
            yield sentence.found(at, {"where": where, "words": words})
    if not found:
        yield Passed()


_Stretch = tuple[Sentence, tuple[int, int]]


def _at_start(prose: Prose) -> Iterator[_Stretch]:
    for sentence in prose.opening:
        yield from _residue(sentence)


def _residue(sentence: Sentence) -> Iterator[_Stretch]:
    if _WHOLE_LINE.fullmatch(sentence.text):
        yield sentence, (0, len(sentence.text))
    else:
        yield from ((sentence, at.span()) for at in _PAGE.finditer(sentence.text))


def _at_end(sentences: tuple[Sentence, ...]) -> Iterator[_Stretch]:
    """Return what stands after the last full stop of the last section."""
    tail: list[Sentence] = []
    for sentence in reversed(sentences):
        if sentence.text.endswith(_SENTENCE_END):
            break
        tail.append(sentence)
    for sentence in reversed(tail):
        yield from _residue(sentence)


@rule(
    id="TXT033",
    severity=Severity.WARNING,
    basis=Basis("年度报告惯例", "定稿不留待填的空位"),
    message="“{words}”像是没有填上的空位",
)
def placeholder(context: Context) -> Iterator[Result]:
    """文中留有没有填上的空位。

    套用模板起草时，常用“XX局”“××条”“20XX年”“____件”“【】”“（待补充）”占位，定稿时漏填一处就在这里提
    示。

    “X光”“Ｘ射线”一类的名称、网址和邮箱里的字母、隐去的人名（“申请人王××”）、引号里的短名称都不算。

    没有建议值：该填什么，程序无从知道。
    """
    yield from _placeholders(prose_of(context))


@kept
def _placeholders(prose: Prose) -> Iterator[Result]:
    found = [
        (sentence, at)
        for sentence in prose.holding(*_OF_PLACEHOLDERS)
        for at in _open_places(sentence.text)
    ]
    for sentence, at in found:
        yield sentence.found(at, {"words": _phrase(sentence.text, at)})
    if not found:
        yield Passed() if prose.sentences else NO_TEXT


def _open_places(text: str) -> list[re.Match[str]]:
    """Return what was not filled in; where a person's name is kept back, others may be too."""
    found = [at for at in _PLACEHOLDER.finditer(text) if not _is_quoted(text, at)]
    hides = any(_PERSON.search(text[max(0, at.start() - _SHORT_NAME) : at.start()]) for at in found)
    return [at for at in found if not (hides and at[0][0] in "Xx×")]


def _is_quoted(text: str, at: re.Match[str]) -> bool:
    """Whether letters belong to a short name in quotation marks."""
    before, after = text[max(0, at.start() - _SHORT_NAME) : at.start()], text[at.end() :]
    return before.rfind("“") > before.rfind("”") and "”" in after[:_SHORT_NAME]


@rule(
    id="TXT034",
    severity=Severity.WARNING,
    basis=Basis("年度报告惯例", "定稿不留待填的空位"),
    message="“{words}”里缺少数字",
)
def missing_number(context: Context) -> Iterator[Result]:
    """文中漏写了数字。

    “共主动公开条”“占%”“收取信息处理费元”一类的话，单位前面没有数字，多半是套用模板时漏填。

    “办件”“来信”“稿件”等本身是名称的词、用汉字写的数字不算。

    没有建议值：应当是多少，程序无从知道。
    """
    yield from _missing(prose_of(context))


@kept
def _missing(prose: Prose) -> Iterator[Result]:
    yield from _each(prose.sentences, _MISSING, _OF_GAPS, gaps=True)
