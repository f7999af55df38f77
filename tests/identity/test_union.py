"""The union of what is joined: it depends on the evidence alone, and holds no contradiction."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from limen.identity.union import Link, unite

ITEMS = range(8)
pairs = st.tuples(st.sampled_from(ITEMS), st.sampled_from(ITEMS)).filter(
    lambda two: two[0] != two[1]
)
links = st.lists(st.builds(lambda two, rank: Link((rank, 0), *two), pairs, st.integers(0, 3)))
conflicts = st.sets(pairs, max_size=5)


def united(found, against):
    return unite(
        ITEMS, found, lambda one, other: "no" if {(one, other), (other, one)} & against else ""
    )


@given(found=links, against=conflicts, order=st.randoms())
def test_the_order_of_links_does_not_matter(found, against, order):
    mixed = [Link(link.rank, link.other, link.one) for link in found]
    order.shuffle(mixed)
    assert united(found, against) == united(mixed, against)


@given(found=links, against=conflicts)
def test_no_group_holds_a_contradiction_and_none_is_split_without_one(found, against):
    result = united(found, against)
    assert sorted(item for group in result.groups for item in group) == list(ITEMS)
    group_of = {item: group for group in result.groups for item in group}
    for group in result.groups:
        assert not any({(a, b), (b, a)} & against for a, b in combinations(group, 2))
    parted = [link for link in found if group_of[link.one] != group_of[link.other]]
    assert {(link.rank, *sorted(link[1:])) for link in parted} <= {
        (each.link.rank, each.link.one, each.link.other) for each in result.refusals
    }


@given(found=links)
def test_without_contradictions_what_is_linked_is_joined(found):
    result = united(found, frozenset())
    assert result.refusals == ()
    assert len(result.joins) == len(ITEMS) - len(result.groups)
