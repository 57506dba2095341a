"""Any text is read; spans lie within it; every statement can be compared."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.document import Document, Paragraph, Section
from core.forms.loader import load_forms
from core.prose import compare, find_statements, statements_in
from core.prose.tokens import tokens_of, vocabulary

SLOTS = {edition: set(form.slots) for edition, form in load_forms().items()}
PUNCTUATION = list("，。；：、（）()%％“”《》\n\t 　.0123456789０９①²½〇○两廿万亿")
WORDS = st.sampled_from([*vocabulary(), *PUNCTUATION, "2023年", "12件", "三十五件", "2.5万宗"])
SENTENCES = st.lists(WORDS, max_size=40).map("".join)
YEARS = st.sampled_from([None, 2019, 2021, 2023])
TEXTS = st.one_of(st.text(max_size=200), SENTENCES)


def stands_in(statement, text):
    span = statement.span
    return 0 <= span.start < span.end <= len(text)


@given(TEXTS, YEARS)
def test_any_text_is_read(text, year):
    for statement in statements_in(text, year, section=3, paragraph=2):
        assert (statement.span.section, statement.span.paragraph) == (3, 2)
        assert stands_in(statement, text)
        assert statement.readings
        assert statement.low <= statement.value <= statement.high
        edition = "2019" if year == 2019 else "2021"
        assert set(statement.slots) <= SLOTS[edition]
        assert statement.why


@given(SENTENCES, st.none() | st.integers(0, 100).map(Decimal))
def test_every_statement_can_be_compared(text, number):
    for statement in statements_in(text, 2023):
        assert compare(statement, lambda slot: number).outcome


@given(st.lists(TEXTS, max_size=6), YEARS)
def test_spans_lie_in_their_paragraphs_even_where_lines_were_joined(texts, year):
    section = Section(1, "一、总体情况", tuple(map(Paragraph, texts)))
    document = Document("text", (section,), year=year)
    for statement in find_statements(document, None):
        assert stands_in(statement, texts[statement.span.paragraph])


@given(TEXTS)
def test_tokens_have_no_gap(text):
    tokens = tokens_of(text)
    assert "".join(text[token.start : token.end] for token in tokens) == text


@given(st.text(alphabet="0 ,.一千件\n", max_size=300))
def test_rows_of_digits_say_nothing(text):
    assert statements_in(text, 2023) == ()


def test_a_million_characters_are_read():
    for piece in ("0", " ", ",", "000,", "000 ", "一", "《"):
        assert statements_in(piece * (10**6 // len(piece)), 2023) == ()


def test_nothing_is_gone_over_again_and_again():
    for piece in ("0 , ", "0,", "（", "结转", "无", "收到申请1件、", "分别为、", "（其中1件"):
        statements_in(piece * (10**5 // len(piece)), 2023)
