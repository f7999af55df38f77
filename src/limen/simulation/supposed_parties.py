"""Parties that are supposed to be listed: found on lists by name, and compared like listed ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from limen import names
from limen.law.overlay import Overlay, Supposed
from limen.model import Feature, Party
from limen.model.schemata import NAME_PROPERTIES
from limen.names import NameIndex, NameRow, Query, build_index
from limen.screening.identifier_match import compare_identifiers
from limen.screening.profile import Profile
from limen.screening.qualifiers import compare_qualifiers
from limen.screening.scoring import Judge, score_of
from limen.screening.weights import WEIGHTS
from limen.snapshot.format import NEVER

if TYPE_CHECKING:
    from limen.simulation.engine_protocol import ScreeningEngine

_CHUNK = 512
#: Scores of the same comparison may differ in their last digits.
_SLACK = 1e-6
#: What is known of a party last: names and numbers only, never whether it is listed.
_LAST = NEVER - 1


@dataclass(frozen=True, slots=True)
class Target:
    """A supposed party: what it is called by whom, ready to compare."""

    supposed: Supposed
    called: str
    profile: Profile


@dataclass(frozen=True, slots=True)
class Likeness:
    """A row of a portfolio that may be a supposed party: the features, and their score."""

    row: int
    target: Target
    features: Sequence[Feature]
    score: float
    threshold: float


def likenesses(
    engine: ScreeningEngine, overlay: Overlay, parties: Sequence[Party]
) -> Iterator[Likeness]:
    """Of every row and supposed measure, the target the row is most like, from review upward."""
    targets = list(_targets(engine, overlay))
    if not targets:
        return
    chosen = names.matcher_named(names.DEFAULT_MATCHER)
    judge = Judge(chosen.name, WEIGHTS[chosen.name], chosen.threshold)
    kept: dict[tuple[int, str], Likeness] = {}
    for row, target, features in _matches(targets, parties, judge):
        score = score_of(features)
        before = kept.get((row, target.supposed.measure))
        if score >= judge.review_line and (before is None or score > before.score):
            found = Likeness(row, target, features, score, judge.threshold)
            kept[row, target.supposed.measure] = found
    yield from kept.values()


def _targets(engine: ScreeningEngine, overlay: Overlay) -> Iterator[Target]:
    """Supposed parties, with what lists say of those they call exactly so."""
    wanted = [(supposed, called) for supposed in overlay.supposed for called in supposed.parties]
    lowest = min((names.score(called, called) for _, called in wanted), default=1.0)
    queries = [Query((called,)) for _, called in wanted]
    found = engine.index.search(queries, cutoff=lowest - _SLACK)
    for (supposed, called), matches in zip(wanted, found, strict=True):
        as_like_as_itself = names.score(called, called) - _SLACK
        same = [match.party for match in matches if match.score >= as_like_as_itself]
        yield Target(supposed, called, Profile(_resolved(engine, called, same)))


def _resolved(engine: ScreeningEngine, called: str, same: Iterable[int]) -> Party:
    properties: dict[str, dict[str, None]] = {"name": {called: None}}
    for position in same:
        state = engine.snapshot.state_at(position, _LAST)
        for name, values in (state.properties if state else {}).items():
            properties.setdefault(name, {}).update(dict.fromkeys(values))
    return Party("LegalEntity", {name: tuple(values) for name, values in properties.items()})


def _matches(
    targets: Sequence[Target], parties: Sequence[Party], judge: Judge
) -> Iterator[tuple[int, Target, list[Feature]]]:
    """Every row with every target it may be, by name or by number."""
    rows = [
        (at, name)
        for at, target in enumerate(targets)
        for name in target.profile.party.values(*NAME_PROPERTIES)
        if names.usable(name) is None
    ]
    listed = [NameRow(at, name, 0, "LegalEntity") for at, name in rows]
    arrays = {name: np.asarray(each) for name, each in build_index(listed, len(targets)).items()}
    index = NameIndex(arrays)
    for start in range(0, len(parties), _CHUNK):
        chunk = parties[start : start + _CHUNK]
        queries = [Query(_usable(party), party.schema) for party in chunk]
        found = index.search(queries, cutoff=judge.review_line, matcher=judge.matcher)
        for row, (party, query, matches) in enumerate(
            zip(chunk, queries, found, strict=True), start
        ):
            profile = Profile(party)
            by_name = {
                match.party: Feature(
                    "name",
                    "equal" if match.score >= 1.0 else "near",
                    round(match.score, 4),
                    query=query.names[match.query_name],
                    query_field="name",
                    listed=rows[match.row][1],
                    listed_field="name",
                )
                for match in matches
            }
            for at, target in enumerate(targets):
                main = list(compare_identifiers(profile, target.profile, judge.weights))
                if at in by_name:
                    main.append(by_name[at])
                if main:
                    qualifiers = compare_qualifiers(profile, target.profile, judge.weights)
                    if settled := judge.settle(main, list(qualifiers)):
                        yield row, target, settled


def _usable(party: Party) -> tuple[str, ...]:
    return tuple(name for name in party.values(*NAME_PROPERTIES) if names.usable(name) is None)
