"""Give parties the shape that yente's clients expect, and define the types of its documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """Represents a listed party; property values are texts, or nested entities."""

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


def total(count: int) -> dict[str, Any]:
    """Return a total; it is always exact."""
    return {"value": count, "relation": "eq"}


def entity(served: ServedSnapshot, party: Mapping[str, Any], position: int) -> dict[str, Any]:
    """Return a listed party in yente's shape, with its dates."""
    seen = served.seen(position)
    properties = dict(party["properties"])
    properties.setdefault("topics", ["sanction"])
    return {
        "id": party["id"],
        "caption": party["caption"],
        "schema": party["schema"],
        "properties": properties,
        "datasets": party["datasets"],
        "referents": [],
        "target": True,
        "first_seen": seen.first_seen,
        "last_seen": seen.last_seen,
        "last_change": seen.last_change,
    }


def scored(served: ServedSnapshot, finding: Finding, *, match: bool) -> dict[str, Any]:
    """Return a finding as a match result."""
    wire = entity(served, finding.party, served.positions[finding.id])
    wire["score"] = finding.score
    wire["match"] = match
    wire["explanations"] = explanations(finding.features)
    return wire


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
