"""Compiled and interpreted kernels say the same to the bit, far above every cut-off of a search."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tests.names.both_ways import WAYS, running
from tests.names.conftest import ROWS
from tests.names.test_index import TREATED

from limen.names import (
    NameIndex,
    NameRow,
    Query,
    build_index,
    compare,
    matcher_named,
    score,
    score_pairs,
)
from limen.names.index.search import MOST, SCORED
from limen.names.kernels.rank import BLOCK
from limen.names.kernels.score import PERSON
from limen.names.reading.normalise import normalise

#: How many parties are in the crowd.
SIZE = 1600
#: Few words, so that hundreds of names share most of theirs with any query.
GIVEN = ["Mohammed", "Ahmed", "Ali", "Hassan", "Ivan", "Sergey", "Vladimir", "Olga", "Fatima"]
FAMILY = ["al-Hakim", "Hussein", "Petrov", "Petrova", "Ivanov", "Ivanova", "Karimov", "Rashid"]
ENDS = ["Trading LLC", "Shipping Co", "Bank", "Holding", "Trust"]
QUERIES = [
    *(Query((f"{one} {two}", f"{two} {three}"), "Person") for one, two, three in zip(
        GIVEN, FAMILY, GIVEN[1:], strict=False)),
    *(Query((f"{one} {end}",), "Company") for one, end in zip(FAMILY, ENDS, strict=False)),
    Query(("Mohammed Ali Hassan",)), Query(("Mohamed Aly", "Петров Иван", "محمد علي"), "Person"),
    Query(("Ivan Petrov",), "Person"), Query(("Zzyzx Qwfpgj",)), Query(("",)),
    Query(("LLC",), "Company"), Query((), "Person"),
]  # fmt: skip


def crowd(count: int) -> list[NameRow]:
    """Two names that hundreds bear, apart in initials, and names of a few words in all orders."""
    dice = random.Random(11)
    rows = []
    for party in range(count):
        initials = f"{chr(97 + party // 8 % 26)}. {chr(97 + party // 208 % 26)}."
        if party % 8 < 3:
            rows.append(
                NameRow(party, f"Mohammed Ali {initials} {chr(97 + party % 8)}.", 0, "Person")
            )
        elif party % 8 == 3:
            rows.append(NameRow(party, f"Ivan Petrov {initials}", 0, "Person"))
        elif party % 8 < 6:
            words = [dice.choice(GIVEN), dice.choice(GIVEN), dice.choice(FAMILY), initials]
            rows.append(NameRow(party, " ".join(words), 0, "Person"))
        else:
            words = [dice.choice(FAMILY), dice.choice(FAMILY), dice.choice(ENDS), str(party)]
            rows.append(NameRow(party, " ".join(words), 1, "Company"))
    return rows


@pytest.fixture(scope="module")
def crowded() -> NameIndex:
    return NameIndex(build_index(crowd(SIZE), SIZE))


def both(ask):
    answers = []
    for way in ("compiled", "interpreted"):
        with running(way):
            answers.append(ask())
    return answers


def test_the_crowd_is_above_every_cut_off(crowded):
    """Otherwise the tests below would compare nothing of what they are there for."""
    names = [normalise(text, person=True) for query in QUERIES for text in query.names if text]
    active = np.ones(crowded.names, dtype=bool)
    found = crowded.searches.best(names, active, PERSON, matcher_named())
    counts = np.diff(found.ends, prepend=0)
    assert counts.max() == MOST
    assert (counts == SCORED).any()
    assert ((counts > SCORED) & (counts < MOST)).any()


@pytest.mark.parametrize("cutoff", [0.2, 0.5, 0.7, 0.95])
def test_searches_agree(crowded, cutoff):
    compiled, interpreted = both(lambda: list(crowded.search(QUERIES, cutoff=cutoff)))
    assert compiled == interpreted


def test_masked_searches_agree(crowded):
    dice = np.random.default_rng(2)
    parties, rows = dice.random(SIZE) < 0.6, dice.random(SIZE) < 0.5
    compiled, interpreted = both(
        lambda: list(crowded.search(QUERIES, cutoff=0.4, parties=parties, rows=rows))
    )
    assert compiled == interpreted
    assert all(parties[match.party] and rows[match.row] for each in compiled for match in each)


@pytest.mark.parametrize("limit", [1, 5, 30, None])
def test_candidates_agree(crowded, limit):
    for query in QUERIES:
        compiled, interpreted = both(
            lambda query=query: crowded.candidates(query.names, query.schema, limit)
        )
        assert compiled == interpreted


def test_they_agree_over_several_blocks():
    """The last block is not full, and the best names are in different blocks."""
    rows = crowd(BLOCK + 700)
    rows = [row._replace(text=f"{row.text} {row.party:x}".replace("0", "o")) for row in rows]
    index = NameIndex(build_index(rows, len(rows)))
    assert index.names > BLOCK
    compiled, interpreted = both(lambda: list(index.search(QUERIES[:3], cutoff=0.5)))
    assert compiled == interpreted


@pytest.mark.parametrize("matcher", ["limen-1", "limen-2", "ofac", "exact"])
def test_comparisons_agree(matcher):
    asked = (*TREATED, ("Bin Ladin / Al-Hakim", "Person", 2, "two names"))
    pairs = [(text, row.text, schema, matcher) for text, schema, *_ in asked for row in ROWS]
    compiled, interpreted = both(lambda: [(compare(*pair), score(*pair)) for pair in pairs])
    assert compiled == interpreted
    assert repr(compiled) == repr(interpreted)  # plain numbers, not an array's


@pytest.mark.parametrize("way", WAYS)
def test_digits_count_in_an_alignment_as_in_a_search(way):
    """Their bits are beyond the 32 of a C integer."""
    with running(way):
        (pair,) = compare("YV2993", "YV2943", "Airplane").alignment
    assert pair.kind == "typo"


def test_scores_of_pairs_agree():
    pairs = [(one.text, two.text) for one in crowd(60) for two in ROWS]
    compiled, interpreted = both(lambda: score_pairs(pairs, "Person").tolist())
    assert compiled == interpreted
