"""Looking away early: what is not compared to the end could not have scored."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.names.both_ways import WAYS, running
from tests.names.conftest import ROWS
from tests.names.test_laws import WORDS, names, quick

from limen.names import NameIndex, NameRow, Query, build_index, matcher_named
from limen.names.compare.comparison import mode_of
from limen.names.reading.normalise import normalise

SCHEMAS = ("Person", "Company", "Vessel", "Thing")
MATCHERS = ("limen-1", "limen-2")
parts = st.sampled_from([*WORDS, "Al", "A.", "Ltd", "No. 5", "IRGC", "Alm", "azantey", "Mister"])
wilder = st.lists(parts, min_size=1, max_size=5).map(" ".join)


def assert_nothing_is_lost(index: NameIndex, asked: str, schema: str, matcher: str) -> None:
    name = normalise(asked, person=schema == "Person")
    _, active = index._answering(schema, None, None)
    ask, chosen = index.searches.best, matcher_named(matcher)
    full = ask([name], active, mode_of(schema), chosen)
    for least in (300, 600, 850):
        found = ask([name], active, mode_of(schema), chosen, least=least)
        assert found.names.tolist() == full.names.tolist()
        kept = full.scores >= least
        assert found.scores[kept].tolist() == full.scores[kept].tolist()
        assert (found.scores[~kept] < least).all()


@quick
@given(
    asked=names | wilder, schema=st.sampled_from(SCHEMAS), way=st.sampled_from(WAYS),
    matcher=st.sampled_from(MATCHERS),
)  # fmt: skip
def test_a_score_that_is_asked_for_is_found_to_the_bit(index, asked, schema, way, matcher):
    with running(way):
        assert_nothing_is_lost(index, asked, schema, matcher)


@pytest.fixture(scope="module")
def real_pairs(shared):
    """Real names and names that were made from them, true pairs and false ones."""
    with shared("bench/name_pairs_dev.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("matcher", MATCHERS)
@pytest.mark.parametrize("schema", ["Person", "Company"])
def test_nothing_is_lost_among_real_names(real_pairs, schema, matcher):
    listed = [row["name2"] for row in real_pairs if row["schema"] == schema]
    rows = [NameRow(at, text, 0, schema) for at, text in enumerate(listed)]
    index = NameIndex(build_index(rows, len(rows)))
    for row in real_pairs[::3]:
        if normalise(row["name1"], person=schema == "Person").tokens:
            assert_nothing_is_lost(index, row["name1"], schema, matcher)


def test_many_are_asked_as_one_by_one(index):
    queries = [
        Query((row.text, "Ali"), schema) for row in ROWS * 4 for schema in SCHEMAS
    ]  # more than are asked in one go, of all sorts
    together = list(index.search(queries, cutoff=0.4))
    assert together == [next(index.search([query], cutoff=0.4)) for query in queries]
