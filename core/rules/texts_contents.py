"""TXT: what the three text sections must speak of."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

import re
from collections.abc import Iterator

from core.rules.context import Context
from core.rules.model import Basis, NotApplicable, Passed, Result
from core.rules.registry import rule
from core.rules.severity import Severity
from core.rules.texts import INSTRUCTION, Prose, Sentence, kept, prose_of

_OVERVIEW, _PROBLEMS, _OTHERS = 1, 5, 6
_EMPTY = NotApplicable("这一部分没有内容，由 DOC001 提示")
_MISSING = NotApplicable("没有找到这一部分")

# 处理费 in all ways of saying it; 收取 and an amount of money say it without the word.
_FEE = re.compile(
    r"处理费|处理收入|信息(?:公开)?收?费|收[过了]?费|收取|征收|收到?费用|费用|缴费|缴纳|免费|减免|(?:检索|复制|邮寄)费"
)
_ABOUT_INFORMATION_FEE = re.compile(r"处理费")

_ASPECTS = {
    "主动公开": re.compile(r"主动(?:[^，。；]{0,8})?公开|公开(?:[^，。；]{0,8})?信息|发布"),
    "依申请公开": re.compile(r"申请"),
    "政府信息管理": re.compile(
        r"信息[^，。；]{0,6}管理|管理[^，。；]{0,8}信息|规范性文件|审[查核校]|目录|保密|属性|归档|三审|台账"
    ),
    "政府信息公开平台建设": re.compile(
        r"平台|网站|新媒体|公众号|公报|专栏|专区|栏目|微博|微信|公示栏|公开栏"
    ),
    "监督保障": re.compile(
        r"监督|保障|考核|评议|培训|责任|督[查导促]|检查|自查|领导小组|组织领导|整改"
    ),
}
_PROBLEM = re.compile(
    r"问题|不足|不够|不高|不强|不多|不及时|不到位|不完善|不平衡|不规范|不深|不全|不畅|有待|薄弱|欠缺|差距|短板|滞后|单一"
    r"|仍需|还需|尚需|缺乏|困难|偏[低少弱]|较[弱差少低]|有所欠|不利"
)
_IMPROVEMENT = re.compile(
    r"改进|整改|措施|下一步|下一年|今后|加强|提高|提升|完善|优化|强化|加大|健全|推进|深化|拓[宽展]|创新|落实|增强|规范|将"
)

_LONGEST_OVERVIEW = 1000
# 约一千字: one that is a few words longer is not worth a line.
_TOLERATED = 1100


@rule(
    id="TXT021",
    severity=Severity.WARNING,
    basis=Basis("年度报告格式", "“六、其他需要报告的事项”的提示"),
    message="第六部分没有报告收取信息处理费的情况{instead}",
    editions=("2021",),
)
def fee_not_reported(context: Context) -> Iterator[Result]:
    """第六部分没有说信息处理费。

    2021 年的格式在“六、其他需要报告的事项”里印着：收取信息处理费情况在此处报告。没有收取的，也要写
    明“本年度未收取信息处理费”；只写一个“无”，看不出说的是信息处理费。

    说法不限：未收取、没有产生收费、无收费情况、免费提供、依申请公开信息收取 0 元，都算报告了。写在
    别的部分而第六部分没有写的，也请移到这里。第六部分空白的由 DOC001 提示。

    没有建议值：是否收取过，程序无从知道。
    """
    yield from _fee(prose_of(context))


@kept
def _fee(prose: Prose) -> Iterator[Result]:
    sentences = prose.section(_OTHERS)
    text = _text(sentences)
    if not any(number == _OTHERS for number, _ in prose.headings):
        yield _MISSING
    elif not text:
        yield _EMPTY
    elif _FEE.search(text):
        yield Passed()
    else:
        elsewhere = any(_ABOUT_INFORMATION_FEE.search(one.text) for one in prose.sentences)
        values = {"instead": "，写在了别的部分" if elsewhere else ""}
        first = sentences[0]
        yield first.found((0, len(first.text)), values, Severity.NOTE if elsewhere else None)


@rule(
    id="TXT022",
    severity=Severity.NOTE,
    basis=Basis("年度报告格式", "总体情况的内容"),
    message="第一部分没有说到{aspects}",
    editions=("2021",),
)
def missing_aspect(context: Context) -> Iterator[Result]:
    """第一部分没有说全五个方面。

    总体情况是综述，主要包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方
    面。按意思查找，不要求用同样的小标题：说到网站、公众号就算平台建设，说到审核、规范性文件就算信息
    管理，说到培训、考核就算监督保障。

    只有一个方面完全没有提到时才提示。

    没有建议值：该写什么由填报人决定。
    """
    yield from _aspects(prose_of(context))


@kept
def _aspects(prose: Prose) -> Iterator[Result]:
    sentences = prose.section(_OVERVIEW)
    if not (text := _text(sentences)):
        yield _EMPTY
        return
    missing = [name for name, words in _ASPECTS.items() if not words.search(text)]
    if missing:
        first = sentences[0]
        yield first.found((0, len(first.text)), {"aspects": "、".join(f"“{m}”" for m in missing)})
    else:
        yield Passed()


@rule(
    id="TXT023",
    severity=Severity.WARNING,
    basis=Basis("年度报告格式", "所印的六个部分"),
    message="第五部分没有写{missing}",
)
def no_problem_or_improvement(context: Context) -> Iterator[Result]:
    """第五部分没有写问题，或者没有写改进情况。

    第五部分的标题是“存在的主要问题及改进情况”，两方面都应写到。两方面都没有的请核实，只缺一方面的作
    提示。

    按意思查找：说“不够”“有待”“薄弱”就算写了问题，说“加强”“完善”“下一步”就算写了改进。空白的由
    DOC001提示。

    没有建议值：该写什么由填报人决定。
    """
    yield from _problems(prose_of(context))


@kept
def _problems(prose: Prose) -> Iterator[Result]:
    sentences = prose.section(_PROBLEMS)
    if not (text := _text(sentences)):
        yield _EMPTY
        return
    missing = [
        name
        for name, words in (("问题", _PROBLEM), ("改进情况", _IMPROVEMENT))
        if not words.search(text)
    ]
    if missing:
        first = sentences[0]
        lowered = Severity.NOTE if len(missing) == 1 else None
        yield first.found((0, len(first.text)), {"missing": "和".join(missing)}, lowered)
    else:
        yield Passed()


@rule(
    id="TXT024",
    severity=Severity.NOTE,
    basis=Basis("年度报告惯例", "一些地方要求总体情况原则上不超过一千字"),
    message="第一部分约 {length} 字；一些地方要求原则上不超过 {limit} 字，请看本地是否有此要求",
    editions=("2021",),
)
def long_overview(context: Context) -> Iterator[Result]:
    """第一部分超过一千字。

    一些地方的通知要求总体情况写得简明，原则上不超过一千字。这不是全国统一的规定，所以只作提示；本地
    没有此要求的，可以不理会或者关闭这一条。

    字数不计空白，超过一千一百字才提示。

    没有建议值：怎样精简由填报人决定。
    """
    yield from _length(prose_of(context))


@kept
def _length(prose: Prose) -> Iterator[Result]:
    sentences = prose.section(_OVERVIEW)
    length = len(_text(sentences))
    if not length:
        yield _EMPTY
    elif length > _TOLERATED:
        first = sentences[0]
        values = {"length": str(length), "limit": str(_LONGEST_OVERVIEW)}
        yield first.found((0, len(first.text)), values)
    else:
        yield Passed()


def _text(sentences: tuple[Sentence, ...]) -> str:
    """Return a section's text, without what the blank form prints there."""
    return INSTRUCTION.sub("", "".join(sentence.text for sentence in sentences))
