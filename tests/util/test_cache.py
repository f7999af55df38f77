"""A cache never holds more than its bound, and always returns what was put."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.util.cache import BoundedCache


@given(st.lists(st.integers(0, 20)), st.integers(1, 5))
def test_it_holds_at_most_its_limit_and_the_last_value(keys, limit):
    cache = BoundedCache(limit)
    for key in keys:
        assert cache.put(key, key * 2) == key * 2
        assert cache.get(key) == key * 2
        assert len(cache) <= limit


def test_a_value_is_made_once_even_when_it_is_none():
    made = []
    cache = BoundedCache(2)
    for _ in range(3):
        assert cache.get_or_make("a", lambda: made.append(1)) is None
    assert made == [1]


def test_it_needs_room_for_one():
    with pytest.raises(ValueError, match="at least one"):
        BoundedCache(0)
