"""Names are found by their acronyms, both ways round, by the matcher that looks for them."""

from __future__ import annotations

import pytest

from limen.names import NameIndex, NameRow, Query, build_index, score
from limen.names.index.acronym_keys import spelled
from limen.names.reading.normalise import normalise

LISTED = (
    ("National Iranian Oil Company", "Organization"),
    ("Islamic Revolutionary Guard Corps", "Organization"),
    ("IRISL", "Company"),
    ("Korea Mining Development Trading Corporation", "Company"),
    ("Natalia Irina Olga Chernova", "Person"),
)
QUESTIONS = (
    ("NIOC", 0), ("IRGC", 1), ("Islamic Republic of Iran Shipping Lines", 2), ("KMDTC", 3),
)  # fmt: skip


@pytest.fixture(scope="module")
def index():
    rows = [NameRow(at, name, 0, schema) for at, (name, schema) in enumerate(LISTED)]
    return NameIndex(build_index(rows, len(rows)))


@pytest.mark.parametrize(("name", "party"), QUESTIONS)
def test_the_index_brings_what_the_matcher_recognises(index, name, party):
    assert score(name, LISTED[party][0], "Company", "limen-2") >= 0.7
    (found,) = index.search([Query((name,), "Company")], cutoff=0.7, matcher="limen-2")
    assert [match.party for match in found] == [party]


def test_a_person_has_no_acronym(index):
    (found,) = index.search([Query(("NIOC",), "Person")], cutoff=0.5, matcher="limen-2")
    assert 4 not in [match.party for match in found]


def test_a_matcher_that_looks_for_none_finds_as_before(index):
    (found,) = index.search([Query(("NIOC",), "Company")], cutoff=0.7, matcher="limen-1")
    assert found == []


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("Bank of Foreign Trade", "bft"),
        ("Bank of Foreign Trade", "boft"),
        ("Khatam Central Group LLC", "khcgl"),
        ("Khatam Central Group", "kcg"),
    ],
)
def test_small_words_and_forms_may_be_left_out(name, acronym):
    assert acronym in spelled(normalise(name).tokens)


def test_a_long_name_has_few_acronyms():
    assert len(spelled(normalise("of the and de la of the and de la Ltd").tokens)) <= 32
