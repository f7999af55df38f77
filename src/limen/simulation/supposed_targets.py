"""Compare rows with what a supposed provision is about: places, sectors, goods, services, tags.

Each kind of target is true, false or unknown of a row. A row that is false of one is out of
reach; where one is unknown, the row is counted as one that cannot be assessed, and never as
out of reach. A row with an address that is, or may be, in a territory is always listed, with
what is unknown about the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from limen.law.codes import Code, is_of
from limen.law.law import Law
from limen.law.suppose.supposed import Supposed
from limen.model import Instant
from limen.places import Places
from limen.places.verdict.territories import Territory
from limen.simulation.hit_lines import hit
from limen.simulation.holding import Row
from limen.simulation.results import Hit, HitBy
from limen.util.budget import Budget

#: Codes compared and cached: a few hundred of a portfolio, with a few words of the law.
_COMPARED = 1 << 14


class Unassessed(msgspec.Struct, frozen=True):
    """A row for which the data do not say whether a provision reaches it, by its position."""

    provision: int
    whys: tuple[str, ...]


class Term(msgspec.Struct, frozen=True):
    """One kind of target, compared with a row: its value, and why; no target where data lack."""

    by: HitBy
    value: bool | None
    target: str
    why: str


#: Every territory of ``territories.yml`` that is no country is of oblasts of Ukraine.
_UKRAINE = frozenset({"ua"})
#: Whose border addresses are written by where the oblasts are claimed.
_CLAIMANT = frozenset({"ru"})
_OUTSIDE = Term("territory", value=False, target="", why="")


class TargetComparer:
    """Compares the rows of a portfolio with supposed provisions, at one instant."""

    def __init__(
        self, law: Law, places: Places, territories: Sequence[str], at: Instant, budget: Budget
    ) -> None:
        self._places = places
        self._territories = territories
        self._at = at
        self._budget = budget
        self._placed: dict[str, dict[str, tuple[bool | None, str]]] = {}
        self._is_of = lru_cache(_COMPARED)(lambda word, code: is_of(law, word, code))

    def compare(self, row: Row, at: int, supposed: Supposed) -> Iterator[Hit | Unassessed]:
        """Yield the hit of a row, or that it cannot be assessed; nothing where it is out of reach.

        What names parties alone is compared by name, and not here.
        """
        if supposed.programmes:
            yield self._by_programme(row, at, supposed)
        terms = list(self._terms(row, supposed))
        if not terms:
            if not supposed.parties and not supposed.programmes:
                yield Unassessed(at, ("whom it would reach is not known",))
            return
        if any(term.value is False for term in terms):
            return
        first = terms[0]
        why = "; ".join(term.why for term in terms if term.why)
        if all(term.value for term in terms):
            if supposed.prohibits:
                yield hit(row, supposed, first.by, first.target, "hit", why)
            else:
                why += "; the criterion alone hits no party"
                yield hit(row, supposed, first.by, first.target, "review", why)
        elif first.by == "territory" and first.target:
            yield hit(row, supposed, first.by, first.target, "cannot_say", why)
        else:
            yield Unassessed(at, tuple(term.why for term in terms if term.value is None))

    def _by_programme(self, row: Row, at: int, supposed: Supposed) -> Hit | Unassessed:
        held = row.before.programmes.get(supposed.authority, frozenset())
        for tag in supposed.programmes:
            if tag in held:
                return hit(row, supposed, "programme", tag, "hit", f"it is listed under {tag}")
        tags = ", ".join(supposed.programmes)
        return Unassessed(at, (f"whom it would designate under {tags} is not known",))

    def _terms(self, row: Row, supposed: Supposed) -> Iterator[Term]:
        if supposed.territories:
            yield self._territory(row, supposed.territories)
        if supposed.sectors:
            yield self._coded("sector", supposed.sectors, row.holding.sectors)
        if supposed.goods:
            yield self._coded("goods", supposed.goods, row.holding.goods)
        if supposed.services:
            yield self._coded("service", supposed.services, row.holding.services)
        if supposed.countries:
            yield _country(row, supposed.countries)

    def _territory(self, row: Row, names: Sequence[str]) -> Term:
        """Return the first territory that the row is in, else one that it may be in."""
        unsure: Term | None = None
        for address in self._budget.checked(row.party.values("address", "full")):
            if address not in self._placed:
                self._placed[address] = self._placements(address)
            placed = self._placed[address] | self._groundless(names)
            for name in names:
                value, why = placed.get(name, (False, ""))
                if value:
                    return Term("territory", value=True, target=name, why=why)
                if value is None and unsure is None:
                    unsure = Term("territory", value=None, target=name, why=why)
        countries = row.countries
        for name in names:
            if name in countries:
                return Term("territory", value=True, target=name, why=f"its country is {name}")
        return unsure or self._without_address(row, names)

    def _without_address(self, row: Row, names: Sequence[str]) -> Term:
        """Return that a row is outside where its addresses or countries exclude it, else open.

        A country excludes a territory only where it cannot contain it, or be given for it.
        """
        if row.party.values("address", "full"):
            return _OUTSIDE
        if not row.countries:
            why = "the data have no address or country for it"
            return Term("territory", value=None, target="", why=why)
        for name in names:
            territory = self._places.statutes.territories.get(name)
            if territory is None:
                why = f"the ground of {name} is not known"
                return Term("territory", value=None, target="", why=why)
            possible = row.countries & _containing(territory)
            if possible:
                why = f"of the country {min(possible)}, the data have no address for it"
                return Term("territory", value=None, target="", why=why)
        return _OUTSIDE

    def _groundless(self, names: Sequence[str]) -> dict[str, tuple[bool | None, str]]:
        """Return the territories that a regime declared without saying where they lie."""
        missing = [name for name in names if name not in self._territories]
        return {name: (None, f"where {name} lies is not known") for name in missing}

    def _placements(self, address: str) -> dict[str, tuple[bool | None, str]]:
        values = {"inside": True, "outside": False, "cannot_say": None}
        found = self._places.placements(
            address, self._territories, as_of=self._at, known_at=self._at, budget=self._budget
        )
        return {name: (values[each.outcome], each.why) for name, each in found.items()}

    def _coded(self, by: HitBy, words: Sequence[str], codes: Iterable[Code]) -> Term:
        """Return whether any code of the row is of any word of the law."""
        value: bool | None = False
        empty = True
        for code in codes:
            empty = False
            for word in words:
                same = self._is_of(word, code)
                if same:
                    return Term(by, value=True, target=word, why=f"{code.text} is of {word!r}")
                value = None if same is None else value
        if any(self._is_of(word, _NOTHING) for word in words):
            return Term(by, value=True, target=words[0], why="")
        target = ", ".join(words)
        if empty:
            return Term(by, value=None, target=target, why=f"the data have no {by} for it")
        why = f"its {by} cannot be compared with {target}" if value is None else ""
        return Term(by, value=value, target=target, why=why)


#: Is of nothing but of words that are for everything.
_NOTHING = Code("word", "")


def _containing(territory: Territory) -> frozenset[str]:
    """Return the countries that addresses in a territory may be given under."""
    if territory.country:
        return frozenset({territory.country})
    return _UKRAINE | (_CLAIMANT if territory.claimed_from else frozenset())


def _country(row: Row, countries: Sequence[str]) -> Term:
    named = row.countries
    if not named:
        return Term("territory", value=None, target="", why="the data have no country for it")
    same = sorted(named & set(countries))
    why = f"its country is {same[0]}" if same else ""
    return Term("territory", value=bool(same), target=",".join(same), why=why)
