"""Items are made ahead of their turn, in order, and a failure waits for its own."""

from __future__ import annotations

import pytest

from limen.util.lookahead import lookahead


def numbered(made, count, fails_at=None):
    for number in range(count):
        if number == fails_at:
            raise ValueError(number)
        made.append(number)
        yield number


@pytest.mark.parametrize("count", [0, 1, 3, 20])
def test_the_order_is_kept(count):
    assert list(lookahead(numbered([], 10), count)) == list(range(10))


def test_so_many_are_made_ahead_and_no_more():
    made = []
    ahead = lookahead(numbered(made, 10), 3)
    assert next(ahead) == 0
    assert made == [0, 1, 2, 3]
    assert next(ahead) == 1
    assert made == [0, 1, 2, 3, 4]


def test_what_was_made_before_a_failure_comes_before_it():
    ahead = lookahead(numbered([], 10, fails_at=4), 3)
    assert [next(ahead) for _ in range(4)] == [0, 1, 2, 3]
    with pytest.raises(ValueError, match="4"):
        next(ahead)
