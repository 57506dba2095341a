"""Prose that is true of its table never differs from it; one wrong number does."""

from decimal import Decimal
from fnmatch import fnmatchcase

from hypothesis import assume, given
from hypothesis import strategies as st

from core.forms.loader import load_form
from core.prose import Certainty, Outcome, compare, statements_in

TABLES = load_form("2021").tables
ROWS = [row.key for row in TABLES["applications"].row_specs]
BLOCKS = [row.key for row in TABLES["cases"].row_specs]
ENDINGS = ["upheld", "corrected", "other", "pending"]
ORGANISATIONS = ["business", "research", "public_welfare", "legal_service", "other_organization"]
SUMMED = ("disclosed", "partly_disclosed", "refused_*", "unavailable_*", "rejected_*", "other_*")
# What is said of applications and cases in one report, number by number.
COURSE = [
    "全年新收政府信息公开申请{received}件，上年结转{carried_in}件，办结{handled}件，"
    "结转下年度继续办理{carried_out}件。",
    "共收到政府信息公开申请{received}件，其中自然人申请{natural}件，法人或其他组织申请{corporate}件；"
    "答复{handled}件（含上年结转{carried_in}件，另有{carried_out}件顺延至下年度答复）。",
    "受理政府信息公开申请{received}件，加上上年度结转{carried_in}件，共计{both}件，"
    "已办结{handled}件，{carried_out}件结转下年度。",
    "2023年共办理政府信息公开申请{handled}件（含2022年结转{carried_in}件），"
    "{carried_out}件结转2024年继续办理。",
]
RESULTS = [
    "其中予以公开{disclosed}件、部分公开{partly_disclosed}件、不予公开{refused}件、"
    "无法提供{unavailable}件、不予处理{rejected}件、其他处理{other}件。",
    "予以公开及部分公开{public}件；不予公开{refused}件；因本机关不掌握等原因无法提供{unavailable}件；"
    "其他{rest}件。",
    "答复结果中，予以公开、部分公开、不予公开、无法提供分别为{disclosed}件、{partly_disclosed}件、"
    "{refused}件和{unavailable}件。",
    "其中同意公开{disclosed}件，部分公开{partly_disclosed}件，本机关不掌握{not_held}件，"
    "没有现成信息需要另行制作{not_existing}件，重复申请{repeat}件。",
]
DISPUTES = [
    "因政府信息公开引发行政复议{reconsidered}件，结果维持{upheld}件，结果纠正{corrected}件，"
    "其他结果{ended_otherwise}件，尚未审结{pending}件；行政诉讼{sued}件。",
    "全年因政府信息公开被申请行政复议{reconsidered}件、被提起行政诉讼{sued}件。",
    "涉及政府信息公开的行政复议、行政诉讼案件共{disputes}件，其中行政复议{reconsidered}件。",
]
COUNTS = st.integers(0, 40)


@st.composite
def tables(draw):
    """Return consistent numbers of all slots of the applications and cases tables."""
    slots = {}
    for column in ("natural_person", *ORGANISATIONS):
        cells = {row: draw(COUNTS) for row in ROWS}
        cells["handled"] = sum(
            n for row, n in cells.items() if any(fnmatchcase(row, one) for one in SUMMED)
        )
        cells["carried_in"] = min(cells["carried_in"], cells["handled"])
        cells["received"] = cells["handled"] + cells["carried_out"] - cells["carried_in"]
        slots |= {f"applications.{row}.{column}": n for row, n in cells.items()}
    for row in ROWS:
        columns = ("natural_person", *ORGANISATIONS)
        slots[f"applications.{row}.total"] = sum(slots[f"applications.{row}.{c}"] for c in columns)
    for block in BLOCKS:
        slots |= {f"cases.{block}.{ending}": draw(COUNTS) for ending in ENDINGS}
        slots[f"cases.{block}.total"] = sum(slots[f"cases.{block}.{e}"] for e in ENDINGS)
    return slots


def numbers(slots):
    """Return the numbers that the sentences name."""

    def total(pattern, column="total"):
        return sum(
            n for slot, n in slots.items() if fnmatchcase(slot, f"applications.{pattern}.{column}")
        )

    named = {row: total(row) for row in ("received", "carried_in", "handled", "carried_out")}
    named |= {row: total(row) for row in ("disclosed", "partly_disclosed")}
    named |= {row: total(f"{row}_*") for row in ("refused", "unavailable", "rejected", "other")}
    named["natural"] = total("received", "natural_person")
    named["corporate"] = named["received"] - named["natural"]
    named["both"] = named["received"] + named["carried_in"]
    named["public"] = named["disclosed"] + named["partly_disclosed"]
    named["rest"] = named["rejected"] + named["other"]
    named["not_held"] = total("unavailable_not_held")
    named["not_existing"] = total("unavailable_not_existing")
    named["repeat"] = total("rejected_repeat")
    cases = {ending: slots[f"cases.reconsideration.{ending}"] for ending in ENDINGS}
    named |= {key: cases[key] for key in ("upheld", "corrected", "pending")}
    named["ended_otherwise"] = cases["other"]
    named["reconsidered"] = sum(cases.values())
    named["sued"] = slots["cases.direct_lawsuit.total"] + slots["cases.later_lawsuit.total"]
    named["disputes"] = named["reconsidered"] + named["sued"]
    return named


TEMPLATES = st.tuples(*(st.sampled_from(some) for some in (COURSE, RESULTS, DISPUTES)))


def outcomes(text, slots):
    statements = statements_in(text, 2023)
    return [(s, compare(s, lambda slot: Decimal(slots[slot])).outcome) for s in statements]


@given(tables(), TEMPLATES)
def test_what_is_true_of_the_table_never_differs(slots, templates):
    text = "".join(templates).format(**numbers(slots))
    found = outcomes(text, slots)
    assert [s for s, outcome in found if outcome is Outcome.DIFFERS] == []
    # Every number of the sentences is read.
    assert len(found) == "".join(templates).count("{")
    assert all(s.certainty is not Certainty.HINT for s, _ in found)


@given(tables(), TEMPLATES, st.data())
def test_one_wrong_number_differs_unless_another_reading_holds(slots, templates, data):
    named = numbers(slots)
    key = data.draw(st.sampled_from([key for key in named if f"{{{key}}}" in "".join(templates)]))
    wrong = named | {key: named[key] + data.draw(st.integers(10_000, 90_000))}
    assume(wrong[key] not in named.values())
    text = "".join(templates).format(**wrong)
    assert Outcome.DIFFERS in {outcome for _, outcome in outcomes(text, slots)}
