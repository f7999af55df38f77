"""Compare the qualifiers of two parties, all but names: equal, near, conflict, or missing.

Each comparison yields one :class:`Feature` with both values as printed, or nothing where
neither side has a value. The best pair of values counts, because a second birth date or
nationality is no evidence against the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from limen.model import Feature, PartialDate, Verdict
from limen.screening.profile import Profile, Value
from limen.screening.weights import Weights

_Comparison = tuple[Verdict, float, str]


def compare_qualifiers(query: Profile, listed: Profile, weights: Weights) -> Iterator[Feature]:
    """Yield every comparison for which at least one side has a value."""
    for name, kind, compare in QUALIFIERS:
        feature = _best_pair(name, kind, query, listed, compare, weights)
        if feature is not None:
            yield feature


def most_possible(query: Profile, weights: Weights) -> float:
    """Return the most that the query's qualifiers could add to any name's score."""
    lift = 0.0
    if query.first("dates"):
        lift += weights.birth_day
    if query.first("countries"):
        lift += weights.country
    if query.first("birth_places"):
        lift += weights.birth_place
    if query.first("addresses"):
        lift += weights.address
    return lift


def most_with(query: Profile, listed: Profile, weights: Weights) -> float:
    """Return the most that the qualifiers could add here: dates as they are, the rest at best.

    Dates decide most comparisons and are cheap to compare, so that few candidates of a batch
    need more.
    """
    lift = most_possible(query, weights)
    if query.dates:
        dates = (
            _dates(one.key, two.key, weights)[1] for one in query.dates for two in listed.dates
        )
        lift += max(dates, default=0.0) - weights.birth_day
    return lift


def _dates(query: PartialDate, listed: PartialDate, weights: Weights) -> _Comparison:
    if query == listed:
        exact = query.precision == "day"
        return "equal", weights.birth_day if exact else weights.birth_year, query.precision
    if query.agrees(listed):
        return "equal", weights.birth_year, "as far as both say"
    apart = abs(query.year - listed.year)
    if apart > 1:
        return "conflict", weights.birth_conflict, f"{apart} years apart"
    if apart == 1:
        return "near", weights.birth_near, "one year apart"
    if query.day and (query.month, query.day) == (listed.day, listed.month):
        return "near", weights.birth_swapped, "day and month exchanged"
    return "near", weights.birth_near, "same year, another day"


def _countries(query: str, listed: str, weights: Weights) -> _Comparison:
    if query == listed:
        return "equal", weights.country, ""
    return "conflict", weights.country_conflict, ""


def _genders(query: str, listed: str, weights: Weights) -> _Comparison:
    if query == listed:
        return "equal", 0.0, ""
    return "conflict", weights.gender_conflict, ""


def _birth_places(query: frozenset[str], listed: frozenset[str], weights: Weights) -> _Comparison:
    return _words(query, listed, weights.birth_place)


def _addresses(query: frozenset[str], listed: frozenset[str], weights: Weights) -> _Comparison:
    return _words(query, listed, weights.address)


def _words(query: frozenset[str], listed: frozenset[str], weight: float) -> _Comparison:
    """Compare places or addresses, which only corroborate: one city has many spellings."""
    shared = query & listed
    share = len(shared) / min(len(query), len(listed))
    if share >= 0.5 and any(len(word) > 3 for word in shared):
        return "equal" if share == 1.0 else "near", round(weight * share, 4), ""
    return "conflict", 0.0, ""


#: The features in their order: name, the profile's values, and how two of them compare.
QUALIFIERS: tuple[tuple[str, str, Callable[[Any, Any, Weights], _Comparison]], ...] = (
    ("birth_date", "dates", _dates),
    ("country", "countries", _countries),
    ("gender", "genders", _genders),
    ("birth_place", "birth_places", _birth_places),
    ("address", "addresses", _addresses),
)


def _best_pair(
    name: str,
    kind: str,
    query: Profile,
    listed: Profile,
    compare: Callable[[Any, Any, Weights], _Comparison],
    weights: Weights,
) -> Feature | None:
    ours: tuple[Value, ...] = getattr(query, kind)
    if not ours:
        return listed.alone(name, kind)
    theirs: tuple[Value, ...] = getattr(listed, kind)
    if not theirs:
        our = ours[0]
        return Feature(name, "missing_listed", 0.0, query=our.printed, query_field=our.field)
    (verdict, contribution, detail), our, their = max(
        ((compare(our.key, their.key, weights), our, their) for our in ours for their in theirs),
        key=lambda compared: compared[0][1],
    )
    return Feature(
        name,
        verdict,
        contribution,
        query=our.printed,
        query_field=our.field,
        listed=their.printed,
        listed_field=their.field,
        detail=detail,
    )
