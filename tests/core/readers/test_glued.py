"""Numbers without anything between them: cut in one way only, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.readers.glued import readings_of

NUMBERS = st.integers(min_value=0, max_value=99_999).map(str)
SMALL = st.integers(min_value=0, max_value=120).map(str)


@pytest.mark.parametrize(
    ("digits", "count", "readings"),
    [
        ("1129", 3, (("1", "11"), ("1", "2", "12"), ("9", "29"))),
        ("000", 3, (("0",), ("0",), ("0",))),
        ("3000003", 7, (("3",), *[("0",)] * 5, ("3",))),
        ("100", 2, (("10",), ("0",))),
        ("105", 2, (("10",), ("5",))),
        ("7", 1, (("7",),)),
    ],
)
def test_every_way_to_cut_is_known(digits: str, count: int, readings: object):
    assert readings_of(digits, count) == readings


@pytest.mark.parametrize(
    ("digits", "count"),
    [("00", 3), ("000", 2), ("05", 1), ("", 1), ("1a2", 2), ("1.5", 2), ("１", 1)],
)
def test_digits_that_cannot_be_so_many_numbers(digits: str, count: int):
    assert readings_of(digits, count) is None


@given(st.lists(NUMBERS, min_size=1, max_size=15))
def test_what_was_written_is_among_the_readings(numbers: list[str]):
    found = readings_of("".join(numbers), len(numbers))
    assert found is not None
    assert all(number in readings for number, readings in zip(numbers, found, strict=True))


@given(st.lists(SMALL, min_size=1, max_size=5), st.data())
def test_every_reading_is_part_of_some_way_to_cut(numbers: list[str], data: st.DataObject):
    digits, count = "".join(numbers), len(numbers)
    found = readings_of(digits, count)
    assert found is not None
    cell = data.draw(st.integers(0, count - 1))
    reading = data.draw(st.sampled_from(found[cell]))
    ways = [way for way in every_way(digits, count) if way[cell] == reading]
    assert ways


def every_way(digits: str, count: int) -> list[tuple[str, ...]]:
    if count == 1:
        whole = digits == "0" or (digits and digits[0] != "0")
        return [(digits,)] if whole else []
    return [
        (digits[:end], *rest)
        for end in range(1, len(digits))
        if digits[0] != "0" or end == 1
        for rest in every_way(digits[end:], count - 1)
    ]
