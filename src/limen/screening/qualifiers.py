"""Compare what two parties say beside their names: equal, near, conflict, or missing.

Each comparison yields one :class:`Feature` with both values as printed, or nothing where
neither side says anything. The best pair of values counts, because a second birth date or
passport never speaks against the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from limen.model import Feature, PartialDate, Party, Verdict
from limen.model.countries import country_code
from limen.screening.weights import Weights

_COUNTRY_FIELDS = (
    "nationality",
    "citizenship",
    "country",
    "jurisdiction",
    "mainCountry",
    "flag",
    "birthCountry",
)
_Comparison = tuple[Verdict, float, str]


def compare_qualifiers(query: Party, listed: Party, weights: Weights) -> Iterator[Feature]:
    """Every comparison that at least one side has something to say on."""
    comparisons = (
        _birth_date(query, listed, weights),
        _country(query, listed, weights),
        _gender(query, listed, weights),
        _words("birthPlace", query, listed, weights.birth_place),
        _words("address", query, listed, weights.address),
    )
    return (feature for feature in comparisons if feature is not None)


def _birth_date(query: Party, listed: Party, weights: Weights) -> Feature | None:
    fields = ("birthDate",) if query.schema == "Person" else ("birthDate", "incorporationDate")
    return _best_pair(
        "birth_date", query, listed, fields, lambda one, two: _dates(one, two, weights)
    )


def _dates(one: str, two: str, weights: Weights) -> _Comparison:
    query, listed = PartialDate.parse(one), PartialDate.parse(two)
    if query == listed:
        exact = query.precision == "day"
        return "equal", weights.birth_day if exact else weights.birth_year, query.precision
    if query.agrees(listed):
        return "equal", weights.birth_year, "as far as both say"
    if query.year != listed.year:
        verdict: Verdict = "near" if abs(query.year - listed.year) == 1 else "conflict"
        return (
            verdict,
            weights.birth_conflict if verdict == "conflict" else weights.birth_near,
            (f"{abs(query.year - listed.year)} years apart"),
        )
    if query.day and (query.month, query.day) == (listed.day, listed.month):
        return "near", weights.birth_swapped, "day and month exchanged"
    return "near", weights.birth_near, "same year, another day"


def _country(query: Party, listed: Party, weights: Weights) -> Feature | None:
    def compare(one: str, two: str) -> _Comparison:
        if country_code(one) == country_code(two):
            return "equal", weights.country, ""
        return "conflict", weights.country_conflict, ""

    def known(value: str) -> bool:
        return country_code(value) is not None

    return _best_pair("country", query, listed, _COUNTRY_FIELDS, compare, known)


def _gender(query: Party, listed: Party, weights: Weights) -> Feature | None:
    def compare(one: str, two: str) -> _Comparison:
        if _gender_of(one) == _gender_of(two):
            return "equal", 0.0, ""
        return "conflict", weights.gender_conflict, ""

    def known(value: str) -> bool:
        return _gender_of(value) is not None

    return _best_pair("gender", query, listed, ("gender",), compare, known)


def _gender_of(text: str) -> str | None:
    first = text.strip()[:1].casefold()
    return {"m": "male", "f": "female", "w": "female", "м": "male", "ж": "female"}.get(first)


def _words(field: str, query: Party, listed: Party, weight: float) -> Feature | None:
    """Places and addresses only ever corroborate: one city has many spellings and streets."""

    def compare(one: str, two: str) -> _Comparison:
        shared = _tokens(one) & _tokens(two)
        share = len(shared) / max(1, min(len(_tokens(one)), len(_tokens(two))))
        if share >= 0.5 and any(len(word) > 3 for word in shared):
            return ("equal" if share == 1.0 else "near"), round(weight * share, 4), ""
        return "conflict", 0.0, ""

    name = "birth_place" if field == "birthPlace" else field
    return _best_pair(name, query, listed, (field,), compare)


@lru_cache(maxsize=65_536)
def _tokens(text: str) -> frozenset[str]:
    plain = "".join(char if char.isalnum() else " " for char in text.casefold())
    return frozenset(plain.split())


def _best_pair(
    name: str,
    query: Party,
    listed: Party,
    fields: Iterable[str],
    compare: Callable[[str, str], _Comparison],
    usable: Callable[[str], bool] = bool,
) -> Feature | None:
    fields = tuple(fields)
    ours = [(field, value) for field in fields for value in query.values(field) if usable(value)]
    theirs = [(field, value) for field in fields for value in listed.values(field) if usable(value)]
    if not ours and not theirs:
        return None
    if not ours:
        field, value = theirs[0]
        return Feature(name, "missing_query", 0.0, listed=value, listed_field=field)
    if not theirs:
        field, value = ours[0]
        return Feature(name, "missing_listed", 0.0, query=value, query_field=field)
    best: Feature | None = None
    for our_field, our_value in ours:
        for their_field, their_value in theirs:
            verdict, contribution, detail = compare(our_value, their_value)
            if best is None or contribution > best.contribution:
                best = Feature(
                    name,
                    verdict,
                    contribution,
                    query=our_value,
                    query_field=our_field,
                    listed=their_value,
                    listed_field=their_field,
                    detail=detail,
                )
    return best
