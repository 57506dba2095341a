"""Write docs/rules.md, the catalogue of rules for people who check reports, in Chinese.

    python packaging/rules_doc.py

Everything in it comes from the catalogue itself and from the case files of the
tests: an example is a case that fires, with the sentence that it brings.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.forms.loader import load_form
from core.forms.model import row_key, table_name
from core.printout import SEVERITY_LABELS
from core.rules import wording
from core.rules.basis import sentence
from core.rules.engine import check
from core.rules.model import Finding, Rule
from core.rules.registry import all_rules
from tests.core.rules.case_files import Case, cases_of, changes_of, load_cases
from tests.core.rules.reports import HEADINGS, Changes, context_of

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "rules.md"
FAMILIES = {
    "DOC": "章节",
    "TBL": "表格的行、列和栏目名称",
    "NUM": "填写的数字",
    "SUM": "合计与各项",
    "BAL": "收到与办理",
    "YOY": "与上年年报核对",
    "LAW": "与法律规定有关的数",
    "FEE": "信息处理费",
    "TXT": "文字",
}
OPENING = """# 检查规则

本文由 `packaging/rules_doc.py` 从程序的规则目录生成，请不要手工修改。

每条规则有编号、轻重、依据和说明：

- **强制性错误**：报告自相矛盾，而格式没有留下余地，必须改正；
- **待核实**：需要人来确认、改正或者说明；
- **提示**：形式上的问题，或者只是提请留意。

依据是格式、法律所印的文字，或者只是表中标签的含义、算术关系和比对；后几种不是官方的规定。
“举例”中的机关和数字都是虚构的。
"""
_MOST_SHOWN = 6
_LONGEST_TEXT = 160
# Between Chinese characters the end of a line is no space; beside figures there is one.
_CHINESE_BREAK = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")


def document() -> str:
    """Return the text of docs/rules.md."""
    rules = tuple(all_rules().values())
    return "\n".join([OPENING, *_contents(rules), *_families(rules)]).rstrip() + "\n"


def example(rule: Rule, file: Case) -> tuple[Case, Finding]:
    """Return a case in which a rule fires, and the first thing that it finds there.

    Raises:
        LookupError: The case file has none.
    """
    for _, case in cases_of(file, "fails"):
        if findings := check(context_of(changes_of(case)), [rule]).findings:
            return case, findings[0]
    raise LookupError(f"no case of {rule.id} fires")


def _contents(rules: Sequence[Rule]) -> Iterator[str]:
    yield "| 编号 | 规则 | 轻重 | 适用格式 |"
    yield "|---|---|---|---|"
    for rule in rules:
        link = f"[{rule.id}](#{rule.id.lower()})"
        yield f"| {link} | {rule.title} | {SEVERITY_LABELS[rule.severity]} | {_editions(rule)} |"
    yield ""


def _families(rules: Sequence[Rule]) -> Iterator[str]:
    cases = load_cases()
    ordered = sorted(rules, key=lambda rule: (_order(rule), rule.id))
    for family, members in groupby(ordered, key=lambda rule: rule.id[:3]):
        yield f"## {family}　{FAMILIES.get(family, '其他')}"
        yield ""
        for rule in members:
            yield from _rule(rule, cases[rule.id])


def _order(rule: Rule) -> int:
    families = list(FAMILIES)
    family = rule.id[:3]
    return families.index(family) if family in families else len(families)


def _rule(rule: Rule, file: Case) -> Iterator[str]:
    case, finding = example(rule, file)
    yield f"### {rule.id}"
    yield ""
    yield f"**{rule.title}**（`{rule.name}`）"
    yield ""
    yield f"- 轻重：{SEVERITY_LABELS[rule.severity]}"
    yield f"- 适用格式：{_editions(rule)}"
    yield f"- 依据：{sentence(rule.basis, rule.editions[-1])}"
    yield ""
    yield from _help(rule)
    yield "举例："
    yield ""
    for line in _said(case):
        yield f"- {line}"
    yield ""
    yield f"> {SEVERITY_LABELS[finding.severity]}：{finding.message}"
    yield ""


def _editions(rule: Rule) -> str:
    return "、".join(f"{edition} 年版" for edition in rule.editions)


def _help(rule: Rule) -> Iterator[str]:
    """Return the help page below its title, each paragraph on one line."""
    _, _, page = (inspect.getdoc(rule.check) or "").partition("\n")
    for paragraph in page.strip().split("\n\n"):
        yield _CHINESE_BREAK.sub("", " ".join(paragraph.split()))
        yield ""


def _said(case: Case) -> Iterator[str]:
    """Return in words how the report of a case differs from one without mistakes."""
    changes = changes_of(case)
    if "edition" in case or "year" in case:
        year = changes.report_year
        yield f"{changes.edition} 年版格式的 {year} 年度报告" if year else "报告没有写明年度"
    if "agency" in case:
        yield f"机关是“{changes.agency}”" if changes.agency else "报告没有写明机关"
    yield from _of_tables(case, changes)
    yield from _of_text(case)
    if "last_year" in case:
        before = {**vars(changes), **case["last_year"]}
        said = [*_own(case["last_year"], Changes(**{**before, "last_year": None}))]
        yield f"上年年报：{'；'.join(said) or '与本报告相同'}"


def _own(case: Case, changes: Changes) -> Iterator[str]:
    yield from _said({key: value for key, value in case.items() if key != "edition"})


def _of_tables(case: Case, changes: Changes) -> Iterator[str]:
    if "filled" in case:
        rest = f"填“{changes.filled}”" if changes.filled else "空白"
        yield f"各格{rest}，下列除外" if case.get("slots") else f"各格{rest}"
    if slots := case.get("slots"):
        yield _listed(f"“{_label(slot, changes)}”{_filled(text)}" for slot, text in slots.items())
    for slot, readings in case.get("readings", {}).items():
        yield f"“{_label(slot, changes)}”有多种读法：{'、'.join(readings)}"
    for key in ("without_tables", "repeated", "tables_of_2019"):
        words = {"without_tables": "没有", "repeated": "有两张", "tables_of_2019": "旧格式的"}
        yield from (f"{words[key]}{wording.TABLE_LABELS[name]}" for name in case.get(key, ()))
    for row in case.get("without_rows", ()):
        table = load_form(changes.edition).tables[table_name(row)]
        yield f"没有“{wording.row_label(table, row_key(row))}”一行"
    for slot in case.get("without_cells", ()):
        yield f"没有“{_label(slot, changes)}”一格"
    for expected, found in case.get("labels", {}).items():
        yield f"“{expected}”印成“{found}”"
    for name, texts in case.get("extra_rows", {}).items():
        yield f"{wording.TABLE_LABELS[name]}多出一行：{' | '.join(texts)}"
    for rows in case.get("others", ()):
        yield "另有一张表：" + "；".join(" | ".join(row) for row in rows)


def _of_text(case: Case) -> Iterator[str]:
    if "sections" in case:
        shown = "、".join(HEADINGS[number - 1].split("、")[0] for number in case["sections"])
        yield f"各部分的标题依次是：{shown}" if shown else "没有各部分的标题"
    for number, texts in case.get("prose", {}).items():
        place = "开头" if number == "0" else f"第 {number} 部分"
        yield f"{place}写的是：{_shortened(''.join(text.strip() for text in texts))}"


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_TEXT:
        return text or "（空白）"
    return f"{text[:_LONGEST_TEXT]}……（共 {len(text)} 字）"


def _label(slot: str, changes: Changes) -> str:
    """Return what a cell is called in the edition of a case, or in the one that has it."""
    name = table_name(slot)
    for edition in (changes.edition, "2019", "2021"):
        table = load_form(edition).tables[name]
        if slot in table.slots:
            return wording.cell_label(table, slot)
    raise LookupError(f"no form has {slot}")


def _filled(text: str) -> str:
    return f"填“{text}”" if text else "空白"


def _listed(texts: Iterator[str]) -> str:
    shown = list(texts)
    rest = f"等 {len(shown)} 格" if len(shown) > _MOST_SHOWN else ""
    return "，".join(shown[:_MOST_SHOWN]) + rest


def main() -> None:
    """Write the document anew."""
    TARGET.write_text(document(), encoding="utf-8", newline="\n")
    print(f"{TARGET.relative_to(ROOT)}: {len(all_rules())} rules")


if __name__ == "__main__":
    main()
