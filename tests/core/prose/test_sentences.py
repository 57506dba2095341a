"""Sentences as offices write them: what is read, as what, and what is left alone."""

import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from core.prose import Certainty, Kind, statements_in
from core.prose.model import Reading
from core.prose.senses import edition_of, slots_of_edition

TABLE = Path(__file__).with_name("sentences.toml")
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["sentence"]
GROUPS = [str(number) for number in range(1, 29)]
WHOLES = [["applications.handled.total"], ["applications.received.total"]]
WHOLES.append(["applications.received.total", "applications.carried_in.total"])
TABLES = ("cases.", "disclosure.", "applications.")


def slot(term):
    if term.startswith(TABLES):
        return term
    return f"applications.{term}" if "." in term else f"applications.{term}.total"


def expected_reading(text, year):
    sides, sign = {"+": [], "-": []}, "+"
    for word in text.split():
        if word in sides:
            sign = word
        else:
            sides[sign].append(slot(word))
            sign = "+"
    slots = slots_of_edition(edition_of(year))
    found = slots.reading(Reading(tuple(sides["+"]), tuple(sides["-"])))
    assert found is not None, text
    return frozenset(found.slots), frozenset(found.minus)


def expected(text, year):
    """Return mark, value and readings of one line of `says`."""
    head, _, readings = text.partition(" = ")
    *mark, value = head.split()
    found = {expected_reading(reading, year) for reading in readings.split("|")}
    return "".join(mark), Decimal(value), found


def mark_of(statement):
    if statement.kind is Kind.SHARE:
        return "%"
    if statement.readings[0].at_least:
        return ">="
    return "?" if statement.certainty is Certainty.HINT else ""


def found(statement):
    readings = {(frozenset(r.slots), frozenset(r.minus)) for r in statement.readings}
    return mark_of(statement), statement.value, readings


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case['group']}-{i}" for i, case in enumerate(CASES)]
)
def test_sentence(case):
    statements = statements_in(case["text"], case["year"])
    wanted = [expected(line, case["year"]) for line in case["says"]]
    assert [found(statement) for statement in statements] == wanted
    for statement in statements:
        span = statement.span
        assert case["text"][span.start : span.end], statement
        if statement.kind is Kind.SHARE:
            assert {frozenset(r.of) for r in statement.readings} == set(map(frozenset, WHOLES))


def test_there_are_enough_sentences_of_every_kind():
    counted = Counter(case["group"] for case in CASES)
    assert all(counted[group] >= 2 for group in GROUPS)
    assert counted["trap"] >= 60
    silent = sum(not case["says"] for case in CASES if case["group"] == "trap")
    assert silent >= 30
