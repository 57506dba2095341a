"""The letter to each agency: what is open, in plain words, under a name that every disk takes."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.batch_output import write_feedback, write_releases
from core.batch_row import Listed, Row, kept_findings
from core.errors import Cancelled, SaveError
from core.feedback import feedbacks
from core.readers import open_document
from core.storage import replace_file

DAY = datetime.date(2025, 1, 27)
WRONG = Listed("error", "SUM002", "三、 表格 第4行", "合计 40 ≠ 总计 41", "改为 40", "表三勾稽关系")
DOUBT = Listed("warning", "YOY001", "三、 表格 第5行", "与上年结转不一致", "", "结转关系")
SAID = Listed(
    "error", "SUM001", "三、 表格", "已经说明的", "", "表三", "系统统计口径不同（张某某）"
)


def row(agency: str, *listed: Listed, file: str = "", **values) -> Row:
    file = file or f"报送/{agency}.docx"
    explained = sum(bool(each.explanation) for each in listed)
    kept = kept_findings(listed)
    title = f"{agency}2024年政府信息公开工作年度报告"
    known = {"title": title, "explained": explained, "digest": file, **values}
    return Row(file, agency=agency, kept_findings=kept, **known)


def text_of(letter) -> str:
    return "\n".join(letter.review.texts)


def test_a_letter_says_what_is_open_and_what_is_asked():
    (letter,) = feedbacks([row("云溪市水务局", WRONG, DOUBT, SAID, unchecked=2)], DAY, "云溪市府办")
    text = text_of(letter)
    assert letter.name == "云溪市水务局反馈单.docx"
    assert "云溪市水务局：" in text
    assert "强制性错误 1 处、待核实 1 处" in text
    assert "合计 40 ≠ 总计 41（依据：表三勾稽关系）" in text
    assert "第4行" in text
    assert "改为 40" in text
    assert "另有 1 处已经有说明" in text
    assert "已经说明的" not in text
    assert "2 项内容" in text
    assert text.endswith("云溪市府办\n2025年1月27日")
    assert text.index("一、强制性错误") < text.index("二、待核实")


def test_who_has_nothing_open_gets_no_letter_unless_asked_for():
    rows = [row("云溪市水务局", SAID), row("云溪市民政局")]
    assert feedbacks(rows, DAY) == []
    letters = feedbacks(rows, DAY, without_findings=True)
    assert all("没有需要改正或者说明的地方" in text_of(letter) for letter in letters)


def test_a_file_that_could_not_be_read_is_told():
    (letter,) = feedbacks([Row("报送/坏 文件.docx", error="文档已加密。")], DAY)
    assert "“坏 文件.docx”没有能够读取：文档已加密。" in text_of(letter)
    assert letter.name == "坏 文件.docx反馈单.docx"


def test_several_reports_of_an_agency_stand_in_one_letter():
    rows = [row("云溪市水务局", WRONG), row("云溪市 水务局", DOUBT, file="b.docx")]
    (letter,) = feedbacks(rows, DAY)
    text = text_of(letter)
    assert text.index("第1份报告") < text.index("SUM" if "SUM" in text else "合计 40")
    assert "第2份报告" in text


@pytest.mark.parametrize(
    ("agency", "name"),
    [
        ('云溪市/水务<局>:"|?*', "云溪市水务局反馈单.docx"),
        ("..", "未写明机关反馈单.docx"),
        ("con", "_con反馈单.docx"),
        ("云溪市\u202e水务局", "云溪市水务局反馈单.docx"),
        ("长" * 200, f"{'长' * 60}反馈单.docx"),
    ],
)
def test_names_that_every_system_takes(agency, name):
    (letter,) = feedbacks([row(agency, WRONG, file="a.docx")], DAY)
    assert letter.name == name


def test_no_two_letters_have_one_name():
    rows = [row("ABC局", WRONG), row("abc局", WRONG), row("a/bc局", WRONG)]
    names = [letter.name for letter in feedbacks(rows, DAY)]
    assert names == ["ABC局反馈单.docx", "abc局反馈单(2).docx", "abc局反馈单(3).docx"]


def test_letters_are_written_and_read_back(tmp_path):
    rows = [row("云溪市水务局", WRONG), row("云溪市民政局", DOUBT)]
    replace_file(tmp_path / "云溪市水务局反馈单.docx", b"somebody else's")
    steps = []
    written = write_feedback(tmp_path, rows, DAY, progress=lambda *step: steps.append(step))
    assert [path.name for path in written] == [
        "云溪市水务局反馈单(2).docx",
        "云溪市民政局反馈单.docx",
    ]
    assert (tmp_path / "云溪市水务局反馈单.docx").read_bytes() == b"somebody else's"
    assert steps == [(0, 2), (1, 2), (2, 2)]
    found = open_document(written[0])
    assert "合计 40" in "".join(cell.text for t in found.tables.values() for cell in t.cells)


def test_writing_letters_can_be_stopped(tmp_path):
    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_feedback(tmp_path, [row("甲局", WRONG), row("乙局", WRONG)], DAY, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["甲局反馈单.docx"]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path):
    (tmp_path / "反馈单").write_bytes(b"x")
    with pytest.raises(SaveError, match="不是文件夹"):
        write_feedback(tmp_path / "反馈单", [row("甲局", WRONG)], DAY)


def test_the_list_of_releases(tmp_path):
    rows = [
        row("云溪市水务局", released="2025-01-20", released_by="网页信息", signed="2025-01-18"),
        row("云溪市民政局"),
        Row("坏.docx", error="文档已加密。"),
    ]
    write_releases(tmp_path / "公开情况.xlsx", rows, ["云溪市体育局"])
    sheet = load_workbook(tmp_path / "公开情况.xlsx")["公开情况"]
    lines = [line[1:] for line in sheet.iter_rows(min_row=2, values_only=True)]
    by_agency = {line[0]: line for line in lines}
    assert by_agency["云溪市水务局"][3:6] == ("2025-01-20", "网页信息", "2025-01-18")
    assert by_agency["云溪市民政局"][3:6] == (None, None, None)
    assert by_agency["云溪市体育局"][-1] == "没有找到年度报告"
    assert "已加密" in by_agency[None][-1]
    with pytest.raises(SaveError):
        write_releases(tmp_path / "公开情况.xlsx", rows)
