"""Join subjects into groups along evidence, and keep apart what contradicts.

Evidence is taken from the strongest to the weakest. A join that would bring two subjects into one
group that contradict each other is refused, so that a chain of joins between them breaks at its
weakest. The order is total, so that the result depends on the evidence and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Link(NamedTuple, Generic[Item]):
    """Represents evidence that two items are one; of two links the lower ``rank`` is stronger."""

    rank: tuple[int, int]
    one: Item
    other: Item


class Refusal(NamedTuple, Generic[Item]):
    """Represents a link that was not followed, and the two items that contradict each other."""

    link: Link[Item]
    one: Item
    other: Item
    why: str


class Groups(NamedTuple, Generic[Item]):
    """Represents the outcome: the groups, the links that made them, and those refused."""

    groups: tuple[tuple[Item, ...], ...]
    joins: tuple[Link[Item], ...]
    refusals: tuple[Refusal[Item], ...]


def unite(
    items: Iterable[Item],
    links: Iterable[Link[Item]],
    contradiction: Callable[[Item, Item], str],
) -> Groups[Item]:
    """Join items along links, the strongest first.

    Args:
        items: all items, each once; they must be ordered.
        links: the evidence; the order does not matter.
        contradiction: returns why two items cannot be one, ``""`` where they can.
    """
    group_of: dict[Item, list[Item]] = {item: [item] for item in items}
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


def _directed(link: Link[Item]) -> Link[Item]:
    one, other = sorted((link.one, link.other))  # type: ignore[type-var]
    return Link(link.rank, one, other)


def _first_contradiction(
    ours: Iterable[Item], theirs: Iterable[Item], contradiction: Callable[[Item, Item], str]
) -> tuple[Item, Item, str] | None:
    for one in sorted(ours):  # type: ignore[type-var]
        for other in sorted(theirs):  # type: ignore[type-var]
            if why := contradiction(one, other):
                return one, other, why
    return None
