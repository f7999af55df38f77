"""Compare identifiers: equal ones make a finding by themselves, whatever the names."""

from __future__ import annotations

from collections.abc import Iterator

from limen.model import Feature
from limen.model.identifiers import Identifier, Scheme
from limen.model.schemata import ancestors
from limen.screening.profile import Profile
from limen.screening.weights import Weights
from limen.snapshot import Snapshot


def parties_by_identifier(snapshot: Snapshot, query: Profile) -> set[int]:
    """Return the positions of the parties that may have one of the query's identifiers."""
    return {
        party
        for number in query.numbers
        for space, key in number.keys
        for party in snapshot.parties_with(space, key)
    }


def compare_identifiers(query: Profile, listed: Profile, weights: Weights) -> Iterator[Feature]:
    """Yield a feature for every identifier that both sides have, or that contradicts.

    Two different passports contradict nothing, since people have several; two different
    numbers of a scheme that names one party in the world do.
    """
    for ours in query.numbers:
        same = [each for each in listed.numbers if _equal(ours, each)]
        if same:
            yield _agreement(ours, same[0], weights)
            continue
        others = [each for each in listed.numbers if each.property == ours.property]
        if others and ours.scheme.strength == "unique" and ours.property != "swiftBic":
            yield _contradiction(ours, others[0], _conflict(ours, query, weights))


def _equal(ours: Identifier, theirs: Identifier) -> bool:
    return not set(ours.keys).isdisjoint(theirs.keys)


def _base(scheme: Scheme, weights: Weights) -> float:
    """Return the score that an equal identifier of a scheme carries by itself."""
    return {
        "unique": weights.unique_id,
        "document": weights.document_id,
        "contact": weights.contact_id,
    }[scheme.strength]


def _agreement(ours: Identifier, theirs: Identifier, weights: Weights) -> Feature:
    base = max(_base(ours.scheme, weights), _base(theirs.scheme, weights))
    detail = ours.scheme.name
    if ours.is_valid() is False:
        base += weights.invalid_id
        detail = f"{ours.scheme.name}, though its check digits are wrong"
    return Feature(
        f"identifier:{ours.scheme.name}",
        "equal",
        round(base, 4),
        query=ours.printed,
        query_field=ours.property,
        listed=theirs.printed,
        listed_field=theirs.property,
        detail=detail,
    )


def _conflict(ours: Identifier, query: Profile, weights: Weights) -> float:
    """Return what another number takes: most from a craft, unless its own is mistyped."""
    is_craft = "Vehicle" in ancestors(query.party.schema)
    return weights.craft_conflict if is_craft and ours.is_valid() else weights.unique_conflict


def _contradiction(ours: Identifier, theirs: Identifier, taken: float) -> Feature:
    return Feature(
        f"identifier:{ours.scheme.name}",
        "conflict",
        taken,
        query=ours.printed,
        query_field=ours.property,
        listed=theirs.printed,
        listed_field=theirs.property,
        detail=f"another {ours.scheme.name}",
    )
