"""No regular expression takes more than linear time; ``python -m tests.fuzz.patterns`` tries more."""

from __future__ import annotations

import re

from tests.fuzz.patterns import ANCHORED, FEW, MOST_TIMES, patterns, slowest


def test_no_pattern_takes_quadratic_time():
    slow = {name: slowest(pattern, FEW) for name, pattern in patterns().items()}
    assert {name: found for name, found in slow.items() if found[0] > MOST_TIMES} == {}


def test_a_pattern_that_takes_quadratic_time_is_found():
    # A busy machine may slow the short text down, so that the best of some tries counts.
    assert max(slowest(re.compile("a+b"), FEW)[0] for _ in range(5)) > MOST_TIMES
    assert slowest(re.compile("(?<!a)a+b"), FEW)[0] < MOST_TIMES
    assert len(ANCHORED) < 25  # what is not tried is the exception
