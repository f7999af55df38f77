"""Compare a portfolio with parties that are supposed to be listed, as if they were listed.

What the lists know of such a party (other names, birth dates, numbers) is found by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from limen import names
from limen.law.suppose.supposed import Overlay, Supposed
from limen.model import Feature, Instant, Party
from limen.model.schemata import NAME_PROPERTIES
from limen.names import NameIndex, NameRow, Query, build_index
from limen.screening.identifier_match import compare_identifiers
from limen.screening.profile import Profile
from limen.screening.qualifiers import compare_qualifiers
from limen.screening.scoring import Judge, score_of
from limen.screening.weights import WEIGHTS
from limen.util.budget import Budget

if TYPE_CHECKING:
    from limen.simulation.engine_protocol import ScreeningEngine

#: Rows compared in one go; large enough to pay for compiled kernels, small in memory.
_CHUNK = 512
#: Scores of the same comparison may differ in their last digits.
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Target:
    """A supposed party: its name in a supposed measure, and its profile to compare."""

    supposed: Supposed
    name: str
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
    engine: ScreeningEngine, overlay: Overlay, parties: Sequence[Party], budget: Budget
) -> Iterator[Likeness]:
    """Yield each row's most similar target of each supposed provision, from the review line up.

    Raises:
        TimeLimitError: the time of the budget is over.
    """
    targets = list(_targets(engine, overlay))
    if not targets:
        return
    chosen = names.matcher_named(names.DEFAULT_MATCHER)
    judge = Judge(chosen.name, WEIGHTS[chosen.name], chosen.threshold)
    best: dict[tuple[int, str, str], Likeness] = {}
    for row, target, features in _matches(targets, parties, judge, budget):
        score = score_of(features)
        key = (row, target.supposed.measure, target.supposed.provision)
        earlier = best.get(key)
        if score >= judge.review_line and (earlier is None or score > earlier.score):
            likeness = Likeness(row, target, features, score, judge.threshold)
            best[key] = likeness
    yield from best.values()


def _targets(engine: ScreeningEngine, overlay: Overlay) -> Iterator[Target]:
    """Yield supposed parties, with what the lists know of parties of exactly that name."""
    named = [(supposed, name) for supposed in overlay.supposed for name in supposed.parties]
    lowest = min((names.score(name, name) for _, name in named), default=1.0)
    queries = [Query((name,)) for _, name in named]
    found = engine.index.search(queries, cutoff=lowest - _SLACK)
    for (supposed, name), matches in zip(named, found, strict=True):
        own_score = names.score(name, name) - _SLACK
        same = [match.party for match in matches if match.score >= own_score]
        yield Target(supposed, name, Profile(_with_known(engine, name, same)))


def _with_known(engine: ScreeningEngine, own_name: str, same: Iterable[int]) -> Party:
    properties: dict[str, dict[str, None]] = {"name": {own_name: None}}
    newest = Instant.parse(engine.snapshot.manifest.known_until)
    for position in same:
        state = engine.snapshot.state_at(position, newest)
        for name, values in (state.properties if state else {}).items():
            properties.setdefault(name, {}).update(dict.fromkeys(values))
    return Party("LegalEntity", {name: tuple(values) for name, values in properties.items()})


def _matches(
    targets: Sequence[Target], parties: Sequence[Party], judge: Judge, budget: Budget
) -> Iterator[tuple[int, Target, list[Feature]]]:
    """Yield every row with every target it may be, by name or by number."""
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
            budget.checked(zip(chunk, queries, found, strict=True)), start
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
