"""Laws that hold for all names: order, case, accents and punctuation never matter."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from tests.names.conftest import LISTED

from limen.names import NameIndex, NameRow, Query, build_index, score
from limen.names.reading.normalise import normalise
from limen.names.reading.phonetics import sound

WORDS = [
    "Vladimir", "Putin", "Mohammed", "Ali", "Kim", "Jong", "Un", "Habbash", "George", "Almaz",
    "Antey", "Sergey", "Aksyonov", "Laden", "Osama", "Иван", "محمد", "近平", "Krayinvestbank",
]  # fmt: skip
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
texts = st.text(max_size=40)
quick = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@quick
@given(one=names, two=names)
def test_a_score_is_the_same_both_ways_round(one, two):
    assert score(one, two, "Person") == score(two, one, "Person")


@quick
@example(one="0\U0002a5d5", two="0:A")  # a character that cannot be read is no word
@given(one=texts, two=texts)
def test_any_text_scores_between_nothing_and_all(one, two):
    assert 0 <= score(one, two) <= 1
    assert score(one, two) == score(two, one)


@quick
@given(name=names)
def test_case_accents_and_punctuation_never_matter(index, name):
    loud = name.upper().replace(" ", ", ").replace("A", "Á")
    assert index.candidates([loud], "Person") == index.candidates([name], "Person")


@quick
@given(name=names, data=st.data())
def test_order_never_matters_to_candidates(index, name, data):
    shuffled = " ".join(data.draw(st.permutations(name.split())))
    assume(not normalise(name).tokens[0].syllabic and not normalise(shuffled).tokens[0].syllabic)
    found = {party for party, _ in index.candidates([name], "Person")}
    assert {party for party, _ in index.candidates([shuffled], "Person")} == found


@quick
@given(name=names, more=names)
def test_one_name_more_never_loses_a_candidate_nor_lowers_it(index, name, more):
    before = dict(index.candidates([name], "Person"))
    after = dict(index.candidates([name, more], "Person"))
    assert all(after[party] >= rank for party, rank in before.items())


@quick
@given(name=names, more=names)
def test_one_name_more_never_loses_a_match(index, name, more):
    def parties(*asked):
        (matches,) = index.search([Query(asked, "Person")], cutoff=0.5)
        return {match.party: match.score for match in matches}

    before, after = parties(name), parties(name, more)
    assert all(after[party] >= found for party, found in before.items())


@quick
@given(name=names)
def test_a_mask_only_takes_away(index, name):
    mask = np.zeros(len(LISTED), dtype=bool)
    mask[::2] = True
    everything = dict(index.candidates([name], "Person"))
    masked = dict(index.candidates([name], "Person", parties=mask))
    assert masked == {party: rank for party, rank in everything.items() if mask[party]}


#: Words that are read as parts of them, or as a number: an edit may hide that.
SEAMS = ["abdelal", "abdulrahman", "nooruddin", "aminullah", "uddin", "abdoul", "seventeen"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@settings(max_examples=90, deadline=None)
@given(
    name=st.sampled_from(SEAMS) | st.text(alphabet=LETTERS, min_size=4, max_size=14),
    place=st.integers(0, 13),
    letter=st.sampled_from(LETTERS),
)
@example(name="abdelal", place=0, letter="b")
@example(name="uddin", place=1, letter="t")
def test_a_word_within_one_edit_is_a_candidate(name, place, letter):
    index = NameIndex(build_index([NameRow(0, name, 0, "Person")], 1))
    at = place % len(name)
    edits = [
        name[:at] + letter + name[at:],
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
    ]
    for edited in edits:
        if min(len(sound(name)), len(sound(edited))) >= 5:
            assert index.candidates([edited], "Person"), (name, edited)
