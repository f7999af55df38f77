"""Join subjects into groups along evidence, and keep apart what contradicts.

Evidence is taken from the strongest to the weakest. A join that would bring two subjects into one
group that contradict each other is refused, so that a chain of joins between them breaks at its
weakest. The order is total, so that the result depends on the evidence and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Link(NamedTuple):
    """Represents evidence that two items, by number, are one; the lower ``rank`` is stronger."""

    rank: tuple[int, int]
    one: int
    other: int


class Refusal(NamedTuple):
    """Represents a link that was not followed, and the two items that contradict each other."""

    link: Link
    one: int
    other: int
    why: str


class Groups(NamedTuple):
    """Represents the outcome: the groups, the links that made them, and those refused."""

    groups: tuple[tuple[int, ...], ...]
    joins: tuple[Link, ...]
    refusals: tuple[Refusal, ...]


def unite(
    items: Iterable[int],
    links: Iterable[Link],
    contradiction: Callable[[int, int], str],
) -> Groups:
    """Join items along links, the strongest first.

    Args:
        items: all items, each once.
        links: the evidence; the order does not matter.
        contradiction: returns why two items cannot be one, ``""`` where they can.
    """
    group_of: dict[int, list[int]] = {item: [item] for item in items}
    joins, refusals = [], []
    for link in sorted(_directed(link) for link in links):
        ours, theirs = group_of[link.one], group_of[link.other]
        if ours is theirs:
            continue
        against = _first_contradiction(ours, theirs, contradiction)
        if against is not None:
            refusals.append(Refusal(link, *against))
            continue
        joins.append(link)
        ours += theirs
        for item in theirs:
            group_of[item] = ours
    groups = {id(group): tuple(sorted(group)) for group in group_of.values()}
    return Groups(tuple(sorted(groups.values())), tuple(joins), tuple(refusals))


def _directed(link: Link) -> Link:
    one, other = sorted((link.one, link.other))
    return Link(link.rank, one, other)


def _first_contradiction(
    ours: Iterable[int], theirs: Iterable[int], contradiction: Callable[[int, int], str]
) -> tuple[int, int, str] | None:
    for one in sorted(ours):
        for other in sorted(theirs):
            if why := contradiction(one, other):
                return one, other, why
    return None
