"""Searches in threads: the same matches in the same order, however many threads there are."""

from __future__ import annotations

import os
from unittest.mock import patch

import pytest
from tests.names.both_ways import running
from tests.names.test_both_ways import QUERIES, SIZE, crowd

from limen.names import NameIndex, build_index
from limen.names.index.index import TOGETHER
from limen.names.kernels import threads


@pytest.fixture(scope="module")
def crowded() -> NameIndex:
    return NameIndex(build_index(crowd(SIZE), SIZE))


@pytest.fixture
def many():
    """More queries than a few threads take at once, no two neighbours alike."""
    return (QUERIES * (8 * TOGETHER // len(QUERIES) + 1))[: 8 * TOGETHER + 5]


def found_with(count, index, queries):
    threads._pool.cache_clear()
    with running("compiled"), patch.object(threads, "count", lambda: count):
        found = list(index.search(queries, cutoff=0.6))
    threads._pool.cache_clear()
    return found


@pytest.mark.parametrize("count", [2, 5])
def test_any_number_of_threads_finds_the_same_in_the_same_order(crowded, many, count):
    assert found_with(count, crowded, many) == found_with(1, crowded, many)


def test_a_process_that_was_forked_has_threads_of_its_own(crowded, many):
    here = found_with(2, crowded, many)
    with patch.object(threads, "count", lambda: 2):
        list(crowded.search(many, cutoff=0.6))
        child = os.fork()
        if child == 0:
            same = list(crowded.search(many, cutoff=0.6)) == here
            os._exit(0 if same else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_interpreted_kernels_run_in_the_thread_that_asks():
    with running("interpreted"):
        assert threads.count.__wrapped__() == 1
