"""Numbering many names reads each of them as ``normalise`` does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.names.index.interning import Numbering
from limen.names.reading.normalise import alternatives, normalise
from limen.names.reading.tables import tables
from limen.names.reading.tokens import Token

WORDS = st.one_of(
    st.sampled_from(sorted(tables().legal_forms)),
    st.sampled_from(sorted(tables().legal_words)),
    st.sampled_from(sorted(tables().titles | tables().particles)),
    st.sampled_from(sorted(tables().numbers)),
    st.sampled_from(
        (
            "Ivanov",
            "Иванов",
            "ООО",
            "侯赛因",
            "정철",
            "Petr",
            "Abdulrahman",
            "Al",
            "bin",
            "Ch.",
            "J",
            "7",
            "O'Neil",
            "&",
        )
    ),
    st.text("abcdeilmnortu.'-, /XKV5", min_size=1, max_size=9),
)
NAMES = st.lists(WORDS, max_size=6).map(" ".join)


def numbered(names: list[tuple[str, bool]]) -> list[tuple[Token, ...]]:
    """The words of every reading of every name, as they were numbered."""
    read = Numbering()
    for row, (text, person) in enumerate(names):
        read.add(row, text, person=person)
    words, ends = list(read.ids), read.words_at
    return [tuple(words[at] for at in read.words[one:two]) for one, two in pairwise(ends)]


def normalised(names: list[tuple[str, bool]]) -> list[tuple[Token, ...]]:
    readings = [
        normalise(raw, person=person).tokens for text, person in names for raw in alternatives(text)
    ]
    return [tokens for tokens in readings if tokens]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NAMES, st.booleans()), max_size=8))
def test_a_numbered_name_is_the_words_that_are_normalised(names: list[tuple[str, bool]]) -> None:
    assert numbered(names) == normalised(names)


@pytest.mark.parametrize("person", [True, False])
def test_so_it_is_for_names_that_neighbours_change(person: bool) -> None:
    texts = [
        "", "'", "Al", "J. K.", "Ch. Petrov", "Ivanov Ivan", "King Fahd", "Fahd King", "Fund 44",
        "Fund forty 4", "Limited Liavility Company Rosa", "Rosa LLC", "VEB", "Al-Qa'ida/Army Two",
        "Ivanov", "x " * 40, "y" * 600, "Ростех", "Ivanov Ростех", "Smith a.k.a. Johnson", "& Co",
    ]  # fmt: skip
    names = [(text, person) for text in texts]
    assert numbered(names) == normalised(names)


def test_equal_names_are_one_and_what_may_be_cut_is_told_apart() -> None:
    read = Numbering()
    for row, text in enumerate(
        ("Rosa Klein", "ROSA, KLEIN", "Klein Rosa", "Rosa" + " " * 30 + "Klein")
    ):
        read.add(row, text, person=True)
    names, readings = read.distinct()
    assert names.tolist() == [0, 0, 1, 2]
    assert readings.tolist() == [0, 2, 3]
    assert list(read.owners) == [0, 1, 2, 3]
    assert list(read.lengths) == [0, 0, 0, 36]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(("Rosa", "Klein", "Ivanov")), max_size=3).map(" ".join)))
def test_names_are_one_exactly_where_their_words_are(texts: list[str]) -> None:
    read = Numbering()
    for row, text in enumerate(texts):
        read.add(row, text, person=True)
    names, readings = read.distinct()
    firsts = {tuple(text.split()): None for text in texts if text}
    assert [list(firsts).index(tuple(text.split())) for text in texts if text] == names.tolist()
    assert names[readings].tolist() == list(range(len(firsts)))


@pytest.mark.parametrize(
    ("characters", "length"), [(29, 0), (30, 30), (35, 35), (36, 36), (37, 36), (60, 36)]
)
def test_the_length_of_a_name_that_may_have_been_cut(characters, length):
    numbering = Numbering()
    numbering.add(0, ("Ivanov " * 9)[: characters - 1] + "z", person=True)
    assert list(numbering.lengths) == [length]
