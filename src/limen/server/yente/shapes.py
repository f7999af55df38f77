"""Give parties the shape that yente's clients expect, and define the types of its documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from limen.model import Feature, Finding, PlaceFinding
from limen.server.service.snapshot_service import ServedSnapshot

#: Limen's comparisons and yente's names for them.
_FEATURE_NAMES = {"name": "name_match", "address": "address_prop_match"}


class Explanation(msgspec.Struct):
    """Represents one comparison's contribution to the score, signed."""

    score: float
    detail: str | None = None
    query: str | None = None
    candidate: str | None = None
    weight: float | None = None


class Entity(msgspec.Struct, kw_only=True):
    """Represents a listed party, merged from its records; ``referents`` are their ids.

    Values of properties are texts, or nested entities.
    """

    id: str
    caption: str
    schema: str
    properties: dict[str, list[Any]]
    datasets: list[str]
    referents: list[str]
    target: bool
    first_seen: str
    last_seen: str
    last_change: str


class Scored(Entity, kw_only=True):
    """Represents a listed party that may be the party of a query."""

    score: float
    match: bool
    explanations: dict[str, Explanation]


class Total(msgspec.Struct):
    """Represents how many results there are."""

    value: int
    relation: Literal["eq", "gte"]


def total(count: int, *, exact: bool = True) -> dict[str, Any]:
    """Return a total, or a bound of it."""
    return {"value": count, "relation": "eq" if exact else "gte"}


def entity(
    served: ServedSnapshot,
    party: str,
    records: Mapping[int, Mapping[str, Any]],
    referents: Sequence[str],
) -> dict[str, Any]:
    """Return a party in yente's shape, with the values of all of its records.

    Args:
        served: the snapshot in service.
        party: its id.
        records: by position; the first gives caption and schema.
        referents: the ids that lead to it.
    """
    first = next(iter(records.values()))
    seen = [served.seen(position) for position in records]
    properties = _merged_properties(records.values())
    properties.setdefault("topics", ["sanction"])
    return {
        "id": party,
        "caption": first["caption"],
        "schema": first["schema"],
        "properties": properties,
        "datasets": list(
            dict.fromkeys(each for row in records.values() for each in row["datasets"])
        ),
        "referents": list(referents),
        "target": True,
        "first_seen": min(each.first_seen for each in seen),
        "last_seen": max(each.last_seen for each in seen),
        "last_change": max(each.last_change for each in seen),
    }


def _merged_properties(records: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Return each property with the values of all records, each value once."""
    merged: dict[str, dict[Any, None]] = {}
    for record in records:
        for name, values in record["properties"].items():
            merged.setdefault(name, {}).update(dict.fromkeys(values))
    return {name: list(values) for name, values in merged.items()}


def scored(party: Mapping[str, Any], best: Finding, *, match: bool) -> dict[str, Any]:
    """Return a party in yente's shape as a match result, explained by its best finding."""
    return {
        **party,
        "score": best.score,
        "match": match,
        "explanations": explanations(best.features),
    }


def territory(finding: PlaceFinding) -> dict[str, Any]:
    """Return a territory under embargo as a match result of the schema Address."""
    properties = {"full": [finding.caption], "notes": [finding.why], "topics": ["sanction"]}
    since = f"{finding.applied_from[:10]}T00:00:00"
    return {
        "id": finding.id,
        "caption": finding.caption,
        "schema": finding.schema,
        "properties": properties,
        "datasets": [],
        "referents": [],
        "target": True,
        "first_seen": since,
        "last_seen": since,
        "last_change": since,
        "score": finding.score,
        "match": finding.level == "hit",
        "explanations": explanations(finding.features),
    }


def explanations(features: Sequence[Feature]) -> dict[str, dict[str, Any]]:
    """Return every comparison made, the strongest of each name."""
    strongest: dict[str, dict[str, Any]] = {}
    for feature in features:
        name = _FEATURE_NAMES.get(feature.name, feature.name)
        if name in strongest and abs(strongest[name]["score"]) >= abs(feature.contribution):
            continue
        strongest[name] = {
            "score": feature.contribution,
            "detail": feature.detail or feature.verdict.replace("_", " "),
            "query": feature.query or None,
            "candidate": feature.listed or None,
            "weight": 1.0,
        }
    return strongest
