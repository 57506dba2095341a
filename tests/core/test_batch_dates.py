"""When a report was published: only where it says so itself."""

from __future__ import annotations

import pytest

from core.batch_dates import BY_PAGE, BY_TEXT, release_of, signed_on
from core.document import Document, Paragraph, Section


def document(*opening: str, last: tuple[str, ...] = (), kind: str = "html") -> Document:
    first = Section(0, "", tuple(map(Paragraph, opening)))
    return Document(kind, (first, Section(6, "六、其他", tuple(map(Paragraph, last)))))


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ('<meta name="PubDate" content="2025-01-20 10:30">', "2025-01-20"),
        ("<META content='2025/1/9' NAME='pubdate'/>", "2025-01-09"),
        ('<meta name="PubDate" content="2025-02-30">', ""),
        ('<meta name="PubDate" content="">', ""),
        ('<meta name="ColumnName" content="2025-01-20">', ""),
    ],
)
def test_the_page_says_it(tag, day):
    data = f"<html><head>{tag}</head></html>".encode()
    assert release_of(data, document()) == (day, BY_PAGE if day else "")
    assert release_of(data, document(kind="docx")) == ("", "")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("发布时间：2025-01-20 09:00 来源：办公室", "2025-01-20"),
        ("信息来源：办公室　发布日期: 2025年1月9日", "2025-01-09"),
        ("公开日期２０２５－０１－３１", "2025-01-31"),
        ("成文日期：2025年1月9日", ""),
        ("本报告数据统计期限为2024年1月1日至12月31日", ""),
        ("发布日期：2025年13月9日", ""),
    ],
)
def test_the_text_says_it(line, day):
    assert release_of(b"", document("标题", line)) == (day, BY_TEXT if day else "")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2025年1月20日", "2025-01-20"),
        ("（2025年 1 月 20 日）", "2025-01-20"),
        ("二〇二五年一月二十日", "2025-01-20"),
        ("二○二五年十二月三十一日", "2025-12-31"),
        ("2025年1月20日起施行", ""),
        ("二〇二五年二月三十日", ""),
    ],
)
def test_the_day_under_the_text_is_that_of_signing(line, day):
    assert signed_on(document(last=("没有。", "云溪市水务局", line))) == day
    assert release_of(b"", document(last=(line,))) == ("", "")


def test_an_empty_document_says_nothing():
    assert signed_on(Document("text", ())) == ""
    assert release_of(b"", Document("text", ())) == ("", "")
