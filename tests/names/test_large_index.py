"""All ways to ask an index of more than 1,000 names say the same, and the same as before."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from tests.conftest import ROOT
from tests.golden import golden, large_index

from limen.names import NameIndex, Query


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return large_index.opened()


@pytest.fixture(scope="module")
def answers(index):
    return large_index.answers(index)


def test_the_index_finds_what_it_found(answers):
    text = (golden.HERE / "index.jsonl").read_text(encoding="utf-8")
    stored = {key: value for line in text.splitlines() for key, value in json.loads(line).items()}
    assert answers == stored


def test_the_index_lies_above_every_cut(index, answers):
    """More than 400 names share a key with a query, and more than 100 rank so high as to be sure."""
    assert index.names > 1_000
    crowds = [int(found["best None"].split()[0]) for found in answers.values()]
    assert max(crowds) > 450
    sure = [int(found["from 0.45"].split()[0]) for found in answers.values()]
    assert max(sure) > 120


def test_kernels_that_run_interpreted_say_the_same(answers):
    done = subprocess.run(
        [sys.executable, "-m", "tests.golden.large_index"],
        cwd=ROOT, env={**os.environ, "LIMEN_PURE": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == answers


@pytest.mark.parametrize("cutoff", [0.3, 0.7])
def test_a_batch_finds_what_single_questions_find(index, cutoff):
    queries = large_index.queries()[::3]
    together = list(index.search(queries, cutoff=cutoff))
    assert together == [next(index.search([query], cutoff=cutoff)) for query in queries]


def test_a_higher_cutoff_only_takes_away(index):
    queries = large_index.queries()[::2]
    for low, high in zip(
        index.search(queries, cutoff=0.3), index.search(queries, cutoff=0.8), strict=True
    ):
        assert high == [match for match in low if match.score >= 0.8]


def test_a_limit_only_cuts_and_of_equals_the_first_come_first(index):
    for query in large_index.queries()[:12]:
        ranked = index.candidates(query.names, query.schema, 20)
        assert len(ranked) <= 20
        assert ranked == sorted(ranked, key=lambda entry: (-entry[1], entry[0]))
        assert index.candidates(query.names, query.schema, 7) == sorted(
            index.candidates(query.names, query.schema, 7), key=lambda entry: (-entry[1], entry[0])
        )
        everyone = {party for party, _ in index.candidates(query.names, query.schema, None)}
        assert {party for party, _ in ranked} <= everyone


def test_of_equal_scores_the_first_party_row_and_name_come_first(index):
    (matches,) = index.search([Query(("Fund", "Fund"), "Company")], cutoff=0.5)
    assert len(matches) > 40
    assert matches == sorted(matches, key=lambda match: (-match.score, match.party))
    assert {match.query_name for match in matches} == {0}
    rows = [row for row, each in enumerate(large_index.ROWS) if each.text.startswith("Fund")]
    first = {}
    for row in rows:
        first.setdefault(large_index.ROWS[row].party, row)
    assert all(match.row in rows for match in matches)
    assert {match.party for match in matches} <= set(first)
