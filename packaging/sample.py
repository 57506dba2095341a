"""Build resources/samples/示例年报.docx, the report that the program shows without a file.

The agency, the city and every number are invented.  The report has mistakes
of different kinds on purpose; `MISTAKES` says which.  The bytes depend on
nothing but this file and the report writer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.document import Cell, Document, Paragraph, Section, Table
from core.forms.loader import load_form
from core.forms.match import match
from core.forms.model import FormTable
from core.resources import SAMPLE
from core.writers.report import new_report

AGENCY = "望川市林业局"
YEAR = 2024
TITLE = f"{AGENCY}{YEAR}年政府信息公开工作年度报告"

# 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计, as the agency meant them.
APPLICATIONS = {
    "received": "46 12 1 0 5 2 66",
    "carried_in": "3 1 0 0 0 0 4",
    "disclosed": "18 4 0 0 1 1 24",
    "partly_disclosed": "7 2 1 0 1 0 11",
    "refused_state_secret": "0 0 0 0 0 0 0",
    "refused_other_law": "1 0 0 0 0 0 1",
    "refused_safety_stability": "0 0 0 0 0 0 0",
    "refused_third_party": "2 1 0 0 0 0 3",
    "refused_internal_affairs": "3 0 0 0 0 0 3",
    "refused_process": "1 1 0 0 0 0 2",
    "refused_enforcement_file": "2 0 0 0 1 0 3",
    "refused_inquiry": "1 0 0 0 0 0 1",
    "unavailable_not_held": "6 2 0 0 1 1 10",
    "unavailable_not_existing": "2 0 0 0 0 0 2",
    "unavailable_unclear": "1 0 0 0 0 0 1",
    "rejected_petition": "2 0 0 0 1 0 3",
    "rejected_repeat": "1 0 0 0 0 0 1",
    "rejected_publication": "0 0 0 0 0 0 0",
    "rejected_excessive": "0 0 0 0 0 0 0",
    "rejected_confirmation": "0 1 0 0 0 0 1",
    "other_not_corrected": "1 0 0 0 0 0 1",
    "other_fee_unpaid": "0 0 0 0 0 0 0",
    "other_reason": "0 0 0 0 0 0 0",
    "handled": "48 11 1 0 5 2 67",
    "carried_out": "1 2 0 0 0 0 3",
}
COLUMNS = (
    "natural_person",
    "business",
    "research",
    "public_welfare",
    "legal_service",
    "other_organization",
    "total",
)
DISCLOSURE = {
    "disclosure.regulations.issued": "0",
    "disclosure.regulations.repealed": "0",
    "disclosure.regulations.in_force": "0",
    "disclosure.normative_documents.issued": "3",
    "disclosure.normative_documents.repealed": "1",
    "disclosure.normative_documents.in_force": "14",
    "disclosure.permits.decisions": "218",
    "disclosure.penalties.decisions": "37",
    "disclosure.compulsions.decisions": "0",
    "disclosure.fees.amount": "12.6",
}
# 结果维持 结果纠正 其他结果 尚未审结 总计
CASES = {
    "reconsideration": "2 1 0 1 4",
    "direct_lawsuit": "0 0 0 0 0",
    "later_lawsuit": "1 0 0 1 2",
}
RESULTS = ("upheld", "corrected", "other", "pending", "total")

# What a hurried clerk made of it.  Only the first one touches the numbers of the
# applications table, so that its sums alone show which cell is wrong.
MISTAKES = {
    "applications.unavailable_not_held.natural_person": "9",  # breaks one row and one column
    "cases.reconsideration.total": "3",  # the block adds up to 4
    "cases.later_lawsuit.total": "",  # a total left blank over filled parts
    "disclosure.normative_documents.in_force": "1",  # a lost digit: fewer in force than issued
    "disclosure.penalties.decisions": "见市局网站",  # no number
    "disclosure.compulsions.decisions": "",  # a blank input
}
MISPRINTED_LABELS = {"4.保护第三方合法权益": "4.保护第三方合法权宜"}

OPENING = (
    "根据《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）和《国务院办公厅政府信息与"
    "政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）"
    f"要求，现公布{AGENCY}{YEAR}年政府信息公开工作年度报告。",
    "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、"
    "存在的主要问题及改进情况、其他需要报告的事项六个部分组成，所列数据的统计期限自2024年1月1日起至12月31日止。",
)
SITUATION = (
    "2024年，我局围绕国土绿化、森林防火和林权服务等重点工作，把公开贯穿决策、执行、管理、服务和结果各环节，"
    "群众查得到、看得懂、用得上的林业信息进一步增多。",
    "（一）主动公开。全年通过局门户网站公开信息462条，通过政务新媒体发布信息318条；制发行政规范性文件3件，"
    "废止1件，截至年底现行有效14件，配套发布政策解读5篇；作出行政许可决定218件、行政处罚决定37件，"
    "均按规定期限公示。",
    "（二）依申请公开。全年新收政府信息公开申请66件，上年结转4件；本年度办结67件，其中予以公开24件、"
    "部分公开11件、不予公开13件、无法提供13件、不予处理5件、其他处理1件；结转下年度继续办理3件。"
    "申请内容主要涉及林地征占用审批、采伐许可和公益林补偿。",
    "（三）政府信息管理。修订公开指南和主动公开基本目录，对2019年以来的存量信息逐条核对，更正失效链接26处，"
    "调整公开属性9件；执行先审查、后公开，全年没有发生泄密问题。",
    "（四）政府信息公开平台建设。把门户网站的林业专栏由11个归并为6个，增设“林权一件事”办事入口；"
    "在3个基层林业站设置信息查阅点，全年接待查阅154人次。",
    "（五）监督保障。局办公室牵头，配备专职人员1名、兼职人员7名；全年组织业务培训2次，按季度通报公开情况；"
    "公开工作纳入科室年度考核，全年没有发生需要追究责任的情形。",
)
PROBLEMS = (
    "2024年我局政府信息公开工作还有一些不足：一是政策解读以文字为主，林农反映部分内容专业性强；"
    "二是少数科室对答复时限把握不严，答复说理不够充分；三是报送统计数据时各科室口径不够统一。",
    "针对上述问题，2025年将从三个方面改进：一是推行图解、短视频和现场宣讲相结合的解读方式，重点文件解读不少于两种形式；"
    "二是建立申请办理台账和到期前五日提醒，答复书由法规科统一审核；三是制定统计口径说明，数据由业务科室、办公室两级核对。",
)
OTHER_MATTERS = (
    "（一）收取信息处理费情况。2024年，我局依法收取信息处理费0元。",
    "（二）其他事项。本年度承办人大代表建议4件、政协委员提案6件，答复意见均已在局门户网站公开。",
)


def sample_document() -> Document:
    """Return the sample as a document: six sections, three statutory tables."""
    form = load_form("2021")
    prose = {0: (TITLE, *OPENING), 1: SITUATION, 5: PROBLEMS, 6: OTHER_MATTERS}
    texts = {**intended_values(), **MISTAKES}
    sections = [Section(0, "", _paragraphs(prose[0]))]
    for section in form.sections:
        if section.table:
            number = len(sections) - 1
            blocks = (_table(form.tables[section.table], f"t{number}", texts),)
            sections.append(Section(section.number, section.heading, blocks, section.kind))
        else:
            blocks = _paragraphs(prose[section.number])
            sections.append(Section(section.number, section.heading, blocks, section.kind))
    return Document("docx", tuple(sections), TITLE, AGENCY, YEAR)


def intended_values() -> Mapping[str, str]:
    """Return the text of every slot before the mistakes."""
    return {**DISCLOSURE, **dict(_applications()), **dict(_cases())}


def _applications() -> Iterator[tuple[str, str]]:
    for row, numbers in APPLICATIONS.items():
        for column, number in zip(COLUMNS, numbers.split(), strict=True):
            yield f"applications.{row}.{column}", number


def _cases() -> Iterator[tuple[str, str]]:
    for block, numbers in CASES.items():
        for result, number in zip(RESULTS, numbers.split(), strict=True):
            yield f"cases.{block}.{result}", number


def _paragraphs(texts: tuple[str, ...]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts)


def _table(form_table: FormTable, table_id: str, texts: Mapping[str, str]) -> Table:
    cells = tuple(
        Cell(
            cell.row,
            cell.column,
            texts[cell.slot] if cell.slot else MISPRINTED_LABELS.get(cell.text, cell.text),
            cell.row_span,
            cell.column_span,
        )
        for cell in form_table.cells
    )
    return Table(table_id, form_table.rows, form_table.columns, cells)


def build() -> bytes:
    """Return the sample as a Word file."""
    document = sample_document()
    return new_report(document, match(document))


if __name__ == "__main__":
    SAMPLE.parent.mkdir(parents=True, exist_ok=True)
    SAMPLE.write_bytes(build())
    print(SAMPLE)
