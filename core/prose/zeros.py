"""Zeros that are not written as numbers: 未收到…申请, 没有发生行政复议, 无下年度结转, 零败诉."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.prose.cases import blocks_of
from core.prose.clauses import Clause
from core.prose.course import RECEIVED, direction_of
from core.prose.model import Certainty, Kind, Reading
from core.prose.senses import applications, cases, disclosure, in_column
from core.prose.state import Draft, Role, State, Topic
from core.prose.tokens import Token
from core.prose.words import Word

# What may stand between 未收到 and 申请, and after it, without changing what is said.
_AROUND = frozenset(
    {
        Word.FILLER,
        Word.EVERYONE,
        Word.APPLICANT,
        Word.APPLICATION,
        Word.REQUEST,
        Word.INFORMATION,
        Word.CAUSED,
        Word.ORGAN,
        Word.TITLE,
        Word.RECEIVE,
        Word.ACCEPT,
        Word.LIST,
        Word.AND,
        Word.CASE,
        Word.ETC,
        Word.ALL,
        Word.YEAR,
        Word.THIS_YEAR,
        Word.SINCE,
        Word.NUMBER,
        Word.TOTAL,
        Word.PART,
        Word.NEW,
        Word.IS,
    }
)
_JOINS = (Word.LIST, Word.AND)
_NOTHING_SAID = frozenset({"未", "没", "未曾", "从未", "尚未", "未被"})


@dataclass(frozen=True)
class _Denial:
    """What a clause denies: the tokens concerned, and the token that denies them."""

    word: Token
    tokens: tuple[Token, ...]

    def has(self, *wanted: Word) -> bool:
        return any(token.word in wanted for token in self.tokens)

    def values(self, word: Word) -> tuple[str, ...]:
        return tuple(dict.fromkeys(t.value for t in self.tokens if t.word is word))


def zeros(clause: Clause, state: State) -> list[Draft]:
    """Return what a clause says there was none of."""
    at = next((i for i, token in enumerate(clause.tokens) if token.word is Word.NOT), None)
    if at is None:
        return _nothing_carried_in(clause, state)
    if clause.has(Word.GUARD, Word.COMPARED) or state.restricted:
        return []
    before, after = clause.tokens[:at], clause.tokens[at + 1 :]
    # 1件因疫情未收到… is about that one.
    if any(token.quantity is not None and token.quantity.unit for token in before):
        return []
    if state.other_time or _denies_a_number(after) or not _begins_plainly(after):
        return []
    denial = _Denial(clause.tokens[at], after if _says_something(after) else before + after)
    for read in (_cases, _carried, _results, _papers, _applications):
        if found := read(denial, before, state):
            return found
    return []


def _nothing_carried_in(clause: Clause, state: State) -> list[Draft]:
    """Read 上年无结转, which begins with another year and yet speaks of this one."""
    if state.topic in (Topic.CASES, Topic.FOREIGN) or state.other_time or state.restricted:
        return []
    return [
        _zero(_Denial(token, (token,)), Role.CARRIED_IN, [applications("carried_in")], "上年无结转")
        for token in clause.tokens
        if token.value == "none_in"
    ]


def _denies_a_number(after: Sequence[Token]) -> bool:
    """未办结2件 is a number; 未发生一起 is none."""
    numbers = [token.quantity for token in after if token.quantity is not None]
    return any(quantity.value not in (0, 1) for quantity in numbers)


def _begins_plainly(after: Sequence[Token]) -> bool:
    """无需, 零距离 and the like deny nothing."""
    return not after or after[0].word is not Word.UNKNOWN


def _says_something(tokens: Sequence[Token]) -> bool:
    return any(
        token.word
        in (
            Word.APPLICATION,
            Word.REQUEST,
            Word.CASE,
            Word.OUTCOME,
            Word.CARRY,
            Word.RESULT,
            Word.DOCUMENT,
            Word.DECISION,
            Word.FOREIGN,
            Word.UNKNOWN,
            Word.FINISH,
            Word.CHARGE,
            Word.PROCESSING_FEE,
            Word.MONEY,
        )
        for token in tokens
    )


def _zero(denial: _Denial, role: Role, readings: Sequence[Reading], why: str) -> Draft:
    certainty = Certainty.CERTAIN if len(readings) == 1 else Certainty.TWO_READINGS
    return Draft(denial.word, Kind.ZERO, role, tuple(readings), certainty, why)


def _cases(denial: _Denial, before: Sequence[Token], state: State) -> list[Draft]:
    corrected = bool({"corrected", "annulled"} & set(denial.values(Word.OUTCOME)))
    pending = "pending" in denial.values(Word.OUTCOME)
    blocks = blocks_of(denial.values(Word.CASE))
    if corrected or pending:
        return _endings(denial, blocks, before, state, "corrected" if corrected else "pending")
    if not blocks:
        return []
    made = _zero(denial, Role.CASE, [cases(blocks, "total")], "没有此类案件")
    if not _cases_are_plain(denial) or denial.has(Word.OUTCOME, Word.FINISH, Word.CLOSED):
        made.doubt("前后有限定的词，可能只否定其中一部分")
    both = _joined_to_cases(denial) and denial.word.value not in _NOTHING_SAID
    return [*(_applications(denial, before, state) if both else []), made]


def _endings(
    denial: _Denial,
    blocks: tuple[str, ...],
    before: Sequence[Token],
    state: State,
    column: str,
) -> list[Draft]:
    known = blocks or blocks_of(t.value for t in before if t.word is Word.CASE) or state.blocks
    made = _zero(
        denial,
        Role.OUTCOME,
        [cases(known or blocks_of(("any",)), column)],
        "没有被纠正的案件" if column == "corrected" else "没有尚未审结的案件",
    )
    if not known or denial.has(Word.UNKNOWN, Word.FOREIGN):
        made.doubt("没有说是行政复议还是行政诉讼")
    return [made]


def _cases_are_plain(denial: _Denial) -> bool:
    """Whether nothing but lists and known words stands around the cases."""
    tokens = denial.tokens
    for i, token in enumerate(tokens):
        if token.word is Word.UNKNOWN and not (_is_last(tokens, i) and len(token.value) <= 2):
            return False
        if token.word is Word.FOREIGN and not _in_a_list(tokens, i):
            return False
    return True


def _is_last(tokens: Sequence[Token], index: int) -> bool:
    return index == len(tokens) - 1


def _in_a_list(tokens: Sequence[Token], index: int) -> bool:
    around = tokens[max(0, index - 1) : index + 2]
    return any(token.word in _JOINS for token in around)


def _joined_to_cases(denial: _Denial) -> bool:
    """申请、行政复议 is a list; 因申请引发的行政复议 is one thing."""
    return any(
        token.word in (Word.APPLICATION, Word.REQUEST)
        and any(following.word in _JOINS for following in denial.tokens[i + 1 : i + 2])
        for i, token in enumerate(denial.tokens)
    )


def _carried(denial: _Denial, before: Sequence[Token], state: State) -> list[Draft]:
    if state.topic in (Topic.CASES, Topic.FOREIGN) or denial.has(Word.FOREIGN):
        return []
    directions = {direction_of(value, state.year) for value in denial.values(Word.CARRY)}
    rows = {"in": ["carried_in"], "out": ["carried_out"]}
    if not directions:
        return []
    either = ["carried_out", "carried_in"]
    found = [row for way in sorted(directions) for row in rows.get(way, either)]
    made = _zero(denial, Role.CARRIED_OUT, [applications(row) for row in found], "没有结转的申请")
    if denial.has(Word.UNKNOWN):
        made.doubt("前后有不认识的词")
    return [made]


def _results(denial: _Denial, before: Sequence[Token], state: State) -> list[Draft]:
    values = tuple(row for value in denial.values(Word.RESULT) for row in value.split("|"))
    if not values or state.topic is Topic.FOREIGN or not denial.has(Word.RESULT):
        return []
    made = _zero(denial, Role.RESULT, [applications(*values)], "没有这样办理的申请")
    plain = not denial.has(Word.UNKNOWN, Word.FOREIGN, Word.PAPER, Word.DOCUMENT, Word.MAKE)
    if not plain or state.topic is not Topic.APPLICATIONS:
        made.doubt("前后有不认识的词")
    return [made]


def _papers(denial: _Denial, before: Sequence[Token], state: State) -> list[Draft]:
    if denial.has(Word.APPLICATION, Word.REQUEST, Word.FOREIGN):
        return []
    if documents := denial.values(Word.DOCUMENT):
        return _documents(denial, documents)
    if not (decisions := denial.values(Word.DECISION)):
        return []
    made = _zero(denial, Role.OTHER, [disclosure(decisions, "decisions")], "没有处理决定")
    if not denial.has(Word.DECIDED) or denial.has(Word.UNKNOWN):
        made.doubt("没有说是处理决定")
    return [made]


def _documents(denial: _Denial, documents: tuple[str, ...]) -> list[Draft]:
    makes = set(denial.values(Word.MAKE))
    columns = {"make": ("issued", "made"), "issue": ("issued", "published", "made")}
    chosen = next((columns[make] for make in ("make", "issue") if make in makes), ())
    if makes == {"repeal"}:
        chosen = ("repealed",)
    readings = [disclosure(documents, column) for column in chosen or ("issued", "in_force")]
    made = _zero(denial, Role.OTHER, readings, "没有制发或废止文件")
    if not chosen or denial.has(Word.UNKNOWN, Word.ORGAN, Word.TITLE):
        made.doubt("没有说是制发还是现行有效")
    return [made]


def _applications(denial: _Denial, before: Sequence[Token], state: State) -> list[Draft]:
    named = denial.has(Word.APPLICATION) or (
        denial.has(Word.REQUEST, Word.INFORMATION) and denial.word.value.endswith(("收到", "接到"))
    )
    about = denial.has(Word.INFORMATION) or state.on_applications or denial.has(Word.APPLICATION)
    strange = [t for t in denial.tokens if t.word not in _AROUND]
    wrong = [t for t in strange if t.word is not Word.UNKNOWN]
    if not named or not about or wrong or _ends_otherwise(denial):
        return []
    if denial.word.value in _NOTHING_SAID and not denial.has(
        Word.RECEIVE, Word.ACCEPT, Word.CAUSED
    ):
        return []
    made = _zero(denial, Role.RECEIVED, [_of_applicants(denial)], "没有收到申请")
    if strange:
        made.doubt("前后有不认识的词，可能只否定其中一部分")
    return [made]


def _ends_otherwise(denial: _Denial) -> bool:
    """Whether what follows the application is what was denied (申请办理超期, 申请费用)."""
    last = max(
        (i for i, t in enumerate(denial.tokens) if t.word in (Word.APPLICATION, Word.REQUEST)),
        default=len(denial.tokens),
    )
    return any(token.word is Word.UNKNOWN for token in denial.tokens[last + 1 :])


def _of_applicants(denial: _Denial) -> Reading:
    columns = denial.values(Word.APPLICANT)
    if len(columns) != 1 or columns[0] in ("@enterprise", "@others"):
        return RECEIVED
    return in_column(RECEIVED, columns[0])
