"""The edges of an ownership graph, and the way along them up to the listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from limen.model import Interval, OwnershipStep

#: Why a party counts as an owner.
How = Literal["listed", "owned", "control"]
ALWAYS = Interval()


@dataclass(frozen=True, slots=True)
class Stake:
    """An edge of the ownership graph: an owner's share of an entity, over a span of time.

    Attributes:
        percent: of shares or votes; ``None`` where it is not known.
        control: whether the owner controls the entity without regard to the share; ``None``
            where it is not known.
        acting_with: the name of a joint arrangement that the owner is part of.
        where: its file and line.
    """

    owner: str
    owned: str
    percent: float | None
    control: bool | None = None
    acting_with: str = ""
    held: Interval = ALWAYS
    source: str = ""
    where: str = ""


#: Entity -> its stakes.
Owners = Mapping[str, Sequence[Stake]]


def owner_path(entity: str, into: Owners, counted: Mapping[str, How]) -> Iterator[OwnershipStep]:
    """Yield the edges up to the listed owners, the nearest first."""
    yield from _path(entity, into, counted, set())


def _path(
    entity: str, into: Owners, counted: Mapping[str, How], seen: set[str]
) -> Iterator[OwnershipStep]:
    if entity in seen:
        return
    seen.add(entity)
    above = [stake for stake in into.get(entity, ()) if stake.owner in counted]
    yield from (_step(stake, counted[stake.owner]) for stake in above)
    for stake in above:
        if counted[stake.owner] != "listed":
            yield from _path(stake.owner, into, counted, seen)


def _step(stake: Stake, how: How) -> OwnershipStep:
    return OwnershipStep(
        owner=stake.owner,
        owned=stake.owned,
        percent=stake.percent,
        by="control" if stake.control else "listed" if how == "listed" else "owned",
        held_from=str(stake.held.start) if stake.held.start else None,
        held_to=str(stake.held.end) if stake.held.end else None,
        source=stake.source or stake.where,
    )
