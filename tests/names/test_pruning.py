"""A search that passes over names ranks as one that adds up every key of every name."""

from __future__ import annotations

import random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.names.both_ways import running
from tests.names.test_both_ways import FAMILY, GIVEN, crowd

from limen.names import NameIndex, NameRow, build_index
from limen.names.index import search
from limen.names.index.blocking_keys import name_keys
from limen.names.index.search import MOST, SCORED, SURE
from limen.names.kernels import rank
from limen.names.kernels.rank import BLOCK
from limen.names.reading.normalise import normalise

WORDS = [*GIVEN, *FAMILY, "Mohamed", "Petroff", "Ltd", "Anna-Maria", "Иван", "محمد"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


def exhaustive(index, name, active, few, most):
    """Return the names and ranks by the definition, from the arrays alone."""
    arrays, keys = index.arrays, name_keys(name)
    sums = np.zeros(index.names, dtype="i8")
    for key in keys:
        first, last = arrays["postings_at"][key : key + 2]
        sums[arrays["postings"][first:last]] += arrays["key_weights"][key]
    norm = np.sqrt(max(1, int(arrays["key_weights"][keys].sum())))
    ranks = sums * arrays["inverse_norms"] * (1 / norm)
    order = np.argsort(-ranks, kind="stable")
    order = order[(sums[order] > 0) & active[order]][:most]
    kept = max(min(few, order.size), int((ranks[order] >= SURE).sum()))
    return sorted(zip(order[:kept].tolist(), ranks[order][:kept].tolist(), strict=True))


def ranked(index, name, active, few, most):
    found = index.searches._rank([name], active, few, most)
    return sorted(zip(found.names.tolist(), found.ranks.tolist(), strict=True))


@settings(max_examples=60, deadline=None)
@given(
    listed=st.lists(NAMES, min_size=1, max_size=60),
    query=NAMES,
    few=st.integers(1, 12),
    more=st.integers(0, 12),
    block=st.integers(2, 20),
    seed=st.integers(0, 9),
)
def test_on_random_indexes_of_small_blocks(listed, query, few, more, block, seed):
    rows = [NameRow(at, text, 0, "Person") for at, text in enumerate(listed)]
    with (
        patch.object(rank, "BLOCK", block),
        patch.object(search, "BLOCK", block),
        running("interpreted"),
    ):
        index = NameIndex(build_index(rows, len(rows)))
        active = np.random.default_rng(seed).random(index.names) < 0.8
        name = normalise(query, person=True)
        found = ranked(index, name, active, few, few + more)
        assert found == exhaustive(index, name, active, few, few + more)


@pytest.fixture(scope="module")
def large() -> NameIndex:
    """Return an index of several blocks, in which thousands of names rank alike."""
    dice = random.Random(3)
    rows = crowd(3 * BLOCK)
    rows += [
        NameRow(row.party, f"{row.text} {dice.choice(WORDS)}", 1, row.schema) for row in rows[::2]
    ]
    return NameIndex(build_index(rows, 3 * BLOCK))


@pytest.mark.parametrize("few", [SCORED, MOST])
def test_on_an_index_of_several_blocks(large, few):
    assert large.names > 3 * BLOCK
    dice, chance = random.Random(8), np.random.default_rng(8)
    with running("compiled"):
        for _ in range(40):
            name = normalise(" ".join(dice.sample(WORDS, dice.randint(1, 5))), person=True)
            active = chance.random(large.names) < dice.choice((0.01, 0.5, 1.0))
            found = ranked(large, name, active, few, MOST)
            assert found == exhaustive(large, name, active, few, MOST)
